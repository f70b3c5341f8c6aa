"""The capacity-quality plane: where a network rests, where it tips, and the way it takes.

Data: "main" with capacity (above zero), quality (0 to 1), curve (quality curve or free-entry curve);
"rest" with capacity, quality, kind (stable, tipping or collapse), label; "tipping" with capacity,
quality (points of the tipping line in order, may be empty); "path" with step (order from 0),
capacity, quality (may be empty).
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Spec
from charts.roles import in_role, role_field

KINDS = ("stable", "tipping", "collapse")
SHAPES = ("circle", "diamond", "cross")
CURVES = {"quality curve": "staked", "free-entry curve": "mint"}
BELOW = 0.08
"""Room under a quality of zero, in the units of quality, for the word of the point of collapse: no line runs there."""
WORDS = {"staked": "Quality", "mint": "Free entry"}


@lru_cache(maxsize=64)
def plane(capacity_unit: str = "capacity, units of work a year", *, height: int = 320) -> Spec:
    """Nullclines, rest points by shape and word, tipping line and trajectory; capacity on a log axis."""
    axis = layers.side_axis(f"{capacity_unit} (log scale)", ticks=layers.LOG_TICKS)
    x = alt.X("capacity:Q", scale=alt.Scale(type="log", nice=False), axis=axis)
    quality = layers.value_axis("quality, share of full service", ticks=6)
    y = alt.Y("quality:Q", scale=alt.Scale(domain=[-BELOW, 1], nice=False), axis=quality)
    parts = (
        _curves(x, y),
        _curve_words(x),
        _tipping(x, y),
        _path(x, y),
        _rest_points(x, y),
    )
    return layers.to_spec(*parts, height=height)


def _curves(x: alt.X, y: alt.Y) -> alt.Chart:
    dash = alt.Scale(domain=list(CURVES), range=[[1, 0], [6, 3]])
    ordered = _with_role(alt.Chart(layers.source())).transform_window(row="row_number()", groupby=["curve"])
    lines: alt.Chart = ordered.mark_line(strokeWidth=2).encode(x=x, y=y, color=role_field("role"))
    return lines.encode(detail="curve:N", strokeDash=alt.StrokeDash("curve:N", scale=dash, legend=None), order="row:Q")


def _with_role(chart: alt.Chart) -> alt.Chart:
    roles = "{" + ", ".join(f"'{curve}': '{role}'" for curve, role in CURVES.items()) + "}"
    return chart.transform_calculate(role=f"{roles}[datum.curve]")


def _curve_words(x: alt.X) -> alt.Chart:
    """Name of each curve at its right end, away from the points where the curves meet."""
    label = layers.end_label(layers.source(), x, "capacity", "quality", WORDS, series="role")
    label.transform = [*_with_role(alt.Chart(layers.source())).transform, *label.transform]
    return label


def _tipping(x: alt.X, y: alt.Y) -> alt.LayerChart:
    data = layers.source("tipping")
    line = (
        in_role(alt.Chart(data), "loss")
        .transform_window(row="row_number()")
        .mark_line(strokeWidth=1.5, strokeDash=[2, 3])
        .encode(x=x, y=y, order="row:Q")
    )
    word = (
        in_role(alt.Chart(data), "loss")
        .transform_window(row="row_number()")
        .transform_joinaggregate(rows="max(row)")
        .transform_filter("datum.row == datum.rows")
        .transform_calculate(word="'Tipping line'")
        .mark_text(align="left", baseline="middle", dx=6, fontSize=layers.LABEL_SIZE)
        .encode(x=x, y=y, text="word:N")
    )
    return layers.together(line, word)


def _path(x: alt.X, y: alt.Y) -> alt.LayerChart:
    """Trajectory with a ring where it starts and an arrow head where it is at the end."""
    data = layers.source("path")
    base = in_role(alt.Chart(data).encode(x=x, y=y), "scenario")
    line = base.mark_line(strokeWidth=2.5).encode(order="step:Q")
    start = base.transform_filter("datum.step == 0").mark_point(size=90, filled=False, strokeWidth=2)
    # The head points along the last drawn segment, in pixels, so that both axes count as seen.
    turn = (
        "atan2(scale('x', datum.capacity) - scale('x', datum.from_capacity),"
        " scale('y', datum.from_quality) - scale('y', datum.quality)) * 180 / PI"
    )
    head = (
        base.transform_window(from_capacity="lag(capacity)", from_quality="lag(quality)", sort=[alt.SortField("step")])
        .transform_joinaggregate(last="max(step)")
        .transform_filter("datum.step == datum.last && datum.step > 0")
        .mark_point(shape="triangle", size=110, filled=True, opacity=1, angle=alt.ExprRef(turn))
    )
    return layers.together(line, start, head)


def _rest_points(x: alt.X, y: alt.Y) -> alt.LayerChart:
    base = in_role(alt.Chart(layers.source("rest")).encode(x=x, y=y), "ink")
    marks = base.mark_point(size=130, filled=True, opacity=1).encode(
        shape=alt.Shape("kind:N", scale=alt.Scale(domain=list(KINDS), range=list(SHAPES)), legend=None),
        tooltip=[
            alt.Tooltip("label:N", title="Rest point"),
            alt.Tooltip("capacity:Q", title="Capacity", format=",.3~r"),
            alt.Tooltip("quality:Q", title="Quality", format=".3~r"),
        ],
    )
    # Collapse stands at the left edge, where a word on its left would run into the axis and one above into lines.
    words = base.mark_text(
        align=alt.ExprRef("datum.kind == 'collapse' ? 'left' : 'right'"),
        baseline=alt.ExprRef("datum.kind == 'collapse' ? 'top' : 'bottom'"),
        dx=alt.ExprRef("datum.kind == 'collapse' ? 9 : -6"),
        dy=alt.ExprRef("datum.kind == 'collapse' ? 4 : -7"),
        fontSize=layers.LABEL_SIZE,
    ).encode(text="label:N")
    return layers.together(marks, words)
