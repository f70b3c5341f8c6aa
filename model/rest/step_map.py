"""The real step map around a rest point: its residuals and its spectral radius (section 6.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.engine.stepper import run
from model.engine.worlds import Floats, assemble
from model.rest.roots import RestProblem

NUDGE = 1e-6
"""Relative size of the finite differences."""

_NEVER_AT_REST = frozenset({"issued", "treasury_fiat", "burned", "inflation", "supply_accounted"})


@dataclass(frozen=True)
class StepMap:
    """One step of the real model, linearised at a rest point.

    Attributes
    ----------
    spectral_radius
        Largest absolute eigenvalue; below one the point attracts.
    slowest_half_life_years
        Half-life of the slowest motion; None where it does not fade.
    residuals
        Relative change of each state over one step, started exactly at the point.
    """

    spectral_radius: float
    slowest_half_life_years: float | None
    residuals: Mapping[str, float]


def rest_stocks(problem: RestProblem, state: Mapping[str, float]) -> dict[str, float]:
    """Initial stocks of a step that starts at a rest point."""
    stocks = dict.fromkeys(problem.system.initial_keys, 0.0)
    stocks.update({name: value for name, value in state.items() if name in stocks and np.isfinite(value)})
    if "previous_price" in stocks:
        stocks["previous_price"] = state["price"]
    if "remint_pool" in stocks:
        speed = problem.values["remint_speed"]
        paid_out = -np.expm1(-speed * problem.step_length) / problem.step_length
        stocks["remint_pool"] = problem.values["net_emission_cap"] / paid_out
    return stocks


def moving_states(problem: RestProblem, stocks: Mapping[str, float]) -> list[str]:
    """States that settle: without running totals, without a treasury that never spends, without empty stocks."""
    names = []
    for name in problem.system.state_names:
        if name in _NEVER_AT_REST or (name == "treasury" and not problem.treasury_spends):
            continue
        if name.startswith("high_quality_share") and not 0 < stocks[name] < 1:
            continue
        if stocks[name] > 0 or name == "holdings_swing":
            names.append(name)
    return names


def _steady_values(problem: RestProblem) -> dict[str, float]:
    """Values at which a seed of entrants does not move a corner of pay for merit."""
    values = dict(problem.values)
    if "entrant_share" in values:
        values["entrant_share"] = 1e-12
    return values


def step_from(problem: RestProblem, starts: Mapping[str, Floats], values: Mapping[str, float] | None = None) -> Floats:
    """States after one step. Shape (states, worlds)."""
    count = len(next(iter(starts.values())))
    worlds = assemble(
        problem.system,
        ["world"] * count,
        values or _steady_values(problem),
        starts,
        step_length=problem.step_length,
        steps=1,
    )
    return run(worlds).states[:, :, 1]


def jacobian(
    problem: RestProblem, stocks: Mapping[str, float], names: Sequence[str], values: Mapping[str, float]
) -> Floats:
    """Derivative of the step map in relative units, by central differences. Shape (states, states)."""
    scale = np.array([stocks[name] if stocks[name] > 0 else 1.0 for name in names])
    count = 2 * len(names)
    starts = {name: np.full(count, value) for name, value in stocks.items()}
    for i, name in enumerate(names):
        starts[name][2 * i] += NUDGE * scale[i]
        starts[name][2 * i + 1] -= NUDGE * scale[i]
    after = step_from(problem, starts, values)
    rows = [problem.system.state_names.index(name) for name in names]
    chosen = after[rows] / scale[:, None]
    slopes: Floats = (chosen[:, 0::2] - chosen[:, 1::2]) / (2 * NUDGE)
    return slopes


def step_map(problem: RestProblem, state: Mapping[str, float]) -> StepMap:
    """Spectral radius and residuals of the real step map at a rest point.

    Where entry and exit differ in speed the map has a kink; the larger radius of the two speeds is reported.
    """
    stocks = rest_stocks(problem, state)
    names = moving_states(problem, stocks)
    values = _steady_values(problem)
    radius, slow = 0.0, 0.0
    for speeds in _both_speeds(values):
        eigenvalues = np.linalg.eigvals(jacobian(problem, stocks, names, speeds))
        radius = max(radius, float(np.max(np.abs(eigenvalues))))
        slow = radius
    after = step_from(problem, {name: np.array([value]) for name, value in stocks.items()}, values)[:, 0]
    residuals = {
        name: float(after[problem.system.state_names.index(name)] / stocks[name] - 1)
        if stocks[name] > 0
        else float(after[problem.system.state_names.index(name)])
        for name in names
    }
    half_life = float(-np.log(2) * problem.step_length / np.log(slow)) if 0 < slow < 1 else None
    return StepMap(radius, half_life, residuals)


def _both_speeds(values: dict[str, float]) -> list[dict[str, float]]:
    """Values with the speeds of entry on both sides, and of exit on both sides, where they differ."""
    pairs = [(key, key.replace("entry_speed", "exit_speed")) for key in values if key.endswith("entry_speed")]
    entry, leave = dict(values), dict(values)
    for inward, outward in pairs:
        entry[outward] = values[inward]
        leave[inward] = values[outward]
    return [entry] if all(values[a] == values[b] for a, b in pairs) else [entry, leave]
