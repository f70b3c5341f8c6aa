"""A whole session through the one way in, on both stores."""

from __future__ import annotations

import pytest

from model import BallastError
from model.tuning.goals import PROVIDERS
from tests.workshop.rooms import QUESTIONS, RESULTS, Clock, answers, opened, scenario, seated, to_beat
from workshop import ROLES, Beat, Direction, Workshop, WorkshopError
from workshop.errors import FullError, NotNowError, WordsError, WrongKeyError


def test_people_join_predict_and_see_who_was_close_after_the_reveal(workshop: Workshop) -> None:
    room, host = opened(workshop)
    near, far = seated(workshop, room.code, "Near"), seated(workshop, room.code, "Far", "user")
    to_beat(host, Beat.PROPOSE)
    host.propose("More burn", scenario(), QUESTIONS)
    host.next()
    near.predict(answers(Direction.DOWN, 9.6e8), "n1")
    assert host.waiting_for() == ("Far",)
    far.predict(answers(Direction.UP, 2e9), "f1")
    assert (host.board().round.predicted, host.waiting_for()) == (2, ())  # type: ignore[union-attr]
    host.reveal(RESULTS)
    board = far.board()
    assert board.step.beat is Beat.REVEAL
    assert board.round is not None
    supply, staking = board.round.tallies
    assert supply.counts == {Direction.UP: 1, Direction.DOWN: 1, Direction.SAME: 0}
    assert [guess.person.name for guess in supply.closest] == ["Near", "Far"]
    assert [guess.off_by for guess in supply.closest] == [pytest.approx(1e7), pytest.approx(1.03e9)]
    assert supply.mean == pytest.approx((9.6e8 + 2e9) / 2)
    assert "3% lower" in supply.sentence
    assert "1 of 2 expected that direction (down)" in supply.sentence
    assert staking.result.direction is Direction.SAME
    assert "2 of 2" in staking.sentence


def test_a_late_joiner_and_a_phone_that_comes_back_find_the_beat_that_is_on(workshop: Workshop) -> None:
    room, host = opened(workshop)
    token = workshop.join(room.code, "Anna", "validator").token.reveal()
    to_beat(host, Beat.PREDICT)
    workshop.seat(token).predict(answers(), "a")
    late = seated(workshop, room.code, "Late")
    again = workshop.seat(token)
    assert late.board().step == again.board().step == host.board().step
    assert again.my_prediction(1) == answers()
    assert late.my_prediction(1) is None
    assert again.me().role.key == "validator"


def test_the_same_submission_again_changes_nothing_and_another_one_replaces_it(workshop: Workshop) -> None:
    room, host = opened(workshop)
    seat = seated(workshop, room.code)
    to_beat(host, Beat.PREDICT)
    first = seat.predict(answers(), "one")
    version = seat.version()
    again = seat.predict(answers(Direction.DOWN), "one")
    assert (first.revision, first.repeated, again.revision, again.repeated) == (1, False, 1, True)
    assert seat.version() == version
    assert seat.my_prediction(1) == answers()
    assert seat.predict(answers(Direction.DOWN), "two").revision == 2
    assert seat.my_prediction(1) == answers(Direction.DOWN)
    assert host.board().round.predicted == 1  # type: ignore[union-attr]


def test_a_prediction_before_or_after_its_time_is_refused_in_a_sentence(workshop: Workshop) -> None:
    room, host = opened(workshop)
    seat = seated(workshop, room.code)
    with pytest.raises(NotNowError, match=r'the room is at "Prepare".*during "Predict"'):
        seat.predict(answers(), "early")
    to_beat(host, Beat.REVEAL)
    with pytest.raises(NotNowError, match='the room is at "Reveal, round 1"'):
        seat.predict(answers(), "late")
    host.back()
    with pytest.raises(NotNowError, match="has been revealed"):
        seat.predict(answers(), "late-again")
    assert seat.my_prediction(1) is None


def test_answers_have_to_fit_the_questions(workshop: Workshop) -> None:
    room, host = opened(workshop)
    seat = seated(workshop, room.code)
    to_beat(host, Beat.PREDICT)
    whole = answers()
    with pytest.raises(WordsError, match="'Staking yield in 2028' is missing"):
        seat.predict({"supply": whole["supply"]}, "a")
    with pytest.raises(WordsError, match="does not ask about 'price'"):
        seat.predict({**whole, "price": whole["supply"]}, "a")
    with pytest.raises(WordsError, match="own mark"):
        seat.predict(whole, "a b")
    with pytest.raises(WordsError, match="result of 'Staking yield in 2028' is missing"):
        host.reveal({"supply": RESULTS["supply"]})
    assert host.board().step.beat is Beat.PREDICT


def test_another_proposal_for_the_round_takes_back_what_was_predicted_of_the_first(workshop: Workshop) -> None:
    room, host = opened(workshop)
    seat = seated(workshop, room.code)
    to_beat(host, Beat.PREDICT)
    seat.predict(answers(), "a")
    host.back()
    host.propose("Less burn", scenario(0.1), QUESTIONS[:1])
    host.next()
    assert seat.my_prediction(1) is None
    board = host.board().round
    assert board is not None
    assert (board.title, board.predicted, len(board.questions)) == ("Less burn", 0, 1)


def test_every_change_raises_the_version_and_looking_does_not(workshop: Workshop) -> None:
    room, host = opened(workshop)
    screen = workshop.screen(room.code)
    seen = [screen.version()]
    seat = seated(workshop, room.code)
    seen.append(screen.version())
    for change in (host.next, host.pause, host.resume, lambda: host.extend(1), host.back):
        change()
        seen.append(screen.version())
    assert seen == sorted(set(seen))
    screen.board(), seat.board(), host.board(), seat.my_prediction(1)
    assert screen.version() == seat.version() == host.version() == seen[-1]


def test_the_timer_is_the_servers_and_stops_runs_on_and_is_extended(workshop: Workshop, clock: Clock) -> None:
    _, host = opened(workshop)
    assert host.board().timer.remaining == 4 * 60
    clock.pass_by(60)
    host.pause()
    clock.pass_by(1000)
    assert (host.board().timer.remaining, host.board().timer.ends_at) == (180, None)
    host.resume()
    host.extend(1.5)
    clock.pass_by(30)
    timer = host.board().timer
    assert (timer.remaining, timer.ends_at) == (240, clock.now + 240)
    host.extend(-60)
    assert (host.board().timer.planned, host.board().timer.remaining) == (0, -90)
    with pytest.raises(WorkshopError, match="60 minutes either way"):
        host.extend(61)
    host.next()
    assert host.board().timer.remaining == 4 * 60


def test_names_that_are_taken_get_a_number_and_roles_are_the_eight(workshop: Workshop) -> None:
    room, host = opened(workshop)
    names = [workshop.join(room.code, "Anna", role.key).person.name for role in ROLES]
    assert names == ["Anna", *(f"Anna ({number})" for number in range(2, 9))]
    assert host.board().people_by_role == {role.key: 1 for role in ROLES}
    with pytest.raises(WorkshopError, match="no role 'king'"):
        workshop.join(room.code, "Anna", "king")


def test_a_room_and_a_server_have_bounds(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshop.limits.PARTICIPANTS", 2)
    monkeypatch.setattr("workshop.limits.ROOMS", 2)
    room, _ = opened(workshop)
    opened(workshop)
    seated(workshop, room.code)
    seated(workshop, room.code)
    with pytest.raises(FullError, match="This room is full"):
        seated(workshop, room.code)
    with pytest.raises(FullError, match="keeps no more rooms"):
        opened(workshop)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"network": "mars"}, "mars"),
        ({"network": "../../etc/passwd"}, "There is no network"),
        ({"network": "payment", "minutes": 30}, "no run sheet of 30 minutes"),
        ({"network": "payment", "minutes": 20, "rounds": 2}, "2 rounds do not fit into 20 minutes"),
        ({"network": "payment", "goals": ["supply~soon"]}, "is not a goal"),
        ({"network": "payment", "goals": [PROVIDERS] * 7}, "too many"),
        ({"network": "payment", "title": "x" * 121}, "121 characters"),
    ],
)
def test_a_room_is_not_opened_on_what_there_is_not(workshop: Workshop, given: dict[str, object], told: str) -> None:
    with pytest.raises(BallastError, match=told):
        workshop.open_room(**given)  # type: ignore[arg-type]


def test_goals_of_a_room_are_those_of_the_pages(workshop: Workshop) -> None:
    room = workshop.open_room("payment", goals=[PROVIDERS])
    assert workshop.screen(room.code).board().goals == (PROVIDERS,)


def test_a_facilitator_gives_a_lost_seat_back_and_takes_a_person_out(workshop: Workshop) -> None:
    room, host = opened(workshop)
    joined = workshop.join(room.code, "Anna", "staker")
    old = workshop.seat(joined.token.reveal())
    to_beat(host, Beat.PREDICT)
    old.predict(answers(), "a")
    token = host.new_token_for(joined.person.number)
    again = workshop.seat(token.reveal())
    assert again.me() == joined.person
    for use in (old.board, lambda: old.predict(answers(), "b"), lambda: workshop.seat(joined.token.reveal())):
        with pytest.raises(WrongKeyError, match="join again"):
            use()
    host.reveal(RESULTS)
    assert again.my_prediction(1) == answers()
    host.remove(joined.person.number)
    assert host.board().people == ()
    assert host.board().round.predicted == 0  # type: ignore[union-attr]
    with pytest.raises(WorkshopError, match="Nobody in this room"):
        host.remove(joined.person.number)


def test_nobody_reaches_into_another_room(workshop: Workshop) -> None:
    _, host = opened(workshop)
    other, _ = opened(workshop)
    stranger = workshop.join(other.code, "Eve", "user").person.number
    with pytest.raises(WorkshopError, match="Nobody in this room"):
        host.remove(stranger)
    with pytest.raises(WorkshopError, match="Nobody in this room"):
        host.new_token_for(stranger)
