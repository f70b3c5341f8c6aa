"""Who was given which part of the first supply, and when it may be sold: buckets with cliff and vesting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from model.engine.worlds import Floats
from model.parameters import Source

GROUPS: Mapping[str, str] = {
    "team": "team and founders",
    "advisors": "advisors and other third parties",
    "investors": "investors before launch",
    "foundation": "foundation or company",
    "reserve": "reserve whose holders are not named",
    "community": "community and grants",
    "public": "public sale",
    "earned": "earned by work after launch",
}
"""Who holds a bucket; the words stand on charts and in sentences."""

INSIDERS = ("team", "advisors", "investors")
"""Groups that had tokens before anybody else could have any."""

NAMELESS = "reserve"
"""Nobody knows who is behind it, so it may hide a share of any other group."""

EARNED = "earned"
"""Not locked and not unlocked: these tokens come into being as they are emitted."""

WHOLE = 0.995
"""Named buckets that add up to less than this leave somebody out; the rest may belong to anyone."""

INSTANT = 1e-6
"""Months; what vests faster than that is free at its cliff."""

DAYS_PER_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Bucket:
    """One part of the first supply.

    Attributes
    ----------
    group
        One of `GROUPS`.
    share
        Of the tokens that the allocation divides.
    tge_share
        Part of the bucket that was free on the first day; None where it was not found.
    cliff_months, vesting_months
        Months from launch until the rest begins to unlock, and over how many months it then unlocks evenly.
    on_chain
        Whether a contract or the chain itself keeps the schedule; None where that was not found.
    """

    name: str
    title: str
    group: str
    share: float
    source: Source
    date: str
    grade: str
    tge_share: float | None = None
    cliff_months: float | None = None
    vesting_months: float | None = None
    on_chain: bool | None = None
    note: str = ""

    @property
    def is_scheduled(self) -> bool:
        """Whether its unlocks follow from what is known."""
        if self.tge_share == 1:
            return True
        return None not in (self.tge_share, self.cliff_months, self.vesting_months)

    def unlocked(self, months: Floats) -> Floats:
        """Part of the bucket that is free, shape as `months` (since launch); NaN where the schedule was not found.

        The rest of the launch share unlocks evenly over the vesting time after the cliff, as equation E22 has it.
        """
        if not self.is_scheduled:
            return np.full_like(months, np.nan)
        first = float(self.tge_share or 0.0)
        cliff, length = float(self.cliff_months or 0.0), float(self.vesting_months or 0.0)
        passed = np.clip((months - cliff) / length, 0, 1) if length > INSTANT else (months >= cliff).astype(float)
        return np.where(months < 0, 0.0, first + (1 - first) * passed)


@dataclass(frozen=True)
class Allocation:
    """How the first supply was divided.

    Attributes
    ----------
    launched
        The day from which months count.
    tokens
        How many tokens the shares are of.
    definition
        What those tokens are.
    """

    launched: dt.date
    tokens: float
    definition: str
    source: Source
    date: str
    grade: str
    buckets: tuple[Bucket, ...]

    @property
    def covered(self) -> float:
        """Sum of the shares whose holders are named."""
        return sum(bucket.share for bucket in self.buckets if bucket.group != NAMELESS)

    @property
    def locked(self) -> tuple[Bucket, ...]:
        """Buckets that unlock by a schedule, not by emission."""
        return tuple(bucket for bucket in self.buckets if bucket.group != EARNED)

    @property
    def is_whole(self) -> bool:
        """Whether nobody is left out."""
        return self.covered >= WHOLE

    def of(self, groups: Iterable[str]) -> tuple[Bucket, ...]:
        """Buckets of some groups."""
        wanted = set(groups)
        return tuple(bucket for bucket in self.buckets if bucket.group in wanted)

    def share_of(self, groups: Iterable[str]) -> float | None:
        """Share of some groups; None where one of them is not listed and the list is not whole."""
        wanted = tuple(groups)
        listed = {bucket.group for bucket in self.buckets}
        if not self.is_whole and not set(wanted) <= listed:
            return None
        return sum(bucket.share for bucket in self.of(wanted))

    def months_at(self, day: dt.date) -> float:
        """Months from launch to a day; negative before it."""
        return (day - self.launched).days / DAYS_PER_MONTH

    def unlocked_between(self, first: dt.date, last: dt.date) -> float | None:
        """Tokens that become free between two days; None where a bucket has no schedule or the list is not whole."""
        if not self.is_whole or not all(bucket.is_scheduled for bucket in self.locked):
            return None
        months = np.array([self.months_at(first), self.months_at(last)])
        return float(sum(self.tokens * b.share * float(np.diff(b.unlocked(months))[0]) for b in self.locked))

    def at_launch(self) -> float | None:
        """Share that was free on the first day; None where it was not found for some bucket."""
        if not self.is_whole or any(bucket.tge_share is None for bucket in self.buckets):
            return None
        return sum(bucket.share * float(bucket.tge_share or 0.0) for bucket in self.buckets)

    def replaced(self, buckets: Iterable[Bucket]) -> Allocation:
        """The same with other buckets."""
        return replace(self, buckets=tuple(buckets))


def unlock_frame(allocation: Allocation, months: Floats) -> pl.DataFrame:
    """Columns date, month, bucket, group and tokens: what of each bucket with a schedule is free, month by month."""
    rows: list[dict[str, object]] = []
    for bucket in allocation.buckets:
        if not bucket.is_scheduled:
            continue
        tokens = allocation.tokens * bucket.share * bucket.unlocked(months)
        rows += _rows(allocation, bucket, months, tokens)
    schema = {"date": pl.Date, "month": pl.Float64, "bucket": pl.String, "group": pl.String, "tokens": pl.Float64}
    return pl.DataFrame(rows, schema=schema)


def _rows(allocation: Allocation, bucket: Bucket, months: Floats, tokens: Floats) -> Iterator[dict[str, object]]:
    for month, amount in zip(months, tokens, strict=True):
        day = allocation.launched + dt.timedelta(days=round(float(month) * DAYS_PER_MONTH))
        yield {
            "date": day,
            "month": float(month),
            "bucket": bucket.title,
            "group": bucket.group,
            "tokens": float(amount),
        }
