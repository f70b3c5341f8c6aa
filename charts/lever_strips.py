"""One strip per lever that groups move: a dot for each group's value, a tick at their mean, a hollow mark for today.

Data: "main" with label (of the lever), at (place in the lever's usual range, 0 to 1), mark ("group",
"mean" or "today") and told (whose value it is, in words); drawn in the given order.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Spec
from charts.roles import in_role
from charts.waterfall import label_axis

ROW = 36
AROUND = 52  # pixels for padding, axis and its title
MARKS = ("group", "mean", "today")


@lru_cache(maxsize=16)
def lever_strips(rows: int, *, labels: int = 260) -> Spec:
    """Dots along each lever's own usual range; `labels` is the room for their names in pixels."""
    y = alt.Y("label:N", sort=None, axis=label_axis(labels))
    side = alt.Axis(
        title="each lever's own usual range", tickCount=1, labelExpr="datum.value == 0 ? 'lowest' : 'highest'",
        labelColor=layers.AXIS_COLOUR, titleColor=layers.AXIS_COLOUR, labelFontSize=layers.LABEL_SIZE,
        titleFontSize=layers.LABEL_SIZE, grid=False, ticks=False, domain=False,
    )  # fmt: skip
    x = alt.X("at:Q", axis=side, scale=alt.Scale(domain=[0, 1], padding=12))
    base = alt.Chart(layers.source())

    def marks(name: str) -> alt.Chart:
        return base.transform_filter(f"datum.mark == '{name}'")

    strips = in_role(
        base.mark_rule(strokeWidth=1, opacity=0.4).encode(x=alt.value(0), x2=alt.value("width"), y=y), "muted"
    )
    tooltip = [alt.Tooltip("told:N", title="Value")]
    today = marks("today").mark_point(shape="diamond", size=110, filled=False, strokeWidth=1.5)
    groups = marks("group").mark_point(shape="circle", size=110, filled=True, opacity=0.75)
    mean = marks("mean").mark_tick(thickness=3, size=30)
    return layers.to_spec(
        strips,
        in_role(today.encode(x=x, y=y, tooltip=tooltip), "baseline"),
        in_role(groups.encode(x=x, y=y, tooltip=tooltip), "scenario"),
        in_role(mean.encode(x=x, y=y, tooltip=tooltip), "ink"),
        height=ROW * rows + AROUND,
    )
