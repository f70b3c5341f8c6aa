"""Settings of two levers, or what two goals came to, as points: those that hold every goal, some of them, or none.

Data: "main" with x, y, holds ("every goal", "some goals" or "no goal"), x_text, y_text and told; "zone" with x, x2, y
and y2 (one rectangle, may be empty); "line" with x, y and order (may be empty); "marks" with x, y and label.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Format, Spec
from charts.roles import colour_scale, in_role

EVERY, SOME, NONE = "every goal", "some goals", "no goal"
_DRAWN = {
    NONE: ("cross", 0.0, 18, "unknown"),
    SOME: ("circle", 0.0, 34, "muted"),
    EVERY: ("circle", 0.85, 46, "scenario"),
}
"""Shape, fill, size and role."""


@lru_cache(maxsize=64)
def settings_chart(
    x_title: str, y_title: str, *, x_format: Format = "number", y_format: Format = "number", height: int = 340
) -> Spec:
    """Points by shape and fill, so that none is told by colour alone; a rectangle for the zone, a line for a front."""
    scale = alt.Scale(zero=False, nice=False, padding=10)
    x = alt.X("x:Q", axis=layers.side_axis(x_title, fmt=x_format), scale=scale)
    y = alt.Y("y:Q", axis=layers.value_axis(y_title, fmt=y_format), scale=scale)
    tooltip = [
        alt.Tooltip("x_text:N", title=x_title),
        alt.Tooltip("y_text:N", title=y_title),
        alt.Tooltip("told:N", title="Holds"),
    ]
    points = [_points(x, y, holds).encode(tooltip=tooltip) for holds in _DRAWN]
    zone = alt.Chart(layers.source("zone")).mark_rect(fillOpacity=0.1, strokeWidth=1.5, strokeDash=[2, 3])
    zone = in_role(zone, "goal").encode(
        x=x, x2="x2:Q", y=y, y2="y2:Q", stroke=alt.Stroke("role:N", scale=colour_scale(), legend=None)
    )
    line = alt.Chart(layers.source("line")).mark_line(strokeWidth=1.5).encode(x=x, y=y, order="order:Q")
    marks = layers.annotation(layers.source("marks"), x, y)
    return layers.to_spec(zone, *points, in_role(line, "scenario"), marks, height=height)


def _points(x: alt.X, y: alt.Y, holds: str) -> alt.Chart:
    shape, fill, size, role = _DRAWN[holds]
    chosen = alt.Chart(layers.source()).transform_filter(f"datum.holds == '{holds}'")
    mark = chosen.mark_point(shape=shape, size=size, strokeWidth=1.3).encode(x=x, y=y, fillOpacity=alt.value(fill))
    return in_role(mark, role).encode(fill=alt.Fill("role:N", scale=colour_scale(), legend=None))
