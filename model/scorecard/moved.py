"""What a proposal would move on the scorecard: points, flags, and quantities that move without moving a score."""

from __future__ import annotations

from dataclasses import dataclass

from model.scorecard.card import Scorecard
from model.scorecard.flags import Flag
from model.scorecard.points import Point


@dataclass(frozen=True)
class Moved:
    """Two scorecards of one scenario.

    Attributes
    ----------
    points
        Pairs of before and after whose score differs.
    raised, lowered
        Flags that only the scenario raises, and that only the baseline raises.
    quantities
        Label, value before and value after of what differs by what is shown.
    """

    points: tuple[tuple[Point, Point], ...]
    raised: tuple[Flag, ...]
    lowered: tuple[Flag, ...]
    quantities: tuple[tuple[str, str, str], ...]

    @property
    def is_empty(self) -> bool:
        """Whether no point and no flag moves."""
        return not (self.points or self.raised or self.lowered)

    @property
    def sentence(self) -> str:
        """Which points and flags would move."""
        if self.is_empty:
            return "No point and no flag of the scorecard would move."
        told = [f"{a.title.lower()} from {a.score_words} to {b.score_words}" for a, b in self.points]
        parts = [f"It would move {_listed(told)}" if told else "It would move no point"]
        for flags, verb in ((self.raised, "raise"), (self.lowered, "take back")):
            if flags:
                named = _listed([f"“{flag.title.lower()}”" for flag in flags])
                parts.append(f"{verb} the {'flag' if len(flags) == 1 else 'flags'} {named}")
        return f"{_listed(parts)}."


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def moved(before: Scorecard, after: Scorecard) -> Moved:
    """Compare the scorecards of baseline and scenario."""
    pairs = list(zip(before.points, after.points, strict=True))
    was, now = ({flag.key for flag in card.raised} for card in (before, after))
    rows = []
    for first, second in pairs:
        olds = {row.quantity.key: row.quantity.words for row in first.quantities}
        for row in second.quantities:
            old, new = olds.get(row.quantity.key, "does not apply"), row.quantity.words
            if old != new:
                rows.append((row.quantity.label, old, new))
    return Moved(
        tuple((a, b) for a, b in pairs if a.score != b.score),
        tuple(flag for flag in after.raised if flag.key not in was),
        tuple(flag for flag in before.raised if flag.key not in now),
        tuple(rows),
    )
