"""The screen that everybody looks at: large type, the beat, the question, counts, and what came of it."""

from __future__ import annotations

import streamlit as st

from model import BallastError
from ui.workshop.groups import ballot_part, compare_part, submissions_part
from ui.workshop.invitation import invitation
from ui.workshop.round import explain_part, proposal_line, questions_part, replay_part, reveal_part, tour_part
from ui.workshop.stage import stage_of
from ui.workshop.watch import OFTEN, watch
from ui.workshop.words import people_words, typed
from workshop import BEAT_WORDS, Beat, Screen
from workshop.joining import shown_code
from workshop.views import Board, RoundView

DEBRIEF = (
    "Which reveal surprised you most, and what did you overlook?",
    "What did your role win or lose, and when?",
    "Which assumption would turn your favourite proposal around?",
    "What would you look at in three months to know whether it works?",
)

MOST_NAMES = 40
"""Names that the projector lists; the rest is counted."""


def projector_page(screen: Screen) -> None:
    """Draw the room; drawn again within two seconds of any change."""
    board = screen.board()
    st.title(typed(board.title or "Workshop"), anchor=False)
    with st.container(key="ws-bar", horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown(f"**{board.step.label}**")
        watch(screen, board, every=OFTEN)
        st.markdown(f"{people_words(len(board.people))} · room {shown_code(board.code)}")
    with st.container(key=f"ws-beat-{board.step.beat}"):
        if board.open_ballot is not None:
            ballot_part(board)
        else:
            try:
                _beat(screen, board)
            except BallastError as problem:  # a scenario that this version of the model reads no more
                st.warning(typed(str(problem)))


def _beat(screen: Screen, board: Board) -> None:
    beat, shown = board.step.beat, board.round
    if beat is Beat.PREPARE:
        invitation(board.code, large=True)
        _who_is_here(board)
    elif beat is Beat.TOUR:
        tour_part(board.network)
    elif beat is Beat.COMPARE:
        ballot_part(board)
        compare_part(screen.submissions())
    elif beat is Beat.GROUPS:
        st.markdown(BEAT_WORDS[beat].participant)
        submissions_part(screen.submissions(), "No group has submitted a scenario yet.")
    elif beat is Beat.DEBRIEF:
        st.markdown("\n".join(f"- {question}" for question in DEBRIEF))
    elif beat is Beat.CLOSED:
        st.markdown(BEAT_WORDS[beat].participant)
        ballot_part(board)
    elif shown is None:
        st.markdown("Which proposal would you like to try? Suggest one on your phone.")
    else:
        _round(board, shown)


def _round(board: Board, shown: RoundView) -> None:
    beat, stage = board.step.beat, stage_of(board.code, board.position)
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
