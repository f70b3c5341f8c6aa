"""Replay of the last change in two frames: what was on screen before it, and what is now.

One press plays both and ends by itself; a press in between goes on at once. Charts change at once from one frame to
the other, nothing glides. Only charts go back: sentences and figures keep to what the levers say.
"""

from __future__ import annotations

import time
from dataclasses import replace

import streamlit as st

from model.words.last_change import step_frames, step_sentence
from ui import state
from ui.keys import REPLAY
from ui.link import Moment
from ui.runs import run_of
from ui.text import as_markdown

_KEY = "_replayed"
_SINCE = "_replayed_since"
LASTS = (4.0, 8.0)
"""Seconds that each frame stands."""


def framed() -> tuple[Moment, Moment | None]:
    """What charts show, and what stands faint behind it: now and before, or in the first frame what was before."""
    now, before = state.now(), earlier()
    if before is not None and st.session_state.get(_KEY) == (before, now, 0):
        return before, None
    return now, state.previous()


def earlier() -> Moment | None:
    """What was on screen before the last change, over today's horizon and in today's futures."""
    now, before = state.now(), state.previous()
    if before is None:
        return None
    return replace(before, years=now.years, futures=now.futures, seed=now.seed)


def replay_button() -> None:
    """One button: it plays both frames, and while they play goes on to the other one."""
    before = earlier()
    frame = _frame(before)
    label = "Show after" if frame == 0 else "Show before again" if frame == 1 else "Replay last change"
    st.button(
        label, key="replay", icon=":material/replay:", shortcut=REPLAY.press, disabled=before is None,
        on_click=_flip, help="Charts before the last change, then after it",
    )  # fmt: skip


def replay_caption() -> None:
    """Which of the two frames is shown, and what the change did."""
    before = earlier()
    frame = _frame(before)
    if before is None or frame is None:
        return
    titles = list(step_frames(before.scenario, state.scenario()))
    told = f"**{frame + 1} of 2. {as_markdown(titles[frame])}.**"
    if frame == 1:
        told += f" {as_markdown(step_sentence(run_of(before), run_of(state.now())))}"
    with st.container(key="replay-caption"):
        st.info(told, icon=":material/replay:")
    _play_on()


@st.fragment(run_every=1.0)
def _play_on() -> None:
    """Go on to the next frame when this one has stood long enough, and end after the last."""
    frame = _frame(earlier())
    if frame is None or time.monotonic() - st.session_state.get(_SINCE, 0.0) < LASTS[frame]:
        return
    if frame == 0:
        _flip()
    else:
        del st.session_state[_KEY]
    st.rerun()


def _frame(before: Moment | None) -> int | None:
    """Frame on screen; None where nothing is replayed or something was changed since."""
    kept = st.session_state.get(_KEY)
    return kept[2] if kept and before is not None and kept[:2] == (before, state.now()) else None


def _flip() -> None:
    before = earlier()
    if before is not None:
        st.session_state[_KEY] = (before, state.now(), 1 if _frame(before) == 0 else 0)
        st.session_state[_SINCE] = time.monotonic()
