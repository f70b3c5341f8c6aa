"""Long work: done once per question, stopped when asked, and never a traceback."""

import time
from collections.abc import Iterator

import pytest

from model import BallastError
from model.engine.batches import Progress
from ui import long_work
from ui.long_work import Job, job_of


class Counting:
    """Five pieces, then the answer."""

    def __init__(self, pause: float = 0.0, problem: Exception | None = None) -> None:
        self.pause, self.problem, self.done = pause, problem, 0

    def __iter__(self) -> Iterator[Progress]:
        for done in range(1, 6):
            time.sleep(self.pause)
            if self.problem is not None:
                raise self.problem
            self.done = done
            yield Progress(done, 5, 0.1 * done)

    def result(self) -> int:
        return self.done


def ended(job: Job[int]) -> Job[int]:
    for _ in range(500):
        if job.is_over:
            return job
        time.sleep(0.01)
    raise AssertionError("it never ended")


def test_work_is_done_once_and_remembered_by_what_was_asked() -> None:
    made = []

    def make() -> Counting:
        made.append(1)
        return Counting()

    assert ended(job_of(("counted", 1), make)).answer == 5
    assert job_of(("counted", 1), make).answer == 5
    assert len(made) == 1


def test_cancelled_work_stops_and_can_be_asked_anew() -> None:
    job = job_of("slow", lambda: Counting(pause=0.05))
    job.stop.set()
    assert ended(job).state == "cancelled"
    assert job.answer is None
    long_work.forget("slow")
    assert ended(job_of("slow", Counting)).answer == 5


@pytest.mark.parametrize(
    ("problem", "told"),
    [(BallastError("too much", where="map"), "Too much (map)."), (ZeroDivisionError("secret"), "It")],
)
def test_work_that_fails_tells_a_sentence(problem: Exception, told: str) -> None:
    job = ended(job_of(("fails", told), lambda: Counting(problem=problem)))
    assert job.state == "failed"
    assert job.problem.startswith(told)
    assert "secret" not in job.problem


def test_no_more_is_remembered_than_is_held() -> None:
    for number in range(long_work.HELD + 5):
        ended(job_of(("many", number), Counting))
    job_of("last", Counting)
    assert len(long_work._jobs) <= long_work.HELD + 1
