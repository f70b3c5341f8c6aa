"""Declared equations as NumPy functions of given symbols, for solving rest points; time does not pass here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.optimize import brentq
from sympy import Basic, Symbol

from model.engine.worlds import Floats
from model.lowering.array_functions import array_function
from model.system import System
from model.vocabulary import MISSING

Environment = dict[Symbol, Any]


@lru_cache(maxsize=4096)
def numeric(expression: Basic) -> tuple[Callable[..., Any], tuple[Symbol, ...]]:
    """A NumPy function of an expression and the symbols it takes, in order."""
    symbols = tuple(sorted(expression.free_symbols - {MISSING}, key=lambda s: s.name))
    function = array_function(symbols, [expression])
    return lambda *values: function(*values)[0], symbols


def value_of(expression: Basic, environment: Mapping[Symbol, Any]) -> Any:
    """Evaluate an expression whose symbols are all given."""
    function, symbols = numeric(expression)
    return function(*(environment[s] for s in symbols))


@lru_cache(maxsize=64)
def _functions(system: System) -> dict[Symbol, tuple[Callable[..., Any], tuple[Symbol, ...]]]:  # noqa: ARG001
    """Functions made so far for a system, by the symbol they give a value to."""
    return {}


class Evaluator:
    """Evaluates equations of a system; what the environment already holds is taken as it is."""

    def __init__(self, system: System) -> None:
        self.system = system

    def environment(self, values: Mapping[str, float]) -> Environment:
        """Parameters, neutral shocks and time zero."""
        m = self.system.vocabulary
        found: Environment = {symbol: np.float64(values[key]) for symbol, key in m.parameters.items()}
        found.update({symbol: np.float64(neutral) for symbol, neutral in self.system.shocks.items()})
        found[m.time] = np.float64(0.0)
        found[MISSING] = np.nan
        for symbol in m.initials:
            found[symbol] = np.float64(0.0)
        return found

    def get(self, symbol: Symbol, environment: Environment) -> Any:
        """Value of a symbol, computing what it depends on and keeping it in the environment."""
        if symbol in environment:
            return environment[symbol]
        function, symbols = self._function(symbol)
        given = [self.get(needed, environment) for needed in symbols]
        value = environment[symbol] = function(*given)
        return value

    def _function(self, symbol: Symbol) -> tuple[Callable[..., Any], tuple[Symbol, ...]]:
        functions = _functions(self.system)
        if symbol not in functions:
            functions[symbol] = numeric(self.system.by_target[symbol].expression)
        return functions[symbol]


def bisect(function: Callable[[Floats], Floats], low: Floats, high: Floats, rounds: int = 60) -> Floats:
    """Elementwise root of a function that falls from positive to negative between low and high.

    One element alone is found by Brent's method, which needs fewer evaluations; many by bisection.
    """
    low, high = low.astype(float), high.astype(float)
    if low.size == 1:
        return _single_root(function, low, high)
    for _ in range(rounds):
        middle = 0.5 * (low + high)
        above = function(middle) > 0
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return 0.5 * (low + high)


def _single_root(function: Callable[[Floats], Floats], low: Floats, high: Floats) -> Floats:
    """Root of one element; the end at which the function has the sign of the other end's side if it never crosses."""

    def at(x: float) -> float:
        return float(function(np.full_like(low, x))[0])

    if not at(float(low[0])) > 0:
        return low
    if at(float(high[0])) > 0:
        return high
    return np.full_like(low, brentq(at, float(low[0]), float(high[0]), xtol=1e-300, rtol=1e-15, maxiter=300))
