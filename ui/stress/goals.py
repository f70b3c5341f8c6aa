"""The upper part of the Stress page: stresses as switches, goals as dots, the fan."""

from __future__ import annotations

import numpy as np
import polars as pl
import streamlit as st

from charts.goal_dots import goal_dots, goal_stacks
from model.proposals.proposal import Proposal
from model.sensitivity.stress_questions import counted_sentence
from model.spread import DOTS
from model.system import System
from model.tuning.goals import Goal
from model.words.text import percent
from ui import state
from ui.baseline import baseline_button
from ui.chart import show_chart
from ui.goal_fields import add_goal, goal_editor, goals_of, missing_goals
from ui.link import Moment
from ui.page_fields import PageField
from ui.panels import choices, panel
from ui.pick import pick
from ui.stress.fields import FAN, GOALS
from ui.stress.runs import Counted, all_stresses, all_together, counted, why_better, why_not, without_stresses
from ui.text import as_markdown


def top_sentence(moment: Moment) -> None:
    """In how many futures the first goal holds, and all of them together."""
    goals = goals_of(GOALS, moment.scenario)
    if not goals:
        st.markdown("No goal is set. Add one below to see in how many futures it would hold.")
        return
    first = next(iter(goals.values()))
    found = counted(moment, first)
    told = counted_sentence(first, moment.scenario, found.holds, found.before, found.calm)
    if len(goals) > 1:
        together = all_together(moment, tuple(goals.values()))
        every = "Both goals" if len(goals) == 2 else f"All {len(goals)} goals"
        if together.futures > 1:
            told += f" {every} hold together in {together.of_fifty}"
            if moment.scenario.stresses:
                calm = all_together(without_stresses(moment), tuple(goals.values()))
                told += f" (without the stresses, in {calm.of_fifty})"
            told += "."
        else:
            told += f" {every} would {'hold' if together.count else 'not hold'} together."
    st.markdown(as_markdown(told))


# ---- stresses -------------------------------------------------------------------------------------------
def stress_switches(moment: Moment) -> None:
    """One switch per stress, each with what it moves and when; they stack with each other and with proposals."""
    st.header("What happens", anchor="stresses")
    st.markdown("Stresses happen in both worlds, with the proposal and without. They stack.")
    on = {part.name for part in moment.scenario.stresses}
    grid = st.grid(columns="auto", min_column_width=300, gap="small")
    known = all_stresses()
    others = [part for part in moment.scenario.stresses if part.name not in {own.name for own in known}]
    for part in (*known, *others):
        with grid.cell(), st.container(key=f"stress-cell-{part.name}"):
            _switch(moment, part, part.name in on)


def _switch(moment: Moment, part: Proposal, on: bool) -> None:
    key, reason = f"stress-{part.name}", why_not(moment, part.name)
    st.session_state[key] = on
    st.toggle(
        as_markdown(part.title),
        key=key,
        disabled=bool(reason),
        on_change=lambda: state.switch_stress(part.name, bool(st.session_state[key])),
        help=as_markdown(f"Models {'; '.join(part.models)}. Does not model {'; '.join(part.does_not_model)}."),
    )
    st.markdown(as_markdown(part.summary if not reason else f"{part.summary} {reason}"))


# ---- goals ----------------------------------------------------------------------------------------------
def goals_part(moment: Moment) -> None:
    """Every goal with its dots, its chance and its editor."""
    title = "In how many futures each goal holds" if moment.futures else "Whether each goal holds on the single path"
    st.header(title, anchor="goals")
    for sentence in missing_goals(GOALS, moment.scenario):
        st.warning(as_markdown(sentence))
    grid = st.grid(columns="auto", min_column_width=340, gap="medium")
    for field, goal in goals_of(GOALS, moment.scenario).items():
        with grid.cell(), st.container(key=f"goal-panel-{field.key}", border=True):
            _goal_panel(field, goal, moment)
    add_goal(GOALS)


def _goal_panel(field: PageField[Goal | None], goal: Goal, moment: Moment) -> None:
    scenario = moment.scenario
    found = counted(moment, goal)
    sentence = counted_sentence(goal, scenario, found.holds, found.before, found.calm)
    if found.holds.futures > 1:
        _dots(field, goal, found, moment, sentence)
    else:
        st.markdown(f"**{as_markdown(sentence)}**")
        st.markdown(as_markdown(_on_one_path(goal, found, scenario.system)))
    if better := why_better(moment, goal):
        st.markdown(as_markdown(better))
    goal_editor(field, goal, scenario)


def _on_one_path(goal: Goal, found: Counted, system: System) -> str:
    """What the path comes to, beside the goal; a share of futures cannot be told from it."""
    measure = goal.measure(system)
    at = measure.write(float(found.dots[0])) if len(found.dots) else "not known, as the run stops before"
    return (
        f"{measure.label}: {at}; the goal: {measure.write(goal.value)}. Whether it holds in {percent(goal.share)} of "
        "futures is told with modelled futures switched on."
    )


def _dots(field: PageField[Goal | None], goal: Goal, found: Counted, moment: Moment, sentence: str) -> None:
    """Fifty dots on both sides of the goal, and the chance in words."""
    drawn, fmt, unit = _drawn(goal, found, moment.scenario.system)
    holds = goal.holds(found.dots)
    frame = goal_stacks(drawn, holds, goal.value)
    highest = int(frame["level"].max() or 1) if frame.height else 1  # type: ignore[arg-type]
    show_chart(
        goal_dots(unit, fmt="percent" if fmt else "number", highest=max(8, highest)),
        {"main": frame, "rules": pl.DataFrame({"value": [goal.value], "label": ["Goal"]})},
        key=f"dots-{field.key}",
        sentence=f"**{as_markdown(sentence)}**",
        alt=f"Fifty dots, each a fiftieth of the modelled futures: full where the goal holds. {sentence}",
        unit=unit,
        source="",
    )
    reached = "is reached" if found.holds.share >= goal.share else "is not reached"
    stopped = DOTS - len(found.dots)
    st.markdown(
        as_markdown(
            f"{found.holds.words} of {found.holds.futures} futures (in brackets: Wilson's 95% interval); the goal asks "
            f"for {percent(goal.share)} and {reached}." + (f" {stopped} of 50 runs stop before." if stopped else "")
        )
    )


def _drawn(goal: Goal, found: Counted, system: System) -> tuple[np.ndarray, bool, str]:
    """Dots as they stand on their axis: a few far ones are drawn at the edge, which the unit says."""
    measure = goal.measure(system)
    values = found.dots
    unit = f"{measure.title} ({measure.unit})"
    if len(values) > 4:
        low, high = np.quantile(values, (0.06, 0.94))
        reach = 3 * max(high - low, abs(goal.value) * 0.05, 1e-12)
        cut = np.clip(values, min(low - reach, goal.value - reach), max(high + reach, goal.value + reach))
        if not np.array_equal(cut, values):
            unit += ", far ones at the edge"
        values = cut
    return values, measure.percent, unit


# ---- fan ------------------------------------------------------------------------------------------------
def fan(moment: Moment) -> None:
    """Nine of ten futures of one measure, with both medians; the single path has no spread."""
    st.header("How far futures spread" if moment.futures else "One measure on the single path", anchor="fan")
    offered = choices(moment.scenario.system)
    asked = FAN.value() if FAN.value() in offered else "price"
    current = pick("Chart", offered, asked, FAN.set, key="pick-fan", quiet=True, width=420)
    baseline_button()
    panel("stress-fan", current, moment, None)
