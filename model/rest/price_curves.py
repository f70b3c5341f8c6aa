"""Tokens minted and tokens burned a year against the price, with everything else held: the picture of burn = mint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.optimize import brentq
from sympy import Expr, Symbol

from model.engine.evaluator import Environment, Evaluator, numeric
from model.engine.worlds import Floats
from model.rest.point import RestPoint
from model.scenario.scenario import Scenario
from model.system import System

POINTS = 97
ROOM = 2.5
"""The price axis reaches at least this factor beyond every marked price before it is rounded to whole decades."""

REACH = 14.0
"""How far from a price a crossing is looked for, in the logarithm of the price: a factor of a million."""
PLACES = 113
"""Points at which the sign of burn less mint is looked at over twice that reach."""
OFF_CENTRE = 0.0137
"""Shift of these points, so that a crossing exactly at the price lies between two of them."""


@dataclass(frozen=True)
class PriceCurves:
    """Both flows over a range of prices.

    Attributes
    ----------
    prices
        USD/token, rising.
    mint, burn
        Tokens/yr at each price; NaN where there is none.
    crossing
        Price at which both are equal, USD/token; None where they do not meet within a million times the range.
    crossing_flow
        Tokens/yr there.
    """

    prices: Floats
    mint: Floats
    burn: Floats
    crossing: float | None
    crossing_flow: float | None


@lru_cache(maxsize=64)
def flow_expressions(system: System, *, treasury_keeps: bool = False) -> tuple[Expr, Expr]:
    """Mint and burn as declared, tokens/yr; without what a treasury that never spends takes out of reach.

    The burn is what is paid for, even where the float has less than that, and the burned part of slashed stake.
    """
    v = system.vocabulary.variable
    mint, burn = v("emission"), v("burn_wanted") + system.by_target[v("burn")].expression - v("float_burn")
    if treasury_keeps:
        mint = mint - v("treasury_emission")
        if system.structure.uses("staking"):
            burn = v("burn_wanted") + v("slashed")
    return mint, burn


class PriceFlows:
    """Evaluates the declared mint and burn at any price."""

    def __init__(self, system: System, environment: Environment, *, treasury_keeps: bool = False) -> None:
        self._system = system
        self._evaluator = Evaluator(system)
        self._environment = environment
        self._treasury_keeps = treasury_keeps
        self._expressions = flow_expressions(system, treasury_keeps=treasury_keeps)

    def __call__(self, prices: Floats) -> tuple[Floats, Floats]:
        """Mint and burn at some prices, tokens/yr."""
        env = {**self._environment, self._system.vocabulary.symbol_of_price: prices}
        mint, burn = (self._value(expression, env) * np.ones_like(prices) for expression in self._expressions)
        return mint, burn

    def _value(self, expression: Expr, env: Environment) -> Floats:
        function, symbols = numeric(expression)
        value: Floats = function(*(self._evaluator.get(symbol, env) for symbol in symbols))
        return value

    def tried(self, values: Mapping[str, float]) -> PriceFlows:
        """The same state with other parameters, by key in their own unit."""
        symbol_of = {key: symbol for symbol, key in self._system.vocabulary.parameters.items()}
        environment = {**self._environment, **{symbol_of[key]: np.float64(value) for key, value in values.items()}}
        return PriceFlows(self._system, environment, treasury_keeps=self._treasury_keeps)

    def value_of(self, symbol: Symbol) -> float:
        """What the flows take a symbol to be; it must not depend on the price."""
        return float(self._evaluator.get(symbol, dict(self._environment)))

    def crossing(self, near: float) -> float | None:
        """Price at which burn equals mint, nearest to a price; None where there is none."""

        def excess(log_price: float) -> float:
            mint, burn = self(np.array([np.exp(log_price)]))
            return float(np.log(max(burn[0], 1e-300)) - np.log(max(mint[0], 1e-300)))

        grid = np.log(near) + np.linspace(-REACH, REACH, PLACES) + OFF_CENTRE
        mint, burn = self(np.exp(grid))
        with np.errstate(all="ignore"):
            signs = np.sign(np.where((mint > 0) & (burn > 0), burn - mint, np.nan))
        turns = np.flatnonzero(signs[:-1] * signs[1:] < 0)
        if len(turns) == 0:
            return None
        i = int(turns[np.argmin(np.abs(grid[turns] - np.log(near)))])
        return float(np.exp(brentq(excess, grid[i], grid[i + 1], xtol=1e-13)))

    def curves(self, prices: Floats, near: float) -> PriceCurves:
        """Both flows over a range, with their crossing."""
        mint, burn = self(prices)
        crossing = self.crossing(near)
        flow = None if crossing is None else float(self(np.array([crossing]))[0][0])
        nothing = np.full_like(prices, np.nan)
        return PriceCurves(prices, np.where(mint > 0, mint, nothing), np.where(burn > 0, burn, nothing), crossing, flow)


def _environment(
    system: System, values: Mapping[str, float], stocks: Mapping[str, float], step_length: float
) -> Environment:
    m = system.vocabulary
    env = Evaluator(system).environment(values)
    env[m.step_length] = np.float64(step_length)
    for symbol, name in m.columns.items():
        if symbol in m.next_of and name in stocks and np.isfinite(stocks[name]):
            env[symbol] = np.float64(stocks[name])
    for symbol, key in m.initials.items():
        env[symbol] = np.float64(stocks.get(key, 0.0))
    return env


def flows_today(scenario: Scenario, today: Mapping[str, float]) -> PriceFlows:
    """Flows with capacity, quality, stake and supply as they are on the first day."""
    network = scenario.network
    stocks = {**scenario.stocks, **today}
    return PriceFlows(scenario.system, _environment(scenario.system, scenario.values, stocks, network.step_length))


def flows_at_rest(point: RestPoint) -> PriceFlows:
    """Flows with capacity, quality and stake as they are at a rest point; they cross at its price."""
    problem = point.problem
    env = _environment(problem.system, problem.values, point.state, problem.step_length)
    env[problem.system.vocabulary.variable("nominal_emission")] = np.float64(point.state["nominal_emission"])
    return PriceFlows(problem.system, env, treasury_keeps=not problem.treasury_spends)


def price_range(marked: list[float]) -> Floats:
    """Prices from a whole power of ten to another, with every marked price well inside."""
    known = [price for price in marked if np.isfinite(price) and price > 0]
    low, high = np.floor(np.log10(min(known) / ROOM)), np.ceil(np.log10(max(known) * ROOM))
    return np.logspace(low, high, POINTS)
