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
from model.presets.network import Network
from model.proposals.proposal import Proposal
from model.scenario.arguments import described, scenario_of
from model.scenario.changes import notes_of
from model.scenario.keys import unknown_key
from model.supply_events import SupplyEvent
from model.system import System
from model.validation import is_number
from model.variables import REPORTED

StepName = Literal["week", "month", "day"]

LONGEST_YEARS = 400
ENGINES = ("auto", "kernel", "polars")


def step_plan(network: Network, years: float, step: str) -> tuple[float, int, int]:
    """Length of a step in years, number of steps, and which are reported.

    A month is four sub-steps, because the stability criterion fails on a monthly map in some draws.
    """
    if not is_number(years) or not 0 < years <= LONGEST_YEARS:
        raise OutOfRangeError(
            f"a horizon of {str(years)[:20]} years cannot be projected",
            where="years",
            allowed=f"more than 0, up to {LONGEST_YEARS}",
        )
    lengths = {"week": (network.step_length, 1), "month": (1 / 48, 4), "day": (1 / 365.25, 1)}
    if step not in lengths:
        raise UnknownKeyError(f"there is no step {step!r}", where="step", allowed=", ".join(lengths))
    length, every = lengths[step]
    count = math.ceil(years / length - 1e-9)
    return length, count + (-count) % every, every


@described
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
    {scenario}
    {by_hand}
    {futures}
    keep, outputs
        "paths" keeps every state at every step; "summary" keeps `outputs` (by default what every network reports) every
        four steps, which is for thousands of futures.
    executor
        Steps batches of futures elsewhere, with `keep="summary"`.

    Returns
    -------
    Run
        Worlds "baseline" and "scenario", each in as many futures as were drawn. Its `notes` say where two parts of the
        scenario set the same key: the later one holds.

    Raises
    ------
    BallastError
        For unknown keys, numbers out of range, and shares nobody pays for.
    """
    how = Stepping(draws, seed, engine, executor)
    _one_of("keep", keep, ("paths", "summary"))
    scenario = scenario_of(
        network, proposals, changes, funded_by, assumptions, initial, stress, without,
        start=start, phase_in_years=phase_in_years, events=events,
    )  # fmt: skip
    length, steps, every = step_plan(scenario.network, years, step)
    worlds = scenario_worlds([scenario], ["scenario"], step_length=length, steps=steps)
    if keep == "paths":
        result = stepped(worlds, scenario.network.as_of, how, every=every)
    else:
        result = kept(worlds, scenario.network.as_of, how, outputs, every=max(every, 4))
    result.notes = notes_of(scenario)
    return result


def _one_of(where: str, given: Any, allowed: tuple[str, ...]) -> Any:
    if given not in allowed:
        raise UnknownKeyError(f"there is no {where} {str(given)[:30]!r}", where=where, allowed=", ".join(allowed))
    return given


@dataclass(frozen=True)
class Stepping:
    """How worlds are stepped: in how many futures of which seed, by which engine, and where.

    Raises
    ------
    BallastError
        For a number of futures, a seed or an engine that there is not.
    """

    draws: int = 0
    seed: int = 0
    engine: Engine = "auto"
    executor: Executor | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "draws", check_draws(self.draws))
        object.__setattr__(self, "seed", check_seed(self.seed))
        _one_of("engine", self.engine, ENGINES)
        if self.executor is not None and not hasattr(self.executor, "submit"):
            raise UnknownKeyError(
                f"{str(self.executor)[:30]!r} steps nothing", where="executor", allowed="a concurrent.futures.Executor"
            )


def stepped(worlds: Worlds, start: dt.date, how: Stepping, *, every: int = 1) -> Run:
    """All worlds in all futures, every state at every step."""
    if not how.draws:
        return Run(run(worlds, how.engine), start=start, draws=np.zeros(worlds.count), every=every)
    drawn = with_futures(worlds, seed=how.seed, count=how.draws)
    draws = np.tile(np.arange(how.draws), worlds.count)
    return Run(run(drawn, how.engine), start=start, draws=draws, every=every)


def in_batches(worlds: Worlds, start: dt.date, how: Stepping, names: Sequence[str], steps: Iterable[int]) -> BatchedRun:
    """The same a batch at a time, of which some columns at some steps, the first and the last among them, are kept."""
    return BatchedRun(
        worlds,
        seed=how.seed,
        draws=how.draws,
        engine=how.engine,
        names=names,
        at=np.unique([0, *steps, worlds.steps]),
        start=start,
        executor=how.executor,
    )


def kept(worlds: Worlds, start: dt.date, how: Stepping, outputs: Sequence[str], *, every: int) -> Run:
    """The finished batches as a run: some columns at every so many steps."""
    columns = kept_columns(worlds.system, outputs)
    return in_batches(worlds, start, how, columns, range(0, worlds.steps, every)).result()


def kept_columns(system: System, outputs: Sequence[str]) -> tuple[str, ...]:
    """Columns to keep: those that were asked for, or what every network reports.

    Raises
    ------
    UnknownKeyError
        For a column that the system does not have.
    """
    known = (*system.columns, COLLAPSED)
    for name in outputs:
        if name not in known:
            raise unknown_key(str(name), "outputs", known)
    return tuple(outputs) or reported(system)


def reported(system: System) -> tuple[str, ...]:
    """Columns that every network reports, those of its roles and streams among them, and whether it has collapsed."""
    found = [name for word in REPORTED for name in system.columns if name.partition(".")[0] == word]
    return (*found, COLLAPSED)
