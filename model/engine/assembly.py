"""Puts scenarios of one network together as worlds: values in force at each step, stocks and supply events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
from sympy import Symbol

from model.engine.worlds import Column, Floats, Worlds, assemble, shared_paths
from model.scenario.layers import Paths
from model.scenario.scenario import Scenario
from model.supply_events import EFFECTS, SupplyEvent, event_rates
from model.system import System, system_for


def scenario_worlds(scenarios: Sequence[Scenario], labels: Sequence[str], *, step_length: float, steps: int) -> Worlds:
    """Worlds of scenarios that share a network: the first scenario's baseline, then each scenario.

    All of them are worlds of one system, which has every module that any of them needs. Only what really moves in time
    becomes a dated column.
    """
    first = scenarios[0]
    modules = frozenset().union(*(s.structure.modules for s in scenarios))
    structure = first.network.structure.with_modules(modules)
    system = system_for(structure)
    extra = first.network.values_for(structure)
    times = np.arange(steps + 1, dtype=np.float64) * step_length
    rows: list[Paths] = [first.baseline_timeline(times) if first.is_dated else dict(first.baseline_values)]
    rows += [s.timeline(times) if s.is_dated else dict(s.values) for s in scenarios]
    parameters = {key: _column([row.get(key, extra[key]) for row in rows], len(times)) for key in system.parameters}
    stocks = first.network.initial_for(structure)
    stocks.update(first.stocks)
    decided = [first.baseline_events] + [(*s.baseline_events, *s.own_events) for s in scenarios]
    return assemble(
        system,
        ["baseline", *labels],
        parameters,
        stocks,
        step_length=step_length,
        steps=steps,
        shocks=event_columns(system, decided, first.network.as_of, step_length, steps),
    )


def _column(values: list[float | Floats], length: int) -> float | Floats | Column:
    """One parameter of all worlds: a number, a number per world, or a path per world where one of them moves."""
    if any(isinstance(value, np.ndarray) for value in values):
        return shared_paths([np.broadcast_to(value, length) for value in values])
    return float(values[0]) if all(value == values[0] for value in values) else np.array(values, dtype=float)


def event_columns(
    system: System, decided: Sequence[Sequence[SupplyEvent]], start: dt.date, step_length: float, steps: int
) -> dict[Symbol, Column]:
    """Columns of supply events, one list of events per world."""
    rates = [event_rates(events, start, step_length, steps) for events in decided]
    columns = {}
    for effect in EFFECTS:
        if any(effect in rate for rate in rates):
            paths = [rate.get(effect, np.zeros(steps + 1)) for rate in rates]
            columns[system.symbol_of[f"event_{effect}"]] = shared_paths(paths)
    return columns
