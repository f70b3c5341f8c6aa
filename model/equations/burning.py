"""Tokens are burned: revenue and fees destroy part of the float, penalties part of the stake."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sympy import Expr, Min

from model.equations.declaration import Equation
from model.equations.limits import NOTHING, float_to_take
from model.vocabulary import Vocabulary

_equation = partial(Equation, stage="flows")


def burned_value(m: Vocabulary) -> Expr:
    """Dollars a year that are to buy tokens and destroy them: shares of revenue, and surcharges."""
    return m.of_revenue("burn_share") + m.variable("surcharge")


def burning(m: Vocabulary) -> Iterator[Equation]:
    """What is paid for, what the float has, and all that is destroyed."""
    p, v = m.parameter, m.variable
    yield _equation(
        "E6",
        "Burn paid for",
        "Burned revenue and surcharges buy tokens at today's price; fees burn tokens.",
        v("burn_wanted"),
        burned_value(m) / v("price") + p("fee_burn"),
    )
    yield _equation(
        "E6",
        "Burn from the float",
        "Burn never exceeds the float; where it would, it is cut and flagged.",
        v("float_burn"),
        Min(v("burn_wanted"), float_to_take(m)),
    )
    slashed = p("slashed_burn_share") * v("slashed") if m.structure.uses("staking") else NOTHING
    yield _equation(
        "E6",
        "Burn",
        "Burn from the float and the burned part of slashed stake.",
        v("burn"),
        v("float_burn") + slashed,
    )
