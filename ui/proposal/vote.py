"""Two lines of the Proposal page: would it pass, whose interest it would serve, and the way to the Vote page."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from model.governance.behaviour import SHORT_BANNER
from model.governance.chance_words import dots
from model.governance.interest import interest_words
from model.governance.record import how_decided
from model.governance.usual import Preview, preview
from ui import state
from ui.link import Moment
from ui.proposal.runs import gains_of
from ui.text import as_markdown


@lru_cache(maxsize=32)
def _preview(moment: Moment) -> Preview:
    return preview(moment.scenario.network, gains_of(moment).summary)


def vote_line(moment: Moment) -> None:
    """Both sentences and the link."""
    found = _preview(moment)
    st.subheader("Would it pass, and whose interest?", anchor="vote")
    with st.container(key="vote-line"):
        if decided := how_decided(moment.scenario.stacked):
            st.markdown(f"**{as_markdown(decided)}**")
        told = f"{dots(found.chance.passing)} {found.sentence}" if found.chance else found.sentence
        st.markdown(as_markdown(told))
        st.markdown(as_markdown(interest_words(gains_of(moment).summary, moment.scenario.stacked)))
        st.caption(f"{SHORT_BANNER} On the typical list of holders; the Vote page averages over many.")
        st.page_link("pages/vote.py", label="Open the vote", icon=":material/how_to_vote:", query_params=state.query())
