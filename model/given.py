"""Exogenous columns: what time, parameters and shocks alone decide, computed once over distinct input sets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from sympy import Expr, Symbol

from model.lowering.array_functions import array_function
from model.system import System
from model.vocabulary import MISSING
from model.worlds import Column, Floats, Worlds, constant_column


@dataclass(frozen=True)
class ClosedForm:
    """One exogenous variable as one expression of inputs alone.

    Attributes
    ----------
    inputs
        Parameters, initial values and shocks it reads, by name.
    expression
        Of these inputs, the time and the length of a step.
    """

    inputs: tuple[Symbol, ...]
    expression: Expr


@lru_cache(maxsize=64)
def closed_forms(system: System) -> Mapping[Symbol, ClosedForm]:
    """Each exogenous variable as one expression of inputs alone."""
    m = system.vocabulary
    expressions: dict[Symbol, Expr] = {}
    for equation in system.given:
        expressions[equation.target] = equation.expression.xreplace(expressions)
    return {
        symbol: ClosedForm(
            tuple(sorted(form.free_symbols - {m.time, m.step_length}, key=lambda s: s.name)),
            form,
        )
        for symbol, form in expressions.items()
    }


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


def _combinations(varying: list[Column], count: int) -> tuple[list[np.ndarray], np.ndarray]:
    """Distinct combinations of input sets: per input the set of each combination, and each world's combination."""
    if not varying:
        return [], np.zeros(count, dtype=np.int64)
    if len(varying) == 1:
        return [np.arange(varying[0].sets)], varying[0].index
    stacked = np.stack([column.index for column in varying], axis=1)
    distinct, inverse = np.unique(stacked, axis=0, return_inverse=True)
    return [distinct[:, i] for i in range(len(varying))], inverse.reshape(-1).astype(np.int64)


def evaluate_given(worlds: Worlds, wanted: list[Symbol]) -> dict[Symbol, Column]:
    """Columns of the wanted exogenous variables; those that vary in the same inputs are computed together."""
    forms = closed_forms(worlds.system)
    inputs = input_columns(worlds)
    groups: dict[tuple[Symbol, ...], list[Symbol]] = {}
    for symbol in wanted:
        groups.setdefault(tuple(s for s in forms[symbol].inputs if inputs[s].sets > 1), []).append(symbol)
    found: dict[Symbol, Column] = {}
    for varying, symbols in groups.items():
        found.update(_evaluate(worlds, tuple(symbols), inputs, varying))
    return {symbol: found[symbol] for symbol in wanted}


@lru_cache(maxsize=256)
def _function_of(system: System, wanted: tuple[Symbol, ...]) -> tuple[tuple[Symbol, ...], Callable[..., list[Any]]]:
    """What some exogenous variables read, and one function of that and of the step length that computes them."""
    forms = [closed_forms(system)[symbol].expression for symbol in wanted]
    step_length = system.vocabulary.step_length
    free = set().union(*(form.free_symbols for form in forms)) - {MISSING, step_length}
    read = tuple(sorted(free, key=lambda s: s.name))
    return read, array_function((*read, step_length), forms)


def _evaluate(
    worlds: Worlds, wanted: tuple[Symbol, ...], inputs: Mapping[Symbol, Column], varying: tuple[Symbol, ...]
) -> dict[Symbol, Column]:
    """Evaluate variables over the distinct combinations of the inputs in which they vary.

    What varies over sets alone or over time alone stays a row or a column until the two meet.
    """
    chosen, index = _combinations([inputs[s] for s in varying], worlds.count)
    picked = dict(zip(varying, chosen, strict=True))
    read, function = _function_of(worlds.system, wanted)
    given: list[float | Floats] = []
    for symbol in read:
        values = inputs[symbol].values
        if symbol in picked:
            given.append(values[picked[symbol]])
        else:
            given.append(values if values.shape[1] > 1 else float(values[0, 0]))
    one_set = np.zeros(worlds.count, dtype=np.int64)
    found = {}
    for symbol, value in zip(wanted, function(*given, worlds.step_length), strict=True):
        table = np.array(value, dtype=np.float64, ndmin=2, copy=None)
        found[symbol] = Column(table, index if table.shape[0] > 1 else one_set)
    return found
