"""Variables after a run, evaluated as arrays a few worlds at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from sympy import Symbol

from model.engine.worlds import Column, Floats, Integers
from model.lowering.array_functions import array_function
from model.system import System
from model.vocabulary import MISSING

NUMBERS = 70_000
"""Values of one variable that are worked on together: small enough that all of a step's arrays stay in cache."""

Function = Callable[..., list[Any]]


@lru_cache(maxsize=4096)
def function_of(system: System, symbol: Symbol) -> tuple[Function, tuple[Symbol, ...]]:
    """The equation of a symbol as a function of arrays, and what it takes, in order."""
    expression = system.by_target[symbol].expression
    symbols = tuple(sorted(expression.free_symbols - {MISSING}, key=lambda s: s.name))
    return array_function(symbols, [expression]), symbols


def evaluated(
    system: System,
    order: Sequence[Symbol],
    wanted: Sequence[Symbol],
    states: Mapping[Symbol, Floats],
    inputs: Mapping[Symbol, Column],
    numbers: Mapping[Symbol, float],
    shape: tuple[int, int],
) -> dict[Symbol, Floats]:
    """Symbols of all worlds at the kept steps.

    Parameters
    ----------
    order
        What to evaluate, each after what it reads.
    wanted
        Which of it to give back.
    states
        Shape (worlds, kept steps) each.
    inputs
        Columns with one value, or one value per kept step.
    numbers
        What is the same for all.
    shape
        (worlds, kept steps).

    Returns
    -------
    dict
        Shape (worlds, kept steps) each; NaN where a value does not exist.
    """
    out = {symbol: np.empty(shape) for symbol in wanted}
    shared: dict[Symbol, Any] = {symbol: np.float64(value) for symbol, value in numbers.items()}
    own = {}
    for symbol, column in inputs.items():
        if column.sets > 1:
            own[symbol] = column
        else:
            shared[symbol] = column.values if column.width > 1 else column.values[0, 0]
    functions = [(symbol, *function_of(system, symbol)) for symbol in order]
    each = max(1, NUMBERS // shape[1])
    for begin in range(0, shape[0], each):
        rows = slice(begin, min(begin + each, shape[0]))
        known = {**shared, **{symbol: values[rows] for symbol, values in states.items()}}
        known.update({symbol: column.values[column.index[rows]] for symbol, column in own.items()})
        for symbol, function, read in functions:
            known[symbol] = function(*(known[s] for s in read))[0]
        for symbol, values in out.items():
            values[rows] = known[symbol]
    return out


def at_steps(column: Column, at: Integers) -> Column:
    """A column at some steps only."""
    whole = column.width == 1 or column.width == len(at)
    return column if whole else Column(column.values[:, at], column.index)
