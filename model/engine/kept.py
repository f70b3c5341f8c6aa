"""Runs that keep columns instead of paths: the medians over futures, and large runs stepped batch by batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl
from sympy import Symbol

from model.engine.quantiles import contiguous, quantiles, rows_of
from model.engine.results import COLLAPSED, Run
from model.engine.worlds import Floats, Integers
from model.errors import UnknownKeyError
from model.system import System


class Detached(Run):
    """A run without paths behind it: it remembers itself what they would tell, as set by the class that makes it."""

    _system: System
    _labels: tuple[str, ...]
    _step_length: float
    _stopped: pl.DataFrame

    @property
    def system(self) -> System:
        """Equations of this run."""
        return self._system

    @property
    def labels(self) -> tuple[str, ...]:
        """Label of each world."""
        return self._labels

    @property
    def step_length(self) -> float:
        """Years per step."""
        return self._step_length

    @property
    def stopped(self) -> pl.DataFrame:
        """Worlds that stopped early: world, draw, date and the reason in a sentence."""
        return self._stopped


class KeptRun(Detached):
    """A run of which only some columns at some steps are left; everything that reads a run reads this too.

    Raises
    ------
    UnknownKeyError
        When a column is asked for that was not kept.
    """

    def __init__(
        self,
        system: System,
        labels: Sequence[str],
        columns: Mapping[str, Floats],
        *,
        start: dt.date,
        draws: npt.ArrayLike,
        step_length: float,
        at: Integers,
        stopped: pl.DataFrame,
    ) -> None:
        self._system, self._labels, self._step_length = system, tuple(labels), step_length
        self.start, self.every, self.at = start, 1, at
        self.draws = np.asarray(draws, dtype=np.int32)
        self._columns = dict(columns)
        self._stopped = stopped

    @property
    def _public(self) -> list[str]:
        return [name for name in self._columns if name != COLLAPSED]

    def compute(self, names: Iterable[str]) -> None:
        """Nothing can be computed any more; refuses a column that was not kept."""
        for name in names:
            if name not in self._columns:
                raise UnknownKeyError(
                    f"{name!r} was not kept",
                    where="variables",
                    allowed=", ".join(self._columns),
                    todo="name it in `outputs`, or keep the paths",
                )

    def values(self, name: str) -> Floats:
        """Shape (worlds, kept steps): one of the kept variables."""
        self.compute([name])
        return self._columns[name]

    def thinned(self, at: Integers) -> Run:
        """The same run with values at some of the kept steps."""
        chosen = np.flatnonzero(np.isin(self.at, at))
        return KeptRun(
            self._system,
            self._labels,
            {name: values[:, chosen] for name, values in self._columns.items()},
            start=self.start,
            draws=self.draws,
            step_length=self._step_length,
            at=self.at[chosen],
            stopped=self._stopped,
        )

    def __repr__(self) -> str:
        return f"Run of {len(self.labels)} worlds, {self.start} to {self.dates[-1]}, {len(self._columns)} kept columns"


EDGES = (0.05, 0.5, 0.95)
"""Between the first and the last nine of ten futures lie; the median is in between."""

POINTS = 130
"""At most about this many dates are drawn; more than that no screen shows."""


@lru_cache(maxsize=64)
def drawn_steps(steps: int) -> Integers:
    """Evenly spaced steps, as many as a chart draws, the first and the last among them; not to be written to."""
    every = max(1, round(steps / POINTS))
    found = np.unique([*range(0, steps + 1, every), steps])
    found.flags.writeable = False
    return found


class OneWorld(Run):
    """One world in all its futures, at some steps only: the states between them are let go.

    Parameters
    ----------
    source
        Steps the world. It is asked again for what adds up every step, which hardly any chart shows.
    """

    def __init__(self, source: Callable[[], Run]) -> None:
        whole = source()
        states = np.ascontiguousarray(whole.paths.states[:, :, whole.at])
        super().__init__(replace(whole.paths, states=states), start=whole.start, draws=whole.draws, at=whole.at)
        self._source = source
        self._spreads: dict[str, Floats] = {}

    def spread(self, name: str) -> Floats:
        """Shape (3, kept steps): between the first and the last nine of ten futures lie; the median is in between."""
        if name not in self._spreads:
            self._spreads[name] = quantiles(self.values(name), EDGES)
        return self._spreads[name]

    def _accumulate(self, state: Symbol) -> Floats:
        name = self.system.vocabulary.columns[state]
        if name not in self._columns:
            self._columns[name] = self._source().values(name)
        return self._columns[name]


class SideBySide(Run):
    """Worlds that were stepped apart, in the same futures, read as one run."""

    def __init__(self, parts: Sequence[OneWorld], labels: Sequence[str]) -> None:
        first = parts[0]
        self.parts = tuple(parts)
        self.start, self.every, self.at = first.start, 1, first.at
        self.draws = np.tile(first.draws, len(parts))
        self._labels = tuple(label for label in labels for _ in first.labels)
        self._columns: dict[str, Floats] = {}

    @property
    def system(self) -> System:
        """Equations, the same for all."""
        return self.parts[0].system

    @property
    def labels(self) -> tuple[str, ...]:
        """Label of each world, once per future."""
        return self._labels

    @property
    def step_length(self) -> float:
        """Years per step."""
        return self.parts[0].step_length

    @cached_property
    def stopped(self) -> pl.DataFrame:
        """Worlds that stopped early: world, draw, date and the reason in a sentence."""
        frames = [
            part.stopped.with_columns(pl.lit(label).alias("world"))
            for part, label in zip(self.parts, self.worlds, strict=True)
            if part.stopped.height
        ]
        return pl.concat(frames) if frames else self.parts[0].stopped

    def compute(self, names: Iterable[str]) -> None:
        """Compute variables together, which is faster than one by one."""
        wanted = list(names)
        for part in self.parts:
            missing = [name for name in wanted if name not in part._columns]
            if missing:
                part.compute(missing)

    def values(self, name: str) -> Floats:
        """Shape (worlds, kept steps): one variable of every world in every future."""
        return np.concatenate([part.values(name) for part in self.parts])

    def __repr__(self) -> str:
        return f"Run of {len(self.parts)} worlds in {len(self.parts[0].labels)} futures each"


class MedianRun(Detached):
    """One row per world with the median over its futures; sentences and charts read it as they read one path.

    A world has stopped where more than half of its futures have, on the day by which half have.

    Parameters
    ----------
    source
        Gives the run in all its futures. It is asked again for every further column, so that what it gives
        need not be held.
    """

    def __init__(self, source: Callable[[], Run]) -> None:
        run = source()
        self._source = source
        self.start, self.every, self.at = run.start, run.every, run.at
        self.sampled_futures = run.futures
        self.draws = np.zeros(len(run.worlds), dtype=np.int32)
        self._system, self._labels, self._step_length = run.system, run.worlds, run.step_length
        self._rows = rows_of(run.labels)
        self._columns: dict[str, Floats] = {}
        self._derived: dict[tuple[str, ...], Floats] = {}
        self._stopped = _half_stopped(run)

    @property
    def sampled(self) -> Run:
        """The run in all its futures."""
        return self._source()

    def compute(self, names: Iterable[str]) -> None:
        """Compute variables of all futures together, which is faster than one by one."""
        wanted = [name for name in names if name not in self._columns]
        if not wanted:
            return
        sampled = self.sampled
        sampled.compute([name for name in wanted if name != COLLAPSED])
        for name in wanted:
            rows = list(_spreads(sampled, name, self._rows))
            # The column comes last: whoever else reads this run takes it for a sign that the bands are there.
            for label, row in zip(self._rows, rows, strict=True):
                self._derived["band", label, name] = row[[0, 2]]
            self._columns[name] = np.stack([row[1] for row in rows])

    def values(self, name: str) -> Floats:
        """Shape (worlds, kept steps): median over futures."""
        if name not in self._columns:
            self.compute([name])
        return self._columns[name]

    def band(self, name: str, world: str) -> Floats:
        """Shape (2, kept steps): between these two nine of ten futures of a world lie."""
        self.values(name)
        return self._derived["band", world, name]

    def at_the_end(self, name: str) -> Floats:
        """Shape (worlds, futures): a variable on the last day in every future."""
        if ("end", name) not in self._derived:
            last = _last(self.sampled, name)
            self._derived["end", name] = np.stack([last[group] for group in self._rows.values()])
        return self._derived["end", name]

    def on_the_first_day(self, name: str) -> float:
        """A variable on the first day, on which all futures are alike."""
        return float(self.values(name)[0, 0])


def _spreads(run: Run, name: str, groups: Mapping[str, Integers]) -> Iterator[Floats]:
    """Per world the edges of nine of ten futures and the median between them, remembered where the run does."""
    if isinstance(run, SideBySide):
        yield from (part.spread(name) for part in run.parts)
        return
    values = run.values(name)
    yield from (quantiles(contiguous(values, group), EDGES) for group in groups.values())


def _last(run: Run, name: str) -> Floats:
    """Shape (worlds,): a variable on the last day."""
    parts = run.parts if isinstance(run, SideBySide) else (run,)
    return np.concatenate([part.values(name)[:, -1] for part in parts])


def _half_stopped(run: Run) -> pl.DataFrame:
    every = run.stopped
    half = max(1, run.futures) / 2
    if every.height <= half:
        return every.clear()
    rows = [group.sort("date").row(int(half)) for _, group in every.group_by("world") if group.height > half]
    return pl.DataFrame(rows, schema=every.schema, orient="row")
