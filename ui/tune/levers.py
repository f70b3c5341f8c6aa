"""The left side of the Tune page: goals first, then which levers may move and between which ends."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from model import Scenario
from model.presets.usual_range import usual_range
from model.tuning.goals import TUNED, Goal
from model.tuning.lever_box import MOST_LEVERS, LeverBox, LeverRange, movable, usual_ends
from model.words.value_words import value_words
from ui.goal_fields import add_goal, goal_editor
from ui.levers.lever import Scale, scale_of
from ui.page_fields import PageField
from ui.text import as_markdown
from ui.tune.fields import DRAWS, FUTURES, GOALS, HOW_MANY, LEVERS, SETTINGS

_EMPTIED = "_tune-emptied"


def goals_part(goals: dict[PageField[Goal | None], Goal], missing: Sequence[str], scenario: Scenario) -> None:
    """Every goal as a sentence that can be changed, and a button for one more."""
    st.header("What should hold", anchor=False)
    for number, (field, goal) in enumerate(goals.items(), 1):
        with st.container(key=f"tune-goal-{number}", horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(as_markdown(f"{number}. {goal.sentence(scenario.system, scenario.network.as_of)}."))
            goal_editor(field, goal, scenario)
    for sentence in missing:
        st.warning(as_markdown(sentence))
    if any(goal in TUNED for goal in goals.values()):
        with st.container(key="source-tune-goals"):  # the small type of sources, which is dark enough to read
            st.markdown(
                "These goals begin within reach of most networks; those of the Stress page ask for more futures."
            )
    add_goal(GOALS)


def levers_part(scenario: Scenario, box: LeverBox, problem: str) -> None:
    """Which levers may move, each with a slider of two ends."""
    st.header("What may move", anchor=False)
    if problem:
        st.warning(as_markdown(f"{problem} The usual levers move instead."))
    offered = movable(scenario)
    st.session_state["tune-levers"] = list(box.keys)
    st.multiselect(
        "Levers", list(offered), key="tune-levers", max_selections=MOST_LEVERS,
        format_func=lambda key: as_markdown(offered[key].label), on_change=_choose, args=(scenario, box),
        help="Levers that are not named stay as they are on screen.",
    )  # fmt: skip
    if st.session_state.pop(_EMPTIED, False):
        st.warning("At least one lever has to move, so the levers stay as they were; take them out one by one.")
    for own in box.ranges:
        _ends(scenario, box, own)


def _choose(scenario: Scenario, box: LeverBox) -> None:
    """Levers that stay keep their ends; new ones begin with their usual range."""
    chosen = st.session_state["tune-levers"]
    there = {own.key: own for own in box.ranges}
    st.session_state[_EMPTIED] = not chosen
    if chosen:
        LEVERS.set(tuple(there.get(key) or LeverRange(key, *usual_ends(scenario, key)) for key in chosen))


def _ends(scenario: Scenario, box: LeverBox, own: LeverRange) -> None:
    """The two ends of one lever on one slider, with what is in force under it."""
    concrete = movable(scenario)[own.key]
    usual = usual_range(scenario.network, concrete)
    scale = scale_of(concrete, usual)
    low, high = min(usual.low, own.low), max(usual.high, own.high)
    widget = f"tune-ends:{own.key}"
    st.session_state[widget] = (scale.show(own.low), scale.show(own.high))
    st.slider(
        as_markdown(concrete.label), scale.show(low), scale.show(high), step=scale.show(usual.step),
        format=scale.format, key=widget, on_change=_move, args=(box, own.key, widget, scale),
        help=as_markdown(concrete.declared.what),
    )  # fmt: skip
    with st.container(key=f"source-tune-{own.key.replace('.', '-')}"):
        st.markdown(as_markdown(f"In force: {value_words(concrete, scenario.values[own.key])}"))


def _move(box: LeverBox, key: str, widget: str, scale: Scale) -> None:
    low, high = (scale.read(float(end)) for end in st.session_state[widget])
    if low < high:
        moved = LeverRange(key, low, high)
        LEVERS.set(tuple(moved if own.key == key else own for own in box.ranges))


def effort_part() -> None:
    """How many settings, each in how many futures."""
    with st.container(horizontal=True, gap="small", key="tune-effort"):
        for field, label, options, told in (
            (HOW_MANY, "Settings tried", SETTINGS, "Sobol points, which fill the box evenly"),
            (DRAWS, "Futures each", FUTURES, "The same futures for every setting; 0 is the single path without shocks"),
        ):
            st.session_state[f"pick-{field.key}"] = field.value()
            st.selectbox(
                label, options, key=f"pick-{field.key}", help=told, width=160,
                format_func=lambda word: "0 (single path)" if word == "0" else f"{int(word):,}",
                on_change=lambda field=field: field.set(st.session_state[f"pick-{field.key}"]),
            )  # fmt: skip
