"""A chance in words and dots: about 7 in 10, why it would fail, and what that rests on."""

from __future__ import annotations

import math

from model.governance.chance import Chance, Estimate
from model.governance.pivotal import TurningCoalition
from model.governance.rules import VotingRule
from model.words.text import number, percent

TEN = 10
SEAT_ROUNDING = 0.25
"""Part of a seat that a bisected share may lie above a whole number of seats."""
FULL, EMPTY = "●", "○"

_REASONS = {
    "quorum": "a missed quorum",
    "threshold": "too few in favour",
    "veto": "stopped by a veto or by votes to cancel it",
}


def tens(chance: float) -> int:
    """Out of ten, never zero or ten unless nothing else is possible in print."""
    return min(TEN, max(0, round(chance * TEN)))


def dots(chance: float) -> str:
    """Ten dots, as many filled as votes in ten pass."""
    return FULL * tens(chance) + EMPTY * (TEN - tens(chance))


def in_ten(chance: float) -> str:
    """In words: "about 7 in 10", "fewer than 1 in 20", "more than 19 in 20"."""
    if chance < 0.05:
        return "fewer than 1 in 20"
    if chance > 0.95:
        return "more than 19 in 20"
    return f"about {tens(chance)} in 10"


def headline(found: Estimate, rule: VotingRule) -> str:
    """The answer in a sentence, with its range over lists."""
    said = f"Under {rule.title}, {in_ten(found.passing)} modelled votes pass"
    if len(found.lists) == 1:
        return said + "."
    low, high = found.spread
    ends = f"{tens(low)} to {tens(high)}" if tens(low) != tens(high) else f"always near {tens(low)}"
    return f"{said} ({ends} in 10 over {len(found.lists)} lists of holders that fit what is known)."


def quorum_missed(rule: VotingRule) -> str:
    """Why a quorum is missed, by what it counts: "too few yes for the quorum"."""
    counted = "yes" if rule.quorum is not None and rule.quorum.count == ("yes",) else "votes"
    return f"too few {counted} for the quorum"


def why_it_fails(chance: Chance, rule: VotingRule) -> str:
    """Reasons for failing with their shares, the most frequent first."""
    parts = {name: getattr(chance, name) for name in _REASONS}
    named = sorted(((share, name) for name, share in parts.items() if share >= 0.005), reverse=True)
    if not named:
        return "It hardly ever fails."
    words = {**_REASONS, "quorum": quorum_missed(rule)}
    told = [f"{percent(share)} for {words[name]}" for share, name in named]
    return f"It fails in {percent(1 - chance.passing)} of modelled votes: {', '.join(told)}."


def how_found(found: Estimate) -> str:
    """How it was computed and how exact that is."""
    ways = {
        "counted": "counted over every combination of votes",
        "solved": "solved: every combination of the largest holders, the others as normal sums",
        "simulated": "held many times",
    }
    error = f", standard error {percent(found.error)}" if found.error else ""
    return f"The chance was {ways[found.lists[0].method]}{error}."


def in_a_thousand(share: float) -> str:
    """A small chance as a count: "3 of 1,000 modelled votes"."""
    count = share * 1000
    if count == 0:
        return "none of 1,000 modelled votes"
    if round(count) >= 1000:
        return "all of 1,000 modelled votes"
    return f"{'fewer than 1' if count < 1 else round(count)} of 1,000 modelled votes"


def coalition_words(found: TurningCoalition, before: float, *, seats: bool = False) -> str:
    """How few of the largest holders turn the vote, or how few seats."""
    many = "seats" if seats else "largest holders"
    if found.size is None:
        return f"Even the {found.looked_at} {many} together, all voting {found.option}, would not turn it."
    one = "One seat" if seats else "The largest holder alone"
    together = f"{found.size} seats together" if seats else f"The {found.size} {many} together"
    who = one if found.size == 1 else together
    return (
        f"{who}, voting {found.option}, would move the chance from {in_ten(before)} to {in_ten(found.chance.passing)}."
    )


def needed_words(share: float | None, tokens: float, token: str, *, seats: int | None = None) -> str:
    """How many more yes make passing as likely as not, in tokens or of so many seats."""
    if share is None:
        return "No number of further yes would make passing as likely as not."
    if share == 0:
        return "It is as likely as not to pass, or more, without any further yes."
    if seats is not None:
        # The share was bisected from above, to a fraction of a seat.
        wanted = max(1, math.ceil(share * seats - SEAT_ROUNDING))
        return f"Further yes of {wanted} of the {seats} seats would make it as likely as not."
    return (
        f"Further yes of {number(tokens)} {token} ({percent(share)} of the electorate) would make it as likely as not."
    )
