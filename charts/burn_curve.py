"""The rest price over burn shares: where it peaks and where the network would tip.

Data: "main" with share (0 to 1) and price; "marks" with share and label (peak, tipping, today; may be empty).
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Spec


@lru_cache(maxsize=16)
def burn_curve(price_unit: str = "price at rest, dollars", *, height: int = 280) -> Spec:
    """One line from no burn to the highest burn share that somebody can pay for, with rules at what is marked."""
    x = alt.X(
        "share:Q",
        scale=alt.Scale(nice=False, zero=True),
        axis=layers.side_axis("burn share of revenue", fmt="percent"),
    )
    y = alt.Y("price:Q", scale=layers.y_scale(None), axis=layers.value_axis(price_unit))
    data = layers.source()
    texts = alt.Chart(data).transform_calculate(
        share_text=layers.number_text("datum.share", "percent"), price_text=layers.number_text("datum.price")
    )
    tooltip = [
        alt.Tooltip("share_text:N", title="Burn share"),
        alt.Tooltip("price_text:N", title=price_unit.capitalize()),
    ]
    return layers.to_spec(
        layers.rule(layers.source("marks"), x),
        layers.role_line(data, x, y, "scenario"),
        layers.hover_rule(texts, x, "share", tooltip),
        height=height,
    )
