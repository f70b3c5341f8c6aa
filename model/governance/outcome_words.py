"""What a vote decided, in sentences: the verdict, why, and how far the other outcome was."""

from __future__ import annotations

from fractions import Fraction

from model.governance.rules import BASES, Clock, Test, VotingRule
from model.governance.tally import Outcome, Reason
from model.governance.votes import ELECTORATES
from model.words.text import grouped, number, percent

REASONS: dict[Reason, str] = {
    Reason.PASS: "every test of the rule holds",
    Reason.FAIL_GATE: "the proposer has too little voting power",
    Reason.FAIL_CHAMBER: "a body that has to approve did not",
    Reason.FAIL_QUORUM: "the quorum is missed",
    Reason.FAIL_ALL_ABSTAIN: "everybody abstains",
    Reason.FAIL_VETO: "the veto is reached",
    Reason.FAIL_THRESHOLD: "approval is too low",
    Reason.CANCELLED: "enough reject it",
    Reason.EXPIRED: "nobody decided it in time",
}
"""Why a vote ended as it did, to stand after a colon."""

SHORT: dict[Reason, str] = {
    Reason.PASS: "Passes",
    Reason.FAIL_GATE: "Fails at the gate",
    Reason.FAIL_CHAMBER: "Fails in a chamber",
    Reason.FAIL_QUORUM: "Fails on quorum",
    Reason.FAIL_ALL_ABSTAIN: "Fails, all abstain",
    Reason.FAIL_VETO: "Vetoed",
    Reason.FAIL_THRESHOLD: "Fails on approval",
    Reason.CANCELLED: "Cancelled",
    Reason.EXPIRED: "Lapses",
}
"""The same in two or three words."""

_OPTIONS = {"yes": "yes", "no": "no", "abstain": "abstentions", "veto": "veto"}


def verdict(rule: VotingRule, outcome: Outcome, votes: str = "these votes", what: str = "it") -> str:
    """One sentence: passed or not under which rule, and why; `votes` says which votes, `what` is voted on."""
    if outcome.passed:
        early = ", at once" if outcome.early else ""
        return f"With {votes} {what} would pass under {rule.title}{early}."
    why = f"the {outcome.chamber} does not approve" if outcome.chamber else REASONS[outcome.reason]
    also = [REASONS[reason] for reason in outcome.reasons[1:]]
    return f"With {votes} {what} would fail under {rule.title}: {why}{', and ' + ', and '.join(also) if also else ''}."


def distances(rule: VotingRule, outcome: Outcome, unit: str = "votes") -> tuple[str, ...]:
    """Sentences on how far each test is from the other outcome."""
    found: list[str] = []
    gaps = outcome.shortfalls
    approval = ("Approval", gaps.yes, gaps.yes_spare, gaps.yes_more_than, gaps.yes_needed)
    quorum = ("Quorum", gaps.quorum, gaps.quorum_spare, gaps.quorum_more_than, gaps.quorum_needed)
    for test, (name, missing, spare, more, rests) in ((rule.quorum, quorum), (rule.approval, approval)):
        if test is None:
            continue
        if missing is None:
            found.append(f"{name} missed; no number of further yes would reach it.")
        elif missing > 0 or more:
            least = "more than " if more else ""
            found.append(f"{name} missed; it would take {least}{_amount(missing, unit)} of further yes.")
        elif not rests:
            found.append(f"{name} reached, even without any of the yes.")
        else:
            found.append(f"{name} reached, with {_amount(spare, unit)} of yes more than it needs.")
    if gaps.veto_headroom is not None:
        what, reason = ("Veto", Reason.FAIL_VETO) if rule.veto else ("Rejection", Reason.CANCELLED)
        stops = rule.veto or rule.cancel
        least = "more than" if stops and stops.compare == ">" else "at least"
        needs = f"not reached; it would take {least} {_amount(gaps.veto_headroom, unit)} of further votes for it"
        found.append(f"{what} {'reached' if reason in outcome.reasons else needs}.")
    return tuple(found)


def _amount(votes: Fraction, unit: str) -> str:
    return f"{number(float(votes))} {unit}".strip()


# ---- a rule in words ------------------------------------------------------------------------------------
def test_words(test: Test, rule: VotingRule) -> str:
    """One test: "yes of at least 3% of all eligible voting power"."""
    counted = " and ".join((", ".join(_OPTIONS[one] for one in test.count[:-1]), _OPTIONS[test.count[-1]]))
    counted = counted.removeprefix(" and ")
    least = "at least" if test.compare == ">=" else "more than"
    if test.of == "absolute":
        return f"{counted} of {least} {grouped(float(test.value))} votes"
    base = f"of {ELECTORATES[rule.electorate]}" if test.of == "electorate" else BASES[test.of]
    return f"{counted} of {least} {percent(float(test.value))} {base}"


test_words.__test__ = False  # type: ignore[attr-defined]  # its name is no test's


def rule_rows(rule: VotingRule) -> tuple[tuple[str, str], ...]:
    """What a rule asks, row by row: name and words."""
    rows = [
        ("Quorum", rule.quorum),
        ("Approval", rule.approval),
        ("Defeated by a veto", rule.veto),
        ("Stopped by", rule.cancel),
        ("Ends early in favour", rule.early_pass),
        ("Ends early against", rule.early_fail),
    ]
    found = [(name, test_words(test, rule)) for name, test in rows if test is not None]
    found += [(f"First the {chamber.title}", test_words(chamber.approval, _seats(rule))) for chamber in rule.chambers]
    if rule.gate:
        found.append(("To propose", rule.gate.text))
    return (*found, ("Takes", clock_words(rule.clock)))


def _seats(rule: VotingRule) -> VotingRule:
    return rule.model_copy(update={"electorate": "members"})


_EXTENSIONS = {
    "late_quorum": "when the quorum comes late",
    "wait_for_quiet": "when the lead changes",
    "review": "when reviewers reject",
}


def clock_words(clock: Clock) -> str:
    """How long a rule takes: "2 days before, 3 days of vote, 2 days after"."""
    parts = [
        f"{number(days)} {'day' if days == 1 else 'days'} {what}"
        for days, what in ((clock.delay, "before"), (clock.period, "of vote"), (clock.timelock, "after"))
        if days
    ]
    longer = clock.extension_days * (2 if clock.extension == "wait_for_quiet" else 1)
    if clock.extension != "none":
        parts.append(f"up to {number(longer)} days more {_EXTENSIONS[clock.extension]}")
    return ", ".join(parts) if parts else "no time of its own"
