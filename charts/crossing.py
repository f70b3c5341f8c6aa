"""Where tokens minted meet tokens burned: both flows against the price, on log axes.

Data: "main" with price, value (tokens a year), flow (mint or burn), world (scenario or baseline), all
above zero; "points" with price, value, label (the crossings; may be empty); "today" with price and
label (one row, may be empty).
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Spec
from charts.roles import dash_field, role_field, width_field

WORDS = {"mint": "Mint", "burn": "Burn"}


@lru_cache(maxsize=64)
def crossing(
    unit: str = "tokens a year",
    price_unit: str = "price, dollars",
    *,
    domain: tuple[float, float] | None = None,
    height: int = 320,
) -> Spec:
    """Log-log curves; scenario solid, baseline dashed; `domain` pins the vertical axis (in `unit`)."""
    x = alt.X("price:Q", scale=alt.Scale(type="log", nice=False), axis=layers.side_axis(f"{price_unit} (log scale)"))
    scale = alt.Scale(type="log", nice=False)
    if domain is not None:
        scale = alt.Scale(type="log", nice=False, domain=list(domain))
    axis = layers.value_axis(f"{unit} (log scale)", ticks=layers.LOG_TICKS)
    y = alt.Y("value:Q", scale=scale, axis=axis)
    data = layers.source()
    curves = (
        alt.Chart(data)
        .mark_line(clip=True)
        .encode(
            x=x,
            y=y,
            color=role_field("flow"),
            strokeDash=dash_field("world"),
            strokeWidth=width_field("world"),
            tooltip=_tooltip(price_unit, unit),
        )
    )
    ends = layers.end_label(data, x, "price", "value", WORDS, series="flow")
    ends.transform = [alt.FilterTransform("datum.world == 'scenario'"), *ends.transform]
    points = layers.annotation(layers.source("points"), x, y)
    return layers.to_spec(layers.rule(layers.source("today"), x), curves, ends, points, height=height)


def _tooltip(price_unit: str, unit: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("flow:N", title="Flow"),
        alt.Tooltip("world:N", title="World"),
        alt.Tooltip("price:Q", title=price_unit.capitalize(), format=".3~r"),
        alt.Tooltip("value:Q", title=unit.capitalize(), format=",.3~r"),
    ]
