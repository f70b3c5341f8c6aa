"""Widgets that show a number of the scenario while somebody may be turning them.

A browser that is pressed quickly runs ahead of the page. Writing a value into the very control that is being turned
takes presses back, and a control that follows (the payer's share) still reports where it stood one press ago, which
looks as if somebody had set it by hand. So a control is written only where it shows something else, and a report of
where it stood before counts for nothing as long as another control is the one that was turned.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from ui.history import session

_KEY = "_held"


@dataclass
class Held:
    """What a control was told to show, where it stood before that and may still report, its page and two ends."""

    told: float
    before: set[float] = field(default_factory=set)
    place: tuple[str | None, tuple[float, ...]] = (None, ())


def hold(widget: str, value: float, ends: tuple[float, ...] = ()) -> None:
    """Let a control show `value`, just before it is drawn; on another page or with other `ends` it is a new one."""
    held, place = _all(), (session().page, ends)
    last, reported = held.get(widget), st.session_state.get(widget)
    if last is None or reported is None or last.place != place:
        held[widget] = Held(value, set(), place)
        st.session_state[widget] = value
        return
    if reported == last.told:
        last.before = set()  # the browser has caught up
    if value != last.told:
        last.before.add(last.told)
    if reported != value:
        last.before.add(reported)
        st.session_state[widget] = value
    last.told = value


def is_late(widget: str) -> bool:
    """Whether a control only reports where it stood, while another one was turned; asked in callbacks."""
    held = _all()
    mine = held.get(widget)
    return (
        mine is not None
        and st.session_state.get(widget) in mine.before
        and any(_turned(other, state) for other, state in held.items() if other != widget)
    )


def _turned(widget: str, held: Held) -> bool:
    reported = st.session_state.get(widget)
    return reported is not None and reported != held.told and reported not in held.before


def _all() -> dict[str, Held]:
    """Every control of this visitor that shows a number of the scenario."""
    found: dict[str, Held] = st.session_state.setdefault(_KEY, {})
    return found
