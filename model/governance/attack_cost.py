"""What enough votes would cost by each way to get them, beside what a passed proposal could take."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from model.engine.worlds import Floats, Integers
from model.errors import OutOfRangeError
from model.governance.holders import UNITS
from model.governance.linear_rules import LinearRule
from model.governance.one_vote import OneVote
from model.governance.simulation import counted_votes
from model.governance.votes import OPTIONS

Route = Literal["naive", "pool", "order_book", "borrow", "flash", "bribe"]

ROUTES: dict[Route, str] = {
    "naive": "Buy at today's price, as if buying moved nothing",
    "pool": "Buy from a constant-product pool",
    "order_book": "Buy in a market whose price gives way",
    "borrow": "Borrow for the length of the vote, where somebody lends; collateral not counted",
    "flash": "Borrow for one transaction",
    "bribe": "Pay holders for their votes",
}

DAYS = 365.0
_YES = OPTIONS.index("yes")


# ---- how many votes -------------------------------------------------------------------------------------
def votes_needed(rule: LinearRule, votes: Integers) -> Floats:
    """Further yes that make counts pass, in parts of `UNITS`; infinite where no yes could.

    Every condition is linear, so each names its own number and the largest counts: under a quorum of yes alone that is
    the larger of what the quorum lacks and what a majority lacks.

    Parameters
    ----------
    votes
        Shape (..., 4): votes of everybody else, in whole units.

    Returns
    -------
    ndarray
        Shape (...).
    """
    needed = np.zeros(votes.shape[:-1])
    for condition in rule.conditions:
        lacking = condition.least - votes @ condition.weights
        step = int(condition.weights[_YES])
        each = np.ceil(lacking / step) if step > 0 else np.inf
        needed = np.maximum(needed, np.where(lacking > 0, each, 0.0))
    # Nobody can cast more than those who have not voted hold.
    left = rule.electorate - votes.sum(axis=-1)
    return np.asarray(np.where(needed > left, np.inf, needed) / UNITS)


def needed_over_futures(vote: OneVote, times: int = 400, seed: int = 1) -> Floats:
    """Tokens of yes that an attacker would need in each of many futures of everybody else's vote; shape (times,)."""
    votes = counted_votes(vote, times, seed)
    return votes_needed(vote.linear, votes) * (UNITS * vote.holders.stake_of_unit)


# ---- what they cost -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Market:
    """Where votes can be got; everything but the price is assumed where nobody measured it.

    Attributes
    ----------
    price
        USD per token.
    pool_tokens
        Tokens in the deepest pool; 0 where there is none.
    daily_volume
        Tokens traded a day; 0 where nobody knows.
    impact, impact_power
        Price paid in a market: price x (1 + impact x (tokens / daily volume) ^ power).
    borrow_rate
        Of the value, a year.
    flash_fee
        Of the value, once.
    bribe
        USD per vote.
    resale_fall
        By what share the price falls between buying and selling again.
    """

    price: float
    pool_tokens: float = 0.0
    daily_volume: float = 0.0
    impact: float = 1.0
    impact_power: float = 0.5
    borrow_rate: float = 0.10
    flash_fee: float = 0.0009
    bribe: float = 0.0
    resale_fall: float = 0.30

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if not (math.isfinite(value) and value >= 0):
                raise OutOfRangeError(f"{name.replace('_', ' ')} is {value}", where="market", allowed="0 or more")
        if self.resale_fall > 1:
            raise OutOfRangeError(f"the price falls by {self.resale_fall}", where="market", allowed="0 to 1")


def pool_multiplier(share: float) -> float:
    """Average price over first price when a share of a constant-product pool is bought; infinite from all of it on."""
    return 1 / (1 - share) if share < 1 else math.inf


def market_multiplier(market: Market, tokens: float) -> float:
    """Average price over first price in a market that gives way; infinite where its volume is not known."""
    if not market.daily_volume:
        return math.inf if tokens else 1.0
    return 1 + market.impact * float((tokens / market.daily_volume) ** market.impact_power)


@dataclass(frozen=True)
class Bill:
    """What votes cost by one route, USD.

    Attributes
    ----------
    paid
        What has to be brought up.
    returned
        What selling again brings, after the fall in price and its own impact.
    possible
        Whether the route exists; `why` says why not.
    """

    route: Route
    paid: float
    returned: float = 0.0
    possible: bool = True
    why: str = ""

    @property
    def net(self) -> float:
        """What is lost in the end."""
        return self.paid - self.returned


def bill(route: Route, market: Market, tokens: float, *, days: float, read_at_execution: bool = False) -> Bill:
    """What a number of votes costs by one route.

    Parameters
    ----------
    days
        From the day the stake has to be held to the end of the vote.
    read_at_execution
        Whether power is read when the proposal executes and not at a snapshot before; only then do votes borrowed for
        one transaction count.
    """
    value = tokens * market.price
    if not math.isfinite(tokens):
        return Bill(route, math.inf, possible=False, why="No number of further votes would pass it.")
    if route == "borrow":
        return Bill(route, value * market.borrow_rate * days / DAYS)
    if route == "flash":
        why = "" if read_at_execution else "Power is read at a snapshot before: votes of one transaction do not count."
        return Bill(route, value * market.flash_fee if read_at_execution else math.inf, possible=not why, why=why)
    if route == "bribe":
        why = "" if market.bribe else "Nobody knows what a vote would be sold for."
        return Bill(route, tokens * market.bribe if market.bribe else math.inf, possible=not why, why=why)
    if route == "naive":
        return Bill(route, value, value * (1 - market.resale_fall))
    if route == "pool":
        multiplier = pool_multiplier(tokens / market.pool_tokens) if market.pool_tokens else math.inf
        why = "" if math.isfinite(multiplier) else "The pool does not hold that many tokens."
    else:
        multiplier = market_multiplier(market, tokens)
        why = "" if math.isfinite(multiplier) else "The traded volume is not known."
    if why:
        return Bill(route, math.inf, possible=False, why=why)
    return Bill(route, value * multiplier, value * (1 - market.resale_fall) / multiplier)


# ---- what it brings -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Prize:
    """What a passed proposal could take, USD.

    Attributes
    ----------
    treasury
        Movable in one proposal.
    emission
        Redirected, a year.
    reversal_days
        Until a counter-proposal takes the emission back: notice, vote and timelock.
    """

    treasury: float = 0.0
    emission: float = 0.0
    reversal_days: float = 30.0

    @property
    def value(self) -> float:
        """All of it."""
        return self.treasury + self.emission * self.reversal_days / DAYS


@dataclass(frozen=True)
class Attack:
    """An attack under a rule: how long its votes are needed, what they are after, how likely it works.

    Attributes
    ----------
    days
        Stake has to be held this long.
    success
        Chance that it works once the votes are there; assumed.
    deposit
        USD at risk besides.
    """

    prize: Prize
    days: float
    read_at_execution: bool = False
    success: float = 1.0
    deposit: float = 0.0

    def profit(self, cost: Bill) -> float:
        """Expected gain less net cost, USD; minus infinity where the route does not exist."""
        return self.prize.value * self.success - cost.net - self.deposit if cost.possible else -math.inf


Mitigation = Literal["delay", "timelock", "late_quorum", "cap", "disinterested", "snapshot"]

MITIGATIONS: dict[Mitigation, str] = {
    "snapshot": "Read power at a snapshot before the vote: votes of one transaction no longer count.",
    "delay": "Two more days between proposal and vote: borrowed and bought stake is held longer.",
    "late_quorum": "Three more days when the quorum comes late: others can still answer.",
    "timelock": "Two more days before it takes effect: stake that is locked until then is held longer.",
    "cap": "At most a tenth of the prize for one recipient.",
    "disinterested": "Those who benefit do not vote: their votes pass nothing.",
}
_DAYS: dict[str, float] = {"delay": 2.0, "late_quorum": 3.0, "timelock": 2.0}
CAP = 0.1


def mitigated(attack: Attack, tokens: float, chosen: frozenset[Mitigation]) -> tuple[Attack, float]:
    """The same attack and the tokens it needs when a rule had some mitigations."""
    prize = attack.prize
    if "cap" in chosen:
        prize = replace(prize, treasury=prize.treasury * CAP, emission=prize.emission * CAP)
    days = attack.days + sum(_DAYS.get(name, 0.0) for name in chosen)
    read = attack.read_at_execution and "snapshot" not in chosen
    found = replace(attack, prize=prize, days=days, read_at_execution=read)
    return found, math.inf if "disinterested" in chosen else tokens


def capture_risk(active_value: float, delegated_value: float, treasury: float) -> Literal["high", "medium", "low"]:
    """Anticapture's comparison: half of the active supply, and the delegated supply, against the other assets.

    High where neither is worth more than the treasury without its own token, medium where only the delegated supply
    is, low otherwise (https://github.com/blockful/anticapture, framework reference of 2026-08-13). All in USD.
    """
    half = active_value / 2 <= treasury
    delegated = delegated_value <= treasury
    return "high" if half and delegated else "medium" if half else "low"
