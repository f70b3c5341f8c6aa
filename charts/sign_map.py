"""A map of two parameters: cells by the sign and size of an answer, with the line where the sign changes.

Data: "main" with x, y (values of the cell), x0, x1, y0, y1 (its edges), side ("above", "below" or "none"), strength
(0 to 1) and told, x_words, y_words; "contour" with x, y, x1, y1; "points" with x, y and label for the values at hand
and the cell that is chosen.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Format, Spec
from charts.roles import in_role, role_field

CELL = "cell"
"""Name of the selection that a click makes."""
SIDES = ("above", "below", "none")


@lru_cache(maxsize=32)
def sign_map(
    x_title: str, y_title: str, *, x_fmt: Format = "number", y_fmt: Format = "number", height: int = 420
) -> Spec:
    """Heat map: above zero in one colour, below in another with a minus sign, stronger where further from zero."""
    x = alt.X("x0:Q", scale=alt.Scale(zero=False, nice=False), axis=layers.side_axis(x_title, fmt=x_fmt, ticks=5))
    y = alt.Y("y0:Q", scale=alt.Scale(zero=False, nice=False), axis=layers.value_axis(y_title, fmt=y_fmt))
    chosen = alt.selection_point(name=CELL, fields=["x", "y"], empty=False)
    roles = "{'above': 'gain', 'below': 'loss', 'none': 'unknown'}"
    base = alt.Chart(layers.source()).transform_calculate(role=f"{roles}[datum.side]")
    tooltip = [
        alt.Tooltip("x_words:N", title=x_title.partition(" (")[0]),
        alt.Tooltip("y_words:N", title=y_title.partition(" (")[0]),
        alt.Tooltip("told:N", title="Answer"),
    ]
    cells = (
        base.mark_rect(stroke=None)
        .encode(
            x=x, x2="x1:Q", y=y, y2="y1:Q", color=role_field("role"), tooltip=tooltip,
            fillOpacity=alt.FillOpacity("strength:Q", legend=None, scale=alt.Scale(domain=[0, 1], range=[0.08, 0.85])),
        )
        .add_params(chosen)
    )  # fmt: skip
    signs = (
        in_role(alt.Chart(layers.source()).transform_filter("datum.side != 'above'"), "ink")
        .transform_calculate(sign="datum.side == 'below' ? '\u2212' : '\u00d7'")
        .mark_text(fontSize=9, opacity=0.7)
        .encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), text="sign:N")
    )
    line = (
        in_role(alt.Chart(layers.source("contour")), "ink")
        .mark_rule(strokeWidth=2.5)
        .encode(x=alt.X("x:Q"), y=alt.Y("y:Q"), x2="x1:Q", y2="y1:Q")
    )
    points = layers.annotation(layers.source("points"), alt.X("x:Q"), alt.Y("y:Q"))
    return layers.to_spec(cells, signs, line, points, height=height)
