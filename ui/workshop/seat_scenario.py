"""A scenario from a phone: move up to a few levers or paste a link, give it a name, send it to the room."""

from __future__ import annotations

import uuid
from urllib.parse import parse_qsl

import streamlit as st

from model import Scenario
from model.errors import LinkError
from model.parameters import parameter_keys
from ui import state
from ui.levers.board import grouped
from ui.levers.lever import lever_row
from ui.levers.payer import choose_payer
from ui.link import read_query
from ui.workshop.figures import need_effect
from ui.workshop.session import attempt, value_of
from ui.workshop.words import scenario_words, typed
from workshop import Seat
from workshop.limits import LINK, NAME, REASON
from workshop.views import Board

MOST_LEVERS = 4
"""Levers that a phone shows at a time; the Sandbox has all of them."""
SLIDERS, PASTED = "Move levers", "Paste a link"


def scenario_form(seat: Seat, board: Board, *, what: str) -> None:
    """Levers or a link, a name, a reason, and one button."""
    how = st.segmented_control(
        "How", [SLIDERS, PASTED], default=SLIDERS, key="ws-how", required=True, label_visibility="collapsed"
    )
    if how == PASTED:
        st.text_input("Link of a scenario, from any page of this app", key="ws-link", max_chars=LINK)
    else:
        _levers()
    group = board.group_of(seat.me())
    named = f"Group {group}" if group else "Burn more"
    st.text_input("Name of the scenario", key="ws-title", max_chars=NAME, placeholder=named)
    st.text_input("Why, in one sentence (may be empty)", key="ws-reason", max_chars=REASON)
    st.button(
        what, key="ws-submit", type="primary",
        on_click=lambda: attempt("seat", _submit, seat, str(how), f"Group {group}" if group else ""),
    )  # fmt: skip
    own = [
        one
        for one in (seat.suggestions() if board.step.round_number else seat.submissions())
        if one.person == seat.me()
    ]
    if own:
        st.success(
            f"The room has your scenario “{typed(own[0].title)}”. Sending another replaces it.",
            icon=":material/check:",
        )


def _levers() -> None:
    shown = state.scenario()
    keys = parameter_keys(shown.structure)
    ready = [concrete.key for first, more in grouped(shown, "lever").values() for concrete in (*first, *more)]
    moved = [key for key in shown.changes if key in ready]
    st.session_state.setdefault("ws-levers", (moved or ready[:1])[:MOST_LEVERS])
    chosen = st.multiselect(
        "Levers to move", ready, key="ws-levers", max_selections=MOST_LEVERS,
        format_func=lambda key: keys[key].label if key in keys else key,
    )  # fmt: skip
    for key in chosen:
        if key in keys:
            lever_row(shown, keys[key])
    if any(keys[key].declared.is_share for key in chosen if key in keys):
        choose_payer(shown, key="ws-payer", label="Who pays", narrow=True)
    refused = state.refusal()
    if refused and refused[0] not in (*chosen, "funded_by"):
        st.error(typed(refused[1]), icon=":material/block:")
    st.markdown(f"Your scenario: {typed(scenario_words(shown))}.")
    st.page_link("pages/sandbox.py", label="All levers in the Sandbox", query_params=state.query())


def _submit(seat: Seat, how: str, unnamed: str) -> None:
    scenario = pasted(value_of("ws-link") or "") if how == PASTED else state.scenario()
    need_effect(scenario)
    seat.submit(value_of("ws-title") or unnamed, scenario, uuid.uuid4().hex, value_of("ws-reason") or "")


def pasted(text: str) -> Scenario:
    """The scenario of a pasted address; what pages ask beside it is left out.

    Raises
    ------
    LinkError
        For a text that names no network, is too long or holds anything that cannot be read: nothing is guessed.
    """
    if len(text) > LINK:
        raise LinkError(f"the link has {len(text)} characters", where="link", allowed=f"up to {LINK}")
    try:
        fields = dict(parse_qsl(text.strip().split("?", 1)[-1], keep_blank_values=True, max_num_fields=200))
    except ValueError:
        raise LinkError("the link has too many fields", where="link", todo="copy it again") from None
    if "network" not in fields:
        raise LinkError("the link names no network", where="link", todo="copy the whole link of a Ballast page")
    fields.pop("v", None)  # a link of an earlier version is read as it stands
    moment, told = read_query(fields)
    if told:
        raise LinkError(f"the link cannot be read: {told[0].rstrip('.')}", where="link", todo="copy it again")
    return moment.scenario
