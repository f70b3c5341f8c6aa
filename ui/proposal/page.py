"""The Proposal page from top to bottom: each section in its own module, the slow ones computed when opened."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui import rows, state
from ui.compare.add import keep_as
from ui.link import Moment
from ui.proposal.about import about, title_block
from ui.proposal.charts import sandbox_link, shown_charts, two_charts
from ui.proposal.drivers import drivers_panel
from ui.proposal.gains import who_gains_panel
from ui.proposal.picker import gallery, picker
from ui.proposal.position import position_panel
from ui.proposal.provisions import provisions
from ui.proposal.reasons import reasons_panel
from ui.proposal.scorecard import scorecard_line
from ui.proposal.since import since_panel
from ui.proposal.verdict import compute, verdict_block
from ui.proposal.vote import vote_line
from ui.runs import run_of
from ui.scenario_bar import scenario_bar, tell_notes, undo_buttons, window_buttons
from ui.take_away import take_away

STYLE = Path(__file__).with_name("proposal.css")


def proposal_page() -> None:
    """Draw what is on screen, or the list of proposals where nothing is proposed."""
    st.html(STYLE)
    st.html(rows.STYLE)
    picker()
    tell_notes()
    moment = state.now()
    if not (moment.scenario.stacked or moment.scenario.changes or moment.scenario.events):
        with st.container(key="proposal-bar", horizontal=True, gap="small"):
            undo_buttons()
            window_buttons()
        gallery()
        return
    _answer(moment)
    provisions(moment)
    two_charts(moment, moment.scenario.system)
    who_gains_panel(moment)
    position_panel(moment)
    drivers_panel(moment)
    reasons_panel(run_of(moment), moment)
    scorecard_line(moment)
    vote_line(moment)
    since_panel(moment)
    _next_steps(moment)


def _next_steps(moment: Moment) -> None:
    """Where to go with it."""
    st.subheader("Go on with it", anchor="next")
    with st.container(horizontal=True, gap="medium"):
        sandbox_link()
        keep_as(moment.scenario)
        st.page_link("pages/compare.py", label="Compare", icon=":material/compare:", query_params=state.query())
    take_away(moment, tuple(shown_charts(moment.scenario.system)), last=True)


def _answer(moment: Moment) -> None:
    """Above the fold: what it is and what it would do, beside what that rests on."""
    title_block(moment)
    run = run_of(moment)
    compute(run, shown_charts(run.system))
    with st.container(key="answer", horizontal=True, gap="large"):
        with st.container(key="verdict"):
            verdict_block(run, moment)
        with st.container(key="beside"):
            about(moment)
    scenario_bar(told=False)
