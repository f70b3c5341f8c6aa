"""Bittensor's rules of decision: how long a call is reviewed in the proposed successor, and conviction of locked alpha.

Sources: subtensor, branch governance-wiring, docs/governance/README.md (pull request 2804, open in 2026; not in force),
and pallets/subtensor/src/staking/lock.rs (spec 425, live).
"""

from __future__ import annotations

import math

from model.errors import OutOfRangeError
from model.networks.inputs import Number, numbers, positive

DAY = 86_400.0
"""Seconds: the delay of a call on which nobody has voted."""

LONGEST = 2 * DAY
FAST_TRACK = 0.75
"""Net approval at which a call is enacted at once."""

CANCELLED = 0.51
"""Net rejection at which a call is cancelled."""

CONVICTION_BLOCKS = 934_866.0
"""Time constant of conviction: half of it is reached after 90 days."""


def review_curve(progress: Number) -> float:
    """How far a vote has moved the delay, by its progress to the next threshold: 1 - (1 - p)^3."""
    return 1 - (1 - float(numbers("progress", progress, low=0, high=1))) ** 3


def review_delay(approval: Number, rejection: Number) -> float | None:
    """Seconds until an approved call is enacted; 0 at once, None where it is cancelled.

    Parameters
    ----------
    approval, rejection
        Shares of voters for and against, together at most 1.
    """
    net = float(numbers("approval", approval, low=0, high=1)) - float(numbers("rejection", rejection, low=0, high=1))
    if float(approval) + float(rejection) > 1 + 1e-12:
        raise OutOfRangeError("approval and rejection add up to more than 1", allowed="together at most 1")
    if net >= FAST_TRACK:
        return 0.0
    if -net >= CANCELLED:
        return None
    if net >= 0:
        return DAY * (1 - review_curve(net / FAST_TRACK))
    return DAY + (LONGEST - DAY) * review_curve(-net / CANCELLED)


def conviction(
    mass: Number,
    start: Number,
    blocks: Number,
    *,
    maturity_blocks: Number = CONVICTION_BLOCKS,
    unlock_blocks: Number | None = None,
) -> float:
    """Conviction of locked alpha after some blocks.

    Parameters
    ----------
    mass
        Alpha locked at the start.
    start
        Conviction at the start, alpha.
    blocks
        Blocks since.
    maturity_blocks
        Time constant of conviction.
    unlock_blocks
        Time constant with which the lock itself decays; None for a perpetual lock.
    """
    held, before = float(numbers("mass", mass, low=0)), float(numbers("conviction", start, low=0))
    passed, mature = float(numbers("blocks", blocks, low=0)), float(positive("maturity", maturity_blocks))
    kept = math.exp(-passed / mature)
    if unlock_blocks is None:
        return before * kept + held * (1 - kept)
    unlock = float(positive("unlock", unlock_blocks))
    if math.isclose(unlock, mature, rel_tol=1e-9):
        return before * kept + held * passed / mature * kept
    return before * kept + held * unlock * (math.exp(-passed / unlock) - kept) / (unlock - mature)
