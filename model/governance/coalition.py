"""How few of the largest holders can pass something under the actual rule."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from model.governance.concentration import Stakes
from model.governance.rules import VotingRule
from model.governance.tally import tally
from model.governance.votes import Votes, exact


@dataclass(frozen=True)
class Coalition:
    """The fewest holders that pass a vote together.

    Attributes
    ----------
    holders
        How many of the largest; 0 where it passes without any vote.
    stake
        What they hold together.
    share
        Of the whole electorate.
    """

    holders: int
    stake: Fraction
    share: float


def minimum_coalition(
    rule: VotingRule, stakes: Stakes, electorate: float | int | Fraction | None = None, *, opposed: bool = False
) -> Coalition | None:
    """The fewest of the largest holders whose yes passes under a rule; None where not even all can.

    Parameters
    ----------
    electorate
        Size of the body that the rule measures by; None is the sum of stakes.
    opposed
        Whether all others vote no; otherwise they stay away.
    """
    held = sorted((exact(stake, "stake") for stake in stakes), reverse=True)
    running = [Fraction(0)]
    for stake in held:
        running.append(running[-1] + stake)
    everything = running[-1]
    whole = everything if electorate is None else max(everything, exact(electorate, "electorate"))

    def passes(count: int) -> bool:
        against = everything - running[count] if opposed else 0
        return tally(rule, Votes(yes=running[count], no=against, electorate=whole)).passed

    if not passes(len(held)):
        return None
    low, high = -1, len(held)  # passing never ends by further yes, so the first that passes can be bisected
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if passes(middle) else (middle, high)
    return Coalition(high, running[high], float(running[high] / whole) if whole else 0.0)


def passing_share(rule: VotingRule) -> float:
    """Share of everybody that has to say yes when everybody says yes or no; with seats, of the seats."""
    low, high = 0, 10**9
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _passes(rule, Fraction(middle, 10**9)) else (middle, high)
    return high / 10**9


def _passes(rule: VotingRule, share: Fraction) -> bool:
    """Whether a share of a body so large passes that a quorum of a fixed number of votes is met."""
    whole = Fraction(rule.members or 10**12)
    return tally(rule, Votes(yes=share * whole, no=(1 - share) * whole, electorate=whole)).passed
