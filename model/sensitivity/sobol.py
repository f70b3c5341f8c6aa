"""How much of the spread of an answer each assumption explains: Sobol indices with their intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from scipy import stats
from scipy.stats import qmc

from model.engine.batches import Progress
from model.engine.worlds import Floats
from model.errors import OutOfRangeError
from model.presets.usual_range import usual_range
from model.sensitivity.uncertainty import Question
from model.sensitivity.variations import Variations
from model.words.text import percent
from model.words.value_words import lowered

SAMPLES = 512
"""Rows of each of the two samples, a power of two; (assumptions + 2) times as many points are run."""

RESAMPLES = 200
"""Of the bootstrap that gives the intervals."""

CONFIDENCE = 0.95

CUT = 0.01
"""Answers beyond the first and the last hundredth count as those ends: one collapse must not explain everything."""

SMALL = 0.01
"""An index below this explains less than a hundredth of the variance."""


@dataclass(frozen=True, eq=False)
class Indices:
    """First-order and total indices, with the ends of their intervals; shape (inputs,) each."""

    first: Floats
    first_low: Floats
    first_high: Floats
    total: Floats
    total_low: Floats
    total_high: Floats


def sobol_points(inputs: int, samples: int, seed: int) -> tuple[Floats, Floats, Floats]:
    """Two scrambled Sobol samples in the unit cube, and the first with one column of the second at a time.

    Returns
    -------
    tuple
        Shapes (samples, inputs), (samples, inputs) and (inputs, samples, inputs).
    """
    if samples < 2 or samples & (samples - 1):
        raise OutOfRangeError(f"{samples} samples", where="samples", allowed="a power of two")
    both = qmc.Sobol(2 * inputs, scramble=True, rng=np.random.default_rng(seed)).random(samples)
    one, two = both[:, :inputs], both[:, inputs:]
    mixed = np.repeat(one[None], inputs, axis=0)
    for i in range(inputs):
        mixed[i, :, i] = two[:, i]
    return one, two, mixed


def indices_of(one: Floats, two: Floats, mixed: Floats, seed: int) -> Indices:
    """Indices from results at the points of `sobol_points`.

    Parameters
    ----------
    one, two, mixed
        Shapes (samples,), (samples,) and (inputs, samples); finite.
    """
    found = stats.sobol_indices(
        func={"f_A": one[None], "f_B": two[None], "f_AB": mixed[:, None]}, n=len(one), rng=np.random.default_rng(seed)
    )
    ends = found.bootstrap(confidence_level=CONFIDENCE, n_resamples=RESAMPLES)
    first, total = ends.first_order.confidence_interval, ends.total_order.confidence_interval
    return Indices(
        *(
            np.asarray(values, dtype=float).reshape(-1)
            for values in (found.first_order, first.low, first.high, found.total_order, total.low, total.high)
        )
    )


def sobol_of(
    function: Callable[[Floats], Floats], low: Floats, high: Floats, samples: int = SAMPLES, seed: int = 0
) -> Indices:
    """Indices of any function of uniform inputs.

    Parameters
    ----------
    function
        Takes shape (points, inputs), gives shape (points,).
    low, high
        Shape (inputs,): ends of each input.
    """
    one, two, mixed = sobol_points(len(low), samples, seed)
    values = [function(low + (high - low) * part.reshape(-1, len(low))) for part in (one, two, mixed)]
    return indices_of(values[0], values[1], values[2].reshape(len(low), samples), seed)


@dataclass(frozen=True, eq=False)
class Explained:
    """What the spread of an answer over the usual ranges of all assumptions comes from.

    Attributes
    ----------
    keys, labels
        Assumptions, the one with the largest total index first; those that change nothing are left out.
    indices
        In the same order.
    low, median, high
        Between the ends nine of ten sampled answers lie.
    points
        How many were run.
    stopped
        Share of them in which a run stops; they count as the lowest answer found.
    """

    question: Question
    keys: tuple[str, ...]
    labels: tuple[str, ...]
    indices: Indices
    low: float
    median: float
    high: float
    points: int
    stopped: float

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Columns key, label, first, first_low, first_high, total, total_low, total_high."""
        names = ("first", "first_low", "first_high", "total", "total_low", "total_high")
        columns = {name: getattr(self.indices, name) for name in names}
        return pl.DataFrame({"key": self.keys, "label": self.labels, **columns}, schema_overrides={"key": pl.String})

    @property
    def sentence(self) -> str:
        """What explains most of the spread, alone and together with others."""
        words, name = self.question.effect_words, self.question.name
        what = name if self.question.compared == "level" else f"the effect on {name}"
        if not self.keys:
            return f"Over the usual ranges of all assumptions {what} stays {words(self.median)}."
        alone, whole = float(self.indices.first[0]), float(self.indices.total[0])
        lead = (
            f"Over the usual ranges of all assumptions nine of ten values of {what} lie between {words(self.low)} and "
            f"{words(self.high)}; {lowered(self.labels[0])} explains {_part(alone)} of the variance alone"
        )
        together = _part(whole)
        return f"{lead} and {together} together with others." if together != _part(alone) else f"{lead}."


def _part(index: float) -> str:
    """An index as a share; sampling noise below zero is none."""
    return percent(min(max(index, 0.0), 1.0), 2) if index >= SMALL else "almost none"


class Sobol:
    """The sample of a question over the usual ranges of its assumptions: iterate for progress, then `result`."""

    def __init__(self, question: Question, samples: int = SAMPLES, seed: int = 0) -> None:
        self.question, self._samples, self._seed = question, samples, seed
        ends = {key: usual_range(question.scenario.network, concrete) for key, concrete in question.asked.items()}
        self._ends = {key: found for key, found in ends.items() if found.high > found.low}
        self.keys = tuple(self._ends)
        unit = sobol_points(len(self.keys), samples, seed)
        whole = np.concatenate([part.reshape(-1, len(self.keys)) for part in unit])
        points = {key: e.low + (e.high - e.low) * whole[:, i] for i, (key, e) in enumerate(self._ends.items())}
        self._stepping = Variations(question, self.keys).stepping(points)

    def __iter__(self) -> Iterator[Progress]:
        return iter(self._stepping)

    def result(self) -> Explained:
        """Indices of what was run; the iteration has to be over."""
        effects = self.question.effects(*self._stepping.result)
        stopped = ~np.isfinite(effects)
        lowest = float(effects[~stopped].min()) if not stopped.all() else 0.0
        values = np.where(stopped, lowest, effects)
        ends = np.quantile(values[: 2 * self._samples], (CUT, 1 - CUT))
        values = np.clip(values, *ends)
        n, d = self._samples, len(self.keys)
        one, two, mixed = values[:n], values[n : 2 * n], values[2 * n :].reshape(d, n)
        sample = values[: 2 * n]
        low, median, high = (float(q) for q in np.quantile(sample, (0.05, 0.5, 0.95)))
        shared = {"points": len(values), "stopped": float(stopped.mean())}
        if np.ptp(sample) <= 1e-12 * max(1.0, abs(median)):
            nothing = Indices(*(np.empty(0) for _ in range(6)))
            return Explained(self.question, (), (), nothing, low, median, high, **shared)  # type: ignore[arg-type]
        # An input that changes nothing has indices of zero and no interval.
        moved = np.flatnonzero([bool(np.any(mixed[i] != one)) for i in range(d)])
        found = indices_of(one, two, mixed[moved], self._seed)
        order = np.argsort(-found.total)
        chosen = Indices(*(getattr(found, name)[order] for name in Indices.__dataclass_fields__))
        keys = tuple(self.keys[int(i)] for i in moved[order])
        labels = tuple(self.question.asked[key].label for key in keys)
        return Explained(self.question, keys, labels, chosen, low, median, high, **shared)  # type: ignore[arg-type]
