"""Worlds through time: the compiled kernel and the Polars stepper, one set of equations."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import numpy as np
import polars as pl
from sympy import Symbol

from model.given import evaluate_given, input_columns
from model.lowering.kernel import PRICE_FLOOR, Kernel, kernel_for
from model.lowering.polars_expressions import to_polars
from model.system import System
from model.worlds import Column, Floats, Integers, Worlds

Engine = Literal["auto", "kernel", "polars"]

SERIAL_BELOW = 200
"""Fewer worlds than this run on the calling thread."""


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
    if engine == "polars":
        return _run_polars(worlds)
    return _run_kernel(worlds, kernel_for(worlds.system))


def _start(worlds: Worlds) -> Floats:
    return np.stack([worlds.initial[name] for name in worlds.system.state_names])


# ---- compiled kernel ----------------------------------------------------------------------------------
def _run_kernel(worlds: Worlds, kernel: Kernel) -> Paths:
    given = [symbol for symbol in kernel.inputs[kernel.constants :] if symbol not in worlds.shocks]
    columns: dict[Symbol, Column] = {**input_columns(worlds), **evaluate_given(worlds, given)}
    inputs = [columns[symbol] for symbol in kernel.inputs]
    flat, offset, stride = _addresses(inputs, worlds.count)
    out = np.empty((len(kernel.states), worlds.count, worlds.steps + 1))
    stopped = np.full(worlds.count, -1, dtype=np.int64)
    dated = bool(np.any(stride[: kernel.constants] != 0))
    step = kernel.dated if dated else kernel.steady
    start = _start(worlds)

    def chunk(begin: int, end: int) -> None:
        step(flat, offset, stride, start, out, stopped, worlds.step_length, worlds.steps, begin, end)

    if worlds.count < SERIAL_BELOW:
        chunk(0, worlds.count)
    else:
        parts = (os.cpu_count() or 1) * 4
        edges = np.linspace(0, worlds.count, parts + 1).astype(int)
        for future in [_pool().submit(chunk, int(a), int(b)) for a, b in pairwise(edges)]:
            future.result()
    return Paths(worlds, out, stopped, "kernel")


def _addresses(inputs: list[Column], count: int) -> tuple[Floats, Integers, Integers]:
    """One flat buffer, where each world's value of each input starts, and how far it moves per step."""
    flat = np.concatenate([column.values.reshape(-1) for column in inputs])
    bases = np.concatenate([[0], np.cumsum([column.values.size for column in inputs])[:-1]])
    offset = np.empty((count, len(inputs)), dtype=np.int64)
    for i, column in enumerate(inputs):
        offset[:, i] = bases[i] + column.index * column.width
    stride = np.array([1 if column.width > 1 else 0 for column in inputs], dtype=np.int64)
    return flat, offset, stride


# ---- Polars -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Plan:
    """The step as a few `with_columns`, by level of dependency."""

    levels: tuple[tuple[pl.Expr, ...], ...]
    inputs: tuple[Symbol, ...]


@lru_cache(maxsize=64)
def _polars_plan(system: System) -> _Plan:
    """Lower the recursive part once: what only one equation reads is inlined, the rest is placed by level."""
    equations = system.recursive
    readers: dict[Symbol, int] = {}
    for equation in equations:
        for symbol in equation.expression.free_symbols:
            readers[symbol] = readers.get(symbol, 0) + equation.expression.count(symbol)
    following = set(system.vocabulary.next_of.values())
    level: dict[Symbol, int] = {}
    inline: dict[Symbol, pl.Expr] = {}
    placed: list[tuple[int, pl.Expr]] = []
    for equation in equations:
        lowered = to_polars(equation.expression, lambda s: inline[s] if s in inline else pl.col(s.name))
        depth = max((level.get(s, 0) for s in equation.expression.free_symbols), default=0)
        if equation.target not in following and readers.get(equation.target, 0) == 1:
            inline[equation.target] = lowered
            level[equation.target] = depth
        else:
            placed.append((depth, lowered.alias(equation.target.name)))
            level[equation.target] = depth + 1
    levels = tuple(
        tuple(expression for depth, expression in placed if depth == wanted)
        for wanted in sorted({depth for depth, _ in placed})
    )
    targets = {e.target for e in equations}
    read = set().union(*(e.expression.free_symbols for e in equations)) - targets - set(system.states)
    read.discard(system.vocabulary.step_length)
    return _Plan(levels, tuple(sorted(read, key=lambda s: s.name)))


def _run_polars(worlds: Worlds) -> Paths:
    system, plan = worlds.system, _polars_plan(worlds.system)
    given_targets = {e.target for e in system.given}
    columns = {
        **input_columns(worlds),
        **evaluate_given(worlds, [s for s in plan.inputs if s in given_targets]),
    }
    steady = {s.name: columns[s].values[columns[s].index, 0] for s in plan.inputs if columns[s].width == 1}
    moving = {
        s.name: np.ascontiguousarray(columns[s].matrix(worlds.steps + 1).T) for s in plan.inputs if columns[s].width > 1
    }
    names = [s.name for s in system.states]
    after = [system.vocabulary.next_of[s].name for s in system.states]
    start = _start(worlds)
    frame = pl.DataFrame({**steady, **dict(zip(names, start, strict=True))}).with_columns(
        pl.lit(worlds.step_length).alias(system.vocabulary.step_length.name)
    )
    out = np.empty((len(names), worlds.count, worlds.steps + 1))
    out[:, :, 0] = start
    stopped = np.full(worlds.count, -1, dtype=np.int64)
    price = names.index(system.vocabulary.symbol_of_price.name)
    take = [pl.col(following).alias(name) for name, following in zip(names, after, strict=True)]
    for k in range(worlds.steps):
        stepped = frame.with_columns(*(pl.Series(name, values[k]) for name, values in moving.items()))
        for level in plan.levels:
            stepped = stepped.with_columns(*level)
        frame = frame.with_columns(stepped.select(take))
        out[:, :, k + 1] = frame.select(names).to_numpy().T
        alive = (out[price, :, k + 1] > PRICE_FLOOR * start[price]) & (out[price, :, k + 1] < 1e300)
        stopped[~alive & (stopped < 0)] = k + 1
        out[:, stopped >= 0, k + 1] = np.nan
    return Paths(worlds, out, stopped, "polars")
