"""What the declared affiliates of a proposal take of all gains, as one number for the flag."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from model.errors import BallastError
from model.governance.interest import taking_of
from model.proposals.proposal import Affiliate


def capture_ratio(gains: pl.DataFrame | None, declared: Sequence[Affiliate] | None) -> float | None:
    """Part of all gains that declared affiliates take; zero where they declared to have no part, or nobody gains.

    None where nobody declared anything, or what was declared does not fit the groups of the network.

    Parameters
    ----------
    gains
        `WhoGains.summary` with what each group has in the column base; not read where nobody is affiliated.
    """
    if declared is None or (declared and (gains is None or "base" not in gains.columns)):
        return None
    if not declared or gains is None:
        return 0.0
    try:
        found = taking_of(gains, tuple(declared))
    except BallastError:
        return None
    return found.capture if found else 0.0
