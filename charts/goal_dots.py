"""Fifty futures as fifty dots on either side of a goal.

Data: "main" with value (in `unit`), level (place in its stack from 1) and side ("holds" or "misses"); "rules" with
value and label for the goal.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt
import numpy as np
import polars as pl

from charts import layers
from charts.dots import stacked
from charts.layers import Format, Spec
from charts.roles import colour_scale, in_role

SIDES = ("holds", "misses")


def goal_stacks(values: np.ndarray, holds: np.ndarray, goal: float) -> pl.DataFrame:
    """Place dots so that the goal is an edge between stacks: columns value, level and side; shape (dots,) each."""
    sides = [SIDES[0] if held else SIDES[1] for held in holds]
    return stacked(np.asarray(values) - goal, sides).with_columns(pl.col("value") + goal)


@lru_cache(maxsize=64)
def goal_dots(unit: str, *, fmt: Format = "number", highest: int = 8, height: int = 170) -> Spec:
    """Dot display: futures that hold the goal are full, the others hollow."""
    scale = alt.Scale(zero=False, nice=False, padding=12)
    x = alt.X("value:Q", axis=layers.side_axis(unit, fmt=fmt, ticks=5), scale=scale)
    y = alt.Y("level:Q", axis=None, scale=alt.Scale(domain=[0, highest + 1], nice=False))
    filled = alt.FillOpacity("side:N", legend=None, scale=alt.Scale(domain=list(SIDES), range=[1, 0]))
    drawn = (
        alt.Chart(layers.source())
        .mark_point(shape="circle", size=max(16, 70 * min(1.0, 10 / highest)), strokeWidth=1.5)
        .transform_calculate(value_text=layers.number_text("datum.value", fmt))
    )
    tooltip = [alt.Tooltip("value_text:N", title=unit), alt.Tooltip("side:N", title="Goal")]
    fill = alt.Fill("role:N", scale=colour_scale(), legend=None)
    marks = in_role(drawn.encode(x=x, y=y, fill=fill, fillOpacity=filled, tooltip=tooltip), "scenario")
    return layers.to_spec(layers.rule(layers.source("rules"), alt.X("value:Q"), role="goal"), marks, height=height)
