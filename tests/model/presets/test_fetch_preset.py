"""Fetch.ai: fixed inflation, nothing burned, supply by events."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from model import Run, equilibrium, load_network, project
from model.networks import fetch
from model.presets.network import Network
from model.reports.backcast import between
from model.supply_events import SupplyEvent


@pytest.fixture(scope="module")
def network() -> Network:
    return load_network("fetch")


@pytest.fixture(scope="module")
def ten_years(network: Network) -> Run:
    return project(network, years=10.1)


def test_a_year_of_block_rewards_is_the_chains_own(network: Network, ten_years: Run) -> None:
    """3 % a year compounded by block there and by week here: within 0.05 % of each year's rewards."""
    supply = float(ten_years.values("supply")[0, 0])
    per_block = fetch.block_provision(round(supply * 1e9)) / (supply * 1e9)
    assert per_block == pytest.approx(0.03 / fetch.BLOCKS_PER_YEAR, rel=1e-9)
    for year in range(10):
        since, until = (network.as_of + dt.timedelta(days=365.25 * edge) for edge in (year, year + 1))
        first, last = ((until_year * fetch.BLOCKS_PER_YEAR) for until_year in (year, year + 1))
        chain = supply * (math.exp(last * math.log1p(per_block)) - math.exp(first * math.log1p(per_block)))
        held = (until - since).days / 365.25
        assert between(ten_years, {"nominal_emission": 1.0}, since, until) == pytest.approx(chain * held, rel=5e-4)


def test_inflation_is_three_percent_of_supply_in_every_step_whatever_is_staked(network: Network) -> None:
    """The chain's rule for one block, 3 % / 6,311,520 of supply, times the blocks of a year."""
    for staked in (100e6, 1500e6):
        run = project(network, initial={"staked": staked}, years=1)
        supply, nominal = run.values("supply")[0], run.values("nominal_emission")[0]
        assert nominal == pytest.approx(0.03 * supply)
        block = fetch.block_provision(round(float(supply[0]) * 1e6)) / 1e6
        assert nominal[0] == pytest.approx(block * fetch.BLOCKS_PER_YEAR, rel=1e-6)


def test_nothing_is_burned_so_there_is_no_burn_mint_point(network: Network, ten_years: Run) -> None:
    """Section 11: Fetch is dull, and the report says why."""
    rest = equilibrium(network)
    assert rest.kind == "none"
    assert "burns nothing" in rest.reason
    assert ten_years.values("burn")[0].max() == 0


def test_ten_years_are_dull(ten_years: Run) -> None:
    price, supply = ten_years.values("price")[0], ten_years.values("supply")[0]
    assert price.min() / price[0] > 0.95
    assert price.max() / price[0] < 1.1
    assert (supply[-1] / supply[0]) ** (1 / ten_years.times[-1]) - 1 == pytest.approx(0.0304, abs=2e-4)


def test_circulating_and_staked_add_up_to_the_published_figures(network: Network) -> None:
    """2,370,780,389 circulating, 87.18 % of 2,719,493,897; a quarter of it staked is assumed."""
    start = network.initial
    circulating = start["float_supply"] + start["staked"]
    assert circulating == pytest.approx(2_370_780_389, abs=1)
    assert start["staked"] / circulating == pytest.approx(0.25)
    assert circulating / (circulating + start["treasury"]) == pytest.approx(0.8718, abs=5e-5)


def test_the_merger_mint_previewed_from_april_2024_more_than_doubles_supply() -> None:
    before = load_network("fetch@2024-04")
    event = SupplyEvent(dt.date(2024, 5, 3), "mint_treasury", 1_477_549_566, "Merger into ASI")
    run = project(before, events=[event], years=0.3)
    baseline, merged = run.values("supply")
    assert baseline[0] == pytest.approx(1_152_997_575)
    assert merged[-1] - baseline[-1] == pytest.approx(1_477_549_566, rel=0.01)
    assert before.as_of < event.date
