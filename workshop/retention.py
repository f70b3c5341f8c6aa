"""Deleting: a room at once when it is asked for, and rooms that nobody has used for a long time."""

from __future__ import annotations

import os

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from workshop import limits
from workshop.errors import WorkshopError
from workshop.tables import BallotRow, Base, ParticipantRow, PredictionRow, RoomRow, RoundRow, SubmissionRow, VoteRow

DAY = 86_400.0


def room_days() -> float:
    """Days without use after which a room is deleted.

    Raises
    ------
    WorkshopError
        Where `BALLAST_ROOM_DAYS` is no number of days.
    """
    text = os.environ.get("BALLAST_ROOM_DAYS", str(limits.ROOM_DAYS))
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 3650):
        raise WorkshopError(
            f"{text[:20]!r} is no number of days", where="BALLAST_ROOM_DAYS", allowed="a whole number from 1 to 3650"
        )
    return float(text)


def delete_room(session: Session, room: RoomRow) -> dict[str, int]:
    """Delete a room with everything in it; the room's row is locked by the caller.

    Returns
    -------
    dict
        Deleted rows by table; every table that holds anything of rooms is named.
    """
    counts = {}
    for table, chosen in _parts(room.id):
        counts[table.__tablename__] = session.scalar(select(func.count()).select_from(table).where(chosen)) or 0
        session.execute(delete(table).where(chosen))
    return counts


def _parts(room_id: int) -> list[tuple[type[Base], ColumnElement[bool]]]:
    """Tables from the leaves to the room, and which of their rows belong to it."""
    in_rounds = select(RoundRow.id).where(RoundRow.room_id == room_id)
    in_ballots = select(BallotRow.id).where(BallotRow.room_id == room_id)
    return [
        (VoteRow, VoteRow.ballot_id.in_(in_ballots)),
        (BallotRow, BallotRow.room_id == room_id),
        (SubmissionRow, SubmissionRow.room_id == room_id),
        (PredictionRow, PredictionRow.round_id.in_(in_rounds)),
        (RoundRow, RoundRow.room_id == room_id),
        (ParticipantRow, ParticipantRow.room_id == room_id),
        (RoomRow, RoomRow.id == room_id),
    ]


def purge(session: Session, now: float, days: float) -> int:
    """Delete rooms that nobody has used for so long; gives how many."""
    old = session.scalars(select(RoomRow).where(RoomRow.touched_at < now - days * DAY).with_for_update()).all()
    for room in old:
        delete_room(session, room)
    return len(old)
