"""What scenarios of a room would come to, one row each: the room's own figures, key figures and goals."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import streamlit as st

from model import BallastError, Scenario, load_network
from model.comparison.rows import at_years
from model.outcomes import Outcome, outcome
from model.tuning.goals import Goal
from model.words.measure_sentences import is_tiny
from model.words.moves import moves_in_a_line
from model.words.no_effect import moves_no_figure
from model.words.text import MINUS, UNKNOWN, change, percent, percentage_points
from model.words.value_words import lowered
from ui.compare.tables import word_table
from ui.link import Moment
from ui.runs import run_of, single_path
from ui.shell import is_projector
from ui.stress.runs import counted
from ui.workshop.figures import measured, offered, questions_for
from ui.workshop.round import scenario_of
from ui.workshop.words import typed
from workshop import Question
from workshop.views import Board

KEY = ("supply", "price", "provider_margin", "capacity")
"""Figures that scenarios are held against beside those that the room asked about."""
MOST = 4
"""Figures side by side; a projector has no room for more."""
USUAL_YEARS = 2
FEW, SHORT, LONGEST = 5, 70, 10_000
"""Scenarios of which a projector tells every change, letters of the changes of more, and of those told whole."""
IDLE = "Changes nothing: every figure stays as it is."
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Row:
    """One scenario: what it changes, and each figure with its difference, in words."""

    changes: str
    figures: tuple[str, ...]
    goals: str


def asked_figures(board: Board) -> tuple[Question, ...]:
    """Figures of the room's rounds, the latest first, filled up with key figures as many years ahead."""
    asked = {question.kpi: question for held in reversed(board.rounds) for question in held.questions}
    years = int(next(iter(asked)).partition("@")[2] or USUAL_YEARS) if asked else USUAL_YEARS
    network = Scenario(load_network(board.network))
    more = [key for key in KEY if key in offered(network)]
    for question in questions_for(network, more, years):
        asked.setdefault(question.kpi, question)
    return tuple(asked.values())[:MOST]


def outcome_row(link: str, questions: tuple[Question, ...], goals: tuple[Goal, ...]) -> Row:
    """One scenario against its network today; everybody in the room asks for the same, and it is run once."""
    with _one_at_a_time:
        return _row(link, questions, goals)


@lru_cache(maxsize=128)
def _row(link: str, questions: tuple[Question, ...], goals: tuple[Goal, ...]) -> Row:
    scenario = scenario_of(link)
    moment = Moment(scenario)
    idle = scenario.is_empty or moves_no_figure(single_path(moment))
    figures = tuple(_figure(scenario, question, alone=scenario.is_empty) for question in questions)
    changes = moves_in_a_line(scenario)
    return Row(f"{changes}. {IDLE}" if idle and not scenario.is_empty else changes, figures, _goals(moment, goals))


def _figure(scenario: Scenario, question: Question, *, alone: bool) -> str:
    """A figure with its difference: 89.8M (−15.9%); the value alone for the network as it is."""
    try:
        measure, years = measured(scenario, question)
    except BallastError:
        return UNKNOWN
    run = run_of(Moment(scenario))
    told = outcome(run, measure, at_years(run, years))
    value = measure.write(told.scenario).removesuffix(_unit(question))
    return value if alone else f"{value} ({difference(told)})"


def _unit(question: Question) -> str:
    """A unit that the head of a column says once; those written before or at a number stay with it."""
    return "" if question.unit[:1] in ("", "%", "$") else f" {question.unit}"


def difference(told: Outcome) -> str:
    """A difference as short as a table needs it: "−15.9%", "+6.5 points", "no change"."""
    if is_tiny(told):
        return "no change"
    gap = told.scenario - told.baseline
    sign = "+" if gap > 0 else MINUS
    if told.measure.percent:
        return f"{sign}{percentage_points(gap).replace('percentage ', '')}"
    return f"{sign}{percent(abs(gap / told.baseline))}" if told.baseline else change(told.scenario, told.baseline)


def _goals(moment: Moment, goals: Sequence[Goal]) -> str:
    """How many of the room's goals are met, and which."""
    figures = offered(moment.scenario)
    asked = [goal for goal in goals if goal.variable in figures]
    met = [goal for goal in asked if counted(moment, goal).holds.share >= goal.share]
    names = ", ".join(lowered(figures[goal.variable].label) for goal in met)
    return f"{len(met)} of {len(asked)}{f': {names}' if names else ''}" if asked else ""


def outcomes_part(board: Board, named: Sequence[tuple[str, str]], *, changes: bool = True) -> None:
    """A table of what each named scenario (name and link) would come to, beneath the network as it is today.

    `changes` says beside the name what each changes.
    """
    # Phones and ballots tell all of it; a projector with many groups has a line for each.
    most = SHORT if is_projector() and len(named) > FEW else LONGEST
    questions = asked_figures(board)
    today = Scenario(load_network(board.network)).to_link()
    rows = []
    for name, link in [("As it is today", today), *named]:
        row = outcome_row(link, questions, board.goals)
        told = textwrap.shorten(row.changes, most, placeholder=" …")
        title = f"{name}: {told}" if changes and link != today else name
        rows.append((title, *row.figures, *([row.goals] if board.goals else [])))
    days = {question.label.rpartition(", ")[2] for question in questions}
    labels = [question.label.rpartition(", ")[0] if len(days) == 1 else question.label for question in questions]
    labels = [f"{label},{_unit(question)}" if _unit(question) else label
              for label, question in zip(labels, questions, strict=True)]  # fmt: skip
    when = f"By {typed(next(iter(days)))}, medians" if len(days) == 1 else "Medians"
    st.markdown(f"{when} of modelled futures; in brackets the difference from the network as it is today.")
    word_table(["Scenario", *labels, *(["Goals met"] if board.goals else [])], rows,
               caption="What each scenario would come to")  # fmt: skip
