"""How far the two engines are apart on one scenario: the compiled kernel and the Polars stepper, step by step."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from model.engine.assembly import scenario_worlds
from model.engine.futures import with_futures
from model.engine.results import Run
from model.engine.stepper import Paths, run
from model.engine.worlds import Floats
from model.projection import step_plan
from model.scenario.scenario import Scenario
from model.words.text import number

PROMISED = 1e-9
"""Engines promise nine digits; where nothing is chaotic they keep more."""

STOCKS = (
    "float_supply", "staked", "treasury", "treasury_fiat", "remint_pool", "issued", "holdings_swing", "emission_swing",
)  # fmt: skip
"""States that are emptied by flows as large as they are: their differences are scaled by what flowed."""


def scale_of(paths: Paths) -> Floats:
    """What a difference in each state is compared with, in the shape of the states."""
    system, scale = paths.worlds.system, np.abs(np.nan_to_num(paths.states))
    flowed = Run(paths, start=dt.date(2026, 1, 1), draws=[0]).values("revenue") * paths.worlds.step_length
    for i, name in enumerate(system.state_names):
        if name in STOCKS:
            scale[i] = np.maximum.accumulate(scale[i], axis=1)
        if name == "treasury_fiat":
            scale[i] = np.maximum(scale[i], np.nan_to_num(flowed))
        if name == "holdings_swing":
            scale[i] = np.maximum(scale[i], 1.0)
    return np.maximum(scale, 1e-300)


def gaps(paths: Paths, other: Paths, scale: Floats) -> Floats:
    """Shape (states, worlds, steps + 1): relative difference of each state; zero after a stop."""
    found: Floats = np.abs(np.nan_to_num(paths.states) - np.nan_to_num(other.states)) / scale
    return found


def difference(paths: Paths, other: Paths, scale: Floats) -> Floats:
    """Shape (worlds, steps + 1): largest difference of any state up to a step, relative; zero after a stop."""
    found: Floats = np.maximum.accumulate(np.max(gaps(paths, other, scale), axis=0), axis=1)
    return found


@dataclass(frozen=True)
class EngineGap:
    """Both engines on one scenario.

    Attributes
    ----------
    engines
        Their names.
    worlds, steps
        How many paths were compared, and over how many steps.
    by_state
        Largest relative difference of each state on any path at any step.
    stopped_alike
        Whether every path stopped at the same step in both, or in neither.
    """

    engines: tuple[str, str]
    worlds: int
    steps: int
    by_state: dict[str, float]
    stopped_alike: bool

    @property
    def largest(self) -> float:
        """Over all states."""
        return max(self.by_state.values())

    @property
    def sentence(self) -> str:
        """What was compared and how far apart they were."""
        where = max(self.by_state, key=lambda name: self.by_state[name]).replace("_", " ").replace(".", ", ")
        lead = f"On {self.worlds} paths of {self.steps} steps the two engines"
        if self.stopped_alike and not self.largest:
            return f"{lead} do not differ in any digit."
        kept = "within" if self.largest <= PROMISED and self.stopped_alike else "beyond"
        return (
            f"{lead} differ by at most {number(self.largest)} of its size, in {where}; that is {kept} the "
            f"{number(PROMISED)} they promise."
        )


def engine_gap(scenario: Scenario, *, years: float, futures: int, seed: int) -> EngineGap:
    """Step baseline and scenario with both engines, without shocks and in some futures.

    Parameters
    ----------
    years
        Horizon; the Polars stepper takes about a second for five years.
    futures, seed
        How many random futures are compared beside the path without shocks.
    """
    length, steps, _ = step_plan(scenario.network, years, "week")
    calm = scenario_worlds([scenario], ["scenario"], step_length=length, steps=steps)
    by_state = dict.fromkeys(calm.system.state_names, 0.0)
    alike, count, names = True, 0, ("", "")
    for worlds in (calm, with_futures(calm, seed=seed, count=futures)) if futures else (calm,):
        kernel, polars = run(worlds, "auto"), run(worlds, "polars")
        apart = gaps(kernel, polars, scale_of(kernel)).max(axis=(1, 2))
        for name, gap in zip(worlds.system.state_names, apart, strict=True):
            by_state[name] = max(by_state.get(name, 0.0), float(gap))
        alike = alike and bool(np.array_equal(kernel.stopped, polars.stopped))
        count, names = count + worlds.count, (kernel.engine, polars.engine)
    return EngineGap(names, count, steps, by_state, alike)
