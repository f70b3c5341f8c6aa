"""Regret table of the Stress page: proposals against stresses, the worst case of each and its cause."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache, partial

import streamlit as st

from model import BallastError, Scenario, load_proposal, proposal_names
from model.proposals.proposal import Proposal
from model.sensitivity.regret import MOST_OPTIONS, SWITCHED_ON, Regrets, RegretTable, as_today, options_of
from model.tuning.goals import Goal
from model.words.scenario_words import source_line
from model.words.text import MINUS, sentence_case
from ui.compare.tables import word_table
from ui.link import Moment
from ui.long_work import worked_out
from ui.pick import pick
from ui.stress.fields import OPTIONS, REGRET_GOAL, named_goals
from ui.stress.runs import all_stresses, key_of
from ui.text import as_markdown

DRAWS = 128


def regret_part(moment: Moment) -> None:
    """Every option in every world, for one goal."""
    goals = named_goals(moment.scenario)
    if not goals:
        st.markdown("No goal is set. Add one above: the table tells in how many futures each option holds it.")
        return
    name, goal = _goal(goals, moment)
    options = {**options_of(moment.scenario), **_others(moment)}
    found = worked_out(
        key_of(moment, "regret", goal, tuple(options)),
        partial(RegretTable, moment.scenario, options, all_stresses(), goal, draws=DRAWS, seed=moment.seed),
        name=f"regret-{name}",
        what=f"{len(options) + 1} {'options' if options else 'option'} under {len(all_stresses())} stresses",
    )
    if found is not None:
        _show(found, moment)


def _goal(goals: dict[str, Goal], moment: Moment) -> tuple[str, Goal]:
    start, system = moment.scenario.network.as_of, moment.scenario.system
    titles = {key: sentence_case(goal.condition(system, start)) for key, goal in goals.items()}
    current = pick("Goal", titles, REGRET_GOAL.value(), REGRET_GOAL.set, key="pick-regret")
    return current, goals[current]


# ---- options --------------------------------------------------------------------------------------------
@lru_cache(maxsize=32)
def _fitting(moment: Moment) -> dict[str, Proposal]:
    """Proposals that can be laid alone on the network on screen, and are not on it yet."""
    today = as_today(moment.scenario)
    here = {part.name for part in moment.scenario.stacked}
    found = {}
    for name in proposal_names():
        part = load_proposal(name)
        if name not in here and (part.is_for_any or part.network.partition("@")[0] == today.network.name):
            try:
                replace(today, proposals=(part,))
            except BallastError:
                continue
            found[name] = part
    return found


def _others(moment: Moment) -> dict[str, Scenario]:
    """Further proposals that the table lays on alone."""
    offered = _fitting(moment)
    room = MOST_OPTIONS - len(options_of(moment.scenario))
    chosen = [name for name in OPTIONS.value().split("~") if name in offered][:room]
    st.session_state["pick-options"] = chosen
    st.multiselect(
        "Further proposals, each alone",
        list(offered),
        key="pick-options",
        max_selections=room,
        format_func=lambda name: offered[name].title,
        on_change=lambda: OPTIONS.set("~".join(st.session_state["pick-options"])),
        placeholder="Choose proposals to compare",
    )
    today = as_today(moment.scenario)
    return {offered[name].title: replace(today, proposals=(offered[name],)) for name in chosen}


# ---- table ----------------------------------------------------------------------------------------------
def _show(found: Regrets, moment: Moment) -> None:
    st.markdown(f"**{as_markdown(found.sentence)}**")
    st.markdown("\n".join(f"- {as_markdown(found.worst_sentence(i))}" for i in range(len(found.options))))
    # Worlds are rows: there are more of them than options, and a phone shows each as a card.
    rows = [
        (stress, *(_cell(found, i, j) for i in range(len(found.options)))) for j, stress in enumerate(found.stresses)
    ]
    rows.append(("Worst world", *(found.stresses[found.worst(i)] for i in range(len(found.options)))))
    if len(found.options) > 1:  # a lone option cannot be regretted
        rows.append(("Most regretted in", *(_regretted(found, i) for i in range(len(found.options)))))
    word_table(["World", *found.options], rows, caption="In how many of fifty futures each option holds the goal")
    behind = (
        ", and in brackets how far the middle future stays behind the best option of that world (its regret)"
        if len(found.options) > 1
        else ""
    )
    together = f", except in “{SWITCHED_ON}”" if SWITCHED_ON in found.stresses else ""
    st.markdown(
        as_markdown(
            f"Each cell: futures of 50 that hold the goal{behind}. In each world its stress happens alone{together}. "
            f"{found.futures} futures per cell, the same for all; the goals further up are counted in "
            f"{moment.futures or 'the single path'}. {source_line(moment.scenario)}"
        )
    )
    for sentence in found.left_out:
        st.markdown(as_markdown(sentence))


def _cell(found: Regrets, option: int, stress: int) -> str:
    dots = found.chance(option, stress).of_fifty
    if len(found.options) == 1:
        return dots
    return f"{dots} ({_regret(found, option, stress)})"


def _regret(found: Regrets, option: int, stress: int) -> str:
    size = float(found.regret[option, stress])
    if math.isnan(size):
        return "stops"
    if size <= 1e-9:
        return "ahead"
    written = f"{100 * size:.2g} points" if found.measure.percent else found.measure.write(size, 2)
    return f"{MINUS}{written}"


def _regretted(found: Regrets, option: int) -> str:
    at = found.most_regretted(option)
    return "no world" if _regret(found, option, at) == "ahead" else found.stresses[at]
