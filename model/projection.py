"""Projects a scenario beside its baseline."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from typing import Any, Literal

import numpy as np
from sympy import Symbol

from model.errors import OutOfRangeError, UnknownKeyError
from model.network import Network
from model.presets import load_network
from model.results import Run
from model.scenario import Scenario
from model.stepper import Engine, run
from model.supply_events import EFFECTS, SupplyEvent, event_rates
from model.system import System, system_for
from model.worlds import Column, Worlds, assemble

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
