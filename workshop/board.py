"""A room as everybody in it may see it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from model.tuning.goals import Goal
from workshop import predictions
from workshop.ballots import ballots_of
from workshop.grouping import dealt
from workshop.moves import step_of, steps_of, timer_of
from workshop.roles import role_of
from workshop.run_sheet import Beat
from workshop.tables import ParticipantRow, RoomRow, RoundRow, SubmissionRow
from workshop.views import Board, Person, RoundView, Submission


def person_of(row: ParticipantRow) -> Person:
    """A participant as others see them."""
    return Person(row.id, row.name, role_of(row.role), row.simulated)


def people_of(session: Session, room: RoomRow) -> tuple[Person, ...]:
    """Everybody in a room, in the order of joining."""
    rows = session.scalars(select(ParticipantRow).where(ParticipantRow.room_id == room.id).order_by(ParticipantRow.id))
    return tuple(person_of(row) for row in rows)


def groups_of(session: Session, room: RoomRow) -> tuple[tuple[Person, ...], ...]:
    """The groups while they make scenarios; none in other beats."""
    if step_of(room).beat is not Beat.GROUPS:
        return ()
    rows = session.scalars(select(ParticipantRow).where(ParticipantRow.room_id == room.id))
    return dealt([(person_of(row), row.joined_at) for row in rows], room.beat_started_at)


def submissions_of(session: Session, room: RoomRow, round_number: int) -> tuple[Submission, ...]:
    """Suggestions of a round, or the groups' scenarios (0), in the order of their first submission."""
    rows = session.execute(
        select(SubmissionRow, ParticipantRow)
        .join(ParticipantRow, SubmissionRow.participant_id == ParticipantRow.id)
        .where(SubmissionRow.room_id == room.id, SubmissionRow.round_number == round_number)
        .order_by(SubmissionRow.id)
    )
    return tuple(
        Submission(row.id, row.round_number, person_of(by), row.title, row.reason, row.link) for row, by in rows
    )


def board_of(session: Session, room: RoomRow, now: float) -> Board:
    """What is shown of a room; of a sealed round only how many have predicted."""
    people = people_of(session, room)
    by_number = {person.number: person for person in people}
    rows = session.scalars(select(RoundRow).where(RoundRow.room_id == room.id).order_by(RoundRow.number))
    rounds = tuple(
        RoundView(
            row.number,
            row.title,
            row.link,
            predictions.questions_of(row),
            predictions.count(session, row),
            row.revealed_at is not None,
            predictions.tallies(session, row, by_number),
        )
        for row in rows
    )
    return Board(
        room.code,
        room.title,
        room.network,
        room.minutes,
        tuple(Goal.from_text(goal) for goal in room.goals),
        room.rehearsal,
        room.version,
        steps_of(room),
        room.position,
        timer_of(room, now),
        people,
        rounds,
        ballots_of(session, room),
        groups_of(session, room),
    )
