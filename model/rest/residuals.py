"""Does the rest point really stand still: both sides of every condition and of every step, with their difference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from sympy import Expr, Piecewise, Symbol

from model.engine.evaluator import Environment, Evaluator, value_of
from model.equations import Equation
from model.rest.derivation import Step, derivation
from model.rest.point import RestPoint
from model.rest.price_curves import flows_at_rest
from model.rest.step_map import moving_states, rest_stocks
from model.system import System

TOLERANCE = 1e-6
"""A relative difference below this counts as none."""


@dataclass(frozen=True)
class Residual:
    """One equation at a rest point.

    Attributes
    ----------
    number, name
        Of the equation.
    left, right
        Both sides, in `unit`.
    """

    number: str
    name: str
    left: float
    right: float
    unit: str

    @property
    def relative(self) -> float:
        """Left over right, minus one; the difference itself where the right side is zero."""
        return self.left / self.right - 1 if self.right else self.left - self.right

    @property
    def holds(self) -> bool:
        """Whether both sides agree."""
        return abs(self.relative) <= TOLERANCE


def residuals(point: RestPoint) -> tuple[Residual, ...]:
    """Conditions of the derivation first, then one week of the real step for every stock that settles."""
    return (*_conditions(point), _burn_is_mint(point), *_steps(point))


def _environment(point: RestPoint) -> Environment:
    """Everything that stands still at the point."""
    problem, m = point.problem, point.problem.system.vocabulary
    env = dict(problem.base)
    stocks = rest_stocks(problem, point.state)
    for symbol, name in m.columns.items():
        if symbol in m.next_of and name in stocks:
            env[symbol] = np.float64(stocks[name])
    env[m.variable("nominal_emission")] = np.float64(point.state["nominal_emission"])
    return env


def _conditions(point: RestPoint) -> Iterator[Residual]:
    """Every assumption of the derivation but burn = mint, which takes slashing and an idle treasury into account."""
    system = point.problem.system
    evaluator, env = Evaluator(system), _environment(point)
    for step, number, unit in _numbered(system):
        for symbol in step.condition.free_symbols:
            evaluator.get(symbol, env)
        left, right = (float(value_of(side, env)) for side in step.condition.args)
        yield Residual(number, step.title, left, right, unit)


@lru_cache(maxsize=64)
def _numbered(system: System) -> tuple[tuple[Step, str, str], ...]:
    """Steps of the derivation with the number of the equation that each stands on and the unit of its two sides."""
    m = system.vocabulary
    found = []
    for step in derivation(system):
        if step.unknown == m.variable("price"):
            continue
        exact = [e for e in system.equations if step.condition.lhs in (e.expression, *_branches(e))]
        read = [system.by_target[s] for s in _in_order(step) if s in system.by_target]
        equation = (exact or read)[0]
        shown = equation.target if exact else _in_order(step)[-1]
        found.append((step, equation.number, system.unit(m.columns[shown])))
    return tuple(found)


def _branches(equation: Equation) -> tuple[Expr, ...]:
    expression = equation.expression
    return tuple(case.args[0] for case in expression.args) if isinstance(expression, Piecewise) else ()


def _in_order(step: Step) -> list[Symbol]:
    return sorted(step.condition.free_symbols, key=lambda s: str(s.name))


def _burn_is_mint(point: RestPoint) -> Residual:
    mint, burn = flows_at_rest(point)(np.array([point.price]))
    return Residual("E23", "Burn equals mint", float(burn[0]), float(mint[0]), "tokens/yr")


def _steps(point: RestPoint) -> Iterator[Residual]:
    """One step of the real model from exactly this point: what each stock is afterward, and what it was."""
    problem = point.problem
    system, m = problem.system, problem.system.vocabulary
    stocks = rest_stocks(problem, point.state)
    after = point.step_map.residuals
    for name in moving_states(problem, stocks):
        equation = system.by_target[m.next_of[system.symbol_of[name]]]
        now = stocks[name]
        left = now * (1 + after[name]) if now else after[name]
        one = system.structure.one_role or not equation.index
        label = equation.name if one else f"{equation.name} ({system.structure.called(equation.index)})"
        yield Residual(equation.number, f"{label}, after a week", left, now, system.unit(name))
