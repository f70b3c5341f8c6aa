"""What capacity costs, and what a margin does to it within one step."""

from __future__ import annotations

from sympy import Expr, Min, Piecewise, exp

from model.equations.limits import NOTHING
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
        speed = Piecewise((entry, margin > 1), (leave * (margin / stay - 1), margin < stay), (NOTHING, True))
    else:
        speed = Piecewise((entry, margin > 1), (leave * (margin - 1), True))
    return exp(Min(speed, HIGHEST_ENTRY))


def low_quality_cost(m: Vocabulary, role: str) -> Expr:
    """Cost of a unit of low quality in USD/yr."""
    return m.variable("cost", role=role) / m.parameter("cost_ratio", role=role)


def unit_cost_in_use(m: Vocabulary, role: str) -> Expr:
    """Average unit cost of a role in USD/yr, weighing high- and low-quality units."""
    cost = m.variable("cost", role=role)
    if role not in m.structure.merit_roles:
        return cost
    share = m.variable("high_quality_share", role=role)
    return cost * share + low_quality_cost(m, role) * (1 - share)


def required_unit_cost(m: Vocabulary, role: str) -> Expr:
    """Income per unit at which nobody enters or leaves: cost with the required margin."""
    return unit_cost_in_use(m, role) * (1 + m.parameter("required_margin", role=role))
