"""What drives a difference: shares of its parts, by arithmetic alone and with everybody's behaviour."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from model.engine.assembly import scenario_worlds
from model.engine.futures import with_futures
from model.engine.results import Run
from model.engine.stepper import run as run_worlds
from model.engine.worlds import Floats, Integers
from model.errors import BallastError, OutOfRangeError, ShareError
from model.projection import StepName, step_plan
from model.scenario.scenario import Scenario
from model.sensitivity.mechanical import held_run
from model.sensitivity.parts import Part, parts_of
from model.sensitivity.shapley import ORDERS, masks_of, sampled_orders, sampled_shares, shapley_values

Outcome = str | Callable[[Run], Floats]
"""A column, read at the end of the horizon, or a function of a run that gives one number per world."""

EXACT_UP_TO = 8
"""Up to this many parts every combination is run; beyond, orders are sampled."""

MOST_WORLDS = 2_000
"""Combinations times futures that are held in memory at once."""


@dataclass(frozen=True, eq=False)
class Attribution:
    """Shares of a difference.

    Attributes
    ----------
    parts
        What it is divided into.
    baseline, scenario
        The result without and with all parts.
    shares
        Shape (parts,): they sum to `total`.
    alone, removed
        Shape (parts,): the part on its own, and what its leaving out would take away.
    spread
        Shape (parts,): standard error of a sampled share; zero where every combination was run.
    mechanical
        Whether behaviour was held on the baseline's path.
    undefined
        Why there is no number, in a sentence; empty where there is one.
    """

    parts: tuple[Part, ...]
    baseline: float
    scenario: float
    shares: Floats
    alone: Floats
    removed: Floats
    spread: Floats
    mechanical: bool = False
    undefined: str = ""

    @property
    def total(self) -> float:
        """Scenario less baseline."""
        return self.scenario - self.baseline

    @cached_property
    def frame(self) -> pl.DataFrame:
        """One row per part, the largest share first: part, label, share, alone, removed, spread."""
        data = {
            "part": [part.key for part in self.parts],
            "label": [part.label for part in self.parts],
            "share": self.shares,
            "alone": self.alone,
            "removed": self.removed,
            "spread": self.spread,
        }
        frame = pl.DataFrame(data, schema_overrides={"part": pl.String, "label": pl.String})
        return frame.sort(pl.col("share").abs(), descending=True, nulls_last=True, maintain_order=True)


@dataclass(frozen=True, eq=False)
class Drivers:
    """A difference attributed twice: with everybody's behaviour, and by arithmetic alone."""

    full: Attribution
    mechanical: Attribution

    @cached_property
    def behaviour(self) -> Floats:
        """Shape (parts,): what behaviour adds to each part's mechanical share."""
        return np.asarray(self.full.shares - self.mechanical.shares)

    @cached_property
    def frame(self) -> pl.DataFrame:
        """One row per part: part, label, share, mechanical, behaviour, alone, removed, spread."""
        extra = pl.DataFrame(
            {
                "part": [part.key for part in self.full.parts],
                "mechanical": self.mechanical.shares,
                "behaviour": self.behaviour,
            },
            schema_overrides={"part": pl.String},
        )
        joined = self.full.frame.join(extra, on="part", how="left", maintain_order="left")
        return joined.select("part", "label", "share", "mechanical", "behaviour", "alone", "removed", "spread")


def attribute(
    scenario: Scenario,
    outcome: Outcome = "price",
    *,
    parts: Sequence[Part] | None = None,
    years: float = 10,
    step: StepName = "week",
    draws: int = 0,
    seed: int = 0,
    orders: int = ORDERS,
) -> Drivers:
    """Divide what a scenario does to a result among its parts.

    All combinations are worlds of one run, on the same draws.

    Parameters
    ----------
    outcome
        A column at the end of the horizon, or a function of a run that gives one number per world.
    parts
        What it is divided into; by default provisions and changed keys (`parts_of`).
    draws, seed
        Futures over which the result is averaged; 0 is the single path.
    orders
        Orders sampled where there are more than eight parts.

    Raises
    ------
    BallastError
        When parts cannot be left out one by one.
    """
    return attribute_all(
        scenario, {"": outcome}, parts=parts, years=years, step=step, draws=draws, seed=seed, orders=orders
    )[""]


def attribute_all(
    scenario: Scenario,
    outcomes: dict[str, Outcome],
    *,
    parts: Sequence[Part] | None = None,
    years: float = 10,
    step: StepName = "week",
    draws: int = 0,
    seed: int = 0,
    orders: int = ORDERS,
) -> dict[str, Drivers]:
    """`attribute` for several results of one run."""
    chosen, plan, worlds_of = _planned(scenario, parts, orders, seed)
    length, steps, _ = step_plan(scenario.network, years, step)
    combinations = list(worlds_of)
    worlds = scenario_worlds(
        list(worlds_of.values()), [f"{mask:b}" for mask in combinations], step_length=length, steps=steps
    )
    numbers = np.tile(np.arange(max(draws, 1)), worlds.count)
    if len(numbers) > MOST_WORLDS:
        raise OutOfRangeError(
            f"{worlds.count} combinations in {draws} futures are too many",
            where="draws",
            allowed=f"up to {MOST_WORLDS // worlds.count}",
        )
    if draws:
        worlds = with_futures(worlds, seed=seed, count=draws)
    full = Run(run_worlds(worlds), start=scenario.network.as_of, draws=numbers)
    held = held_run(full)
    found: dict[str, Drivers] = {}
    for name, outcome in outcomes.items():
        made = []
        for result in (full, held):
            read = result.values(outcome)[:, -1] if isinstance(outcome, str) else np.asarray(outcome(result))
            means = read.reshape(-1, max(draws, 1)).mean(axis=1)
            table = dict(zip(combinations, means[1:], strict=True))
            made.append(_attribution(chosen, plan, table, mechanical=result is held))
        found[name] = Drivers(*made)
    return found


def _planned(
    scenario: Scenario, parts: Sequence[Part] | None, orders: int, seed: int
) -> tuple[tuple[Part, ...], Integers | None, dict[int, Scenario]]:
    """Parts, sampled orders (None where all combinations are run), and the scenario of each combination."""
    tries = [tuple(parts)] if parts is not None else [parts_of(scenario), parts_of(scenario, together=True)]
    for attempt, chosen in enumerate(tries):
        count = len(chosen)
        plan = None if count <= EXACT_UP_TO else sampled_orders(count, orders, seed)
        masks = list(range(1 << count)) if plan is None else sorted(masks_of(plan))
        try:
            return chosen, plan, _combined(scenario, chosen, masks)
        except ShareError as problem:
            if attempt == len(tries) - 1:
                raise BallastError(
                    f"the parts cannot be told apart: without some of them, {problem.wrong}",
                    where="parts",
                    todo="name a payer for each change of a share",
                ) from None
    raise AssertionError("unreachable")


def _combined(scenario: Scenario, parts: Sequence[Part], masks: Sequence[int]) -> dict[int, Scenario]:
    """The scenario of each combination: with the parts whose bits are set."""
    known = {(1 << len(parts)) - 1: scenario}

    def build(mask: int) -> Scenario:
        if mask not in known:
            lowest = ~mask & (mask + 1)
            known[mask] = parts[lowest.bit_length() - 1].left_out(build(mask | lowest))
        return known[mask]

    return {mask: build(mask) for mask in masks}


def _attribution(
    parts: tuple[Part, ...], orders: Integers | None, table: dict[int, float], *, mechanical: bool
) -> Attribution:
    """Shares from the results of combinations."""
    count = len(parts)
    all_parts = (1 << count) - 1
    none, every = table[0], table[all_parts]
    gone = sum(not math.isfinite(value) for value in table.values())
    undefined = f"The run stops in {gone} of {len(table)} combinations of the parts." if gone else ""
    if orders is None:
        shares = shapley_values([table[mask] for mask in range(1 << count)])
        spread = np.zeros(count)
    else:
        shares, spread = sampled_shares(orders, table)
    alone = np.array([table.get(1 << i, math.nan) - none for i in range(count)])
    removed = np.array([every - table.get(all_parts ^ (1 << i), math.nan) for i in range(count)])
    return Attribution(parts, none, every, shares, alone, removed, spread, mechanical, undefined)
