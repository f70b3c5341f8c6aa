"""Where tokens minted meet tokens burned, computed in the browser while levers are dragged.

The chart is given equations, not points: steps in Vega's expression language from levers and price to mint and burn.
It computes both curves and their crossing anew at every move of a slider.

Data: "given" with one row per world that answers to the sliders ("scenario", and "baseline" where it has the same
equations): world; every field that the steps read; for each slider `start_` (the lever's value in its own unit),
`shown_` (the same as the slider shows it), `factor_` (shown over own) and `follows_` (whether this world follows the
slider) before its field; near (log of a price near which the crossing is looked for); price_low, price_high (log10),
flow_low, flow_high (tokens a year) of the picture.
"still" with price, value, flow and world: curves that answer to no slider; "previous" are the settings before
anything was dragged. "met" with price, value and words: the crossing with these settings (one row or none).
"today" with price and label (one row).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import altair as alt

from charts import layers
from charts.crossing import WORDS
from charts.layers import Spec
from charts.live_steps import LEVERS, Equations, Search, dragged, flows, repeated, searched, step
from charts.roles import dash_field, in_role, role_field, width_field

MOVED = "moved"
"""Name of the parameter that says whether any slider stands elsewhere than at the start."""
POINTS = 61
"""Prices at which the curves are computed."""


@dataclass(frozen=True)
class Slider:
    """One lever under the picture, as the reader sees it.

    Attributes
    ----------
    field
        Where the steps read the lever.
    label
        Its name and unit.
    low, high, step, value
        In the unit of the label.
    """

    field: str
    label: str
    low: float
    high: float
    step: float
    value: float


def live_crossing(
    equations: Equations,
    sliders: Sequence[Slider],
    search: Search,
    *,
    unit: str = "tokens a year",
    price_unit: str = "price, dollars",
    domain: tuple[float, float] = (1.0, 10.0),
    prices: tuple[float, float] = (1.0, 10.0),
    height: int = 320,
) -> Spec:
    """Log-log curves with sliders under them.

    Parameters
    ----------
    domain
        Vertical range in `unit`.
    prices
        Horizontal range in `price_unit`.
    """
    # Inputs are put in one before the other.
    backwards = tuple(reversed(sliders))
    fields = tuple(slider.field for slider in backwards)
    spec = layers.pinned(_build(equations, fields, search, unit, price_unit, height), domain, prices)
    levers = {
        "value": [{slider.field: slider.value for slider in backwards}],
        "bind": {
            slider.field: {
                "input": "range",
                "name": slider.label,
                "min": slider.low,
                "max": slider.high,
                "step": slider.step,
            }
            for slider in backwards
        },
    }
    params = [{**param, **levers} if param["name"] == LEVERS else param for param in spec["params"]]
    elsewhere = " || ".join(f"{LEVERS}.{slider.field}[0] != {slider.value!r}" for slider in sliders)
    return {**spec, "params": [*params, {"name": MOVED, "expr": elsewhere}]}


@lru_cache(maxsize=32)
def _build(
    equations: Equations,
    fields: tuple[str, ...],
    search: Search,
    unit: str,
    price_unit: str,
    height: int,
) -> Spec:
    # Pinned on both sides: a layer that is empty for a moment has no range of its own.
    scale = alt.Scale(type="log", nice=False, domain=[1, 10])
    x = alt.X("price:Q", scale=scale, axis=layers.side_axis(f"{price_unit} (log scale)"))
    axis = layers.value_axis(f"{unit} (log scale)", ticks=layers.LOG_TICKS)
    y = alt.Y("value:Q", scale=scale, axis=axis)
    return layers.to_spec(
        layers.rule(layers.source("today"), x),
        *_still(x, y),
        _curves(equations, fields, x, y),
        *_before(x, y),
        _crossing(equations, fields, search, x, y),
        height=height,
    )


# ---- curves ---------------------------------------------------------------------------------------------
def _curves(equations: Equations, fields: tuple[str, ...], x: alt.X, y: alt.Y) -> alt.LayerChart:
    at = f"pow(10, datum.price_low + datum.place / {POINTS - 1} * (datum.price_high - datum.price_low))"
    computed = [
        *dragged(equations, fields),
        *repeated("place", POINTS),
        *flows(equations, at),
        alt.FoldTransform(fold=["mint", "burn"], **{"as": ["flow", "value"]}),
        alt.FilterTransform("isFinite(datum.value) && datum.value > 0"),
        step("beyond", "datum.value > datum.flow_high ? 'up' : datum.value < datum.flow_low ? 'down' : ''"),
    ]
    levers = alt.selection_point(name=LEVERS, fields=list(fields), toggle=False, clear=False)
    lines = _lines(alt.Chart(), x, y).add_params(levers)
    ends = layers.end_label(alt.NamedData("given"), x, "price", "value", WORDS, series="flow")
    ends.data = alt.Undefined
    ends.transform = [alt.FilterTransform("datum.world == 'scenario' && datum.beyond == ''"), *ends.transform]
    parts = layers.together(lines, ends, _cut(x, "up"), _cut(x, "down"))
    parts.data, parts.transform = layers.source("given"), computed
    return parts


def _lines(chart: alt.Chart, x: alt.X, y: alt.Y) -> alt.Chart:
    """Scenario solid, baseline dashed."""
    drawn: alt.Chart = chart.mark_line(clip=True).encode(x=x, y=y, color=role_field("flow"))
    return drawn.encode(strokeDash=dash_field("world"), strokeWidth=width_field("world"))


def _still(x: alt.X, y: alt.Y) -> tuple[alt.Chart, alt.Chart]:
    """A baseline that answers to no slider, and thin curves where the settings were before anything was dragged."""
    data = layers.source("still")
    baseline = _lines(alt.Chart(data).transform_filter("datum.world == 'baseline'"), x, y)
    thin: alt.Chart = (
        alt.Chart(data)
        .transform_filter("datum.world == 'previous'")
        .mark_line(clip=True, strokeWidth=1, opacity=alt.ExprRef(f"{MOVED} ? 0.6 : 0"))
    )
    return baseline, thin.encode(x=x, y=y, color=role_field("flow"))


def _cut(x: alt.X, side: Literal["up", "down"]) -> alt.Chart:
    """Words where a curve leaves the picture: how far it goes on."""
    farthest = "max" if side == "up" else "min"
    order: Literal["ascending", "descending"] = "ascending" if side == "up" else "descending"
    number = layers.number_text("datum.farthest")
    words = f"datum.name + ' continues to ' + {number} + '{' ↑' if side == 'up' else ' ↓'}'"
    names = "{" + ", ".join(f"'{role}': '{word}'" for role, word in WORDS.items()) + "}"
    chart = (
        alt.Chart()
        .transform_filter(f"datum.world == 'scenario' && datum.beyond == '{side}'")
        .transform_joinaggregate(farthest=f"{farthest}(value)", groupby=["flow"])
        .transform_window(nearest="row_number()", sort=[alt.SortField("value", order=order)], groupby=["flow"])
        .transform_filter("datum.nearest == 1")
        .transform_calculate(name=f"{names}[datum.flow]", words=words)
    )
    # Beside the point where it leaves, on the side where a falling curve leaves room.
    if side == "up":
        mark = chart.mark_text(align="left", baseline="top", dx=30, dy=3, fontSize=layers.LABEL_SIZE)
    else:
        mark = chart.mark_text(align="right", baseline="bottom", dx=-6, dy=-3, fontSize=layers.LABEL_SIZE)
    placed: alt.Chart = mark.encode(x=x, y=alt.value(0 if side == "up" else "height"), text="words:N")
    return placed.encode(color=role_field("flow"))


# ---- crossing -------------------------------------------------------------------------------------------
def _crossing(equations: Equations, fields: tuple[str, ...], search: Search, x: alt.X, y: alt.Y) -> alt.LayerChart:
    """The crossing of the dragged curves with its price."""
    computed = [
        alt.FilterTransform("datum.world == 'scenario'"),
        *dragged(equations, fields),
        *searched(equations, search),
        *_placed(),
    ]
    now = in_role(alt.Chart().encode(x=x).transform_filter("datum.crosses"), "ink")
    parts = layers.together(
        *_dropped(now, y, 1, "1"),
        now.mark_point(filled=True, size=80, opacity=1).encode(
            y=y, shape=alt.Shape("shape:N", scale=None, legend=None)
        ),
        _none(),
    )
    parts.data, parts.transform = layers.source("given"), computed
    return parts


def _before(x: alt.X, y: alt.Y) -> tuple[alt.Chart, ...]:
    """A ring at the crossing with the settings before anything was dragged."""
    chart, seen = in_role(alt.Chart(layers.source("met")).encode(x=x), "muted"), f"{MOVED} ? 1 : 0"
    ring = chart.mark_point(filled=False, size=80, strokeWidth=1.5, opacity=alt.ExprRef(seen)).encode(y=y)
    return *_dropped(chart, y, 2, seen), ring


def _dropped(chart: alt.Chart, y: alt.Y, row: int, seen: str) -> tuple[alt.Chart, alt.Chart]:
    """A line from the crossing down to the price axis and, in a row of its own above it, the price in words."""
    turned = "scale('x', datum.price) > 0.6 * width"
    words = chart.mark_text(
        align=alt.ExprRef(f"{turned} ? 'right' : 'left'"),
        dx=alt.ExprRef(f"{turned} ? -5 : 5"),
        dy=alt.ExprRef(f"-3 - gap * {row}"),
        baseline="bottom",
        fontSize=layers.LABEL_SIZE,
        opacity=alt.ExprRef(seen),
    )
    line = chart.mark_rule(strokeWidth=1, strokeDash=[2, 2], opacity=alt.ExprRef(seen))
    dropped: alt.Chart = line.encode(y=y, y2=alt.value("height"))
    return dropped, words.encode(y=alt.value("height"), text="words:N")


def _none() -> alt.Chart:
    """Words in place of a crossing."""
    chart = alt.Chart().transform_filter("!datum.crosses")
    mark = chart.mark_text(
        align="left", baseline="bottom", dy=alt.ExprRef("-3 - gap"), fontSize=layers.LABEL_SIZE, fontWeight=600
    )
    return in_role(mark.encode(x=alt.value(8), y=alt.value("height"), text="words:N"), "ink")


def _placed() -> Iterator[Any]:
    """Words and place of the crossing; one outside the picture stands at its edge."""
    low, high = "pow(10, datum.price_low)", "pow(10, datum.price_high)"
    yield step("crossing", "datum.price")
    yield step("outside", f"datum.crossing < {low} ? 'left' : datum.crossing > {high} ? 'right' : ''")
    yield step("price", f"min(max(datum.crossing, {low}), {high})")
    yield step("value", "min(max(datum.mint, datum.flow_low), datum.flow_high)")
    yield step("shape", "datum.outside == '' ? 'circle' : 'triangle-' + datum.outside")
    dollars = f"'$' + {layers.number_text('datum.crossing')}"
    beyond = "(datum.outside == '' ? '' : ', outside the picture')"
    apart = (
        "!(datum.burn > 0) ? 'No crossing: nothing is burned' : !(datum.mint > 0) ? 'No crossing: nothing is minted'"
        " : datum.burn < datum.mint ? 'No crossing: more is minted at every price'"
        " : 'No crossing: more is burned at every price'"
    )
    yield step("words", f"datum.crosses ? 'Burn = mint at ' + {dollars} + {beyond} : {apart}")
