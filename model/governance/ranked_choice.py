"""Votes on more than two options: approval, weighted, instant runoff and Copeland, as Snapshot counts them.

Source: snapshot-labs/snapshot.js, src/voting (2026-08-19).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from model.errors import OutOfRangeError
from model.governance.votes import Count, exact


def approval(ballots: Sequence[tuple[Count, Sequence[str]]], options: Sequence[str]) -> dict[str, Fraction]:
    """Score of each option: the whole power of everybody who named it."""
    scores = dict.fromkeys(options, Fraction(0))
    for power, named in ballots:
        for option in dict.fromkeys(named):
            scores[_known(option, scores)] += exact(power, "power")
    return scores


def weighted(ballots: Sequence[tuple[Count, Mapping[str, Count]]], options: Sequence[str]) -> dict[str, Fraction]:
    """Score of each option: power of each ballot split in proportion to its weights."""
    scores = dict.fromkeys(options, Fraction(0))
    for power, weights in ballots:
        shares = {_known(option, scores): exact(weight, "weight") for option, weight in weights.items()}
        whole = sum(shares.values())
        for option, weight in shares.items():
            scores[option] += exact(power, "power") * weight / whole if whole else 0
    return scores


def instant_runoff(ballots: Sequence[tuple[Count, Sequence[str]]], options: Sequence[str]) -> dict[str, Fraction]:
    """Scores of the last round: the weakest leaves until one has more than half, or fewer than three remain.

    Only full rankings count. Of several weakest, the one named last in `options` leaves.
    """
    ranked = _full_rankings(ballots, options)
    remaining = list(options)
    while True:
        scores = dict.fromkeys(remaining, Fraction(0))
        for power, ranking in ranked:
            scores[next(option for option in ranking if option in scores)] += power
        if len(remaining) < 3 or 2 * max(scores.values()) > sum(scores.values()):
            return scores
        weakest = min(scores.values())
        remaining.remove(next(option for option in reversed(remaining) if scores[option] == weakest))


def copeland(ballots: Sequence[tuple[Count, Sequence[str]]], options: Sequence[str]) -> dict[str, Fraction]:
    """Points of each option: one for every other that more power ranks below it, half for a tie. Full rankings only."""
    ranked = _full_rankings(ballots, options)
    points = dict.fromkeys(options, Fraction(0))
    for place, one in enumerate(options):
        for other in options[place + 1 :]:
            lead = sum(
                (power if ranking.index(one) < ranking.index(other) else -power for power, ranking in ranked),
                Fraction(0),
            )
            points[one] += Fraction(1 if lead > 0 else 0) if lead else Fraction(1, 2)
            points[other] += Fraction(1 if lead < 0 else 0) if lead else Fraction(1, 2)
    return points


def _full_rankings(
    ballots: Sequence[tuple[Count, Sequence[str]]], options: Sequence[str]
) -> list[tuple[Fraction, tuple[str, ...]]]:
    if not options:
        raise OutOfRangeError("there is no option to vote on", allowed="one or more")
    full = set(options)
    return [
        (exact(power, "power"), tuple(ranking))
        for power, ranking in ballots
        if set(ranking) == full and len(ranking) == len(full)
    ]


def _known(option: str, scores: Mapping[str, Fraction]) -> str:
    if option not in scores:
        raise OutOfRangeError(f"there is no option {option[:40]!r}", allowed=", ".join(scores))
    return option
