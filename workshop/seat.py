"""What a participant may do. A seat never reaches another person's sealed prediction or open vote."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.orm import Session

from model.scenario.scenario import Scenario
from workshop import ballots, predictions, submissions
from workshop.asked import Answer
from workshop.board import board_of, person_of, submissions_of
from workshop.database import Store
from workshop.errors import WrongKeyError
from workshop.moves import locked, step_of
from workshop.tables import ParticipantRow, RoomRow
from workshop.views import Board, Person, Receipt, Submission
from workshop.words import client_token as checked_mark


class Seat:
    """One person's place in one room; made by `Workshop.seat` and `Workshop.join`, holds no secret and no connection.

    Every call raises `WrongKeyError` once the seat is gone (the room deleted, the person removed or given a new token).
    """

    def __init__(self, store: Store, clock: Callable[[], float], room_id: int, number: int, hashed: str) -> None:
        self._store, self._clock = store, clock
        self._room_id, self._number, self._hashed = room_id, number, hashed

    def __repr__(self) -> str:
        return f"Seat(number={self._number})"

    # ---- reading --------------------------------------------------------------------------------------
    def version(self) -> int:
        """Rises whenever anything of the room changes; cheap enough to be asked every second."""
        with self._read() as (_, room, _own):
            return room.version

    def me(self) -> Person:
        """Name and role."""
        with self._read() as (_, _room, own):
            return person_of(own)

    def board(self) -> Board:
        """The room as everybody sees it."""
        with self._read() as (session, room, _own):
            return board_of(session, room, self._clock())

    def my_prediction(self, round_number: int) -> Mapping[str, Answer] | None:
        """One's own answers in a round by figure; None before they are given.

        Answers given from a seat that was lost since count, and are shown again after the reveal.
        """
        with self._read() as (session, room, own):
            return predictions.own_answers(session, room, own, round_number)

    def my_vote(self) -> str | None:
        """One's own choice in the vote that is open."""
        with self._read() as (session, room, own):
            ballot = ballots.open_row(session, room)
            return None if ballot is None else ballots.own_choice(session, ballot, own)

    def suggestions(self) -> tuple[Submission, ...]:
        """What was suggested for the round that is on; empty outside rounds."""
        with self._read() as (session, room, _own):
            number = step_of(room).round_number
            return submissions_of(session, room, number) if number else ()

    def submissions(self) -> tuple[Submission, ...]:
        """The groups' scenarios."""
        with self._read() as (session, room, _own):
            return submissions_of(session, room, 0)

    # ---- writing --------------------------------------------------------------------------------------
    def predict(self, answers: Mapping[str, Answer], client_token: str) -> Receipt:
        """Seal one's answers for the round that is on.

        Parameters
        ----------
        answers
            One per question, by its `kpi`.
        client_token
            Any mark of this submission (letters and digits); the same mark again changes nothing.

        Raises
        ------
        NotNowError
            Before the beat and after it: a late prediction is refused.
        WordsError
            For answers that do not fit the questions.
        """
        mark = checked_mark(client_token)
        with self._write() as (session, room, own):
            return predictions.predict(session, room, own, answers, mark, self._clock())

    def submit(self, title: str, scenario: Scenario | str, client_token: str, reason: str = "") -> Receipt:
        """Suggest a proposal while a round is at "Propose", or submit the group's scenario.

        Parameters
        ----------
        scenario
            A scenario of the room's network, or its link.

        Raises
        ------
        BallastError
            Outside those beats, and for a link that cannot be read.
        """
        mark = checked_mark(client_token)
        with self._read() as (_, room, _own):
            network = room.network
        link = submissions.checked_link(network, scenario)
        with self._write() as (session, room, own):
            return submissions.submit(session, room, own.id, title, link, reason, mark, self._clock())

    def vote(self, ballot: int, choice: str) -> Receipt:
        """Vote in the open vote, by its number and the key of an option; the last choice counts."""
        with self._write() as (session, room, own):
            return ballots.cast(session, room, own, ballot, choice, self._clock())

    # ---- who asks -------------------------------------------------------------------------------------
    @contextmanager
    def _read(self) -> Iterator[tuple[Session, RoomRow, ParticipantRow]]:
        with self._store.reading() as session:
            room = session.get(RoomRow, self._room_id)
            yield self._checked(session, room)

    @contextmanager
    def _write(self) -> Iterator[tuple[Session, RoomRow, ParticipantRow]]:
        with self._store.writing() as session:
            yield self._checked(session, locked(session, self._room_id))

    def _checked(self, session: Session, room: RoomRow | None) -> tuple[Session, RoomRow, ParticipantRow]:
        own = session.get(ParticipantRow, self._number)
        if room is None or own is None or own.token_hash != self._hashed or own.room_id != room.id:
            raise WrongKeyError("this seat is not there any more", todo="join again with the room's code")
        return session, room, own
