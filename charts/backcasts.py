"""How far past vintages came out from what was published since: one dot per figure, nothing off at zero.

Data: "main" with label (lines parted by a line feed), error (a share), side ("seen before", "seen in part" or "not
seen") and text (the error in words).
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Spec
from charts.roles import colour_scale, in_role
from charts.waterfall import AROUND, label_axis

ROW = 38
SIDES = ("not seen", "seen in part", "seen before")


@lru_cache(maxsize=16)
def backcast_chart(rows: int, *, widest: float) -> Spec:
    """Dots along the error; figures that the vintage had not seen are full, the others hollow or half."""
    y = alt.Y("label:N", sort=None, axis=label_axis(170))
    room = 1.45 * max(widest, 0.01)
    x = alt.X(
        "error:Q",
        axis=layers.side_axis("modelled over published, minus one", fmt="percent", ticks=3),
        scale=alt.Scale(domain=[-room, room], nice=False),
    )
    base = alt.Chart(layers.source())
    zero = in_role(base, "muted").mark_rule(strokeDash=[2, 3]).encode(x=alt.datum(0))
    drawn = []
    for side, opacity in zip(SIDES, (1.0, 0.45, 0.0), strict=True):
        chosen = in_role(base.transform_filter(f"datum.side == '{side}'"), "scenario")
        tooltip = [alt.Tooltip("label:N", title="Figure"), alt.Tooltip("side:N", title="By the vintage")]
        tooltip.append(alt.Tooltip("text:N", title="Error"))
        mark = chosen.mark_point(shape="circle", size=80, strokeWidth=1.5, fillOpacity=opacity)
        fill = alt.Fill("role:N", scale=colour_scale(), legend=None)
        drawn.append(mark.encode(x=x, y=y, fill=fill, tooltip=tooltip))
    words = in_role(base, "ink").mark_text(
        align=alt.ExprRef("datum.error < 0 ? 'right' : 'left'"),
        dx=alt.ExprRef("datum.error < 0 ? -9 : 9"),
        fontSize=layers.LABEL_SIZE,
    )
    # The words come first: they name every row, which keeps the rows in the order of the data.
    return layers.to_spec(words.encode(x=x, y=y, text="text:N"), zero, *drawn, height=ROW * rows + AROUND)
