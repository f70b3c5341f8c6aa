"""The facilitator's part of the beats outside rounds: invite, tour, groups, merge and vote, debrief."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from functools import lru_cache

import streamlit as st

from model import BallastError, Scenario
from model.governance import RULES
from ui import state
from ui.workshop.debrief import debrief_part
from ui.workshop.figures import need_effect
from ui.workshop.groups import ballot_part, compare_part, groups_part, result_part
from ui.workshop.host_round import ON_SCREEN, ON_SCREEN_WORDS, picked, round_part
from ui.workshop.invitation import invitation
from ui.workshop.levers import levers_part
from ui.workshop.look import tour_part
from ui.workshop.session import attempt, place, tell, value_of
from ui.workshop.stage import show_frame, show_merged, stage_of
from ui.workshop.words import ASKING, scenario_words, typed
from workshop import Beat, Facilitator
from workshop.ballots import decision_options, usual_rule
from workshop.limits import TITLE
from workshop.views import Board

WAYS = {"movers": "Mean of those who moved it", "everybody": "Mean of everybody", "votes": "Weighted by votes"}
FRAMES = ("Outcomes", "Levers", "Last vote")
"""What the projector may show while scenarios are compared, in the order of the stage's frames."""
WEIGHING = {"head": "By head", "role": "By role"}


def beat_part(host: Facilitator, board: Board) -> None:
    """What the present beat shows and asks."""
    beat = board.step.beat
    if board.step.round_number:
        round_part(host, board)
    elif beat is Beat.PREPARE:
        invitation(board.code)
    elif beat is Beat.TOUR:
        tour_part(board.network)
    elif beat is Beat.GROUPS:
        groups_part(board, host.submissions())
    elif beat is Beat.COMPARE:
        _compare(host, board)
    elif beat is Beat.DEBRIEF:
        debrief_part(board)
        if board.ballots:
            result_part(board, board.ballots[-1])
    else:
        st.markdown("The room is closed. Export or delete it on the right.")
        ballot_part(board)


# ---- compare, merge, vote -------------------------------------------------------------------------------
def _compare(host: Facilitator, board: Board) -> None:
    found = host.submissions()
    if board.open_ballot is not None:
        ballot_part(board)
        st.button("Close the vote and count", key="workshop-close-vote", type="primary",
                  on_click=lambda: attempt("vote", _close_vote, host))  # fmt: skip
        tell("vote")
        return
    if board.ballots:
        result_part(board, board.ballots[-1])
    if found:
        _on_projector(board)
        compare_part(board, found)
        if stage_of(board.code, board.position).frame != 1:
            levers_part(found)
        _merge(host, board)
    else:
        st.markdown("No group has submitted a scenario; you may vote on what is on this screen.")
    _decide(host, board)


def _on_projector(board: Board) -> None:
    """What everybody looks at while scenarios are compared."""
    names = FRAMES if board.ballots else FRAMES[:2]
    st.session_state["workshop-compared"] = min(stage_of(board.code, board.position).frame, len(names) - 1)
    st.segmented_control(
        "On the projector", range(len(names)), key="workshop-compared", required=True,
        format_func=lambda frame: FRAMES[frame],
        on_change=lambda: show_frame(board.code, board.position, int(value_of("workshop-compared"))),
    )  # fmt: skip


def _close_vote(host: Facilitator) -> None:
    """Count, and let the projector show what came out."""
    host.close_vote()
    board = host.board()
    show_frame(board.code, board.position, FRAMES.index("Last vote"))


def _merge(host: Facilitator, board: Board) -> None:
    st.markdown("**Merge**")
    support = any(ballot.kind == "support" and ballot.result for ballot in board.ballots)
    ways = [way for way in WAYS if way != "votes" or support]
    st.segmented_control("Way to merge", ways, default=ways[0], key="ws-way", required=True,
                         format_func=lambda way: WAYS[way], label_visibility="collapsed")  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        st.button("Merge and open it", key="workshop-merge", on_click=lambda: attempt("merge", _merged, host))
        st.button("Vote of support first", key="workshop-support", help="Weights for merging: every role weighs alike.",
                  on_click=lambda: attempt("merge", host.open_support))  # fmt: skip
    tell("merge")
    if place().said:
        st.success(typed(place().said), icon=":material/check:")
        st.page_link("pages/sandbox.py", label="Open it in the Sandbox", query_params=state.query())


def _merged(host: Facilitator) -> None:
    way = str(value_of("ws-way") or "movers")
    scenario = host.merged(way)  # type: ignore[arg-type]
    _on_screen(scenario)
    board = host.board()
    show_merged(board.code, board.position, scenario.to_link())
    place().said = f"On this screen now: {scenario_words(scenario)} ({WAYS[way].lower()})."


def _on_screen(scenario: Scenario) -> None:
    state.load(replace(state.now(), scenario=scenario))


@lru_cache(maxsize=1)
def _rules() -> dict[str, str]:
    """Rules that a room can apply, by name, with their titles."""
    found = {}
    for name in RULES:
        try:
            decision_options(name)
        except BallastError:
            continue
        found[name] = RULES[name].title
    return found


def _decide(host: Facilitator, board: Board) -> None:
    st.markdown("**Room vote**")
    titles = {ON_SCREEN: ON_SCREEN_WORDS}
    titles |= {f"s{one.number}": f"{one.title} ({one.person.name})" for one in host.submissions()}
    own, rules = usual_rule(board.network), _rules()
    st.selectbox("Vote on", list(titles), key="ws-vote-on", format_func=lambda key: titles.get(key, key))
    st.markdown(f"On this screen: {typed(scenario_words(state.scenario()))}.")
    st.text_input("Question of the vote (may be empty)", key="ws-vote-title", max_chars=TITLE)
    names = [own, *(name for name in rules if name != own)] if own in rules else list(rules)
    st.selectbox(
        "Rule", names, key="ws-rule",
        format_func=lambda name: f"{rules.get(name, name)}{', of this network' if name == own else ''}",
    )  # fmt: skip
    if own not in rules:
        st.markdown("The network's own rule counts tokens in absolute amounts, which a room has none of.")
    st.segmented_control("Votes weigh", list(WEIGHING), default="head", key="ws-weighing", required=True,
                         format_func=lambda how: WEIGHING[how])  # fmt: skip
    st.button("Open the vote", key="workshop-open-vote", on_click=lambda: attempt("vote", _open_vote, host))
    tell("vote")


def _open_vote(host: Facilitator) -> None:
    title, scenario = picked(host, value_of("ws-vote-on") or ON_SCREEN)
    need_effect(scenario)
    asked = value_of("ws-vote-title") or f"Adopt “{textwrap.shorten(title, TITLE - ASKING, placeholder=' …')}”?"
    host.open_decision(asked, scenario, value_of("ws-rule"), value_of("ws-weighing") or "head")
    st.session_state["ws-vote-title"] = ""
