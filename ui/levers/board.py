"""The column of levers: groups with headings, at most a dozen sliders at first sight, the rest behind "More"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from model import Scenario
from model.parameters import ParameterKey, parameter_keys
from model.scenario.changes import Change, proposed_for
from ui import state
from ui.changes_drawer import PARTS
from ui.levers.lever import lever_row
from ui.levers.payer import choose_payer
from ui.levers.timing import timing
from ui.text import as_markdown

AT_FIRST_SIGHT = 12
LEVERS, ASSUMPTIONS = "Levers", "Assumptions"


def lever_board(shown: Scenario) -> None:
    """Draw the column for the scenario on screen."""
    st.header("What to change", anchor="levers")
    side = st.pills(
        "What to change", [LEVERS, ASSUMPTIONS], default=LEVERS, key="side", required=True, label_visibility="collapsed"
    )
    refused = state.refusal()
    if refused and refused[0] not in {*parameter_keys(shown.structure), "funded_by", *PARTS}:
        st.error(as_markdown(refused[1]), icon=":material/block:")
    if side == ASSUMPTIONS:
        with st.container(key="board-assumptions"):
            st.warning("You are changing how the world works, not the proposal. The baseline changes too.")
            _groups(shown, "assumption")
    else:
        with st.container(key="board-levers"):
            timing(shown)
            _groups(shown, "lever")


def grouped(
    shown: Scenario, kind: str, asked: Iterable[str] = ()
) -> dict[str, tuple[list[ParameterKey], list[ParameterKey]]]:
    """Groups in order of declaration: parameters at first sight, and those behind "More in this group".

    `asked` are keys that proposals set; they come first, however far down they are declared.
    """
    groups: dict[str, tuple[list[ParameterKey], list[ParameterKey]]] = {}
    for concrete in parameter_keys(shown.structure).values():
        declared = concrete.declared
        if declared.kind == kind and declared.shown != "hidden":
            first, more = groups.setdefault(declared.group, ([], []))
            if concrete.key in asked:
                first.insert(0, concrete)
            else:
                (first if declared.shown == "main" else more).append(concrete)
    while sum(len(first) for first, _ in groups.values()) > AT_FIRST_SIGHT:
        first, more = max(groups.values(), key=lambda pair: len(pair[0]))
        more.insert(0, first.pop())
    return groups


def _groups(shown: Scenario, kind: str) -> None:
    proposed = proposed_for(shown)
    for group, (first, more) in grouped(shown, kind, proposed).items():
        st.subheader(group, anchor=False)
        if any(concrete.declared.word == "burn_share" for concrete in (*first, *more)):
            choose_payer(shown, key="payer", label="Who pays when a share of revenue moves")
        for concrete in first:
            lever_row(shown, concrete, proposed.get(concrete.key, ()))
        if more:
            _more(shown, group, more, proposed)


def _more(shown: Scenario, group: str, more: list[ParameterKey], proposed: Mapping[str, tuple[Change, ...]]) -> None:
    """The rest of a group; built only when somebody opens it."""
    moved = sum(concrete.key in shown.moved or concrete.key in shown.assumptions for concrete in more)
    label = f"More in this group ({len(more)}{f', {moved} moved' if moved else ''})"
    box = st.expander(label, key=f"more-{group}", on_change="rerun")
    if box.open:
        with box:
            for concrete in more:
                lever_row(shown, concrete, proposed.get(concrete.key, ()))
