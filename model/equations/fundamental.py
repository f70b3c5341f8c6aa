"""What all burns to come would be worth today, beside the market's price: diagnostics, never the price (section 9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import sympy
from sympy import Expr, Max, Min, Piecewise, floor

from model.equations.burning import burned_value
from model.equations.declaration import Equation
from model.equations.limits import NOTHING
from model.vocabulary import MISSING, Vocabulary

_equation = partial(Equation, stage="report", source="Ballast economics specification, section 9")

NEVER = sympy.Float(1e-250)
"""Stands for the speed at which minting without an end ends, so that what is left of it is beyond all tokens."""

ALL_TOKENS = sympy.Float(1e200)
"""More than can be outstanding: what divides by more is nothing."""


def _now(m: Vocabulary) -> Expr:
    """What the schedule mints today, tokens a year."""
    return m.parameter("emission_scale") * m.variable("scheduled_emission")


def _at_this_rate_for_ever(m: Vocabulary) -> Expr:
    return _now(m) / NEVER


def _for_ever(_: Vocabulary) -> Expr:
    """It may mint again, whatever it mints today."""
    return 1 / NEVER


def _until_the_halvings_are_through(m: Vocabulary) -> Expr:
    period = m.parameter("halving_years")
    age = (m.time + m.parameter("schedule_age")) / period
    return _now(m) * period * (2 - (age - floor(age)))


def _until_the_cap(m: Vocabulary) -> Expr:
    return Max(m.parameter("maximum_supply") - m.variable("issued"), 0)


def _decaying(m: Vocabulary) -> Expr:
    return _now(m) / Max(m.parameter("emission_decay"), NEVER)


def _until_the_table_is_used_up(m: Vocabulary) -> Expr:
    """The table's cap less what it has minted: listed years, then whole years by the factor, and the year at hand."""
    years, factor = m.structure.table_years, m.parameter("emission_table_factor")
    values = [m.parameter("emission_table", year=year) for year in range(1, years + 1)]
    age = m.time + m.parameter("schedule_age")
    after = Max(age - years, 0)
    whole = floor(after)
    listed = sympy.Add(*(value * Min(Max(age - year, 0), 1) for year, value in enumerate(values)))
    later = values[-1] * factor * (1 - factor**whole) / (1 - factor)
    at_hand = (after - whole) * values[-1] * factor ** (whole + 1)
    return m.parameter("emission_scale") * Max(m.parameter("emission_table_cap") - listed - later - at_hand, 0)


_LEFT: dict[str, Callable[[Vocabulary], Expr]] = {
    "constant": _at_this_rate_for_ever,
    "time-halving": _until_the_halvings_are_through,
    "supply-halving": _until_the_cap,
    "exponential": _decaying,
    "table": _until_the_table_is_used_up,
    "percentage": _at_this_rate_for_ever,
    "declining-percentage": _at_this_rate_for_ever,
    "target-bonded": _for_ever,
    "target-bonded-step": _for_ever,
    "square-root-stake": _for_ever,
}
"""Tokens that the schedule of a family is still to mint."""

ENDLESS = tuple(family for family, left in _LEFT.items() if left in (_at_this_rate_for_ever, _for_ever))
"""Families under which minting has no end, so that the gauges say nothing but that."""

GAUGES = ("fundamental_price", "implied_growth")


def fundamental(m: Vocabulary) -> Iterator[Equation]:
    """The two diagnostics."""
    p, v = m.parameter, m.variable
    rate, growth = p("discount_rate"), p("expected_growth")
    minted_again = v("fiat_indexed")
    if m.structure.uses("net-emission"):
        minted_again += v("price") * v("reminted")
    value = Max(burned_value(m) - minted_again, 0)
    outstanding = v("supply") + _LEFT[m.structure.emission](m) + p("tail_emission") / NEVER
    yield _equation(
        "9",
        "Price of all burns to come",
        "What they are worth today, by their growth and the discount rate, over all tokens that are or will be; "
        "nothing where minting never ends.",
        v("fundamental_price"),
        Piecewise(
            (MISSING, growth >= rate),
            (value / ((rate - growth) * outstanding), outstanding < ALL_TOKENS),
            (NOTHING, True),
        ),
    )
    yield _equation(
        "9",
        "Growth that the price implies",
        "The growth of burns, year after year, at which they would be worth the market's price.",
        v("implied_growth"),
        rate - Piecewise((value / (v("price") * outstanding), outstanding < ALL_TOKENS), (NOTHING, True)),
    )
