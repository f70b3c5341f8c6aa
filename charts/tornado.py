"""What each assumption does to a difference: one bar from the low to the high end of its usual range.

Data: "main" with label (lines parted by a line feed), side ("low" or "high"), now, end (both in `unit`, cut to the
axis) and text (the assumption's value, and the effect where it was cut); "rules" with value and label.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Format, Spec
from charts.roles import in_role
from charts.waterfall import AROUND, label_axis

ROW = 34


@lru_cache(maxsize=64)
def tornado_chart(unit: str, *, rows: int, fmt: Format = "number", domain: tuple[float, float] | None = None) -> Spec:
    """Bars around the effect as things are; the low end is hollow, the high end full, each with its value."""
    # Room above the first bar for the word "now".
    y = alt.Y("label:N", sort=None, axis=label_axis(150), scale=alt.Scale(paddingInner=0.2, paddingOuter=0.6))
    scale = alt.Scale(zero=True, nice=False, padding=70) if domain is None else alt.Scale(domain=list(domain))
    x = alt.X("now:Q", axis=layers.side_axis(unit, fmt=fmt, ticks=4), scale=scale)
    base = alt.Chart(layers.source())
    drawn = [
        in_role(base.transform_filter(f"datum.side == '{side}'"), "scenario")
        .mark_bar(height=14, fillOpacity=opacity, stroke=None)
        .encode(x=x, x2="end:Q", y=y, tooltip=[alt.Tooltip("told:N", title="At this end")])
        for side, opacity in (("low", 0.35), ("high", 1.0))
    ]
    # Two ends on one side would write over each other: the inner one is left to the tooltip and the table.
    text = (
        in_role(base.transform_filter("datum.text != ''"), "ink")
        .mark_text(
            align=alt.ExprRef("datum.end < datum.now ? 'right' : 'left'"),
            dx=alt.ExprRef("datum.end < datum.now ? -5 : 5"),
            fontSize=layers.LABEL_SIZE,
        )
        .encode(x=alt.X("end:Q"), y=y, text="text:N")
    )
    rules = layers.rule(layers.source("rules"), alt.X("value:Q"))
    return layers.to_spec(*drawn, text, rules, height=ROW * rows + AROUND + 16)
