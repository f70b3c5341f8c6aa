"""The whole answer to a tuning question, worked out piece by piece: sample, robust zone, nearest setting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.engine.batches import Progress
from model.tuning.nearest_setting import Nearest, nearest, today_of
from model.tuning.robust_zone import RobustZone, robust_zone
from model.tuning.sample import Sampled, TuneQuestion, Tuning, evaluate

SAMPLE_PART = 0.8
"""Part of the work that the sample is; the rest is the zone and the nearest setting."""

TARGET = 0.9
"""Part of the settings of a robust zone that should hold every goal."""


@dataclass(frozen=True, eq=False)
class TuneAnswer:
    """What a question came to; `zone` and `nearest` are None where there is none, `today` is what is in force."""

    sample: Sampled
    today: Sampled
    zone: RobustZone | None
    nearest: Nearest | None


class TuneWork:
    """A tuning question being worked out: go over it for its progress, then ask for the result."""

    def __init__(self, question: TuneQuestion, count: int) -> None:
        self._tuning = Tuning(question, question.box.settings(count, seed=question.seed))
        self._answer: TuneAnswer | None = None

    def __iter__(self) -> Iterator[Progress]:
        progress = Progress(0, 1, 0.0)
        for progress in self._tuning:
            yield Progress(progress.done, round(progress.total / SAMPLE_PART), progress.seconds)
        sample = self._tuning.result()
        zone = robust_zone(sample, TARGET)
        yield Progress(
            round(0.95 * progress.total / SAMPLE_PART), round(progress.total / SAMPLE_PART), progress.seconds
        )
        question = sample.question
        self._answer = TuneAnswer(sample, evaluate(question, today_of(question)), zone, nearest(sample))

    def result(self) -> TuneAnswer:
        """What was found; goes through what is left first."""
        if self._answer is None:
            for _ in self:
                pass
        assert self._answer is not None
        return self._answer
