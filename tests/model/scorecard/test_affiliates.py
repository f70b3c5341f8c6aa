"""The flag of redirected emission follows what the proposers declare, and stays unknown where they say nothing."""

from __future__ import annotations

import polars as pl
import pytest

from model.proposals.proposal import Affiliate
from model.scorecard.affiliates import capture_ratio

GAINS = pl.DataFrame(
    {
        "group": ["role.compute", "stakers", "passive"],
        "label": ["providers", "stakers", "holders"],
        "base": [100.0, 100.0, 100.0],
        "difference": [30.0, 10.0, -40.0],
    }
)


def owns(share: float, group: str) -> tuple[Affiliate, ...]:
    return (Affiliate(who="proposer", of=group, share=share, source="forum"),)


def test_what_nobody_declares_is_unknown_and_a_declared_none_is_zero() -> None:
    assert capture_ratio(GAINS, None) is None
    assert capture_ratio(None, ()) == 0


def test_half_of_a_group_takes_half_of_what_that_group_gains() -> None:
    assert capture_ratio(GAINS, owns(0.5, "role.compute")) == pytest.approx(15 / 40)
    assert capture_ratio(GAINS, owns(1.0, "passive")) == 0


def test_a_declaration_that_fits_no_group_stays_unknown() -> None:
    assert capture_ratio(GAINS, owns(0.5, "miners")) is None
    assert capture_ratio(GAINS.drop("base"), owns(0.5, "stakers")) is None
