"""Numbers that others have published, from the model's own equations (economics specification, sections 10 and 12)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from model import equilibrium, load_network, project
from model.engine.results import Run
from model.parameters import parameters_by_word
from model.rest.thresholds import fundamental_price, implied_growth
from tests.model.presets.preset_files import Value, write_preset
from tests.validation import Record

DAYS = 365.25
CIRCULATING_RENDER = 518.58e6


def first_day(run: Run, name: str) -> float:
    return float(run.values(name)[0, 0])


def one_day(
    folder: Path,
    observed: Mapping[str, float],
    parameters: Mapping[str, float],
    structure: Mapping[str, Value] | None = None,
) -> Run:
    """The first steps of a small network with these figures."""
    return project(load_network(write_preset(folder, observed, parameters, structure)), years=0.02, engine="polars")


# ---- row 2: Render, Salad -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("burned_share", "reward_share", "burned", "price", "rewarded", "more_burned"),
    [
        (0.60, 0.56, 300, 2.00, 280, 7.1),
        (0.60, 0.56, 300, 2.10, 266.7, 12.5),
        (0.60, 0.56, 300, 1.90, 294.74, 1.8),
        (0.35, 0.31, 175, 2.00, 155, 12.9),
        (0.35, 0.31, 175, 2.10, 147.62, 18.5),
        (0.35, 0.31, 175, 1.90, 163.16, 7.3),
    ],
)
def test_the_worked_examples_of_salad_are_reproduced(
    tmp_path: Path,
    burned_share: float,
    reward_share: float,
    burned: float,
    price: float,
    rewarded: float,
    more_burned: float,
    figure: Record,
) -> None:
    """RNP-023, "Examples": USD 1,000 burned at USD 2.00, rewards minted at USD 2.00, 2.10 or 1.90."""
    shares = {
        "burn_share": burned_share,
        "provider_fee_share": 1 - burned_share,
        "fiat_reward_share": reward_share,
        "emission_rate": 0.0,
    }
    at_burn = one_day(tmp_path, {"revenue": 1000, "price": 2.0, "float_supply": 1e6}, shares)
    at_reward = one_day(tmp_path, {"revenue": 1000, "price": price, "float_supply": 1e6}, shares)
    assert first_day(at_burn, "burn") == pytest.approx(burned)
    minted = first_day(at_reward, "emission")
    places = 1 if round(rewarded, 1) == rewarded else 2
    assert round(minted, places) == rewarded
    figure("salad", abs(100 * (burned / minted - 1) - more_burned))


# ---- rows 5 and 6: Helium -------------------------------------------------------------------------------------------
def test_the_fifty_years_of_the_helium_table_are_reproduced(tmp_path: Path, figure: Record) -> None:
    """HIP-20, table: 60M HNT a year, halved every two years; 239,999,989 at the start of year 50; limit 240M."""
    path = write_preset(
        tmp_path,
        parameters={"emission_rate": 60e6, "halving_years": 2},
        structure={"emission": "time-halving"},
    )
    run = project(load_network(path), years=50, step="month")
    by_year = run.values("scheduled_emission")[0, :-1].reshape(50, 48).sum(axis=1) / 48
    at_start = np.concatenate([[0], by_year.cumsum()])
    assert list(by_year[:10]) == [60e6, 60e6, 30e6, 30e6, 15e6, 15e6, 7.5e6, 7.5e6, 3.75e6, 3.75e6]
    printed = {20: 239_648_438, 30: 239_989_014, 40: 239_999_657, 50: 239_999_989}
    figure("helium", max(abs(at_start[year - 1] - tokens) for year, tokens in printed.items()))
    assert by_year[48] == pytest.approx(3.6, abs=0.05)
    assert at_start[-1] < 240e6


def test_the_net_emission_cap_of_helium_is_one_percent_of_its_issuance(tmp_path: Path) -> None:
    """HIP-20: 34.24 HNT per 30-minute epoch are 1 % of 3,424, and 1,643.5 a day; the pool pays 1/336 an epoch."""
    epochs = 48 * DAYS
    path = write_preset(
        tmp_path,
        observed={"price": 0.001, "float_supply": 1e9, "revenue": 1e6},
        parameters={
            "burn_share": 1.0,
            "emission_rate": 3424 * epochs,
            "net_emission_cap": 34.24 * epochs,
            "remint_speed": epochs / 336,
        },
        structure={"modules": ["net-emission"]},
    )
    run = project(load_network(path), years=1)
    assert first_day(run, "burn") > 34.24 * epochs
    reminted = run.values("reminted")[0, -1]
    assert reminted / first_day(run, "scheduled_emission") == pytest.approx(0.01, rel=1e-9)
    assert reminted / DAYS == pytest.approx(1643.5, abs=0.1)


def test_a_million_dollars_a_month_are_worth_twenty_dollars_a_token_after_the_last_halving(tmp_path: Path) -> None:
    """HIP-20 co-authors' thread: at a cap of 50,000 HNT a month, USD 1M of burns a month support USD 20."""
    path = write_preset(
        tmp_path,
        observed={"price": 40.0, "float_supply": 1e6, "revenue": 12e6, "revenue_linked_share": 1.0},
        parameters={
            "burn_share": 1.0,
            "emission_rate": 0.0,
            "fiat_indexed_mint": 1.0,
            "net_emission_cap": 600_000.0,
            "remint_speed": 52.0,
            "quality_elasticity": 0.0,
        },
        structure={"modules": ["net-emission"]},
    )
    for start in (15.0, 10.0):
        run = project(load_network(path), initial={"price": start, "float_supply": 40e6 / start}, years=60)
        assert run.values("price")[0, -1] == pytest.approx(20, rel=1e-3)
        assert run.values("burn")[0, -1] == pytest.approx(600_000, rel=1e-3)


@pytest.mark.parametrize(
    ("cents_per_gigabyte", "supplement", "price"), [(50, 0, 2.21), (10, 0, 0.443), (10, 196_000, 0.042)]
)
def test_the_burn_mint_price_of_helium_is_reproduced(
    tmp_path: Path, cents_per_gigabyte: float, supplement: float, price: float
) -> None:
    """HIP-149 figures (section 10): 91,000 GB and 20,548 HNT a day, with and without 196,000 more a day."""
    run = one_day(
        tmp_path,
        {"price": 0.27, "float_supply": 182.5e6, "revenue": 91_000 * DAYS * cents_per_gigabyte / 100},
        {"burn_share": 1.0, "emission_rate": (20_548 + supplement) * DAYS},
    )
    assert first_day(run, "burn_mint_price") == pytest.approx(price, rel=2e-3)


# ---- rows 8 and 14: Bittensor ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("issued", "a_day"),
    [
        (10_499_999, 7200),
        (10_500_000, 3600),
        (11_100_766.877818994, 3600),
        (15_749_999, 3600),
        (15_750_000, 1800),
        (18_374_999, 1800),
        (19_687_500, 450),
        (20_671_875, 112.5),
    ],
)
def test_bittensor_halves_by_issuance(tmp_path: Path, issued: float, a_day: float, figure: Record) -> None:
    """subtensor, block_emission.rs: 7,200 TAO a day, half of it once half of the remaining 21M is issued."""
    run = one_day(
        tmp_path,
        {"issued": issued},
        {"emission_rate": 7200 * DAYS, "maximum_supply": 21e6},
        {"emission": "supply-halving"},
    )
    figure("halvings", abs(first_day(run, "scheduled_emission") / DAYS / a_day - 1))


def test_an_epoch_of_bittensor_lasts_1458_days_when_nothing_is_recycled(tmp_path: Path) -> None:
    """Section 4: I_max / (2 M_0) = 1,458.33 days from one halving to the next."""
    path = write_preset(
        tmp_path,
        observed={"issued": 10.5e6},
        parameters={"emission_rate": 7200 * DAYS, "maximum_supply": 21e6},
        structure={"emission": "supply-halving"},
    )
    run = project(load_network(path), years=4.1, step="day")
    a_day = run.values("scheduled_emission")[0] / DAYS
    assert int((a_day < 3000).argmax()) == 1459
    assert run.values("issued")[0, 1458] < 15.75e6 <= run.values("issued")[0, 1459]


def test_the_press_ratio_of_bittensor_is_emission_value_over_revenue(tmp_path: Path, figure: Record) -> None:
    """Press, first quarter of 2026: 7.6 to 1 = USD 328.7M / 43M; burn-mint price 32.70 at b = 1, 6.54 at b = .2."""
    observed = {"price": 250.0, "float_supply": 10.83e6, "revenue": 43e6, "issued": 10.83e6}
    schedule = {"emission_rate": 7200 * DAYS, "maximum_supply": 21e6}
    family = {"emission": "supply-halving"}
    burning_all = one_day(tmp_path, observed, {"burn_share": 1.0, **schedule}, family)
    burning_a_fifth = one_day(tmp_path, observed, {"burn_share": 0.2, "provider_fee_share": 0.8, **schedule}, family)
    assert round(first_day(burning_all, "revenue_gap"), 3) == 7.645
    figure("tao-gap", abs(first_day(burning_all, "revenue_gap") - 7.6))
    assert round(first_day(burning_all, "price") * first_day(burning_all, "emission") / 1e6, 1) == 328.7
    assert round(first_day(burning_all, "emission") / first_day(burning_all, "supply"), 4) == 0.1214
    assert round(first_day(burning_all, "burn_mint_price"), 2) == 32.70
    assert round(first_day(burning_a_fifth, "burn_mint_price"), 2) == 6.54
    assert round(first_day(burning_all, "market_cap") / 43e6) == 63


# ---- row 9: Cosmos --------------------------------------------------------------------------------------------------
def _bonded(folder: Path, *, steps_per_year: float = 52, **parameters: float) -> Path:
    return write_preset(
        folder,
        observed={"inflation": 0.07, "float_supply": 100.0, "staked": 0.0},
        parameters=parameters,
        structure={"emission": "target-bonded", "modules": ["staking"]},
        steps_per_year=steps_per_year,
    )


def test_cosmos_inflation_rises_from_7_to_20_percent_within_a_year_when_nothing_is_bonded(
    tmp_path: Path, figure: Record
) -> None:
    """Cosmos SDK x/mint: 13 points a year at a bonded ratio of zero, not a week before the year is over."""
    rate = project(load_network(_bonded(tmp_path)), years=1.5).values("inflation")[0]
    assert rate[0] == pytest.approx(0.07)
    figure("cosmos", abs(rate[52] / 0.20 - 1))
    assert rate[51] == pytest.approx(0.07 + 0.13 * 51 / 52)
    assert rate[-1] == 0.20


def test_cosmos_inflation_stays_at_the_lower_cap_of_proposal_848(tmp_path: Path) -> None:
    """Cosmos proposal 848: the highest inflation falls from 20 to 10 %."""
    rate = project(load_network(_bonded(tmp_path, inflation_cap=0.10)), years=3).values("inflation")[0]
    assert rate[-1] == rate.max() == 0.10


def test_livepeer_moves_its_inflation_by_half_a_millionth_a_round(tmp_path: Path) -> None:
    """Livepeer Minter.setInflation: 500 parts per billion each 21-hour round, up or down, whatever the distance."""
    rounds = DAYS * 24 / 21
    assert parameters_by_word["inflation_step"].default == pytest.approx(500e-9 * rounds**2, abs=2e-4)
    path = write_preset(
        tmp_path,
        observed={"inflation": 0.10, "float_supply": 100.0, "staked": 0.0},
        parameters={"inflation_floor": 0.0, "inflation_cap": 1.0, "target_bonded_ratio": 0.5},
        structure={"emission": "target-bonded-step", "modules": ["staking"]},
    )
    network = load_network(path)
    rate = project(network, years=1).values("inflation")[0]
    assert np.diff(rate) == pytest.approx(0.087 * network.step_length)


# ---- rows 10 and 11: Ethereum ---------------------------------------------------------------------------------------
BASE_REWARD = 64 * (225 * DAYS) * np.sqrt(1e9) / 1e9
"""Ether a year per square root of staked ether: 64 x sqrt(gwei) a slot epoch, 225 epochs a day."""


@pytest.mark.parametrize(("staked", "issued", "gross_yield"), [(33.6e6, 964_101, 0.02869), (524_288, 120_431, 0.2297)])
def test_ethereum_issues_with_the_square_root_of_the_stake(
    tmp_path: Path, staked: float, issued: float, gross_yield: float, figure: Record
) -> None:
    """Consensus specifications and CADLabs: factor 166.32; 964,101 ETH a year at 33.6M staked, yields 2.87, 22.97 %."""
    assert round(BASE_REWARD, 2) == 166.32 == parameters_by_word["square_root_coefficient"].default
    run = one_day(
        tmp_path,
        {"price": 2000, "float_supply": 120.4e6 - staked, "staked": staked, "revenue": 1e9},
        {"square_root_coefficient": BASE_REWARD, "provider_emission_share": 0.0, "staker_emission_share": 1.0},
        {"emission": "square-root-stake", "modules": ["staking"]},
    )
    figure("ethereum", abs(first_day(run, "emission") - issued))
    assert first_day(run, "emission") / staked == pytest.approx(gross_yield, abs=5e-6 if staked > 1e6 else 5e-5)
    assert first_day(run, "staking_yield") == pytest.approx(first_day(run, "emission") / staked)


def test_supply_rests_where_the_square_of_factor_over_burn_rate_puts_it(tmp_path: Path) -> None:
    """Elowsson, ethresear.ch 10954: S* = (cF/b)^2 d, b the burned share of supply a year, d the staked share."""
    path = write_preset(
        tmp_path,
        observed={"price": 2000, "float_supply": 87e6, "staked": 33.6e6, "revenue": 2e9},
        parameters={
            "square_root_coefficient": BASE_REWARD,
            "provider_emission_share": 0.0,
            "staker_emission_share": 1.0,
        },
        structure={"emission": "square-root-stake", "modules": ["staking"]},
    )
    point = equilibrium(load_network(path)).points[0]
    supply = point.float_supply + point.staked
    burn_rate = 0.5 * point.revenue / point.price / supply
    assert supply == pytest.approx((BASE_REWARD / burn_rate) ** 2 * point.staking_ratio, rel=1e-6)


# ---- row 12 and section 10: Internet Computer -----------------------------------------------------------------------
def test_the_net_rate_of_mission_70_needs_1_76_xdr_per_token(tmp_path: Path) -> None:
    """Mission 70: 3.45 + 1.97 = 5.42 % minted, less 2.50 points burned at 0.77 XDR a second, net 2.92 %."""
    run = one_day(
        tmp_path,
        {"price": 1.76, "float_supply": 552e6, "revenue": 0.77 * 31_557_600},
        {"burn_share": 1.0, "inflation_rate": 0.0345 + 0.0197},
        {"emission": "percentage"},
    )
    assert round(100 * first_day(run, "burn") / first_day(run, "supply"), 2) == 2.50
    assert round(100 * first_day(run, "net_emission_rate"), 2) == 2.92


def test_the_internet_computer_is_net_zero_at_282_million_dollars_of_revenue_a_fifth_of_it_burned(
    tmp_path: Path,
) -> None:
    """Section 10: 552M ICP, 3.78 % minted a year, USD 2.70."""
    run = one_day(
        tmp_path,
        {"price": 2.70, "float_supply": 552e6, "revenue": 282e6},
        {"burn_share": 0.2, "provider_fee_share": 0.8, "inflation_rate": 0.0378},
        {"emission": "percentage"},
    )
    assert round(first_day(run, "burn_mint_ratio"), 2) == 1.00


# ---- section 10: Render as a claim on burns -------------------------------------------------------------------------
def test_the_burns_of_render_alone_would_be_worth_two_cents(tmp_path: Path) -> None:
    """Section 10: at 20 % discount and 10 % growth USD 0.0186; the price of 1.90 needs 19.9 % growth for ever."""
    burned = 12_125 * 52 * 1.90
    run = one_day(
        tmp_path,
        {"price": 1.90, "float_supply": CIRCULATING_RENDER, "revenue": burned / 0.95},
        {"burn_share": 0.95, "treasury_fee_share": 0.05, "emission_rate": 5_637_150},
    )
    value = first_day(run, "burn") * first_day(run, "price")
    assert value == pytest.approx(burned)
    assert round(fundamental_price(value, 644_245_094, 0.20, 0.10), 4) == 0.0186
    assert round(100 * implied_growth(1.90, value, 644_245_094, 0.20), 1) == 19.9


# ---- row 17 and the identity behind all of them ---------------------------------------------------------------------
def test_the_default_price_elasticity_is_the_published_one() -> None:
    """NBER working paper on the market for language models: short-run price elasticity -1.11."""
    declared = parameters_by_word["demand_elasticity"]
    assert declared.default == 1.11
    assert "1.11" in declared.source.title


@pytest.mark.parametrize("network", ["payment", "staking", "governance", "revenue-share", "render"])
def test_the_revenue_gap_is_burn_plus_growth_of_supply_on_every_path(network: str) -> None:
    """Section 8, an identity: G = P B/R + (MC/R) dS/S."""
    run = project(network, years=5)
    price, revenue, supply = (run.values(name)[0] for name in ("price", "revenue", "supply"))
    growth = np.diff(supply) / run.paths.worlds.step_length
    right = price[:-1] * (run.values("burn")[0, :-1] + growth) / revenue[:-1]
    assert run.values("revenue_gap")[0, :-1] == pytest.approx(right, rel=1e-7)
