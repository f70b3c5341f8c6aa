"""Do the two engines agree on the scenario on screen: measured when somebody asks."""

from __future__ import annotations

from functools import lru_cache

import polars as pl
import streamlit as st

from model.outcomes import measure_of
from model.reports.engines_agree import EngineGap, engine_gap
from model.rest.report import RestReport
from model.structure import Structure
from model.variables import variables_by_word
from model.words.text import number
from ui import state
from ui.link import Moment
from ui.text import as_markdown

YEARS, FUTURES = 2.0, 2
"""Enough to see any difference, and short enough to wait for: the slower engine takes about a second."""


def engines_agree(report: RestReport) -> None:
    """Both engines on this scenario: largest difference, and each stock's."""
    st.markdown(
        "The same equations are carried out twice: by a kernel compiled for this network, and by Polars column by "
        "column. Only the equations are shared, so a mistake in either engine would show as a difference."
    )
    with st.spinner("Stepping both engines …", show_time=True):
        found = _gap(state.now())
    st.markdown(f"**{as_markdown(found.sentence)}**")
    st.markdown(
        f"Measured now, for the scenario on screen and its baseline over {YEARS:.0f} years: without shocks, and in "
        f"{FUTURES} random futures. The tests do the same for every network and for over three thousand corners; "
        "what they found stands in the tab “Validation”."
    )
    rows = gap_rows(found, report.scenario.structure)
    st.dataframe(pl.DataFrame(rows), hide_index=True, width="stretch")


@lru_cache(maxsize=32)
def _gap(moment: Moment) -> EngineGap:
    return engine_gap(moment.scenario, years=min(YEARS, moment.years), futures=FUTURES, seed=moment.seed)


def gap_rows(found: EngineGap, structure: Structure) -> list[dict[str, str]]:
    """Largest difference of each stock, the largest first."""
    ordered = sorted(found.by_state.items(), key=lambda item: -item[1])
    return [{"Stock": _label(name, structure), "Largest relative difference": number(gap)} for name, gap in ordered]


def _label(name: str, structure: Structure) -> str:
    return measure_of(variables_by_word[name.partition(".")[0]], name, structure).label
