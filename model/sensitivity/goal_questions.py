"""A goal as a question about assumptions: how far the single path is from it, and what would turn the answer."""

from __future__ import annotations

from model.engine.results import Run
from model.engine.worlds import Floats
from model.scenario.scenario import Scenario
from model.sensitivity.uncertainty import Question
from model.tuning.goals import Goal
from model.words.text import MINUS, number, percentage_points, quantity


def goal_question(goal: Goal, scenario: Scenario) -> Question:
    """Room that is left to a goal without shocks: above zero where it is reached; values in the goal's own unit.

    Raises
    ------
    UnknownKeyError
        Where the network has no such variable.
    """
    measure = goal.measure(scenario.system)

    def room(run: Run) -> Floats:
        return goal.distance(goal.compared(run))

    def written(value: float) -> str:
        sign = "+" if value > 0 else MINUS if value < 0 else ""
        if measure.percent:
            return f"{sign}{percentage_points(value)}"
        if measure.indexed:
            return f"{sign}{number(abs(value))} index points"
        return f"{sign}{quantity(abs(value), measure.unit)}"

    condition = goal.condition(scenario.system, scenario.network.as_of)
    return Question(
        scenario,
        room,
        goal.years,
        comparison="level",
        noun=f"the room left to the goal ({condition})",
        written=written,
        turns=("The goal would no longer be reached", "The goal would be reached"),
    )
