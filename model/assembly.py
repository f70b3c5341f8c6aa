"""Puts scenarios of one network together as worlds: values in force at each step, stocks and supply events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
from sympy import Symbol

from model.scenario import Scenario
from model.supply_events import EFFECTS, SupplyEvent, event_rates
from model.system import System, system_for
from model.worlds import Column, Worlds, assemble


def phase_weights(scenario: Scenario, step_length: float, steps: int) -> np.ndarray | None:
    """Shape (steps + 1,): how far the changes are in force at each step; None when they are from the first day.

    A change holds for the flows of every step that begins on or after its start date.
    """
    begins = 0.0
    if scenario.start is not None:
        begins = (scenario.start - scenario.network.as_of).days / 365.25
    if begins <= 0 and scenario.phase_in_years == 0:
        return None
    times = np.arange(steps + 1) * step_length
    if scenario.phase_in_years == 0:
        return (times >= begins * (1 - 1e-12)).astype(float)
    weights: np.ndarray = np.clip((times - begins) / scenario.phase_in_years, 0.0, 1.0)
    return weights


def scenario_worlds(scenarios: Sequence[Scenario], labels: Sequence[str], *, step_length: float, steps: int) -> Worlds:
    """Worlds of scenarios that share a network: the first scenario's baseline, then each scenario.

    All of them are worlds of one system, which has every module that any of them needs.
    """
    first = scenarios[0]
    modules = frozenset().union(*(s.structure.modules for s in scenarios))
    structure = first.network.structure.with_modules(modules)
    system = system_for(structure)
    extra = first.network.values_for(structure)
    base = {**extra, **first.baseline_values}
    rows = [base] + [{**extra, **s.values} for s in scenarios]
    starts = [s.baseline_values for s in scenarios]
    count = len(rows)
    weights = [phase_weights(s, step_length, steps) for s in scenarios]
    parameters: dict[str, float | np.ndarray | Column] = {}
    for key in system.parameters:
        numbers = np.array([row[key] for row in rows])
        dated = any(w is not None and numbers[i + 1] != starts[i].get(key, extra[key]) for i, w in enumerate(weights))
        if not dated:
            parameters[key] = float(numbers[0]) if np.all(numbers == numbers[0]) else numbers
            continue
        paths = np.repeat(numbers[:, None], steps + 1, axis=1)
        for i, weight in enumerate(weights):
            if weight is not None:
                before = starts[i].get(key, extra[key])
                paths[i + 1] = np.where(weight >= 1, numbers[i + 1], before + (numbers[i + 1] - before) * weight)
        parameters[key] = Column(np.ascontiguousarray(paths), np.arange(count, dtype=np.int64))
    stocks = first.network.initial_for(structure)
    stocks.update(first.stocks)
    decided = [first.network.events] + [(*first.network.events, *s.events) for s in scenarios]
    return assemble(
        system,
        ["baseline", *labels],
        parameters,
        stocks,
        step_length=step_length,
        steps=steps,
        shocks=event_columns(system, decided, first.network.as_of, step_length, steps),
    )


def event_columns(
    system: System, decided: Sequence[Sequence[SupplyEvent]], start: dt.date, step_length: float, steps: int
) -> dict[Symbol, Column]:
    """Columns of supply events, one list of events per world."""
    rates = [event_rates(events, start, step_length, steps) for events in decided]
    columns = {}
    for effect in EFFECTS:
        if any(effect in rate for rate in rates):
            paths = np.stack([rate.get(effect, np.zeros(steps + 1)) for rate in rates])
            columns[system.symbol_of[f"event_{effect}"]] = Column(paths, np.arange(len(rates), dtype=np.int64))
    return columns
