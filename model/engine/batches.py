"""Many worlds a few at a time, on any executor: bounded memory, progress with time left, and a way to stop."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from model.engine.futures import with_futures
from model.engine.kept import KeptRun
from model.engine.results import Run
from model.engine.stepper import Engine, run
from model.engine.worlds import Column, Floats, Integers, Worlds

ROWS = 1_000
"""Worlds times futures in one batch: enough to keep two cores busy, few enough for 100 MB."""


@dataclass(frozen=True)
class Batch:
    """Some worlds in some futures, with everything another process needs to step them.

    Attributes
    ----------
    worlds
        Without shocks.
    seed, first, count
        Futures `first` to `first + count - 1`; a count of 0 is the single path without shocks.
    names
        Columns to bring back.
    at
        Steps at which they are kept.
    """

    worlds: Worlds
    seed: int
    first: int
    count: int
    engine: Engine
    names: tuple[str, ...]
    at: Integers
    start: dt.date


Answer = tuple[dict[str, Floats], pl.DataFrame]
"""Per name shape (worlds * max(count, 1), kept steps), and the worlds that stopped."""


def step_batch(batch: Batch) -> Answer:
    """Step one batch; runs in whatever process or machine the executor chooses."""
    drawn = batch.worlds
    draws = np.zeros(batch.worlds.count, dtype=np.int32)
    if batch.count:
        drawn = with_futures(batch.worlds, seed=batch.seed, first=batch.first, count=batch.count)
        draws = np.tile(np.arange(batch.first, batch.first + batch.count, dtype=np.int32), batch.worlds.count)
    result = Run(run(drawn, batch.engine), start=batch.start, draws=draws, at=batch.at)
    result.compute([name for name in batch.names if name in result.system.columns])
    return {name: result.values(name) for name in batch.names}, result.stopped


@dataclass(frozen=True)
class Progress:
    """How far a long run is.

    Attributes
    ----------
    done, total
        Rows (worlds times futures).
    seconds
        Since it began.
    """

    done: int
    total: int
    seconds: float

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.done / self.total

    @property
    def seconds_left(self) -> float:
        """At the pace so far."""
        return self.seconds * (self.total - self.done) / max(self.done, 1)


class BatchedRun:
    """A long run: go over it for its progress, then ask for its result.

    Leaving the loop cancels what has not begun; going over it again takes up what is left.

    Parameters
    ----------
    worlds
        Without shocks.
    draws
        Futures per world; 0 for the single path.
    names
        Columns to keep.
    at
        Steps at which they are kept, the first step among them.
    executor
        Any `concurrent.futures.Executor`; None steps batch after batch in the calling thread.
    """

    def __init__(
        self,
        worlds: Worlds,
        *,
        seed: int,
        draws: int,
        engine: Engine,
        names: Sequence[str],
        at: Integers,
        start: dt.date,
        executor: Executor | None = None,
        rows: int = ROWS,
    ) -> None:
        self._worlds, self._draws, self._at, self._start = worlds, draws, at, start
        self._executor = executor
        self._per_world = max(draws, 1)
        shape = (worlds.count, self._per_world, len(at))
        self._columns = {name: np.empty(shape) for name in names}
        self._stopped: list[pl.DataFrame] = []
        template = Batch(worlds, seed, 0, draws, engine, tuple(names), at, start)
        self._left = dict(enumerate(_batches(template, rows)))
        self._done, self._seconds = 0, 0.0

    def __iter__(self) -> Iterator[Progress]:
        began, total = time.perf_counter() - self._seconds, self._worlds.count * self._per_world
        for number, (columns, stopped) in self._answers():
            where, batch = self._left.pop(number)
            width = max(batch.count, 1)
            for name, values in columns.items():
                target = self._columns[name][where, batch.first : batch.first + width]
                target[...] = values.reshape(target.shape)
            self._stopped.append(stopped)
            self._done += batch.worlds.count * width
            self._seconds = time.perf_counter() - began
            yield Progress(self._done, total, self._seconds)

    def _answers(self) -> Iterator[tuple[int, Answer]]:
        """Answers to the batches that are left, as they come, by number."""
        todo = list(self._left)
        if self._executor is None:
            for number in todo:
                yield number, step_batch(self._left[number][1])
            return
        waiting: dict[Future[Answer], int] = {}
        todo.reverse()
        try:
            while todo or waiting:
                while todo and len(waiting) < _AT_ONCE:
                    number = todo.pop()
                    waiting[self._executor.submit(step_batch, self._left[number][1])] = number
                finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield waiting.pop(future), future.result()
        finally:
            for future in waiting:
                future.cancel()

    def result(self) -> KeptRun:
        """The finished run; goes through what is left first."""
        for _ in self:
            pass
        worlds, per_world = self._worlds, self._per_world
        rows = worlds.count * per_world
        return KeptRun(
            worlds.system,
            [label for label in worlds.labels for _ in range(per_world)],
            {name: values.reshape(rows, -1) for name, values in self._columns.items()},
            start=self._start,
            draws=np.tile(np.arange(per_world, dtype=np.int32), worlds.count),
            step_length=worlds.step_length,
            at=self._at,
            stopped=pl.concat(self._stopped).sort("world", "draw"),
        )


_AT_ONCE = 16
"""Batches that wait on an executor together: enough for a machine, and finished ones do not pile up."""


def _batches(template: Batch, rows: int) -> list[tuple[slice, Batch]]:
    """Split by worlds, and by futures where one world has more of them than fit."""
    count, draws = template.worlds.count, template.count
    each = max(1, min(count, rows // max(draws, 1)))
    width = min(draws, rows)
    found = []
    for first_world in range(0, count, each):
        where = slice(first_world, min(first_world + each, count))
        worlds = taken(template.worlds, where)
        for first in range(0, max(draws, 1), max(width, 1)):
            found.append((where, replace(template, worlds=worlds, first=first, count=min(width, draws - first))))
    return found


def taken(worlds: Worlds, where: slice) -> Worlds:
    """Some of the worlds, with only the value sets that they read."""
    shared: dict[int, Integers] = {}

    def part(column: Column) -> Column:
        if column.sets == 1:
            return Column(column.values, shared.setdefault(id(column.index), column.index[where]))
        used, index = np.unique(column.index[where], return_inverse=True)
        return Column(column.values[used], index.astype(np.int64))

    return replace(
        worlds,
        labels=worlds.labels[where],
        parameters={key: part(column) for key, column in worlds.parameters.items()},
        initial={name: values[where] for name, values in worlds.initial.items()},
        shocks={symbol: part(column) for symbol, column in worlds.shocks.items()},
    )
