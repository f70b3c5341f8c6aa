"""Bittensor's emission against the chain's source at 14bc6f9f964b (2026-06-30) and its tests."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import BallastError, OutOfRangeError
from model.networks import bittensor as bt

CAP = 21_000_000 * 10**9

THRESHOLDS_TAO = (
    ("10500000", 500_000_000),
    ("15750000", 250_000_000),
    ("18375000", 125_000_000),
    ("19687500", 62_500_000),
    ("20343750", 31_250_000),
    ("20671875", 15_625_000),
    ("20835937.5", 7_812_500),
    ("20917968.75", 3_906_250),
    ("20958984.375", 1_953_125),
    ("20979492.1875", 976_562),
    ("20989746.09375", 488_281),
    ("20994873.046875", 244_140),
)
"""coinbase/block_emission.rs, get_block_emission_for_issuance: issuance in TAO, rao of a block from there on."""

ISSUANCE_TO_EMISSION = (
    (0, 0, 1_000_000_000, 7200.0),
    (1_000_000_000_000_000, 0, 1_000_000_000, 7200.0),
    (10_499_999_000_000_000, 0, 1_000_000_000, 7200.0),
    (10_500_000_000_000_000, 1, 500_000_000, 3600.0),
    (11_100_766_877_818_994, 1, 500_000_000, 3600.0),  # mainnet, 2026-07-08
    (18_374_999_000_000_000, 2, 250_000_000, 1800.0),
    (20_979_492_187_500_000, 10, 976_562, 7.0312464),
    (20_999_999_000_000_000, 24, 59, 0.0004248),
    (21_000_000_000_000_000, None, 0, 0.0),
    (2**64 - 1, None, 0, 0.0),
)
"""Issuance in rao, halvings reached, rao of a block, TAO of a day."""


def in_fixed_point(issuance: int) -> int:
    """The chain's own path: I96F32 division, logarithm by rounded halving, multiplication, each cut to 32 bits."""
    if issuance >= CAP:
        return 0
    one = 1 << 32
    left = one - (issuance << 32) // CAP
    ratio, floor_of_log = one * one // left, 0
    while ratio >= 2 * one:
        ratio, floor_of_log = (ratio >> 1) + (ratio & 1), floor_of_log + 1
    return one * one // (one << floor_of_log) * 10**9 >> 32


def test_halvings_take_effect_at_the_published_thresholds_to_the_rao() -> None:
    thresholds = bt.halving_thresholds(len(THRESHOLDS_TAO))
    for (tao, emission), threshold in zip(THRESHOLDS_TAO, thresholds, strict=True):
        assert threshold == Fraction(tao) * bt.RAO
        assert bt.block_emission(threshold) == bt.block_emission(threshold + 1) == emission
        assert bt.block_emission(threshold - 1) // 2 == emission


@pytest.mark.parametrize(("issuance", "reached", "block", "day"), ISSUANCE_TO_EMISSION)
def test_emission_by_issuance_is_exact_to_the_rao(issuance: int, reached: int | None, block: int, day: float) -> None:
    assert bt.halvings(issuance) == reached
    assert bt.block_emission(issuance) == block
    assert bt.daily_emission(issuance) == day


@given(
    st.integers(0, CAP + 10)
    | st.integers(1, 10**10).map(lambda left: CAP - left)
    | st.tuples(st.integers(1, 32), st.integers(-5_000_000, 5_000_000)).map(
        lambda near: max(CAP - CAP // 2 ** near[0] + near[1], 0)
    )
)
def test_emission_equals_the_chains_fixed_point_path_everywhere(issuance: int) -> None:
    assert bt.block_emission(issuance) == in_fixed_point(issuance)


def test_an_array_of_issuances_gives_what_each_gives_alone() -> None:
    rows = [row[0] for row in ISSUANCE_TO_EMISSION[:-1]]
    together = bt.block_emission(np.array(rows, dtype=np.int64))
    assert together.dtype == np.int64
    assert together.tolist() == [bt.block_emission(row) for row in rows] == bt.block_emission(rows).tolist()


@pytest.mark.parametrize("wrong", [-1, 0.5, float("nan"), "much", [-1], [0.5], None])
def test_an_impossible_issuance_is_refused_in_one_sentence(wrong: object) -> None:
    with pytest.raises(OutOfRangeError, match=r"^Issuance .*\.$"):
        bt.block_emission(wrong)  # type: ignore[call-overload]


def test_issuance_after_many_blocks_equals_block_by_block_across_a_halving() -> None:
    start = 15_749_999 * bt.RAO - 3
    step_by_step = start
    for _ in range(5_000):
        step_by_step = bt.next_issuance(step_by_step, recycled_rao=bt.block_emission(step_by_step) // 4)
    assert bt.issuance_after(start, 5_000, recycled_share=0.25) == step_by_step
    assert bt.halvings(start) == 1
    assert bt.halvings(step_by_step) == 2


def test_issuance_never_passes_the_cap() -> None:
    assert bt.issuance_after(0, 10**12) <= CAP
    assert bt.issuance_after(CAP, 10) == bt.next_issuance(CAP) == CAP


def test_the_first_halving_comes_after_ten_and_a_half_million_blocks_and_recycling_delays_it() -> None:
    assert bt.blocks_to_halving(0) == 10_500_000
    assert bt.blocks_to_halving(0, recycled_share=0.5) == 21_000_000
    assert bt.blocks_to_halving(CAP) is None


def test_recycling_lowers_issuance_and_burning_does_not() -> None:
    issuance = 11_000_000 * bt.RAO
    assert bt.next_issuance(issuance, burned_rao=10**9) == issuance + 500_000_000
    assert bt.next_issuance(issuance, recycled_rao=10**9) == issuance - 500_000_000


def test_two_readings_of_mainnet_differ_by_emission_less_about_28_recycled_tao_a_day() -> None:
    """TotalIssuance on 2026-07-08 and, 33.2 days later, on 2026-08-10."""
    first, second, blocks = 11_100_766_877_818_994, 11_219_409_110_000_000, 2 * 119_580
    recycled = (bt.issuance_after(first, blocks) - second) / bt.RAO / (blocks / bt.BLOCKS_PER_DAY)
    assert recycled == pytest.approx(28, abs=0.5)


@pytest.mark.parametrize(
    ("root_tao", "weight", "alpha", "expected"),
    [
        (1e12, 0.18, 1e11, 0.6428571428571429),
        (1000, 1.0, 1000, 0.5),  # subnet_emissions.rs, v3.4.6-421
        (1000, 1.0, 3000, 0.25),
        (0, 0.18, 100, 0.0),
        (0, 0.18, 0, 0.0),
    ],
)
def test_root_proportion(root_tao: float, weight: float, alpha: float, expected: float) -> None:
    assert bt.root_proportion(root_tao, weight, alpha) == pytest.approx(expected, abs=1e-15)


def test_a_blocks_alpha_is_split_as_in_the_chains_tests() -> None:
    """test_pending_emission of coinbase.rs has no owner's cut; the second example has mainnet's."""
    split = bt.split_alpha(10**9, 0.25, owner_cut=0)
    assert (split.miners, split.validators, split.root) == (500_000_000, 375_000_000, 125_000_000)
    with_owner = bt.split_alpha(10**9)
    assert (with_owner.owner, with_owner.miners) == (179_995_422, 410_002_288)


@given(st.integers(0, 10**9), st.floats(0, 1), st.booleans())
def test_a_split_loses_less_than_four_rao(alpha: int, proportion: float, paid: bool) -> None:
    split = bt.split_alpha(alpha, proportion, root_is_paid=paid)
    parts = (split.owner, split.miners, split.validators, split.root, split.recycled)
    assert min(parts) >= 0
    assert 0 <= alpha - sum(parts) < 4
    assert (split.recycled if paid else split.root) == 0


@pytest.mark.parametrize(
    ("tao", "price", "cap", "terms"),
    [
        (8e8, 1.0, 5e8, (5e8, 5e8, 3e8, 1e9)),
        (1e8, 1.0, 5e8, (1e8, 1e8, 0.0, 1e9)),
        (2e7, 0.01, 1e9, (1e9, 1e7, 1e7, 1e9)),
        (2e7, 0.0, 1e9, (0.0, 2e7, 0.0, 1e9)),
    ],
)
def test_tao_beyond_the_alpha_cap_buys_alpha(
    tao: float, price: float, cap: float, terms: tuple[float, float, float, float]
) -> None:
    """run_coinbase.rs, get_subnet_terms."""
    found = bt.subnet_terms(tao, price, 1e9, cap)
    assert (found.alpha_in, found.tao_in, found.excess_tao, found.alpha_out) == terms


def test_the_injection_cap_has_had_three_rules() -> None:
    figures = {"alpha_emission": 1e9, "tao_block_emission": 5e8, "root_proportion": 0.25}
    assert [bt.injection_cap(rule, **figures) for rule in bt.INJECTION_RULES] == [1e9, 5e8, 2.5e8]
    with pytest.raises(BallastError):
        bt.injection_cap("alpha-and-tao", alpha_emission=1e9)
    with pytest.raises(BallastError):
        bt.injection_cap("beta", alpha_emission=1e9)  # type: ignore[arg-type]


def test_the_moving_price_follows_the_chains_tests() -> None:
    """test_coinbase_moving_prices, test_update_moving_price_after_time and _initial; tolerance 0.001 upstream."""
    assert bt.moving_price(0, 1, 201_600, base=0.1, updates=14) == pytest.approx(0.512325, abs=1e-6)
    assert bt.moving_price(0, 1, 144_000_001, base=0.5) == pytest.approx(0.5, abs=1e-3)
    assert float(bt.moving_price(0, 1, 11, base=0.5)) < 0.001
    assert bt.moving_price(0.3, 7.0, 201_600) == bt.moving_price(0.3, 1.0, 201_600)


def test_dividends_go_to_alpha_and_root_by_weighted_stake() -> None:
    assert bt.dividend_shares(820, 1000, 0.18) == pytest.approx((0.82, 0.18))
    assert bt.dividend_shares(0, 0) == (0.0, 0.0)
