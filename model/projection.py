"""Projects a scenario beside its baseline."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from typing import Any, Literal

from model.assembly import scenario_worlds
from model.errors import OutOfRangeError, UnknownKeyError
from model.network import Network
from model.presets import load_network
from model.results import Run
from model.scenario import Scenario
from model.stepper import Engine, run
from model.supply_events import SupplyEvent

StepName = Literal["week", "month", "day"]

LONGEST_YEARS = 400


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
    proposals: Sequence[Any] = (),
    changes: Mapping[str, float] | None = None,
    funded_by: str | None = None,
    assumptions: Mapping[str, float] | None = None,
    initial: Mapping[str, float] | None = None,
    stress: Sequence[Any] = (),
    years: float = 10,
    step: StepName = "week",
    draws: int = 1,
    seed: int = 0,
    engine: Engine = "auto",
    keep: Literal["paths", "summary"] = "paths",
    executor: Executor | None = None,
    *,
    start: dt.date | None = None,
    phase_in_years: float = 0.0,
    events: Sequence[SupplyEvent] = (),
) -> Run:
    """Step a network with and without changes.

    Parameters
    ----------
    network
        A loaded network, or its name.
    changes
        Lever keys and new values.
    funded_by
        Who pays when shares of revenue move.
    assumptions, initial
        Assumption keys and initial stocks; they hold in the baseline too.
    years, step
        Horizon, and "week", "month" (four sub-steps) or "day".
    engine
        "auto", "kernel" or "polars".
    start, phase_in_years
        When the changes take effect, and over how long they move in.
    events
        Dated supply events of the scenario, beside those of the network.

    Returns
    -------
    Run
        Worlds "baseline" and "scenario".

    Raises
    ------
    BallastError
        For unknown keys, numbers out of range, shares nobody pays for, and arguments this version does not take.
    """
    loaded = load_network(network) if isinstance(network, str) else network
    refuse_later_arguments(proposals, stress, draws, keep)
    del seed, executor  # they matter once futures are drawn
    if engine not in ("auto", "kernel", "polars"):
        raise UnknownKeyError(f"there is no engine {engine!r}", where="engine", allowed="auto, kernel, polars")
    scenario = Scenario(
        loaded,
        changes or {},
        funded_by,
        assumptions or {},
        initial or {},
        start=start,
        phase_in_years=phase_in_years,
        events=tuple(events),
    )
    length, steps, every = step_plan(loaded, years, step)
    worlds = scenario_worlds([scenario], ["scenario"], step_length=length, steps=steps)
    return Run(run(worlds, engine), start=loaded.as_of, draws=[0, 0], every=every)


def refuse_later_arguments(proposals: Sequence[Any], stress: Sequence[Any], draws: int, keep: str) -> None:
    """Arguments of the contract that this version does not carry out are refused, never ignored."""
    if proposals or stress:
        raise UnknownKeyError(
            "proposal and stress files are not part of this version",
            where="proposals, stress",
            todo="pass the changes themselves",
        )
    if draws not in (0, 1):
        raise OutOfRangeError("futures with shocks are not part of this version", where="draws", allowed="1")
    if keep != "paths":
        raise UnknownKeyError("only paths are kept in this version", where="keep", allowed="paths")
