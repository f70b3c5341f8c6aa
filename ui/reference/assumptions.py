"""The Assumptions tab: what was chosen for every network, what for this one, and what the alternatives would do."""

from __future__ import annotations

import polars as pl
import streamlit as st

from model.reports.calibration_report import YEARS
from model.reports.chosen import CHOSEN, call_influences, chosen_rows, influence_sentence
from model.rest.report import RestReport
from model.words.assumption_words import assumption_line, moved_assumptions
from ui import state
from ui.text import as_markdown


def assumptions(report: RestReport) -> None:
    """Moved assumptions first, then the network's two calls of judgement, then those of every network."""
    _moved()
    _calls(report)
    st.header("Chosen for every network", anchor=False)
    st.markdown(
        f"{len(CHOSEN)} assumptions about people, markets and counting, each with its reason and its alternative. "
        "“Set here” says what this scenario takes where the alternative is a setting. The same list stands in "
        "`docs/ASSUMPTIONS.md`."
    )
    widths = {name: st.column_config.Column(width=280) for name in ("Assumed", "Why", "Alternative", "Set here")}
    rows = pl.DataFrame(list(chosen_rows(report.scenario)))
    st.dataframe(rows, hide_index=True, width="stretch", height=560, row_height=56, column_config=widths)


def _moved() -> None:
    scenario = state.scenario()
    st.header("Moved in this scenario", anchor=False)
    st.markdown(as_markdown(assumption_line(scenario)))
    told = moved_assumptions(scenario)
    if told:
        st.markdown("\n".join(f"- {as_markdown(line)}" for line in told))


def _calls(report: RestReport) -> None:
    """Calls of judgement in words, and what the other ends of their usual range would do."""
    network = report.scenario.network
    st.header(as_markdown(f"Calls of judgement on {network.title}"), anchor=False)
    with st.spinner("Trying the alternatives …", show_time=True):
        found = call_influences(network)
    if not found:
        st.markdown("\n".join(f"- {as_markdown(call)}" for call in network.judgement_calls))
        st.markdown("The figures of this network are invented, so no alternative was calibrated.")
        return
    st.markdown(
        "Nobody publishes these two figures, and the outcome hangs on them most. Each was set to both ends of its "
        f"usual range, the network was calibrated anew, and price and capacity were compared after {YEARS} years."
    )
    for call, influence in zip(network.judgement_calls, found, strict=True):
        st.markdown(f"- **{as_markdown(call)}** {as_markdown(influence_sentence(influence, network))}")
    st.markdown("The effect of every other assumed figure stands in the tab “Figures”.")
