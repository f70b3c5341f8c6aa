"""A few named lines over a number, a year or a date, such as one rule beside another.

Data: "main" with x (number, or Date where `dates`), series (role) and value (in `unit`); optionally "rules" with x and
label for vertical rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

import altair as alt
import polars as pl

from charts import layers
from charts.layers import Format, Spec

Words = tuple[tuple[str, str], ...]
"""Pairs of a role and the word at the end of its line."""


@lru_cache(maxsize=64)
def curves(
    unit: str,
    words: Words,
    *,
    across: str = "",
    dates: bool = False,
    fmt: Format = "number",
    across_fmt: Format = "number",
    log: bool = False,
    rules: bool = False,
    height: int = layers.HEIGHT,
) -> Spec:
    """Lines in their roles' colours and dashes, named at their ends.

    `across` titles the horizontal axis unless it shows dates. With `log` both axes are logarithmic, and every number
    must be above zero.
    """
    data = layers.source()
    scale = alt.Scale(type="log", nice=False) if log else alt.Scale(zero=True)
    axis = layers.value_axis(f"{unit} (log scale)" if log else unit, fmt=fmt, ticks=layers.LOG_TICKS if log else 5)
    y = alt.Y("value:Q", scale=scale, axis=axis)
    x = _across(across, dates, across_fmt, log)
    parts: list[layers.Chart] = [
        layers.series_line(data, x, y),
        layers.end_label(data, x, "x", "value", dict(words)),
        _hover(data, x, across, dates, fmt, words),
    ]
    if rules:
        parts.insert(0, layers.rule(layers.source("rules"), x))
    return layers.to_spec(*parts, height=height)


def along(places: Iterable[float | date], values: Mapping[str, Iterable[float]]) -> pl.DataFrame:
    """Data of `curves`: the values of each role over the same places."""
    at = [place if isinstance(place, date) else float(place) for place in places]
    rows = [(x, role, float(y)) for role, line in values.items() for x, y in zip(at, line, strict=True)]
    return pl.DataFrame(rows, schema=["x", "series", "value"], orient="row")


def _across(title: str, dates: bool, fmt: Format, log: bool) -> alt.X:
    if dates:
        return alt.X("x:T", axis=layers.date_axis())
    scale = alt.Scale(type="log", nice=False) if log else alt.Scale(zero=False, nice=False)
    axis = layers.side_axis(f"{title} (log scale)" if log else title, fmt=fmt)
    return alt.X("x:Q", scale=scale, axis=axis)


def _hover(data: alt.NamedData, x: alt.X, across: str, dates: bool, fmt: Format, words: Words) -> alt.Chart:
    wide = alt.Chart(data).transform_pivot("series", value="value", groupby=["x"])
    texts = {
        f"{role}_text": f"isValid(datum.{role}) ? {layers.number_text(f'datum.{role}', fmt, 4)} : '–'"
        for role, _ in words
    }
    first = (
        alt.Tooltip("x:T", title="Date", format="%b %Y")
        if dates
        else alt.Tooltip("x:Q", title=across.capitalize(), format=".3~r")
    )
    tooltip = [first, *(alt.Tooltip(f"{role}_text:N", title=word) for role, word in words)]
    return layers.hover_rule(wide.transform_calculate(**texts), x, "x", tooltip)
