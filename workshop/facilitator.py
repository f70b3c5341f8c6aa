"""What a facilitator may do: move the room, put proposals, reveal, hold votes, merge, keep and delete."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy.orm import Session

from model.scenario.scenario import Scenario
from workshop import ballots, limits, moves, people, predictions, rehearsal, rounds, transfer
from workshop.asked import Question, Result
from workshop.board import board_of, people_of, submissions_of
from workshop.database import Store
from workshop.errors import NotNowError, WrongKeyError
from workshop.merging import LeverRow, MergeWay, lever_table, merged
from workshop.retention import delete_room
from workshop.run_sheet import Beat
from workshop.scenarios import link_for
from workshop.secret_keys import Secret
from workshop.tables import RoomRow
from workshop.views import Board, Option, Submission, Weighing
from workshop.words import cleaned


class Facilitator:
    """The side of one room that holds its key; made by `Workshop.facilitator`, holds no key and no connection.

    Every call raises `WrongKeyError` once the key has been replaced or the room deleted.
    """

    def __init__(self, store: Store, clock: Callable[[], float], room_id: int, key_hash: str) -> None:
        self._store, self._clock = store, clock
        self._room_id, self._key_hash = room_id, key_hash

    def __repr__(self) -> str:
        return "Facilitator()"

    # ---- reading --------------------------------------------------------------------------------------
    def version(self) -> int:
        """Rises whenever anything of the room changes; cheap enough to be asked every second."""
        with self._read() as (_, room):
            return room.version

    def board(self) -> Board:
        """The room as everybody sees it; sealed predictions are sealed for the facilitator too."""
        with self._read() as (session, room):
            return board_of(session, room, self._clock())

    def waiting_for(self) -> tuple[str, ...]:
        """Names of those who have not predicted yet in the round that is on."""
        with self._read() as (session, room):
            found = moves.round_row(session, room, moves.step_of(room).round_number)
            there = frozenset[int]() if found is None else predictions.who_predicted(session, found)
            return tuple(person.name for person in people_of(session, room) if person.number not in there)

    def suggestions(self) -> tuple[Submission, ...]:
        """What was suggested for the round that is on; empty outside rounds."""
        with self._read() as (session, room):
            number = moves.step_of(room).round_number
            return submissions_of(session, room, number) if number else ()

    def submissions(self) -> tuple[Submission, ...]:
        """The groups' scenarios."""
        with self._read() as (session, room):
            return submissions_of(session, room, 0)

    # ---- moving ---------------------------------------------------------------------------------------
    def next(self) -> None:
        """To the next beat; a prediction ends with `reveal`.

        Raises
        ------
        NotNowError
            At the end, without a proposal, and while predictions wait for their reveal.
        """
        with self._write() as (session, room):
            moves.forward(session, room, self._clock())

    def back(self) -> None:
        """To the beat before."""
        with self._write() as (session, room):
            moves.backward(session, room, self._clock())

    def skip_to(self, beat: Beat, round_number: int = 0) -> None:
        """To a later beat; the next one of its kind unless a round is named."""
        with self._write() as (session, room):
            moves.skip(session, room, beat, round_number, self._clock())

    def pause(self) -> None:
        """Stop the timer."""
        with self._write() as (_, room):
            moves.pause(room, self._clock())

    def resume(self) -> None:
        """Let the timer run on."""
        with self._write() as (_, room):
            moves.resume(room, self._clock())

    def extend(self, minutes: float) -> None:
        """Give the beat more minutes, or fewer."""
        with self._write() as (_, room):
            moves.extend(room, minutes, self._clock())

    # ---- rounds ---------------------------------------------------------------------------------------
    def propose(self, title: str, scenario: Scenario | str, questions: Iterable[Question]) -> None:
        """Choose what the round is about; a second choice replaces the first, and what was predicted of it.

        Raises
        ------
        BallastError
            Outside the beat, for a scenario of another network, and for questions that do not fit.
        """
        with self._read() as (_, room):
            network = room.network
        link = link_for(network, scenario)
        with self._write() as (session, room):
            rounds.propose(session, room, title, link, questions, self._clock())

    def reveal(self, results: Mapping[str, Result]) -> None:
        """Record what the model gave and go to the reveal, in one step.

        Parameters
        ----------
        results
            One per question, by its `kpi`.

        Raises
        ------
        BallastError
            Outside the beat, and where a result is missing.
        """
        with self._write() as (session, room):
            rounds.reveal(session, room, results, self._clock())

    # ---- groups ---------------------------------------------------------------------------------------
    def lever_table(self) -> tuple[LeverRow, ...]:
        """One row per lever that a group's scenario moves."""
        return lever_table(self._group_scenarios())

    def merged(self, way: MergeWay = "movers") -> Scenario:
        """One scenario between those of the groups; "votes" takes the last closed vote of support.

        Raises
        ------
        BallastError
            For nothing to merge, no vote of support, and averages that nobody can pay for.
        """
        if way != "votes":
            return merged(self._group_scenarios(), way)
        closed = [ballot for ballot in self.board().ballots if ballot.kind == "support" and ballot.result]
        if not closed or closed[-1].result is None:
            raise NotNowError("no vote of support has been closed", todo="hold one, or merge another way")
        weights = closed[-1].result.weights
        scenarios = [Scenario.from_link(option.link) for option in closed[-1].options]
        return merged(scenarios, "votes", [weights[option.key] for option in closed[-1].options])

    def _group_scenarios(self) -> list[Scenario]:
        return [Scenario.from_link(submission.link) for submission in self.submissions()]

    # ---- votes ----------------------------------------------------------------------------------------
    def open_support(self, title: str = "Which scenario do you support?") -> int:
        """Let everybody support one of the groups' scenarios; gives the number of the vote."""
        plain = cleaned(title, limits.TITLE, "the question of the vote")
        with self._write() as (session, room):
            found = submissions_of(session, room, 0)
            if not found:
                raise NotNowError("no group has submitted a scenario yet")
            options = [Option(f"s{place}", one.title, one.link) for place, one in enumerate(found, 1)]
            return ballots.open_ballot(session, room, "support", plain, options, self._clock(), weighing="role")

    def open_decision(
        self, title: str, scenario: Scenario | str, rule: str | None = None, weighing: Weighing = "head"
    ) -> int:
        """Let everybody vote on a scenario; gives the number of the vote.

        Parameters
        ----------
        rule
            Name of a rule in `model.governance.RULES`; by default the network's own.
        weighing
            "head": everybody weighs alike. "role": every role does.

        Raises
        ------
        BallastError
            While another vote is open, for a scenario of another network and for a rule that a room cannot apply.
        """
        plain = cleaned(title, limits.TITLE, "the question of the vote")
        with self._read() as (_, room):
            network = room.network
        link, name = link_for(network, scenario), rule or ballots.usual_rule(network)
        options: Sequence[Option] = ballots.decision_options(name)
        with self._write() as (session, room):
            return ballots.open_ballot(
                session, room, "decision", plain, options, self._clock(), link=link, rule=name, weighing=weighing
            )

    def close_vote(self) -> int:
        """End the open vote and count it; gives its number."""
        with self._write() as (session, room):
            return ballots.close_ballot(session, room, self._clock())

    # ---- people ---------------------------------------------------------------------------------------
    def new_token_for(self, number: int) -> Secret:
        """A new way in for somebody who lost theirs, by their number; the old one stops working."""
        with self._write() as (session, room):
            return Secret(people.new_token_for(session, room, number, self._clock()))

    def remove(self, number: int) -> None:
        """Take somebody out of the room, with everything they entered."""
        with self._write() as (session, room):
            people.remove(session, room, number, self._clock())

    def add_simulated(self, count: int, seed: int = 7) -> None:
        """Let simulated people join a rehearsal room; the same seed gives the same people.

        Raises
        ------
        NotNowError
            In a room that is no rehearsal.
        """
        with self._write() as (session, room):
            rehearsal.add(session, room, count, seed, self._clock())

    def simulate(self, seed: int = 7) -> int:
        """Let simulated people do what the beat asks for; gives how many did. The same seed gives the same answers."""
        with self._write() as (session, room):
            return rehearsal.act(session, room, seed, self._clock())

    # ---- keeping --------------------------------------------------------------------------------------
    def export(self) -> str:
        """The room as one JSON file, without any key; to be read by `Workshop.import_room`.

        Raises
        ------
        NotNowError
            While predictions are sealed or a vote is open.
        """
        with self._read() as (session, room):
            return transfer.exported(session, room, self._clock())

    def delete(self) -> dict[str, int]:
        """Delete the room and everything in it; gives the deleted rows by table."""
        with self._write() as (session, room):
            counts = delete_room(session, room)
        self._store.forget()
        return counts

    # ---- who asks -------------------------------------------------------------------------------------
    @contextmanager
    def _read(self) -> Iterator[tuple[Session, RoomRow]]:
        with self._store.reading() as session:
            yield session, self._checked(session.get(RoomRow, self._room_id))

    @contextmanager
    def _write(self) -> Iterator[tuple[Session, RoomRow]]:
        with self._store.writing() as session:
            yield session, self._checked(moves.locked(session, self._room_id))

    def _checked(self, room: RoomRow | None) -> RoomRow:
        if room is None or room.key_hash != self._key_hash:
            raise WrongKeyError("this room is not there, or its key was replaced", todo="enter the facilitator key")
        return room
