"""Rows of words under headings: a table on a wide screen, one block a row with its headings beside it on a phone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

STYLE = Path(__file__).with_name("rows.css")
"""Style sheet of the rows; a page that draws some shows it once."""

Cell = str | Callable[[], None]


def heading_row(headings: Sequence[str], weights: Sequence[float], *, key: str) -> None:
    """The headings; a phone hides them, because each cell then says its own."""
    with st.container(key=f"rows-head-{key}"):
        for column, heading in zip(st.columns(list(weights), gap="small"), headings, strict=True):
            column.markdown(f"**{heading}**" if heading else "")


def row(cells: Sequence[Cell], headings: Sequence[str], weights: Sequence[float], *, key: str) -> None:
    """One row: Markdown, or a function that draws a widget. Empty cells take no room on a phone."""
    with st.container(key=f"rows-row-{key}"):
        columns = st.columns(list(weights), gap="small", vertical_alignment="top")
        for column, cell, heading in zip(columns, cells, headings, strict=True):
            if callable(cell):
                with column:
                    cell()
            elif cell:
                lead = f"<span class='row-label'>{heading}: </span>" if heading else ""
                column.markdown(f"{lead}{cell}", unsafe_allow_html=True)
