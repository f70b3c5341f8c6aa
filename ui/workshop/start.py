"""Before there is a room: open one, join one, rehearse, or come back with the key."""

from __future__ import annotations

from typing import Any

import streamlit as st

from model.presets.catalogue import catalogue, entry
from model.tuning.goals import Goal
from model.words.text import percent
from ui import state
from ui.goal_fields import add_goal, goal_editor, goal_fields, goals_of, missing_goals
from ui.page_fields import PageField
from ui.workshop.browser import Kind, ask_for_kept, forget
from ui.workshop.session import ROOM, address, attempt, enter, lobby, place, rooms, tell, value_of
from ui.workshop.words import people_words, typed
from workshop import PLANS, ROLES, Lobby
from workshop.joining import shown_code
from workshop.limits import NAME, TITLE
from workshop.secret_keys import Secret

GOALS = goal_fields("workshop")
FIELDS: tuple[PageField[Any], ...] = (*GOALS, ROOM)
JOIN, OPEN, REHEARSE, BACK = "Join a room", "Open a room", "Rehearse", "Come back as facilitator"
SIMULATED = 12


def start_page() -> None:
    """Three ways in and one way back; a link with a join code goes straight to joining."""
    tell("start")
    code = ROOM.value()
    found = lobby(code) if code else None
    if isinstance(found, str):
        st.warning(typed(found), icon=":material/info:")
    if isinstance(found, Lobby):
        _joining(found)
    else:
        st.markdown("People propose, predict, see what comes of it and decide: on one screen and their phones.")
    ways = [OPEN, REHEARSE, BACK] if isinstance(found, Lobby) else [JOIN, OPEN, REHEARSE, BACK]
    st.header("Other ways in" if isinstance(found, Lobby) else "How do you come in?", anchor=False)
    way = st.segmented_control(
        "Way in", ways, key="workshop-way", default=None if isinstance(found, Lobby) else JOIN,
        label_visibility="collapsed",
    )  # fmt: skip
    if way == JOIN:
        _code_form()
    elif way in (OPEN, REHEARSE):
        _opening(rehearsal=way == REHEARSE)
    elif way == BACK:
        _coming_back(code)


# ---- join -----------------------------------------------------------------------------------------------
def _code_form() -> None:
    with st.form("join-code", border=False):
        st.text_input("Join code", key="workshop-code", max_chars=20, placeholder="BCD GHJ")
        st.form_submit_button("Go to the room", type="primary", on_click=lambda: attempt("join-code", _find))
    tell("join-code")


def _find() -> None:
    found = rooms().lobby(value_of("workshop-code") or "", address())
    place().looked[found.code] = found
    enter(found.code, found.network)
    place().code = ""
    place().looked[found.code] = found


def _joining(found: Lobby) -> None:
    title = f"{typed(found.title)} · " if found.title else ""
    st.markdown(
        f"**{title}{typed(entry(found.network).title)}**, room {shown_code(found.code)}. {people_words(found.people)} "
        f"joined; the room is at: {typed(found.beat)}."
    )
    _kept_part(found.code)
    with st.form("join", border=False):
        st.text_input("Your name", key="workshop-name", max_chars=NAME, placeholder="As others may see it")
        st.selectbox(
            "Your role", [role.key for role in ROLES], key="workshop-role",
            format_func=lambda key: next(f"{role.label}: {role.interest}" for role in ROLES if role.key == key),
        )  # fmt: skip
        st.form_submit_button("Join", type="primary", on_click=lambda: attempt("join", _join, found.code))
    tell("join")
    with st.expander("I was here before, with another phone", key="workshop-moved", on_change="rerun") as box:
        if box.open:
            st.markdown("The facilitator can give you a new way in. Type it here.")
            st.text_input("Way in", key="workshop-token", type="password", autocomplete="off")
            st.button("Take my seat", key="workshop-return", on_click=lambda: attempt("join", _return_typed))


def _kept_part(code: str) -> None:
    """Back with what this browser kept: by itself, or after a click where another tab was the facilitator's."""
    here = place()
    stale: list[Kind] = [kind for kind, room in here.stale if room == code]
    for kind in stale:
        forget(kind, code)
    if not stale:
        ask_for_kept(
            code, lambda kind, secret: _by_itself(code, kind, secret), lambda: here.offered.add(code),
            back=here.back == code,
        )  # fmt: skip
    if code in here.offered and not stale:
        st.info("This browser keeps the facilitator's key of this room.", icon=":material/key:")

        def back() -> None:
            here.back = code

        st.button("Back to the facilitator's screen", key="workshop-back-here", on_click=back)


def _by_itself(code: str, kind: Kind, secret: str) -> None:
    """Back to one's side with what the browser kept; where it is worth nothing any more, it is not asked again."""
    if kind == "host":
        attempt("join", _host_again, code, secret)
    else:
        attempt("join", _return, secret)
    if place().host is None and place().seat is None:
        place().stale.add((kind, code))


def _host_again(code: str, key: str) -> None:
    host = rooms().facilitator(code, key, address())
    enter(code, host.board().network, host=host)
    place().kept = Secret(key)


def _join(code: str) -> None:
    joined = rooms().join(code, value_of("workshop-name") or "", value_of("workshop-role") or "", address())
    seat = rooms().seat(joined.token.reveal())
    enter(code, seat.board().network, seat=seat)
    place().kept = joined.token


def _return_typed() -> None:
    token = (value_of("workshop-token") or "").strip()
    st.session_state["workshop-token"] = ""
    _return(token)


def _return(token: str) -> None:
    seat = rooms().seat(token)
    board = seat.board()
    enter(board.code, board.network, seat=seat)


# ---- open -----------------------------------------------------------------------------------------------
def _opening(*, rehearsal: bool) -> None:
    if rehearsal:
        st.markdown(f"A room of your own with {SIMULATED} simulated people, to walk through every beat once.")
    names = [found.name for found in catalogue()]
    shown = state.scenario()
    st.session_state["workshop-network"] = shown.network.name if shown.network.name in names else names[0]
    st.selectbox("Network", names, key="workshop-network", format_func=lambda name: entry(name).title,
                 on_change=lambda: state.choose_network(value_of("workshop-network")), width=420)  # fmt: skip
    st.text_input("Title (may be empty)", key="workshop-title", max_chars=TITLE, width=420)
    with st.container(horizontal=True, gap="medium"):
        minutes = st.segmented_control(
            "Minutes", list(PLANS), key="workshop-minutes", default=45, required=True, format_func=str
        )
        plan = PLANS[int(minutes or 45)]
        rounds = st.segmented_control(
            "Rounds", list(range(1, plan.most_rounds + 1)), key=f"workshop-rounds-{minutes}",
            default=plan.usual_rounds, required=True, format_func=str,
        )  # fmt: skip
    _goals()
    goals = tuple(goals_of(GOALS, shown).values())
    st.button(
        "Open a rehearsal" if rehearsal else "Open the room", key="workshop-open", type="primary",
        on_click=lambda: attempt("open", _open, int(minutes or 45), int(rounds or 1), goals, rehearsal),
    )  # fmt: skip
    tell("open")
    if not rehearsal:
        with st.expander("Open a room from its file", key="workshop-import-box", on_change="rerun") as box:
            if box.open:
                st.file_uploader("File of an exported room", type="json", key="workshop-file", max_upload_size=8)
                st.button("Open it again", key="workshop-import", on_click=lambda: attempt("open", _import))


def _goals() -> None:
    """The room's goals, as on the Stress page: whether they are met is told at the end."""
    shown = state.scenario()
    st.markdown("**Goals of the room.** Whether they would be met is shown after the vote.")
    for sentence in missing_goals(GOALS, shown):
        st.warning(typed(sentence))
    for goal_field, goal in goals_of(GOALS, shown).items():
        with st.container(key=f"ws-goal-{goal_field.key}", horizontal=True, vertical_alignment="center", gap="small"):
            condition = goal.condition(shown.system, shown.network.as_of)
            st.markdown(typed(f"{condition[:1].upper()}{condition[1:]}, in {percent(goal.share)} of futures."))
            goal_editor(goal_field, goal, shown)
    add_goal(GOALS)


def _open(minutes: int, rounds: int, goals: tuple[Goal, ...], rehearsal: bool) -> None:
    network = state.scenario().network.identity
    opened = rooms().open_room(
        network, title=value_of("workshop-title") or "", minutes=minutes, rounds=rounds, goals=goals,
        rehearsal=rehearsal, address=address(),
    )  # fmt: skip
    host = rooms().facilitator(opened.code, opened.facilitator_key.reveal(), address())
    if rehearsal:
        host.add_simulated(SIMULATED)
    enter(opened.code, host.board().network, host=host)
    place().opened, place().kept = opened, opened.facilitator_key


def _import() -> None:
    file = value_of("workshop-file")
    opened = rooms().import_room(file.getvalue() if file else "", address())
    host = rooms().facilitator(opened.code, opened.facilitator_key.reveal(), address())
    enter(opened.code, host.board().network, host=host)
    place().opened, place().kept = opened, opened.facilitator_key


# ---- come back ------------------------------------------------------------------------------------------
def _coming_back(code: str) -> None:
    with st.form("come-back", border=False):
        st.text_input("Join code of the room", value=code, key="workshop-back-code", max_chars=20)
        st.text_input("Facilitator key, or recovery code", key="workshop-key", type="password", autocomplete="off")
        st.checkbox("This is the recovery code: give me a new key", key="workshop-recover")
        st.form_submit_button("Come back", type="primary", on_click=lambda: attempt("back", _come_back))
    tell("back")


def _come_back() -> None:
    code, key = value_of("workshop-back-code") or "", value_of("workshop-key") or ""
    st.session_state["workshop-key"] = ""
    opened = rooms().recover(code, key, address()) if value_of("workshop-recover") else None
    secret = opened.facilitator_key if opened else Secret(key)
    host = rooms().facilitator(code, secret.reveal(), address())
    board = host.board()
    enter(board.code, board.network, host=host)
    place().opened, place().kept = opened, secret
