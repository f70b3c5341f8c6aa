"""A room as one JSON file and back: everything that was said and decided, no key, no token, no address."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from model.errors import BallastError
from model.version import VERSION
from workshop import limits
from workshop.asked import Answer, Direction, Question, Result
from workshop.errors import FileError, NotNowError
from workshop.moves import timer_of
from workshop.tables import BallotRow, ParticipantRow, PredictionRow, RoomRow, RoundRow, SubmissionRow, VoteRow

Text = Annotated[str, Field(max_length=limits.REASON)]
Link = Annotated[str, Field(max_length=limits.LINK, pattern=r"^\?[!-~]*$")]
NoLink = Annotated[str, Field(max_length=limits.LINK, pattern=r"^(\?[!-~]*)?$")]
Time = Annotated[float, Field(ge=0, le=1e11, allow_inf_nan=False)]
Number = Annotated[float, Field(ge=-limits.LARGEST, le=limits.LARGEST, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Key = Annotated[str, Field(min_length=1, max_length=limits.KEY)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class PersonPart(_Part):
    """Somebody in the room; others point at them by their place in the list."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    role: Key
    simulated: bool
    joined_at: Time


class QuestionPart(_Part):
    """One figure that a round asks about."""

    kpi: Key
    label: Text
    unit: Text
    baseline: Number | None


class AnswerPart(_Part):
    """One answer."""

    direction: Literal["up", "down", "no change"]
    number: Number | None


class ResultPart(_Part):
    """What the model gave."""

    baseline: Number
    scenario: Number


class PredictionPart(_Part):
    """One person's answers in a revealed round."""

    person: Count
    answers: dict[Key, AnswerPart]
    revision: Count
    made_at: Time


class RoundPart(_Part):
    """One round."""

    number: Count
    title: Text
    link: Link
    questions: Annotated[list[QuestionPart], Field(min_length=1, max_length=limits.QUESTIONS)]
    results: dict[Key, ResultPart]
    revealed_at: Time | None
    predictions: Annotated[list[PredictionPart], Field(max_length=limits.PARTICIPANTS)]


class SubmissionPart(_Part):
    """One submitted scenario."""

    round_number: Count
    person: Count
    title: Text
    reason: Text
    link: Link
    revision: Count
    made_at: Time


class VotePart(_Part):
    """One vote."""

    person: Count
    choice: Key
    cast_at: Time


class OptionPart(_Part):
    """What could be voted for."""

    key: Key
    title: Text
    link: NoLink


class CountPart(_Part):
    """How a closed vote was counted."""

    heads: dict[Key, Count]
    weights: dict[Key, Number]
    passed: bool | None
    reason: Text


class BallotPart(_Part):
    """One closed vote."""

    number: Count
    kind: Literal["support", "decision"]
    title: Text
    link: NoLink
    rule: Annotated[str, Field(max_length=limits.KEY)]
    weighing: Literal["head", "role"]
    options: Annotated[list[OptionPart], Field(min_length=1, max_length=limits.PARTICIPANTS)]
    result: CountPart
    opened_at: Time
    closed_at: Time
    votes: Annotated[list[VotePart], Field(max_length=limits.PARTICIPANTS)]


class RoomFile(_Part):
    """The whole file."""

    format: Literal["ballast-room"] = "ballast-room"
    version: Literal[1] = 1
    model_version: Key
    title: Text
    network: Key
    minutes: Count
    rounds: Count
    goals: Annotated[list[Text], Field(max_length=20)]
    rehearsal: bool
    position: Count
    elapsed_seconds: Time
    extra_seconds: Number
    opened_at: Time
    people: Annotated[list[PersonPart], Field(max_length=limits.PARTICIPANTS)]
    held_rounds: Annotated[list[RoundPart], Field(max_length=20)]
    submissions: Annotated[list[SubmissionPart], Field(max_length=20 * limits.PARTICIPANTS)]
    ballots: Annotated[list[BallotPart], Field(max_length=limits.BALLOTS)]


# ---- writing --------------------------------------------------------------------------------------------
P = TypeVar("P", bound=_Part)


def _part(part: type[P], row: object, **more: Any) -> P:
    """A part from the columns of a row, and what is not among them."""
    names = part.model_fields.keys() - more.keys()
    return part.model_validate({**{name: getattr(row, name) for name in names}, **more}, strict=False)


def exported(session: Session, room: RoomRow, now: float) -> str:
    """The room as a file.

    Raises
    ------
    NotNowError
        While predictions are sealed or a vote is open: a file would give them away.
    """
    _check_nothing_is_secret(session, room)
    people = session.scalars(
        select(ParticipantRow).where(ParticipantRow.room_id == room.id).order_by(ParticipantRow.id)
    )
    rows = list(people)
    place = {row.id: number for number, row in enumerate(rows)}
    file = _part(
        RoomFile,
        room,
        format="ballast-room",
        version=1,
        model_version=VERSION,
        rounds=room.round_count,
        elapsed_seconds=round(timer_of(room, now).elapsed, 3),
        people=[_part(PersonPart, row) for row in rows],
        held_rounds=_rounds(session, room, place),
        submissions=[
            _part(SubmissionPart, row, person=place[row.participant_id])
            for row in session.scalars(
                select(SubmissionRow).where(SubmissionRow.room_id == room.id).order_by(SubmissionRow.id)
            )
        ],
        ballots=_ballots(session, room, place),
    )
    return file.model_dump_json(indent=1)


def _check_nothing_is_secret(session: Session, room: RoomRow) -> None:
    sealed = select(func.count()).where(
        PredictionRow.round_id == RoundRow.id, RoundRow.room_id == room.id, RoundRow.revealed_at.is_(None)
    )
    if session.scalar(sealed):
        raise NotNowError("predictions are sealed, and a file would give them away", todo="reveal the round first")
    opened = select(func.count()).where(BallotRow.room_id == room.id, BallotRow.closed_at.is_(None))
    if session.scalar(opened):
        raise NotNowError("a vote is open, and a file would give it away", todo="close the vote first")


def _rounds(session: Session, room: RoomRow, place: dict[int, int]) -> list[RoundPart]:
    from workshop.predictions import rows_of_revealed

    rows = session.scalars(select(RoundRow).where(RoundRow.room_id == room.id).order_by(RoundRow.number))
    return [
        _part(
            RoundPart,
            row,
            predictions=[
                _part(PredictionPart, one, person=place[one.participant_id])
                for one in (rows_of_revealed(session, row) if row.revealed_at is not None else ())
            ],
        )
        for row in rows
    ]


def _ballots(session: Session, room: RoomRow, place: dict[int, int]) -> list[BallotPart]:
    found = []
    for row in session.scalars(select(BallotRow).where(BallotRow.room_id == room.id).order_by(BallotRow.number)):
        votes = session.scalars(select(VoteRow).where(VoteRow.ballot_id == row.id).order_by(VoteRow.participant_id))
        parts = [_part(VotePart, vote, person=place[vote.participant_id]) for vote in votes]
        found.append(_part(BallotPart, row, votes=parts))
    return found


# ---- reading --------------------------------------------------------------------------------------------
def read_file(text: str | bytes) -> RoomFile:
    """A file as it was written, checked as a whole.

    Raises
    ------
    FileError
        One sentence: the first thing that is wrong; nothing of the file is used then.
    """
    if len(text) > limits.FILE:
        raise FileError("the file is too long", allowed=f"up to {limits.FILE // 1_000_000} MB")
    try:
        file = RoomFile.model_validate_json(text)
        _check(file)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])[:100] or "the file"
        raise FileError(
            f"the room's file cannot be read: {str(first['msg'])[:200].lower()}",
            where=where,
            todo="choose a file that a room was exported to",
        ) from None
    except FileError:
        raise
    except BallastError as problem:
        raise FileError(f"the room's file cannot be read: {problem}") from None
    return file


def _check(file: RoomFile) -> None:
    """What the form of single entries does not say: people who exist, answers that fit, nothing twice."""
    count = len(file.people)
    pointers = [part.person for held in file.held_rounds for part in held.predictions]
    pointers += [part.person for part in file.submissions]
    pointers += [vote.person for ballot in file.ballots for vote in ballot.votes]
    if any(person >= count for person in pointers):
        raise FileError("the file speaks of somebody who is not in it", where="person")
    _once([person.name for person in file.people], "a name")
    _once([held.number for held in file.held_rounds], "a round")
    _once([(one.round_number, one.person) for one in file.submissions], "a submission")
    _once([ballot.number for ballot in file.ballots], "a vote")
    for held in file.held_rounds:
        _check_round(file, held)
    for ballot in file.ballots:
        keys = {option.key for option in ballot.options}
        _once([vote.person for vote in ballot.votes], "a vote")
        named = {vote.choice for vote in ballot.votes} | ballot.result.heads.keys() | ballot.result.weights.keys()
        if not named <= keys or not keys <= ballot.result.heads.keys() & ballot.result.weights.keys():
            raise FileError("a vote was cast for what could not be voted for", where="ballots")


def _check_round(file: RoomFile, held: RoundPart) -> None:
    kpis = {question.kpi for question in held.questions}
    for question in held.questions:
        Question(**question.model_dump())
    for result in held.results.values():
        Result(**result.model_dump())
    _once([part.person for part in held.predictions], "a prediction")
    if not 1 <= held.number <= file.rounds or any(part.answers.keys() != kpis for part in held.predictions):
        raise FileError("a round does not fit its questions", where="held_rounds")
    if held.revealed_at is None and held.predictions:
        raise FileError("a round has predictions and was never revealed", where="held_rounds")
    if held.revealed_at is not None and held.results.keys() != kpis:
        raise FileError("a revealed round has no results", where="held_rounds")
    for part in held.predictions:
        for answer in part.answers.values():
            Answer(Direction(answer.direction), answer.number)


def _once(keys: list[Any], what: str) -> None:
    if len(set(keys)) < len(keys):
        raise FileError(f"the file has {what} twice")
