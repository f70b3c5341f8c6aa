"""The browser's address and the session brought together: read when it changed outside, written after a change.

The address is rewritten at the start of the run that follows a change, as one step of the browser's history, so that
its Back button undoes.
"""

from __future__ import annotations

import time

import streamlit as st

from ui.history import Session, go_to, session
from ui.link import KEPT, opening, read_query, repeated

LATEST = 0.25
"""Seconds in which a browser may still send the address that was just overwritten."""


def begin(page: str) -> None:
    """Bring session and address together; called by the page guard of the page named `page`."""
    visitor = session()
    asked = {key: text for key, text in st.query_params.to_dict().items() if key not in KEPT}
    arrived, first = page != visitor.page, visitor.page is None
    visitor.page, visitor.arrived = page, arrived
    if visitor.unwritten:
        _write(visitor)
    elif arrived and not asked:
        # The navigation links to bare addresses: the scenario comes along.
        visitor.entered[page] = visitor.now
        visitor.seen = asked
        if not visitor.now.is_default:
            _write(visitor)
    elif first or (asked != visitor.seen and not _is_late(visitor, asked)):
        _take(visitor, page, asked, first=first)


def _is_late(visitor: Session, asked: dict[str, str]) -> bool:
    """Whether the browser sent this address before it knew of the one just written."""
    return asked == visitor.overwritten and time.monotonic() - visitor.written_at < LATEST


def _write(visitor: Session) -> None:
    visitor.unwritten = False
    kept = {key: text for key, text in st.query_params.to_dict().items() if key in KEPT}
    visitor.overwritten, visitor.written_at = visitor.seen, time.monotonic()
    visitor.seen = dict(visitor.now.query)
    st.query_params.from_dict({**kept, **visitor.seen})


def _take(visitor: Session, page: str, asked: dict[str, str], *, first: bool) -> None:
    """The address was changed from outside: a link, a reload, or the browser's Back and Forward."""
    visitor.seen = asked
    moment, told = visitor.entered.get(page, opening()), list[str]()
    if asked:
        moment, read = read_query(asked)
        told = [*read, *repeated((key, len(st.query_params.get_all(key))) for key in asked)]
    if first:
        visitor.now = moment
        visitor.entered.setdefault(page, opening())
    else:
        go_to(moment)
    visitor.notes, visitor.refused, visitor.unwritten = tuple(told), None, False
