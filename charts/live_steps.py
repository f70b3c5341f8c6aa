"""What the browser computes while a lever is dragged: declared equations, and where burn equals mint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import altair as alt

LEVERS = "levers"
"""Name of the selection that holds what the sliders say."""
PICTURE = ("near", "price_low", "price_high", "flow_low", "flow_high")
"""Fields of the picture itself: log of a price near which the crossing is looked for, and its ranges."""
FINER = 25
"""Parts into which the interval that holds the crossing is divided at each level."""
LEVELS = 4
"""Grids in which the crossing is looked for, the first one included; in the last one it lies on a straight line."""

Steps = tuple[tuple[str, str], ...]
"""Fields and the expressions that give them, in the order in which they are computed."""


@dataclass(frozen=True)
class Equations:
    """What lies between the sliders and the curves.

    Attributes
    ----------
    once
        Steps from the sliders' fields that do not depend on the price.
    price
        Field that holds the price.
    steps
        Steps at one price; the last two are "mint" and "burn".
    """

    once: Steps
    price: str
    steps: Steps

    @property
    def read(self) -> list[str]:
        """Fields that the steps at one price read."""
        named = {field for _, expression in self.steps for field in re.findall(r"datum\.(\w+)", expression)}
        return sorted(named - {self.price} - {field for field, _ in self.steps})


@dataclass(frozen=True)
class Search:
    """How the crossing is looked for: how far from the price `near`, at how many prices, and how much off it.

    Lengths are in the logarithm of the price.
    """

    reach: float
    places: int
    shift: float


def step(field: str, expression: str) -> alt.CalculateTransform:
    """One field from the others of its row."""
    return alt.CalculateTransform(calculate=expression, **{"as": field})


def repeated(field: str, count: int) -> Iterator[Any]:
    """One row for each whole number from zero, in `field`."""
    yield step(field, f"sequence(0, {count})")
    yield alt.FlattenTransform(flatten=[field])


def dragged(equations: Equations, fields: tuple[str, ...]) -> Iterator[Any]:
    """Levers as the sliders say, and what follows from them at any price."""
    for field in fields:
        # A lever nobody has touched keeps its exact value: the slider shows a rounded one.
        touched = f"datum.follows_{field} && {LEVERS}.{field}[0] != datum.shown_{field}"
        yield step(field, f"{touched} ? {LEVERS}.{field}[0] / datum.factor_{field} : datum.start_{field}")
    for field, expression in equations.once:
        yield step(field, expression)
    # Only what is read from here on goes along: each row is about to become hundreds.
    yield alt.AggregateTransform(aggregate=[], groupby=["world", *PICTURE, *equations.read])


def flows(equations: Equations, at: str) -> Iterator[Any]:
    """Mint and burn at the price that expression `at` gives."""
    yield step(equations.price, at)
    yield step("price", f"datum.{equations.price}")
    for field, expression in equations.steps:
        yield step(field, expression)


def searched(equations: Equations, search: Search) -> Iterator[Any]:
    """One row: the price at which burn equals mint, nearest to `near`, or a price beside it where there is none.

    The sign of burn less mint is looked at on a grid of prices, then on finer ones inside the interval where it turns;
    within the last one log burn less log mint is a straight line to more digits than can be printed.
    """
    width, begins = 2 * search.reach / (search.places - 1), f"datum.near - {search.reach!r} + {search.shift!r}"
    for level in range(LEVELS):
        yield from repeated(f"place_{level}", FINER + 1 if level else search.places)
        yield step(f"at_{level}", f"{begins} + datum.place_{level} * {width!r}")
        yield from flows(equations, f"exp(datum.at_{level})")
        yield from _turn(level)
        width, begins = width / FINER, f"datum.at_{level}"
    last = LEVELS - 1
    along = f"{width * FINER!r} * datum.excess_{last} / (datum.excess_{last} - datum.after_{last})"
    yield from flows(equations, f"exp(datum.at_{last} + (datum.turns_{last} ? {along} : 0))")
    yield step("crosses", "datum.turns_0 == 1")


def _turn(level: int) -> Iterator[Any]:
    """Keep the row after which burn less mint changes sign; the nearest one first, and one row in any case."""
    excess, after, turns, rank = (f"{name}_{level}" for name in ("excess", "after", "turns", "rank"))
    yield step(excess, "datum.mint > 0 && datum.burn > 0 ? log(datum.burn) - log(datum.mint) : null")
    yield alt.WindowTransform(
        window=[alt.WindowFieldDef(op="lead", field=excess, param=1, **{"as": after})],
        sort=[alt.SortField(f"place_{level}")],
    )
    both = f"isValid(datum.{excess}) && isValid(datum.{after})"
    yield step(turns, f"{both} && datum.{excess} * datum.{after} < 0 ? 1 : 0")
    yield step("distance", f"abs(datum.at_{level} - datum.near)" if level == 0 else f"abs(datum.{excess})")
    yield alt.WindowTransform(
        window=[alt.WindowFieldDef(op="row_number", param=alt.Undefined, **{"as": rank})],
        sort=[alt.SortField(turns, order="descending"), alt.SortField("distance")],
    )
    yield alt.FilterTransform(f"datum.{rank} == 1")
