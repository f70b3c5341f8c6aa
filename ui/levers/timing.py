"""When the changes hold: from which day, and how fast they move in."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from model import Scenario
from model.words.text import duration, month
from ui import state
from ui.text import as_markdown

DELAYS = (0.0, 0.5, 1.0, 2.0, 3.0)
"""Years after the network's date that are offered as a start."""
PHASES = (0.0, 0.5, 1.0, 2.0, 4.0)
"""Years over which changes may move in."""


def timing(shown: Scenario) -> None:
    """Popover with start and phase-in of all changes; says what is set."""
    with st.container(key="timing"):
        box = st.popover(as_markdown(timing_words(shown)), key="when", on_change="rerun")
        if not box.open:
            return
        with box:
            st.session_state["when-start"] = shown.start or shown.network.as_of
            st.selectbox(
                "Changes hold from",
                _starts(shown),
                key="when-start",
                format_func=lambda day: "the first day" if day <= shown.network.as_of else month(day),
                on_change=_set,
            )
            st.session_state["when-phase"] = shown.phase_in_years
            st.selectbox(
                "and move in",
                sorted({*PHASES, shown.phase_in_years}),
                key="when-phase",
                format_func=lambda years: f"over {duration(years)}" if years else "at once",
                on_change=_set,
            )
            refused = state.refusal()
            if refused and refused[0] == "start":
                st.error(as_markdown(refused[1]), icon=":material/block:")


def timing_words(shown: Scenario) -> str:
    """Start and phase-in of what is moved by hand, in a few words: "From Nov 2027, over 12 months"."""
    words = f"From {month(shown.start)}" if shown.start else "From the first day"
    words = f"By hand: {words[:1].lower()}{words[1:]}" if shown.stacked else words
    return f"{words}, over {duration(shown.phase_in_years)}" if shown.phase_in_years else f"{words}, at once"


def _starts(shown: Scenario) -> list[dt.date]:
    first = shown.network.as_of
    offered = {first + dt.timedelta(days=round(years * 365.25)) for years in DELAYS}
    return sorted(offered | ({shown.start} if shown.start else set()))


def _set() -> None:
    day: dt.date = st.session_state["when-start"]
    state.schedule(day, float(st.session_state["when-phase"]))
