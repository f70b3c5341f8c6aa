"""The market prices the float: the wish to hold tokens meets the float of the end of the step."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sympy import Expr, Max, exp, log

from model.equations.declaration import Equation
from model.equations.limits import TINY
from model.vocabulary import Vocabulary

_equation = partial(Equation, stage="market")


def market(m: Vocabulary) -> Iterator[Equation]:
    """Demand to hold, the price at which it meets the float, and the price that moves toward it."""
    p, v = m.parameter, m.variable
    yield _equation(
        "E12",
        "Demand to hold",
        "Users hold tokens in proportion to revenue, speculators whatever the revenue.",
        v("holdings"),
        p("revenue_linked_holdings") * v("revenue") + _speculative_bid(m),
    )
    yield _equation(
        "E15",
        "Clearing price",
        "The price at which the float is just held.",
        v("clearing_price"),
        Max(v("holdings"), TINY) / Max(m.following("float_supply"), TINY),
    )
    yield _equation(
        "E16",
        "Price",
        "The price moves toward the clearing price.",
        m.following("price"),
        v("price") * exp(m.closing(p("price_speed")) * log(v("clearing_price") / v("price")) + v("price_shock")),
    )
    if m.structure.uses("reflexive-holdings"):
        yield from _reflexivity(m)


def _speculative_bid(m: Vocabulary) -> Expr:
    """Dollars that speculators hold: the bid of the date, and what price and momentum make of it."""
    p, v = m.parameter, m.variable
    bid: Expr = v("holdings_level")
    if not m.structure.uses("reflexive-holdings"):
        return bid
    dearer = v("price") / p("holdings_reference_price")
    return bid * exp(v("holdings_swing")) * dearer ** p("holdings_price_elasticity")


def _reflexivity(m: Vocabulary) -> Iterator[Equation]:
    p, v = m.parameter, m.variable
    yield _equation(
        "E13",
        "Swing of the speculative bid",
        "Holders chase the last price change, and it fades.",
        m.following("holdings_swing"),
        v("holdings_swing") * exp(-p("holdings_reversion") * m.step_length)
        + p("holdings_momentum") * log(v("price") / v("previous_price")),
    )
    yield _equation(
        "E13",
        "Price one step ago",
        "Remembered for the next step.",
        m.following("previous_price"),
        v("price"),
    )
