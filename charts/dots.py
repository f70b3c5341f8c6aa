"""Fifty futures as fifty dots along one axis, stacked where they fall together.

Data: "main" with value (in `unit`), level (place in its stack from 1) and side ("higher", "lower" or
"same"); "rules" with value and label for what the dots are compared with.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt
import numpy as np
import polars as pl

from charts import layers
from charts.layers import Format, Spec
from charts.roles import colour_scale, in_role

COLUMNS = 30
"""Stacks that fit side by side on a phone."""
SIDES = ("higher", "lower", "same")


def stacked(values: np.ndarray, sides: list[str], *, log: bool = False) -> pl.DataFrame:
    """Place dots: columns value (middle of its stack), level and side; `values` has shape (dots,).

    With `log` stacks are evenly wide on a log scale, and one is an edge instead of zero.
    """
    if not len(values):
        return pl.DataFrame(schema={"value": pl.Float64, "level": pl.Int64, "side": pl.String})
    if log:
        placed = stacked(np.log(values), sides)
        return placed.with_columns(pl.col("value").exp())
    low, high = float(values.min()), float(values.max())
    width = (high - low) / COLUMNS or 1.0
    # Zero is an edge, so that no stack holds dots of both sides.
    column = np.floor(values / width).astype(int)
    seen: dict[int, int] = {}
    levels = []
    for place in column:
        seen[int(place)] = seen.get(int(place), 0) + 1
        levels.append(seen[int(place)])
    middle = (column + 0.5) * width if high > low else values
    return pl.DataFrame({"value": middle, "level": levels, "side": sides})


@lru_cache(maxsize=64)
def dots(unit: str, *, fmt: Format = "number", highest: int = 8, log: bool = False, height: int = 170) -> Spec:
    """Dot display; the horizontal axis is titled with `unit`, `highest` is the tallest stack there is room for."""
    scale = alt.Scale(type="log", nice=False, padding=12) if log else alt.Scale(zero=False, nice=False, padding=12)
    x = alt.X("value:Q", axis=layers.side_axis(unit, fmt=fmt), scale=scale)
    y = alt.Y("level:Q", axis=None, scale=alt.Scale(domain=[0, highest + 1], nice=False))
    # Without a scale: that of an opacity keeps only the two ends of its range and spaces the rest evenly.
    filled = alt.FillOpacity("full:Q", legend=None, scale=None)
    full = f"datum.side == '{SIDES[0]}' ? 1 : datum.side == '{SIDES[1]}' ? 0 : 0.35"
    drawn = (
        alt.Chart(layers.source())
        .mark_point(shape="circle", size=max(16, 70 * min(1.0, 10 / highest)), strokeWidth=1.5)
        .transform_calculate(value_text=layers.number_text("datum.value", fmt), full=full)
    )
    tooltip = [alt.Tooltip("value_text:N", title=unit), alt.Tooltip("side:N", title="Compared")]
    fill = alt.Fill("role:N", scale=colour_scale(), legend=None)
    marks = in_role(drawn.encode(x=x, y=y, fill=fill, fillOpacity=filled, tooltip=tooltip), "scenario")
    return layers.to_spec(layers.rule(layers.source("rules"), alt.X("value:Q")), marks, height=height)
