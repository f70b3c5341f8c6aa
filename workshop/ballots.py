"""Votes of the room: support for submitted scenarios, and decisions under a network's own rule; secret until closed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from model.errors import BallastError
from model.presets.files import load_network
from model.words.text import percent
from workshop import limits
from workshop.errors import FullError, NotNowError, WorkshopError
from workshop.moves import touch
from workshop.tables import BallotRow, ParticipantRow, RoomRow, VoteRow
from workshop.views import BallotKind, BallotResult, BallotView, Option, Receipt, Weighing

if TYPE_CHECKING:
    from model.governance import VotingRule

USUAL_RULE = "openzeppelin"
"""Rule of networks that name none of their own."""
OPTION_WORDS = {"yes": "Yes", "no": "No", "abstain": "Abstain", "veto": "No with veto"}


def usual_rule(network: str) -> str:
    """Name of the voting rule of a network, by its name or identity."""
    return load_network(network).voting_rule or USUAL_RULE


# ---- opening and closing --------------------------------------------------------------------------------
def open_ballot(
    session: Session,
    room: RoomRow,
    kind: BallotKind,
    title: str,
    options: Sequence[Option],
    now: float,
    *,
    link: str = "",
    rule: str = "",
    weighing: Weighing = "head",
) -> int:
    """Begin a vote; the room's row is locked by the caller.

    Raises
    ------
    NotNowError, FullError, WorkshopError
        While another vote is open, for too many votes, and for a way of weighing that there is not.
    """
    if weighing not in get_args(Weighing):
        raise WorkshopError(f"votes cannot be weighed by {str(weighing)[:20]!r}", allowed=", ".join(get_args(Weighing)))
    if open_row(session, room) is not None:
        raise NotNowError("another vote is open", todo="close it first")
    number = 1 + (session.scalar(select(func.max(BallotRow.number)).where(BallotRow.room_id == room.id)) or 0)
    if number > limits.BALLOTS:
        raise FullError("this room has held its votes", allowed=f"up to {limits.BALLOTS}")
    kept = [{"key": option.key, "title": option.title, "link": option.link} for option in options]
    row = BallotRow(room_id=room.id, number=number, kind=kind, title=title, link=link, rule=rule, weighing=weighing)
    row.options, row.result, row.opened_at, row.closed_at = kept, {}, now, None
    session.add(row)
    touch(room, now)
    return number


def decision_options(rule: str) -> tuple[Option, ...]:
    """What can be voted for under a rule.

    Raises
    ------
    BallastError
        For a rule that there is not, and for one that counts tokens in absolute amounts: a room has none.
    """
    found = _rule(rule)
    tests = [getattr(found, name) for name in ("quorum", "approval", "veto", "cancel", "early_pass", "early_fail")]
    if any(test is not None and test.of == "absolute" for test in tests):
        raise WorkshopError(
            f"the rule {found.title} counts tokens in absolute amounts, and a room has none",
            where="rule",
            todo="choose a rule that measures by shares",
        )
    return tuple(Option(name, OPTION_WORDS[name]) for name in found.options)


def open_row(session: Session, room: RoomRow) -> BallotRow | None:
    """The vote that is open."""
    return session.scalars(
        select(BallotRow).where(BallotRow.room_id == room.id, BallotRow.closed_at.is_(None))
    ).one_or_none()


def need_open(session: Session, room: RoomRow) -> BallotRow:
    """The vote that is open.

    Raises
    ------
    NotNowError
        Where none is.
    """
    found = open_row(session, room)
    if found is None:
        raise NotNowError("no vote is open", todo="wait for the facilitator to open one")
    return found


def cast(session: Session, room: RoomRow, own: ParticipantRow, number: int, choice: object, now: float) -> Receipt:
    """One person's vote, in place of an earlier one.

    Raises
    ------
    NotNowError
        Where that vote is not the one that is open.
    WorkshopError
        For a choice that there is not.
    """
    ballot = need_open(session, room)
    if ballot.number != number:
        raise NotNowError("that vote is closed", todo="vote in the one that is open")
    keys = [option["key"] for option in ballot.options]
    if choice not in keys:
        raise WorkshopError(f"{str(choice)[:30]!r} cannot be voted for", where="choice", allowed=", ".join(keys))
    row = _own(session, ballot, own)
    if row is not None and row.choice == choice and row.seat_hash == own.token_hash:
        return Receipt(1, repeated=True)
    replaced = row is not None
    if row is None:
        row = VoteRow(ballot_id=ballot.id, participant_id=own.id)
        session.add(row)
    row.choice, row.cast_at, row.seat_hash = str(choice), now, own.token_hash
    touch(room, now)
    return Receipt(2 if replaced else 1)


def own_choice(session: Session, ballot: BallotRow, own: ParticipantRow) -> str | None:
    """What one person voted for, for that person alone, at the seat that they voted from."""
    row = _own(session, ballot, own)
    return None if row is None or row.seat_hash != own.token_hash else row.choice


def _own(session: Session, ballot: BallotRow, own: ParticipantRow) -> VoteRow | None:
    chosen = (VoteRow.ballot_id == ballot.id, VoteRow.participant_id == own.id)
    return session.scalars(select(VoteRow).where(*chosen)).one_or_none()


def close_ballot(session: Session, room: RoomRow, now: float) -> int:
    """End the open vote and count it; the count stays as it is, whoever joins later."""
    ballot = need_open(session, room)
    roles = dict(
        session.execute(select(ParticipantRow.id, ParticipantRow.role).where(ParticipantRow.room_id == room.id)).all()
    )
    votes = session.execute(select(VoteRow.participant_id, VoteRow.choice).where(VoteRow.ballot_id == ballot.id)).all()
    chosen = {row.participant_id: row.choice for row in votes}
    ballot.result = _counted(ballot, roles, chosen)
    ballot.closed_at = now
    touch(room, now)
    return ballot.number


# ---- counting -------------------------------------------------------------------------------------------
def _counted(ballot: BallotRow, roles: Mapping[int, str], chosen: Mapping[int, str]) -> dict[str, Any]:
    keys = [str(option["key"]) for option in ballot.options]
    heads = {key: sum(choice == key for choice in chosen.values()) for key in keys}
    if ballot.kind == "support":
        return {"heads": heads, "weights": support_weights(keys, roles, chosen), "passed": None, "reason": ""}
    ballots, electorate = weighed(keys, roles, chosen, ballot.weighing)
    whole = sum((sum(cast, Fraction(0)) for cast in ballots.values()), Fraction(0))
    weights = {key: float(sum(cast, Fraction(0)) / whole) if whole else 0.0 for key, cast in ballots.items()}
    passed, reason = decided(ballot.rule, ballots, electorate)
    return {"heads": heads, "weights": weights, "passed": passed, "reason": reason}


def weighed(
    keys: Sequence[str], roles: Mapping[int, str], chosen: Mapping[int, str], weighing: str
) -> tuple[dict[str, list[Fraction]], Fraction]:
    """Weight of each vote by option, and of everybody who could have voted.

    By head everybody weighs 1. By role every role in the room weighs 1, shared by those who play it.
    """
    players = {role: sum(other == role for other in roles.values()) for role in roles.values()}
    own = {who: Fraction(1) if weighing == "head" else Fraction(1, players[role]) for who, role in roles.items()}
    ballots: dict[str, list[Fraction]] = {key: [] for key in keys}
    for who, choice in sorted(chosen.items()):
        ballots[choice].append(own[who])
    return ballots, sum(own.values(), Fraction(0))


def support_weights(keys: Sequence[str], roles: Mapping[int, str], chosen: Mapping[int, str]) -> dict[str, float]:
    """Weight of each option: every role that voted weighs alike, and is shared by the votes of those who play it."""
    by_role: dict[str, list[str]] = {}
    for who, choice in chosen.items():
        by_role.setdefault(roles[who], []).append(choice)
    shares = {
        key: sum((Fraction(cast.count(key), len(cast)) for cast in by_role.values()), Fraction(0)) for key in keys
    }
    return {key: float(share / len(by_role)) if by_role else 0.0 for key, share in shares.items()}


def decided(rule: str, ballots: Mapping[str, Sequence[Fraction]], electorate: Fraction) -> tuple[bool | None, str]:
    """Whether it passed and why, in the rule's own words; None where the rule cannot be applied to a room."""
    from model.governance import Votes, tally

    try:
        yes, no, abstain, veto = (list(ballots.get(option, ())) for option in OPTION_WORDS)
        outcome = tally(_rule(rule), Votes(yes, no, abstain, veto, electorate))
    except BallastError as problem:
        return None, str(problem)
    return outcome.passed, str(outcome.reason)


def _rule(name: str) -> VotingRule:
    from model.governance import RULES

    return RULES.find(name)


# ---- views ----------------------------------------------------------------------------------------------
REASON_WORDS = {
    "PASS": "it holds every test of the rule",
    "FAIL_GATE": "the proposer did not bring what the rule asks for",
    "FAIL_CHAMBER": "another body did not approve",
    "FAIL_QUORUM": "too few took part",
    "FAIL_ALL_ABSTAIN": "everybody abstained",
    "FAIL_VETO": "it was vetoed",
    "FAIL_THRESHOLD": "too few of the votes were for it",
    "CANCELLED": "enough votes were against it",
    "EXPIRED": "it lapsed undecided",
}


def ballots_of(session: Session, room: RoomRow) -> tuple[BallotView, ...]:
    """All votes of a room in order; of an open one only how many have voted."""
    rows = session.scalars(select(BallotRow).where(BallotRow.room_id == room.id).order_by(BallotRow.number))
    return tuple(_view(session, row) for row in rows)


def _view(session: Session, row: BallotRow) -> BallotView:
    cast = session.scalar(select(func.count()).where(VoteRow.ballot_id == row.id)) or 0
    options = tuple(Option(**option) for option in row.options)
    result = None if row.closed_at is None else _result(row, options)
    kind: BallotKind = "support" if row.kind == "support" else "decision"
    weighing: Weighing = "role" if row.weighing == "role" else "head"
    return BallotView(row.number, kind, row.title, row.link, row.rule, weighing, options, cast, result)


def _result(row: BallotRow, options: Sequence[Option]) -> BallotResult:
    kept = row.result
    told = BallotResult(kept["heads"], kept["weights"], kept["passed"], kept["reason"], "")
    return BallotResult(told.heads, told.weights, told.passed, told.reason, _sentence(row, options, told))


def _sentence(row: BallotRow, options: Sequence[Option], result: BallotResult) -> str:
    if row.kind == "support":
        return support_sentence(options, result.heads, result.weights)
    counts = ", ".join(f"{option.title} {result.heads[option.key]}" for option in options)
    shares = ", ".join(f"{option.title} {percent(result.weights[option.key])}" for option in options)
    told = f"Votes: {counts}" + (f"; by role {shares}" if row.weighing == "role" else "") + "."
    title = _rule(row.rule).title
    if result.passed is None:
        return f"{told} The rule {title} cannot be applied: {result.reason}"
    word = "would pass" if result.passed else "would not pass"
    return f"Under the rule {title} it {word}: {REASON_WORDS.get(result.reason, result.reason)}. {told}"


def support_sentence(options: Sequence[Option], heads: Mapping[str, int], weights: Mapping[str, float]) -> str:
    """Who has most support, by head, and where every role weighs alike."""
    cast = sum(heads.values())
    if not cast:
        return "Nobody voted."
    titles = {option.key: f"“{option.title}”" for option in options}
    most, heaviest = max(heads.values()), max(weights.values())
    first = [key for key in titles if heads[key] == most]
    by_role = [key for key in titles if math.isclose(weights[key], heaviest)]
    if len(first) > 1:
        told = f"{' and '.join(titles[key] for key in first)} have most support, {most} of {cast} votes each"
    else:
        told = f"{titles[first[0]]} has most support: {most} of {cast} votes"
    share = f"{percent(heaviest)} with every role weighing alike"
    if first == by_role:
        return f"{told}, {share}."
    return f"{told}. By role it would be {' and '.join(titles[key] for key in by_role)}, {share}."
