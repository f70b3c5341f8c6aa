"""Worlds through time: the compiled kernel and the Polars stepper, one set of equations."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Literal

import numpy as np
import polars as pl
from sympy import Symbol

from model.engine.given import evaluate_given, input_columns, needed, with_given
from model.engine.worlds import Column, Floats, Integers, Worlds
from model.lowering.hoist import hoist
from model.lowering.kernel import PRICE_FLOOR, kernel_for
from model.lowering.kernel import available as kernel_available
from model.lowering.polars_expressions import named_columns, to_polars
from model.system import System

Engine = Literal["auto", "kernel", "polars"]

SERIAL_BELOW = 20
"""Fewer worlds than this run on the calling thread: handing them to others takes longer than half of them."""

WORLDS_PER_PART = 125
"""Worlds that a thread takes at once where there are not many more: each part waits for the interpreter twice."""


@dataclass(frozen=True)
class Paths:
    """States of all worlds at all steps.

    Attributes
    ----------
    worlds
        What was run.
    states
        Shape (states, worlds, steps + 1); NaN from the step on at which a world stopped.
    stopped
        Shape (worlds,): the step at which a world stopped, or -1.
    engine
        Which engine ran it.
    """

    worlds: Worlds
    states: Floats
    stopped: Integers
    engine: str


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="ballast")


def run(worlds: Worlds, engine: Engine = "auto") -> Paths:
    """Step all worlds.

    Parameters
    ----------
    worlds
        Inputs by column.
    engine
        "kernel" is compiled, "polars" is the one a reader can follow, "auto" the kernel where it imports.

    Returns
    -------
    Paths
        States at every step. Both engines agree to 1e-9 relative.
    """
    if engine == "polars" or (engine == "auto" and not kernel_available()):
        return _run_polars(worlds)
    return _run_kernel(worlds)


def _start(worlds: Worlds) -> Floats:
    return np.stack([worlds.initial[name] for name in worlds.system.state_names])


# ---- compiled kernel ----------------------------------------------------------------------------------
def prepared(worlds: Worlds) -> tuple[Callable[[int, int], None], Paths]:
    """What steps worlds from one number to another with the kernel, and the paths it fills."""
    kernel = kernel_for(worlds.system)
    columns = with_given(worlds, _given_for(worlds.system), input_columns(worlds))
    flat, offset, stride = _addresses([columns[symbol] for symbol in kernel.inputs], worlds.count)
    out = np.empty((len(kernel.states), worlds.count, worlds.steps + 1))
    stopped = np.full(worlds.count, -1, dtype=np.int64)
    step = kernel.dated if np.any(stride[: kernel.constants] != 0) else kernel.steady
    start = _start(worlds)

    def chunk(begin: int, end: int) -> None:
        step(flat, offset, stride, start, out, stopped, worlds.step_length, worlds.steps, begin, end)

    return chunk, Paths(worlds, out, stopped, "kernel")


@lru_cache(maxsize=64)
def _given_for(system: System) -> tuple[Symbol, ...]:
    """Exogenous variables that the kernel reads, and what they rest on."""
    kernel = kernel_for(system)
    moving = frozenset(kernel.inputs[kernel.constants :])
    return needed(system, moving & {equation.target for equation in system.given})


def _run_kernel(worlds: Worlds) -> Paths:
    chunk, paths = prepared(worlds)
    if worlds.count < SERIAL_BELOW:
        chunk(0, worlds.count)
    else:
        cores = os.cpu_count() or 1
        parts = min(4 * cores, max(cores, worlds.count // WORLDS_PER_PART))
        edges = np.linspace(0, worlds.count, parts + 1).astype(int)
        for future in [_pool().submit(chunk, int(a), int(b)) for a, b in pairwise(edges)]:
            future.result()
    return paths


def _addresses(inputs: list[Column], count: int) -> tuple[Floats, Integers, Integers]:
    """One flat buffer, where each world's value of each input starts, and how far it moves per step."""
    tables = [column.values for column in inputs]
    flat = np.concatenate(tables, axis=None)
    bases = np.array([0, *accumulate([table.size for table in tables])][:-1], dtype=np.int64)
    stride = np.array([table.shape[1] > 1 for table in tables], dtype=np.int64)
    offset = np.repeat(bases[None, :], count, axis=0)
    for i, table in enumerate(tables):
        if len(table) > 1:
            offset[:, i] += inputs[i].index * table.shape[1]
    return flat, offset, stride


# ---- Polars -------------------------------------------------------------------------------------------
_AS_WRITTEN = pl.QueryOptFlags.none()
"""Looking for a better order of a step takes longer than the step."""


@dataclass(frozen=True)
class _Plan:
    """One step of a system as Polars expressions.

    Attributes
    ----------
    once
        What inputs that stand still decide alone, computed before the first step.
    levels
        One `with_columns` per level of dependency. Every equation keeps a column of its own: the time a nested
        expression takes grows with the square of its depth.
    reads
        Names of the columns that steps read, states left out.
    """

    once: tuple[pl.Expr, ...]
    levels: tuple[tuple[pl.Expr, ...], ...]
    reads: tuple[str, ...]


@lru_cache(maxsize=64)
def _polars_plan(system: System, still: frozenset[Symbol]) -> _Plan:
    """Lower the recursive part for worlds in which some inputs stand still."""
    targets = [equation.target for equation in system.recursive]
    constants, steps = hoist([equation.expression for equation in system.recursive], still.__contains__)
    level: dict[Symbol, int] = {}
    for target, expression in zip(targets, steps, strict=True):
        level[target] = 1 + max((level.get(symbol, 0) for symbol in expression.free_symbols), default=0)
    levels: list[list[pl.Expr]] = [[] for _ in range(max(level.values()))]
    for target, expression in zip(targets, steps, strict=True):
        levels[level[target] - 1].append(to_polars(expression, named_columns).alias(target.name))
    read = set().union(*(expression.free_symbols for expression in steps)) - {*targets, *system.states}
    once = (to_polars(part, named_columns).alias(symbol.name) for symbol, part in constants.items())
    return _Plan(tuple(once), tuple(map(tuple, levels)), tuple(sorted(symbol.name for symbol in read)))


def _run_polars(worlds: Worlds) -> Paths:
    system, start = worlds.system, _start(worlds)
    step_length = system.vocabulary.step_length
    targets = {equation.target for equation in system.recursive}
    read = set().union(*(equation.expression.free_symbols for equation in system.recursive))
    inputs = read - targets - {*system.states, step_length}
    given = [equation.target for equation in system.given if equation.target in inputs]
    columns = {**input_columns(worlds), **evaluate_given(worlds, given)}
    still = frozenset(symbol for symbol in inputs if columns[symbol].stands_still)
    plan = _polars_plan(system, still | {step_length})

    states = [symbol.name for symbol in system.states]
    constants = pl.DataFrame(
        {symbol.name: columns[symbol].values[columns[symbol].index, 0] for symbol in still}
        | {step_length.name: np.full(worlds.count, worlds.step_length)}
    ).with_columns(plan.once)
    moving = {symbol.name: columns[symbol].matrix(worlds.steps + 1).T for symbol in inputs - still}
    constants = constants.select(name for name in plan.reads if name not in moving)
    take = [pl.col(system.vocabulary.next_of[symbol].name).alias(symbol.name) for symbol in system.states]
    reached = [pl.DataFrame(dict(zip(states, start, strict=True)))]
    for k in range(worlds.steps):
        now = [pl.Series(name, np.ascontiguousarray(values[k])) for name, values in moving.items()]
        step = constants.hstack([*reached[-1].get_columns(), *now]).lazy()
        for level in plan.levels:
            step = step.with_columns_seq(level)
        reached.append(step.select_seq(take).collect(optimizations=_AS_WRITTEN))
    table = pl.concat(reached)
    out = np.stack([table[name].to_numpy().reshape(worlds.steps + 1, worlds.count).T for name in states])
    return Paths(worlds, out, _stop(out, states.index(system.vocabulary.symbol_of_price.name)), "polars")


def _stop(out: Floats, price: int) -> Integers:
    """Blank worlds from the step at which their price has collapsed, and say which step that was."""
    alive = (out[price] > PRICE_FLOOR * out[price, :, :1]) & (out[price] < 1e300)
    stopped = np.where(alive[:, 1:].all(axis=1), -1, 1 + np.argmin(alive[:, 1:], axis=1))
    for world in np.flatnonzero(stopped >= 0):
        out[:, world, stopped[world] :] = np.nan
    return stopped
