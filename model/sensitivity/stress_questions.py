"""What a reader may ask under stress: a goal, or a measure, as an effect or, where nothing is moved, as a level."""

from __future__ import annotations

from model.engine.results import Run
from model.engine.worlds import Floats
from model.outcomes import Measure, measures
from model.scenario.scenario import Scenario
from model.sensitivity.goal_questions import goal_question
from model.sensitivity.uncertainty import Question
from model.tuning.goals import Chance, Goal
from model.words.text import MINUS, percent
from model.words.value_words import lowered


def asked(scenario: Scenario, what: str | Goal, years: float) -> Question:
    """The question about a goal, or about a measure at the end of the horizon.

    A scenario that moves something is asked for its effect; one that moves nothing for the level itself: a share as it
    is, anything else as its change since the first day.

    Raises
    ------
    UnknownKeyError
        For a measure that the network does not have.
    """
    if isinstance(what, Goal):
        return goal_question(what, scenario)
    question = Question(scenario, what, years)
    if not scenario.is_empty:
        return question
    return _level(scenario, measures(scenario.system)[what], years)


def _level(scenario: Scenario, measure: Measure, years: float) -> Question:
    """The measure itself where nothing is compared."""

    def read(run: Run) -> Floats:
        values = run.values(measure.column)
        last: Floats = values[:, -1]
        return last if measure.percent else last / values[:, 0] - 1

    def written(value: float) -> str:
        if measure.percent:
            return measure.write(value)
        sign = "+" if value > 0 else MINUS if value < 0 else ""
        return f"{sign}{percent(abs(value))}"

    title = lowered(measure.label)
    name = f"the {title}" if measure.percent else f"the change of the {title} since the first day"
    up, down = ("stay above zero", "stay below zero") if measure.percent else ("be above today's", "be below today's")
    return Question(
        scenario, read, years, comparison="level", noun=name, written=written,
        turns=(f"The {title} would no longer {up}", f"The {title} would no longer {down}"),
    )  # fmt: skip


def what_is_moved(scenario: Scenario) -> str:
    """What a count is compared without: the proposal, the changes, or both; empty where nothing is moved."""
    if scenario.is_empty:
        return ""
    if not scenario.stacked:
        return "the changes"
    title = "the proposal" if len(scenario.stacked) == 1 else "the proposals"
    return f"{title} and the changes" if scenario.changes or scenario.events else title


def counted_sentence(
    goal: Goal, scenario: Scenario, holds: Chance, without_moves: Chance | None, without_stress: Chance | None
) -> str:
    """In how many futures a goal holds, and in how many without what is moved and without the stresses.

    One future is the single path: there it holds or it does not, and nothing is counted.
    """
    clause = goal.clause(scenario.system, scenario.network.as_of)
    count = len(scenario.stresses)
    without = (
        (f"without {what_is_moved(scenario)}", without_moves),
        (f"without the {'stress' if count == 1 else 'stresses'}", without_stress),
    )
    if holds.futures == 1:
        others = "".join(f"; {word} it {_held(chance)}" for word, chance in without if chance is not None)
        return f"On the single path the goal {_held(holds)}: {clause}{others}. One path says nothing about chances."
    told = f"In {holds.of_fifty} modelled futures {clause}"
    return told + "".join(f"; {word}, in {chance.of_fifty}" for word, chance in without if chance is not None) + "."


def _held(chance: Chance) -> str:
    return "would hold" if chance.count else "would not hold"
