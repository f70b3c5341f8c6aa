"""Tokens minted above zero, tokens burned below, the net between them.

Data: "main" with date (Date), mint, burn (both zero or more), net and baseline_net, all in `unit`;
optionally "rules" with date and label.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Format, Spec
from charts.roles import in_role

FLOWS = {"mint": "Minted", "burn": "Burned"}


def mint_burn(
    unit: str,
    *,
    domain: tuple[float, float] | None = None,
    fmt: Format = "number",
    rules: bool = False,
    height: int = layers.HEIGHT,
) -> Spec:
    """Mirrored area chart over dates; `domain` pins the vertical axis (in `unit`, burn negative)."""
    if domain is None:
        return _build(unit, None, fmt, rules, height)
    return _over(domain, unit, fmt, rules, height)


@lru_cache(maxsize=128)
def _over(domain: tuple[float, float], unit: str, fmt: Format, rules: bool, height: int) -> Spec:
    return layers.pinned(_build(unit, (0.0, 1.0), fmt, rules, height), domain)


@lru_cache(maxsize=32)
def _build(unit: str, domain: tuple[float, float] | None, fmt: Format, rules: bool, height: int) -> Spec:
    x = alt.X("date:T", axis=layers.date_axis())
    scale, axis = layers.y_scale(domain), layers.value_axis(unit, fmt=fmt)
    data = layers.source()

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scale, axis=axis)

    down = alt.Chart(data).transform_calculate(burned="-datum.burn")
    parts: list[layers.Chart] = [
        _area(alt.Chart(data), x, y("mint"), "mint"),
        _area(down, x, y("burned"), "burn"),
        layers.role_line(data, x, y("baseline_net"), "baseline"),
        layers.role_line(data, x, y("net"), "scenario"),
        _labels(data, x),
        _hover(data, x, fmt),
    ]
    if rules:
        parts.insert(0, layers.rule(layers.source("rules"), x))
    return layers.to_spec(*parts, height=height)


def _area(chart: alt.Chart, x: alt.X, y: alt.Y, role: str) -> alt.Chart:
    return in_role(chart.mark_area(opacity=0.35, line={"strokeWidth": 1}).encode(x=x, y=y, y2=alt.Y2Datum(0)), role)


def _labels(data: alt.NamedData, x: alt.X) -> alt.Chart:
    """Words at the right end of both areas and both net lines."""
    words = {**FLOWS, "scenario": "Net", "baseline": "Baseline net"}
    label = layers.end_label(data, x, "date", "height", words)
    folded = [
        alt.CalculateTransform(calculate="-datum.burn", **{"as": "burned"}),
        alt.FoldTransform(fold=["mint", "burned", "net", "baseline_net"], **{"as": ["column", "height"]}),
        alt.CalculateTransform(
            calculate="{mint:'mint', burned:'burn', net:'scenario', baseline_net:'baseline'}[datum.column]",
            **{"as": "series"},
        ),
    ]
    label.transform = [*folded, *label.transform]
    return label


def _hover(data: alt.NamedData, x: alt.X, fmt: Format) -> alt.Chart:
    columns = {"mint": "Minted", "burn": "Burned", "net": "Net", "baseline_net": "Baseline net"}
    texts = {
        f"{name}_text": f"isValid(datum.{name}) ? {layers.number_text(f'datum.{name}', fmt, 4)} : '–'"
        for name in columns
    }
    tooltip = [alt.Tooltip("date:T", title="Date", format="%b %Y")]
    tooltip += [alt.Tooltip(f"{name}_text:N", title=word) for name, word in columns.items()]
    return layers.hover_rule(alt.Chart(data).transform_calculate(**texts), x, "date", tooltip)
