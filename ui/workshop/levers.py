"""The levers that groups move, on every screen: a strip of dots for each, and a table of lowest, mean and highest."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import polars as pl
import streamlit as st

from charts.lever_strips import lever_strips
from model.words.value_words import value_words
from ui.chart import show_chart
from ui.compare.tables import word_table
from ui.workshop.round import scenario_of
from ui.workshop.words import typed
from workshop.merging import LeverRow, lever_table
from workshop.views import Submission

LABEL = 30
"""Letters of a lever's name beside its strip."""
HEAD = ("Lever", "Today", "Lowest", "Mean", "Highest", "Moved by", "Each group's value")


def levers_part(found: Sequence[Submission], *, table: bool = True) -> None:
    """One strip and one row per lever that a group moves."""
    if not found:
        st.markdown("No group has submitted a scenario yet.")
        return
    rows = lever_table([scenario_of(one.link) for one in found])
    titles = [one.title for one in found]
    show_chart(
        lever_strips(len(rows)),
        strips(rows, titles),
        key="ws-strips",
        sentence=typed(strips_sentence(rows, len(found))),
        unit="each lever's own unit",
        source="",
        table=False,
    )
    if table:
        with st.container(key="ws-levers-table"):
            word_table(HEAD, [_told(row, titles) for row in rows], caption="Levers that groups move")


def strips_sentence(rows: Sequence[LeverRow], groups: int) -> str:
    """Which lever most groups move, and how to read the marks."""
    most = max(rows, key=lambda row: row.movers)
    low, high = value_words(most.parameter, most.lowest), value_words(most.parameter, most.highest)
    reach = f"to {low}" if low == high else f"from {low} to {high}"
    return (
        f"{most.parameter.label} is moved by {most.movers} of {groups} groups, {reach}. Dot: a group; tick: mean of "
        "those who move it; diamond: today."
    )


def _told(row: LeverRow, titles: Sequence[str]) -> tuple[str, ...]:
    words = [value_words(row.parameter, value) for value in (row.baseline, row.lowest, row.mean, row.highest)]
    each = [
        f"{title}: {value_words(row.parameter, value)}"
        for title, value in zip(titles, row.values, strict=True)
        if value is not None
    ]
    return (row.parameter.label, *words, f"{row.movers} of {len(titles)}", "; ".join(each))


def strips(rows: Sequence[LeverRow], titles: Sequence[str]) -> pl.DataFrame:
    """Every value as a place in its lever's usual range, widened where somebody left it; columns as the chart asks."""
    found = []
    for row in rows:
        declared = row.parameter.declared
        low = min(declared.usual_minimum, row.lowest, row.baseline)
        high = max(declared.usual_maximum, row.highest, row.baseline)
        label = textwrap.shorten(row.parameter.label, LABEL, placeholder=" …")
        marks = [("group", value, title) for value, title in zip(row.values, titles, strict=True) if value is not None]
        for mark, value, whose in [*marks, ("today", row.baseline, "Today"), ("mean", row.mean, "Mean")]:
            told = f"{whose}: {value_words(row.parameter, value)}"
            found.append((label, (value - low) / (high - low or 1.0), mark, told))
    return pl.DataFrame(found, schema=["label", "at", "mark", "told"], orient="row")
