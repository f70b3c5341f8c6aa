"""The Workshop page: which of its screens a visitor sees."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from model import BallastError
from ui.page_fields import tell_problems
from ui.shell import header, is_projector
from ui.workshop.host import host_page
from ui.workshop.projector import projector_page
from ui.workshop.seat import seat_page
from ui.workshop.session import ROOM, address, forget_if_left, is_here, leave, lobby, place, rooms
from ui.workshop.start import FIELDS, start_page
from ui.workshop.words import typed
from workshop import Lobby, Screen
from workshop.errors import WrongKeyError

STYLE = Path(__file__).with_name("workshop.css")


def workshop_page() -> None:
    """The facilitator's screen, a seat, the projector, or the ways in."""
    st.html(STYLE)
    try:
        _screen()
    except WrongKeyError as problem:
        # Somebody deleted the room, replaced the key or took the seat: the handle is worth nothing any more.
        leave(str(problem))
        st.rerun()
    except BallastError as problem:
        if is_projector():
            header("Workshop")
        st.error(typed(str(problem)), icon=":material/info:")


def _screen() -> None:
    here = place()
    if is_projector():
        screen = _projected()
        if screen is not None:
            projector_page(screen)
            return
    header("Workshop")
    if is_here() and here.host is not None:
        host_page(here.host)
    elif is_here() and here.seat is not None:
        seat_page(here.seat)
    else:
        forget_if_left()
        if here.said:
            st.success(typed(here.said), icon=":material/check:")
        tell_problems("workshop", FIELDS)
        start_page()


def _projected() -> Screen | None:
    """The room of the link for looking at; None where there is none, and the start page says why."""
    here, code = place(), ROOM.value()
    if here.screen is None or here.screen_code != code:
        if not code or not isinstance(lobby(code), Lobby):
            return None
        here.screen, here.screen_code = rooms().screen(code, address()), code
    return here.screen
