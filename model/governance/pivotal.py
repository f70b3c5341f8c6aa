"""Whose vote decides: one's own stake, the largest holders together, and how many more yes a vote would need."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from model.engine.worlds import Integers
from model.errors import OutOfRangeError
from model.governance.chance import Chance, Method, cases, chance
from model.governance.hybrid import can_be_solved
from model.governance.one_vote import OneVote
from model.governance.votes import OPTIONS

HALF = 0.5
TIMES = 2_000
_YES, _NO = OPTIONS.index("yes"), OPTIONS.index("no")


def _added(**units: int) -> Integers:
    return np.array([units.get(option, 0) for option in OPTIONS], dtype=np.int64)


def units_of(vote: OneVote, tokens: float) -> int:
    """Whole units of a stake.

    Raises
    ------
    OutOfRangeError
        For less than nothing or more than there is.
    """
    if not 0 <= tokens <= vote.holders.total:
        raise OutOfRangeError(
            f"the stake is {tokens:.4g}", where="own stake", allowed=f"0 to {vote.holders.total:.4g}, what all hold"
        )
    return int(vote.holders.in_units(tokens))


def own_pivotality(vote: OneVote, tokens: float, *, method: Method = "auto", times: int = 20_000) -> float:
    """Chance that a stake decides: passing with its yes less passing with its no, in the same futures.

    The stake is one that the list counts among those who might stay away; its weight in the rest is neglected.
    """
    stake = units_of(vote, tokens)
    offsets = np.stack([_added(yes=stake), _added(no=stake)])
    agreed, refused = cases(vote, offsets, method=method, times=times)
    return max(0.0, agreed.passing - refused.passing)


@dataclass(frozen=True)
class TurningCoalition:
    """The fewest of the largest holders whose votes turn a vote that is more likely than not to end otherwise.

    Attributes
    ----------
    size
        How many, from the largest down; None where those looked at are not enough.
    option
        What they vote.
    chance
        Of passing with them.
    looked_at
        How many were tried.
    """

    size: int | None
    option: Literal["yes", "no"]
    chance: Chance
    looked_at: int


def turning_coalition(vote: OneVote, most: int = 8) -> TurningCoalition:
    """How few of the largest holders that may vote turn the vote, by voting yes, or no where it would pass."""
    before = chance(vote, times=TIMES)
    option: Literal["yes", "no"] = "no" if before.passing >= HALF else "yes"
    able = np.flatnonzero(vote.holders.voting)[:most]
    found = before
    for size in range(1, len(able) + 1):
        forced = {**vote.forced, **dict.fromkeys(map(int, able[:size]), OPTIONS.index(option))}
        found = chance(replace(vote, forced=forced), times=TIMES)
        if (found.passing >= HALF) != (before.passing >= HALF):
            return TurningCoalition(size, option, found, len(able))
    return TurningCoalition(None, option, found, len(able))


def yes_needed(vote: OneVote, *, precision: float = 1e-4) -> float | None:
    """Further yes that make passing as likely as not, as a share of the electorate; 0 where it already is.

    They come from holders who would have stayed away. None where not even all of the electorate would do.
    """
    size = vote.linear.electorate
    times = TIMES if not can_be_solved(vote) else 1

    def passing(shares: list[float]) -> list[float]:
        offsets = np.stack([_added(yes=int(share * size)) for share in shares])
        return [one.passing for one in cases(vote, offsets, times=times)]

    low, high = 0.0, 1.0
    first, last = passing([low, high])
    if first >= HALF:
        return 0.0
    if last < HALF:
        return None
    while high - low > precision:
        middle = (low + high) / 2
        if passing([middle])[0] >= HALF:
            high = middle
        else:
            low = middle
    return high
