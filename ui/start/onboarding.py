"""Four steps for a first visit; each ticks itself, and the strip can be put away."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from model import Scenario
from ui import state

_SHARED = "_shared"
_DONE, _HIDDEN = "_steps_done", "_steps_hidden"

STEPS: tuple[tuple[str, Callable[[str, Scenario], bool]], ...] = (
    ("Pick a proposal", lambda _, shown: bool(shown.stacked)),
    ("Read the three sentences", lambda page, shown: page == "pages/proposal.py" and bool(shown.stacked)),
    ("Move one lever", lambda _, shown: bool(shown.changes or shown.without)),
    ("Share", lambda _, __: bool(st.session_state.get(_SHARED))),
)
"""What to do, and by what one can see that it was done."""


def note_shared() -> None:
    """Called where a link is shown."""
    st.session_state[_SHARED] = True


def note_progress(page: str) -> None:
    """Tick what has been done; called on every page once the address is read."""
    done: set[int] = st.session_state.setdefault(_DONE, set())
    if len(done) < len(STEPS):
        shown = state.scenario()
        done |= {number for number, (_, seen) in enumerate(STEPS) if seen(page, shown)}


def strip() -> None:
    """The steps in a line, with a way to put them away for this session."""
    if st.session_state.get(_HIDDEN):
        return
    done: set[int] = st.session_state.get(_DONE, set())
    with st.container(key="steps", horizontal=True, vertical_alignment="center", gap="medium"):
        for number, (words, _) in enumerate(STEPS):
            ticked = number in done
            icon = ":material/check_circle:" if ticked else ":material/radio_button_unchecked:"
            st.markdown(f"{icon} {number + 1} {words}{' (done)' if ticked else ''}", width="content")
        st.button("Hide", key="hide-steps", type="tertiary", on_click=_hide, help="Put these steps away")


def _hide() -> None:
    st.session_state[_HIDDEN] = True
