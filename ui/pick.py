"""A choice of one from a list whose answer is kept elsewhere: in the link, or in the session while pages change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import streamlit as st


def pick(
    label: str,
    titles: Mapping[str, str],
    current: str,
    keep: Callable[[str], None],
    *,
    key: str,
    width: int | Literal["stretch"] = "stretch",
    quiet: bool = False,
) -> str:
    """Draw the list of `titles` by their keys and return the key that stands; what is picked goes to `keep`.

    Where `current` is not offered the first one stands. `quiet` leaves the label to screen readers.
    """
    shown = current if current in titles else next(iter(titles))
    visibility: Literal["collapsed", "visible"] = "collapsed" if quiet else "visible"
    # A list forgets its choice when its page is left, so it is told anew in every run.
    st.session_state[key] = shown
    st.selectbox(
        label,
        list(titles),
        key=key,
        format_func=lambda name: titles[name],
        on_change=lambda: keep(st.session_state[key]),
        width=width,
        label_visibility=visibility,
    )
    return shown
