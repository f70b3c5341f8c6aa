"""The run sheet: a room is always at one of its steps, and no way leads around the reveal."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.workshop.rooms import QUESTIONS, RESULTS, Clock, answers, opened, scenario, seated, to_beat
from workshop import PLANS, Beat, Workshop, WorkshopError, run_sheet
from workshop.errors import NotNowError
from workshop.run_sheet import BEAT_WORDS, ROUND, SHORTEST_ROUND

LINK = scenario().to_link()
SHEETS = [(minutes, rounds) for minutes, plan in PLANS.items() for rounds in range(1, plan.most_rounds + 1)]


@pytest.mark.parametrize(("minutes", "rounds"), SHEETS)
def test_planned_times_add_up_to_the_minutes_and_rounds_have_all_beats(minutes: int, rounds: int) -> None:
    steps = run_sheet(minutes, rounds)
    assert sum(step.seconds for step in steps) == minutes * 60
    for number in range(1, rounds + 1):
        own = [step for step in steps if step.round_number == number]
        assert tuple(step.beat for step in own) == ROUND
        assert sum(step.seconds for step in own) >= SHORTEST_ROUND * 60 - 1
    assert (steps[0].beat, steps[-1].beat) == (Beat.PREPARE, Beat.CLOSED)
    assert all(step.seconds >= 30 for step in steps[:-1])


def test_every_beat_has_words_for_both_sides_of_the_room() -> None:
    assert set(BEAT_WORDS) == set(Beat)
    assert all(words.label and words.facilitator and words.participant for words in BEAT_WORDS.values())


class Room(RuleBasedStateMachine):
    """Any order of what a facilitator can press, with one person who predicts whenever it is possible."""

    @initialize(minutes=st.sampled_from(sorted(PLANS)))
    def open(self, minutes: int) -> None:
        self.folder = TemporaryDirectory()
        self.workshop = Workshop(f"sqlite:///{Path(self.folder.name) / 'rooms.sqlite'}", Clock())
        room, self.host = opened(self.workshop, minutes)
        self.seat = seated(self.workshop, room.code)
        self.steps = run_sheet(minutes, PLANS[minutes].usual_rounds)
        self.at, self.proposed, self.revealed = 0, set[int](), set[int]()
        self.predicted, self.version = set[int](), self.host.version()

    def teardown(self) -> None:
        if hasattr(self, "workshop"):
            self.workshop.close()
            self.folder.cleanup()

    @property
    def number(self) -> int:
        return self.steps[self.at].round_number

    @property
    def beat(self) -> Beat:
        return self.steps[self.at].beat

    @rule()
    def next(self) -> None:
        stuck = (
            self.beat is Beat.CLOSED
            or (self.beat is Beat.PROPOSE and self.number not in self.proposed)
            or (self.beat is Beat.PREDICT and self.number not in self.revealed)
        )
        if stuck:
            with pytest.raises(NotNowError):
                self.host.next()
        else:
            self.host.next()
            self._moved(self.at + 1)

    @rule()
    def back(self) -> None:
        if self.at == 0:
            with pytest.raises(NotNowError):
                self.host.back()
        else:
            self.host.back()
            self._moved(self.at - 1)

    @rule(beat=st.sampled_from(list(Beat)))
    def skip(self, beat: Beat) -> None:
        try:
            self.host.skip_to(beat)
        except WorkshopError:
            return
        place = next(n for n, step in enumerate(self.steps) if n > self.at and step.beat is beat)
        assert not self._waits_for_reveal() or beat is Beat.CLOSED
        self._moved(place)

    @precondition(lambda self: self.beat is Beat.PROPOSE)
    @rule()
    def propose(self) -> None:
        if self.number in self.revealed:
            with pytest.raises(NotNowError):
                self.host.propose("Again", LINK, QUESTIONS)
        else:
            self.host.propose("More burn", LINK, QUESTIONS)
            self.proposed.add(self.number)
            self.predicted.discard(self.number)

    @rule()
    def predict(self) -> None:
        if self.beat is Beat.PREDICT and self.number not in self.revealed:
            self.seat.predict(answers(), f"m{self.version}")
            self.predicted.add(self.number)
        else:
            with pytest.raises(NotNowError):
                self.seat.predict(answers(), "m")

    @rule()
    def reveal(self) -> None:
        if self.beat is Beat.PREDICT:
            self.host.reveal(RESULTS)
            self.revealed.add(self.number)
            self._moved(self.at + 1)
        else:
            with pytest.raises(NotNowError):
                self.host.reveal(RESULTS)

    @rule()
    def pause_and_resume(self) -> None:
        self.host.pause()
        self.host.resume()

    @invariant()
    def everybody_sees_the_same_and_only_what_was_revealed(self) -> None:
        if not hasattr(self, "host"):
            return
        board = self.seat.board()
        assert (board.position, board.step) == (self.at, self.steps[self.at])
        assert {one.number for one in board.rounds} == self.proposed
        for one in board.rounds:
            assert one.revealed == (one.number in self.revealed)
            assert bool(one.tallies) == one.revealed
            assert one.predicted == int(one.number in self.predicted)
        assert board.version >= self.version
        self.version = board.version

    def _waits_for_reveal(self) -> bool:
        return self.beat is Beat.PREDICT and self.number in self.predicted - self.revealed

    def _moved(self, place: int) -> None:
        self.at = place
        if self.beat is Beat.CLOSED:
            self.predicted &= self.revealed


Room.TestCase.settings = settings(max_examples=8, stateful_step_count=20)
TestRoom = pytest.mark.usefixtures("quick_keys")(Room.TestCase)


def test_what_there_is_no_time_for_is_skipped_but_nothing_sealed(workshop: Workshop) -> None:
    room, host = opened(workshop, 70)
    seat = seated(workshop, room.code)
    to_beat(host, Beat.PREDICT)
    seat.predict(answers(), "a")
    with pytest.raises(NotNowError, match="wait for the reveal"):
        host.skip_to(Beat.GROUPS)
    host.reveal(RESULTS)
    host.skip_to(Beat.PROPOSE)
    assert host.board().step.label == "Propose, round 2"
    with pytest.raises(WorkshopError, match="A round begins with its proposal"):
        host.skip_to(Beat.PREDICT, 3)
    host.skip_to(Beat.DEBRIEF)
    with pytest.raises(NotNowError, match='"Group scenarios" does not come any more'):
        host.skip_to(Beat.GROUPS)


def test_predictions_that_were_never_revealed_are_deleted_when_the_room_is_closed(workshop: Workshop) -> None:
    room, host = opened(workshop)
    seat = seated(workshop, room.code)
    to_beat(host, Beat.PREDICT)
    seat.predict(answers(), "a")
    host.skip_to(Beat.CLOSED)
    assert seat.my_prediction(1) is None
    assert host.board().rounds[0].predicted == 0
