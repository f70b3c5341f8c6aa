"""Proposals against stresses: how each holds a goal in each world, where it does worst, and what it would regret."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from model.engine.assembly import scenario_worlds
from model.engine.batches import Progress
from model.engine.futures import check_draws, with_futures
from model.engine.results import Run
from model.engine.stepper import run as run_worlds
from model.engine.worlds import Floats, Integers
from model.errors import BallastError, OutOfRangeError, UnknownKeyError
from model.outcomes import Measure
from model.projection import step_plan
from model.proposals.proposal import Proposal
from model.scenario.scenario import Scenario
from model.scenario.stacking import unstack
from model.tuning.goals import Chance, Goal
from model.words.value_words import lowered

NO_STRESS = "No stress"
SWITCHED_ON = "As switched on above"
TODAY = "Today's rules"
MOST_OPTIONS = 8


@dataclass(frozen=True, eq=False)
class Regrets:
    """One goal under every option in every world.

    Attributes
    ----------
    goal, measure
        What is held against what, and how its variable is shown.
    options, stresses
        Names of rows and columns; the first column is the world without any stress, then what is switched on.
    middle
        Shape (options, stresses): median over futures of what the goal compares.
    met
        Shape (options, stresses): futures in which the goal holds.
    futures
        Drawn in each cell.
    left_out
        Why a stress has no column, one sentence each.
    """

    goal: Goal
    measure: Measure
    options: tuple[str, ...]
    stresses: tuple[str, ...]
    middle: Floats
    met: Integers
    futures: int
    left_out: tuple[str, ...]

    @cached_property
    def distance(self) -> Floats:
        """Shape (options, stresses): median beyond the goal; below zero where it misses it."""
        return self.goal.distance(self.middle)

    @cached_property
    def regret(self) -> Floats:
        """Shape (options, stresses): how much further the best option of that world is; zero for the best."""
        return np.asarray(np.nanmax(self.distance, axis=0) - self.distance)

    def chance(self, option: int, stress: int) -> Chance:
        """In how many futures an option holds the goal under a stress."""
        return Chance(int(self.met[option, stress]), self.futures)

    def worst(self, option: int) -> int:
        """The stress under which an option does worst: fewest futures, then furthest from the goal."""
        order = np.lexsort((np.nan_to_num(self.distance[option], nan=-np.inf), self.met[option]))
        return int(order[0])

    def most_regretted(self, option: int) -> int:
        """The stress under which another option would be furthest ahead; stopped runs count as furthest."""
        return int(np.argmax(np.nan_to_num(self.regret[option], nan=np.inf)))

    @cached_property
    def safest(self) -> int:
        """The option that keeps most futures in its worst world; among equals the smallest largest regret."""
        worst = [int(self.met[i, self.worst(i)]) for i in range(len(self.options))]
        largest = [float(self.regret[i, self.most_regretted(i)]) for i in range(len(self.options))]
        return min(range(len(self.options)), key=lambda i: (-worst[i], largest[i], i))

    @cached_property
    def frame(self) -> pl.DataFrame:
        """One row per option and stress: option, stress, dots (of fifty), middle, distance, regret."""
        pairs = [(i, j) for i in range(len(self.options)) for j in range(len(self.stresses))]
        return pl.DataFrame(
            {
                "option": [self.options[i] for i, _ in pairs],
                "stress": [self.stresses[j] for _, j in pairs],
                "dots": [self.chance(i, j).dots for i, j in pairs],
                **{name: getattr(self, name).reshape(-1) for name in ("middle", "distance", "regret")},
            }
        ).with_columns(pl.col("middle", "distance", "regret").fill_nan(None))

    def worst_sentence(self, option: int) -> str:
        """Worst case of one option and its cause: "Today's rules: fewest with Demand halves, 12 of 50 (45 without)"."""
        at = self.worst(option)
        now = self.chance(option, 0).of_fifty
        name = self.options[option]
        if at == 0 or self.met[option, at] == self.met[option, 0]:
            return f"{name}: no stress takes any of its {now} futures."
        return (
            f"{name}: fewest with “{self.stresses[at]}”, {self.chance(option, at).of_fifty} futures instead of {now}."
        )

    @property
    def sentence(self) -> str:
        """Which option keeps most futures in its worst world."""
        best, at = self.safest, self.worst(self.safest)
        holds = self.chance(best, at).of_fifty
        if len(self.options) == 1 or all(
            int(self.met[i, self.worst(i)]) == int(self.met[best, at]) for i in range(len(self.options))
        ):
            every = "every option holds" if len(self.options) > 1 else "today's rules hold"
            return f"In the worst of {len(self.stresses)} worlds {every} the goal in {holds} futures."
        return (
            f"“{self.options[best]}” loses least in its worst world: with “{self.stresses[at]}” it would hold the goal "
            f"in {holds} futures."
        )


class RegretTable:
    """Options in all worlds: iterate for progress, one step per stress, then `result`.

    Parameters
    ----------
    scenario
        Its network and assumptions are shared; its own stresses together are one more column.
    options
        Scenarios by name, all of its network; today's rules are always the first row.
    stresses
        One column each, alone, beside the world without any stress.
    draws, seed
        Futures of every cell.
    """

    def __init__(
        self,
        scenario: Scenario,
        options: Mapping[str, Scenario],
        stresses: Sequence[Proposal],
        goal: Goal,
        *,
        draws: int = 128,
        seed: int = 0,
    ) -> None:
        if len(options) > MOST_OPTIONS:
            raise OutOfRangeError(f"{len(options)} options", where="options", allowed=f"up to {MOST_OPTIONS}")
        self._scenario, self._goal, self._draws, self._seed = scenario, goal, max(1, check_draws(draws)), seed
        self._options = {TODAY: as_today(scenario), **options}
        together = [(SWITCHED_ON, scenario.stresses)] if scenario.stresses else []
        self._worlds = [(NO_STRESS, ()), *together, *((part.title, (part,)) for part in stresses)]
        self._columns: list[tuple[str, Floats, Integers]] = []
        self._left_out: list[str] = []

    def __iter__(self) -> Iterator[Progress]:
        began = time.perf_counter()
        for count, (name, happens) in enumerate(self._worlds, 1):
            try:
                self._columns.append((name, *self._column(happens)))
            except UnknownKeyError:
                self._left_out.append(f"“{name}” is left out: this network has nothing that it moves.")
            except BallastError as problem:
                self._left_out.append(f"“{name}” is left out: {lowered(str(problem))}")
            yield Progress(count, len(self._worlds), time.perf_counter() - began)

    def _column(self, happens: tuple[Proposal, ...]) -> tuple[Floats, Integers]:
        """Median of what the goal compares, and futures in which it holds; shape (options,) each."""
        scenarios = [under(option, happens) for option in self._options.values()]
        network = self._scenario.network
        length, steps, _ = step_plan(network, self._goal.years, "week")
        labels = [str(row) for row in range(len(scenarios))]
        worlds = scenario_worlds(scenarios, labels, step_length=length, steps=steps)
        drawn = with_futures(worlds, seed=self._seed, count=self._draws)
        run = Run(run_worlds(drawn), start=network.as_of, draws=np.tile(np.arange(self._draws), worlds.count))
        values = self._goal.compared(run).reshape(worlds.count, self._draws)[1:]
        # A run that stops is further from the goal than any number.
        far = np.where(np.isnan(values), -np.inf if self._goal.comparison == "at_least" else np.inf, values)
        middle = np.median(far, axis=1)
        return np.where(np.isfinite(middle), middle, np.nan), self._goal.holds(values).sum(axis=1)

    def result(self) -> Regrets:
        """What was run; the iteration has to be over."""
        names, middles, met = zip(*self._columns, strict=True)
        return Regrets(
            self._goal,
            self._goal.measure(self._scenario.system),
            tuple(self._options),
            tuple(names),
            np.stack(middles, axis=1),
            np.stack(met, axis=1).astype(np.int64),
            self._draws,
            tuple(self._left_out),
        )


def as_today(scenario: Scenario) -> Scenario:
    """The same network, assumptions and stresses under today's rules."""
    return Scenario(
        scenario.network, assumptions=scenario.assumptions, initial=scenario.initial, stress=scenario.stress
    )


def under(scenario: Scenario, happens: tuple[Proposal, ...]) -> Scenario:
    """The scenario where exactly these stresses happen; parts of them that are switched off stay off."""
    for part in scenario.stresses:
        if part not in happens:
            scenario = unstack(scenario, part.name)
    return replace(scenario, stress=happens)


def options_of(scenario: Scenario) -> dict[str, Scenario]:
    """What a scenario offers for a table: itself, and each of its proposals alone where it stacks several."""
    if scenario.is_empty:
        return {}
    found = {p.title: replace(as_today(scenario), proposals=(p,)) for p in scenario.stacked} if (
        len(scenario.stacked) > 1 or scenario.changes or scenario.events
    ) else {}  # fmt: skip
    title = scenario.stacked[0].title if len(scenario.stacked) == 1 and not found else "The scenario on screen"
    return {title: scenario, **found}
