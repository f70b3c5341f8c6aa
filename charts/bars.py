"""A short list of signed numbers as horizontal bars, such as elasticities.

Data: "main" with label (word), value (in `unit`), text (the value as written) and, where `role` is empty, the role of
each bar; drawn in the given order.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Format, Spec
from charts.roles import in_role, role_field

ROW = 28
AROUND = 64  # pixels for padding, axis and its title


@lru_cache(maxsize=64)
def bars(
    unit: str,
    *,
    rows: int,
    role: str = "scenario",
    signed: bool = True,
    fmt: Format = "number",
    height: int | None = None,
    room: int = 28,
) -> Spec:
    """Horizontal bars from zero, the value written beside each; height is 28 px a row plus the axis.

    Without `signed` the axis begins at zero; with it `room` pixels on either side are left for the words.
    """
    data = layers.source()
    axis = alt.Axis(
        title=None,
        ticks=False,
        domain=False,
        labelLimit=180,
        labelColor=layers.AXIS_COLOUR,
        labelFontSize=layers.LABEL_SIZE,
    )
    y = alt.Y("label:N", sort=None, axis=axis)
    scale = alt.Scale(zero=True, padding=room) if signed else alt.Scale(zero=True)
    x = alt.X("value:Q", scale=scale, axis=layers.side_axis(unit, fmt=fmt))
    base = alt.Chart(data).encode(x=x, y=y)
    drawn = base.mark_bar(height=14)
    bar = in_role(drawn, role) if role else drawn.encode(color=role_field("role"))
    zero = in_role(alt.Chart(data).mark_rule(strokeWidth=1).encode(x=alt.XDatum(0)), "muted")
    text = (
        in_role(base, "ink")
        .mark_text(
            align=alt.ExprRef("datum.value < 0 ? 'right' : 'left'"),
            dx=alt.ExprRef("datum.value < 0 ? -5 : 5"),
            fontSize=layers.LABEL_SIZE,
        )
        .encode(text="text:N")
    )
    return layers.to_spec(bar, zero, text, height=height or ROW * rows + AROUND)
