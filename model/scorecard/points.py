"""A point of the scorecard: its quantities scored, the weakest of them, and what would raise it by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model.scorecard.alignment import alignment
from model.scorecard.audit_status import audit_status
from model.scorecard.emission import emission
from model.scorecard.governance_quality import governance_quality
from model.scorecard.quantity import Evidence, Quantity, value_words, weakest
from model.scorecard.subject import Measure
from model.scorecard.thresholds import BEST, LADDER_BY_KEY, Ladder, Thresholds
from model.scorecard.utility import utility
from model.scorecard.vesting import vesting


@dataclass(frozen=True)
class Topic:
    """One of the six points.

    Attributes
    ----------
    asks
        The question that it answers, in a sentence.
    """

    key: str
    title: str
    asks: str
    measure: Measure


TOPICS: tuple[Topic, ...] = (
    Topic("utility", "Utility depth", "Does use of the network take up the token?", utility),
    Topic("emission", "Emission sustainability", "Can customers carry what is emitted?", emission),
    Topic("vesting", "Vesting and allocation", "Who was given what, and when may it be sold?", vesting),
    Topic("alignment", "Demand-supply alignment", "Does supply follow demand?", alignment),
    Topic("governance", "Governance quality", "Who decides, and how long does that take?", governance_quality),
    Topic("audit", "Audit status", "Was the code reviewed, and by whom?", audit_status),
)
"""The six points in their order."""


@dataclass(frozen=True)
class Scored:
    """A quantity with its score; none for one that is missing or only shown."""

    quantity: Quantity
    ladder: Ladder | None
    score: int | None

    @property
    def next_step(self) -> str:
        """What the quantity would have to reach for a higher score; empty at the top."""
        value = self.quantity.value
        if self.ladder is None or value is None or self.score is None or self.score == BEST:
            return ""
        label = self.quantity.label
        if self.ladder.crowded is not None and value > self.ladder.crowded:
            return f"{label} of at most {_words(self.ladder.crowded, self)} (now {self.quantity.words})"
        cut = self.ladder.next_cut(value)
        if cut is None:
            return ""
        if "yes" in (self.ladder.unit, self.quantity.unit):
            return f"{label}: {'yes instead of no' if self.ladder.higher else 'no instead of yes'}"
        bound = "at least" if self.ladder.higher else "at most"
        return f"{label} of {bound} {_words(cut, self)} (now {self.quantity.words})"


def _words(cut: float, scored: Scored) -> str:
    return value_words(cut, scored.quantity.unit)


@dataclass(frozen=True)
class Point:
    """One scored point.

    Attributes
    ----------
    score
        0 to 4, the lowest of its quantities; None while one that is needed is missing.
    """

    topic: Topic
    score: int | None
    quantities: tuple[Scored, ...]

    @property
    def key(self) -> str:
        """Key of its topic."""
        return self.topic.key

    @property
    def title(self) -> str:
        """Title of its topic."""
        return self.topic.title

    @property
    def evidence(self) -> Evidence:
        """The weakest evidence that the score rests on; missing where there is no score."""
        if self.score is None:
            return "missing"
        return weakest(tuple(s.quantity.evidence for s in self.quantities if s.score is not None))

    @property
    def score_words(self) -> str:
        """The score as it is written."""
        return "unknown" if self.score is None else f"{self.score} of {BEST}"

    @property
    def lowest(self) -> tuple[Scored, ...]:
        """Quantities that hold the score down."""
        return tuple(s for s in self.quantities if s.score is not None and s.score == self.score)

    @property
    def lacking(self) -> tuple[Quantity, ...]:
        """Quantities without which there is no score."""
        return tuple(s.quantity for s in self.quantities if s.ladder and s.ladder.needed and not s.quantity.is_known)

    @property
    def unseen(self) -> tuple[Quantity, ...]:
        """Quantities that would be scored too, were they known: the score could only be lower with them."""
        return tuple(s.quantity for s in self.quantities if s.ladder and not s.quantity.is_known)

    @property
    def because(self) -> str:
        """Why the score is what it is, in a phrase."""
        if self.score is None:
            return "no figure was found for " + ", ".join(_low(quantity.label) for quantity in self.lacking)
        if self.score == BEST:
            return "every known quantity reaches the top"
        return "; ".join(f"{_low(s.quantity.label)}: {s.quantity.words}" for s in self.lowest)

    @property
    def raises(self) -> tuple[str, ...]:
        """What would raise it by one: all of these together."""
        if self.score is None:
            return tuple(f"A source with a date for: {_low(quantity.label)}" for quantity in self.lacking)
        return tuple(step for step in (scored.next_step for scored in self.lowest) if step)


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]


def scored_point(topic: Topic, quantities: Sequence[Quantity], thresholds: Thresholds) -> Point:
    """Score a point: no more than its weakest quantity, nothing while one that is needed is missing."""
    rows = tuple(_scored(quantity, thresholds) for quantity in quantities)
    known = [row.score for row in rows if row.score is not None]
    lacks = any(row.ladder and row.ladder.needed and row.score is None for row in rows)
    return Point(topic, None if lacks or not known else min(known), rows)


def _scored(quantity: Quantity, thresholds: Thresholds) -> Scored:
    if quantity.key not in LADDER_BY_KEY:
        return Scored(quantity, None, None)
    ladder = thresholds.ladder(quantity.key)
    return Scored(quantity, ladder, None if quantity.value is None else ladder.score(quantity.value))
