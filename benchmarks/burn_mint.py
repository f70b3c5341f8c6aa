"""The burn-mint economy of the textbook written by hand: plain functions of plain numbers, one per mechanism.

Peers call them as they are; the hand-written loop compiles them. Nothing here reads the model of Ballast, and what is
zero in the textbook (slashing, surcharge, recycling, vesting, rewards in currency) is left out. Six states: liquid
float, stake, treasury, price, capacity and quality. Only the standard library is imported, so that every environment
can run this file.
"""

from __future__ import annotations

import math

STATES = ("float_supply", "staked", "treasury", "price", "capacity", "quality")

KEPT = 0.999999
"""Share of a stock that one step may take at most."""


def settle(speed: float, step_length: float) -> float:
    """Share of a gap that closes within one step."""
    return 1.0 - math.exp(-speed * step_length)


def derived(values: dict[str, float], step_length: float) -> dict[str, float]:
    """What a modeller works out once, before the first step."""
    price = (
        values["service_price"] * (values["unit_cost"] / values["reference_unit_cost"]) ** values["cost_pass_through"]
    )
    cheaper = price / values["service_price"]
    return {
        "step_length": step_length,
        "list_price": price,
        "full_quality_demand": values["demand_scale"] * cheaper ** -values["demand_elasticity"],
        "price_gap": settle(values["price_speed"], step_length),
        "quality_gap": settle(values["quality_speed"], step_length),
        "staking_gap": settle(values["staking_speed"], step_length),
    }


def revenue_of(
    quality: float, capacity: float, list_price: float, full_demand: float, elasticity: float, units: float
) -> float:
    """E3-E5: what users pay in a year, at most for what capacity can serve."""
    served: float = min(full_demand * quality**elasticity, units * capacity)
    return list_price * served


def stake_flow_of(
    float_supply: float, staked: float, price: float, revenue: float, emission: float, emission_share: float,
    fee_share: float, required: float, ratio: float, elasticity: float, floor: float, ceiling: float, gap: float,
) -> float:  # fmt: skip
    """E17-E19: tokens that move from the float into stake within a step."""
    reward = (emission_share * emission + fee_share * revenue / price) / staked
    target: float = min(ceiling, max(floor, ratio * (max(reward, 0.0) / required) ** elasticity))
    return gap * (target * (float_supply + staked) - staked)


def burn_of(
    revenue: float, price: float, burn_share: float, float_supply: float, stake_flow: float, step_length: float
) -> float:
    """E6: tokens burned in a year, at most what is left in the float."""
    return min(burn_share * revenue / price, KEPT * (float_supply - max(0.0, stake_flow)) / step_length)


def capacity_after(
    capacity: float, price: float, revenue: float, emission: float, emission_share: float, fee_share: float,
    unit_cost: float, entry_speed: float, exit_speed: float, step_length: float,
) -> float:  # fmt: skip
    """E8, E9: providers enter where income is above cost and leave where it is below."""
    margin = (fee_share * revenue + emission_share * emission * price) / (capacity * unit_cost)
    speed = entry_speed if margin > 1.0 else exit_speed
    return capacity * math.exp(min(3.0, speed * step_length * (margin - 1.0)))


def quality_after(quality: float, capacity: float, half: float, steepness: float, gap: float) -> float:
    """E10: quality follows capacity."""
    reached: float = 1.0 / (1.0 + (half / capacity) ** steepness)
    return quality + gap * (reached - quality)


def spending_of(treasury: float, spend_rate: float, step_length: float) -> float:
    """E21: tokens that the treasury spends in a year."""
    return min(spend_rate * treasury, KEPT * treasury / step_length)


def float_after(
    float_supply: float, stake_flow: float, emission: float, treasury_share: float, spending: float, burn: float,
    step_length: float,
) -> float:  # fmt: skip
    """E20: what is minted outside the treasury and what it spends, less what is burned or bonded."""
    return float_supply - stake_flow + step_length * ((1.0 - treasury_share) * emission + spending - burn)


def price_after(price: float, holdings: float, float_supply: float, gap: float, noise: float) -> float:
    """E15, E16: the price closes part of its gap to the price that clears the market."""
    return price * math.exp(gap * math.log(holdings / (float_supply * price)) + noise)
