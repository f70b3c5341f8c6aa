"""Does the simulation end where the equilibrium says: the simulated path against the rest line.

Data: "main" with date (Date) and value (in `unit`); "rest" with value and label (one row, or none
when there is no rest point); optionally "band" with date, low and high.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Format, Spec


@lru_cache(maxsize=64)
def agreement(
    unit: str,
    *,
    domain: tuple[float, float] | None = None,
    from_zero: bool = True,
    fmt: Format = "number",
    band: bool = False,
    height: int = layers.HEIGHT,
) -> Spec:
    """Simulated line with a dotted level at the rest point; `domain` pins the vertical axis (in `unit`)."""
    starts_at_zero = from_zero if domain is None else domain[0] <= 0 <= domain[1]
    x = alt.X("date:T", axis=layers.date_axis())
    scale = layers.y_scale(domain, from_zero=from_zero)
    axis = layers.value_axis(unit, fmt=fmt, from_zero=starts_at_zero)
    y = alt.Y("value:Q", scale=scale, axis=axis)
    data = layers.source()
    low = alt.Y("low:Q", scale=scale, axis=axis)
    shaded: list[layers.Chart] = []
    if band:
        source = layers.source("band")
        shaded = [layers.band(source, x, low, "high", "scenario"), layers.band_goes_on(source, x, "high", fmt)]
    texts = alt.Chart(data).transform_calculate(value_text=layers.number_text("datum.value", fmt, 4))
    tooltip = [
        alt.Tooltip("date:T", title="Date", format="%b %Y"),
        alt.Tooltip("value_text:N", title="Simulated"),
    ]
    return layers.to_spec(
        *shaded,
        layers.level(layers.source("rest"), y),
        layers.role_line(data, x, y, "scenario"),
        layers.hover_rule(texts, x, "date", tooltip),
        height=height,
    )
