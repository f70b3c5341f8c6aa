"""Whose interest a proposal serves: what its declared beneficiaries take, and whether it passes without their votes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

from model.errors import OutOfRangeError
from model.governance.rules import VotingRule
from model.governance.tally import Outcome, tally
from model.governance.votes import OPTIONS, Count, Votes, exact

MOST_OF_IT = 0.5
"""Capture ratio above which a proposal primarily redirects to its beneficiaries (specification, 4.1)."""

NOTABLE = 0.25
"""Capture ratio above which it is notable, unless twice the beneficiaries' own share is more."""

LIFT = 2.0
"""Times their own share that beneficiaries take; 1 is their share of what everybody gets."""

TAKEN = 0.8
"""Part of the beneficiaries' gain that is taken from others, above which the rest hardly grows anything."""


class Severity(StrEnum):
    """Worst finding wins; "unknown" where nobody declared who benefits, never "clear"."""

    FLAG = "flag"
    NOTE = "note"
    CLEAR = "clear"
    UNKNOWN = "unknown"


PROCESS_FLAGS = {
    "recent_stake": "The proposer's voting power was acquired within 30 days before the snapshot.",
    "repeated": "A proposal of the same content was rejected before.",
    "weekend": "The vote runs over a weekend.",
    "outside_control": "What it pays goes to an address that the vote cannot recall from.",
    "bundled": "It bundles changes that have nothing to do with each other.",
    "code_differs": "Its code does something that its text does not say.",
    "short_timelock": "It takes effect less than a day after it passes.",
    "entrenchment": "It changes the quorum, the threshold or the guardian in the same vote.",
    "removes_caps": "It removes a cap on what one party can receive.",
}
"""What about the process can be declared; entrenchment alone is a flag, the others are notes."""


# ---- what they take -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Flow:
    """One recipient of what a proposal moves.

    Attributes
    ----------
    before, after
        Sums over the horizon without and with the proposal, in one unit for all recipients.
    affiliated
        Whether it is declared to belong to the proposers.
    """

    name: str
    before: float
    after: float
    affiliated: bool


@dataclass(frozen=True)
class Taking:
    """What declared beneficiaries take of what a proposal moves.

    Attributes
    ----------
    capture
        Their part of all that anybody gains: sum of their gains over the sum of gains.
    share_before
        Their part of the same flow without the proposal.
    lift
        `capture` over `share_before`; None where they had nothing before.
    gain
        What they gain.
    """

    capture: float
    share_before: float
    lift: float | None
    gain: float


def taking(flows: Sequence[Flow]) -> Taking:
    """Capture ratio and lift of declared beneficiaries.

    Raises
    ------
    OutOfRangeError
        When nobody gains, or a flow is negative before.
    """
    if any(flow.before < 0 for flow in flows):
        raise OutOfRangeError("a recipient has less than nothing before", where="flows", allowed="0 or more")
    gains = [max(flow.after - flow.before, 0.0) for flow in flows]
    everybody = sum(gains)
    if everybody <= 0:
        raise OutOfRangeError("nobody receives more with the proposal", where="flows", todo="check the two sides")
    theirs = sum(gain for flow, gain in zip(flows, gains, strict=True) if flow.affiliated)
    before = sum(flow.before for flow in flows)
    share = sum(flow.before for flow in flows if flow.affiliated) / before if before else 0.0
    capture = theirs / everybody
    return Taking(capture, share, capture / share if share else None, theirs)


def net_transfer_share(direct: float, price: float, growth: float) -> float | None:
    """Part of a gain that is taken from others: direct transfer over transfer, price effect and growth together.

    None where they do not gain in all.
    """
    total = direct + price + growth
    return direct / total if total > 0 else None


# ---- without their votes --------------------------------------------------------------------------------
@dataclass(frozen=True)
class Disinterested:
    """A vote counted again without those who are said to benefit.

    Attributes
    ----------
    with_them, without_them
        Outcome of the vote as cast and without their votes.
    votes
        What is left; the body that the rule measures by shrinks by their votes as well.
    """

    with_them: Outcome
    without_them: Outcome
    votes: Votes

    @property
    def passes(self) -> bool:
        """Whether it passes without them."""
        return self.without_them.passed

    @property
    def rests_on_them(self) -> bool:
        """Whether it passes with them and fails without."""
        return self.with_them.passed and not self.without_them.passed


def disinterested_majority(
    rule: VotingRule | str,
    votes: Votes | Mapping[str, Any],
    *,
    affiliates: Count | Mapping[str, Count],
    from_electorate: bool = True,
) -> Disinterested:
    """Count a vote again without the votes of those who benefit ("majority of the minority").

    Parameters
    ----------
    affiliates
        Their votes: a number of yes, or a number by option.
    from_electorate
        Whether the body that the rule measures by loses them too.

    Raises
    ------
    OutOfRangeError
        When they are said to have cast more than was cast.
    """
    votes = Votes.of(votes)
    theirs = _by_option(votes, affiliates)
    left = {option: getattr(votes, option) - theirs.get(option, Fraction(0)) for option in OPTIONS}
    gone = sum(theirs.values(), Fraction(0)) if from_electorate else Fraction(0)
    # Seats are not taken away: a body of members keeps its number.
    sizes = {name: size - (gone if name != "members" else 0) for name, size in votes.sizes.items()}
    electorate = sizes.pop("electorate", None)
    rest = Votes(**left, electorate=electorate, chambers=votes.chambers, proposer=votes.proposer, **sizes)
    return Disinterested(tally(rule, votes), tally(rule, rest), rest)


def _by_option(votes: Votes, affiliates: Count | Mapping[str, Count]) -> dict[str, Fraction]:
    given = affiliates if isinstance(affiliates, Mapping) else {"yes": affiliates}
    found: dict[str, Fraction] = {}
    for option, count in given.items():
        if option not in OPTIONS:
            raise OutOfRangeError(f"there is no option {option[:20]!r}", where="affiliates", allowed=", ".join(OPTIONS))
        found[option] = exact(count, f"affiliates' {option}")
        if found[option] > getattr(votes, option):
            raise OutOfRangeError(
                f"affiliates are said to have cast {float(found[option]):g} {option}",
                where="affiliates",
                allowed=f"at most the {float(getattr(votes, option)):g} that were cast",
            )
    return found


# ---- all of it together ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class Finding:
    """One thing that was found, how much it weighs and why."""

    severity: Severity
    text: str


@dataclass(frozen=True)
class Verdict:
    """All findings; the worst one is the answer.

    Attributes
    ----------
    severity
        "unknown" where nobody declared who benefits, unless something else is flagged.
    """

    severity: Severity
    findings: tuple[Finding, ...] = field(default=())


def verdict(
    *,
    declared: bool,
    taken: Taking | None = None,
    transfer_share: float | None = None,
    others_lose: bool = False,
    test: Disinterested | None = None,
    attack_pays: bool | None = None,
    process: Sequence[str] = (),
) -> Verdict:
    """How a proposal looks that may serve its own proposers; the worst finding wins, nothing averages out.

    Parameters
    ----------
    declared
        Whether somebody declared who benefits; without, nothing is ever clear.
    transfer_share, others_lose
        Part of their gain taken from others, and whether all others together lose.
    attack_pays
        Whether buying the votes would cost less than it brings; None where it was not asked.
    process
        Keys of `PROCESS_FLAGS` that hold.

    Raises
    ------
    OutOfRangeError
        For a process flag that does not exist.
    """
    findings: list[Finding] = []
    if declared:
        findings += _of_taking(taken, test)
        if transfer_share is not None and transfer_share > TAKEN:
            rank = Severity.FLAG if others_lose else Severity.NOTE
            findings.append(Finding(rank, f"More than {TAKEN:.0%} of their gain would be taken from others."))
        if test is not None and test.rests_on_them:
            findings.append(Finding(Severity.NOTE, "It passes with the beneficiaries' votes and fails without them."))
    findings += _of_circumstances(attack_pays, process)
    ranks = [finding.severity for finding in findings]
    if Severity.FLAG in ranks:
        worst = Severity.FLAG
    elif not declared:
        worst = Severity.UNKNOWN
        findings.append(Finding(Severity.UNKNOWN, "Nobody declared who benefits, and no model can find it out."))
    else:
        worst = Severity.NOTE if ranks else Severity.CLEAR
    return Verdict(worst, tuple(findings))


def _of_taking(taken: Taking | None, test: Disinterested | None) -> list[Finding]:
    """Mostly theirs, more than their share, and only with their votes: all three are a flag, each alone a note."""
    if taken is None:
        return []
    beyond = taken.lift is None or taken.lift > LIFT
    mostly = taken.capture > MOST_OF_IT
    if mostly and beyond and test is not None and test.rests_on_them:
        text = "Most of what it moves goes to the beneficiaries, beyond their share, and it fails without their votes."
        return [Finding(Severity.FLAG, text)]
    if beyond and taken.capture > max(NOTABLE, 2 * taken.share_before):
        part = "Most" if mostly else "A notable part"
        return [Finding(Severity.NOTE, f"{part} of what it moves goes to the beneficiaries, beyond their share.")]
    return []


def _of_circumstances(attack_pays: bool | None, process: Sequence[str]) -> list[Finding]:
    """Whether votes are cheaper than what they bring, and what is reported of the process."""
    findings = []
    if attack_pays:
        findings.append(Finding(Severity.FLAG, "Votes enough to pass it would cost less than it would bring."))
    for key in process:
        if key not in PROCESS_FLAGS:
            raise OutOfRangeError(
                f"there is no process flag {key[:40]!r}", where="process", allowed=", ".join(PROCESS_FLAGS)
            )
        findings.append(Finding(Severity.FLAG if key == "entrenchment" else Severity.NOTE, PROCESS_FLAGS[key]))
    return findings
