"""Worlds stepped one by one and laid side by side: a baseline that no lever moves is drawn once and used again."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections import OrderedDict
from functools import partial
from threading import BoundedSemaphore, Lock

import numpy as np

from model.engine.assembly import scenario_worlds
from model.engine.batches import taken
from model.engine.futures import with_futures
from model.engine.kept import OneWorld, SideBySide, drawn_steps
from model.engine.results import Run
from model.engine.stepper import run
from model.engine.worlds import Column, Worlds
from model.projection import step_plan
from model.scenario.scenario import Scenario

HELD = 24
"""Worlds that are remembered; one of five hundred futures over ten years takes about five megabytes."""


def side_by_side(scenario: Scenario, *, years: float, draws: int, seed: int) -> SideBySide:
    """Baseline and scenario in the same futures.

    Worlds that stood in an earlier question are taken from memory; a scenario that changes nothing is its baseline.
    """
    length, steps, _ = step_plan(scenario.network, years, "week")
    worlds = scenario_worlds([scenario], ["scenario"], step_length=length, steps=steps)
    singles = [taken(worlds, slice(row, row + 1)) for row in range(worlds.count)]
    parts = [_remembered(single, scenario.network.as_of, draws, seed) for single in singles]
    return SideBySide(parts, worlds.labels)


_memory: OrderedDict[bytes, OneWorld] = OrderedDict()
_lock = Lock()
_at_once = BoundedSemaphore(os.cpu_count() or 1)


def _remembered(world: Worlds, start: dt.date, draws: int, seed: int) -> OneWorld:
    key = fingerprint(world, draws, seed)
    with _lock:
        if key in _memory:
            _memory.move_to_end(key)
            return _memory[key]
    # No more at once than there are processors: the rest would only take memory.
    with _at_once:
        found = OneWorld(partial(_stepped, with_futures(world, seed=seed, count=draws), start, draws))
    with _lock:
        _memory[key] = found
        while len(_memory) > HELD:
            _memory.popitem(last=False)
    return found


def _stepped(drawn: Worlds, start: dt.date, draws: int) -> Run:
    return Run(run(drawn), start=start, draws=np.arange(draws), at=drawn_steps(drawn.steps))


def fingerprint(world: Worlds, draws: int, seed: int) -> bytes:
    """The same for worlds that are stepped alike: equations, inputs, stocks, futures."""
    digest = hashlib.blake2b(repr((world.system.structure, world.step_length, world.steps, draws, seed)).encode())

    def add(name: str, column: Column) -> None:
        digest.update(f"{name}{column.values.shape}".encode())
        digest.update(column.values[column.index].tobytes())

    for key in world.system.parameters:
        add(key, world.parameters[key])
    for symbol in world.system.shocks:
        add(symbol.name, world.shocks[symbol])
    for name in world.system.initial_keys:
        digest.update(name.encode() + world.initial[name].tobytes())
    return digest.digest()
