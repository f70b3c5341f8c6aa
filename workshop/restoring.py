"""A room from its file: the same people, rounds and votes under a new code, new keys and new tokens."""

from __future__ import annotations

from sqlalchemy.orm import Session

from workshop import limits
from workshop.asked import read_goals
from workshop.errors import FileError
from workshop.moves import steps_of
from workshop.roles import role_of
from workshop.run_sheet import check_plan
from workshop.secret_keys import fast_hash, new_token
from workshop.tables import BallotRow, ParticipantRow, PredictionRow, RoomRow, RoundRow, SubmissionRow, VoteRow
from workshop.transfer import BallotPart, RoomFile, RoundPart
from workshop.words import cleaned


def room_row(file: RoomFile, network: str, now: float) -> RoomRow:
    """The room itself, paused where it stood; code and keys are set by the caller.

    Raises
    ------
    BallastError
        For a length, goal or position that there is not.
    """
    minutes, rounds = check_plan(file.minutes, file.rounds)
    room = RoomRow(network=network, minutes=minutes, round_count=rounds, rehearsal=file.rehearsal, version=1)
    room.title, room.goals = cleaned(file.title, limits.TITLE, "the title", may_be_empty=True), read_goals(file.goals)
    if file.position >= len(steps_of(room)):
        raise FileError("the room is at a beat that its run sheet does not have", where="position")
    room.position, room.extra_seconds, room.paused_seconds = file.position, file.extra_seconds, 0.0
    room.beat_started_at, room.paused_at = now - file.elapsed_seconds, now
    room.opened_at, room.touched_at = file.opened_at, now
    return room


def fill(session: Session, room: RoomRow, file: RoomFile) -> None:
    """Everything that is in the room; its row is there already."""
    people = []
    for person in file.people:
        row = ParticipantRow(
            room_id=room.id,
            name=cleaned(person.name, limits.NAME + 6, "a name"),
            role=role_of(person.role).key,
            token_hash=fast_hash(new_token()),
            simulated=person.simulated and file.rehearsal,
            joined_at=person.joined_at,
        )
        session.add(row)
        session.flush()
        people.append(row.id)
    for held in file.held_rounds:
        _round(session, room, held, people)
    for one in file.submissions:
        row_of = one.model_dump(exclude={"person", "title", "reason"})
        session.add(
            SubmissionRow(
                **row_of,
                room_id=room.id,
                participant_id=people[one.person],
                title=cleaned(one.title, limits.NAME, "the name of a scenario"),
                reason=cleaned(one.reason, limits.REASON, "a reason", may_be_empty=True),
                client_token="",
            )
        )
        session.flush()
    for ballot in file.ballots:
        _ballot(session, room, ballot, people)


def _round(session: Session, room: RoomRow, held: RoundPart, people: list[int]) -> None:
    row = RoundRow(
        room_id=room.id,
        title=cleaned(held.title, limits.TITLE, "the title of a proposal"),
        **held.model_dump(exclude={"title", "predictions"}),
    )
    session.add(row)
    session.flush()
    for one in held.predictions:
        kept = one.model_dump(exclude={"person"})
        session.add(
            PredictionRow(**kept, round_id=row.id, participant_id=people[one.person], client_token="", seat_hash="")
        )


def _ballot(session: Session, room: RoomRow, ballot: BallotPart, people: list[int]) -> None:
    kept = ballot.model_dump(exclude={"votes", "title", "options"})
    row = BallotRow(**kept, room_id=room.id, title=cleaned(ballot.title, limits.TITLE, "the question of a vote"))
    row.options = [
        {**option.model_dump(), "title": cleaned(option.title, limits.TITLE, "an option")} for option in ballot.options
    ]
    session.add(row)
    session.flush()
    for vote in ballot.votes:
        own = people[vote.person]
        session.add(
            VoteRow(ballot_id=row.id, participant_id=own, choice=vote.choice, cast_at=vote.cast_at, seat_hash="")
        )
