"""Who is in a room: taking a seat, coming back to it, and giving it up."""

from __future__ import annotations

import hmac

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from workshop import limits
from workshop.errors import FullError, UnknownRoomError, WrongKeyError
from workshop.moves import touch
from workshop.roles import role_of
from workshop.secret_keys import fast_hash, new_token
from workshop.tables import ParticipantRow, RoomRow
from workshop.words import cleaned


def take_seat(
    session: Session, room: RoomRow, name: object, role: object, now: float, *, simulated: bool = False
) -> tuple[ParticipantRow, str]:
    """A new participant and the token of the seat; the room's row is locked by the caller.

    A name that is taken gets a number: "Anna (2)".

    Raises
    ------
    BallastError
        For a name that is empty or too long, a role that there is not, and a full room.
    """
    plain, key = cleaned(name, limits.NAME, "the name"), role_of(role).key
    others = set(session.scalars(select(ParticipantRow.name).where(ParticipantRow.room_id == room.id)))
    if len(others) >= limits.PARTICIPANTS:
        raise FullError("this room is full", allowed=f"up to {limits.PARTICIPANTS} people")
    unique, count = plain, 1
    while unique in others:
        count += 1
        unique = f"{plain} ({count})"
    token = new_token()
    row = ParticipantRow(room_id=room.id, name=unique, role=key, token_hash=fast_hash(token), simulated=simulated)
    row.joined_at = now
    session.add(row)
    session.flush()
    touch(room, now)
    return row, token


def by_token(session: Session, token: object) -> ParticipantRow:
    """The participant to whom a token belongs.

    Raises
    ------
    WrongKeyError
        For any other token.
    """
    hashed = fast_hash(token)
    row = session.scalars(select(ParticipantRow).where(ParticipantRow.token_hash == hashed)).one_or_none()
    if row is None or not hmac.compare_digest(row.token_hash, hashed):
        raise WrongKeyError("this seat is not there any more", todo="join again with the room's code")
    return row


def new_token_for(session: Session, room: RoomRow, number: int, now: float) -> str:
    """A new token for somebody who lost theirs; the old one stops working."""
    row, token = one_of(session, room, number), new_token()
    row.token_hash = fast_hash(token)
    touch(room, now)
    return token


def remove(session: Session, room: RoomRow, number: int, now: float) -> None:
    """Take somebody out of the room, with everything they entered."""
    session.execute(delete(ParticipantRow).where(ParticipantRow.id == one_of(session, room, number).id))
    touch(room, now)


def one_of(session: Session, room: RoomRow, number: object) -> ParticipantRow:
    """A participant of this room by number.

    Raises
    ------
    UnknownRoomError
        Where nobody here has that number.
    """
    whole = number if isinstance(number, int) else -1
    own = (ParticipantRow.id == whole, ParticipantRow.room_id == room.id)
    row = session.scalars(select(ParticipantRow).where(*own)).one_or_none()
    if row is None:
        raise UnknownRoomError("nobody in this room has that number", todo="choose somebody from the list")
    return row


def count_of(session: Session, room: RoomRow) -> int:
    """How many are in a room."""
    return session.scalar(select(func.count()).where(ParticipantRow.room_id == room.id)) or 0
