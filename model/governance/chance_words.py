"""A chance in words and dots: about 7 in 10, why it would fail, and what that rests on."""

from __future__ import annotations

from model.governance.chance import Chance, Estimate
from model.governance.pivotal import TurningCoalition
from model.governance.rules import VotingRule
from model.text import number, percent

TEN = 10
FULL, EMPTY = "●", "○"

_REASONS = {
    "quorum": "too few votes for the quorum",
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


def why_it_fails(chance: Chance) -> str:
    """Reasons for failing with their shares, the most frequent first."""
    parts = {name: getattr(chance, name) for name in _REASONS}
    named = sorted(((share, name) for name, share in parts.items() if share >= 0.005), reverse=True)
    if not named:
        return "It hardly ever fails."
    told = [f"{percent(share)} for {_REASONS[name]}" for share, name in named]
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
    return f"{'fewer than 1' if count < 1 else number(round(count))} of 1,000 modelled votes"


def coalition_words(found: TurningCoalition, before: float) -> str:
    """How few of the largest holders turn the vote."""
    if found.size is None:
        return f"Even the {found.looked_at} largest holders together, all voting {found.option}, would not turn it."
    who = "The largest holder alone" if found.size == 1 else f"The {found.size} largest holders together"
    return (
        f"{who}, voting {found.option}, would move the chance from {in_ten(before)} to {in_ten(found.chance.passing)}."
    )


def needed_words(share: float | None, tokens: float, token: str) -> str:
    """How many more yes make passing as likely as not."""
    if share is None:
        return "No number of further yes would make passing as likely as not."
    if share == 0:
        return "It is as likely as not to pass, or more, without any further yes."
    return (
        f"Further yes of {number(tokens)} {token} ({percent(share)} of the electorate) would make it as likely as not."
    )
