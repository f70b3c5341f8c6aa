"""What each quantity has to reach for one, two, three and four of four, and at which limit a flag is raised."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from model.errors import OutOfRangeError, UnknownKeyError
from model.scorecard.quantity import Unit

T = TypeVar("T")

BEST = 4
TOLERANCE = 1e-9
SPECIFIED = "four and zero by the six-point framework; the steps between are set here"
OWN = "set here; nobody has published a line for it"
ANTICAPTURE = "Anticapture framework reference (August 2026)"


@dataclass(frozen=True)
class Ladder:
    """How one quantity turns into nought to four.

    Attributes
    ----------
    cuts
        What has to be reached for 1, 2, 3 and 4; ascending where `higher` counts, else descending.
    low, high
        Between which a cut may be set.
    needed
        Whether the point has no score while this quantity is missing.
    crowded
        Above this value the score is at most 3 and at most 2 above half the way from there to 1.
    """

    key: str
    point: str
    label: str
    unit: Unit
    cuts: tuple[float, float, float, float]
    low: float
    high: float
    higher: bool = True
    needed: bool = False
    basis: str = OWN
    crowded: float | None = None

    def score(self, value: float) -> int:
        """How many cuts a value reaches."""
        reached = sum(self.reaches(value, cut) for cut in self.cuts)
        if self.crowded is not None and value > self.crowded:
            return min(reached, 3 if value <= (1 + self.crowded) / 2 else 2)
        return reached

    def next_cut(self, value: float) -> float | None:
        """What the value would have to reach for a higher score; None at the top or beyond what more can do."""
        score = self.score(value)
        if score == BEST or (self.crowded is not None and value > self.crowded):
            return None
        return next((cut for cut in self.cuts if not self.reaches(value, cut)), None)

    def reaches(self, value: float, cut: float) -> bool:
        """Whether a value reaches a cut; rounding of the last digits does not decide."""
        return (
            value >= cut or math.isclose(value, cut, rel_tol=TOLERANCE)
            if self.higher
            else (value <= cut or math.isclose(value, cut, rel_tol=TOLERANCE))
        )

    def checked(self, cuts: Sequence[float]) -> tuple[float, float, float, float]:
        """Four other cuts.

        Raises
        ------
        OutOfRangeError
            For anything but four numbers in order and within the bounds.
        """
        in_order = sorted(cuts, reverse=not self.higher) == list(cuts)
        if len(cuts) != BEST or not all(math.isfinite(c) and self.low <= c <= self.high for c in cuts) or not in_order:
            raise OutOfRangeError(
                f"the thresholds of {self.label.lower()} do not stand",
                where=f"scorecard.{self.key}",
                allowed=f"four numbers from {self.low:g} to {self.high:g}, {'rising' if self.higher else 'falling'}",
                todo="the usual ones are used",
            )
        first, second, third, fourth = (float(cut) for cut in cuts)
        return first, second, third, fourth


LADDERS: tuple[Ladder, ...] = (
    Ladder("sinks", "utility", "Ways in which use takes up tokens", "count", (1, 2, 2, 3), 0, 10, needed=True,
           basis=SPECIFIED),
    Ladder("elasticity", "utility", "Token demand per use", "ratio", (0.05, 0.25, 0.5, 0.7), 0, 2, needed=True,
           basis=SPECIFIED),
    Ladder("not_for_rewards", "utility", "Demand that is not staked for new tokens", "share", (0.2, 0.35, 0.5, 0.65),
           0, 1),
    Ladder("gap", "emission", "Revenue gap", "ratio", (5, 3, 2, 1), 0, 1000, higher=False, needed=True,
           basis=SPECIFIED),
    Ladder("gap_closes", "emission", "Chance that the revenue gap is below 1 by month 36", "share",
           (0.05, 0.25, 0.5, 0.75), 0, 1, needed=True),
    Ladder("gap_widens", "emission", "Futures in which emission minus revenue, in dollars, grows", "share",
           (0.95, 0.75, 0.5, 0.25), 0, 1, higher=False, needed=True),
    Ladder("team_share", "vesting", "Share of team and founders", "share", (0.25, 0.20, 0.175, 0.15), 0, 1,
           higher=False, needed=True, basis=SPECIFIED),
    Ladder("insider_share", "vesting", "Share of insiders", "share", (0.6, 0.5, 0.4, 0.3), 0, 1, higher=False),
    Ladder("cliff", "vesting", "Shortest cliff of insiders", "months", (3, 6, 9, 12), 0, 120, needed=True,
           basis=SPECIFIED),
    Ladder("unlocks", "vesting", "Unlocks of the next twelve months over circulating", "share",
           (0.5, 0.25, 0.15, 0.05), 0, 10, higher=False, needed=True),
    Ladder("launch_float", "vesting", "Free at launch", "share", (0.02, 0.05, 0.08, 0.10), 0, 1),
    Ladder("on_chain", "vesting", "Schedule kept on chain", "yes", (0, 0, 0, 1), 0, 1, basis=SPECIFIED),
    Ladder("utilisation", "alignment", "Utilisation", "share", (0.05, 0.10, 0.30, 0.50), 0, 1, needed=True,
           basis=SPECIFIED, crowded=0.85),
    Ladder("burn_over_mint", "alignment", "Burned over minted", "ratio", (0.01, 0.1, 0.5, 1), 0, 100, needed=True,
           basis=SPECIFIED),
    Ladder("use_over_supply", "alignment", "Growth of use above that of supply", "points", (-0.10, -0.05, 0, 0.05),
           -10, 10),
    Ladder("reacts", "alignment", "Emission reacts to use", "yes", (0, 0, 0, 1), 0, 1),
    Ladder("voting_days", "governance", "Voting period", "days", (1, 3, 4, 7), 0, 365, needed=True,
           basis=ANTICAPTURE),
    Ladder("timelock_days", "governance", "Delay before a decision takes effect", "days", (0, 0, 0.5, 1), 0, 365,
           basis=ANTICAPTURE),
    Ladder("nakamoto", "governance", "Fewest holders that decide alone", "count", (2, 4, 10, 25), 1, 100_000,
           needed=True),
    Ladder("quorum_margin", "governance", "Turnout over quorum", "ratio", (0.5, 1, 1.25, 1.5), 0, 100),
    Ladder("proposal_threshold", "governance", "Stake that a proposal needs", "share", (0, 0, 0.005, 0.01), 0, 1,
           basis=ANTICAPTURE),
    Ladder("audit_status", "audit", "Published review of the code", "count", (1, 2, 2, 2), 0, 2, needed=True,
           basis=SPECIFIED),
    Ladder("audit_age", "audit", "Age of the newest report", "months", (60, 36, 24, 12), 0, 600, higher=False,
           basis=SPECIFIED),
    Ladder("audit_scope", "audit", "Covers voting and emission", "count", (0, 0, 1, 2), 0, 2, basis=SPECIFIED),
)  # fmt: skip
"""Every quantity that is scored, by point."""

LADDER_BY_KEY: dict[str, Ladder] = {ladder.key: ladder for ladder in LADDERS}


@dataclass(frozen=True)
class Limit:
    """Where one flag is raised, and how far it may be moved."""

    key: str
    label: str
    value: float
    unit: Unit
    low: float
    high: float

    def checked(self, value: float) -> float:
        """Another limit.

        Raises
        ------
        OutOfRangeError
            For a number out of its bounds.
        """
        if not (math.isfinite(value) and self.low <= value <= self.high):
            raise OutOfRangeError(
                f"the limit of {self.label.lower()} does not stand",
                where=f"scorecard.flag_{self.key}",
                allowed=f"a number from {self.low:g} to {self.high:g}",
                todo=f"{self.value:g} is used",
            )
        return float(value)


LIMITS: tuple[Limit, ...] = (
    Limit("team_share", "Team share above", 0.20, "share", 0, 1),
    Limit("cliff", "Cliff shorter than", 12, "months", 0, 120),
    Limit("no_link", "Token demand per use below", 0.05, "ratio", 0, 2),
    Limit("redirected", "Capture ratio above", 0.5, "share", 0, 1),
    Limit("widening", "Share of futures in which emission minus revenue, in dollars, grows, above", 0.5, "share", 0, 1),
    Limit("idle", "Utilisation below", 0.10, "share", 0, 1),
)
"""Every limit of a flag."""

LIMIT_BY_KEY: dict[str, Limit] = {limit.key: limit for limit in LIMITS}


@dataclass(frozen=True)
class Thresholds:
    """The usual thresholds with some of them moved.

    Raises
    ------
    BallastError
        For a key that no ladder or limit has, and for numbers that do not stand.
    """

    cuts: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, cuts in self.cuts.items():
            _known(key, LADDER_BY_KEY, "cuts").checked(cuts)
        for key, value in self.limits.items():
            _known(key, LIMIT_BY_KEY, "limits").checked(value)

    def ladder(self, key: str) -> Ladder:
        """A ladder with its cuts in force."""
        ladder = LADDER_BY_KEY[key]
        return replace(ladder, cuts=ladder.checked(self.cuts[key])) if key in self.cuts else ladder

    def limit(self, key: str) -> float:
        """A limit in force."""
        return self.limits.get(key, LIMIT_BY_KEY[key].value)

    @property
    def moved(self) -> tuple[str, ...]:
        """Labels of what is not as usual."""
        changed = [LADDER_BY_KEY[k].label for k, c in self.cuts.items() if tuple(c) != LADDER_BY_KEY[k].cuts]
        return (*changed, *(LIMIT_BY_KEY[k].label for k, v in self.limits.items() if v != LIMIT_BY_KEY[k].value))


USUAL = Thresholds()


def _known(key: str, declared: Mapping[str, T], where: str) -> T:
    if key not in declared:
        raise UnknownKeyError(f"there is no threshold {key[:40]!r}", where=where, allowed=", ".join(declared))
    return declared[key]
