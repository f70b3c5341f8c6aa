"""Figures that a round asks about: which there are, what the run gives for them, and how a phone asks for a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model import Scenario
from model.comparison.rows import at_years
from model.outcomes import KEY_FIGURES, Measure, date_at, measures, outcome
from model.sensitivity.stress_questions import counted_sentence
from model.tuning.goals import Goal
from model.words.moves import moves_in_a_line
from model.words.no_effect import moves_no_figure
from model.words.text import month
from ui.link import Moment, as_today
from ui.runs import run_of, single_path
from ui.stress.runs import counted
from ui.workshop.words import typed
from workshop import Question, Result, WorkshopError

YEARS = (1, 2, 5)
"""Years ahead that a round may ask about."""
USUAL = ("supply", "price", "provider_margin")
_BETWEEN = "@"
_SIZES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand"))


def offered(scenario: Scenario) -> dict[str, Measure]:
    """Measures that a round may ask about: key figures first."""
    found = measures(scenario.system)
    return {key: found[key] for key in dict.fromkeys((*KEY_FIGURES, *found)) if key in found}


def usual(scenario: Scenario) -> list[str]:
    """What a round asks about unless the facilitator chooses."""
    return [key for key in USUAL if key in offered(scenario)]


def questions_for(scenario: Scenario, columns: Sequence[str], years: int) -> list[Question]:
    """One question per measure, so many years ahead, with its value under today's rules.

    Raises
    ------
    WorkshopError
        For a figure that the network has no value of then.
    """
    run = run_of(Moment(as_today(scenario)))
    step = at_years(run, years)
    day, found = month(date_at(run, step)), []
    for column in columns:
        measure = offered(scenario)[column]
        value = outcome(run, measure, step).baseline
        if not np.isfinite(value):
            raise WorkshopError(f"{measure.title} has no value in {day}", todo="ask about another figure")
        title = f"{measure.title} (today 100)" if measure.indexed else measure.title
        yearly = " a year" if measure.percent and measure.unit.endswith("a year") else ""
        found.append(Question(f"{column}{_BETWEEN}{years}", f"{title}{yearly}, {day}", unit_of(measure), value))
    return found


def need_effect(scenario: Scenario) -> None:
    """Refuse what nobody can discuss.

    Raises
    ------
    WorkshopError
        For a scenario that sets nothing, and for one that sets something and moves no figure.
    """
    if scenario.is_empty:
        raise WorkshopError("this scenario changes nothing yet", todo="move a lever first, or choose another")
    if moves_no_figure(single_path(Moment(scenario))):
        raise WorkshopError(
            f"this scenario changes nothing: every figure stays as it is with “{moves_in_a_line(scenario)}”",
            todo="move another lever",
        )


def unit_of(measure: Measure) -> str:
    """Unit in which a figure is asked for and told: "%" for shares, none for an index."""
    return "%" if measure.percent else "" if measure.indexed else measure.unit


def results_of(scenario: Scenario, questions: Sequence[Question]) -> dict[str, Result]:
    """What the model gives, by the name of the figure; medians over the usual futures, as on every page.

    Raises
    ------
    WorkshopError
        Where the run stops before the figure's date.
    """
    run, found = run_of(Moment(scenario)), {}
    for question in questions:
        measure, years = measured(scenario, question)
        told = outcome(run, measure, at_years(run, years))
        if not (np.isfinite(told.baseline) and np.isfinite(told.scenario)):
            raise WorkshopError(f"the run has no value of {question.label}", todo="go back and ask another figure")
        found[question.kpi] = Result(told.baseline, told.scenario)
    return found


def measured(scenario: Scenario, question: Question) -> tuple[Measure, int]:
    """Measure and years that a question asks about.

    Raises
    ------
    WorkshopError
        For a figure that this version of the network does not have.
    """
    column, _, years = question.kpi.partition(_BETWEEN)
    if column not in measures(scenario.system) or not years.isdigit() or not 1 <= int(years) <= max(YEARS):
        raise WorkshopError(f"this network has no figure {question.label!r}", todo="go back and choose other figures")
    return measures(scenario.system)[column], int(years)


@dataclass(frozen=True)
class Asked:
    """How a number of one question is typed: shown = value / size, in `unit`."""

    size: float
    unit: str

    def show(self, value: float) -> float:
        """A value as it is typed, in four digits."""
        return float(f"{value / self.size:.4g}")


def asked(question: Question) -> Asked:
    """Percent for shares; thousands or millions where the figure is that large."""
    if question.unit == "%":
        return Asked(0.01, "%")
    reach = abs(question.baseline or 0.0)
    for size, word in _SIZES:
        if reach >= size:
            unit = question.unit
            return Asked(size, f"{word} {unit}" if unit else word)
    return Asked(1.0, question.unit or "index, today 100")


def goal_lines(goals: Sequence[Goal], scenario: Scenario) -> list[str]:
    """One line for each goal of the room: whether it would be met, and in how many futures it holds."""
    lines, offered_here = [], measures(scenario.system)
    for goal in goals:
        if goal.variable not in offered_here:
            continue
        found = counted(Moment(scenario), goal)
        met = "Met" if found.holds.share >= goal.share else "Not met"
        sentence = counted_sentence(goal, scenario, found.holds, found.before, found.calm)
        lines.append(f"**{met}.** {typed(sentence)}")
    return lines
