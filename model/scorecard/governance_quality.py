"""Fifth point: how decisions are taken, how long that takes, and how many could take them alone."""

from __future__ import annotations

import math

from model.governance import VotingRule
from model.scorecard.quantity import Quantity, Unit, evidence_of, missing
from model.scorecard.subject import Subject

LABELS: dict[str, tuple[str, Unit]] = {
    "voting_days": ("Voting period", "days"),
    "timelock_days": ("Delay before a decision takes effect", "days"),
    "nakamoto": ("Fewest holders that decide alone", "count"),
    "largest_share": ("Largest voter's share", "share"),
    "quorum_margin": ("Turnout over quorum", "ratio"),
    "proposal_threshold": ("Stake that a proposal needs", "share"),
}


def governance_quality(subject: Subject) -> list[Quantity]:
    """Clock, concentration, turnout against quorum, threshold; everything missing where no rule is on file."""
    rule = subject.rule
    if rule is None:
        return [missing(key, label, unit, "No rule of decision is on file") for key, (label, unit) in LABELS.items()]
    seats = _by_seats(rule)
    return [
        _voting(rule),
        _timelock(rule),
        _of(rule, "nakamoto", seats, "seats whose agreement is enough") if seats else _figure(
            subject, "nakamoto", "holders whose votes together are enough to pass"),
        *([] if seats else [_margin(subject, rule)]),
        *([_of(rule, "proposal_threshold", float(rule.gate.threshold), "share of voting power")]
          if rule.gate and rule.gate.threshold is not None and rule.gate.threshold <= 1 else []),
        *([] if seats else [_figure(subject, "largest_share", "voting power of the largest known voter")]),
        _delay(rule),
        _late(rule),
    ]  # fmt: skip


def _by_seats(rule: VotingRule) -> float | None:
    """How many seats decide where the electorate is a fixed body, such as the keys of a multisig."""
    if not rule.members or rule.approval is None or rule.approval.of not in ("electorate", "absolute"):
        return None
    needed = rule.approval.value if rule.approval.of == "absolute" else rule.approval.value * rule.members
    whole = math.ceil(needed)
    return float(whole + 1 if rule.approval.compare == ">" and whole == needed else whole)


def _voting(rule: VotingRule) -> Quantity:
    """Signatories of a multisig sign whenever they like, so nobody has a day to object."""
    days = 0.0 if rule.power == "multisig" else rule.clock.period
    return _of(rule, "voting_days", days, "days that a decision is open to votes or objection")


def _timelock(rule: VotingRule) -> Quantity:
    """A rule on file that names no delay may have one all the same."""
    if rule.clock.timelock > 0:
        return _of(rule, "timelock_days", rule.clock.timelock, "days between passing and taking effect")
    label, unit = LABELS["timelock_days"]
    return missing("timelock_days", label, unit, "The rule on file names none")


def _delay(rule: VotingRule) -> Quantity:
    """Shown, not scored: days to look around before votes count."""
    label = "Delay before the vote"
    if rule.clock.delay > 0:
        return _told(rule, "voting_delay", label, rule.clock.delay, "days", "days between proposal and vote")
    return missing("voting_delay", label, "days", "The rule on file names none")


def _late(rule: VotingRule) -> Quantity:
    """Shown, not scored: whether a late majority gives the others time to answer."""
    prolongs = float(rule.clock.extension != "none")
    return _told(rule, "late_votes", "Late votes prolong the vote", prolongs, "yes", "whether a late turn extends it")


def _told(rule: VotingRule, key: str, label: str, value: float, unit: Unit, definition: str) -> Quantity:
    source = rule.sources[0]
    level = evidence_of((source.grade,), rule=True)
    return Quantity(key, label, value, unit, level, source.title, source.date, source.grade, source.link, definition)


def _of(rule: VotingRule, key: str, value: float, definition: str) -> Quantity:
    label, unit = LABELS[key]
    return _told(rule, key, label, value, unit, definition)


def _figure(subject: Subject, key: str, definition: str) -> Quantity:
    label, unit = LABELS[key]
    figure = subject.figure(key)
    if figure is None:
        return missing(key, label, unit, "No list of holders with source and date was found", definition=definition)
    level = evidence_of((figure.grade,))
    source = figure.source
    return Quantity(
        key, label, figure.value, unit, level, source.title, figure.date, figure.grade, source.link, definition
    )


def _margin(subject: Subject, rule: VotingRule) -> Quantity:
    label, unit = LABELS["quorum_margin"]
    figure = subject.figure("turnout")
    definition = "usual turnout over the turnout that the rule asks for"
    if figure is None or rule.quorum is None or not rule.quorum.value:
        return missing("quorum_margin", label, unit, "No published turnout was found", definition=definition)
    level = evidence_of((figure.grade,))
    value = figure.value / float(rule.quorum.value)
    return Quantity("quorum_margin", label, value, unit, level, figure.source.title, figure.date, figure.grade,
                    figure.source.link, definition)  # fmt: skip
