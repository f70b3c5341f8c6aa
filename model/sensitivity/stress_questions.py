"""What a reader may ask under stress: a goal, or a measure, as an effect or, where nothing is moved, as a level."""

from __future__ import annotations

import math

import numpy as np

from model.engine.results import Run
from model.engine.worlds import Floats
from model.outcomes import Measure, measures
from model.scenario.scenario import Scenario
from model.sensitivity.goal_questions import goal_question
from model.sensitivity.uncertainty import Question
from model.tuning.goals import Chance, Goal
from model.words.text import MINUS, TOLERANCE, percent, quantity
from model.words.value_words import instead, lowered


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


TOLD = {"price": "", "emission": "minted a year", "burn": "burned a year", "capacity": ""}
"""What `what_differs` tells, as far as it differs; a measure by its own label, a flow of tokens by these words."""


def what_differs(stressed: Run, calm: Run, years: float) -> str:
    """Medians over futures so many years after the first day, with and without the stresses: the way a stress works.

    Parameters
    ----------
    stressed, calm
        Runs with a world "scenario" in the same futures.
    """
    offered = measures(stressed.system)
    told = []
    for name, words in TOLD.items():
        with_it, without = (_median_at(run, name, years) for run in (stressed, calm))
        if not math.isfinite(with_it + without) or abs(with_it - without) < TOLERANCE * abs(without):
            continue
        if words:
            told.append(f"{words} {instead(quantity(with_it, 'tokens'), quantity(without, 'tokens'))}")
            continue
        measure = offered[name]
        if measure.indexed:
            first = [float(_rows(run, name)[:, 0].mean()) for run in (stressed, calm)]
            with_it, without = 100 * with_it / first[0], 100 * without / first[1]
        told.append(f"{lowered(measure.title)} {instead(measure.write(with_it), measure.write(without))}")
    if not told:
        return ""
    return f"More futures hold it with the stress than without. What is otherwise then, in medians: {', '.join(told)}."


def _rows(run: Run, name: str) -> Floats:
    rows: Floats = run.values(name)[np.array([label == "scenario" for label in run.labels])]
    return rows


def _median_at(run: Run, name: str, years: float) -> float:
    step = int(np.argmin(np.abs(np.asarray(run.times) - years)))
    values = _rows(run, name)[:, step]
    return float(np.median(values[np.isfinite(values)])) if np.isfinite(values).any() else math.nan


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
