"""What a round asks and what comes of it: questions, answers and results, each checked where it is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from model.tuning.goals import MOST_GOALS, Goal
from model.words.text import TOLERANCE, quantity
from workshop import limits
from workshop.errors import FullError, WordsError
from workshop.words import cleaned, number_given


class Direction(StrEnum):
    """Where a figure goes, against the baseline."""

    UP = "up"
    DOWN = "down"
    SAME = "no change"


def direction_of(baseline: float, scenario: float) -> Direction:
    """Where a figure went; less than 0.1% of the baseline is no change, as everywhere in the app."""
    if abs(scenario - baseline) <= TOLERANCE * abs(baseline):
        return Direction.SAME
    return Direction.UP if scenario > baseline else Direction.DOWN


@dataclass(frozen=True)
class Question:
    """One figure that a round asks about.

    Attributes
    ----------
    kpi
        Its name, the same as in the results.
    label, unit
        What people read ("Circulating supply in Dec 2028", "tokens").
    baseline
        Its value without the proposal, in the unit; None where it is not shown.
    """

    kpi: str
    label: str
    unit: str = ""
    baseline: float | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "kpi", cleaned(self.kpi, limits.KEY, "the name of a figure"))
        object.__setattr__(self, "label", cleaned(self.label, limits.TITLE, "the label of a figure"))
        object.__setattr__(self, "unit", cleaned(self.unit, limits.NAME, "the unit of a figure", may_be_empty=True))
        if self.baseline is not None:
            object.__setattr__(self, "baseline", number_given(self.baseline, f"the baseline of {self.label}"))


@dataclass(frozen=True)
class Answer:
    """What one person expects of one figure.

    Attributes
    ----------
    number
        Its value with the proposal, in the unit of the question; None where only a direction is given.
    """

    direction: Direction
    number: float | None = None

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "direction", Direction(self.direction))
        except ValueError:
            allowed = ", ".join(Direction)
            raise WordsError(f"{str(self.direction)[:20]!r} is no direction", allowed=allowed) from None
        if self.number is not None:
            object.__setattr__(self, "number", number_given(self.number, "the predicted number"))


@dataclass(frozen=True)
class Result:
    """What the model gave for one figure, in the unit of the question."""

    baseline: float
    scenario: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "baseline", number_given(self.baseline, "the baseline"))
        object.__setattr__(self, "scenario", number_given(self.scenario, "the result"))

    @property
    def direction(self) -> Direction:
        """Where the figure went."""
        return direction_of(self.baseline, self.scenario)


def contradiction(question: Question, answer: Answer) -> str:
    """What is at odds in an answer whose number lies on the other side of its direction; empty where nothing is.

    "No change" leaves one percent either way: people round what they read.
    """
    if answer.number is None or question.baseline is None:
        return ""
    off, size = answer.number - question.baseline, abs(question.baseline)
    if answer.direction is Direction.SAME:
        fits = abs(off) <= _ROUNDED * size
    else:
        fits = (off if answer.direction is Direction.UP else -off) >= -TOLERANCE * size
    if fits:
        return ""
    number, today = (quantity(value, question.unit) for value in (answer.number, question.baseline))
    side = "above" if off > 0 else "below"
    return (
        f"{question.label}: you chose {answer.direction}, and {number} is {side} {today}, what it is without the change"
    )


_ROUNDED = 0.01


def read_goals(goals: Iterable[Goal | str]) -> list[str]:
    """Goals of a room as their texts (`model.tuning.goals`).

    Raises
    ------
    BallastError
        For a text that is no goal, and for too many.
    """
    found = [goal if isinstance(goal, Goal) else Goal.from_text(goal, where="goals") for goal in goals]
    if len(found) > MOST_GOALS:
        raise FullError(f"{len(found)} goals are too many for a room", allowed=f"up to {MOST_GOALS}")
    return [goal.to_text() for goal in found]


def check_questions(questions: Iterable[Question]) -> list[Question]:
    """One to eight questions, each about a figure of its own.

    Raises
    ------
    WordsError, FullError
        For none, for the same one twice, for too many.
    """
    found = list(questions)
    if not found:
        raise WordsError("a round asks about at least one figure", where="questions")
    if len(found) > limits.QUESTIONS:
        raise FullError(f"{len(found)} figures are too many for a round", allowed=f"up to {limits.QUESTIONS}")
    if len({question.kpi for question in found}) < len(found):
        raise WordsError("a figure is asked about twice", where="questions", todo="leave one out")
    return found


def check_answers(questions: Iterable[Question], answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """One answer to every question and nothing else.

    Raises
    ------
    WordsError
        For one that is missing, one that nobody asked for, and a number on the other side of its direction.
    """
    asked = list(questions)
    labels = {question.kpi: question.label for question in asked}
    missing = [label for kpi, label in labels.items() if kpi not in answers]
    if missing:
        raise WordsError(f"the prediction of {missing[0]!r} is missing", todo="choose up, down or no change")
    extra = [kpi for kpi in answers if kpi not in labels]
    if extra:
        raise WordsError(f"this round does not ask about {str(extra[0])[:40]!r}", allowed=", ".join(labels))
    for question in asked:
        odd = contradiction(question, answers[question.kpi])
        if odd:
            raise WordsError(odd, todo="change the direction or the number, or leave the number out")
    return {kpi: answers[kpi] for kpi in labels}


def check_results(questions: Iterable[Question], results: Mapping[str, Result]) -> dict[str, Result]:
    """One result for every question; others are left out.

    Raises
    ------
    WordsError
        For one that is missing.
    """
    found = list(questions)
    missing = [question.label for question in found if question.kpi not in results]
    if missing:
        raise WordsError(f"the result of {missing[0]!r} is missing", where="results", todo="run the proposal first")
    return {question.kpi: results[question.kpi] for question in found}


def as_json(thing: Question | Answer | Result) -> dict[str, Any]:
    """What is stored: plain words and numbers."""
    return {key: str(value) if isinstance(value, Direction) else value for key, value in asdict(thing).items()}
