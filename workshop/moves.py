"""How a room moves along its run sheet, and its timer; every write locks the room's row and raises its version."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workshop import limits
from workshop.errors import NotNowError, UnknownRoomError, WorkshopError
from workshop.run_sheet import BEAT_WORDS, Beat, Step, run_sheet
from workshop.tables import PredictionRow, RoomRow, RoundRow
from workshop.views import Timer
from workshop.words import number_given


def gone() -> UnknownRoomError:
    """The error of a room that is not there."""
    return UnknownRoomError("there is no such room", todo="check the code with the facilitator")


def locked(session: Session, room_id: int) -> RoomRow:
    """The room's row, kept from everybody else until the transaction ends."""
    room = session.scalars(select(RoomRow).where(RoomRow.id == room_id).with_for_update()).one_or_none()
    if room is None:
        raise gone()
    return room


def touch(room: RoomRow, now: float) -> None:
    """Something of the room has changed: screens draw it again."""
    room.version += 1
    room.touched_at = max(room.touched_at, now)


def steps_of(room: RoomRow) -> tuple[Step, ...]:
    """The room's run sheet."""
    return run_sheet(room.minutes, room.round_count)


def step_of(room: RoomRow) -> Step:
    """What is on now."""
    return steps_of(room)[room.position]


def round_row(session: Session, room: RoomRow, number: int) -> RoundRow | None:
    """A round, once its proposal is chosen."""
    return session.scalars(select(RoundRow).where(RoundRow.room_id == room.id, RoundRow.number == number)).one_or_none()


def need_beat(room: RoomRow, *beats: Beat, what: str) -> Step:
    """The present step, where it is one of these.

    Raises
    ------
    NotNowError
        In any other.
    """
    step = step_of(room)
    if step.beat not in beats:
        when = " or ".join(f'"{BEAT_WORDS[beat].label}"' for beat in beats)
        raise NotNowError(f'{what} is not possible now: the room is at "{step.label}"', allowed=f"during {when}")
    return step


# ---- moving ---------------------------------------------------------------------------------------------
def forward(session: Session, room: RoomRow, now: float) -> None:
    """To the next beat.

    Raises
    ------
    NotNowError
        At the end, where a round has no proposal yet, and where a prediction waits for its reveal.
    """
    step = step_of(room)
    if step.beat is Beat.CLOSED:
        raise NotNowError("the room is closed", todo="go back one beat to open it again")
    found = round_row(session, room, step.round_number) if step.round_number else None
    if step.beat is Beat.PROPOSE and found is None:
        raise NotNowError("this round has no proposal yet", todo="choose one, or skip to a later beat")
    if step.beat is Beat.PREDICT and (found is None or found.revealed_at is None):
        raise NotNowError("the reveal needs the numbers of the run", todo="run the proposal and reveal")
    _to(session, room, room.position + 1, now)


def backward(session: Session, room: RoomRow, now: float) -> None:
    """To the beat before. A round that was revealed stays so: its predictions are not opened again."""
    if room.position == 0:
        raise NotNowError("this is the first beat")
    _to(session, room, room.position - 1, now)


def skip(session: Session, room: RoomRow, beat: Beat, round_number: int, now: float) -> None:
    """To a later beat, past what there is no time for.

    Raises
    ------
    NotNowError
        While predictions wait for their reveal, and for a beat that does not come any more.
    WorkshopError
        For a beat of a round that has no proposal.
    """
    here = step_of(room)
    if here.beat is Beat.PREDICT and beat is not Beat.CLOSED and _is_sealed(session, room, here.round_number):
        raise NotNowError("people have predicted and wait for the reveal", todo="reveal first")
    later = [
        place
        for place, step in enumerate(steps_of(room))
        if place > room.position and step.beat is beat and round_number in (0, step.round_number)
    ]
    if not later:
        raise NotNowError(f'"{BEAT_WORDS[beat].label}" does not come any more', todo="go back instead")
    step = steps_of(room)[later[0]]
    if step.round_number and step.beat is not Beat.PROPOSE and step.round_number != here.round_number:
        raise WorkshopError("a round begins with its proposal", todo=f'skip to "{BEAT_WORDS[Beat.PROPOSE].label}"')
    if step.round_number == here.round_number != 0:
        raise WorkshopError("the beats of a round follow each other", todo="go to the next beat, or to a later round")
    _to(session, room, later[0], now)


def reveal(session: Session, room: RoomRow, found: RoundRow, now: float) -> None:
    """From predicting to the reveal; from here on everybody reads the predictions, and nobody changes them."""
    need_beat(room, Beat.PREDICT, what="the reveal")
    found.revealed_at = now
    _to(session, room, room.position + 1, now)


def _is_sealed(session: Session, room: RoomRow, number: int) -> bool:
    found = round_row(session, room, number)
    if found is None or found.revealed_at is not None:
        return False
    return (
        session.scalars(select(PredictionRow.id).where(PredictionRow.round_id == found.id).limit(1)).first() is not None
    )


def _to(session: Session, room: RoomRow, position: int, now: float) -> None:
    room.position = position
    room.beat_started_at = now
    room.extra_seconds = room.paused_seconds = 0.0
    room.paused_at = None
    if step_of(room).beat is Beat.CLOSED:
        _burn_sealed(session, room)
    touch(room, now)


def _burn_sealed(session: Session, room: RoomRow) -> None:
    """Predictions that were never revealed are deleted when the room is closed: nobody is meant to read them."""
    sealed = select(RoundRow.id).where(RoundRow.room_id == room.id, RoundRow.revealed_at.is_(None))
    session.execute(delete(PredictionRow).where(PredictionRow.round_id.in_(sealed)))


# ---- timer ----------------------------------------------------------------------------------------------
def timer_of(room: RoomRow, now: float) -> Timer:
    """Time of the present beat."""
    planned = max(0.0, step_of(room).seconds + room.extra_seconds)
    until = room.paused_at if room.paused_at is not None else now
    elapsed = max(0.0, until - room.beat_started_at - room.paused_seconds)
    runs = room.paused_at is None and step_of(room).beat is not Beat.CLOSED
    ends_at = room.beat_started_at + room.paused_seconds + planned if runs else None
    return Timer(planned, elapsed, planned - elapsed, room.paused_at is not None, ends_at)


def pause(room: RoomRow, now: float) -> None:
    """Stop the timer; pausing twice is pausing once."""
    if room.paused_at is None and step_of(room).beat is not Beat.CLOSED:
        room.paused_at = now
        touch(room, now)


def resume(room: RoomRow, now: float) -> None:
    """Let the timer run on."""
    if room.paused_at is not None:
        room.paused_seconds += max(0.0, now - room.paused_at)
        room.paused_at = None
        touch(room, now)


def extend(room: RoomRow, minutes: object, now: float) -> None:
    """Give the beat more time, or less.

    Raises
    ------
    WorkshopError
        For more than an hour at once.
    """
    number = number_given(minutes, "the extension")
    if abs(number) > limits.EXTENSION_MINUTES:
        allowed = f"up to {limits.EXTENSION_MINUTES:g} minutes either way"
        raise WorkshopError(f"{number:g} minutes cannot be added at once", where="minutes", allowed=allowed)
    room.extra_seconds = max(-float(step_of(room).seconds), room.extra_seconds + 60 * number)
    touch(room, now)
