"""Sealed predictions and open votes: nobody reads another's before its time, by any path there is."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import workshop as package
from tests.workshop.rooms import QUESTIONS, RESULTS, answers, opened, scenario, seated, to_beat
from workshop import Answer, Beat, Direction, Seat, Workshop
from workshop.asked import check_answers
from workshop.errors import NotNowError, WordsError
from workshop.facade import Screen

TELLTALE = 123_456_789.25
"""A number that stands nowhere but in one person's prediction."""
FOLDER = Path(package.__file__).parent
WRITES = {"predict", "submit", "vote"}


def everything_read(handle: Any) -> str:
    """What every reading method of a handle gives, and the handle itself, as one text."""
    told = [repr(handle), repr(vars(handle))]
    for name, method in inspect.getmembers(handle, inspect.ismethod):
        if name.startswith("_") or name in WRITES:
            continue
        needs = inspect.signature(method).parameters
        told.append(repr(method(1) if needs else method()))
    return "\n".join(told)


def test_no_reading_path_of_another_seat_or_the_projector_tells_a_sealed_prediction(workshop: Workshop) -> None:
    room, host = opened(workshop)
    secretive, curious = seated(workshop, room.code, "Anna"), seated(workshop, room.code, "Eve")
    screen = workshop.screen(room.code)
    to_beat(host, Beat.PREDICT)
    secretive.predict({**answers(), "supply": Answer(Direction.DOWN, TELLTALE)}, "a")
    readers: list[Callable[[], str]] = [
        lambda: everything_read(curious),
        lambda: everything_read(screen),
        lambda: repr((host.board(), host.waiting_for(), host.suggestions(), host.submissions(), vars(host))),
        lambda: repr(workshop.lobby(room.code)),
    ]
    assert not any(str(TELLTALE) in read() or "DOWN" in read() for read in readers)
    assert str(TELLTALE) in everything_read(secretive)
    host.back()
    assert not any(str(TELLTALE) in read() for read in readers)
    host.next()
    host.reveal(RESULTS)
    assert str(TELLTALE) in everything_read(curious)


def test_every_reading_method_of_a_seat_is_asked_in_the_test_above() -> None:
    public = {name for name, _ in inspect.getmembers(Seat, inspect.isfunction) if not name.startswith("_")}
    assert public - WRITES == {"version", "me", "board", "my_prediction", "my_vote", "suggestions", "submissions"}
    assert {name for name in vars(Screen) if not name.startswith("_")} == {
        "version",
        "board",
        "suggestions",
        "submissions",
    }


def test_sealed_predictions_are_not_exported_either(workshop: Workshop) -> None:
    room, host = opened(workshop)
    seat = seated(workshop, room.code)
    to_beat(host, Beat.PREDICT)
    host.export()
    seat.predict(answers(number=TELLTALE), "a")
    with pytest.raises(NotNowError, match="Predictions are sealed"):
        host.export()
    host.reveal(RESULTS)
    assert str(TELLTALE) in host.export()


def test_an_open_vote_tells_only_how_many_have_voted(workshop: Workshop) -> None:
    room, host = opened(workshop)
    voter, other = seated(workshop, room.code), seated(workshop, room.code)
    number = host.open_decision("Shall it be?", scenario())
    voter.vote(number, "no")
    ballot = other.board().open_ballot
    assert ballot is not None
    assert (ballot.cast, ballot.result, other.my_vote(), voter.my_vote()) == (1, None, None, "no")
    with pytest.raises(NotNowError, match="A vote is open"):
        host.export()
    host.close_vote()
    assert other.board().ballots[0].result.heads["no"] == 1  # type: ignore[union-attr]


def test_answers_are_read_in_one_file_and_there_only_behind_the_seal() -> None:
    readers = {
        path.name
        for path in FOLDER.rglob("*.py")
        if re.search(r"\.answers\b", path.read_text(encoding="utf-8")) and path.name != "transfer.py"
    }
    assert readers == {"predictions.py"}
    source = (FOLDER / "transfer.py").read_text(encoding="utf-8")
    assert source.count("rows_of_revealed(session, row) if row.revealed_at is not None") == 1


def test_what_is_stored_of_results_is_told_only_after_the_reveal(workshop: Workshop) -> None:
    room, host = opened(workshop)
    seat = seated(workshop, room.code)
    to_beat(host, Beat.PREDICT)
    assert json.loads(host.export())["held_rounds"][0]["results"] == {}
    assert seat.board().rounds[0].tallies == ()


def test_a_facilitator_who_takes_a_seat_over_reads_nothing_sealed_there(workshop: Workshop) -> None:
    room, host = opened(workshop)
    joined = workshop.join(room.code, "Anna", "user")
    seat = workshop.seat(joined.token.reveal())
    to_beat(host, Beat.PREDICT)
    seat.predict(answers(number=TELLTALE), "a")
    ballot = host.open_decision("Shall it be?", scenario())
    seat.vote(ballot, "no")
    taken = workshop.seat(host.new_token_for(joined.person.number).reveal())
    assert str(TELLTALE) not in everything_read(taken)
    assert (taken.my_prediction(1), taken.my_vote()) == (None, None)
    board = taken.board()
    assert board.open_ballot is not None
    assert (board.rounds[0].predicted, board.open_ballot.cast) == (1, 1)
    assert not taken.vote(ballot, "no").repeated


@pytest.mark.parametrize(
    ("direction", "number", "told"),
    [(Direction.DOWN, 2e9, "is above"), (Direction.UP, 9e8, "is below"), (Direction.SAME, 1.2e9, "is above"),
     (Direction.DOWN, 9e8, ""), (Direction.UP, 1e9, ""), (Direction.SAME, 1.004e9, "")],
)  # fmt: skip
def test_a_number_on_the_other_side_of_its_direction_is_told_before_it_is_sealed(
    direction: Direction, number: float, told: str
) -> None:
    given = {**answers(), "supply": Answer(direction, number)}
    if not told:
        assert check_answers(QUESTIONS, given) == given
        return
    with pytest.raises(WordsError, match=told):
        check_answers(QUESTIONS, given)
