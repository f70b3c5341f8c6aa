"""The cells of a sweep: every combination of some values of levers and assumptions, or a list of points."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

from model.engine.worlds import Floats, Integers
from model.errors import OutOfRangeError
from model.parameters import ParameterKey, parameter_keys
from model.presets.network import Network
from model.scenario.keys import is_aggregate, resolve, unknown_key
from model.structure import MODULES
from model.validation import check_number

MOST_CELLS = 2_000_000


@dataclass(frozen=True, eq=False)
class Grid:
    """All combinations of some values.

    Attributes
    ----------
    axes
        Values by key as written, in the order of the keys; the last key moves fastest from cell to cell.
    assumptions
        Which of the keys are assumptions; the others are levers.
    """

    axes: Mapping[str, Floats]
    assumptions: frozenset[str]

    @property
    def levers(self) -> tuple[str, ...]:
        """Keys that only the scenario changes."""
        return tuple(key for key in self.axes if key not in self.assumptions)

    @property
    def count(self) -> int:
        """Number of cells."""
        return math.prod(len(values) for values in self.axes.values())

    @cached_property
    def places(self) -> dict[str, Integers]:
        """Shape (cells,) by key: which of its values a cell has."""
        found = np.indices([len(values) for values in self.axes.values()]).reshape(len(self.axes), -1)
        return {key: row.astype(np.int64) for key, row in zip(self.axes, found, strict=True)}

    @cached_property
    def columns(self) -> dict[str, Floats]:
        """Shape (cells,) by key: the value a cell has."""
        return {key: self.axes[key][place] for key, place in self.places.items()}

    def not_swept(self, given: Mapping[str, float] | None) -> dict[str, float]:
        """What of given settings the grid leaves as it is."""
        return {key: value for key, value in (given or {}).items() if key not in self.axes}

    def distinct(self, keys: Iterable[str]) -> tuple[list[dict[str, float]], Integers]:
        """Distinct combinations of some keys in order, and shape (cells,): the one that a cell has."""
        chosen = [key for key in self.axes if key in set(keys)]
        index = np.zeros(self.count, dtype=np.int64)
        for key in chosen:
            index = index * len(self.axes[key]) + self.places[key]
        combinations = product(*(self.axes[key].tolist() for key in chosen))
        return [dict(zip(chosen, values, strict=True)) for values in combinations], index

    def chosen(self, keys: Iterable[str], cell: int) -> dict[str, float]:
        """Values of some keys in one cell."""
        return {key: float(self.columns[key][cell]) for key in keys}


@dataclass(frozen=True, eq=False)
class Points(Grid):
    """A list of points: the n-th cell has the n-th value of every key."""

    @property
    def count(self) -> int:
        """Number of points."""
        return len(next(iter(self.axes.values())))

    @cached_property
    def places(self) -> dict[str, Integers]:
        """Shape (points,) by key: each point has its own value."""
        return {key: np.arange(self.count) for key in self.axes}

    def distinct(self, keys: Iterable[str]) -> tuple[list[dict[str, float]], Integers]:
        """Distinct combinations of some keys in order, and shape (points,): the one that a point has."""
        wanted = set(keys)
        chosen = [key for key in self.axes if key in wanted]
        if not chosen:
            return [{}], np.zeros(self.count, dtype=np.int64)
        table = np.column_stack([self.axes[key] for key in chosen])
        rows, index = np.unique(table, axis=0, return_inverse=True)
        return [dict(zip(chosen, row, strict=True)) for row in rows.tolist()], index.reshape(-1)


def points_of(network: Network, points: Mapping[str, Sequence[float] | Floats]) -> Points:
    """A list of points by key, checked; `points` has one value per point for every key.

    Raises
    ------
    BallastError
        As for a grid, and where keys have different numbers of values.
    """
    if len({np.size(values) for values in points.values()}) > 1:
        raise OutOfRangeError("the keys of a list of points have different numbers of values", where="over")
    grid = grid_of(network, points, most=math.inf)
    return Points(grid.axes, grid.assumptions)


def grid_of(network: Network, over: Mapping[str, Sequence[float] | Floats], *, most: float = MOST_CELLS) -> Grid:
    """The grid of some keys and their values, checked.

    Raises
    ------
    BallastError
        For a key that the network does not have, values out of range, and more cells than can be run.
    """
    if not over:
        raise OutOfRangeError("nothing is swept", where="over", todo="name a key and its values")
    axes, assumptions = {}, set()
    for key, values in over.items():
        concrete = _declared(network, key)
        if concrete.declared.kind == "assumption":
            assumptions.add(key)
        numbers = [check_number(concrete, value) for value in np.atleast_1d(np.asarray(values, dtype=object))]
        if not numbers:
            raise OutOfRangeError(f"{concrete.label} has no values", where=key, todo="name at least one")
        axes[key] = np.array(numbers)
    grid = Grid(axes, frozenset(assumptions))
    if grid.count > most:
        raise OutOfRangeError(
            f"{grid.count:,} cells cannot be swept at once", where="over", allowed=f"up to {MOST_CELLS:,} cells"
        )
    return grid


def _declared(network: Network, key: str) -> ParameterKey:
    """What a written key means; the first where it means several, which have the same range."""
    full = network.structure.with_modules(frozenset(MODULES))
    keys = parameter_keys(full)
    found = resolve(str(key), full, keys)
    if found is not None:
        return keys[found[0]]
    stream, _, word = str(key).rpartition(".")
    if is_aggregate(str(key)) and stream in ("", *full.streams):
        role = "emission_share" if word == "provider_emission_share" else "fee_share"
        first = next(c for c in keys.values() if c.declared.word == role)
        return ParameterKey(str(key), first.declared)
    raise unknown_key(str(key), f"over, keys of {network.name}", keys)
