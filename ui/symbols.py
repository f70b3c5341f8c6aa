"""Formulas on a page, and the table under them: what each symbol means and what it is here."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from model.lowering.latex import SymbolRow
from model.rest.report import RestReport
from model.words.text import UNKNOWN, number
from ui.text import as_markdown


def formula(latex: str, *, key: str) -> None:
    """One displayed formula; where the screen is too narrow it scrolls by itself, not the page."""
    with st.container(key=f"formula-{key}", gap=None):
        # The space at the end keeps a last subscript from sticking out and making the line scroll.
        st.latex(rf"{latex}\;\;")


def symbol_lines(rows: Iterable[SymbolRow], report: RestReport) -> str:
    """Symbols as a Markdown table: symbol, name, unit, value at rest or, without a point of rest, today."""
    lines = ["| Symbol | Name | Unit | Value |", "|---|---|---|---|"]
    for row in rows:
        value = number(report.value_of(row.key), 4)
        shown = "–" if value == UNKNOWN else as_markdown(value)
        lines.append(f"| ${row.latex}$ | {as_markdown(row.name)} | {as_markdown(row.unit)} | {shown} |")
    return "\n".join(lines)
