"""What keeps a run within what exists: nothing is divided by nothing, and nothing is taken that is not there."""

from __future__ import annotations

import sympy
from sympy import Expr, Max, Piecewise

from model.vocabulary import MISSING, Vocabulary

NOTHING = sympy.Integer(0)
"""What a part that a network does not have adds."""

TINY = sympy.Float(1e-300)
"""Stands below a ratio or inside a logarithm, so that a step never meets a value that does not exist."""

ALMOST_ALL = 1 - sympy.Float(1e-6)
"""Part of the float that a burn, and of the treasury that spending, can take; what is left always has a price."""


def guarded(numerator: Expr, denominator: Expr) -> Expr:
    """A quotient that is zero where nothing stands below the line, so that a run goes on."""
    return Piecewise((numerator / denominator, denominator > 0), (NOTHING, True))


def ratio(numerator: Expr, denominator: Expr) -> Expr:
    """A reported quotient that is missing where nothing stands below the line."""
    return Piecewise((numerator / denominator, denominator > 0), (MISSING, True))


def moved_into_stake(m: Vocabulary) -> Expr:
    """Tokens that leave the float for stake in the step (negative where they come back); zero without staking."""
    return m.variable("stake_flow") if m.structure.uses("staking") else NOTHING


def float_to_take(m: Vocabulary) -> Expr:
    """Tokens a year that can be taken out of the float in the step, new stake aside."""
    return (m.variable("float_supply") - Max(moved_into_stake(m), 0)) * ALMOST_ALL / m.step_length


def treasury_to_take(m: Vocabulary) -> Expr:
    """Tokens a year that can be taken out of the treasury in the step."""
    return m.variable("treasury") * ALMOST_ALL / m.step_length
