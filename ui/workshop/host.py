"""The facilitator's screen: run sheet and timer, the way on and back, who is there, and the beat's own part."""

from __future__ import annotations

import streamlit as st

from ui.compare.tables import word_table
from ui.keys import NEXT_BEAT
from ui.workshop.host_beats import beat_part
from ui.workshop.host_round import reveal_now
from ui.workshop.invitation import invitation, kept_once, link_of
from ui.workshop.session import attempt, keep_what_is_new, leave, place, tell, value_of
from ui.workshop.watch import OFTEN, watch
from ui.workshop.words import minutes, people_words, typed
from workshop import BEAT_WORDS, Beat, Facilitator
from workshop.joining import shown_code
from workshop.views import Board


def host_page(host: Facilitator) -> None:
    """Draw the room for its facilitator."""
    board = host.board()
    keep_what_is_new("host", board.code)
    kept_once()
    _top(host, board)
    left, right = st.columns([2, 1], gap="large")
    with left:
        st.markdown(BEAT_WORDS[board.step.beat].facilitator)
        beat_part(host, board)
    with right:
        _beside(host, board)


def _top(host: Facilitator, board: Board) -> None:
    """What is on, how long, how many; and the buttons that move the room."""
    with st.container(key="ws-bar", horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown(f"**{board.step.label}**")
        watch(host, board, every=OFTEN)
        shown = board.round
        done = f" · {shown.predicted} predicted" if shown and board.step.beat is Beat.PREDICT else ""
        voted = f" · {board.open_ballot.cast} voted" if board.open_ballot else ""
        st.markdown(f"{people_words(len(board.people))} joined{done}{voted} · room {shown_code(board.code)}")
    with st.container(key="ws-moves", horizontal=True, gap="small"):
        _next(host, board)
        st.button("Back", key="workshop-back", icon=":material/arrow_back:", disabled=board.position == 0,
                  on_click=lambda: attempt("move", host.back))  # fmt: skip
        if board.timer.paused:
            st.button("Go on", key="workshop-resume", icon=":material/play_arrow:",
                      on_click=lambda: attempt("move", host.resume))  # fmt: skip
        else:
            st.button("Pause", key="workshop-pause", icon=":material/pause:",
                      on_click=lambda: attempt("move", host.pause))  # fmt: skip
        st.button("One minute more", key="workshop-extend", icon=":material/more_time:",
                  on_click=lambda: attempt("move", host.extend, 1))  # fmt: skip
        _skip(host, board)
        if board.rehearsal:
            st.button("Let the simulated people act", key="workshop-simulate", icon=":material/groups:",
                      on_click=lambda: attempt("move", host.simulate))  # fmt: skip
    tell("move")


def _next(host: Facilitator, board: Board) -> None:
    """One button, and the Space key: to the next beat, and out of a prediction by its reveal."""
    if board.step.beat is Beat.CLOSED:
        return
    shown = board.round
    if board.step.beat is Beat.PREDICT and shown is not None and not shown.revealed:
        label, action = "Reveal", lambda: attempt("move", reveal_now, host)
    else:
        label, action = f"Next: {board.steps[board.position + 1].label}", lambda: attempt("move", host.next)
    st.button(label, key="workshop-next", type="primary", shortcut=NEXT_BEAT.press, on_click=action)


def _skip(host: Facilitator, board: Board) -> None:
    """Past what there is no time for."""
    later = list(dict.fromkeys(step.beat for step in board.steps[board.position + 1 :] if not step.round_number))
    # A menu of its own for every beat: the old one, with what now stands where it stood, is gone after a click.
    with st.popover("Skip", key=f"workshop-skip-menu-{board.position}", on_change="rerun") as box:
        if box.open:
            for beat in later:
                st.button(f"To “{BEAT_WORDS[beat].label}”", key=f"workshop-skip-{beat}",
                          on_click=lambda beat=beat: attempt("move", host.skip_to, beat))  # fmt: skip


# ---- beside ---------------------------------------------------------------------------------------------
def _beside(host: Facilitator, board: Board) -> None:
    if board.step.beat is not Beat.PREPARE:
        with st.expander("How people join", key="workshop-invite", on_change="rerun") as box:
            if box.open:
                invitation(board.code)
    link = link_of(board.code)
    if link:
        st.link_button("Open the projector", f"{link}&view=projector", icon=":material/tv:")
    _run_sheet(board)
    _people(host, board)
    _keeping(host, board)


def _run_sheet(board: Board) -> None:
    rows = []
    for position, step in enumerate(board.steps):
        rows.append((step.label, minutes(step.seconds) if step.seconds else "", _where(board, position)))
    st.markdown(f"**Run sheet, {board.minutes} minutes**")
    st.markdown("A beat is one thing that the room does at a time. “Next”, or the Space key, goes to the one below.")
    with st.container(key="ws-sheet"):
        word_table(["Beat", "Planned", "Where"], rows, caption="Run sheet with planned minutes and seconds")


def _where(board: Board, position: int) -> str:
    """Whether a step is over, on, or was left out: a round that was never revealed was skipped."""
    if position >= board.position:
        return "now" if position == board.position else ""
    number = board.steps[position].round_number
    held = {one.number for one in board.rounds if one.revealed}
    return "skipped" if number and number not in held and number != board.step.round_number else "past"


def _people(host: Facilitator, board: Board) -> None:
    with st.expander(f"People ({len(board.people)})", key="workshop-people", on_change="rerun") as box:
        if not box.open:
            return
        if board.round and board.step.beat is Beat.PREDICT:
            waiting = host.waiting_for()
            st.markdown(f"Still to predict: {typed(', '.join(waiting)) or 'nobody'}.")
        if not board.people:
            st.markdown("Nobody yet. Show the join code.")
            return
        rows = [(person.name, person.role.label) for person in board.people]
        word_table(["Name", "Role"], rows, caption="People in the room")
        names = {person.number: person.name for person in board.people}
        st.selectbox("Somebody", list(names), key="workshop-person", format_func=lambda number: names.get(number, ""))
        with st.container(horizontal=True, gap="small"):
            st.button("New way in", key="workshop-token-for", on_click=lambda: attempt("people", _new_way_in, host),
                      help="For somebody with another phone: their old way in stops working.")  # fmt: skip
            st.button("Remove", key="workshop-remove", on_click=lambda: attempt("people", _remove, host),
                      help="With everything they entered.")  # fmt: skip
        tell("people")
        given = st.session_state.pop("_workshop_way_in", None)
        if given is not None:
            st.markdown("Their way in, shown this once. They type it under “I was here before”.")
            st.code(given.reveal(), language=None, wrap_lines=True)


def _new_way_in(host: Facilitator) -> None:
    st.session_state["_workshop_way_in"] = host.new_token_for(int(value_of("workshop-person")))


def _remove(host: Facilitator) -> None:
    host.remove(int(value_of("workshop-person")))


def _keeping(host: Facilitator, board: Board) -> None:
    """The room as a file, and away with it."""
    with st.expander("Export, close, delete", key="workshop-keeping", on_change="rerun") as box:
        if not box.open:
            return
        st.button(
            "Prepare the file of the room", key="workshop-export", on_click=lambda: attempt("keep", _export, host)
        )
        text = st.session_state.get("ws-export")
        if text:
            st.download_button("Download the room", text, f"room-{board.code}.json", "application/json",
                               key="workshop-download", on_click="ignore", icon=":material/download:")  # fmt: skip
        if board.step.beat is not Beat.CLOSED:
            st.button("Close the room", key="workshop-close",
                      on_click=lambda: attempt("keep", host.skip_to, Beat.CLOSED))  # fmt: skip
        sure = st.checkbox("I want to delete the room and everything in it", key="workshop-sure")
        st.button("Delete the room", key="workshop-delete", disabled=not sure,
                  on_click=lambda: attempt("keep", _delete, host))  # fmt: skip
        tell("keep")
        st.button("Leave this screen", key="workshop-away", on_click=leave,
                  args=("You have left the facilitator's screen; the key brings you back.",),
                  kwargs={"forgotten": True}, help="This browser forgets the key.")  # fmt: skip


def _export(host: Facilitator) -> None:
    st.session_state["ws-export"] = host.export()


def _delete(host: Facilitator) -> None:
    host.delete()
    leave(forgotten=True)
    place().said = "The room and everything in it is deleted."
