"""The long simulated way of a scenario with every trend stopped, to be held against its rest point."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from model.engine.results import Run
from model.engine.stepper import run
from model.engine.worlds import Floats, assemble
from model.parameters import parameter_keys
from model.rest.point import RestPoint
from model.rest.reached import JUDGED, End, Reached, ended, reached
from model.rest.state import frozen_emission, frozen_values
from model.scenario.scenario import Scenario
from model.structure import Structure
from model.system import system_for

if TYPE_CHECKING:
    from model.equilibrium import Rest

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
    reached
        Whether it ends at the rest point; None without one.
    """

    years: int
    dates: tuple[dt.date, ...]
    values: Mapping[str, Floats]
    rest: Mapping[str, float]
    gaps: Mapping[str, float]
    stopped: str = ""
    reached: Reached | None = None


@dataclass(frozen=True)
class Start:
    """A network on its first day with every trend stopped: from here the long way is stepped.

    Attributes
    ----------
    structure, values
        With emission frozen.
    stocks
        Of the first day.
    day, step_length
        The first day; years per step.
    """

    structure: Structure
    values: Mapping[str, float]
    stocks: Mapping[str, float]
    day: dt.date
    step_length: float

    def run(self, years: int) -> Run:
        """Step it for so many years."""
        system, steps = system_for(self.structure), round(years / self.step_length)
        worlds = assemble(system, ["scenario"], self.values, self.stocks, step_length=self.step_length, steps=steps)
        return Run(run(worlds), start=self.day, draws=[0])

    def end(self, points: Sequence[RestPoint], years: int) -> End | None:
        """Where its way ends; None where no point attracts."""
        result = self.run(years)
        return ended(judged(result), points, _why_stopped(result))


def start_of(scenario: Scenario) -> Start:
    """Today's stocks of a scenario with emission, demand, cost and the speculative bid frozen."""
    network = scenario.network
    structure, values = frozen(scenario)
    stocks = {**network.initial_for(structure), **scenario.stocks}
    return Start(structure, values, stocks, network.as_of, network.step_length)


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
    """Step from today's stocks with every trend stopped, for longer where the way has not ended yet."""
    start, years = start_of(scenario), horizon(rest)
    found = _followed(start, rest, years)
    if found.reached is not None and found.reached.end == "under way" and years < HORIZONS[-1]:
        return _followed(start, rest, HORIZONS[-1])
    return found


def _followed(start: Start, rest: Rest, years: int) -> LongRun:
    result, point = start.run(years), rest.stable_point
    names = [name for name in COMPARED if name in result.system.columns]
    result.compute(names)
    paths = {name: result.values(name)[0] for name in names}
    chosen = _spread_early(len(result.times) - 1)
    dates = tuple(_date(result, i) for i in chosen)
    rests = {} if point is None else {name: float(getattr(point, name)) for name in names}
    gaps = {name: float(paths[name][-1] / value - 1) for name, value in rests.items() if value > 0}
    values = {name: path[chosen] for name, path in paths.items()}
    stopped = _why_stopped(result)
    found = reached(judged(result), lambda step: _date(result, step), years, rest.points, stopped)
    return LongRun(years, dates, values, rests, gaps, stopped, found)


def _date(result: Run, step: int) -> dt.date:
    return result.start + dt.timedelta(days=round(float(result.times[step]) * 365.25))


def _why_stopped(result: Run) -> str:
    return "" if result.stopped.is_empty() else str(result.stopped["reason"][0])


def judged(result: Run) -> dict[str, Floats]:
    """What a way is judged by, at every step that the world lives."""
    names = (*JUDGED, "quality")
    result.compute(names)
    alive = int(np.count_nonzero(np.isfinite(result.values("price")[0])))
    return {name: result.values(name)[0, :alive] for name in names}


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
