"""From the baseline to the scenario, part by part, as floating bars.

Data: "main" with label (lines parted by a line feed), start, end and low (all in `unit`), role ("gain" up, "loss"
down, "baseline" for both ends) and text; drawn in the given order.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Format, Spec
from charts.roles import in_role, role_field

ROW = 36
AROUND = 58
NARROW = "width < 240"
"""On a phone amounts stand above their bars, which need the width."""


def label_axis(width: int = 190) -> alt.Axis:
    """Names of rows, broken where the data break them."""
    return alt.Axis(
        title=None, ticks=False, domain=False, labelLimit=width, labelExpr="split(datum.label, '\\n')",
        labelColor=layers.AXIS_COLOUR, labelFontSize=layers.LABEL_SIZE, labelLineHeight=14,
    )  # fmt: skip


@lru_cache(maxsize=64)
def waterfall(unit: str, *, rows: int, fmt: Format = "number") -> Spec:
    """Floating bars; the axis shows where the differences lie and need not start at zero."""
    y = alt.Y("label:N", sort=None, axis=label_axis())
    scale = alt.Scale(zero=False, padding=alt.ExprRef(f"{NARROW} ? 6 : 44"), nice=False)
    x = alt.X("start:Q", axis=layers.side_axis(unit, fmt=fmt, ticks=4, digits=5), scale=scale)
    base = alt.Chart(layers.source())
    parts = base.transform_filter("datum.role != 'baseline'")
    bars = parts.mark_bar(height=16).encode(x=x, x2="end:Q", y=y, color=role_field("role"))
    ends = base.transform_filter("datum.role == 'baseline'")
    ticks = ends.mark_tick(thickness=3, size=24).encode(x=x, y=y, color=role_field("role"))
    texts = (
        in_role(base.transform_calculate(right="max(datum.start, datum.end)"), "ink")
        .mark_text(
            align=alt.ExprRef(f"{NARROW} && scale('x', datum.right) > width / 2 ? 'right' : 'left'"),
            dx=alt.ExprRef(f"{NARROW} ? 0 : 6"),
            dy=alt.ExprRef(f"{NARROW} ? -18 : 0"),
            fontSize=layers.LABEL_SIZE,
        )
        .encode(x=alt.X("right:Q"), y=y, text="text:N")
    )
    # The layer with every row comes first: it gives the rows their order.
    return layers.to_spec(texts, bars, ticks, height=ROW * rows + AROUND)
