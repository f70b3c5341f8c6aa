"""Alpha locked on a subnet's hotkeys: how conviction grows, and when it would hand the subnet to another owner.

Source: subtensor, pallets/subtensor/src/staking/lock.rs and its tests (spec 425, live).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from model.errors import UnknownKeyError
from model.networks.bittensor.emission import BLOCKS_PER_DAY
from model.networks.bittensor.governance import CONVICTION_BLOCKS, conviction
from model.networks.inputs import Number, numbers, positive, whole

Kind: TypeAlias = Literal["perpetual", "decaying", "owner"]
KINDS: tuple[Kind, ...] = ("perpetual", "decaying", "owner")

CLAIM = 0.1
"""All conviction over alpha outside the pool from which ownership can move."""

CLAIM_AGE = 365
"""Days of a subnet's age from which it can move; the chain says one year."""


@dataclass(frozen=True)
class Lock:
    """Alpha locked on one hotkey.

    Attributes
    ----------
    hotkey
        Whose lock it is.
    alpha
        Locked at its start.
    kind
        "perpetual" keeps its alpha; "decaying" gives it back with the time constant of conviction; "owner", on the
        hotkey of the subnet's owner, counts in full at once.
    days
        Since its start.
    """

    hotkey: str
    alpha: float
    kind: Kind
    days: float = 0.0

    def conviction(self, later: Number = 0) -> float:
        """Conviction, alpha, so many days from now."""
        if self.kind not in KINDS:
            raise UnknownKeyError(f"{self.kind!r} is no kind of lock", allowed=", ".join(KINDS))
        if self.kind == "owner":
            return float(numbers("alpha", self.alpha, low=0))
        blocks = (self.days + float(numbers("days", later, low=0))) * BLOCKS_PER_DAY
        unlock = CONVICTION_BLOCKS if self.kind == "decaying" else None
        return conviction(self.alpha, 0, blocks, unlock_blocks=unlock)


def claimed_share(locks: Sequence[Lock], alpha_out: Number, later: Number = 0) -> float:
    """All conviction over the alpha outside the pool, a share, so many days from now."""
    return sum(lock.conviction(later) for lock in locks) / float(positive("alpha outside the pool", alpha_out))


def owner_by_conviction(locks: Sequence[Lock], alpha_out: Number, age_days: Number, later: Number = 0) -> Lock | None:
    """Lock whose hotkey would own the subnet so many days from now; None where ownership cannot move.

    From a year of age, and with a tenth of the alpha outside the pool as conviction, it is the one with most; of
    equals the first, which the source read here leaves open.
    """
    old = float(numbers("age", age_days, low=0)) + float(later) >= CLAIM_AGE
    if not locks or not old or claimed_share(locks, alpha_out, later) < CLAIM:
        return None
    return max(locks, key=lambda lock: lock.conviction(later))


def day_of_claim(locks: Sequence[Lock], alpha_out: Number, age_days: Number, within: int) -> int | None:
    """First whole day from now on which ownership goes by conviction; None where there is none within so many days."""
    days = range(whole("days", within, low=0) + 1)
    return next((day for day in days if owner_by_conviction(locks, alpha_out, age_days, day)), None)
