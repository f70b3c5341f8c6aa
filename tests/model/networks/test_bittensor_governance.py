"""Review of calls and conviction of locks against figures worked out from the chain's source and tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import BallastError
from model.networks.bittensor.governance import conviction, review_curve, review_delay


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


@pytest.mark.parametrize(
    "call",
    [
        lambda: review_delay(0.8, 0.4),
        lambda: review_delay(-0.1, 0),
        lambda: conviction(-1, 0, 1),
        lambda: conviction(1, 0, 1, maturity_blocks=0),
    ],
)
def test_impossible_votes_and_locks_are_refused(call: Callable[[], object]) -> None:
    with pytest.raises(BallastError):
        call()
