"""Goal-bonded and fixed inflation against the SDK's and Fetch.ai's own tests, to the 18th decimal place."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from model.errors import OutOfRangeError
from model.networks import cosmos, fetch

NEXT_INFLATION = (
    ("0", "0.07", "2.0597257079E-8"),
    ("1", "0.20", "-1.0144917666E-8"),
    ("0.5", "0.10", "5.226169707E-9"),
    ("1", "0.07", "0"),
    ("1", "0.0700000001", "-1E-10"),
    ("0", "0.20", "0"),
    ("0", "0.1999999999", "1E-10"),
    ("0.67", "0.15", "0"),
)
"""cosmos-sdk x/mint/types/minter_test.go, TestNextInflation: bonded ratio, inflation, change."""

MUNICIPAL = ((2, 2 * 10**27), (1, 10**27), (0.5, 5 * 10**26), (0.01, 10**25))
"""fetchai/cosmos-sdk x/mint/types/inflations_test.go: rate, issued in a year on a supply of 1e27."""


@pytest.mark.parametrize(("bonded", "inflation", "change"), NEXT_INFLATION)
def test_inflation_moves_as_in_the_sdk_to_the_last_place(bonded: str, inflation: str, change: str) -> None:
    after = cosmos.next_inflation(
        inflation, bonded, change="0.13", maximum="0.20", minimum="0.07", goal="0.67", blocks_per_year=6_311_520
    )
    assert isinstance(after, Decimal)
    assert after - Decimal(inflation) == Decimal(change)
    in_floats = cosmos.next_inflation(
        float(inflation), float(bonded), change=0.13, maximum=0.2, minimum=0.07, goal=0.67
    )
    assert in_floats == float(after)


def test_an_array_gives_what_each_gives_alone() -> None:
    rates, ratios = np.array([0.07, 0.1, 0.2]), np.array([0.0, 0.5, 1.0])
    together = cosmos.next_inflation(rates, ratios)
    alone = [cosmos.next_inflation(float(a), float(b)) for a, b in zip(rates, ratios, strict=True)]
    assert np.asarray(together).tolist() == alone


def test_many_blocks_at_one_ratio_equal_one_after_another() -> None:
    one_by_one: object = "0.0700000001"
    for _ in range(50):
        one_by_one = cosmos.next_inflation(str(one_by_one), "0.9")
    assert cosmos.next_inflation("0.0700000001", "0.9", blocks=50) == one_by_one == Decimal("0.07")


def test_without_any_bonds_inflation_climbs_from_the_lowest_to_the_highest_in_one_year() -> None:
    assert cosmos.next_inflation(0.07, 0, blocks=6_311_520) == pytest.approx(0.20, abs=1e-12)


@pytest.mark.parametrize(
    ("annual", "block"), [(6_311_520, 1), (6_311_521, 1), (12_623_040, 2), (3_155_760, 0), ("6311519.999", 0), (0, 0)]
)
def test_a_block_mints_whole_units_only(annual: int | str, block: int) -> None:
    assert cosmos.block_provision(annual, 6_311_520) == block


@pytest.mark.parametrize(
    "wrong",
    [
        {"inflation": "-0.01"},
        {"bonded_ratio": "1.01"},
        {"bonded_ratio": "-0.01"},
        {"goal": 0},
        {"minimum": "0.3"},
        {"blocks_per_year": 0},
        {"inflation": "ten"},
        {"inflation": "0.1234567890123456789"},
        {"inflation": float("nan")},
    ],
)
def test_impossible_rates_are_refused(wrong: dict[str, object]) -> None:
    arguments: dict[str, object] = {"inflation": "0.1", "bonded_ratio": "0.5", **wrong}
    with pytest.raises(OutOfRangeError, match=r"\.$"):
        cosmos.next_inflation(**arguments)  # type: ignore[arg-type]


def test_a_provision_is_divided_without_loss() -> None:
    parts = cosmos.split_provision(1000.0, commission=0.05)
    assert [float(part) for part in parts] == pytest.approx([20, 49, 931])
    assert cosmos.staking_yield(0.03, 0.5, commission=0.05) == pytest.approx(0.03 / 0.5 * 0.98 * 0.95)


@pytest.mark.parametrize(("before", "change"), [("0.03", "0"), ("0.04", "-0.01"), ("0.01", "0.02")])
def test_fetch_sets_inflation_to_its_parameter_whatever_is_bonded(before: str, change: str) -> None:
    """fetchai/cosmos-sdk v0.19.4 x/mint/types/minter_test.go."""
    for bonded in (None, "0", "0.67", "1"):
        assert Decimal(fetch.next_inflation(before, bonded)) - Decimal(before) == Decimal(change)


def test_three_years_of_three_percent_close_the_gap_to_the_erc_20_total() -> None:
    """Fetch.ai blog 2021-04-08: 1,055,156,116 at launch, 1,152,997,575 on Ethereum."""
    assert fetch.compounded(fetch.LAUNCH_SUPPLY, 3) == pytest.approx(1_152_997_577.17, abs=0.005)
    by_block = fetch.block_provision(fetch.LAUNCH_SUPPLY * fetch.AFET) * fetch.BLOCKS_PER_YEAR
    assert by_block / fetch.AFET == pytest.approx(0.03 * fetch.LAUNCH_SUPPLY, rel=1e-15)


@pytest.mark.parametrize(("rate", "issued"), MUNICIPAL)
def test_municipal_inflation_per_block_adds_up_to_the_yearly_rate(rate: float, issued: int) -> None:
    """The fork's test allows a relative error of 1e-9."""
    assert abs(fetch.municipal_annual_issuance(rate, 10**27) / issued - 1) < 1e-9
    per_block = fetch.inflation_per_block(rate)
    assert float(per_block) == pytest.approx((1 + rate) ** (1 / fetch.BLOCKS_PER_YEAR) - 1, rel=1e-7)
    assert fetch.municipal_issuance(rate, 10**27) == int(per_block * 10**27)


def test_no_municipal_inflation_issues_nothing() -> None:
    assert fetch.municipal_issuance(0, 10**27) == fetch.municipal_annual_issuance("0", 10**27) == 0
    with pytest.raises(OutOfRangeError):
        fetch.municipal_issuance(-0.01, 10**27)


def test_supply_events_lead_from_the_erc_20_total_to_the_published_totals() -> None:
    asi, cudos = fetch.SUPPLY_EVENTS
    assert 1_152_997_575 + asi.minted == asi.total_after
    assert asi.total_after + cudos.minted == pytest.approx(cudos.total_after, abs=2)
    assert fetch.minted_by("2024-05-02") == 0
    assert fetch.minted_by("2024-05-03") == asi.minted
