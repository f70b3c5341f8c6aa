"""Stability by criterion and by the real step map."""

from __future__ import annotations

import numpy as np
import pytest

from model import equilibrium, load_network
from model.engine.stepper import run
from model.engine.worlds import Floats, assemble
from model.rest.step_map import NUDGE
from tests.validation import Record

DRAWS = 10_000
STATES = ("capacity", "quality", "staked", "treasury", "float_supply", "price")


def random_rest_points(count: int, seed: int) -> tuple[dict[str, Floats], dict[str, Floats], Floats]:
    """Random one-role networks built around a rest point each: values, stocks and the feedback e = eta h (1 - q).

    Cost, half-quality capacity and the staking level are solved from the point, so that it is one exactly.
    """
    rng = np.random.default_rng(seed)

    def between(low: float, high: float) -> Floats:
        return np.exp(rng.uniform(np.log(low), np.log(high), count))

    network = load_network("textbook")
    values = {key: np.full(count, value) for key, value in network.values.items()}
    quality = rng.uniform(0.03, 0.97, count)
    eta, steepness, capacity = between(0.3, 2.0), between(0.5, 4.0), between(0.1, 20)
    revenue = between(0.5, 50)
    split = rng.dirichlet((2, 2, 1), count)
    emission_split = rng.dirichlet((3, 2, 1, 1), count)
    mint, staking_ratio = between(0.5, 20), rng.uniform(0.1, 0.9, count)
    values.update(
        burn_share=split[:, 0],
        provider_fee_share=split[:, 1],
        staker_fee_share=split[:, 2],
        provider_emission_share=emission_split[:, 0],
        staker_emission_share=emission_split[:, 1],
        treasury_emission_share=emission_split[:, 2],
        user_emission_share=emission_split[:, 3],
        emission_rate=mint,
        quality_elasticity=eta,
        quality_steepness=steepness,
        half_quality_capacity=capacity * ((1 - quality) / quality) ** (1 / steepness),
        demand_scale=revenue / quality**eta,
        units_per_capacity=np.full(count, 1e6),
        revenue_linked_holdings=between(0.05, 3),
        speculative_holdings=between(0.05, 20),
        price_speed=between(1, 20),
        quality_speed=between(0.5, 12),
        staking_speed=between(0.5, 10),
        staking_yield_elasticity=between(0.2, 2),
        treasury_spend_rate=between(0.05, 2),
    )
    speed = between(0.2, 4)
    values.update(entry_speed=speed, exit_speed=speed)
    stocks = solved(values, revenue, capacity, quality, staking_ratio)
    return values, stocks, eta * steepness * (1 - quality)


def solved(
    values: dict[str, Floats], revenue: Floats, capacity: Floats, quality: Floats, staking_ratio: Floats
) -> dict[str, Floats]:
    """Stocks at the rest point; sets the cost and the staking level at which it is one."""
    mint = values["emission_rate"]
    price = values["burn_share"] * revenue / mint
    liquid = (values["revenue_linked_holdings"] * revenue + values["speculative_holdings"]) / price
    staked = liquid * staking_ratio / (1 - staking_ratio)
    income = revenue * (values["provider_fee_share"] + values["provider_emission_share"] * values["burn_share"])
    values["unit_cost"] = income / capacity
    values["reference_unit_cost"] = values["unit_cost"]
    yields = (values["staker_emission_share"] * mint + values["staker_fee_share"] * revenue / price) / staked
    values["staking_ratio_at_required_yield"] = (
        staking_ratio * (values["required_staking_yield"] / yields) ** values["staking_yield_elasticity"]
    )
    return {
        "capacity": capacity,
        "quality": quality,
        "staked": staked,
        "float_supply": liquid,
        "price": price,
        "treasury": values["treasury_emission_share"] * mint / values["treasury_spend_rate"],
    }


def radii(values: dict[str, Floats], stocks: dict[str, Floats]) -> tuple[Floats, Floats]:
    """Spectral radius of the weekly step map of every draw, and the largest residual, in one kernel run."""
    network = load_network("textbook")
    count, width = len(stocks["price"]), 2 * len(STATES) + 1
    starts = {name: np.repeat(stocks[name], width) for name in STATES}
    for i, name in enumerate(STATES):
        block = starts[name].reshape(count, width)
        block[:, 2 * i] *= 1 + NUDGE
        block[:, 2 * i + 1] *= 1 - NUDGE
    initial = {name: starts.get(name, np.zeros(count * width)) for name in network.system.initial_keys}
    worlds = assemble(
        network.system,
        ["draw"] * (count * width),
        {key: np.repeat(value, width) for key, value in values.items()},
        initial,
        step_length=network.step_length,
        steps=1,
    )
    order = [network.system.state_names.index(name) for name in STATES]
    after = run(worlds).states[order, :, 1].reshape(len(STATES), count, width)
    relative = after / np.stack([stocks[name] for name in STATES])[:, :, None]
    slopes = (relative[:, :, 0:-1:2] - relative[:, :, 1:-1:2]) / (2 * NUDGE)
    eigenvalues = np.linalg.eigvals(np.moveaxis(slopes, 1, 0))
    return np.abs(eigenvalues).max(axis=1), np.abs(relative[:, :, -1] - 1).max(axis=0)


def test_criterion_and_spectral_radius_agree_on_ten_thousand_draws(figure: Record) -> None:
    """e < 1 exactly where the weekly map attracts, w = 0, away from the fold and with slow float turnover."""
    values, stocks, feedback = random_rest_points(DRAWS, seed=11)
    radius, residual = radii(values, stocks)
    assert residual.max() < 1e-11
    turnover = values["emission_rate"] / stocks["float_supply"] / 52
    judged = (np.abs(feedback - 1) > 0.02) & (turnover < 0.25)
    assert judged.sum() > 0.9 * DRAWS
    assert 0.2 < (feedback[judged] < 1).mean() < 0.8
    disagree = (feedback < 1)[judged] != (radius < 1)[judged]
    figure("stability", disagree.sum())


def test_textbook_map_attracts_at_the_upper_point_and_repels_at_the_lower() -> None:
    """Section 6.3: .99495 stable, 1.00827 unstable."""
    upper, lower = equilibrium("textbook").points
    assert upper.spectral_radius == pytest.approx(0.99495, abs=5e-6)
    assert lower.spectral_radius == pytest.approx(1.00827, abs=5e-6)
    assert upper.stable
    assert not lower.stable
    assert max(abs(r) for r in upper.step_map.residuals.values()) < 1e-12


@pytest.mark.parametrize("name", ["textbook", "textbook-roles", "textbook-merit"])
def test_both_verdicts_are_given_and_agree(name: str) -> None:
    for point in equilibrium(name).points:
        assert point.stable_by_criterion == point.stable_by_radius == point.stable


def test_feedback_is_the_slope_of_the_scalar_equation() -> None:
    """e_N = eta h (1 - q) with one role."""
    for point in equilibrium("textbook").points:
        assert point.quality_feedback == pytest.approx(2 * (1 - point.quality), abs=1e-9)


def test_merit_feedback_includes_the_validators_link() -> None:
    """C6: total e = .429790, more than the sum of the roles' own."""
    point = equilibrium("textbook-merit").points[0]
    assert point.quality_feedback == pytest.approx(0.429790, abs=5e-7)


def test_a_kinked_map_reports_the_larger_radius_of_its_two_speeds() -> None:
    slow = equilibrium("textbook", assumptions={"entry_speed": 0.5, "exit_speed": 0.5}).points[0].spectral_radius
    fast = equilibrium("textbook", assumptions={"entry_speed": 4, "exit_speed": 4}).points[0].spectral_radius
    both = equilibrium("textbook", assumptions={"entry_speed": 0.5, "exit_speed": 4}).points[0].spectral_radius
    assert both == pytest.approx(max(slow, fast), abs=1e-12)
