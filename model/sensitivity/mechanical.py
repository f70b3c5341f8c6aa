"""What a change does by arithmetic alone: minting, burning and paying redone while behaviour stays the baseline's.

Held on the baseline's path are the token price, capacity, quality and the mix of units, tokens staked, and units of
service used. What is minted, burned, paid and kept follows from the changed rules at those values. What a change does
beyond that is behaviour: users, providers, stakers and the market answering it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from sympy import Symbol

from model.engine.given import evaluate_given, input_columns
from model.engine.reported import function_of
from model.engine.results import Run
from model.engine.stepper import Paths
from model.engine.worlds import Column, Floats, Integers
from model.system import System
from model.vocabulary import MISSING


def held_symbols(system: System) -> tuple[tuple[Symbol, ...], tuple[Symbol, ...]]:
    """What keeps the baseline's path: (states, flows within a step)."""
    m, shape = system.vocabulary, system.structure
    states = [m.variable("price")]
    states += [m.variable(word, role=role) for word in ("capacity", "role_quality") for role in shape.roles]
    states += [m.variable("high_quality_share", role=role) for role in shape.merit_roles]
    if shape.uses("staking"):
        states.append(m.variable("staked"))
    return tuple(states), tuple(m.variable("served", stream=stream) for stream in shape.streams)


class HeldRun(Run):
    """A run in which behaviour is held; it has the worlds, labels and variables of the run it comes from."""

    def __init__(self, run: Run, base_rows: Integers) -> None:
        super().__init__(run.paths, start=run.start, draws=run.draws, every=run.every)
        self._environment = _environment(run, base_rows)
        self.paths = _stepped(run, base_rows, self._environment)

    def _evaluate(self, symbols: frozenset[Symbol]) -> dict[Symbol, Floats]:
        """Evaluate symbols of every world at every step."""
        shape = (self.paths.worlds.count, self.paths.worlds.steps + 1)
        return {s: np.array(np.broadcast_to(_value(self.system, s, self._environment), shape)) for s in symbols}


def held_run(run: Run, *, against: str = "baseline") -> HeldRun:
    """The same worlds with behaviour held on the path of the baseline of the same future.

    Parameters
    ----------
    run
        A run with all steps, and a world `against` for every draw.

    Returns
    -------
    HeldRun
        The baseline itself comes out as it was.
    """
    labels = np.array(run.labels)
    of_draw = {int(run.draws[i]): i for i in np.flatnonzero(labels == against)}
    return HeldRun(run, np.array([of_draw[int(draw)] for draw in run.draws], dtype=np.int64))


# ---- values -------------------------------------------------------------------------------------------
def _value(system: System, symbol: Symbol, environment: dict[Symbol, Any]) -> Any:
    """A symbol over all worlds and steps, from what the environment holds; kept there."""
    if symbol not in environment:
        function, symbols = function_of(system, symbol)
        environment[symbol] = function(*(_value(system, s, environment) for s in symbols))[0]
    return environment[symbol]


def _array(column: Column, length: int) -> Any:
    """A number where nothing differs, else shape (worlds, 1) or (worlds, steps + 1)."""
    if column.sets == 1 and column.width == 1:
        return np.float64(column.values[0, 0])
    return column.values[column.index] if column.width == 1 else column.matrix(length)


def _environment(run: Run, base_rows: Integers) -> dict[Symbol, Any]:
    """Inputs of every world, and what is held, as the baseline has it."""
    system, worlds = run.system, run.paths.worlds
    m, length = system.vocabulary, worlds.steps + 1
    columns = {**input_columns(worlds), **evaluate_given(worlds, [e.target for e in system.given])}
    found: dict[Symbol, Any] = {symbol: _array(column, length) for symbol, column in columns.items()}
    found[m.step_length] = np.float64(worlds.step_length)
    states, flows = held_symbols(system)
    for symbol in (*states, *flows):
        found[symbol] = run.values(m.columns[symbol])[base_rows]
    for symbol in states:
        # The step after the last one is not known; nothing moves in it.
        path = found[symbol]
        found[m.next_of[symbol]] = np.concatenate([path[:, 1:], path[:, -1:]], axis=1)
    if system.structure.uses("staking"):
        staked = m.variable("staked")
        slashed = worlds.step_length * _value(system, m.variable("slashed"), found)
        found[m.variable("stake_flow")] = found[m.next_of[staked]] - found[staked] + slashed
    return found


# ---- stocks -------------------------------------------------------------------------------------------
def _needed(system: System, free: tuple[Symbol, ...], held: Mapping[Symbol, Any]) -> tuple[list[Symbol], list[Symbol]]:
    """Targets that stocks need each step, in order: (those that read a stock themselves, those known beforehand)."""
    m = system.vocabulary
    order: list[Symbol] = []
    moving = set(free)

    def place(symbol: Symbol) -> None:
        if symbol in held or symbol in free or symbol in order:
            return
        for needed in sorted(system.by_target[symbol].expression.free_symbols - {MISSING}, key=lambda s: s.name):
            place(needed)
        if system.by_target[symbol].expression.free_symbols & moving:
            moving.add(symbol)
        order.append(symbol)

    for state in free:
        place(m.next_of[state])
    return [s for s in order if s in moving], [s for s in order if s not in moving]


def _stepped(run: Run, base_rows: Integers, environment: dict[Symbol, Any]) -> Paths:
    """Step what is not held: float, treasury, issuance and whatever else the structure carries."""
    system, worlds = run.system, run.paths.worlds
    m, count, length = system.vocabulary, worlds.count, worlds.steps + 1
    free = tuple(s for s in system.states if s not in environment)
    each, before = _needed(system, free, environment)
    for symbol in before:
        _value(system, symbol, environment)
    functions = [(symbol, *function_of(system, symbol)) for symbol in each]
    read = {s for _, _, symbols in functions for s in symbols} - set(each) - set(free)
    known: dict[Symbol, Any] = {
        s: np.broadcast_to(environment[s], (count, length)).T.copy() for s in read if np.ndim(environment[s])
    }
    still = {s: environment[s] for s in read if not np.ndim(environment[s])}
    paths = {s: np.empty((length, count)) for s in free}
    now = {s: worlds.initial[m.columns[s]] for s in free}
    for k in range(length):
        here = {**still, **now, **{s: rows[k] for s, rows in known.items()}}
        for state in free:
            paths[state][k] = now[state]
        for symbol, function, symbols in functions:
            here[symbol] = function(*(here[s] for s in symbols))[0]
        # A stock may follow from what is known beforehand alone.
        now = {s: here[n] if (n := m.next_of[s]) in here else _at(environment[n], k, count) for s in free}
    environment.update({state: np.ascontiguousarray(path.T) for state, path in paths.items()})
    states = np.stack([np.broadcast_to(environment[s], (count, length)) for s in system.states])
    stopped = run.paths.stopped[base_rows]
    gone = (stopped[:, None] >= 0) & (np.arange(length) >= stopped[:, None])
    return Paths(worlds, np.where(gone, np.nan, states), stopped, "held")


def _at(values: Any, k: int, count: int) -> Floats:
    """One step of a value that may be a number or stand still."""
    if not np.ndim(values):
        return np.full(count, float(values))
    return np.asarray(values[:, min(k, values.shape[1] - 1)])
