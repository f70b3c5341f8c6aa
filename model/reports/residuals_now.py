"""Every equation on the first week of a run: the left side as the engine stepped it, the right side typed in again."""

from __future__ import annotations

import numpy as np
from sympy import Symbol

from model.engine.assembly import scenario_worlds
from model.engine.evaluator import Environment, value_of
from model.engine.results import Run
from model.engine.stepper import run
from model.engine.worlds import Worlds
from model.rest.residuals import Residual
from model.scenario.scenario import Scenario
from model.vocabulary import MISSING

SCENARIO = 1
"""Place of the scenario among the worlds; the baseline is the first."""


def residuals_now(scenario: Scenario) -> dict[Symbol, Residual]:
    """Both sides of each equation of a period, by its target, on the first day (states: after the first week).

    The left side is what the engine stepped, the right side the declared expression at the values of the run. Shocks
    that only chance draws have none.
    """
    worlds = scenario_worlds([scenario], ["scenario"], step_length=scenario.network.step_length, steps=1)
    system, m = worlds.system, worlds.system.vocabulary
    stepped = Run(run(worlds), start=scenario.network.as_of, draws=[0] * worlds.count)
    environment = _known(worlds)
    for symbol, name in m.columns.items():
        if symbol not in environment and name in stepped.system.columns:
            environment[symbol] = np.float64(stepped.values(name)[SCENARIO, 0])
    stepped_states = {now: following for now, following in m.next_of.items() if now in environment}
    for now, following in stepped_states.items():
        environment[following] = np.float64(stepped.values(m.columns[now])[SCENARIO, 1])
    state_of = {following: now for now, following in stepped_states.items()}
    found = {}
    for equation in system.equations:
        name = m.columns[state_of.get(equation.target, equation.target)]
        right = float(value_of(equation.expression, environment))
        left = float(environment[equation.target])
        found[equation.target] = Residual(equation.number, equation.name, left, right, system.unit(name))
    return found


def _known(worlds: Worlds) -> Environment:
    """Everything that is given on the first day."""
    m, length = worlds.system.vocabulary, worlds.steps + 1
    known: Environment = {m.time: np.float64(0.0), MISSING: np.nan, m.step_length: np.float64(worlds.step_length)}
    for symbol, key in m.parameters.items():
        known[symbol] = worlds.parameters[key].matrix(length)[SCENARIO, 0]
    for symbol, name in m.initials.items():
        known[symbol] = np.float64(worlds.initial[name][SCENARIO])
    known.update({symbol: np.float64(neutral) for symbol, neutral in worlds.system.shocks.items()})
    known.update({symbol: column.matrix(length)[SCENARIO, 0] for symbol, column in worlds.shocks.items()})
    return known


def away(residual: Residual) -> float:
    """Difference of both sides over the larger one; zero where both are missing."""
    if np.isnan(residual.left) and np.isnan(residual.right):
        return 0.0
    size = max(abs(residual.left), abs(residual.right))
    return abs(residual.left - residual.right) / size if size else 0.0
