"""The one way in: rooms are opened, found, joined and run through a `Workshop`."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from model.presets.files import load_network
from model.tuning.goals import Goal
from workshop import limits, people, restoring, retention
from workshop.asked import read_goals
from workshop.board import board_of, person_of, submissions_of
from workshop.database import Store
from workshop.errors import FullError, WorkshopError, WrongKeyError
from workshop.facilitator import Facilitator
from workshop.moves import gone, locked, step_of
from workshop.run_sheet import check_plan
from workshop.seat import Seat
from workshop.secret_keys import Secret, is_key, new_code, new_key, plain_code, slow_hash
from workshop.tables import RoomRow
from workshop.throttle import Gate, forget_drained
from workshop.transfer import read_file
from workshop.views import Board, Joined, Opened, Submission
from workshop.words import cleaned

T = TypeVar("T")

_NETWORK = re.compile(r"[a-z0-9\-]{1,60}(@\d{4}-\d{2})?")
_NO_KEY = slow_hash("no room has this key")
"""Looked at where there is no room, so that a wrong code takes as long as a wrong key."""


@dataclass(frozen=True)
class Lobby:
    """What somebody who has the code is told before joining."""

    code: str
    title: str
    network: str
    beat: str
    people: int


class Screen:
    """A room for looking at only: the projector. Made by `Workshop.screen`."""

    def __init__(self, store: Store, clock: Callable[[], float], room_id: int, code: str) -> None:
        self._store, self._clock, self._room_id, self._code = store, clock, room_id, code

    def version(self) -> int:
        """Rises whenever anything of the room changes; cheap enough to be asked every second."""
        with self._store.reading() as session:
            return self._room(session).version

    def board(self) -> Board:
        """The room as everybody sees it."""
        with self._store.reading() as session:
            return board_of(session, self._room(session), self._clock())

    def submissions(self) -> tuple[Submission, ...]:
        """The groups' scenarios."""
        with self._store.reading() as session:
            return submissions_of(session, self._room(session), 0)

    def suggestions(self) -> tuple[Submission, ...]:
        """What was suggested for the round that is on; empty outside rounds."""
        with self._store.reading() as session:
            room = self._room(session)
            number = step_of(room).round_number
            return submissions_of(session, room, number) if number else ()

    def _room(self, session: Session) -> RoomRow:
        room = session.get(RoomRow, self._room_id)
        if room is None or room.code != self._code:
            raise gone()
        return room


class Workshop:
    """All rooms of one store.

    Parameters
    ----------
    url
        Address of the store; by default `DATABASE_URL`, or a SQLite file in the data folder.
    clock
        Seconds since 1970; tests bring their own.

    Raises
    ------
    StoreError
        For a store that does not answer or is of a later version.
    """

    def __init__(self, url: str | None = None, clock: Callable[[], float] = time.time) -> None:
        self._store, self._clock = Store(url), clock
        self.purge()

    def __repr__(self) -> str:
        return f"Workshop({self._store!r})"

    # ---- opening --------------------------------------------------------------------------------------
    def open_room(
        self,
        network: str,
        *,
        title: str = "",
        minutes: int = 45,
        rounds: int | None = None,
        goals: Iterable[Goal | str] = (),
        rehearsal: bool = False,
        address: str = "",
    ) -> Opened:
        """Open a room; its key and recovery code are told this once.

        Parameters
        ----------
        network
            Name ("render") or identity ("render@2026-11"); the room keeps to the newest vintage of today.
        minutes
            20, 45 or 70.
        rounds
            None is as many as the guide holds.
        address
            Of whoever asks, for the throttle; "" where it is not known.

        Raises
        ------
        BallastError
            For anything in it that there is not, and for too many rooms.
        """
        identity = _identity(network)
        length, count = check_plan(minutes, rounds)
        now = self._clock()
        room = RoomRow(network=identity, minutes=length, round_count=count, rehearsal=bool(rehearsal), version=1)
        room.title, room.goals = cleaned(title, limits.TITLE, "the title", may_be_empty=True), read_goals(goals)
        room.position, room.extra_seconds, room.paused_seconds, room.paused_at = 0, 0.0, 0.0, None
        room.beat_started_at = room.opened_at = room.touched_at = now
        return self._opened(room, address)

    def import_room(self, text: str | bytes, address: str = "") -> Opened:
        """A room from the file that `Facilitator.export` wrote, under a new code and new keys, paused where it stood.

        People come back through `Facilitator.new_token_for`.

        Raises
        ------
        BallastError
            For the first thing in the file that is wrong, and for too many rooms.
        """
        file = read_file(text)
        room = restoring.room_row(file, _identity(file.network), self._clock())
        return self._opened(room, address, lambda session: restoring.fill(session, room, file))

    def _opened(self, room: RoomRow, address: str, fill: Callable[[Session], None] | None = None) -> Opened:
        """Keep a new room under a code of its own, with new keys."""
        key, recovery = new_key(), new_key()
        room.key_hash, room.recovery_hash = slow_hash(key), slow_hash(recovery)
        self.purge()
        with self._store.writing() as session:
            # The gate lets one room open at a time: nobody can take the same code in between.
            Gate(session, "open", address, self._clock()).count()
            if (session.scalar(select(func.count()).select_from(RoomRow)) or 0) >= limits.ROOMS:
                raise FullError("this server keeps no more rooms", allowed=f"up to {limits.ROOMS}", todo="delete one")
            room.code = new_code()
            while _find(session, room.code) is not None:
                room.code = new_code()
            session.add(room)
            session.flush()
            if fill is not None:
                fill(session)
            return Opened(room.code, Secret(key), Secret(recovery))

    # ---- coming in ------------------------------------------------------------------------------------
    def lobby(self, code: str, address: str = "") -> Lobby:
        """What a room is, for somebody who has its code.

        Raises
        ------
        UnknownRoomError
            For a code that no room has.
        TooManyTriesError
            After too many wrong ones; it says how long to wait.
        """

        def told(session: Session, room: RoomRow) -> Lobby:
            return Lobby(room.code, room.title, room.network, step_of(room).label, people.count_of(session, room))

        return self._by_code(code, address, told)

    def join(self, code: str, name: str, role: str, address: str = "") -> Joined:
        """Take a seat; the token is told this once and brings one back to it (`seat`).

        Raises
        ------
        BallastError
            As `lobby`, and for a name or role that cannot be, and a full room.
        """

        def seated(session: Session, found: RoomRow) -> Joined:
            room = locked(session, found.id)
            row, token = people.take_seat(session, room, name, role, self._clock())
            return Joined(room.code, person_of(row), Secret(token))

        return self._by_code(code, address, seated)

    def screen(self, code: str, address: str = "") -> Screen:
        """The room for looking at only, as the projector does. Raises as `lobby`."""
        return self._by_code(code, address, lambda _, room: Screen(self._store, self._clock, room.id, room.code))

    def seat(self, token: str) -> Seat:
        """Back to one's seat, wherever the room is by now.

        Raises
        ------
        WrongKeyError
            For a token that no seat has.
        """
        with self._store.reading() as session:
            row = people.by_token(session, token)
            return Seat(self._store, self._clock, row.room_id, row.id, row.token_hash)

    def facilitator(self, code: str, key: str, address: str = "") -> Facilitator:
        """The side of a room that holds its key.

        Raises
        ------
        WrongKeyError
            For a key that is not the room's, and for a code that no room has.
        TooManyTriesError
            After too many wrong ones; it says how long to wait.
        """
        room_id, key_hash = self._with_key(code, key, address, "key_hash")
        return Facilitator(self._store, self._clock, room_id, key_hash)

    def recover(self, code: str, recovery_code: str, address: str = "") -> Opened:
        """A new key and recovery code for somebody who lost the key; the old ones stop working. Raises as above."""
        room_id, kept = self._with_key(code, recovery_code, address, "recovery_hash")
        key, recovery = new_key(), new_key()
        hashes = slow_hash(key), slow_hash(recovery)
        with self._store.writing() as session:
            room = locked(session, room_id)
            if room.recovery_hash != kept:
                raise _wrong_key()
            room.key_hash, room.recovery_hash = hashes
            return Opened(room.code, Secret(key), Secret(recovery))

    # ---- housekeeping ---------------------------------------------------------------------------------
    def purge(self) -> int:
        """Delete rooms that nobody has used for `BALLAST_ROOM_DAYS` days; gives how many.

        Runs at every start and whenever a room is opened: a server may run for months.
        """
        days, now = retention.room_days(), self._clock()
        with self._store.writing() as session:
            forget_drained(session, now)
            count = retention.purge(session, now, days)
        if count:
            self._store.forget()
        return count

    def close(self) -> None:
        """Give the store's connections back."""
        self._store.close()

    # ---- codes and keys -------------------------------------------------------------------------------
    def _by_code(self, code: str, address: str, use: Callable[[Session, RoomRow], T]) -> T:
        """Use the room of a code; a wrong code is counted against the address."""
        with self._store.writing() as session:
            gate = Gate(session, "code", address, self._clock())
            room = _find(session, plain_code(code))
            if room is not None:
                return use(session, room)
            gate.count()
        raise gone()

    def _with_key(self, code: str, key: str, address: str, column: str) -> tuple[int, str]:
        """Room and hash where the key is right. A try is counted before it is looked at and given back if it was."""
        with self._store.writing() as session:
            Gate(session, "key", address, self._clock()).count()
            room = _find(session, plain_code(code))
            room_id, kept = (0, _NO_KEY) if room is None else (room.id, str(getattr(room, column)))
        if not is_key(key, kept) or not room_id:
            raise _wrong_key()
        with self._store.writing() as session:
            Gate(session, "key", address, self._clock(), giving_back=True).count(-1)
        return room_id, kept


def _find(session: Session, code: str) -> RoomRow | None:
    return session.scalars(select(RoomRow).where(RoomRow.code == code)).one_or_none() if code else None


def _wrong_key() -> WrongKeyError:
    return WrongKeyError("code and key do not belong together", todo="check both, or use the recovery code")


def _identity(network: object) -> str:
    """The network with its vintage, by a name that is no path.

    Raises
    ------
    BallastError
        For a network that there is not.
    """
    if not isinstance(network, str) or not _NETWORK.fullmatch(network):
        raise WorkshopError(
            f"there is no network {str(network)[:40]!r}", where="network", todo="choose one of the list"
        )
    return load_network(network).identity
