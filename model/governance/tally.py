"""Counts votes under a rule: passed or not, why, and how far it was from the other outcome."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from model.errors import OutOfRangeError
from model.governance.quadratic import quadratic_scores
from model.governance.rule_files import RULES
from model.governance.rules import Test, VotingRule
from model.governance.votes import OPTIONS, Votes


class Reason(StrEnum):
    """Why a vote ended as it did."""

    PASS = "PASS"
    FAIL_GATE = "FAIL_GATE"
    FAIL_CHAMBER = "FAIL_CHAMBER"
    FAIL_QUORUM = "FAIL_QUORUM"
    FAIL_ALL_ABSTAIN = "FAIL_ALL_ABSTAIN"
    FAIL_VETO = "FAIL_VETO"
    FAIL_THRESHOLD = "FAIL_THRESHOLD"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True)
class Shortfalls:
    """Distances in votes, exact.

    Attributes
    ----------
    yes
        Further yes that approval needs while all else stays, 0 where it holds; None where no yes could do it.
    quorum
        Further yes that the quorum needs, 0 where it holds.
    yes_spare, quorum_spare
        Yes that could stay away before approval or quorum is lost.
    veto_headroom
        Further votes of veto, or of rejection, that still do not defeat it; None where the rule has neither.
    yes_more_than, quorum_more_than
        Whether the missing amount itself would not do, and more than it is needed.
    yes_needed, quorum_needed
        Whether approval or the quorum would be lost with no yes at all.
    """

    yes: Fraction | None = Fraction(0)
    quorum: Fraction | None = Fraction(0)
    yes_spare: Fraction = Fraction(0)
    quorum_spare: Fraction = Fraction(0)
    veto_headroom: Fraction | None = None
    yes_more_than: bool = False
    quorum_more_than: bool = False
    yes_needed: bool = True
    quorum_needed: bool = True


@dataclass(frozen=True)
class Outcome:
    """What a vote decided.

    Attributes
    ----------
    reasons
        Every test that failed, the one that the rule looks at first in front; empty where it passed.
    early
        Whether it ended before its deadline.
    chamber
        Body that did not approve, "" otherwise.
    assumed
        What was taken for granted because the votes do not say it.
    """

    passed: bool
    reason: Reason
    shortfalls: Shortfalls
    reasons: tuple[Reason, ...] = ()
    early: bool = False
    chamber: str = ""
    assumed: tuple[str, ...] = field(default=())


# ---- one test -------------------------------------------------------------------------------------------
def needed(test: Test, rule: VotingRule, votes: Votes) -> Fraction:
    """Votes with which a test is compared: its share of what it is measured by."""
    return _rounded(test, test.value * _base(test, rule, votes))


def counted(test: Test, votes: Votes) -> Fraction:
    """Votes that a test adds up."""
    return sum((getattr(votes, option) for option in test.count), Fraction(0))


def holds(test: Test, rule: VotingRule, votes: Votes) -> bool:
    """Whether a test holds, compared without rounding."""
    have, need = counted(test, votes), needed(test, rule, votes)
    return have > need if test.compare == ">" else have >= need


def _rounded(test: Test, amount: Fraction) -> Fraction:
    """Contracts divide whole numbers of the token's smallest unit."""
    if test.decimals is None:
        return amount
    unit = 10**test.decimals
    return Fraction(math.floor(amount * unit), unit)


def _base(test: Test, rule: VotingRule, votes: Votes) -> Fraction:
    if test.of == "absolute":
        return Fraction(1)
    if test.of == "cast":
        return votes.cast
    if test.of == "yes_no":
        return votes.yes + votes.no
    if test.of == "not_abstaining":
        return votes.cast - votes.abstain
    size = votes.size(rule.electorate) if rule.members is None else votes.size("members") or Fraction(rule.members)
    if size is None:
        raise OutOfRangeError(
            f"the rule {rule.title} measures by its {rule.body}, which the votes do not say",
            where="votes",
            todo=f"give {rule.electorate} or electorate",
        )
    return size


def _yes_step(test: Test) -> Fraction:
    """By how much one more yes brings a test nearer to holding."""
    grows = test.of in ("cast", "yes_no", "not_abstaining")
    return (1 if "yes" in test.count else 0) - (test.value if grows else Fraction(0))


def _needs_yes(test: Test, rule: VotingRule, votes: Votes) -> bool:
    """Whether a test would fail with no yes at all, everything else as it was cast."""
    left = counted(test, votes) - needed(test, rule, votes) - _yes_step(test) * votes.yes
    return left < 0 or (left == 0 and test.compare == ">")


def _further_yes(test: Test, rule: VotingRule, votes: Votes) -> tuple[Fraction | None, Fraction]:
    """Yes that a test lacks (None where more yes cannot help), and yes it could lose."""
    gap = needed(test, rule, votes) - counted(test, votes)
    step = _yes_step(test)
    if gap > 0 or (gap == 0 and test.compare == ">"):
        return (gap / step if step > 0 else None), Fraction(0)
    return Fraction(0), min(-gap / step, votes.yes) if step > 0 else votes.yes


# ---- the vote -------------------------------------------------------------------------------------------
def tally(rule: VotingRule | str, votes: Votes | Mapping[str, Any]) -> Outcome:
    """Count a vote as it stands at its deadline, or as it was when it ended early.

    Parameters
    ----------
    rule
        A voting rule, or the name of one in `RULES`.
    votes
        Votes, or counts by name, such as `{"yes": 3, "no": 2, "total": 100}`.

    Raises
    ------
    OutOfRangeError
        Where the votes do not say the size of the body that the rule measures by, or more was cast than there is.
    PresetError
        For a name that no rule has.
    """
    return _tally(RULES.find(rule), Votes.of(votes))


def _tally(rule: VotingRule, votes: Votes) -> Outcome:
    votes, assumed = _as_options(rule, _weighed(rule, votes))
    _check(rule, votes)
    unheard, failed_chamber = _chambers(rule, votes)
    early = _early(rule, votes)
    failures = _failures(rule, votes, failed_chamber)
    if early is True and not failed_chamber:
        failures = []
    elif early is False:
        failures = [Reason.FAIL_THRESHOLD, *(found for found in failures if found is not Reason.FAIL_THRESHOLD)]
    return Outcome(
        passed=not failures,
        reason=failures[0] if failures else Reason.PASS,
        shortfalls=_shortfalls(rule, votes),
        reasons=tuple(failures),
        early=early is not None,
        chamber=failed_chamber,
        assumed=(*assumed, *unheard),
    )


def _failures(rule: VotingRule, votes: Votes, failed_chamber: str) -> list[Reason]:
    """Tests that failed, in the order in which rules look at them."""
    found: list[Reason] = []
    asked = rule.gate.threshold if rule.gate else None
    if asked is not None and votes.proposer is not None and votes.proposer < asked:
        found.append(Reason.FAIL_GATE)
    if failed_chamber:
        found.append(Reason.FAIL_CHAMBER)
    if rule.quorum and (_empty(rule.quorum, rule, votes) or not holds(rule.quorum, rule, votes)):
        found.append(Reason.FAIL_QUORUM)
    if rule.all_abstain_fails and votes.cast == votes.abstain:
        found.append(Reason.FAIL_ALL_ABSTAIN)
    if rule.veto and holds(rule.veto, rule, votes):
        found.append(Reason.FAIL_VETO)
    if rule.cancel and holds(rule.cancel, rule, votes):
        found.append(Reason.CANCELLED)
    if rule.approval and not holds(rule.approval, rule, votes):
        rejected = rule.early_fail is not None and holds(rule.early_fail, rule, votes)
        found.append(Reason.EXPIRED if rule.expires and not rejected else Reason.FAIL_THRESHOLD)
    return found


def _empty(test: Test, rule: VotingRule, votes: Votes) -> bool:
    """Nothing can be a quorum of a body of size nothing."""
    return test.of == "electorate" and _base(test, rule, votes) == 0


def _early(rule: VotingRule, votes: Votes) -> bool | None:
    """True or False where the vote ends at once, None where it runs to its deadline."""
    approved = rule.approval is None or holds(rule.approval, rule, votes)
    if rule.early_pass and approved and holds(rule.early_pass, rule, votes):
        return True
    if rule.early_fail and holds(rule.early_fail, rule, votes):
        return False
    return None


def _chambers(rule: VotingRule, votes: Votes) -> tuple[list[str], str]:
    assumed: list[str] = []
    for chamber in rule.chambers:
        given = votes.chambers.get(chamber.name)
        if given is None:
            assumed.append(f"The vote of the {chamber.title} is not given; it is taken as an approval.")
            continue
        seats = rule.model_copy(update={"members": chamber.members, "electorate": "members"})
        if not holds(chamber.approval, seats, given):
            return assumed, chamber.title
    return assumed, ""


def _shortfalls(rule: VotingRule, votes: Votes) -> Shortfalls:
    parts: dict[str, Fraction | bool | None] = {}
    for name, test in (("yes", rule.approval), ("quorum", rule.quorum)):
        if test is not None:
            missing, spare = _further_yes(test, rule, votes)
            unmet = not holds(test, rule, votes)
            parts |= {
                name: missing,
                f"{name}_spare": spare,
                f"{name}_more_than": unmet and test.compare == ">",
                f"{name}_needed": _needs_yes(test, rule, votes),
            }
    headroom, stops = None, rule.veto or rule.cancel
    if stops:
        gap = needed(stops, rule, votes) - counted(stops, votes)
        headroom = max(Fraction(0), gap / (1 - stops.value if stops.of == "cast" else 1))
    return Shortfalls(veto_headroom=headroom, **parts)  # type: ignore[arg-type]


def _weighed(rule: VotingRule, votes: Votes) -> Votes:
    """Votes as the rule weighs single ballots."""
    if rule.power != "quadratic" or all(len(cast) <= 1 for cast in votes.ballots.values()):
        return votes
    scores = quadratic_scores({option: votes.ballots[option] for option in OPTIONS})
    return Votes(
        **{option: scores[option] for option in OPTIONS},
        chambers=votes.chambers,
        proposer=votes.proposer,
        **dict(votes.sizes),
    )


def _as_options(rule: VotingRule, votes: Votes) -> tuple[Votes, list[str]]:
    """Votes for options that the rule does not have: an abstention is no vote, a veto is a no."""
    assumed: list[str] = []
    counts = {option: getattr(votes, option) for option in OPTIONS}
    if votes.abstain and "abstain" not in rule.options:
        assumed.append("The rule has no abstention; abstaining is counted as not voting.")
        counts["abstain"] = Fraction(0)
    if votes.veto and "veto" not in rule.options:
        assumed.append("The rule has no veto; votes of veto are counted as no.")
        counts["no"], counts["veto"] = counts["no"] + counts["veto"], Fraction(0)
    if not assumed:
        return votes, assumed
    return Votes(**counts, chambers=votes.chambers, proposer=votes.proposer, **dict(votes.sizes)), assumed


def _check(rule: VotingRule, votes: Votes) -> None:
    size = votes.size(rule.electorate)
    if size is not None and votes.cast > size:
        raise OutOfRangeError(
            f"{float(votes.cast):g} votes were cast, more than the {rule.body} of {float(size):g}",
            where="votes",
            todo="raise the size or lower the votes",
        )
