"""The long simulated way of a scenario with every trend stopped, to be held against its rest point."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from model.engine.results import Run
from model.engine.stepper import run
from model.engine.worlds import Floats, assemble
from model.equilibrium import Rest, frozen_values
from model.parameters import parameter_keys
from model.rest.state import frozen_emission
from model.scenario.scenario import Scenario
from model.structure import Structure
from model.system import system_for

COMPARED = ("price", "revenue", "capacity", "quality", "float_supply", "staked")
"""Variables that have a rest value and a path."""

HORIZONS = (20, 40, 60, 80, 100, 150, 200, 300)
"""Years that are simulated: the first that holds eight half-lives of price and float, and of the slowest motion."""

POINTS = 240


@dataclass(frozen=True)
class LongRun:
    """A path and where it should end.

    Attributes
    ----------
    years
        Horizon simulated.
    dates, values
        Reported dates, and per variable its value at each of them.
    rest
        Per variable its value at the rest point; empty where there is none.
    gaps
        Per variable the last value over the rest value, minus one.
    stopped
        Why the world ended early, in a sentence; empty where it did not.
    """

    years: int
    dates: tuple[dt.date, ...]
    values: Mapping[str, Floats]
    rest: Mapping[str, float]
    gaps: Mapping[str, float]
    stopped: str = ""


def horizon(rest: Rest) -> int:
    """Years worth simulating, at most three hundred."""
    point = rest.stable_point
    clocks = [1.0]
    if point is not None:
        clocks += [c for c in (point.half_life_years, point.step_map.slowest_half_life_years) if c is not None]
    elif np.isfinite(rest.today["half_life_years"]):
        clocks.append(rest.today["half_life_years"])
    least = HORIZONS[0] if point is not None else HORIZONS[2]
    return next((years for years in HORIZONS if years >= max(8 * max(clocks), least)), HORIZONS[-1])


def long_run(scenario: Scenario, rest: Rest) -> LongRun:
    """Step from today's stocks with emission, demand, cost and the speculative bid frozen."""
    point = rest.stable_point
    years = horizon(rest)
    network = scenario.network
    structure, values = frozen(scenario)
    system = system_for(structure)
    stocks = {**network.initial_for(structure), **scenario.stocks}
    steps = round(years / network.step_length)
    worlds = assemble(system, ["scenario"], values, stocks, step_length=network.step_length, steps=steps)
    result = Run(run(worlds), start=network.as_of, draws=[0])
    chosen = _spread_early(steps)
    names = [name for name in COMPARED if name in system.columns]
    result.compute(names)
    paths = {name: result.values(name)[0] for name in names}
    dates = tuple(network.as_of + dt.timedelta(days=round(float(result.times[i]) * 365.25)) for i in chosen)
    rests = {} if point is None else {name: float(getattr(point, name)) for name in names}
    gaps = {name: float(paths[name][-1] / value - 1) for name, value in rests.items() if value > 0}
    stopped = "" if result.stopped.is_empty() else str(result.stopped["reason"][0])
    return LongRun(years, dates, {name: path[chosen] for name, path in paths.items()}, rests, gaps, stopped)


def _spread_early(steps: int) -> np.ndarray:
    """Steps to report: dense at the start, where most happens, and evenly later."""
    early = np.geomspace(1, steps, POINTS // 2)
    even = np.linspace(0, steps, POINTS // 2)
    return np.unique(np.round(np.concatenate([[0], early, even])).astype(np.int64))


def frozen(scenario: Scenario) -> tuple[Structure, dict[str, float]]:
    """Structure and values with emission frozen at its value on the first day and no trend left."""
    structure = scenario.structure
    values = frozen_values(scenario.values, 0.0)
    nominal = frozen_emission(structure, values, scenario.stocks, scenario.network.step_length)
    if nominal is None or structure.emission in (
        "constant",
        "percentage",
        "declining-percentage",
        "target-bonded",
        "target-bonded-step",
    ):
        return structure, values
    steady = replace(structure, emission="constant", table_years=0)
    kept = {key: values.get(key, concrete.declared.default) for key, concrete in parameter_keys(steady).items()}
    kept.update(emission_rate=nominal, emission_scale=1.0, tail_emission=0.0)
    return steady, kept
