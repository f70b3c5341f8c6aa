"""Tokens minted and tokens burned a year against the price, with everything else held: the picture of burn = mint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from model.engine.evaluator import Environment, Evaluator
from model.engine.worlds import Floats
from model.rest.point import RestPoint
from model.scenario.scenario import Scenario
from model.system import System

POINTS = 97
ROOM = 2.5
"""The price axis reaches at least this factor beyond every marked price before it is rounded to whole decades."""


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


class PriceFlows:
    """Evaluates the declared mint and burn at any price."""

    def __init__(self, system: System, environment: Environment, *, treasury_keeps: bool = False) -> None:
        self._system = system
        self._evaluator = Evaluator(system)
        self._environment = environment
        self._treasury_keeps = treasury_keeps

    def __call__(self, prices: Floats) -> tuple[Floats, Floats]:
        """Mint and burn at some prices, tokens/yr; without what a treasury that never spends takes out of reach."""
        v, get = self._system.vocabulary.variable, self._evaluator.get
        env = {**self._environment, v("price"): prices}
        mint = get(v("emission"), env) * np.ones_like(prices)
        burn = (get(v("burn_wanted"), env) + get(v("burn"), env) - get(v("float_burn"), env)) * np.ones_like(prices)
        if self._treasury_keeps:
            mint = mint - get(v("treasury_emission"), env)
            if self._system.structure.uses("staking"):
                burn = burn + get(v("slashed"), env) - (get(v("burn"), env) - get(v("float_burn"), env))
        return mint, burn

    def crossing(self, near: float) -> float | None:
        """Price at which burn equals mint, nearest to a price; None where there is none."""

        def excess(log_price: float) -> float:
            mint, burn = self(np.array([np.exp(log_price)]))
            return float(np.log(max(burn[0], 1e-300)) - np.log(max(mint[0], 1e-300)))

        # Off the centre, so that a crossing exactly at `near` lies between two points of the grid.
        grid = np.log(near) + np.linspace(-14.0, 14.0, 113) + 0.0137
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
