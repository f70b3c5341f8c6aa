"""Render's budgets: how a month or a year of emission is divided, and what stays in a treasury."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from model.errors import OutOfRangeError
from model.networks.inputs import Number, numbers, whole


@dataclass(frozen=True)
class Year1Month:
    """A month of BME year 1 by RNP-006, in RENDER.

    Attributes
    ----------
    nodes, liquidity, artists
        The network's half: 380,284.
    foundation
        The other half, which goes to the foundation.
    foundation_compute, foundation_upgrade
        What the foundation adds to the network's incentives out of its half.
    """

    nodes: int
    liquidity: int
    artists: int
    foundation: int = 380_283
    foundation_compute: int = 95_071
    foundation_upgrade: int = 95_071

    @property
    def network(self) -> int:
        """The network's half."""
        return self.nodes + self.liquidity + self.artists


def year_1_month(month: int) -> Year1Month:
    """The split of a month of BME year 1, 1 to 12, as voted in RNP-006; RNP-013 changed it from June 2024."""
    month = whole("month", month, low=1, high=12)
    liquidity = 190_142 if month <= 3 else 95_071 if month <= 9 else 0
    return Year1Month(nodes=190_142, liquidity=liquidity, artists=190_142 - liquidity)


@dataclass(frozen=True)
class YearSplit:
    """Shares of a year's emission: to nodes, to grants for artists and AI, to the foundation."""

    nodes: float
    grants: float
    foundation: float


def yearly_split(bme_year: int) -> YearSplit:
    """How a year's emission is divided from year 2 on, in shares (RNP-018, RNP-022); later years as the last voted."""
    if whole("BME year", bme_year, low=1) == 1:
        raise OutOfRangeError("year 1 is divided month by month", todo="use year_1_month")
    return YearSplit(nodes=0.25, grants=0.25, foundation=0.50)


MONTHLY_BUDGET_YEAR_3: Mapping[str, int] = MappingProxyType(
    {"grants": 123_033, "nodes": 123_033, "operations": 246_066, "salad": 88_240}
)
"""RENDER a month in BME year 3; Salad's part at USD 2.00 comes on top, brought forward under the same cap (RNP-023)."""


@dataclass(frozen=True)
class Treasury:
    """A budget at a year's end, in RENDER.

    Attributes
    ----------
    emitted, paid, unspent
        Scheduled for the purpose, really paid out, and kept in a treasury.
    """

    emitted: float
    paid: float
    unspent: float


def unspent(emitted: Number, paid: Number) -> Treasury:
    """What stays in the treasury of a budget; scheduled emission is not circulating emission."""
    scheduled = float(numbers("emitted", emitted, low=0))
    spent = float(numbers("paid", paid, low=0))
    if spent > scheduled:
        raise OutOfRangeError("paid is more than was emitted", allowed=f"{scheduled:g} or less")
    return Treasury(scheduled, spent, scheduled - spent)


YEAR_2_PAID: Mapping[str, Treasury] = MappingProxyType(
    {
        "nodes": Treasury(1.48e6, 0.96e6, 0.52e6),
        "grants": Treasury(1.48e6, 0.80e6, 0.67e6),
        "foundation": Treasury(2.95e6, 2.24e6, 0.71e6),
    }
)
"""BME year 2 as RNP-022 reports it, rounded to 10,000; nodes received 0.80M for jobs, 0.15M for availability and
0.01M for compute. The treasuries held 4.91M (network) and 1.98M (foundation)."""
