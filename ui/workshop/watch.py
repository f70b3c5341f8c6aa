"""Screens that follow their room: the timer, and a look every second or three at whether something has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import streamlit as st

from model import BallastError
from ui.workshop.stage import stage_of
from ui.workshop.words import clock_words, signature
from workshop.views import Board, Timer

OFTEN = 1.0
"""Seconds between two looks of the facilitator's screen and the projector."""
PHONES = 2.5
"""Seconds between two looks of a phone."""


class Room(Protocol):
    """Any side of a room."""

    def version(self) -> int:
        """Rises with every change."""

    def board(self) -> Board:
        """What everybody sees."""


def watch(room: Room, board: Board, *, every: float, counts: bool = True) -> None:
    """Show the time that is left, and draw the page again once the room is not what `board` says any more.

    Without `counts` somebody who joins or answers is no change: a phone is not drawn again while somebody types on it.
    """
    moved = _changes(room, board, counts=counts)
    st.fragment(_look, run_every=every)(board.timer, moved)


def _changes(room: Room, board: Board, *, counts: bool) -> Callable[[], bool]:
    drawn, stage, seen = signature(board, counts=counts), stage_of(board.code, board.position), [board.version]

    def moved() -> bool:
        if stage_of(board.code, board.position) != stage:
            return True
        version = room.version()
        if version == seen[0]:
            return False
        seen[0] = version
        return signature(room.board(), counts=counts) != drawn

    return moved


def _look(timer: Timer, moved: Callable[[], bool]) -> None:
    told = clock_words(timer)
    with st.container(key="ws-clock"):
        st.markdown(f":material/timer: {told}" if told else "")
    try:
        again = moved()
    except BallastError:
        again = True  # the page says why
    if again:
        st.rerun()
