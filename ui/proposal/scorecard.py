"""One line of the Proposal page: what the proposal would move on the scorecard, and the way there."""

from __future__ import annotations

import streamlit as st

from model.scorecard.moved import moved
from model.words.value_words import lowered
from ui import state
from ui.link import Moment
from ui.scorecard.fields import thresholds
from ui.scorecard.runs import cards
from ui.text import as_markdown


def scorecard_line(moment: Moment) -> None:
    """The sentence and the link."""
    before, after = cards(moment, thresholds())
    st.subheader("Does the design hold?", anchor="scorecard")
    found = moved(before, after)
    asks = " ".join(f"{point.title} asks: {lowered(point.topic.asks)}" for point, _ in found.points)
    with st.container(key="scorecard-line"):
        st.markdown(as_markdown(f"With it, as far as can be told: {lowered(after.headline)}"))
        st.markdown(as_markdown(f"{found.sentence} {asks}".strip()))
        st.page_link(
            "pages/scorecard.py", label="Open the scorecard", icon=":material/checklist:", query_params=state.query()
        )
