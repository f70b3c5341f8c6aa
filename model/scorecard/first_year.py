"""The first year of a world with everything in force from the first day, as it is and with a tenth more use."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from model.engine.assembly import scenario_worlds
from model.engine.results import Run
from model.engine.worlds import Column, Worlds
from model.projection import Stepping, step_plan, stepped
from model.scenario.scenario import Scenario

SHOCK = 0.10
"""How much more use is tried."""


@dataclass(frozen=True)
class FirstYear:
    """What a world does in its first year, on the path without shocks.

    Attributes
    ----------
    gap, utilisation, burn_over_mint
        On the first day.
    demand
        USD: dollars held, and what is bought for use within the year.
    bought
        USD bought for use within the year: burned and bought back.
    demand_response, emission_response
        Change of the logarithm of demand and of emission over that of use, by a tenth more use.
    bought_response
        Change of what is bought for use, in parts of the demand, by a tenth more use.
    staked_for_rewards
        USD staked, times the part of stakers' income that is new tokens.
    supply_growth, use_growth
        A year.
    sinks
        Ways in which use takes up tokens that had any volume, in words.
    unlocked
        Tokens that vesting buckets of the model release within the year.
    circulating
        Tokens in float and stake on the first day.
    """

    gap: float
    utilisation: float
    burn_over_mint: float
    demand: float
    bought: float
    demand_response: float
    bought_response: float
    emission_response: float
    staked_for_rewards: float
    supply_growth: float
    use_growth: float
    emission_growth: float
    sinks: tuple[str, ...]
    unlocked: float
    circulating: float
    price: float
    supply: float


@dataclass(frozen=True)
class _Year:
    """Sums of one path of a year."""

    demand: float
    bought: float
    emission: float


def in_force(scenario: Scenario) -> Scenario:
    """The same with everything that lasts in force from the first day."""
    return replace(scenario, at_once=True, start=None, phase_in_years=0.0)


def first_years(scenario: Scenario) -> tuple[FirstYear, FirstYear]:
    """Baseline and scenario."""
    shown = in_force(scenario)
    worlds, start = _worlds(shown), shown.network.as_of
    run, shocked = stepped(worlds, start, Stepping()), stepped(with_more_use(worlds), start, Stepping())
    return _first_year(run, shocked, shown, 0), _first_year(run, shocked, shown, 1)


def with_more_use(worlds: Worlds, by: float = SHOCK) -> Worlds:
    """The same worlds with more use of every stream, whatever a proposal says of use."""
    more = {
        key: Column(column.values * (1 + by), column.index)
        for key, column in worlds.parameters.items()
        if key.rpartition(".")[2] == "demand_scale"
    }
    return replace(worlds, parameters={**worlds.parameters, **more})


def _worlds(scenario: Scenario) -> Worlds:
    length, steps, _ = step_plan(scenario.network, 1, "week")
    return scenario_worlds([scenario], ["scenario"], step_length=length, steps=steps)


def _mean(run: Run, name: str, world: int) -> float:
    return float(np.nanmean(run.values(name)[world])) if name in run.system.columns else 0.0


def _first(run: Run, name: str, world: int) -> float:
    return float(run.values(name)[world, 0]) if name in run.system.columns else 0.0


def _year(run: Run, world: int) -> _Year:
    price = run.values("price")[world]
    bought = float(np.nanmean(price * run.values("float_burn")[world])) + _mean(run, "buyback_value", world)
    return _Year(_mean(run, "holdings", world) + bought, bought, _mean(run, "emission", world))


def _response(before: float, after: float) -> float:
    """Change of a logarithm over that of use; nothing comes of nothing."""
    if before <= 0 or after <= 0:
        return 0.0 if before == after else math.inf
    return math.log(after / before) / math.log(1 + SHOCK)


def _first_year(run: Run, shocked: Run, scenario: Scenario, world: int) -> FirstYear:
    before, after = _year(run, world), _year(shocked, world)
    supply, revenue = run.values("supply")[world], run.values("revenue")[world]
    return FirstYear(
        gap=_first(run, "revenue_gap", world),
        utilisation=_first(run, "utilisation", world),
        burn_over_mint=_over(_first(run, "burn", world), _first(run, "emission", world)),
        demand=before.demand,
        bought=before.bought,
        demand_response=_response(before.demand, after.demand),
        bought_response=(after.bought - before.bought) / before.demand if before.demand > 0 else 0.0,
        emission_response=_response(before.emission, after.emission),
        staked_for_rewards=_staked_for_rewards(run, world),
        supply_growth=float(supply[-1] / supply[0] - 1),
        use_growth=_growth(revenue),
        emission_growth=_growth(run.values("emission")[world]),
        sinks=sinks_of(run, scenario, world),
        unlocked=_mean(run, "unlocked", world) if scenario.structure.buckets else 0.0,
        circulating=_first(run, "float_supply", world) + _first(run, "staked", world),
        price=_first(run, "price", world),
        supply=float(supply[0]),
    )


def _over(part: float, whole: float) -> float:
    if whole > 0:
        return part / whole
    return math.inf if part > 0 else math.nan


def _growth(path: np.ndarray) -> float:
    return float(path[-1] / path[0] - 1) if path[0] > 0 and np.isfinite(path[-1]) else 0.0


def _staked_for_rewards(run: Run, world: int) -> float:
    """USD staked, in the part that new tokens pay for: fees that users pay are use."""
    if not run.system.structure.uses("staking"):
        return 0.0
    staked = float(np.nanmean(run.values("staked")[world] * run.values("price")[world]))
    income, fees = _mean(run, "staker_income", world), _mean(run, "staker_revenue", world)
    return staked * min(1.0, max(0.0, 1 - fees / income)) if income > 0 else staked


LEAST = 1e-6
"""Of supply or of demand a year; less than that is no volume."""


def sinks_of(run: Run, scenario: Scenario, world: int) -> tuple[str, ...]:
    """Ways in which use takes up tokens that have any volume within the year."""
    supply = _first(run, "supply", world)
    values = (scenario.baseline_values, scenario.values)[world]
    held = values.get("revenue_linked_holdings", 0.0) * _mean(run, "revenue", world)
    fees_to_stake = _mean(run, "staker_revenue", world) if run.system.structure.uses("staking") else 0.0
    found = {
        "burned for use": _mean(run, "float_burn", world) > LEAST * supply,
        "bought back from revenue": _mean(run, "bought_back", world) > LEAST * supply,
        "held in order to pay": held > LEAST * max(_mean(run, "holdings", world), 1e-300),
        "staked for a share of revenue": fees_to_stake > LEAST * max(_mean(run, "revenue", world), 1e-300),
    }
    return tuple(word for word, there in found.items() if there)
