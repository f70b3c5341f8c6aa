"""How far past vintages came out from what was published since: one dot per figure, nothing off at zero.

Data: "main" with label (lines parted by a line feed, the error among them), error (a share) and side ("seen before",
"seen in part" or "not seen").
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Spec
from charts.roles import colour_scale, in_role
from charts.waterfall import AROUND, label_axis

ROW = 52
SIDES = ("not seen", "seen in part", "seen before")


@lru_cache(maxsize=16)
def backcast_chart(rows: int, *, widest: float) -> Spec:
    """Dots along the error; figures that the vintage had not seen are full, the others hollow or half."""
    y = alt.Y("label:N", sort=None, axis=label_axis(180))
    room = 1.15 * max(widest, 0.01)
    x = alt.X(
        "error:Q",
        axis=layers.side_axis("error", fmt="percent", ticks=3),
        scale=alt.Scale(domain=[-room, room], nice=False),
    )
    base = alt.Chart(layers.source())
    zero = in_role(base, "muted").mark_rule(strokeDash=[2, 3]).encode(x=alt.datum(0))
    tooltip = [alt.Tooltip("label:N", title="Figure"), alt.Tooltip("side:N", title="By the vintage")]
    # Without a scale: that of an opacity keeps only the two ends of its range and spaces the rest evenly.
    full = f"datum.side == '{SIDES[0]}' ? 1 : datum.side == '{SIDES[1]}' ? 0.4 : 0"
    dots = (
        in_role(base.transform_calculate(full=full), "scenario")
        .mark_point(shape="circle", size=80, strokeWidth=1.5, opacity=1)
        .encode(
            x=x,
            y=y,
            tooltip=tooltip,
            fill=alt.Fill("role:N", scale=colour_scale(), legend=None),
            fillOpacity=alt.FillOpacity("full:Q", legend=None, scale=None),
        )
    )
    return layers.to_spec(zero, dots, height=ROW * rows + AROUND)
