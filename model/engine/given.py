"""Exogenous columns: what time, parameters and shocks alone decide, computed once over distinct input sets."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from threading import Lock
from typing import Any

import numpy as np
from sympy import Symbol

from model.engine.worlds import Column, Floats, Integers, Worlds, constant_column
from model.lowering.array_functions import array_function
from model.system import System
from model.vocabulary import MISSING


def input_columns(worlds: Worlds) -> dict[Symbol, Column]:
    """Columns of what a world sets: parameters, initial values that enter as inputs, shocks, and time."""
    m = worlds.system.vocabulary
    columns = {symbol: worlds.parameters[key] for symbol, key in m.parameters.items() if key in worlds.parameters}
    for symbol, key in m.initials.items():
        values = worlds.initial[key]
        columns[symbol] = (
            constant_column(float(values[0]), worlds.count)
            if np.all(values == values[0])
            else Column(values[:, None].copy(), np.arange(worlds.count, dtype=np.int64))
        )
    times = np.arange(worlds.steps + 1, dtype=np.float64)[None, :] * worlds.step_length
    columns[m.time] = Column(times, np.zeros(worlds.count, dtype=np.int64))
    columns.update(worlds.shocks)
    return columns


def _combinations(varying: list[Column], count: int) -> tuple[list[Integers], Integers]:
    """Distinct combinations of input sets: per input the set of each combination, and each world's combination."""
    if not varying:
        return [], np.zeros(count, dtype=np.int64)
    first = varying[0]
    if all(c.index is first.index or np.array_equal(c.index, first.index) for c in varying):
        # A column may hold sets that no world reads; the shortest holds all that are read.
        sets = np.arange(min(column.sets for column in varying))
        return [sets] * len(varying), first.index
    stacked = np.stack([column.index for column in varying], axis=1)
    distinct, inverse = np.unique(stacked, axis=0, return_inverse=True)
    return [distinct[:, i] for i in range(len(varying))], inverse.reshape(-1).astype(np.int64)


def evaluate_given(
    worlds: Worlds, wanted: list[Symbol], inputs: Mapping[Symbol, Column] | None = None
) -> dict[Symbol, Column]:
    """Columns of the wanted exogenous variables, each computed from the columns of those it reads.

    `inputs` are the world's input columns where they are at hand already.
    """
    columns = with_given(worlds, needed(worlds.system, frozenset(wanted)), inputs or input_columns(worlds))
    return {symbol: columns[symbol] for symbol in wanted}


def with_given(worlds: Worlds, order: Sequence[Symbol], inputs: Mapping[Symbol, Column]) -> dict[Symbol, Column]:
    """Input columns, and beside them those of exogenous variables, each after what it reads."""
    system, columns = worlds.system, dict(inputs)
    one_set = np.zeros(worlds.count, dtype=np.int64)
    for target in order:
        read, function = _function_of(system, target)
        given = [columns[symbol] for symbol in read]
        tables = [column.values for column in given]
        if max(map(len, tables), default=1) > 1:
            columns[target] = _remembered(worlds, given, function, one_set)
        else:
            # One set for all worlds: nothing to combine.
            value = function(*(t if t.size > 1 else t.item() for t in tables), worlds.step_length)[0]
            columns[target] = Column(np.array(value, dtype=np.float64, ndmin=2, copy=None), one_set)
    return columns


@lru_cache(maxsize=512)
def needed(system: System, wanted: frozenset[Symbol]) -> tuple[Symbol, ...]:
    """The wanted variables and all that they read, in order of dependency."""
    by_target = {equation.target: equation for equation in system.given}
    found: set[Symbol] = set()
    todo = list(wanted)
    while todo:
        symbol = todo.pop()
        if symbol in by_target and symbol not in found:
            found.add(symbol)
            todo.extend(by_target[symbol].expression.free_symbols)
    return tuple(equation.target for equation in system.given if equation.target in found)


@lru_cache(maxsize=4096)
def _function_of(system: System, target: Symbol) -> tuple[tuple[Symbol, ...], Callable[..., list[Any]]]:
    """What an exogenous variable reads, and a function of that and of the step length that computes it."""
    form = system.by_target[target].expression
    step_length = system.vocabulary.step_length
    read = tuple(sorted(form.free_symbols - {MISSING, step_length}, key=lambda s: s.name))
    return read, array_function((*read, step_length), [form])


HELD = 32
"""Large columns that are remembered: a lever leaves costs and demand of five hundred futures as they were."""

SMALL, LARGE = 20_000, 600_000
"""Columns below or above so many numbers are not worth remembering, or too large for it."""

_memory: OrderedDict[tuple[object, ...], tuple[list[Column], Column]] = OrderedDict()
_lock = Lock()


def _remembered(worlds: Worlds, read: list[Column], function: Callable[..., list[Any]], one_set: Integers) -> Column:
    """A variable out of memory where it was computed from the very same columns, else computed."""
    if not any(SMALL < column.values.size <= LARGE for column in read):
        return _evaluate(worlds, read, function, one_set)
    key: tuple[object, ...] = (function, worlds.step_length, *(_identity(column) for column in read))
    with _lock:
        if key in _memory:
            _memory.move_to_end(key)
            return _memory[key][1]
    made = _evaluate(worlds, read, function, one_set)
    with _lock:
        # What was read is held too: as long as it is, nothing else can take its place in memory.
        _memory[key] = (read, made)
        while len(_memory) > HELD:
            _memory.popitem(last=False)
    return made


def _identity(column: Column) -> tuple[object, ...]:
    """The same for columns of equal content: the array itself where it is large, its numbers where it is small."""
    values = column.values
    content = id(values) if values.size > SMALL else values.tobytes()
    return values.shape, content, column.index.tobytes()


def _evaluate(worlds: Worlds, read: list[Column], function: Callable[..., list[Any]], one_set: Integers) -> Column:
    """Evaluate a variable over the distinct combinations of the columns in which it varies.

    What varies over sets alone or over time alone stays a row or a column until the two meet.
    """
    varying = [column for column in read if column.sets > 1]
    chosen, index = _combinations(varying, worlds.count)
    picked = iter(chosen)
    given: list[float | Floats] = []
    for column in read:
        values = column.values
        if column.sets > 1:
            sets = next(picked)
            given.append(values if len(sets) == column.sets and len(varying) == 1 else values[sets])
        else:
            given.append(values if values.shape[1] > 1 else float(values[0, 0]))
    (value,) = function(*given, worlds.step_length)
    table = np.array(value, dtype=np.float64, ndmin=2, copy=None)
    return Column(table, index if table.shape[0] > 1 else one_set)
