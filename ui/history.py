"""One visitor's history: what is on screen, what was there before, what undo took, and what there is to tell.

A change is a step that undo takes back. Turning to another view (an open tab, fewer charts) is none: it is written
into the address, so that the browser's Back button returns from it, and undo and redo leave it as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from ui.link import Moment, opening

_KEY = "_scenario"
LONGEST_HISTORY = 200


@dataclass
class Session:
    """One visitor: what is shown, how it came about, what there is to tell, and what the address says."""

    now: Moment
    before: Moment | None = None
    past: list[Moment] = field(default_factory=list)
    future: list[Moment] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    refused: tuple[str, str] | None = None
    page: str | None = None
    seen: dict[str, str] = field(default_factory=dict)
    overwritten: dict[str, str] = field(default_factory=dict)
    written_at: float = 0.0
    entered: dict[str, Moment] = field(default_factory=dict)
    unwritten: bool = False
    arrived: bool = False


def session() -> Session:
    """The visitor who is looking; new ones begin at the opening network."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Session(opening())
    found: Session = st.session_state[_KEY]
    return found


def can_undo() -> bool:
    """Whether there is a change to take back."""
    return bool(session().past)


def can_redo() -> bool:
    """Whether there is a change to bring back."""
    return bool(session().future)


def push(moment: Moment) -> None:
    """Put a new moment on screen; the old one can be brought back, unless only the view differs."""
    visitor = session()
    visitor.notes, visitor.refused = (), None
    if moment.asked != visitor.now.asked:
        visitor.past = [*visitor.past, visitor.now][-LONGEST_HISTORY:]
        visitor.future = []
        _show(moment)
    elif moment.query != visitor.now.query:
        turn(moment)


def turn(moment: Moment) -> None:
    """Show the same in another view."""
    visitor = session()
    visitor.now, visitor.unwritten = moment, True


def undo() -> None:
    """Take the last change back."""
    visitor = session()
    if visitor.past:
        visitor.future = [visitor.now, *visitor.future]
        back = visitor.past[-1]
        visitor.past = visitor.past[:-1]
        visitor.notes, visitor.refused = (), None
        _show(back.viewed_as(visitor.now))


def redo() -> None:
    """Bring back what undo took."""
    visitor = session()
    if visitor.future:
        visitor.past = [*visitor.past, visitor.now]
        again = visitor.future[0]
        visitor.future = visitor.future[1:]
        visitor.notes, visitor.refused = (), None
        _show(again.viewed_as(visitor.now))


def go_to(moment: Moment) -> None:
    """Follow the browser to a moment: back or forward where it is known, else as a change of its own."""
    visitor = session()
    if _is_among(moment, visitor.past):
        step = undo
    elif _is_among(moment, visitor.future):
        step = redo
    else:
        push(moment)
        return
    while visitor.now.asked != moment.asked:
        step()
    turn(moment)


def _is_among(moment: Moment, others: list[Moment]) -> bool:
    return any(other.asked == moment.asked for other in others)


def _show(moment: Moment) -> None:
    visitor = session()
    last = visitor.now
    if last.scenario.network is not moment.scenario.network:
        visitor.before = None
    elif last.scenario.to_link() != moment.scenario.to_link():
        visitor.before = last
    visitor.now, visitor.unwritten = moment, True
