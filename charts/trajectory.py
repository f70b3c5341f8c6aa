"""How one quantity moves over time: scenario against baseline, with the previous state faint.

Data: "main" with date (Date), series (Enum: baseline, scenario, previous), value (in `unit`), and
optionally "rules" with date and label for proposal starts and stresses, and "band" with date, low, high.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Format, Spec

WORDS = {"scenario": "Scenario", "baseline": "Baseline", "previous": "Previous"}


def trajectory(
    unit: str,
    *,
    domain: tuple[float, float] | None = None,
    from_zero: bool = True,
    fmt: Format = "number",
    rules: bool = False,
    band: bool = False,
    height: int = layers.HEIGHT,
) -> Spec:
    """Line chart over dates; the axis title is `unit`, `domain` pins the vertical axis (in `unit`).

    `from_zero=False` lets the axis start above zero and says so in its title; a `domain` that
    excludes zero does the same.
    """
    starts_at_zero = from_zero if domain is None else domain[0] <= 0 <= domain[1]
    if domain is None:
        return _build(unit, None, starts_at_zero, fmt, rules, band, height)
    return _over(domain, unit, starts_at_zero, fmt, rules, band, height)


@lru_cache(maxsize=256)
def _over(
    domain: tuple[float, float], unit: str, starts_at_zero: bool, fmt: Format, rules: bool, band: bool, height: int
) -> Spec:
    return layers.pinned(_build(unit, (0.0, 1.0), starts_at_zero, fmt, rules, band, height), domain)


@lru_cache(maxsize=64)
def _build(
    unit: str,
    domain: tuple[float, float] | None,
    starts_at_zero: bool,
    fmt: Format,
    rules: bool,
    band: bool,
    height: int,
) -> Spec:
    x = alt.X("date:T", axis=layers.date_axis())
    scale = layers.y_scale(domain, from_zero=starts_at_zero)
    axis = layers.value_axis(unit, fmt=fmt, from_zero=starts_at_zero)
    y = alt.Y("value:Q", scale=scale, axis=axis)
    data = layers.source()
    parts: list[layers.Chart] = []
    if band:
        low = alt.Y("low:Q", scale=scale, axis=axis)
        parts.append(layers.band(layers.source("band"), x, low, "high", "scenario"))
        parts.append(layers.band_goes_on(layers.source("band"), x, "high", fmt))
    if rules:
        parts.append(layers.rule(layers.source("rules"), x))
    parts += [
        layers.series_line(data, x, y).transform_filter("datum.series == 'previous'"),
        layers.series_line(data, x, y).transform_filter("datum.series != 'previous'"),
        layers.end_label(data, x, "date", "value", WORDS),
        _hover(data, x, fmt),
    ]
    return layers.to_spec(*parts, height=height)


def _hover(data: alt.NamedData, x: alt.X, fmt: Format) -> alt.Chart:
    names = ["scenario", "baseline"]
    wide = alt.Chart(data).transform_pivot("series", value="value", groupby=["date"])
    texts = {
        f"{name}_text": f"isValid(datum.{name}) ? {layers.number_text(f'datum.{name}', fmt, 4)} : '–'" for name in names
    }
    gap = "(datum.scenario - datum.baseline)"
    both = "isValid(datum.scenario) && isValid(datum.baseline)"
    wide = wide.transform_calculate(**texts, difference_text=f"{both} ? {layers.number_text(gap, fmt, 4)} : '–'")
    tooltip = [alt.Tooltip("date:T", title="Date", format="%b %Y")]
    tooltip += [alt.Tooltip(f"{name}_text:N", title=name.capitalize()) for name in [*names, "difference"]]
    return layers.hover_rule(wide, x, "date", tooltip)
