"""Share of the stake beside share of the power, holder by holder: two marks on a row, joined by a line.

Data: "main" with label (word), stake and power (shares), text (both as written) and first (true in the row whose
marks are named); drawn in the given order.
"""

from __future__ import annotations

import math
from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Spec
from charts.roles import in_role

ROW = 30
AROUND = 64


def reach_of(largest: float) -> float:
    """Share at which an axis from nothing leaves room for a word beside its largest mark."""
    return min(1.3, math.ceil(largest * 1.3 * 20) / 20)


@lru_cache(maxsize=32)
def stake_power(rows: int, reach: float = 1.0) -> Spec:
    """A hollow circle for stake and a full diamond for power; the row's label names the holder.

    Parameters
    ----------
    reach
        Share at which the axis ends; see `reach_of`.
    """
    data = layers.source()
    axis = alt.Axis(
        title=None,
        ticks=False,
        domain=False,
        labelLimit=150,
        labelColor=layers.AXIS_COLOUR,
        labelFontSize=layers.LABEL_SIZE,
    )
    y = alt.Y("label:N", sort=None, axis=axis)
    scale = alt.Scale(domain=[0, reach], nice=False)
    x = alt.X("stake:Q", scale=scale, axis=layers.side_axis("share of what may vote", fmt="percent"))
    tooltip = [alt.Tooltip("label:N", title="Holder"), alt.Tooltip("text:N", title="Stake and power")]
    base = alt.Chart(data)
    join = in_role(base.mark_rule(strokeWidth=2), "muted").encode(x=x, x2="power:Q", y=y)
    stake = in_role(base.mark_point(shape="circle", size=80, filled=False, strokeWidth=2), "baseline").encode(
        x=x, y=y, tooltip=tooltip
    )
    power = in_role(base.mark_point(shape="diamond", size=110, filled=True), "scenario").encode(
        x=alt.X("power:Q"), y=y, tooltip=tooltip
    )
    named = base.transform_filter("datum.first")
    right = "datum.power >= datum.stake"
    words = [
        in_role(named, "ink")
        .mark_text(
            align=alt.ExprRef(f"{side} ? 'left' : 'right'"),
            dx=alt.ExprRef(f"{side} ? 9 : -9"),
            fontSize=layers.LABEL_SIZE,
        )
        .encode(x=alt.X(f"{field}:Q"), y=y, text=alt.value(field))
        for field, side in (("power", right), ("stake", f"!({right})"))
    ]
    return layers.to_spec(join, stake, power, *words, height=ROW * rows + AROUND)
