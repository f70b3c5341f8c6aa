"""One pass over the draws of a seed: the equations of chance become shocks of every future at every step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from sympy import Symbol

from model.engine import random_numbers
from model.engine.evaluator import numeric
from model.engine.worlds import Floats
from model.equations import Equation
from model.system import System


@dataclass(frozen=True)
class Draws:
    """Which futures: the seed and a range of draws.

    Attributes
    ----------
    seed
        Whole number; the same seed gives the same futures.
    first, count
        Draws `first` to `first + count - 1`. A draw is the same future whatever range it is part of.
    """

    seed: int
    first: int
    count: int


@lru_cache(maxsize=24)
def _raw(seed: int, name: str, first: int, count: int, steps: int) -> Floats:
    """Standard normal draws by name; shape (steps, count)."""
    return random_numbers.normal(random_numbers.words(seed, name, first, count, steps)[:, :, 0])


def _innovations(system: System, draws: Draws, steps: int, expected_jumps: Floats) -> dict[Symbol, Floats]:
    """Draws of every innovation, shape (steps, count); `expected_jumps` has shape (1,) or (steps,)."""
    found: dict[Symbol, Floats] = {}
    raw = random_numbers.words(draws.seed, "demand_jumps", draws.first, draws.count, steps)
    for symbol in system.innovations:
        word = system.vocabulary.columns[symbol]
        if word == "demand_jumps":
            found[symbol] = random_numbers.poisson(raw[:, :, 0], expected_jumps[:, None])
        elif word == "jump_innovation":
            found[symbol] = random_numbers.normal(raw[:, :, 1])
        else:
            found[symbol] = _raw(draws.seed, word, draws.first, draws.count, steps)
    return found


def simulate(
    system: System,
    values: Mapping[Symbol, Floats],
    *,
    step_length: float,
    steps: int,
    draws: Draws,
) -> dict[Symbol, Floats]:
    """Shocks of some futures.

    Parameters
    ----------
    system
        Its equations of chance are carried out.
    values
        Shock parameters by symbol: shape (1,) for a constant, (steps + 1,) where one follows a date.
    step_length, steps
        Years per step, and number of steps.

    Returns
    -------
    dict
        Shape (count, steps + 1) by shock symbol.
    """
    m = system.vocabulary
    expected, *moving = system.chance
    function, symbols = numeric(expected.expression)
    given = {**values, m.step_length: np.array([step_length])}
    expected_jumps = np.asarray(function(*(given[s] for s in symbols)))
    # The step that begins at the end of the horizon is drawn too: what is reported of it is what a longer run has.
    innovations = _innovations(system, draws, steps + 1, expected_jumps)
    paths = _paths(system, moving, given, innovations, (steps + 1, draws.count))
    return {symbol: np.ascontiguousarray(path.T) for symbol, path in paths.items()}


def _paths(
    system: System,
    moving: Sequence[Equation],
    given: Mapping[Symbol, Floats],
    innovations: Mapping[Symbol, Floats],
    shape: tuple[int, int],
) -> dict[Symbol, Floats]:
    """Shape (steps + 1, count) by shock symbol: the equations of chance, step by step."""
    m = system.vocabulary
    now_of = {following: now for now, following in m.next_of.items()}
    step_length = float(given[m.step_length][0])
    constants = {s: path[0] for s, path in given.items() if len(path) == 1}
    dated = {s: path for s, path in given.items() if len(path) > 1}
    # One number stands for all futures until a draw tells them apart; variances never do.
    states = {now_of[e.target]: np.zeros(1) for e in moving if e.target in now_of}
    out = {e.target: np.empty(shape) for e in moving if e.target not in now_of}
    functions = [(e.target, *numeric(e.expression)) for e in moving]
    for k in range(shape[0]):
        here: dict[Symbol, object] = {**constants, m.time: k * step_length}
        here.update({s: path[k] for s, path in dated.items()})
        here.update({s: path[k] for s, path in innovations.items()})
        ends: dict[Symbol, Floats] = {}
        for target, function, symbols in functions:
            with np.errstate(all="ignore"):
                value = function(*(states[s] if s in states else here[s] for s in symbols))
            if target in now_of:
                ends[now_of[target]] = value
            else:
                out[target][k] = value
        states = ends
    return out
