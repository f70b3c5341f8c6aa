"""Where each emission family leads in the long run (section 4 of the specification), by simulation."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from model import load_network, project
from model.engine.results import Run
from model.engine.stepper import run
from model.engine.worlds import assemble
from model.structure import EMISSION_FAMILIES, Structure
from tests.model.corners import of_structure
from tests.model.shapes import of_family

A, B, R = 0.6, 0.5, 10.0
"""Years of revenue held, burn share, revenue: with indifferent demand nothing else moves the token."""

ALONE = {
    "quality_elasticity": 0.0, "demand_scale": R, "revenue_linked_holdings": A, "speculative_holdings": 0.0,
    "burn_share": B, "provider_fee_share": 1 - B, "staker_fee_share": 0.0, "treasury_fee_share": 0.0,
    "provider_emission_share": 1.0, "staker_emission_share": 0.0, "treasury_emission_share": 0.0,
    "user_emission_share": 0.0, "price_speed": 52.0, "units_per_capacity": 1e6, "cost_pass_through": 0.0,
}  # fmt: skip
"""The bare economy of section 4: Z = 0, supply is float, price clears fast."""

STAKED = {
    "provider_emission_share": 0.0, "staker_emission_share": 1.0, "staking_ratio_at_required_yield": 0.5,
    "staking_yield_elasticity": 1.5, "required_staking_yield": 0.15,
}  # fmt: skip


def simulated(
    shape: Structure, values: dict[str, float], initial: dict[str, float], years: float, per_year: int = 52
) -> Run:
    start = of_structure(shape)
    known = {key: value for key, value in {**ALONE, **values}.items() if key in start.values}
    assert set(values) <= set(known)
    stocks = {**start.initial, "treasury": 0.0, "treasury_fiat": 0.0, "issued": 0.0, **initial}
    worlds = assemble(
        start.system, ["w"], {**start.values, **known}, stocks,
        step_length=1 / per_year, steps=round(years * per_year),
    )  # fmt: skip
    return Run(run(worlds, "kernel"), start=dt.date(2026, 1, 1), draws=[0])


def last(result: Run, name: str) -> float:
    return float(result.values(name)[0, -1])


def bare(family: str) -> Structure:
    return of_family(family, Structure(modules=frozenset()))


def test_constant_emission_ends_at_burn_equals_mint() -> None:
    """P* = bR/M, L* = aM/b, G* = b, from any start."""
    for price, held in ((0.1, 3.0), (9.0, 40.0)):
        result = simulated(bare("constant"), {"emission_rate": 4.0}, {"price": price, "float_supply": held}, 60)
        assert last(result, "price") == pytest.approx(B * R / 4, rel=1e-9)
        assert last(result, "float_supply") == pytest.approx(A * 4 / B, rel=1e-9)
        assert last(result, "revenue_gap") == pytest.approx(B, rel=1e-9)


@pytest.mark.parametrize(
    ("family", "values"),
    [
        ("time-halving", {"emission_rate": 4.0, "halving_years": 2.0, "schedule_age": 0.5}),
        ("supply-halving", {"emission_rate": 4.0, "maximum_supply": 40.0}),
        ("exponential", {"emission_rate": 4.0, "emission_decay": 0.3}),
        (
            "table",
            {
                "emission_table.1": 4.0, "emission_table.2": 3.0, "emission_table.3": 2.0, "schedule_age": 0.25,
                "emission_table_factor": 0.8, "emission_table_cap": 16.0,
            },
        ),
    ],
)  # fmt: skip
def test_the_fundamental_price_divides_by_what_is_outstanding_and_what_the_schedule_still_mints(
    family: str, values: dict[str, float]
) -> None:
    """P_F = bR/((rho - g)(S + W)): S + W falls by what is burned and by nothing else, whatever has been minted."""
    gauges = {"discount_rate": 0.25, "expected_growth": 0.05}
    initial = {"float_supply": 8.0, "price": A * R / 8.0}
    result = simulated(bare(family), {**values, **gauges}, initial, 7, per_year=365)
    whole = B * R / (0.2 * result.values("fundamental_price")[0])
    burned = result.values("burned")[0]
    np.testing.assert_allclose(whole + burned - burned[0], whole[0], rtol=1e-3)
    implied = 0.25 - B * R / (result.values("price")[0] * whole)
    np.testing.assert_allclose(result.values("implied_growth")[0], implied, rtol=1e-12)


def test_minting_without_an_end_leaves_no_fundamental_price_and_a_growth_above_the_rate_tells_none() -> None:
    endless = simulated(bare("constant"), {"emission_rate": 4.0, "discount_rate": 0.3}, {}, 1)
    assert last(endless, "fundamental_price") == 0
    assert last(endless, "implied_growth") == pytest.approx(0.3)
    ended = simulated(bare("constant"), {"emission_rate": 0.0, "expected_growth": 0.2}, {}, 1)
    assert np.isnan(last(ended, "fundamental_price"))
    moved = project("render", years=1, assumptions={"discount_rate": 0.4, "expected_growth": 0.0})
    plain = project("render", years=1)
    np.testing.assert_allclose(4 * moved.values("fundamental_price"), plain.values("fundamental_price"), rtol=1e-12)
    assert np.array_equal(moved.values("price"), plain.values("price"))


def test_a_fiat_indexed_mint_lowers_the_end_price_by_its_value() -> None:
    """P* = (bR - w)/M."""
    values = {"emission_rate": 4.0, "fiat_indexed_mint": 3.0}
    result = simulated(bare("constant"), values, {"price": 2.0, "float_supply": 3.0}, 150)
    assert last(result, "price") == pytest.approx((B * R - 3) / 4, rel=1e-9)


@pytest.mark.parametrize("decay", [0.05, 0.3, 1.5])
def test_exponential_decay_follows_its_closed_form(decay: float) -> None:
    """L(t) = (L0 - M0/(beta-l)) e^{-beta t} + M0/(beta-l) e^{-l t} with beta = b/a, and G ends at b - a l or none."""
    values = {"emission_rate": 4.0, "emission_decay": decay}
    held = 8.0
    initial = {"float_supply": held, "price": A * R / held}
    result = simulated(bare("exponential"), values, initial, 12, per_year=1500)
    beta, t = B / A, result.times
    part = 4 / (beta - decay)
    expected = (held - part) * np.exp(-beta * t) + part * np.exp(-decay * t)
    near = t <= (12 if decay < beta else 2)
    np.testing.assert_allclose(result.values("float_supply")[0, near], expected[near], rtol=0.02)
    assert last(result, "revenue_gap") == pytest.approx(max(0.0, B - A * decay), abs=0.03)


def test_a_time_halving_has_the_mean_rate_of_its_smooth_version() -> None:
    result = simulated(bare("time-halving"), {"emission_rate": 4.0, "halving_years": 2.0}, {}, 20)
    level = result.values("scheduled_emission")[0]
    assert np.log(level[0] / level[52 * 20]) / 20 == pytest.approx(np.log(2) / 2)


def test_epochs_of_supply_halvings_last_half_the_cap_over_the_base() -> None:
    """Each epoch lasts Imax/(2 M0) if nothing is recycled: 1,458.33 days on Bittensor's 21 million and 7,200 a day."""
    values = {"emission_rate": 7200 * 365.25, "maximum_supply": 21e6}
    initial = {"float_supply": 1e6, "price": 6e-6}
    result = simulated(bare("supply-halving"), values, initial, 13, per_year=365)
    level = result.values("scheduled_emission")[0]
    falls = result.times[1:][np.diff(level) < 0] * 365.25
    assert len(falls) == 3
    np.testing.assert_allclose(falls, np.arange(1, 4) * 1458.33, atol=4)
    assert np.log(2) / (1458.33 / 365.25) == pytest.approx(0.1736, abs=1e-4)


def test_a_percentage_has_a_rate_and_no_level() -> None:
    """n = i - bR/(PS): supply grows or shrinks for ever, at the rate that market value decides."""
    for rate, sign in ((0.95, 1), (0.6, -1)):
        result = simulated(bare("percentage"), {"inflation_rate": rate}, {"float_supply": 5.0, "price": 1.2}, 30)
        supply = result.values("supply")[0]
        growth = np.log(supply[-1] / supply[-53])
        assert np.sign(growth) == sign
        assert last(result, "net_emission_rate") == pytest.approx(rate - B * R / last(result, "market_cap"), rel=1e-9)
        assert growth == pytest.approx(rate - B / A, abs=0.02)


def test_target_bonded_inflation_settles_where_the_target_is_bonded() -> None:
    """sigma = sigma_g, i* = r_o sigma_0^(-1/xi) sigma_g^((1+xi)/xi), all emission to stakers."""
    shape = of_family("target-bonded", Structure())
    target = 0.67
    values = {**STAKED, "burn_share": 0.0, "provider_fee_share": 1.0, "target_bonded_ratio": target,
              "inflation_floor": 0.0, "inflation_cap": 1.0, "inflation_response": 0.5}  # fmt: skip
    initial = {"float_supply": 60.0, "staked": 40.0, "price": 0.1, "inflation": 0.1}
    result = simulated(shape, values, initial, 80)
    growth = float(np.diff(np.log(result.values("supply")[0][-2:]))[0]) * 52
    expected = 0.15 * 0.5 ** (-1 / 1.5) * target ** (2.5 / 1.5)
    assert last(result, "bonded_ratio") == pytest.approx(target, rel=1e-6)
    # Stake must also keep up with supply, so the yield is a little above the standing one.
    lag = (1 + growth / 3.0) ** (1 / 1.5)
    assert last(result, "inflation") == pytest.approx(expected * lag, rel=0.01)


def test_a_required_yield_too_high_leaves_inflation_at_its_cap_and_stake_below_its_target() -> None:
    shape = of_family("target-bonded", Structure())
    values = {**STAKED, "required_staking_yield": 1.5, "target_bonded_ratio": 0.67}
    result = simulated(shape, values, {"float_supply": 60.0, "staked": 40.0, "price": 0.1, "inflation": 0.1}, 60)
    assert last(result, "inflation") == pytest.approx(0.20)
    assert last(result, "bonded_ratio") < 0.6


def test_fixed_steps_toward_a_target_never_settle() -> None:
    shape = of_family("target-bonded-step", Structure())
    values = {**STAKED, "inflation_floor": 0.0, "inflation_cap": 1.0, "target_bonded_ratio": 0.6}
    result = simulated(shape, values, {"float_supply": 60.0, "staked": 40.0, "price": 0.1, "inflation": 0.1}, 120)
    moves = np.diff(result.values("inflation")[0])
    assert np.allclose(np.abs(moves), 0.087 / 52)
    late = moves[-52 * 40 :]
    assert 0.3 < (late > 0).mean() < 0.7
    assert np.count_nonzero(np.diff(np.sign(late))) > 4


def test_square_root_emission_ends_where_stake_and_burn_rate_decide() -> None:
    """S* = (k/b_E)^2 sigma with b_E the burn per token and year."""
    shape = of_family("square-root-stake", Structure())
    values = {
        "square_root_coefficient": 1.3, "staking_yield_elasticity": 0.5, "required_staking_yield": 0.15,
        "staking_ratio_at_required_yield": 0.4, "staker_emission_share": 0.5, "provider_emission_share": 0.5,
    }  # fmt: skip
    result = simulated(shape, values, {"float_supply": 5.0, "staked": 5.0, "price": 1.0}, 200)
    supply, bonded = last(result, "supply"), last(result, "bonded_ratio")
    burn_rate = last(result, "burn") / supply
    assert supply == pytest.approx((1.3 / burn_rate) ** 2 * bonded, rel=1e-8)
    assert burn_rate == pytest.approx(B / A * (1 - bonded), rel=1e-6)


def capped(cap: float, price: float) -> Run:
    shape = Structure(modules=frozenset({"net-emission"}))
    values = {"emission_rate": 0.0, "net_emission_cap": cap, "remint_speed": 100.0}
    return simulated(shape, values, {"float_supply": A * R / price, "price": price, "remint_pool": 0.0}, 120)


def test_net_emission_below_its_cap_leaves_supply_where_it_is() -> None:
    """Every supply is a rest point while burn is below the cap."""
    for price in (1.0, 2.0):
        result = capped(6.0, price)
        assert last(result, "supply") == pytest.approx(A * R / price, rel=0.03)
        assert last(result, "revenue_gap") == pytest.approx(B, rel=1e-6)


def test_net_emission_above_its_cap_shrinks_to_the_supply_of_the_cap() -> None:
    """L* = a cap/b and P* = bR/cap."""
    result = capped(2.0, 1.0)
    assert last(result, "float_supply") == pytest.approx(A * 2 / B, rel=1e-6)
    assert last(result, "price") == pytest.approx(B * R / 2, rel=1e-6)


def test_a_tail_keeps_emission_from_ending() -> None:
    result = simulated(bare("exponential"), {"emission_rate": 4.0, "emission_decay": 1.0, "tail_emission": 0.5}, {}, 60)
    assert last(result, "emission") == pytest.approx(0.5)
    assert last(result, "price") == pytest.approx(B * R / 0.5, rel=1e-6)


def test_without_revenue_the_price_decays_hyperbolically_and_ratios_to_revenue_do_not_exist() -> None:
    """Section 5.4: supported by speculation alone, P ~ Z/(M t)."""
    values = {"demand_scale": 0.0, "speculative_holdings": 6.0, "emission_rate": 4.0}
    result = simulated(bare("constant"), values, {"float_supply": 5.0, "price": 1.2}, 100)
    assert last(result, "burn") == 0.0
    assert last(result, "price") * (5 + 4 * 100) == pytest.approx(6.0, rel=1e-3)
    shown = result.select(["revenue", "revenue_gap", "half_life_years", "user_price"])
    assert shown["revenue"].null_count() == 0
    for ratio in ("revenue_gap", "half_life_years", "user_price"):
        assert shown[ratio].null_count() == shown.height


def test_emission_scale_scales_every_family() -> None:
    for family in EMISSION_FAMILIES:
        start = of_structure(of_family(family, Structure()))
        worlds = start.worlds({"emission_scale": np.array([1.0, 0.5, 0.0])}, 1)
        result = Run(run(worlds, "polars"), start=dt.date(2026, 1, 1), draws=[0])
        level = result.values("nominal_emission")[:, 0]
        assert level[0] > 0
        np.testing.assert_allclose(level[1:] / level[0], [0.5, 0.0], rtol=1e-14)


def test_a_changed_schedule_age_moves_the_edges() -> None:
    network = load_network("render")
    values = project(network, years=4).values("scheduled_emission")[0]
    assert network.structure.emission == "table"
    older = replace(network, values={**network.values, "schedule_age": network.values["schedule_age"] + 1.0})
    moved = project(older, years=3).values("scheduled_emission")[0]
    year = round(1 / network.step_length)
    np.testing.assert_allclose(moved[:100], values[year : year + 100], rtol=0.25)
    assert not np.array_equal(moved[:100], values[:100])
