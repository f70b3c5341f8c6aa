"""Speed of entry and exit: what a margin does to capacity within one step."""

from __future__ import annotations

import sympy
from sympy import Expr, Min, Piecewise, exp

from model.vocabulary import Vocabulary

HIGHEST_ENTRY = 3
"""No role grows more than e^3 in one step: a guard that only meaningless corners reach."""


def growth_factor(m: Vocabulary, role: str, margin: Expr) -> Expr:
    """Factor on capacity over one step at a margin of income over required income."""
    p = m.parameter
    entry = m.step_length * p("entry_speed", role=role) * (margin - 1)
    leave = m.step_length * p("exit_speed", role=role)
    if m.structure.uses("hysteresis"):
        stay = p("avoidable_cost_share")
        speed = Piecewise((entry, margin > 1), (leave * (margin / stay - 1), margin < stay), (sympy.Integer(0), True))
    else:
        speed = Piecewise((entry, margin > 1), (leave * (margin - 1), True))
    return exp(Min(speed, HIGHEST_ENTRY))
