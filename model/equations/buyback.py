"""Buyback and hold: the treasury buys tokens with part of its revenue and keeps them (section 17.5)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sympy import Expr, Max, Min

from model.equations.declaration import Equation
from model.equations.limits import NOTHING
from model.vocabulary import Vocabulary

_equation = partial(Equation, stage="stocks", source="Ballast economics specification, section 17.5")


def _means(m: Vocabulary) -> Expr:
    """Dollars a year that the treasury means to spend on tokens: never more than it receives of a stream."""
    p = m.parameter
    return m.over_streams(
        lambda j: (
            Min(p("buyback_share", stream=j), p("treasury_fee_share", stream=j))
            * m.variable("stream_revenue", stream=j)
        )
    )


def buyback(m: Vocabulary, available: Expr) -> Iterator[Equation]:
    """What the treasury buys: never more than the float has left.

    Parameters
    ----------
    available
        Tokens a year that are still in the float after new stake and burn.
    """
    if not m.structure.uses("buyback"):
        return
    v = m.variable
    yield _equation(
        "17.5",
        "Spent on buybacks",
        "Part of the treasury's revenue, as long as there are tokens to buy at today's price.",
        v("buyback_value"),
        Min(_means(m), v("price") * Max(available, 0)),
    )
    yield _equation(
        "17.5",
        "Bought back",
        "Tokens that the treasury buys and keeps.",
        v("bought_back"),
        v("buyback_value") / v("price"),
    )


def bought_tokens(m: Vocabulary) -> Expr:
    """Tokens a year that move from the float into the treasury; zero where there is no buyback."""
    return m.variable("bought_back") if m.structure.uses("buyback") else NOTHING


def bought_value(m: Vocabulary) -> Expr:
    """Dollars a year that buybacks cost the treasury; zero where there are none."""
    return m.variable("buyback_value") if m.structure.uses("buyback") else NOTHING
