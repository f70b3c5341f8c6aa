"""Power and concentration: against published values, closed forms and counts by another way."""

import itertools
import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import OutOfRangeError
from model.governance import (
    RULES,
    banzhaf,
    bloc_entropy,
    effective_number,
    entropy,
    gini,
    hhi,
    minimum_coalition,
    minimum_quorum,
    nakamoto,
    oceanic,
    palma,
    power_of_largest,
    shapley_by_orders,
    shapley_shubik,
    theil,
    theil_by_group,
    top_share,
)
from tests.validation import Record

EEC = [4, 4, 4, 2, 2, 1]


# ---- by another way: coalitions counted one by one in whole numbers of any size --------------------------
def counted_coalitions(weights: Sequence[int], quota: int) -> tuple[list[Fraction], list[Fraction]]:
    """Banzhaf (normalised) and Shapley-Shubik power by counting coalitions by size and sum, in Python's integers."""
    n = len(weights)
    # Sums of coalitions by size, packed into one integer per size: `width` bits hold the count of one sum.
    width = n + 1
    sizes = [0] * (n + 1)
    sizes[0] = 1
    for joined, weight in enumerate(weights):
        for size in range(joined + 1, 0, -1):
            sizes[size] += sizes[size - 1] << (weight * width)
    orders = [Fraction(math.factorial(k) * math.factorial(n - 1 - k), math.factorial(n)) for k in range(n)]
    swings, shapley = [], []
    found: dict[int, tuple[int, Fraction]] = {}
    for weight in weights:
        if weight not in found:
            found[weight] = _swings(sizes, weight, quota, width, orders)
        swings.append(found[weight][0])
        shapley.append(found[weight][1])
    return [Fraction(count, sum(swings)) for count in swings], shapley


def _swings(
    sizes: Sequence[int], weight: int, quota: int, width: int, orders: Sequence[Fraction]
) -> tuple[int, Fraction]:
    mask, before = (1 << (quota * width)) - 1, 0
    low = max(0, quota - weight)
    total, power = 0, Fraction(0)
    for size, order in enumerate(orders):
        # Coalitions without this voter: those of all, less those that hold it.
        before = (sizes[size] - (before << (weight * width))) & mask if size else sizes[0] & mask
        window, count = before >> (low * width), 0
        while window:
            count += window & ((1 << width) - 1)
            window >>= width
        total, power = total + count, power + count * order
    return total, power


def test_the_six_founders_of_1958_have_their_textbook_power(figure: Record) -> None:
    """Quota 12 of 17: Luxembourg's vote never decides."""
    by_order = shapley_shubik(EEC, 12) - ([14 / 60] * 3 + [9 / 60] * 2 + [0])
    by_toss = banzhaf(EEC, 12) - ([5 / 21] * 3 + [3 / 21] * 2 + [0])
    figure("power", np.abs([*by_order, *by_toss]).max())
    assert banzhaf(EEC, 12, normalised=False) == pytest.approx([10 / 32] * 3 + [6 / 32] * 2 + [0], abs=1e-14)


def test_150_weighted_voters_agree_with_counted_coalitions_to_twelve_digits() -> None:
    weights = [int(w) for w in np.random.default_rng(7).integers(1, 13, 150)]
    quota = sum(weights) // 2 + 1
    by_toss, by_order = counted_coalitions(weights, quota)
    assert np.abs(banzhaf(weights, quota) - np.array([float(p) for p in by_toss])).max() < 1e-12
    assert np.abs(shapley_shubik(weights, quota) - np.array([float(p) for p in by_order])).max() < 1e-12


def test_500_voters_do_not_overflow() -> None:
    weights = np.random.default_rng(3).integers(1, 5, 500)
    quota = int(weights.sum()) * 2 // 3
    for power in (banzhaf(weights, quota), shapley_shubik(weights, quota)):
        assert power.sum() == pytest.approx(1, abs=1e-11)
        assert power.min() > 0
        order = np.argsort(weights, kind="stable")
        assert (np.diff(power[order]) > -1e-15).all()


def test_a_dictator_has_all_the_power_and_a_dummy_none() -> None:
    assert list(banzhaf([60, 20, 20], 51)) == [1, 0, 0]
    assert shapley_shubik([60, 20, 20], 51) == pytest.approx([1, 0, 0], abs=1e-14)
    assert shapley_shubik([50, 49, 1], 99)[2] == pytest.approx(0, abs=1e-14)


def test_unanimity_shares_power_equally_whatever_the_weights() -> None:
    assert shapley_shubik([70, 20, 9, 1], 100) == pytest.approx([0.25] * 4, abs=1e-13)


def test_more_than_half_and_at_least_half_differ_for_two_equal_holders() -> None:
    assert shapley_shubik([1, 1, 0], 1, strictly=True) == pytest.approx([0.5, 0.5, 0], abs=1e-14)
    assert banzhaf([3, 1], 2, strictly=True)[1] == 0
    # With decimals: three tenths are exactly half of six tenths.
    assert shapley_shubik([0.1, 0.2, 0.3], 0.3)[2] == pytest.approx(2 / 3, abs=1e-14)
    assert shapley_shubik([0.1, 0.2, 0.3], 0.3, strictly=True)[2] == pytest.approx(2 / 3, abs=1e-14)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(any), st.data())
def test_small_votes_agree_with_every_coalition_and_every_order(weights: list[int], data: st.DataObject) -> None:
    quota = data.draw(st.integers(1, sum(weights)))
    swings, pivots = [0] * len(weights), [0] * len(weights)
    for order in itertools.permutations(range(len(weights))):
        sums = list(itertools.accumulate(weights[voter] for voter in order))
        pivots[order[next(place for place, total in enumerate(sums) if total >= quota)]] += 1
    for voter, weight in enumerate(weights):
        others = [w for other, w in enumerate(weights) if other != voter]
        for size in range(len(others) + 1):
            swings[voter] += sum(quota - weight <= sum(group) < quota for group in itertools.combinations(others, size))
    assert shapley_shubik(weights, quota) == pytest.approx(np.array(pivots) / math.factorial(len(weights)), abs=1e-12)
    assert banzhaf(weights, quota) == pytest.approx(np.array(swings) / sum(swings), abs=1e-12)


@pytest.mark.parametrize("quota", [0, -1, 18, float("nan")])
def test_a_quota_that_nobody_or_everybody_reaches_is_refused(quota: float) -> None:
    with pytest.raises(OutOfRangeError, match="allowed"):
        shapley_shubik(EEC, quota)


# ---- oceans and dice ------------------------------------------------------------------------------------
@pytest.mark.parametrize("share", [0.05, 0.2, 0.3, 0.45])
def test_one_large_holder_has_w_over_1_minus_w_of_the_power(share: float) -> None:
    assert oceanic([share]).atoms[0] == pytest.approx(share / (1 - share), abs=1e-12)


def test_an_ocean_agrees_with_the_finite_vote_it_stands_for() -> None:
    atoms, minnows = [60, 30, 20, 15, 10], [1] * 350
    total = sum(atoms) + len(minnows)
    finite = shapley_shubik([*atoms, *minnows], total / 2)
    found = oceanic([weight / total for weight in atoms], 0.5)
    assert found.atoms == pytest.approx(finite[:5], abs=5e-4)
    assert found.ocean + found.atoms.sum() == pytest.approx(1, abs=1e-12)


def test_bittensors_root_of_june_2024_has_the_power_of_the_calibration_table() -> None:
    """Delegated TAO by Mentat Minds, June 2024 (secondary); ranks 6 to 10 assumed at 4% each."""
    found = oceanic([0.25, 0.135, 0.11, 0.09, 0.065, *[0.04] * 5])
    assert found.atoms[:5] == pytest.approx([0.303, 0.133, 0.106, 0.084, 0.060], abs=5e-4)
    assert found.ocean == pytest.approx(0.132, abs=5e-4)
    assert nakamoto([25, 13.5, 11, 9, 6.5, *[4] * 5, *[0.15] * 100]) == 4


def test_a_hundred_thousand_holders_have_power_that_adds_up() -> None:
    stakes = np.random.default_rng(5).lognormal(0, 3, 100_000)
    found = power_of_largest(stakes, 0.5, atoms=10)
    assert found.atoms.sum() + found.ocean == pytest.approx(1)
    assert (np.diff(found.atoms) <= 0).all()


def test_random_orders_meet_the_exact_power_within_their_error() -> None:
    weights = [40.5, 22.25, 18, 9.125, 6, 4]
    sampled = shapley_by_orders(weights, 50, orders=40_000, seed=2)
    exact = shapley_shubik(weights, 50)
    assert (np.abs(sampled.power - exact) < 4 * sampled.error + 1e-9).all()


# ---- coalitions under a rule ----------------------------------------------------------------------------
def test_the_minimum_coalition_is_that_of_the_rule_and_not_of_half() -> None:
    stakes = [5, 4, 3, 2, 1, *[1] * 85]
    silent = minimum_coalition(RULES["openzeppelin"], stakes)
    opposed = minimum_coalition(RULES["openzeppelin"], stakes, opposed=True)
    assert silent is not None
    assert opposed is not None
    assert silent.holders == 1
    assert silent.stake == 5
    assert opposed.stake == 51
    one_less = minimum_coalition(RULES["openzeppelin"], stakes, 10**6)
    assert one_less is None


@given(st.lists(st.integers(1, 50), min_size=3, max_size=12))
def test_one_holder_fewer_than_the_minimum_coalition_does_not_pass(stakes: list[int]) -> None:
    rule, held = RULES["nns"], sorted(stakes, reverse=True)
    found = minimum_coalition(rule, stakes, opposed=True)
    assert found is not None
    assert 2 * sum(held[: found.holders]) > sum(held) >= 2 * sum(held[: found.holders - 1])


# ---- concentration --------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 2, 7, 100])
def test_equal_holders_and_one_holder_of_all_have_their_closed_forms(count: int) -> None:
    equal, one = [3] * count, [5] + [0] * (count - 1)
    assert gini(equal) == pytest.approx(0, abs=1e-12)
    assert gini(one) == pytest.approx((count - 1) / count)
    assert hhi(equal) == pytest.approx(1 / count)
    assert effective_number(equal) == pytest.approx(count)
    assert nakamoto(equal) == count // 2 + 1
    assert (hhi(one), nakamoto(one), entropy(one)) == (1, 1, 0)
    assert entropy(equal) == pytest.approx(math.log2(count))
    assert theil(equal) == pytest.approx(0, abs=1e-12)
    assert theil(one) == pytest.approx(math.log(count))


def test_half_is_not_more_than_half() -> None:
    assert nakamoto([0.1, 0.2, 0.3]) == 2
    assert nakamoto([0.1, 0.2, 0.3], 0.49) == 1
    assert minimum_quorum([0.1, 0.2, 0.3]) == 1
    assert nakamoto([1, 1, 1], "0.334") == 2
    assert nakamoto([1, 1, 1], "1/3") == 2


@given(st.lists(st.floats(0.01, 1e6), min_size=2, max_size=30), st.data())
def test_theil_between_and_within_groups_add_up(stakes: list[float], data: st.DataObject) -> None:
    groups = data.draw(st.lists(st.sampled_from("abc"), min_size=len(stakes), max_size=len(stakes)))
    between, within = theil_by_group(stakes, groups)
    assert between + within == pytest.approx(theil(stakes), abs=1e-9)
    assert min(between, within) > -1e-9


def test_shares_of_the_largest_and_blocs() -> None:
    assert top_share([1, 2, 3, 4], 2) == pytest.approx(0.7)
    assert palma([1] * 8 + [2, 10]) == pytest.approx(10 / 4)
    assert bloc_entropy({"for": 3, "against": 1}) == pytest.approx(-math.log2(0.75))


@pytest.mark.parametrize("wrong", [[], [0, 0], [-1, 2], [float("nan")]])
def test_stakes_without_meaning_are_refused(wrong: list[float]) -> None:
    for figure in (gini, hhi, nakamoto, theil, entropy):
        with pytest.raises(OutOfRangeError, match="allowed"):
            figure(wrong)
