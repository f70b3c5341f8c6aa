"""Goals of a page: kept in its link, shown as sentences, edited one at a time."""

from __future__ import annotations

import contextlib

import streamlit as st

from model import BallastError, Scenario
from model.outcomes import Measure, measures
from model.tuning.goals import (
    CAPACITY,
    COMPARISON_WORDS,
    COMPARISONS,
    EMISSION,
    MOST_GOALS,
    PROVIDERS,
    TIMES,
    WHEN_WORDS,
    Goal,
)
from ui.page_fields import PageField
from ui.text import as_markdown

NO_GOAL = "none"
USUAL: tuple[Goal, ...] = (PROVIDERS, EMISSION, CAPACITY)
"""What a page begins with; a link says "none" for one that was taken away."""
YEARS = (0.5, 30.0)


def goal_fields(page: str, usual: tuple[Goal, ...] = USUAL) -> tuple[PageField[Goal | None], ...]:
    """One field per goal that a page may ask: "stress.goal.1" and so on; `usual` are those it begins with."""
    return tuple(_goal_field(page, number, usual) for number in range(1, MOST_GOALS + 1))


def _goal_field(page: str, number: int, usual: tuple[Goal, ...]) -> PageField[Goal | None]:
    key = f"{page}.goal.{number}"

    def read(text: str) -> Goal | None:
        return None if text == NO_GOAL else Goal.from_text(text, where=key)

    def write(goal: Goal | None) -> str:
        return NO_GOAL if goal is None else goal.to_text()

    return PageField(key, usual[number - 1] if number <= len(usual) else None, read, write)


def goals_of(fields: tuple[PageField[Goal | None], ...], scenario: Scenario) -> dict[PageField[Goal | None], Goal]:
    """Goals that are set and that the network on screen can have, by their field."""
    offered = measures(scenario.system)
    found = {f: goal for f in fields if (goal := f.value()) is not None}
    return {f: goal for f, goal in found.items() if goal.variable in offered}


def missing_goals(fields: tuple[PageField[Goal | None], ...], scenario: Scenario) -> list[str]:
    """One sentence for each goal about something that the network on screen does not have."""
    told = []
    for f in fields:
        goal = f.value()
        if goal is not None:
            try:
                goal.measure(scenario.system)
            except BallastError as problem:
                told.append(str(problem))
    return told


def goal_editor(field: PageField[Goal | None], goal: Goal, scenario: Scenario) -> None:
    """A popover that changes one goal or takes it away."""
    with st.popover(
        "Change the goal", key=f"edit-{field.key}", type="tertiary", icon=":material/edit:", on_change="rerun"
    ) as box:
        if box.open:
            _form(field, goal, scenario)


def add_goal(fields: tuple[PageField[Goal | None], ...]) -> None:
    """A button that sets one more goal, a copy of the usual first one to be changed."""
    free = next((f for f in fields if f.value() is None), None)
    st.button(
        "Add a goal",
        key=f"{fields[0].key}-add",
        disabled=free is None,
        on_click=(lambda: free.set(PROVIDERS)) if free is not None else None,
        icon=":material/add:",
        help=f"Up to {len(fields)} goals.",
    )


def _form(field: PageField[Goal | None], goal: Goal, scenario: Scenario) -> None:
    offered = measures(scenario.system)
    measure = offered[goal.variable]
    name = f"goal-{field.key}"

    def put(part: str) -> None:
        # What cannot be a goal leaves the last one; the widget's own bounds keep most of it out.
        with contextlib.suppress(BallastError):
            field.set(_changed(goal, part, st.session_state[f"{name}-{part}"], offered))

    def widget(part: str, value: object) -> str:
        st.session_state[f"{name}-{part}"] = value
        return f"{name}-{part}"

    st.selectbox("What", list(offered), key=widget("variable", goal.variable), on_change=put, args=("variable",),
                 format_func=lambda key: offered[key].title)  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        st.segmented_control(
            "Is", COMPARISONS, key=widget("comparison", goal.comparison), on_change=put, args=("comparison",),
            format_func=lambda word: COMPARISON_WORDS[word], required=True,
        )  # fmt: skip
        factor = 100.0 if measure.percent else 1.0
        unit = "%" if measure.percent else measure.unit
        st.number_input(f"Value ({as_markdown(unit)})", value=None, key=widget("value", _shown(goal.value * factor)),
                        on_change=put, args=("value",), format="%g")  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        st.segmented_control("When", TIMES, key=widget("when", goal.when), on_change=put, args=("when",),
                             format_func=lambda word: WHEN_WORDS[word], required=True)  # fmt: skip
        st.number_input("Years from the first day", *YEARS, step=0.5, key=widget("years", float(goal.years)),
                        on_change=put, args=("years",), format="%g")  # fmt: skip
    st.slider("In at least this share of futures (%)", 5, 100, step=5, key=widget("share", round(20 * goal.share) * 5),
              on_change=put, args=("share",))  # fmt: skip
    st.button("Take this goal away", key=f"{name}-away", on_click=field.set, args=(None,), icon=":material/delete:")


def _shown(value: float) -> float:
    return float(f"{value:.10g}")


def _changed(goal: Goal, part: str, value: object, offered: dict[str, Measure]) -> Goal:
    """A goal with one part changed; another variable begins at a value of its own kind."""
    parts = {name: getattr(goal, name) for name in Goal.__dataclass_fields__}
    if part == "variable":
        measure = offered[str(value)]
        same = measure.percent == offered[goal.variable].percent and measure.indexed == offered[goal.variable].indexed
        parts["value"] = goal.value if same else 100.0 if measure.indexed else 0.0
        parts["variable"] = value
    elif part in ("value", "share", "years"):
        number = float(value) if isinstance(value, int | float) else float("nan")
        percent = part == "share" or (part == "value" and offered[goal.variable].percent)
        parts[part] = float(f"{number / 100:.12g}") if percent else number
    else:
        parts[part] = value
    return Goal(**parts)
