"""The screen that everybody looks at: large type, the beat, the question, counts, and what came of it.

Whatever a beat shows fits the screen: nobody can scroll it from the desk.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from model import BallastError
from model.presets.catalogue import entry
from ui.workshop.debrief import debrief_part
from ui.workshop.explain import explain_part
from ui.workshop.groups import ballot_part, compare_part, groups_part, result_part, submission_line
from ui.workshop.invitation import invitation
from ui.workshop.look import replay_part, tour_part
from ui.workshop.round import proposal_line, questions_part, reveal_part
from ui.workshop.stage import stage_of
from ui.workshop.watch import OFTEN, watch
from ui.workshop.words import people_words, typed
from workshop import BEAT_WORDS, Beat, Screen
from workshop.joining import shown_code
from workshop.views import Board, RoundView, Submission

STYLE = Path(__file__).with_name("projector.css")
MOST_NAMES = 40
"""Names that the projector lists; the rest is counted."""
MOST_LINES = 8
"""Suggestions that it lists, the latest last."""


def projector_page(screen: Screen) -> None:
    """Draw the room; drawn again within two seconds of any change."""
    st.html(STYLE)
    board = screen.board()
    with st.container(key="ws-bar", horizontal=True, vertical_alignment="center", gap="medium"):
        st.title(typed(board.title or f"Workshop: {entry(board.network).title}"), anchor=False)
        st.markdown(f"**{board.step.label}**")
        watch(screen, board, every=OFTEN)
        st.markdown(f"{people_words(len(board.people))} · room {shown_code(board.code)}")
    with st.container(key=f"ws-beat-{board.step.beat}"):
        try:
            if board.open_ballot is not None:
                ballot_part(board)
            else:
                _beat(screen, board)
        except BallastError as problem:  # a scenario that this version of the model reads no more
            st.warning(typed(str(problem)))
    with st.container(key="ws-foot"):
        st.markdown("Model figures under stated assumptions; not a forecast.")


def _beat(screen: Screen, board: Board) -> None:
    beat, shown = board.step.beat, board.round
    if beat is Beat.PREPARE:
        invitation(board.code, large=True)
        _who_is_here(board)
    elif beat is Beat.TOUR:
        tour_part(board.network)
    elif beat is Beat.COMPARE:
        _compare(screen, board)
    elif beat is Beat.GROUPS:
        st.markdown(BEAT_WORDS[beat].participant)
        groups_part(board, screen.submissions())
    elif beat is Beat.DEBRIEF:
        debrief_part(board)
    elif beat is Beat.CLOSED:
        st.markdown(BEAT_WORDS[beat].participant)
        ballot_part(board)
    elif shown is None:
        st.markdown("Which proposal would you like to try? Suggest one on your phone.")
        _latest(screen.suggestions())
    else:
        _round(board, shown)


def _compare(screen: Screen, board: Board) -> None:
    """What the scenarios come to, their levers, or the last vote, as the facilitator chose."""
    frame = stage_of(board.code, board.position).frame
    found = screen.submissions()
    if board.ballots and (frame == 2 or not found):
        result_part(board, board.ballots[-1])
    else:
        compare_part(board, found)


def _latest(found: tuple[Submission, ...]) -> None:
    """What came in, as far as there is room."""
    more = len(found) - MOST_LINES
    if more > 0:
        st.markdown(f"{more} earlier ones are on the facilitator's screen.")
    for one in found[-MOST_LINES:]:
        submission_line(one)


def _round(board: Board, shown: RoundView) -> None:
    beat, stage = board.step.beat, stage_of(board.code, board.position)
    if beat is not Beat.EXPLAIN:  # the chain begins with it
        proposal_line(shown)
    if beat is Beat.PROPOSE:
        st.markdown("Do not discuss it yet: everybody predicts alone.")
    elif beat is Beat.PREDICT:
        questions_part(shown)
        with st.container(key="ws-count"):
            st.markdown(f"**{shown.predicted} of {len(board.people)}** have predicted. Sealed until the reveal.")
    elif beat is Beat.REVEAL:
        reveal_part(shown, charts=True)
    elif beat is Beat.REPLAY:
        replay_part(shown, stage)
    else:
        explain_part(shown, stage)


def _who_is_here(board: Board) -> None:
    names = [person.name for person in board.people]
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    if names:
        st.markdown(f"Here: {typed(', '.join(names[:MOST_NAMES]))}{more}.")
