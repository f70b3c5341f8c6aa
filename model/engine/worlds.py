"""Worlds by column: every input of every world, constant or dated, without a dictionary per world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sympy import Symbol

from model.system import System

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


# Not frozen: every run makes a hundred of them, and freezing takes longer than all the rest of making one.
@dataclass(slots=True, eq=False)
class Column:
    """One input of all worlds: a few distinct value sets, and which world reads which. Never changed, only replaced.

    Attributes
    ----------
    values
        Shape (sets, 1) for constants or (sets, steps + 1) for values that follow a date.
    index
        Shape (worlds,): the set each world reads.
    """

    values: Floats
    index: Integers

    @property
    def sets(self) -> int:
        """Number of distinct value sets."""
        return int(self.values.shape[0])

    @property
    def width(self) -> int:
        """1 for constants, steps + 1 for what follows a date."""
        return int(self.values.shape[1])

    @property
    def stands_still(self) -> bool:
        """Whether no world's value ever changes."""
        return bool(np.all(self.values == self.values[:, :1]))

    def expanded(self, length: int) -> Floats:
        """Shape (worlds * length,): the value of each world at each step, world by world."""
        chosen = self.values[self.index]
        return np.broadcast_to(chosen, (len(self.index), length)).reshape(-1) if self.width == 1 else chosen.reshape(-1)

    def matrix(self, length: int) -> Floats:
        """Shape (worlds, length)."""
        return np.broadcast_to(self.values[self.index], (len(self.index), length))


def constant_column(value: float, worlds: int) -> Column:
    """The same number in every world."""
    return Column(np.array([[value]]), np.zeros(worlds, dtype=np.int64))


def column_of(values: Floats | Sequence[float]) -> Column:
    """One number per world; equal numbers share a set."""
    array = np.asarray(values, dtype=np.float64)
    if np.all(array == array[0]):
        return constant_column(float(array[0]), len(array))
    distinct, index = np.unique(array, return_inverse=True)
    return Column(distinct[:, None], index.astype(np.int64))


def shared_paths(paths: Sequence[Floats]) -> Column:
    """One path per world, each of shape (steps + 1,); equal paths share a set."""
    distinct: dict[bytes, int] = {}
    index = np.array([distinct.setdefault(path.tobytes(), len(distinct)) for path in paths], dtype=np.int64)
    _, first = np.unique(index, return_index=True)
    return Column(np.stack([paths[i] for i in first]), index)


@dataclass(frozen=True)
class Worlds:
    """All worlds of one question.

    Attributes
    ----------
    system
        The equations they share.
    labels
        Shape (worlds,): "baseline", "scenario" and so on.
    parameters
        Columns by contract key; every parameter of the system has one.
    initial
        Shape (worlds,) each, by state or bucket name.
    shocks
        Columns of shocks by symbol; neutral where none is given.
    step_length
        Years per step.
    steps
        Number of steps.
    """

    system: System
    labels: tuple[str, ...]
    parameters: Mapping[str, Column]
    initial: Mapping[str, Floats]
    shocks: Mapping[Symbol, Column]
    step_length: float
    steps: int

    @property
    def count(self) -> int:
        """Number of worlds."""
        return len(self.labels)


def assemble(
    system: System,
    labels: Sequence[str],
    parameters: Mapping[str, float | Floats | Column],
    initial: Mapping[str, float | Floats],
    *,
    step_length: float,
    steps: int,
    shocks: Mapping[Symbol, Column] | None = None,
) -> Worlds:
    """Put worlds together by column.

    Parameters
    ----------
    parameters
        Per key one number for all worlds, an array of shape (worlds,) or a finished `Column`.
    initial
        Per state or bucket one number or an array of shape (worlds,).
    step_length, steps
        Years per step and number of steps.
    """
    count = len(labels)
    everywhere = np.zeros(count, dtype=np.int64)
    plain = [key for key in system.parameters if isinstance(parameters[key], (float, int))]
    numbers = np.array([parameters[key] for key in plain], dtype=np.float64).reshape(-1, 1, 1)
    columns = {key: Column(number, everywhere) for key, number in zip(plain, numbers, strict=True)}
    for key in system.parameters:
        if key not in columns:
            value = parameters[key]
            columns[key] = value if isinstance(value, Column) else column_of(np.broadcast_to(value, (count,)))
    first = np.empty((len(system.initial_keys), count))
    for row, name in zip(first, system.initial_keys, strict=True):
        row[:] = initial[name]
    starts = dict(zip(system.initial_keys, first, strict=True))
    given = dict(shocks or {})
    for symbol, neutral in system.shocks.items():
        given.setdefault(symbol, constant_column(neutral, count))
    return Worlds(system, tuple(labels), columns, starts, given, step_length, steps)


def together(parts: Sequence[Worlds]) -> Worlds:
    """Worlds of several parts in one, in their order; parts share system, length and number of steps."""
    first = parts[0]
    if len(parts) == 1:
        return first

    def joined(columns: Sequence[Column]) -> Column:
        width = max(column.width for column in columns)
        begins = np.cumsum([0, *(column.sets for column in columns[:-1])])
        index = np.concatenate([column.index + begin for column, begin in zip(columns, begins, strict=True)])
        values = np.concatenate([np.broadcast_to(c.values, (c.sets, width)) for c in columns])
        distinct, inverse = np.unique(values, axis=0, return_inverse=True)
        return Column(distinct, inverse.reshape(-1)[index])

    return replace(
        first,
        labels=tuple(label for part in parts for label in part.labels),
        parameters={key: joined([part.parameters[key] for part in parts]) for key in first.parameters},
        initial={name: np.concatenate([part.initial[name] for part in parts]) for name in first.initial},
        shocks={symbol: joined([part.shocks[symbol] for part in parts]) for symbol in first.shocks},
    )
