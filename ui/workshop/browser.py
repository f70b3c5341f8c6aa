"""What a phone keeps: the token of one's seat, in the browser's own storage, never in an address or a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

_JS = """
export default function (component) {
  const { data, setTriggerValue } = component
  const name = "ballast.seat." + data.room
  try {
    if (data.keep) {
      window.localStorage.setItem(name, data.keep)
    } else if (data.forget) {
      window.localStorage.removeItem(name)
    } else {
      const kept = window.localStorage.getItem(name)
      if (kept) setTriggerValue("kept", kept)
    }
  } catch (problem) {
    // A browser that keeps nothing: the person joins again after a reload.
  }
}
"""


@st.cache_resource
def _component() -> Callable[..., Any]:
    return st.components.v2.component("ballast_seat", js=_JS)


def keep_token(room: str, token: str) -> None:
    """Let the browser keep the token of a seat."""
    _component()(data={"room": room, "keep": token}, key=f"seat-keep-{room}", height="content")


def forget_token(room: str) -> None:
    """Let the browser forget it."""
    _component()(data={"room": room, "forget": True}, key=f"seat-forget-{room}", height="content")


def ask_for_token(room: str, take: Callable[[str], None]) -> None:
    """Call `take` with the token that the browser kept for a room, if it did."""
    key = f"seat-ask-{room}"

    def kept() -> None:
        token = getattr(st.session_state.get(key), "kept", None)
        if isinstance(token, str):
            take(token)

    _component()(data={"room": room}, key=key, on_kept_change=kept, height="content")
