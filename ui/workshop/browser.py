"""What a browser keeps of a room in its own storage, never in an address or a page: a seat, and the facilitator's key.

A seat comes back by itself in every tab. The key does so only in the tab that was the facilitator's screen; another tab
of the same browser is asked first, because somebody may want to join from it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

Kind = Literal["seat", "host"]

_JS = """
export default function (component) {
  const { data, setTriggerValue } = component
  const name = (kind) => "ballast." + kind + "." + data.room
  try {
    if (data.keep) {
      window.localStorage.setItem(name(data.kind), data.keep)
      if (data.kind === "host") window.sessionStorage.setItem(name("host"), "here")
      setTriggerValue("stored", data.kind)
    } else if (data.forget) {
      window.localStorage.removeItem(name(data.kind))
      window.sessionStorage.removeItem(name(data.kind))
    } else {
      const key = window.localStorage.getItem(name("host"))
      const seat = window.localStorage.getItem(name("seat"))
      if (key && (data.back || window.sessionStorage.getItem(name("host")))) setTriggerValue("host", key)
      else if (seat) setTriggerValue("seat", seat)
      else if (key) setTriggerValue("offer", "host")
    }
  } catch (problem) {
    // A browser that keeps nothing: people join again after a reload, the facilitator brings the key.
  }
}
"""


@st.cache_resource
def _component() -> Callable[..., Any]:
    return st.components.v2.component("ballast_seat", js=_JS)


def keep(kind: Kind, room: str, secret: str, stored: Callable[[], None]) -> None:
    """Let the browser keep the token of a seat, or the key of a facilitator; `stored` is called once it has it."""
    _component()(
        data={"room": room, "kind": kind, "keep": secret}, key=f"seat-keep-{kind}-{room}", height="content",
        on_stored_change=stored,
    )  # fmt: skip


def forget(kind: Kind, room: str) -> None:
    """Let the browser forget it."""
    _component()(data={"room": room, "kind": kind, "forget": True}, key=f"seat-forget-{kind}-{room}", height="content")


def ask_for_kept(room: str, take: Callable[[Kind, str], None], offer: Callable[[], None], *, back: bool) -> None:
    """Call `take` with what the browser kept for a room, or `offer` where it keeps a key that another tab used.

    With `back` the key is taken in this tab too.
    """
    key = f"seat-ask-{room}"

    def kept(kind: Kind) -> None:
        secret = getattr(st.session_state.get(key), kind, None)
        if isinstance(secret, str):
            take(kind, secret)

    _component()(
        data={"room": room, "back": back}, key=key, height="content",
        on_host_change=lambda: kept("host"), on_seat_change=lambda: kept("seat"), on_offer_change=offer,
    )  # fmt: skip
