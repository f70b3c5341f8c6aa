"""Where tokens minted meet tokens burned, computed in the browser while levers are dragged.

The chart is given equations, not points: steps in Vega's expression language from levers and price to mint and burn.
It computes both curves and their crossing anew at every move of a slider.

Data: "given" with one row per world ("scenario", "previous" for the settings before anything was dragged, and
"baseline" where it answers to the same levers): world; every field that the steps read; for each slider
`start_` (the lever's value in its own unit), `shown_` (the same as the slider shows it), `factor_` (shown over own)
and `follows_` (whether this world follows the slider) before its field; near (log of a price near which the crossing
is looked for); price_low, price_high (log10), flow_low, flow_high (tokens a year) of the picture.
"still", where asked for, with price, value, flow and world: curves that answer to no slider.
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
from charts.roles import dash_field, in_role, role_field, width_field

LEVERS = "levers"
"""Name of the selection that holds what the sliders say."""
POINTS = 97
"""Prices at which the curves are computed."""

Steps = tuple[tuple[str, str], ...]


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


@dataclass(frozen=True)
class Search:
    """How the crossing is looked for around the price `near`: all lengths are in the logarithm of the price."""

    reach: float
    places: int
    shift: float


FINER = 128
"""Parts into which the interval that holds the crossing is divided, twice; then it lies on a straight line."""


def live_crossing(
    steps: Steps,
    price: str,
    sliders: Sequence[Slider],
    search: Search,
    *,
    unit: str = "tokens a year",
    price_unit: str = "price, dollars",
    domain: tuple[float, float] = (1.0, 10.0),
    prices: tuple[float, float] = (1.0, 10.0),
    still: bool = False,
    height: int = 320,
) -> Spec:
    """Log-log curves with sliders under them.

    Parameters
    ----------
    steps
        Fields and expressions from `price` and the sliders' fields to "mint" and "burn".
    domain
        Vertical range in `unit`.
    prices
        Horizontal range in `price_unit`.
    still
        Whether there are curves that answer to no slider.
    """
    # Inputs are put in one before the other.
    backwards = tuple(reversed(sliders))
    fields = tuple(slider.field for slider in backwards)
    spec = layers.pinned(_build(steps, price, fields, search, unit, price_unit, still, height), domain, prices)
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
    return {**spec, "params": params}


@lru_cache(maxsize=32)
def _build(
    steps: Steps,
    price: str,
    fields: tuple[str, ...],
    search: Search,
    unit: str,
    price_unit: str,
    still: bool,
    height: int,
) -> Spec:
    # Pinned on both sides: a layer that is empty for a moment has no range of its own.
    scale = alt.Scale(type="log", nice=False, domain=[1, 10])
    x = alt.X("price:Q", scale=scale, axis=layers.side_axis(f"{price_unit} (log scale)"))
    axis = layers.value_axis(f"{unit} (log scale)", ticks=layers.LOG_TICKS)
    y = alt.Y("value:Q", scale=scale, axis=axis)
    return layers.to_spec(
        layers.rule(layers.source("today"), x),
        *([_lines(alt.Chart(layers.source("still")), x, y)] if still else []),
        _curves(steps, price, fields, x, y),
        _crossing(steps, price, fields, search, x, y),
        height=height,
    )


# ---- steps in the browser -------------------------------------------------------------------------------
def _step(field: str, expression: str) -> alt.CalculateTransform:
    return alt.CalculateTransform(calculate=expression, **{"as": field})


def _repeated(field: str, count: int) -> Iterator[Any]:
    """One row for each whole number from zero, in `field`."""
    yield _step(field, f"sequence(0, {count})")
    yield alt.FlattenTransform(flatten=[field])


def _dragged(fields: tuple[str, ...]) -> Iterator[Any]:
    """Levers as the sliders say, and whether any of them stands elsewhere than at the start."""
    for field in fields:
        # A lever nobody has touched keeps its exact value: the slider shows a rounded one.
        touched = f"datum.follows_{field} && {LEVERS}.{field}[0] != datum.shown_{field}"
        yield _step(field, f"{touched} ? {LEVERS}.{field}[0] / datum.factor_{field} : datum.start_{field}")
    yield _step("moved", " || ".join(f"{LEVERS}.{field}[0] != datum.shown_{field}" for field in fields) or "false")
    yield alt.FilterTransform("datum.world != 'previous' || datum.moved")


def _flows(steps: Steps, price: str, at: str) -> Iterator[Any]:
    """Mint and burn at the price that expression `at` gives."""
    yield _step(price, at)
    yield _step("price", f"datum.{price}")
    for field, expression in steps:
        yield _step(field, expression)


# ---- curves ---------------------------------------------------------------------------------------------
def _curves(steps: Steps, price: str, fields: tuple[str, ...], x: alt.X, y: alt.Y) -> alt.LayerChart:
    at = f"pow(10, datum.price_low + datum.place / {POINTS - 1} * (datum.price_high - datum.price_low))"
    computed = [
        *_dragged(fields),
        *_repeated("place", POINTS),
        *_flows(steps, price, at),
        alt.FoldTransform(fold=["mint", "burn"], **{"as": ["flow", "value"]}),
        alt.FilterTransform("isFinite(datum.value) && datum.value > 0"),
        _step("beyond", "datum.value > datum.flow_high ? 'up' : datum.value < datum.flow_low ? 'down' : ''"),
    ]
    levers = alt.selection_point(name=LEVERS, fields=list(fields), toggle=False, clear=False)
    lines = _lines(alt.Chart().transform_filter("datum.world != 'previous'"), x, y).add_params(levers)
    ends = layers.end_label(alt.NamedData("given"), x, "price", "value", WORDS, series="flow")
    ends.data = alt.Undefined
    ends.transform = [alt.FilterTransform("datum.world == 'scenario' && datum.beyond == ''"), *ends.transform]
    before = _lines(alt.Chart().transform_filter("datum.world == 'previous'"), x, y)
    before.mark = alt.MarkDef(type="line", clip=True, opacity=0.6, strokeWidth=1)
    parts = layers.together(before, lines, ends, _cut(x, "up"), _cut(x, "down"))
    parts.data, parts.transform = layers.source("given"), computed
    return parts


def _lines(chart: alt.Chart, x: alt.X, y: alt.Y) -> alt.Chart:
    """Scenario solid, baseline dashed, the settings before dragging thin."""
    drawn: alt.Chart = chart.mark_line(clip=True).encode(x=x, y=y, color=role_field("flow"))
    return drawn.encode(
        strokeDash=dash_field("world"),
        strokeWidth=width_field("world"),
        tooltip=[
            alt.Tooltip("flow:N", title="Flow"),
            alt.Tooltip("world:N", title="World"),
            alt.Tooltip("price:Q", title="Price, dollars", format=".3~r"),
            alt.Tooltip("value:Q", title="Tokens a year", format=",.3~r"),
        ],
    )


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
        mark = chart.mark_text(align="left", baseline="top", dx=8, dy=3, fontSize=layers.LABEL_SIZE)
    else:
        mark = chart.mark_text(align="right", baseline="bottom", dx=-6, dy=-3, fontSize=layers.LABEL_SIZE)
    placed: alt.Chart = mark.encode(x=x, y=alt.value(0 if side == "up" else "height"), text="words:N")
    return placed.encode(color=role_field("flow"))


# ---- crossing -------------------------------------------------------------------------------------------
def _crossing(steps: Steps, price: str, fields: tuple[str, ...], search: Search, x: alt.X, y: alt.Y) -> alt.LayerChart:
    """The crossing of the dragged curves with its price, and a ring where it was before."""
    computed = [
        *_dragged(fields),
        alt.FilterTransform("datum.world != 'baseline'"),
        *_searched(steps, price, search),
        *_placed(),
    ]
    now = in_role(alt.Chart().encode(x=x).transform_filter("datum.world == 'scenario' && datum.crosses"), "ink")
    before = in_role(alt.Chart().encode(x=x).transform_filter("datum.world == 'previous' && datum.crosses"), "muted")
    parts = layers.together(
        *_dropped(before, y, 2),
        before.mark_point(filled=False, size=80, strokeWidth=1.5, opacity=1).encode(y=y),
        *_dropped(now, y, 1),
        now.mark_point(filled=True, size=80, opacity=1).encode(y=y, shape=alt.Shape("shape:N", scale=None)),
        _none(),
    )
    parts.data, parts.transform = layers.source("given"), computed
    return parts


def _dropped(chart: alt.Chart, y: alt.Y, row: int) -> tuple[alt.Chart, alt.Chart]:
    """A line from the crossing down to the price axis and, in a row of its own above it, the price in words."""
    turned = "scale('x', datum.price) > 0.6 * width"
    words = chart.mark_text(
        align=alt.ExprRef(f"{turned} ? 'right' : 'left'"),
        dx=alt.ExprRef(f"{turned} ? -5 : 5"),
        dy=alt.ExprRef(f"-3 - gap * {row}"),
        baseline="bottom",
        fontSize=layers.LABEL_SIZE,
    )
    line: alt.Chart = chart.mark_rule(strokeWidth=1, strokeDash=[2, 2]).encode(y=y, y2=alt.value("height"))
    return line, words.encode(y=alt.value("height"), text="words:N")


def _none() -> alt.Chart:
    """Words in place of a crossing."""
    chart = alt.Chart().transform_filter("datum.world == 'scenario' && !datum.crosses")
    mark = chart.mark_text(
        align="left", baseline="bottom", dy=alt.ExprRef("-3 - gap"), fontSize=layers.LABEL_SIZE, fontWeight=600
    )
    return in_role(mark.encode(x=alt.value(8), y=alt.value("height"), text="words:N"), "ink")


def _searched(steps: Steps, price: str, search: Search) -> Iterator[Any]:
    """One row per world: the price at which burn equals mint, nearest to `near`, or the row beside it without one.

    The sign of burn less mint is looked at on a grid of prices, then on two finer ones inside the interval where it
    turns; within the last one log burn less log mint is a straight line to more digits than can be printed.
    """
    first_width = 2 * search.reach / (search.places - 1)
    yield _step("left", f"datum.near - {search.reach!r} + {search.shift!r}")
    for level, width, places in (
        (0, first_width, search.places),
        (1, first_width / FINER, FINER + 1),
        (2, first_width / FINER**2, FINER + 1),
    ):
        yield from _repeated(f"place_{level}", places)
        begins = "left" if level == 0 else f"at_{level - 1}"
        yield _step(f"at_{level}", f"datum.{begins} + datum.place_{level} * {width!r}")
        yield from _flows(steps, price, f"exp(datum.at_{level})")
        yield from _turn(level)
    width = first_width / FINER**2
    along = f"(datum.turns_2 ? {width!r} * datum.excess_2 / (datum.excess_2 - datum.after_2) : 0)"
    yield from _flows(steps, price, f"exp(datum.at_2 + {along})")
    yield _step("crosses", "datum.turns_0 == 1")


def _turn(level: int) -> Iterator[Any]:
    """Keep the row after which burn less mint changes sign; the nearest one first, and one row in any case."""
    excess, after, turns, rank = (f"{name}_{level}" for name in ("excess", "after", "turns", "rank"))
    yield _step(excess, "datum.mint > 0 && datum.burn > 0 ? log(datum.burn) - log(datum.mint) : null")
    yield alt.WindowTransform(
        window=[alt.WindowFieldDef(op="lead", field=excess, param=1, **{"as": after})],
        sort=[alt.SortField(f"place_{level}")],
        groupby=["world"],
    )
    both = f"isValid(datum.{excess}) && isValid(datum.{after})"
    yield _step(turns, f"{both} && datum.{excess} * datum.{after} < 0 ? 1 : 0")
    yield _step("distance", f"abs(datum.at_{level} - datum.near)" if level == 0 else f"abs(datum.{excess})")
    yield alt.WindowTransform(
        window=[alt.WindowFieldDef(op="row_number", param=alt.Undefined, **{"as": rank})],
        sort=[alt.SortField(turns, order="descending"), alt.SortField("distance")],
        groupby=["world"],
    )
    yield alt.FilterTransform(f"datum.{rank} == 1")


def _placed() -> Iterator[Any]:
    """Words and place of the crossing; one outside the picture stands at its edge."""
    low, high = "pow(10, datum.price_low)", "pow(10, datum.price_high)"
    yield _step("crossing", "datum.price")
    yield _step("outside", f"datum.crossing < {low} ? 'left' : datum.crossing > {high} ? 'right' : ''")
    yield _step("price", f"min(max(datum.crossing, {low}), {high})")
    yield _step("value", "min(max(datum.mint, datum.flow_low), datum.flow_high)")
    yield _step("shape", "datum.outside == '' ? 'circle' : 'triangle-' + datum.outside")
    dollars = f"'$' + {layers.number_text('datum.crossing')}"
    beyond = "(datum.outside == '' ? '' : ', outside the picture')"
    met = f"datum.world == 'previous' ? 'as set ' + {dollars} : 'Burn = mint at ' + {dollars} + {beyond}"
    apart = (
        "!(datum.burn > 0) ? 'No crossing: nothing is burned' : !(datum.mint > 0) ? 'No crossing: nothing is minted'"
        " : datum.burn < datum.mint ? 'No crossing: more is minted at every price'"
        " : 'No crossing: more is burned at every price'"
    )
    yield _step("words", f"datum.crosses ? ({met}) : {apart}")
