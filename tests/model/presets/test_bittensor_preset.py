"""Bittensor: published figures, halvings by issuance, and ten years that do not collapse."""

from __future__ import annotations

import datetime as dt

import pytest

from model import Run, equilibrium, load_network, project
from model.networks import bittensor
from model.presets.network import Network
from model.reports.backcast import at, between


@pytest.fixture(scope="module")
def network() -> Network:
    return load_network("bittensor")


@pytest.fixture(scope="module")
def ten_years(network: Network) -> Run:
    return project(network, years=10.1)


def first(run: Run, name: str, world: int = 0) -> float:
    return float(run.values(name)[world, 0])


def test_the_gap_of_section_10_is_reproduced(network: Network, ten_years: Run) -> None:
    """USD 250, 1,314,900 TAO a year, revenue 43M: 328.7M emitted, 7.64 for each dollar; the press says 7.6."""
    emitted = first(ten_years, "nominal_emission") * network.initial["price"]
    assert first(ten_years, "nominal_emission") == pytest.approx(1_314_900)
    assert round(emitted / 1e6, 1) == 328.7
    assert emitted / 43e6 == pytest.approx(7.645, abs=5e-4)
    assert first(ten_years, "revenue_gap") == pytest.approx(7.645 * 0.99216, abs=1e-3)


def test_the_float_and_gross_inflation_of_section_10_are_reproduced(ten_years: Run) -> None:
    """10.83M TAO circulating, 70 % staked: 12.14 % gross inflation, a float of 3.249M TAO worth 812M USD."""
    assert round(100 * first(ten_years, "nominal_emission") / first(ten_years, "supply"), 2) == 12.14
    assert first(ten_years, "staking_ratio") == pytest.approx(0.7)
    assert round(first(ten_years, "float_supply") * first(ten_years, "price") / 1e6) == 812


@pytest.mark.parametrize(("burn", "price"), [(1.0, 32.70), (0.2, 6.54)])
def test_the_burn_mint_price_of_section_10_is_reproduced(network: Network, burn: float, price: float) -> None:
    run = project(
        network,
        changes={"burn_share": burn},
        funded_by="providers",
        assumptions={"issuance_realised_share": 1.0},
        years=0.02,
    )
    assert round(first(run, "burn_mint_price", 1), 2) == price


def test_a_year_of_emission_is_the_chains_own(network: Network, ten_years: Run) -> None:
    """Nominal emission year by year; in a year with a halving it may come one step of seven days late."""
    start = round(network.initial["issued"] * bittensor.RAO)
    recycled = 1 - network.values["issuance_realised_share"]
    halved_years = 0
    for year in range(10):
        chain = [
            bittensor.issuance_after(start, round(edge * bittensor.BLOCKS_PER_YEAR), recycled_share=recycled)
            for edge in (year, year + 1)
        ]
        gross = (chain[1] - chain[0]) / bittensor.RAO / (1 - recycled)
        since, until = (network.as_of + dt.timedelta(days=365.25 * edge) for edge in (year, year + 1))
        stepped = between(ten_years, {"nominal_emission": 1.0}, since, until)
        halved = bittensor.halvings(chain[0]) != bittensor.halvings(chain[1])
        halved_years += halved
        a_day = bittensor.daily_emission(chain[0])
        assert abs(stepped - gross) < (4.5 * a_day if halved else 0.8 * a_day)
    assert halved_years == 2


def test_issuance_after_ten_years_is_the_chains_own(network: Network, ten_years: Run) -> None:
    start = round(network.initial["issued"] * bittensor.RAO)
    recycled = 1 - network.values["issuance_realised_share"]
    chain = bittensor.issuance_after(start, 10 * round(bittensor.BLOCKS_PER_YEAR), recycled_share=recycled)
    stepped = at(ten_years, "issued", network.as_of + dt.timedelta(days=3652.5))
    assert stepped == pytest.approx(chain / bittensor.RAO, abs=3.5 * 1800)


def test_the_conflict_of_circulating_and_issued_stands_in_the_file(network: Network) -> None:
    issued = next(f for f in network.figures if f.key == "issued")
    assert {round(a.value) for a in issued.alternatives} == {11_219_409, 11_100_767, 10_830_000}
    assert network.initial["issued"] > 11.5e6 > network.initial["float_supply"] + network.initial["staked"]


def test_emission_is_split_as_the_chain_splits_it(network: Network) -> None:
    """18 % to owners, 41 % to miners, 41 % to validators and those who delegate to them."""
    values = network.values
    assert values["owners.emission_share"] == pytest.approx(bittensor.OWNER_CUT, abs=1e-6)
    assert values["models.emission_share"] == pytest.approx((1 - bittensor.OWNER_CUT) / 2, abs=1e-6)
    behind = values["validators.emission_share"] + values["staker_emission_share"]
    assert behind == pytest.approx((1 - bittensor.OWNER_CUT) / 2, abs=1e-6)


def test_nothing_is_burned_so_there_is_no_burn_mint_point(network: Network) -> None:
    assert equilibrium(network).kind == "none"


def test_ten_years_do_not_collapse_while_cost_falls(ten_years: Run) -> None:
    """Section 11: the most assumption-sensitive network; at a fall of 10 % a year most miners stay."""
    capacity = ten_years.values("capacity")[0]
    assert capacity.min() > 0.7
    assert ten_years.values("price")[0].min() / ten_years.values("price")[0, 0] > 0.5


def test_without_falling_cost_miners_leave(network: Network) -> None:
    """The range that must be shown beside it: two in three miners leave within ten years."""
    capacity = project(network, assumptions={"cost_trend": 0.0}, years=10).values("capacity")[0]
    assert capacity[-1] < 0.6
    assert project(network, assumptions={"cost_trend": 0.25}, years=10).values("capacity")[0, -1] > 1.5


def test_the_vintage_before_the_halving_halves_within_a_month() -> None:
    past = load_network("bittensor@2025-11")
    assert 10.3e6 < past.initial["issued"] < 10.5e6
    run = project(past, years=0.2)
    nominal = run.values("nominal_emission")[0]
    assert nominal[0] == pytest.approx(2_629_800)
    step = int((nominal < 2e6).argmax())
    assert dt.date(2025, 12, 14) <= run.dates[step] <= dt.date(2025, 12, 28)
    assert nominal[step] == pytest.approx(1_314_900)
