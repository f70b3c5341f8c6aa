"""Projects a scenario beside its baseline."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from model.engine.assembly import scenario_worlds
from model.engine.batches import BatchedRun
from model.engine.futures import check_draws, with_futures
from model.engine.random_numbers import check_seed
from model.engine.results import COLLAPSED, Run
from model.engine.stepper import Engine, run
from model.engine.worlds import Worlds
from model.errors import OutOfRangeError, UnknownKeyError
from model.presets.files import load_network
from model.presets.network import Network
from model.proposals.proposal import Proposal
from model.scenario.keys import unknown_key
from model.scenario.scenario import Scenario
from model.supply_events import SupplyEvent
from model.system import System
from model.variables import REPORTED

StepName = Literal["week", "month", "day"]

LONGEST_YEARS = 400
ENGINES = ("auto", "kernel", "polars")


def step_plan(network: Network, years: float, step: str) -> tuple[float, int, int]:
    """Length of a step in years, number of steps, and which are reported.

    A month is four sub-steps, because the stability criterion fails on a monthly map in some draws.
    """
    if not isinstance(years, int | float) or isinstance(years, bool) or not 0 < years <= LONGEST_YEARS:
        raise OutOfRangeError(
            f"{str(years)[:20]} years cannot be projected",
            where="years",
            allowed=f"more than 0, up to {LONGEST_YEARS}",
        )
    lengths = {"week": (network.step_length, 1), "month": (1 / 48, 4), "day": (1 / 365.25, 1)}
    if step not in lengths:
        raise UnknownKeyError(f"there is no step {step!r}", where="step", allowed=", ".join(lengths))
    length, every = lengths[step]
    count = math.ceil(years / length - 1e-9)
    return length, count + (-count) % every, every


def project(
    network: Network | str,
    proposals: Sequence[Proposal | str] = (),
    changes: Mapping[str, float] | None = None,
    funded_by: str | None = None,
    assumptions: Mapping[str, float] | None = None,
    initial: Mapping[str, float] | None = None,
    stress: Sequence[Proposal | str] = (),
    years: float = 10,
    step: StepName = "week",
    draws: int = 0,
    seed: int = 0,
    engine: Engine = "auto",
    keep: Literal["paths", "summary"] = "paths",
    executor: Executor | None = None,
    *,
    start: dt.date | None = None,
    phase_in_years: float = 0.0,
    events: Sequence[SupplyEvent] = (),
    without: Iterable[str] = (),
    outputs: Sequence[str] = (),
) -> Run:
    """Step a network with and without changes.

    Parameters
    ----------
    network
        A loaded network, or its name.
    proposals
        Proposals, or their names.
    changes
        Lever keys and new values; they lie on top of the proposals.
    funded_by
        Who pays when shares of revenue move by hand.
    assumptions, initial
        Assumption keys and initial stocks; they hold in the baseline too.
    stress
        Stresses, or their names; they hold in the baseline too.
    years, step
        Horizon, and "week", "month" (four sub-steps) or "day".
    draws, seed
        Number of modelled futures, drawn by the seed; 0 is the single path without shocks. A draw is the same future
        however many there are, and both worlds meet it.
    engine
        "auto", "kernel" or "polars".
    keep, outputs
        "paths" keeps every state at every step; "summary" keeps `outputs` (by default what every network reports) every
        four steps, which is for thousands of futures.
    executor
        Steps batches of futures elsewhere, with `keep="summary"`.
    start, phase_in_years
        When the hand-made changes take effect, and over how long they move in.
    events
        Dated supply events of the scenario, beside those of the network.
    without
        Provisions that are switched off, as "proposal:provision".

    Returns
    -------
    Run
        Worlds "baseline" and "scenario", each in as many futures as were drawn.

    Raises
    ------
    BallastError
        For unknown keys, numbers out of range, and shares nobody pays for.
    """
    loaded = load_network(network) if isinstance(network, str) else network
    how = Stepping(check_draws(draws), check_seed(seed), _one_of("engine", engine, ENGINES), executor)
    _one_of("keep", keep, ("paths", "summary"))
    scenario = Scenario(
        loaded,
        changes or {},
        funded_by,
        assumptions or {},
        initial or {},
        start=start,
        phase_in_years=phase_in_years,
        events=tuple(events),
        proposals=tuple(proposals),
        stress=tuple(stress),
        without=frozenset(without),
    )
    length, steps, every = step_plan(loaded, years, step)
    worlds = scenario_worlds([scenario], ["scenario"], step_length=length, steps=steps)
    if keep == "summary":
        return kept(worlds, loaded.as_of, how, outputs=outputs, every=max(every, 4))
    return stepped(worlds, loaded.as_of, how, every=every)


def _one_of(where: str, given: Any, allowed: tuple[str, ...]) -> Any:
    if given not in allowed:
        raise UnknownKeyError(f"there is no {where} {str(given)[:30]!r}", where=where, allowed=", ".join(allowed))
    return given


@dataclass(frozen=True)
class Stepping:
    """How worlds are stepped: in how many futures of which seed, by which engine, and where."""

    draws: int = 0
    seed: int = 0
    engine: Engine = "auto"
    executor: Executor | None = None


def stepped(worlds: Worlds, start: dt.date, how: Stepping, *, every: int = 1) -> Run:
    """All worlds in all futures, every state at every step."""
    if not how.draws:
        return Run(run(worlds, how.engine), start=start, draws=np.zeros(worlds.count), every=every)
    drawn = with_futures(worlds, seed=how.seed, count=how.draws)
    draws = np.tile(np.arange(how.draws), worlds.count)
    return Run(run(drawn, how.engine), start=start, draws=draws, every=every)


def in_batches(worlds: Worlds, start: dt.date, how: Stepping, *, outputs: Sequence[str] = (), every: int) -> BatchedRun:
    """The same a batch at a time, of which some columns at every so many steps are kept."""
    names = tuple(outputs) or reported(worlds.system)
    for name in names:
        if name not in (*worlds.system.columns, COLLAPSED):
            raise unknown_key(str(name), "outputs", (*worlds.system.columns, COLLAPSED))
    at = np.unique([*range(0, worlds.steps + 1, every), worlds.steps])
    return BatchedRun(
        worlds,
        seed=how.seed,
        draws=how.draws,
        engine=how.engine,
        names=names,
        at=at,
        start=start,
        executor=how.executor,
    )


def kept(worlds: Worlds, start: dt.date, how: Stepping, *, outputs: Sequence[str] = (), every: int) -> Run:
    """The finished batches as a run."""
    return in_batches(worlds, start, how, outputs=outputs, every=every).result()


def reported(system: System) -> tuple[str, ...]:
    """Columns that every network reports, those of its roles and streams among them, and whether it has collapsed."""
    found = [name for word in REPORTED for name in system.columns if name.partition(".")[0] == word]
    return (*found, COLLAPSED)
