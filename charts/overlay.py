"""Several scenarios in one picture, each line named at its end: the values, or how far each is from one of them.

Data: "main" with date (Date) or year (years from each one's own first day), series (baseline, scenario, comparison,
second_comparison) and value (in `unit`); optionally "level" with value and label, the line that differences are from.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

import altair as alt

from charts import layers
from charts.layers import Format, Spec

SERIES = {"baseline": "Baseline", "scenario": "A", "comparison": "B", "second_comparison": "C"}
"""Role of each column with the word at the end of its line."""

Across = Literal["date", "year"]


@lru_cache(maxsize=128)
def overlay(
    unit: str,
    *,
    domain: tuple[float, float] | None = None,
    across: Across = "date",
    fmt: Format = "number",
    level: bool = False,
    height: int = layers.HEIGHT,
) -> Spec:
    """Line per column in its role's colour and dash; `domain` pins the vertical axis (in `unit`)."""
    year_axis = layers.side_axis("years from each network's own first day")
    x = (
        alt.X("date:T", axis=layers.date_axis())
        if across == "date"
        else alt.X("year:Q", scale=alt.Scale(nice=False), axis=year_axis)
    )
    from_zero = domain is None or domain[0] <= 0 <= domain[1]
    axis = layers.value_axis(unit, fmt=fmt, from_zero=from_zero)
    y = alt.Y("value:Q", scale=layers.y_scale(domain, from_zero=from_zero), axis=axis)
    data = layers.source()
    parts: list[layers.Chart] = [
        layers.series_line(data, x, y),
        layers.end_label(data, x, across, "value", SERIES),
        _hover(data, x, across, fmt),
    ]
    if level:
        parts.insert(0, layers.level(layers.source("level"), y))
    return layers.to_spec(*parts, height=height)


def _hover(data: alt.NamedData, x: alt.X, across: Across, fmt: Format) -> alt.Chart:
    wide = alt.Chart(data).transform_pivot("series", value="value", groupby=[across])
    texts = {
        f"{name}_text": f"isValid(datum.{name}) ? {layers.number_text(f'datum.{name}', fmt, 4)} : '–'"
        for name in SERIES
    }
    first = (
        alt.Tooltip("date:T", title="Date", format="%b %Y")
        if across == "date"
        else alt.Tooltip("year:Q", title="Years", format=".1f")
    )
    tooltip = [first, *(alt.Tooltip(f"{name}_text:N", title=word) for name, word in SERIES.items())]
    return layers.hover_rule(wide.transform_calculate(**texts), x, across, tooltip)
