"""Yuma consensus against the chain's tests (pallets/subtensor/src/tests/epoch.rs and math.rs)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import BallastError
from model.networks import bittensor as bt
from tests.validation import Record

NONE = [0, 0, 0, 0]
ALL = [16_383, 32_767, 49_149, 65_535]
LAST = [0, 0, 0, 65_535]

INCENTIVE = [0.0999975582, 0.2000012207, 0.2999926754, 0.4000085455]

TEST_BONDS: tuple[tuple[list[list[int]], Sequence[float], Sequence[float], int, list[int]], ...] = (
    (
        [ALL, ALL, ALL, ALL],
        INCENTIVE,
        [0.0999999978, 0.1999999983, 0.3000000012, 0.4000000022],
        0,
        [16383, 32767, 49151, 65535],
    ),
    (
        [NONE, ALL, ALL, ALL],
        INCENTIVE,
        [0.0899967032, 0.2022211233, 0.303334432, 0.404447741],
        0,
        [14582, 32767, 49151, 65535],
    ),
    (
        [NONE, NONE, ALL, ALL],
        INCENTIVE,
        [0.0809936118, 0.1819995677, 0.3158592721, 0.421147548],
        0,
        [12603, 28321, 49151, 65535],
    ),
    ([NONE, NONE, NONE, ALL], NONE, NONE, 3, [12602, 28320, 49150, 65535]),
    (
        [NONE, NONE, LAST, ALL],
        [0, 0, 0, 1],
        [0.0728874663, 0.1637972582, 0.3271309866, 0.4361842885],
        3,
        [10951, 24609, 49150, 65535],
    ),
    (
        [NONE, NONE, LAST, ALL],
        [0, 0, 0, 1],
        [0.0655988548, 0.1474132247, 0.3372762585, 0.4497116616],
        3,
        [9559, 21482, 49150, 65535],
    ),
    (
        [NONE, NONE, LAST, ALL],
        [0, 0, 0, 1],
        [0.0590361361, 0.1326722752, 0.3464062694, 0.4618853189],
        3,
        [8376, 18824, 49150, 65535],
    ),
    ([NONE, NONE, LAST, ALL], [0, 0, 0, 1], [0.053130352, 0.1194037423, 0.3546237142, 0.472842191], 3, []),
)
"""test_bonds, epochs 1 to 8: weights, incentive, dividends, and one column of stored bonds (the last has none)."""


@pytest.mark.parametrize(
    ("stake", "score", "median"),
    [
        ([0.51], [1.0], 1.0),
        ([0.49, 0.51], [0.5, 1.0], 1.0),
        ([0.51, 0.49], [0.5, 1.0], 0.5),
        ([0.49, 0, 0.51], [0.5, 0.7, 1.0], 1.0),
        ([0.49, 0.01, 0.5], [0.5, 0.7, 1.0], 0.7),
        ([0.49, 0.51, 0], [0.5, 0.7, 1.0], 0.7),
        ([0, 0], [0.5, 0.7], 0.0),
    ],
)
def test_weighted_median_is_exact(stake: list[float], score: list[float], median: float) -> None:
    """test_math_weighted_median, majority 0.51."""
    assert bt.weighted_median(stake, score, 0.51).tolist() == [median]


@pytest.mark.parametrize("handed_on", ["bonds", "stored_bonds"])
def test_yuma_1_reproduces_eight_epochs_to_a_billionth_and_stored_bonds_exactly(handed_on: str, figure: Record) -> None:
    """Four validators with stake 1 to 4 stop setting weights one after another, then two return."""
    bonds, worst = None, 0.0
    for weights, incentive, dividends, column, stored in TEST_BONDS:
        epoch = bt.yuma([1, 2, 3, 4], weights, bonds, version=1)
        assert epoch.incentive == pytest.approx(incentive, abs=1e-9)
        worst = max(worst, *np.abs(epoch.incentive - incentive), *np.abs(epoch.dividends - dividends))
        assert epoch.stored_bonds[:, column].tolist()[: len(stored)] == stored
        bonds = getattr(epoch, handed_on)
    figure("yuma-1", worst)


def test_no_validators_and_no_stake_pay_nobody() -> None:
    assert bt.yuma([], np.zeros((0, 3))).incentive.tolist() == [0, 0, 0]
    assert bt.yuma([0, 0], [[1, 0], [0, 1]]).dividends.tolist() == [0, 0]


def test_without_consensus_emission_goes_to_validators_by_stake() -> None:
    epoch = bt.yuma([1, 2, 3, 4], [NONE, NONE, NONE, ALL])
    validators, miners = bt.epoch_emission(epoch, [1, 2, 3, 4], 1e9)
    assert validators == pytest.approx([1e8, 2e8, 3e8, 4e8])
    assert miners.sum() == 0


def test_emission_of_an_epoch_is_the_chains_to_two_of_a_billion_rao() -> None:
    """test_bonds, epochs 1 and 8; the chain cuts each part to a whole rao."""
    bonds, paid = None, []
    for weights, *_ in TEST_BONDS:
        epoch = bt.yuma([1, 2, 3, 4], weights, bonds, version=1)
        bonds = epoch.bonds
        paid.append(np.concatenate(bt.epoch_emission(epoch, [1, 2, 3, 4], 1e9)))
    miners = [49998779, 100000610, 149996337, 200004272]
    assert paid[0] == pytest.approx([49999998, 99999999, 150000000, 200000001, *miners], abs=2)
    assert paid[7] == pytest.approx([26565175, 59701871, 177311856, 236421095, 0, 0, 0, 500000000], abs=2)


@pytest.mark.parametrize(("kappa", "consensus"), [(0, [1, 1]), (0.5, [0.25, 0.75]), (0.75, [0.25, 0.75]), (1, [0, 0])])
def test_a_higher_kappa_asks_for_more_support(kappa: float, consensus: list[float]) -> None:
    """Stake 1, 2 and 1; the whole scale of what must be supported, ends included."""
    epoch = bt.yuma([1, 2, 1], [[1.0, 0.0], [0.25, 0.75], [0.0, 1.0]], kappa=kappa)
    assert epoch.consensus.tolist() == consensus


def test_a_single_validator_decides_alone_and_rows_without_weight_decide_nothing() -> None:
    versions: tuple[Literal[1, 3], ...] = (1, 3)
    for version in versions:
        alone = bt.yuma([7], [[2, 6]], version=version)
        assert alone.incentive == pytest.approx([0.25, 0.75])
        assert alone.dividends.tolist() == [1]
        nothing = bt.yuma([1, 1], np.zeros((2, 2)), version=version)
        assert not np.any([nothing.consensus, nothing.incentive, nothing.dividends])


def test_clipping_makes_the_older_server_trust() -> None:
    """test_bonds, epoch 5: rank after clipping over rank before, 0.6087041323 on the last server."""
    epoch = bt.yuma([1, 2, 3, 4], [NONE, NONE, LAST, ALL])
    assert epoch.ranks[3] / epoch.unclipped_ranks[3] == pytest.approx(0.6087041323, abs=1e-8)
    assert epoch.validator_trust == pytest.approx([0, 0, 0.400008545, 0.400008545], abs=1e-9)


validators = st.integers(1, 6)


@given(validators, st.integers(1, 5), st.sampled_from([1, 3]), st.integers(0, 2**16))
def test_an_epoch_conserves_emission_and_ignores_validators_without_stake(
    rows: int, columns: int, version: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    stake, weights = random.random(rows) + 0.01, random.random((rows, columns))
    epoch = bt.yuma(stake, weights, version=version)  # type: ignore[arg-type]
    paid = bt.epoch_emission(epoch, stake, 1000)
    assert sum(part.sum() for part in paid) == pytest.approx(1000)
    assert min(part.min() for part in paid) >= 0
    joined = bt.yuma([*stake, 0.0], np.vstack([weights, random.random(columns)]), version=version)  # type: ignore[arg-type]
    assert joined.incentive == pytest.approx(epoch.incentive, abs=1e-9)
    assert joined.dividends == pytest.approx([*epoch.dividends, 0.0], abs=1e-8)


def test_an_inactive_validator_loses_its_vote_and_keeps_its_bonds() -> None:
    first = bt.yuma([1, 1, 2], [[1, 0], [1, 0], [1, 0]])
    later = bt.yuma([1, 1, 2], [[1, 0], [0, 1], [1, 0]], first.bonds, active=[True, False, True])
    assert later.incentive == pytest.approx([1, 0])
    assert later.dividends == pytest.approx([0.9 * 0.25 + 0.1 / 3, 0.9 * 0.25, 0.9 * 0.5 + 0.1 * 2 / 3], abs=2e-5)


def test_self_weights_are_dropped_except_the_owners() -> None:
    assert bt.without_self_weights([[1, 2], [3, 4]], owner=1).tolist() == [[0, 2], [3, 4]]
    assert bt.without_self_weights([[1, 2], [3, 4]]).tolist() == [[0, 2], [3, 0]]


@pytest.mark.parametrize("version", [1, 3])
def test_stored_bonds_are_the_same_as_whole_parts_and_as_fractions(version: Literal[1, 3]) -> None:
    random = np.random.default_rng(3)
    for _ in range(50):
        stored = random.integers(0, 65_536, (4, 3))
        stored[random.integers(0, 4, 3), np.arange(3)] = 65_535
        stake, weights = random.random(4) + 0.1, random.random((4, 3))
        whole, parts = (bt.yuma(stake, weights, bonds, version=version) for bonds in (stored, stored / 65_535))
        assert np.array_equal(whole.bonds, parts.bonds)


def test_a_liquid_weight_may_be_given_by_name_in_order_or_as_an_object() -> None:
    stake, weights = [5, 3, 2], [[1.0, 0.0], [0.4, 0.6], [0.0, 1.0]]
    before = [[0.1, 0.9], [0.5, 0.5], [0.7, 0.0]]
    forms = (bt.LiquidAlpha(0.1, 0.3, 900), (0.1, 0.3, 900), {"low": 0.1, "high": 0.3, "steepness": 900})
    found = [bt.yuma(stake, weights, before, version=3, liquid_alpha=form).bonds for form in forms]
    assert np.array_equal(found[0], found[1])
    assert np.array_equal(found[0], found[2])
    assert not np.array_equal(found[0], bt.yuma(stake, weights, before, version=3, liquid_alpha=True).bonds)


@pytest.mark.parametrize(
    "call",
    [
        lambda: bt.yuma([1, 2], [[1, 0]]),
        lambda: bt.yuma([1], [[1, 0]], version=3, liquid_alpha=0.5),  # type: ignore[arg-type]
        lambda: bt.yuma([1], [[1, 0]], version=3, liquid_alpha=[0.1, 0.2, 3, 4]),
        lambda: bt.yuma([1], [[1, 0]], version=3, liquid_alpha={"lowest": 0.1}),
        lambda: bt.yuma([-1], [[1, 0]]),
        lambda: bt.yuma([1], [[1, float("nan")]]),
        lambda: bt.yuma([1], [1, 0]),
        lambda: bt.yuma([1], [[1, 0]], [[1]]),
        lambda: bt.yuma([1], [[1, 0]], [[1.5, 0]]),
        lambda: bt.yuma([1], [[1, 0]], version=2),  # type: ignore[arg-type]
        lambda: bt.yuma([1], [[1, 0]], kappa=1.5),
        lambda: bt.yuma([1], [[1, 0]], version=3, liquid_alpha=(0.9, 0.1)),
    ],
)
def test_ragged_negative_and_unknown_input_is_refused(call: Callable[[], object]) -> None:
    with pytest.raises(BallastError):
        call()
