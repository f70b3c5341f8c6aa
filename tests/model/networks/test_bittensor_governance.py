"""Review of calls and conviction of locks against figures worked out from the chain's source and tests."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import BallastError
from model.networks.bittensor.governance import conviction, review_curve, review_delay
from model.networks.bittensor.locks import KINDS, Kind, Lock, day_of_claim, owner_by_conviction


@pytest.mark.parametrize(
    ("approval", "rejection", "seconds"),
    [
        (0, 0, 86_400),
        (0.25, 0, 25_600),
        (0.375, 0, 10_800),
        (0.5, 0, 3_200),
        (0.5, 0.25, 25_600),
        (0.74, 0, 0.2048),
        (0.75, 0, 0),
        (0, 0.1, 127_909.46468552819),
        (0, 0.255, 162_000),
        (0.1, 0.3, 153_396.13270913903),
        (0, 0.5, 172_799.34866680234),
    ],
)
def test_votes_shorten_or_lengthen_the_review(approval: float, rejection: float, seconds: float) -> None:
    assert review_delay(approval, rejection) == pytest.approx(seconds, rel=1e-9)


def test_a_majority_against_cancels() -> None:
    assert review_delay(0, 0.51) is None


def test_the_curve_of_review_follows_the_chains_tests() -> None:
    assert [review_curve(progress) for progress in (0, 0.5, 1)] == [0, 0.875, 1]


@given(st.floats(0, 0.5), st.floats(0, 0.4), st.floats(0, 0.1))
def test_more_approval_never_lengthens_the_review(approval: float, rejection: float, more: float) -> None:
    less, given_more = (review_delay(votes, rejection) for votes in (approval, approval + more))
    assert less is not None
    assert given_more is not None
    assert given_more <= less + 1e-9


def test_conviction_of_a_lock_that_decays_at_its_own_rate() -> None:
    """test_roll_forward_conviction_uses_unequal_rate_closed_form."""
    found = conviction(10_000, 0, 10_000, maturity_blocks=240_000, unlock_blocks=200_000)
    assert found == pytest.approx(398.0016304212075, rel=1e-12)


def test_conviction_of_a_perpetual_lock_reaches_half_after_ninety_days() -> None:
    assert conviction(10_000, 0, 934_866) == pytest.approx(6321.205588285577, rel=1e-12)
    assert conviction(10_000, 0, 648_000) == pytest.approx(5000.001432818221, rel=1e-12)


def test_equal_rates_are_the_limit_of_unequal_ones() -> None:
    equal = conviction(10_000, 50, 5_000, maturity_blocks=2e5, unlock_blocks=2e5)
    near = conviction(10_000, 50, 5_000, maturity_blocks=2e5, unlock_blocks=2e5 * (1 + 1e-6))
    assert equal == pytest.approx(near, rel=1e-6)


# ---- locks of a subnet ----------------------------------------------------------------------------------------------
def test_an_owners_lock_counts_in_full_at_once_and_others_grow_into_theirs() -> None:
    owner = Lock("o", 1000, "owner")
    assert (owner.conviction(), owner.conviction(900)) == (1000, 1000)
    perpetual = Lock("p", 1000, "perpetual")
    assert perpetual.conviction() == 0
    assert perpetual.conviction(90) == pytest.approx(500, abs=1e-3)
    assert Lock("p", 1000, "perpetual", days=90).conviction() == pytest.approx(500, abs=1e-3)
    assert Lock("d", 1000, "decaying").conviction(365) < perpetual.conviction(365)


def test_ownership_moves_only_after_a_year_and_from_a_tenth_of_alpha() -> None:
    locks = (Lock("owner", 50, "owner"), Lock("rival", 60, "owner"))
    assert owner_by_conviction(locks, 1100, 364) is None
    assert owner_by_conviction(locks, 1100, 364, later=1) is locks[1]
    assert owner_by_conviction(locks, 1101, 3650) is None
    assert owner_by_conviction((), 1100, 3650) is None


def test_the_day_of_a_claim_is_the_first_on_which_all_of_it_holds() -> None:
    locks = (Lock("owner", 20, "owner"), Lock("rival", 200, "perpetual"))
    day = day_of_claim(locks, 1000, 300, 720)
    assert day == ceil(90 * log2(200 / 120)) > 365 - 300  # 20 + 200 (1 - 2^(-days / 90)) reaches 100
    assert owner_by_conviction(locks, 1000, 300, day) is locks[1]
    assert owner_by_conviction(locks, 1000, 300, day - 1) is None
    assert day_of_claim(locks, 1000, 0, 200) is None


@given(st.lists(st.tuples(st.floats(0, 1e6), st.sampled_from(KINDS), st.floats(0, 900)), min_size=1, max_size=6))
def test_conviction_never_exceeds_what_is_locked(drawn: list[tuple[float, Kind, float]]) -> None:
    for alpha, kind, days in drawn:
        assert 0 <= Lock("a", alpha, kind, days).conviction(30) <= alpha * (1 + 1e-12)


@pytest.mark.parametrize(
    "call",
    [
        lambda: review_delay(0.8, 0.4),
        lambda: review_delay(-0.1, 0),
        lambda: conviction(-1, 0, 1),
        lambda: conviction(1, 0, 1, maturity_blocks=0),
        lambda: Lock("a", 1, "none").conviction(),  # type: ignore[arg-type]
        lambda: owner_by_conviction((Lock("a", 1, "owner"),), 0, 400),
    ],
)
def test_impossible_votes_and_locks_are_refused(call: Callable[[], object]) -> None:
    with pytest.raises(BallastError):
        call()
