"""Exogenous columns: what time, parameters and shocks alone decide, computed once over distinct input sets."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import polars as pl
from sympy import Expr, Symbol

from model.lowering.polars_expressions import named_columns, to_polars
from model.system import System
from model.worlds import Column, Worlds, constant_column


@lru_cache(maxsize=64)
def closed_forms(system: System) -> Mapping[Symbol, Expr]:
    """Each exogenous variable as one expression of inputs alone."""
    forms: dict[Symbol, Expr] = {}
    for equation in system.given:
        forms[equation.target] = equation.expression.xreplace(forms)
    return forms


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
    """Columns of the wanted exogenous variables."""
    forms = closed_forms(worlds.system)
    inputs = input_columns(worlds)
    return {symbol: _evaluate(worlds, forms[symbol], inputs) for symbol in wanted}


@lru_cache(maxsize=1024)
def _lowered(form: Expr) -> pl.Expr:
    return to_polars(form, named_columns)


def _evaluate(worlds: Worlds, form: Expr, inputs: Mapping[Symbol, Column]) -> Column:
    m = worlds.system.vocabulary
    free = sorted(form.free_symbols - {m.time, m.step_length}, key=lambda s: s.name)
    columns = [inputs[symbol] for symbol in free]
    varying = [column for column in columns if column.sets > 1]
    chosen, index = _combinations(varying, worlds.count)
    sets = len(chosen[0]) if chosen else 1
    moves = m.time in form.free_symbols or any(column.width > 1 for column in columns)
    width = worlds.steps + 1 if moves else 1
    constants = {m.step_length.name: worlds.step_length}
    data: dict[str, np.ndarray] = {}
    order = iter(chosen)
    for symbol, column in zip(free, columns, strict=True):
        if column.sets == 1 and column.width == 1:
            constants[symbol.name] = float(column.values[0, 0])
            continue
        picked = column.values[next(order)] if column.sets > 1 else column.values
        data[symbol.name] = np.broadcast_to(picked, (sets, width)).reshape(-1)
    if m.time in form.free_symbols:
        times = np.arange(width) * worlds.step_length
        data[m.time.name] = np.broadcast_to(times, (sets, width)).reshape(-1)
    expression = _lowered(form)
    given = [pl.lit(value).alias(name) for name, value in constants.items()]
    if not data:
        value = pl.select(given).select(expression.cast(pl.Float64)).item()
        return constant_column(float(value), worlds.count)
    result = (
        pl.DataFrame(data).with_columns(given).select(expression.cast(pl.Float64).alias("value"))["value"].to_numpy()
    )
    return Column(np.ascontiguousarray(result.reshape(sets, width)), index)
