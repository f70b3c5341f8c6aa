"""Many at once, and servers that die: nothing acknowledged is lost, nothing is doubled."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

import pytest
from sqlalchemy import func, select

from tests.workshop.kills import killed
from tests.workshop.rooms import RESULTS, answers, opened, scenario, seated, to_beat
from workshop import Beat, Workshop
from workshop.errors import NotNowError
from workshop.tables import ParticipantRow, PredictionRow, SubmissionRow, VoteRow
from workshop.views import Receipt

PEOPLE = 50


def at_once(tasks: Sequence[Callable[[], Receipt]]) -> list[Receipt]:
    """Run all at the same moment, each in a thread of its own; the first error of any is raised."""
    gate, results, errors = threading.Barrier(len(tasks)), [], []

    def run(task: Callable[[], Receipt]) -> None:
        gate.wait()
        try:
            results.append(task())
        except Exception as problem:
            errors.append(problem)

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results


@pytest.mark.slow
def test_fifty_people_join_predict_submit_and_vote_at_once_and_nothing_is_lost_or_doubled(workshop: Workshop) -> None:
    room, host = opened(workshop)
    tokens: list[str] = []

    def join() -> Receipt:
        tokens.append(workshop.join(room.code, "Anna", "staker").token.reveal())
        return Receipt(1)

    at_once([join] * PEOPLE)
    seats = [workshop.seat(token) for token in tokens]
    assert len({person.name for person in host.board().people}) == PEOPLE
    to_beat(host, Beat.PREDICT)
    # Each submits twice at the same moment, as an impatient thumb does.
    receipts = at_once(
        [partial(seat.predict, answers(number=float(place)), f"p{place}") for place, seat in enumerate(seats)] * 2
    )
    assert sorted(receipt.repeated for receipt in receipts) == [False] * PEOPLE + [True] * PEOPLE
    for place, seat in enumerate(seats):
        assert seat.my_prediction(1) == answers(number=float(place))
    host.reveal(RESULTS)
    host.skip_to(Beat.GROUPS)
    link = scenario().to_link()
    at_once([partial(seat.submit, "Ours", link, "m1") for seat in seats] * 2)
    ballot = host.open_decision("Shall it be?", link)
    at_once([partial(seat.vote, ballot, "yes") for seat in seats] * 2)
    host.close_vote()
    assert host.board().ballots[0].result.heads == {"yes": PEOPLE, "no": 0, "abstain": 0}  # type: ignore[union-attr]
    with workshop._store.reading() as session:
        for table in (ParticipantRow, PredictionRow, SubmissionRow, VoteRow):
            assert session.scalar(select(func.count()).select_from(table)) == PEOPLE


def test_people_who_predict_at_the_moment_of_the_reveal_are_either_counted_or_told(workshop: Workshop) -> None:
    room, host = opened(workshop)
    seats = [seated(workshop, room.code) for _ in range(12)]
    to_beat(host, Beat.PREDICT)
    kept: list[int] = []

    def predict(place: int) -> Receipt:
        with suppress(NotNowError):
            seats[place].predict(answers(), "a")
            kept.append(place)
        return Receipt(1)

    def reveal() -> Receipt:
        host.reveal(RESULTS)
        return Receipt(1)

    at_once([*(partial(predict, place) for place in range(12)), reveal])
    tally = host.board().round
    assert tally is not None
    assert sum(tally.tallies[0].counts.values()) == tally.predicted == len(kept)


@pytest.mark.slow
def test_every_acknowledged_prediction_is_there_after_the_server_is_killed(
    workshop: Workshop, url: str, request: pytest.FixtureRequest
) -> None:
    cluster = None if url.startswith("sqlite") else request.getfixturevalue("cluster")
    found = killed(url, kills=3, cluster=cluster)
    assert found.kills == 3
    assert found.acknowledged >= 36
    assert (found.missing, found.doubled) == ([], 0)
