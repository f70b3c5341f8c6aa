"""Sobol indices: what each assumption explains alone and together with others, each with its interval.

Data: "main" with label (lines parted by a line feed), kind ("alone" or "together"), value, low and high (shares) and
told; drawn in the given order.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Spec
from charts.roles import in_role
from charts.waterfall import AROUND, label_axis

KINDS = ("alone", "together")
ROW = 40


@lru_cache(maxsize=16)
def indices_chart(unit: str, *, rows: int) -> Spec:
    """Two bars a row: full for alone, hollow for together with others; a thin line is the interval."""
    y = alt.Y("label:N", sort=None, axis=label_axis(150), scale=alt.Scale(paddingInner=0.25))
    offset = alt.YOffset("kind:N", sort=list(KINDS))
    x = alt.X("value:Q", axis=layers.side_axis(unit, fmt="percent", ticks=4), scale=alt.Scale(zero=True, nice=False))
    base = alt.Chart(layers.source())
    opacity = alt.FillOpacity("kind:N", legend=None, scale=alt.Scale(domain=list(KINDS), range=[1, 0.25]))
    bars = in_role(base, "scenario").mark_bar(height=11, stroke=None).encode(
        x=x, y=y, yOffset=offset, fillOpacity=opacity, tooltip=[alt.Tooltip("told:N", title="Explains")]
    )  # fmt: skip
    interval = in_role(base, "ink").mark_rule(strokeWidth=1).encode(x=alt.X("low:Q"), x2="high:Q", y=y, yOffset=offset)
    text = (
        in_role(base.transform_calculate(end="max(datum.high, datum.value)"), "ink")
        .mark_text(align="left", dx=5, fontSize=layers.LABEL_SIZE)
        .encode(x=alt.X("end:Q"), y=y, yOffset=offset, text="text:N")
    )
    return layers.to_spec(bars, interval, text, height=ROW * rows + AROUND)
