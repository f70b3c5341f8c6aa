"""Reasons a voter might give: facts of the run on two sides, each with the way to the chart that shows it."""

from __future__ import annotations

import streamlit as st

from model import Run
from model.words.voter_reasons import Fact, facts
from ui.link import Moment
from ui.proposal.charts import show_first
from ui.proposal.runs import gains_of
from ui.text import as_markdown


def reasons_panel(run: Run, moment: Moment) -> None:
    """Two columns; below one another on a phone."""
    found = facts(run, gains_of(moment).summary)
    if not found:
        return
    st.subheader("Reasons a voter might give", anchor="reasons")
    st.markdown(
        "What this run shows, on the side where voters usually name it. A lower supply and a lower price of use "
        "stand under “For”, as does anything else that rises. What counts is the voter's call."
    )
    with st.container(key="facts"):
        for side, column in zip(("for", "against"), st.columns(2, gap="medium"), strict=True):
            with column:
                st.markdown(f"**{side.capitalize()}**")
                own = [fact for fact in found if fact.side == side]
                if not own:
                    st.markdown("Nothing that this run shows.")
                for fact in own:
                    _fact(fact)


def _fact(fact: Fact) -> None:
    """The sentence, and a button that puts its chart first above, or the way to the ledger."""
    if not fact.chart:
        st.markdown(f"{as_markdown(fact.sentence)} [See who gains](#who-gains)")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(as_markdown(fact.sentence), width="content")
        st.button(
            "Show above", key=f"fact:{fact.chart}", type="tertiary", on_click=show_first, args=(fact.chart,),
            help="Puts its chart in the first place above",
        )  # fmt: skip
