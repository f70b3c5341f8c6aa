"""Exogenous columns: what time, parameters and shocks alone decide, computed once over distinct input sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
from sympy import Expr, Symbol

from model.lowering.polars_expressions import named_columns, to_polars
from model.system import System
from model.worlds import Column, Worlds, constant_column


@dataclass(frozen=True)
class ClosedForm:
    """One exogenous variable as one expression of inputs alone.

    Attributes
    ----------
    inputs
        Parameters, initial values and shocks it reads, by name.
    timed
        Whether it reads the time.
    lowered
        The expression over columns of the symbols' names.
    """

    inputs: tuple[Symbol, ...]
    timed: bool
    lowered: pl.Expr


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
            m.time in form.free_symbols,
            to_polars(form, named_columns),
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
    """Columns of the wanted exogenous variables; those that vary in the same inputs share one frame."""
    forms = closed_forms(worlds.system)
    inputs = input_columns(worlds)
    groups: dict[tuple[tuple[Symbol, ...], bool], list[Symbol]] = {}
    for symbol in wanted:
        form = forms[symbol]
        varying = tuple(s for s in form.inputs if inputs[s].sets > 1)
        moves = form.timed or any(inputs[s].width > 1 for s in form.inputs)
        groups.setdefault((varying, moves), []).append(symbol)
    found: dict[Symbol, Column] = {}
    for (varying, moves), symbols in groups.items():
        found.update(_evaluate(worlds, {s: forms[s] for s in symbols}, inputs, varying, moves))
    return {symbol: found[symbol] for symbol in wanted}


def _evaluate(
    worlds: Worlds,
    forms: Mapping[Symbol, ClosedForm],
    inputs: Mapping[Symbol, Column],
    varying: tuple[Symbol, ...],
    moves: bool,
) -> dict[Symbol, Column]:
    """Evaluate forms over the distinct combinations of the inputs in which they vary."""
    m = worlds.system.vocabulary
    chosen, index = _combinations([inputs[s] for s in varying], worlds.count)
    picked = dict(zip(varying, chosen, strict=True))
    sets = len(chosen[0]) if chosen else 1
    width = worlds.steps + 1 if moves else 1
    constants = {m.step_length.name: worlds.step_length}
    data: dict[str, np.ndarray] = {}
    for symbol in {s: None for form in forms.values() for s in form.inputs}:
        column = inputs[symbol]
        if column.sets == 1 and column.width == 1:
            constants[symbol.name] = float(column.values[0, 0])
            continue
        values = column.values[picked[symbol]] if column.sets > 1 else column.values
        data[symbol.name] = np.broadcast_to(values, (sets, width)).reshape(-1)
    if any(form.timed for form in forms.values()):
        times = np.arange(width) * worlds.step_length
        data[m.time.name] = np.broadcast_to(times, (sets, width)).reshape(-1)
    given = [pl.lit(value).alias(name) for name, value in constants.items()]
    frame = pl.DataFrame(data).with_columns(given) if data else pl.select(given)
    result = frame.select(form.lowered.cast(pl.Float64).alias(s.name) for s, form in forms.items())
    if not data:
        return {s: constant_column(float(result[s.name][0]), worlds.count) for s in forms}
    return {
        s: Column(
            np.ascontiguousarray(np.broadcast_to(result[s.name].to_numpy(), sets * width).reshape(sets, width)), index
        )
        for s in forms
    }
