"""One chart on a page: the sentence it says, the drawing, its table and its source."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

import polars as pl
import polars.selectors as cs
import streamlit as st

from charts.layers import MAIN, enlarged
from charts.tables import twin
from ui.shell import is_projector
from ui.text import as_spoken

EMPTIED = ("baseline_net",)
"""Columns of a chart over time that hold its baseline."""

Data = pl.DataFrame | Mapping[str, pl.DataFrame]


def show_chart(
    spec: dict[str, Any],
    frame: Data,
    *,
    key: str,
    sentence: str,
    unit: str,
    source: str,
    alt: str | None = None,
    height: int | None = None,
    table: bool | pl.DataFrame = True,
    baseline: bool = True,
    on_select: Callable[[], None] | None = None,
    beneath: Callable[[], None] | None = None,
    version: str = "",
    exact: Collection[str] = (),
) -> None:
    """Print `sentence`, draw `spec` over `frame`, offer the numbers as a table and name the source.

    `frame` is the "main" dataset or a mapping from dataset name to frame, with the columns that the
    builder in `charts/` asks for, in `unit`. `alt` is the accessible name, by default the sentence.
    Without sentence or source, those of the chart above hold for this one too.
    `height` (pixels) overrides the builder's. `table` may be a frame of its own, or False for none. `baseline=False`
    leaves the baseline out of the drawing, not out of the table. `on_select` is called after a click on a chart that
    has a selection; what was chosen stands in the session state under `key` and `version`, and another version starts
    with nothing chosen. `beneath` draws what belongs between the chart and its table. Datasets in `exact` keep all
    their digits, because the browser calculates with them.
    """
    frames = {MAIN: frame} if isinstance(frame, pl.DataFrame) else dict(frame)
    if sentence:
        with st.container(key=f"sentence-{key}"):
            st.markdown(sentence)
    shown = frames if baseline else {**frames, MAIN: without_baseline(frames[MAIN])}
    drawn = _with_data(spec, shown, height, exact)
    spoken = as_spoken(alt or sentence)
    st.vega_lite_chart(drawn, key=key + version, alt=spoken, width="stretch", on_select=on_select or "ignore")
    if beneath is not None:
        beneath()
    if table is not False:
        _table(frames[MAIN] if table is True else table, key, unit)
    if source:
        with st.container(key=f"source-{key}"):
            st.markdown(f"Source and assumptions: {source}")


def _with_data(
    spec: dict[str, Any], frames: Mapping[str, pl.DataFrame], height: int | None, exact: Collection[str]
) -> dict[str, Any]:
    """The specification with its numbers; it is cached and shared between sessions, so a copy takes them."""
    drawn = {**spec, "datasets": {name: data if name in exact else compact(data) for name, data in frames.items()}}
    if height is not None:
        drawn["height"] = height
    return enlarged(drawn) if is_projector() else drawn


def without_baseline(frame: pl.DataFrame) -> pl.DataFrame:
    """For drawing only: the baseline's line is left out, or its column emptied."""
    if "series" in frame.columns:
        return frame.filter(pl.col("series").cast(pl.String) != "baseline")
    return frame.with_columns(pl.lit(None, pl.Float64).alias(name) for name in frame.columns if name in EMPTIED)


def compact(frame: pl.DataFrame) -> pl.DataFrame:
    """Smaller copy for drawing only: 32-bit floats, which no eye can tell from 64-bit ones."""
    # Column by column: a query of its own would take longer than the whole chart.
    return pl.DataFrame([column.cast(pl.Float32) if column.dtype == pl.Float64 else column for column in frame])


def _table(frame: pl.DataFrame, key: str, unit: str) -> None:
    """Closed expander; the table is built and sent only when somebody opens it."""
    with st.container(key=f"table-{key}"):
        box = st.expander("Show as table", key=f"open-{key}", on_change="rerun")
        if box.open:
            box.markdown(f"Values in {unit}.")
            rows = twin(frame)
            box.dataframe(rows, hide_index=True, width="stretch", column_config=_columns(rows))


def _columns(rows: pl.DataFrame) -> dict[str, Any]:
    """Dates without a time of day, numbers with separated thousands."""
    dates = {name: st.column_config.DateColumn(format="YYYY-MM-DD") for name in rows.select(cs.date()).columns}
    numbers = {name: st.column_config.NumberColumn(format="localized") for name in rows.select(cs.float()).columns}
    return {**dates, **numbers}
