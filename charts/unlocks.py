"""What of each bucket of the first supply is free, month by month, one on top of the other.

Data: "main" with date (Date), bucket (word), role (a declared role), order (position from below), tokens (in `unit`);
"labels" with date, tokens (middle of a bucket's band on its last day), bucket and role; "rules" with date and label.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Spec
from charts.roles import in_role, role_field

STRENGTHS = (0.65, 0.25)
"""Opacity of a band and of its neighbour: neighbours of one role are told apart, and edges stay darker than both."""


@lru_cache(maxsize=8)
def unlocks(unit: str, *, height: int = layers.HEIGHT) -> Spec:
    """Stacked areas over dates with the bucket's name at the right end of each."""
    x = alt.X("date:T", axis=layers.date_axis())
    axis = layers.value_axis(unit)
    data = layers.source()
    tooltip = [
        alt.Tooltip("date:T", title="Date", format="%b %Y"),
        alt.Tooltip("bucket:N", title="Bucket"),
        alt.Tooltip("text:N", title="Free"),
    ]
    areas = (
        alt.Chart(data)
        .transform_calculate(text=layers.number_text("datum.tokens", digits=4))
        .mark_area(line={"strokeWidth": 1.5})
        .encode(
            fillOpacity=alt.condition("datum.order % 2 == 0", *map(alt.value, STRENGTHS)),
            x=x,
            y=alt.Y("tokens:Q", stack="zero", axis=axis),
            color=role_field("role"),
            detail="bucket:N",
            order="order:Q",
            tooltip=tooltip,
        )
    )
    labels = layers.source("labels")
    names = in_role(
        alt.Chart(labels).mark_text(align="right", dx=-6, fontSize=layers.LABEL_SIZE, fontWeight=600), "ink"
    ).encode(x=x, y=alt.Y("tokens:Q", axis=axis), text="bucket:N")
    return layers.to_spec(areas, layers.rule(layers.source("rules"), x), names, height=height)
