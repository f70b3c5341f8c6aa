"""How likely a vote passes and why it would fail, over many lists of holders where the list is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from model.engine.worlds import Floats, Integers
from model.errors import OutOfRangeError, UnknownKeyError
from model.governance.holders import GROUPS, Holders, Plan, holders_from
from model.governance.hybrid import EXACT_STATES, atoms_of, can_be_solved, solved
from model.governance.linear_rules import OUTCOMES, deciding
from model.governance.one_vote import OneVote, one_vote
from model.governance.rule_files import RULES
from model.governance.rules import VotingRule
from model.governance.seat_counts import can_be_counted, seat_outcomes
from model.governance.simulation import simulated
from model.governance.support import SHOCKS, Support
from model.governance.tally import Reason
from model.governance.turnout import Turnout

Method = Literal["auto", "solved", "simulated"]

LISTS = 30
"""Drawn lists over which a chance is averaged: one alone can be off by 20 percentage points (specification, 3.4)."""

TIMES = 500
"""Votes held per drawn list where a rule cannot be solved: 30 lists have a standard error of half a point."""

SEED = 20261121


@dataclass(frozen=True)
class Chance:
    """Chances of the outcomes of one vote; they add up to 1.

    Attributes
    ----------
    quorum, threshold, veto
        Chance that it fails for that reason first; a veto stands for cancelling votes too.
    error
        Standard error of `passing` where it was simulated, 0 where it was solved.
    method
        "counted" (every combination), "solved" (the largest combined, the rest normal) or "simulated".
    """

    passing: float
    quorum: float = 0.0
    threshold: float = 0.0
    veto: float = 0.0
    error: float = 0.0
    method: str = "solved"


_PART = {
    Reason.PASS: "passing",
    Reason.FAIL_QUORUM: "quorum",
    Reason.FAIL_ALL_ABSTAIN: "threshold",
    Reason.FAIL_VETO: "veto",
    Reason.CANCELLED: "veto",
    Reason.FAIL_THRESHOLD: "threshold",
}


def chance(vote: OneVote, *, method: Method = "auto", times: int = TIMES, seed: int = SEED) -> Chance:
    """Chance of one vote on one list."""
    return cases(vote, np.zeros((1, 4), dtype=np.int64), method=method, times=times, seed=seed)[0]


def cases(
    vote: OneVote, offsets: Integers, *, method: Method = "auto", times: int = TIMES, seed: int = SEED
) -> list[Chance]:
    """The same with votes added, case by case, in the same futures.

    Parameters
    ----------
    offsets
        Shape (cases, 4): whole units by option.
    """
    if method == "auto" and can_be_counted(vote):
        return [_from_shares(row) for row in seat_outcomes(vote, offsets)]
    if method == "solved" or (method == "auto" and can_be_solved(vote)):
        conditions = deciding(vote.linear) or ()
        names = [_PART[condition.reason] for condition in conditions]
        ways = len(vote.options) ** vote.holders.count
        how = "counted" if atoms_of(vote) == vote.holders.count and ways <= EXACT_STATES else "solved"
        found = []
        for row in solved(vote, offsets):
            parts = {"passing": float(row[0])}
            for name, share in zip(names, row[1:], strict=False):
                parts[name] = parts.get(name, 0.0) + float(share)
            found.append(Chance(**parts, method=how))
        return found
    return [_from_shares(row, times) for row in simulated(vote, times, seed, offsets)]


def _from_shares(shares: Floats, times: int = 0) -> Chance:
    """Chances from shares by `OUTCOMES`, simulated so many times; 0 where they were counted."""
    parts: dict[str, float] = {}
    for reason, share in zip(OUTCOMES, shares, strict=True):
        parts[_PART[reason]] = parts.get(_PART[reason], 0.0) + float(share)
    if not times:
        return Chance(**parts, method="counted")
    error = float(np.sqrt(parts["passing"] * (1 - parts["passing"]) / times))
    return Chance(**parts, error=error, method="simulated")


# ---- over many lists ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Estimate:
    """A chance averaged over lists of holders.

    Attributes
    ----------
    lists
        Chance on each list, in the order of draws; a known list is one.
    wanted
        How many lists there will be.
    """

    lists: tuple[Chance, ...]
    wanted: int

    def _mean(self, part: str) -> float:
        return float(np.mean([getattr(one, part) for one in self.lists]))

    @property
    def passing(self) -> float:
        """Chance of passing."""
        return self._mean("passing")

    @property
    def chance(self) -> Chance:
        """All outcomes; the error is that of the mean over lists, simulation included."""
        found = {part: self._mean(part) for part in ("passing", "quorum", "threshold", "veto")}
        return Chance(**found, error=self.error, method=self.lists[0].method)

    @property
    def error(self) -> float:
        """Standard error of the mean."""
        if len(self.lists) == 1:
            return self.lists[0].error
        return float(np.std([one.passing for one in self.lists], ddof=1) / np.sqrt(len(self.lists)))

    @property
    def spread(self) -> tuple[float, float]:
        """Chances that nine in ten lists lie between: the 5th and the 95th percentile."""
        low, high = np.quantile([one.passing for one in self.lists], [0.05, 0.95])
        return float(low), float(high)

    @property
    def is_whole(self) -> bool:
        """Whether every list that was asked for is in."""
        return len(self.lists) >= self.wanted


def turnout_of(turnout: Turnout | float) -> Turnout:
    """A turnout with the usual behaviour from its expected share."""
    return turnout if isinstance(turnout, Turnout) else Turnout(float(turnout))


def support_of(support: Support | Mapping[str, float] | float) -> Support:
    """Support from one yes share, or yes shares by kind of holder, that no gain moves."""
    if isinstance(support, Support):
        return support
    lean = dict(support) if isinstance(support, Mapping) else dict.fromkeys(GROUPS, float(support))
    return Support(lean=lean, self_interest=0.0)


def chances_over_lists(
    rule: VotingRule,
    plan: Plan,
    *,
    turnout: Turnout | float,
    support: Support | Mapping[str, float] | float,
    lists: int = LISTS,
    seed: int = SEED,
    method: Method = "auto",
    times: int = TIMES,
) -> Iterator[Estimate]:
    """Running estimates, one more list each, so that a page can show them as they come.

    Every list has its own random numbers by seed and place: more lists move none of those before.
    """
    wanted = 1 if plan.is_known else lists
    found: list[Chance] = []
    for draw in range(wanted):
        vote = one_vote(rule, plan.draw(seed, draw), turnout_of(turnout), support_of(support))
        found.append(chance(vote, method=method, times=times, seed=seed + draw))
        yield Estimate(tuple(found), wanted)


def chance_of_passing(
    rule: VotingRule | str,
    holders: Holders | Plan | Sequence[float],
    *,
    turnout: Turnout | float,
    support: Support | Mapping[str, float] | float,
    lists: int = LISTS,
    seed: int = SEED,
    method: Method = "auto",
    times: int = 20_000,
) -> Estimate:
    """How likely a vote passes under a rule.

    A behavioural assumption, not a forecast: who turns up and how they vote is put in.

    Parameters
    ----------
    rule
        A voting rule, or the name of one in `RULES`.
    holders
        A list that is known, or its stakes, or a plan from which `lists` lists are drawn and averaged over.
    turnout
        Expected share of the rule's electorate that votes, or a `Turnout`.
    support
        Share of yes among votes, the same by kind of holder, or a `Support` that simulated gains move.
    method, times
        "auto" solves where at most two linear conditions decide, and else holds the vote `times` times on a known
        list and `TIMES` times on each drawn one.

    Raises
    ------
    OutOfRangeError
        When nobody may vote or the turnout cannot be reached.
    """
    rule = RULES.find(rule)
    if method not in get_args(Method):
        raise UnknownKeyError(
            f"there is no method {str(method)[:30]!r}", where="method", allowed=", ".join(get_args(Method))
        )
    if not isinstance(holders, Holders | Plan):
        try:
            stakes = np.asarray(holders, dtype=np.float64)
        except (TypeError, ValueError) as error:
            raise OutOfRangeError("the holders are no list of stakes", where="holders", allowed="numbers") from error
        holders = holders_from(np.atleast_1d(stakes))
    if isinstance(holders, Holders):
        vote = one_vote(rule, holders, turnout_of(turnout), support_of(support))
        return Estimate((chance(vote, method=method, times=times, seed=seed),), 1)
    *_, last = chances_over_lists(
        rule, holders, turnout=turnout, support=support, lists=lists, seed=seed, method=method, times=min(times, TIMES)
    )
    return last


def band(
    rule: VotingRule, holders: Holders | Plan, *, turnout: Turnout | float, support: Support, lists: int = 10
) -> dict[float, float]:
    """Chance of passing by size of the common shock to support, over `SHOCKS`: how much rests on that assumption."""
    return {
        shock: chance_of_passing(
            rule, holders, turnout=turnout, support=replace(support, common_shock=shock), lists=lists, times=TIMES
        ).passing
        for shock in SHOCKS
    }
