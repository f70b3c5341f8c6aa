"""What the Stress page asks beside the scenario, each declared once for the link."""

from __future__ import annotations

import math
from typing import Any

from model import Scenario
from model.errors import LinkError
from model.outcomes import measures
from model.scenario.links import number_text
from model.tuning.goals import Goal
from ui.goal_fields import goal_fields, goals_of
from ui.page_fields import PageField, words

PAGE = "stress"
MOST_VIEWS = 20
"""Assumptions that the second of two people may hold otherwise."""

Views = tuple[tuple[str, float], ...]


def _read_views(text: str) -> Views:
    found: dict[str, float] = {}
    for part in text.split("~"):
        key, _, value = part.partition(":")
        try:
            found[key[:80]] = float(value)
        except ValueError:
            found[key[:80]] = math.nan
        if not math.isfinite(found[key[:80]]) or len(found) > MOST_VIEWS:
            raise LinkError(
                f"{part[:60]!r} is no assumption with its value",
                where="stress.second",
                allowed=f"up to {MOST_VIEWS} of them such as demand_growth:0.05, with ~ in between",
            )
    return tuple(found.items())


def _write_views(views: Views) -> str:
    return "~".join(f"{key}:{number_text(value)}" for key, value in views)


GOALS = goal_fields(PAGE)
OUTCOME = words("stress.outcome", "goal.1", 80)
"""What tornado, indices, flip points and map are about: "goal.1" or the column of a measure."""
FAN = words("stress.fan", "price", 80)
MAP_X = words("stress.map.x", "burn_share", 80)
MAP_Y = words("stress.map.y", "demand_growth", 80)
MAP_AT: PageField[Views] = PageField("stress.map.at", (), _read_views, _write_views)
"""The chosen cell: key and value of both sides."""
REGRET_GOAL = words("stress.regret", "goal.1", 80)
OPTIONS = words("stress.options", "", 600)
"""Names of proposals that the regret table lays on alone, with ~ in between."""
DISPUTED = words("stress.disputed", "", 80)
"""The assumption that both people are setting."""
SECOND: PageField[Views] = PageField("stress.second", (), _read_views, _write_views)
"""Assumptions of the second person, where they are not those on screen."""

FIELDS: tuple[PageField[Any], ...] = (
    *GOALS,
    OUTCOME,
    FAN,
    MAP_X,
    MAP_Y,
    MAP_AT,
    REGRET_GOAL,
    OPTIONS,
    DISPUTED,
    SECOND,
)


def named_goals(scenario: Scenario) -> dict[str, Goal]:
    """Goals that are set, by what other fields call them: "goal.1" and so on."""
    return {field.key.removeprefix("stress."): goal for field, goal in goals_of(GOALS, scenario).items()}


def outcomes(scenario: Scenario) -> dict[str, str]:
    """Everything that may be asked, with its title: goals first, then measures."""
    start = scenario.network.as_of
    titles = {name: f"Goal: {goal.condition(scenario.system, start)}" for name, goal in named_goals(scenario).items()}
    return {**titles, **{key: measure.label for key, measure in measures(scenario.system).items()}}


def asked_for(scenario: Scenario) -> str | Goal:
    """What tornado, indices, flip points and map are about on this network."""
    goals = named_goals(scenario)
    name = OUTCOME.value()
    if name in goals:
        return goals[name]
    if name in measures(scenario.system):
        return name
    return next(iter(goals.values()), "price")
