"""Which settings of some levers hold every goal: settings sampled from a box, each run in the same futures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from model.engine.batches import Progress
from model.engine.quantiles import quantiles
from model.engine.results import Run
from model.engine.worlds import Floats
from model.errors import OutOfRangeError
from model.scenario.arguments import arguments_of
from model.scenario.scenario import Scenario
from model.sweeps.grid import points_of
from model.sweeps.sweep import Sweep, sweep
from model.sweeps.worlds import Question
from model.tuning.goals import Goal
from model.tuning.lever_box import LeverBox

Truths = npt.NDArray[np.bool_]

TOGETHER = 256
"""Settings that are run and judged together: what they came to is dropped afterwards, so memory is bounded."""


@dataclass(frozen=True, eq=False)
class TuneQuestion:
    """What is asked.

    Attributes
    ----------
    scenario
        What stands already: proposals, stresses, assumptions, and changes by hand that no lever of the box replaces.
    box
        Levers that may move.
    goals
        What should hold; at least one.
    draws, seed
        Futures in which every setting is run; 0 is the single path.
    """

    scenario: Scenario
    box: LeverBox
    goals: tuple[Goal, ...]
    draws: int = 50
    seed: int = 7

    def __post_init__(self) -> None:
        if not self.goals:
            raise OutOfRangeError("there is no goal", where="goals", todo="add at least one")
        for goal in self.goals:
            goal.measure(self.scenario.system)

    @property
    def years(self) -> float:
        """Horizon: as far as the furthest goal looks."""
        return max(goal.years for goal in self.goals)

    def sweep(self, settings: Floats) -> Sweep:
        """The runs of some settings, shape (settings, levers)."""
        shown = self.scenario
        columns = dict(zip(self.box.keys, np.asarray(settings, dtype=np.float64).T, strict=True))
        start = shown.network.as_of
        return sweep(
            shown.network,
            points_of(shown.network, columns),
            **arguments_of(shown),
            years=self.years,
            draws=self.draws,
            seed=self.seed,
            outputs=list(dict.fromkeys(goal.variable for goal in self.goals)),
            at=sorted({day for goal in self.goals for day in goal.days(start)}),
        )


@dataclass(frozen=True, eq=False)
class Sampled:
    """Settings and what they came to.

    Attributes
    ----------
    question
        What was asked.
    settings
        Shape (settings, levers).
    feasible
        Shape (settings,): whether somebody can pay for it.
    chances
        Shape (settings, goals): share of futures that reach the goal; 0 where nobody can pay.
    middles
        Shape (settings, goals): median over futures of what the goal compares; NaN where nobody can pay.
    """

    question: TuneQuestion
    settings: Floats
    feasible: Truths
    chances: Floats
    middles: Floats
    reasons: tuple[str | None, ...] = field(default=())

    @cached_property
    def holds(self) -> Truths:
        """Shape (settings, goals): whether the goal holds in as many futures as it asks for."""
        asked = np.array([goal.share for goal in self.question.goals])
        return np.asarray((self.chances >= asked - 1e-9) & self.feasible[:, None])

    @cached_property
    def met(self) -> Truths:
        """Shape (settings,): whether every goal holds."""
        return np.asarray(self.holds.all(axis=1))

    @property
    def share(self) -> float:
        """Part of the box in which every goal holds; settings that nobody can pay for do not."""
        return float(self.met.mean())

    def count(self) -> np.ndarray:
        """Shape (settings,): goals that hold."""
        return np.asarray(self.holds.sum(axis=1))

    @property
    def binding(self) -> int | None:
        """The goal without which most settings more would hold the rest; None where dropping none adds any."""
        without = [np.delete(self.holds, goal, axis=1).all(axis=1) & self.feasible for goal in range(self._goals)]
        gained = [int((alone & ~self.met).sum()) for alone in without]
        best = int(np.argmax(gained))
        return best if gained[best] > 0 else None

    @property
    def _goals(self) -> int:
        return len(self.question.goals)

    def joined(self, other: Sampled) -> Sampled:
        """Both samples of one question together."""
        return Sampled(
            self.question,
            np.concatenate([self.settings, other.settings]),
            np.concatenate([self.feasible, other.feasible]),
            np.concatenate([self.chances, other.chances]),
            np.concatenate([self.middles, other.middles]),
            self.reasons + other.reasons,
        )


class Tuning:
    """A sample being run: go over it for its progress, then ask for its result; leaving the loop cancels the rest.

    Parameters
    ----------
    settings
        Shape (settings, levers).
    """

    def __init__(self, question: TuneQuestion, settings: Floats) -> None:
        self.question = question
        self._parts = [settings[first : first + TOGETHER] for first in range(0, len(settings), TOGETHER)]
        self._found: list[Sampled] = []
        self._seconds = 0.0
        self._count = len(settings)

    def __iter__(self) -> Iterator[Progress]:
        done = sum(len(part.settings) for part in self._found)
        for part in self._parts[len(self._found) :]:
            asked = self.question.sweep(part)
            before = self._seconds
            for progress in asked:
                self._seconds = before + progress.seconds
                share = min(progress.share, 1 - 1e-9)
                yield Progress(max(1, round(done + share * len(part))), self._count, self._seconds)
            self._found.append(judged(self.question, part, asked))
            done += len(part)
        yield Progress(self._count, self._count, self._seconds)

    def result(self) -> Sampled:
        """What was found; goes through what is left first."""
        for _ in self:
            pass
        whole = self._found[0]
        for part in self._found[1:]:
            whole = whole.joined(part)
        return whole


def evaluate(question: TuneQuestion, settings: Floats) -> Sampled:
    """Run and judge settings at once."""
    return Tuning(question, np.asarray(settings, dtype=np.float64).reshape(-1, len(question.box.keys))).result()


def judged(question: TuneQuestion, settings: Floats, asked: Sweep) -> Sampled:
    """In what share of futures each setting reaches each goal."""
    feasible = asked.cells["feasible"].to_numpy().astype(bool)
    shape = (len(settings), len(question.goals))
    chances, middles = np.zeros(shape), np.full(shape, np.nan)
    if feasible.any():
        run = asked.result()
        rows = asked.rows[feasible]
        for number, goal in enumerate(question.goals):
            values = _by_world(goal, run)[rows]
            chances[feasible, number] = goal.holds(values).mean(axis=1)
            middles[feasible, number] = quantiles(values.T, (0.5,))[0]
    return Sampled(question, settings, feasible, chances, middles, tuple(asked.cells["reason"].to_list()))


def _by_world(goal: Goal, run: Run) -> Floats:
    """Shape (worlds, futures): what a goal compares."""
    compared = goal.compared(run)
    return compared.reshape(-1, max(1, int(run.draws.max()) + 1))


def as_changes(question: TuneQuestion, setting: Sequence[float] | Floats) -> dict[str, float]:
    """One setting as changes by hand."""
    return dict(zip(question.box.keys, map(float, setting), strict=True))


def as_scenario(question: TuneQuestion, setting: Sequence[float] | Floats) -> Scenario:
    """One setting as a scenario, on top of what stands.

    Raises
    ------
    BallastError
        Where nobody can pay for it.
    """
    asked = question.scenario
    common = Question(
        asked.network,
        {key: value for key, value in asked.changes.items() if key not in question.box.keys},
        asked.funded_by,
        asked.assumptions,
        asked.initial,
        asked.stacked,
        asked.stresses,
        asked.start,
        asked.phase_in_years,
        asked.events,
        asked.without,
    )
    return common.scenario(as_changes(question, setting), {})
