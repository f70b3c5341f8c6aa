"""The Scorecard page from top to bottom: the weakest point first, then flags, charts, what is behind and the others."""

from __future__ import annotations

import datetime as dt
from html import escape
from pathlib import Path

import streamlit as st

from model.scorecard import Scorecard, is_stale
from model.scorecard.moved import moved
from ui import state
from ui.futures import basis_line, futures_switch
from ui.page_fields import tell_problems
from ui.runs import run_of
from ui.scenario_bar import scenario_bar
from ui.scorecard.charts import gap_chart, stale_sentence, unlock_chart
from ui.scorecard.exports import take_scorecard_away
from ui.scorecard.fields import FIELDS, back_to_usual, thresholds
from ui.scorecard.flags import flags_table
from ui.scorecard.networks import networks_side_by_side
from ui.scorecard.points import point_tabs, points_table
from ui.scorecard.runs import cards
from ui.scorecard.table import html_table
from ui.text import as_markdown

STYLE = Path(__file__).with_name("scorecard.css")


def scorecard_page() -> None:
    """Draw the scorecard of what is on screen."""
    st.html(STYLE)
    moment, asked = state.now(), thresholds()
    before, after = cards(moment, asked)
    compared = not moment.scenario.is_empty
    _answer(before, after, compared)
    scenario_bar()
    tell_problems("scorecard", FIELDS)
    with st.container(key="take", horizontal=True, vertical_alignment="center", gap="small"):
        futures_switch()
        take_scorecard_away(before, after, moment)
    basis_line(run_of(moment), moment)
    points_table(before, after, compared=compared)
    flags_table(before, after, compared=compared)
    gap_chart(after, moment)
    unlock_chart(after, moment)
    point_tabs(after)
    networks_side_by_side(moment, asked)


def _answer(before: Scorecard, after: Scorecard, compared: bool) -> None:
    """The headline, what a proposal would move, and what to know about it."""
    with st.container(key="sentence-headline"):
        st.markdown(as_markdown(after.headline))
    if compared:
        found = moved(before, after)
        st.markdown(as_markdown(found.sentence))
        if found.quantities:
            box = st.expander("Every quantity that would differ", key="moved-quantities", on_change="rerun")
            if box.open:
                with box:
                    rows = [tuple(map(escape, row)) for row in found.quantities]
                    html_table(("Quantity", "Today", "Proposed"), rows, kind="moved", caption="What would differ")
    network, today = after.network, dt.date.today()
    if is_stale(network, today):
        st.warning(as_markdown(stale_sentence(network.as_of, today)), icon=":material/schedule:")
    if after.thresholds.moved:
        st.markdown(as_markdown(f"Thresholds that are not the usual ones: {', '.join(after.thresholds.moved)}."))
        st.button("Back to the usual thresholds", key="usual-thresholds", on_click=back_to_usual)
