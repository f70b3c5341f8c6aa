"""What is kept of rooms, as typed tables; the same on SQLite and PostgreSQL. Times are seconds since 1970, UTC."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import JSON, Float, ForeignKey, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""Names of constraints, the same on every store, so that a migration can name them."""


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        dict[str, Any]: JSON,
        list[dict[str, Any]]: JSON,
        list[str]: JSON,
        float: Float(53),
    }


class RoomRow(Base):
    """A room. Every write to anything of it locks this row first and raises `version`."""

    __tablename__ = "rooms"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(8), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    network: Mapped[str] = mapped_column(String(80))
    minutes: Mapped[int]
    round_count: Mapped[int]
    goals: Mapped[list[str]]
    rehearsal: Mapped[bool]
    key_hash: Mapped[str] = mapped_column(String(200))
    recovery_hash: Mapped[str] = mapped_column(String(200))
    position: Mapped[int]
    beat_started_at: Mapped[float]
    extra_seconds: Mapped[float]
    paused_seconds: Mapped[float]
    paused_at: Mapped[float | None]
    version: Mapped[int]
    opened_at: Mapped[float]
    touched_at: Mapped[float] = mapped_column(index=True)


def _of_room() -> Mapped[int]:
    return mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"), index=True)


def _of_participant() -> Mapped[int]:
    return mapped_column(ForeignKey("participants.id", ondelete="CASCADE"), index=True)


class ParticipantRow(Base):
    """Somebody in a room."""

    __tablename__ = "participants"
    __table_args__ = (UniqueConstraint("room_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = _of_room()
    name: Mapped[str] = mapped_column(String(60))
    role: Mapped[str] = mapped_column(String(40))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    simulated: Mapped[bool]
    joined_at: Mapped[float]


class RoundRow(Base):
    """What a round is about; it exists once a proposal is chosen."""

    __tablename__ = "rounds"
    __table_args__ = (UniqueConstraint("room_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = _of_room()
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    link: Mapped[str]
    questions: Mapped[list[dict[str, Any]]]
    results: Mapped[dict[str, Any]]
    revealed_at: Mapped[float | None]


class PredictionRow(Base):
    """One person's sealed answers in one round. Only `workshop/predictions.py` reads `answers`.

    `seat_hash` is the token hash of the seat that they were made from: a seat that was given out anew does not show
    what is still sealed, or a facilitator could read it by taking the seat.
    """

    __tablename__ = "predictions"
    __table_args__ = (UniqueConstraint("round_id", "participant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[int] = _of_participant()
    seat_hash: Mapped[str] = mapped_column(String(64))
    answers: Mapped[dict[str, Any]]
    client_token: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int]
    made_at: Mapped[float]


class SubmissionRow(Base):
    """A scenario that somebody submitted: a suggestion in a round, or a group's scenario (round number 0)."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("room_id", "round_number", "participant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = _of_room()
    round_number: Mapped[int]
    participant_id: Mapped[int] = _of_participant()
    title: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(500))
    link: Mapped[str]
    client_token: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int]
    made_at: Mapped[float]


class BallotRow(Base):
    """One vote of the room: support for a submitted scenario, or a decision on one."""

    __tablename__ = "ballots"
    __table_args__ = (UniqueConstraint("room_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = _of_room()
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    link: Mapped[str]
    rule: Mapped[str] = mapped_column(String(80))
    weighing: Mapped[str] = mapped_column(String(20))
    options: Mapped[list[dict[str, Any]]]
    result: Mapped[dict[str, Any]]
    opened_at: Mapped[float]
    closed_at: Mapped[float | None]


class VoteRow(Base):
    """One person's vote, secret until the vote is closed; `seat_hash` as in predictions."""

    __tablename__ = "votes"
    __table_args__ = (UniqueConstraint("ballot_id", "participant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballots.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[int] = _of_participant()
    seat_hash: Mapped[str] = mapped_column(String(64))
    choice: Mapped[str] = mapped_column(String(40))
    cast_at: Mapped[float]


class TriesRow(Base):
    """Wrong tries of one address, draining away with time; the address is kept as a hash, and only until then."""

    __tablename__ = "wrong_tries"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    address: Mapped[str] = mapped_column(String(64), primary_key=True)
    level: Mapped[float]
    at: Mapped[float]
