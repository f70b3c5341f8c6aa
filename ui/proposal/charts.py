"""The two charts of the Proposal page, their titles a choice of charts."""

from __future__ import annotations

from functools import partial

import streamlit as st

from model.system import System
from ui import state
from ui.baseline import baseline_button
from ui.link import Moment
from ui.panels import FLOWS, choices, panel
from ui.pick import pick

OPENING = ("supply", FLOWS)
_KEPT = "_proposal_charts"


def shown_charts(system: System) -> list[str]:
    """Charts picked, or what they are until somebody picks."""
    kept: dict[int, str] = st.session_state.setdefault(_KEPT, {})
    offered = choices(system)
    return [kept[slot] if kept.get(slot) in offered else first for slot, first in enumerate(OPENING)]


def show_first(chart: str) -> None:
    """Put a chart in the first place; for callbacks."""
    _keep(0, chart)


def two_charts(moment: Moment, system: System) -> None:
    """Side by side, below one another on a phone."""
    with st.container(key="charts-heading", horizontal=True, vertical_alignment="center", gap="medium"):
        st.subheader("How it would go", anchor="charts", width="content")
        baseline_button()
    offered = choices(system)
    grid = st.grid(columns=2, min_column_width=340, gap="medium")
    for slot, chart in enumerate(shown_charts(system)):
        with grid.cell(), st.container(key=f"panel-proposal-{slot}"):
            pick(f"Chart {slot + 1}", offered, chart, partial(_keep, slot), key=f"proposal-chart-{slot}", quiet=True)
            panel(f"proposal-drawn-{slot}", chart, moment, None)


def _keep(slot: int, chart: str) -> None:
    st.session_state.setdefault(_KEPT, {})[slot] = chart


def sandbox_link() -> None:
    """The way to the levers with the same scenario."""
    st.page_link("pages/sandbox.py", label="Open in Sandbox", icon=":material/tune:", query_params=state.query())
