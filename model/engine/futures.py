"""Many futures of the same worlds: every world meets the same draws, so that differences are paired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np
from sympy import Symbol

from model.engine.chance import Draws, simulate
from model.engine.random_numbers import check_seed
from model.engine.worlds import Column, Floats, Integers, Worlds, constant_column
from model.errors import OutOfRangeError
from model.system import System

MOST_DRAWS = 100_000

_KEPT_NUMBERS = 2_000_000
"""Shocks of fewer numbers than this are kept for the next run: a workshop asks for the same futures again and again."""


def check_draws(draws: object) -> int:
    """A number of futures; 0 is the single path without shocks.

    Raises
    ------
    OutOfRangeError
        When it is not a whole number from 0 to 100,000.
    """
    if isinstance(draws, bool) or not isinstance(draws, int | np.integer) or not 0 <= int(draws) <= MOST_DRAWS:
        raise OutOfRangeError(
            f"{str(draws)[:30]!r} futures cannot be drawn",
            where="draws",
            allowed=f"0 (one path without shocks) to {MOST_DRAWS:,}",
        )
    return int(draws)


def with_futures(worlds: Worlds, *, seed: int, count: int, first: int = 0) -> Worlds:
    """Each world in `count` futures; futures of a world stand together.

    Parameters
    ----------
    worlds
        Worlds without shocks.
    seed, first, count
        Draws `first` to `first + count - 1` of the seed.
    """
    draws = Draws(check_seed(seed), first, count)

    again: dict[int, Integers] = {}

    def repeated(column: Column) -> Column:
        # Most columns share one index: it is repeated once for all of them.
        if id(column.index) not in again:
            again[id(column.index)] = np.repeat(column.index, count)
        return Column(column.values, again[id(column.index)])

    shocks = {symbol: repeated(column) for symbol, column in worlds.shocks.items()}
    shocks.update(shock_columns(worlds, draws))
    return replace(
        worlds,
        labels=tuple(label for label in worlds.labels for _ in range(count)),
        parameters={key: repeated(column) for key, column in worlds.parameters.items()},
        initial={name: np.repeat(values, count) for name, values in worlds.initial.items()},
        shocks=shocks,
    )


def shock_columns(worlds: Worlds, draws: Draws) -> dict[Symbol, Column]:
    """Shocks of all worlds: computed once for every distinct set of shock parameters."""
    system, count = worlds.system, worlds.count
    symbols = _parameters_of(system)
    columns = [worlds.parameters[system.vocabulary.parameters[s]] for s in symbols]
    stacked = np.stack([column.index for column in columns], axis=1)
    sets, of_world = np.unique(stacked, axis=0, return_inverse=True)
    found: dict[Symbol, list[Floats]] = {symbol: [] for symbol in system.drawn}
    for chosen in sets:
        paths = tuple(column.values[i].tobytes() for column, i in zip(columns, chosen, strict=True))
        kept = draws.count * worlds.steps * len(found) <= _KEPT_NUMBERS
        made = (_remembered if kept else _simulated)(system, paths, worlds.step_length, worlds.steps, draws)
        for symbol, path in made.items():
            found[symbol].append(path)
    index = (of_world.reshape(-1, 1) * draws.count + np.arange(draws.count)).reshape(-1).astype(np.int64)
    result: dict[Symbol, Column] = {}
    for symbol, parts in found.items():
        values = np.concatenate(parts) if len(parts) > 1 else parts[0]
        neutral = system.shocks[symbol]
        same = bool(np.all(values == neutral))
        result[symbol] = constant_column(neutral, count * draws.count) if same else Column(values, index)
    return result


@lru_cache(maxsize=64)
def _parameters_of(system: System) -> tuple[Symbol, ...]:
    """Parameters that shocks read, in a fixed order."""
    read = set[Symbol]().union(*(e.expression.free_symbols for e in system.chance))
    return tuple(sorted(read & set(system.vocabulary.parameters), key=lambda s: s.name))


def _simulated(
    system: System, paths: tuple[bytes, ...], step_length: float, steps: int, draws: Draws
) -> Mapping[Symbol, Floats]:
    values = {s: np.frombuffer(path) for s, path in zip(_parameters_of(system), paths, strict=True)}
    return simulate(system, values, step_length=step_length, steps=steps, draws=draws)


_remembered = lru_cache(maxsize=6)(_simulated)
