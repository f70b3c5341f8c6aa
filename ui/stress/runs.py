"""What the Stress page computes: counts of goals in futures, gauges, and questions to the single path."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from model import BallastError, Scenario, load_stress, stress_names
from model.engine.kept import MedianRun
from model.engine.results import Run
from model.engine.worlds import Floats
from model.errors import UnknownKeyError
from model.proposals.proposal import Proposal
from model.rest.spiral import SpiralGauge, spiral_gauge
from model.scenario.stacking import unstack
from model.sensitivity.flip_points import FlipPoints, flip_points
from model.sensitivity.stress_questions import asked, what_differs
from model.sensitivity.uncertainty import Question, Tornado, tornado
from model.spread import fifty
from model.tuning.goals import Chance, Goal, all_met
from ui.link import Moment
from ui.reports import report_of
from ui.runs import run_of

NOTED = 0.02
"""From so many more of a hundred futures on it is told why a goal holds in more of them under stress."""


def without_stresses(moment: Moment) -> Moment:
    """The same scenario in a world in which none of its stresses happens."""
    scenario = moment.scenario
    for part in scenario.stresses:
        scenario = unstack(scenario, part.name)
    return replace(moment, scenario=scenario)


@dataclass(frozen=True, eq=False)
class Counted:
    """One goal in all futures of a moment.

    Attributes
    ----------
    dots
        Shape (up to 50,): quantiles of what the goal compares, lowest first; fewer where runs stop, and all alike on
        the single path.
    holds, before, calm
        In how many futures it holds: in the scenario, without what is moved (None where nothing is), and without the
        stresses (None where there are none).
    """

    dots: Floats
    holds: Chance
    before: Chance | None
    calm: Chance | None


def _run(moment: Moment, years: float) -> Run:
    """Every future over at least so many years; the single path where none are drawn."""
    run = run_of(replace(moment, years=max(moment.years, math.ceil(years))))
    return run.sampled if isinstance(run, MedianRun) else run


@lru_cache(maxsize=96)
def counted(moment: Moment, goal: Goal) -> Counted:
    """In how many futures a goal holds, with and without what is moved and the stresses."""
    sampled = _run(moment, goal.years)
    values = goal.compared(sampled)[np.array([label == "scenario" for label in sampled.labels])]
    before = None if moment.scenario.is_empty else goal.chance(sampled, "baseline")
    calm = None
    if moment.scenario.stresses:
        calm = goal.chance(_run(without_stresses(moment), goal.years))
    return Counted(fifty(values), goal.chance(sampled), before, calm)


@lru_cache(maxsize=48)
def all_together(moment: Moment, goals: tuple[Goal, ...]) -> Chance:
    """In how many futures all goals hold at once."""
    sampled = _run(moment, max(goal.years for goal in goals))
    rows = np.array([label == "scenario" for label in sampled.labels])
    found = all_met(goals, sampled)[rows]
    return Chance(int(np.count_nonzero(found)), len(found))


@lru_cache(maxsize=96)
def why_better(moment: Moment, goal: Goal) -> str:
    """What is otherwise on the goal's last day where a goal holds in more futures with the stresses than without."""
    found = counted(moment, goal)
    if found.calm is None or found.holds.share <= found.calm.share + NOTED:
        return ""
    return what_differs(_run(moment, goal.years), _run(without_stresses(moment), goal.years), goal.years)


@lru_cache(maxsize=256)
def why_not(moment: Moment, name: str) -> str:
    """Why a stress cannot be laid on the scenario on screen; empty where it can or already is."""
    shown = moment.scenario
    if name in {part.name for part in shown.stresses}:
        return ""
    other = _contradicted(shown, load_stress(name))
    if other:
        return f"It says otherwise than “{other}” about the same assumption; switch that one off first."
    try:
        replace(shown, stress=(*shown.stresses, name))
    except UnknownKeyError:
        return "This network has nothing that it moves."
    except BallastError as problem:
        return str(problem)
    return ""


def _contradicted(shown: Scenario, part: Proposal) -> str:
    """Title of a stress that is on and sets an assumption of `part` to another value; empty where there is none."""
    sets = {provision.key: provision.to for provision in part.provisions if provision.to is not None}
    for own in shown.stresses:
        if any(p.to is not None and sets.get(p.key, p.to) != p.to for p in own.provisions):
            return own.title
    return ""


@lru_cache(maxsize=1)
def all_stresses() -> tuple[Proposal, ...]:
    """Stresses that come with the app."""
    return tuple(load_stress(name) for name in stress_names())


@lru_cache(maxsize=48)
def gauge_of(moment: Moment) -> SpiralGauge:
    """Distance to tipping and order of leaving, with everything that lasts in force."""
    return spiral_gauge(report_of(moment))


# ---- questions to the single path -----------------------------------------------------------------------
def question_of(scenario: Scenario, what: str | Goal, years: float) -> Question:
    """What is asked of the single path."""
    return asked(scenario, what, years)


@lru_cache(maxsize=48)
def tornado_of(moment: Moment, what: str | Goal) -> Tornado:
    """What each assumption does to the answer."""
    return tornado(question_of(moment.scenario, what, moment.years))


@lru_cache(maxsize=48)
def flips_of(moment: Moment, what: str | Goal) -> FlipPoints:
    """Values that turn the answer."""
    return flip_points(question_of(moment.scenario, what, moment.years))


def key_of(moment: Moment, *more: object) -> tuple[object, ...]:
    """What a long answer is remembered by."""
    return (tuple(sorted(moment.settings.items())), *more)
