"""How people get into a room: its code large, a QR code and a link; and the key, shown once."""

from __future__ import annotations

import streamlit as st

from model import BallastError
from ui.workshop.session import place
from workshop.joining import join_link, qr_svg, shown_code


def invitation(code: str, *, large: bool = False) -> None:
    """Join code, QR code and link; only the code where the address of this server is not known."""
    with st.container(
        key="ws-invitation-large" if large else "ws-invitation",
        horizontal=True,
        gap="large",
        vertical_alignment="center",
    ):
        link = link_of(code)
        if link:
            with st.container(key="ws-qr", width=420 if large else 180):
                st.image(qr_svg(link), width="stretch", alt=f"QR code of the link that joins room {shown_code(code)}")
        with st.container(key="ws-code"):
            st.markdown("Join code")
            st.markdown(f"**{shown_code(code)}**")
            if link and large:
                st.markdown(f"`{link}`")
    if link and not large:
        st.code(link, language=None, wrap_lines=True)


def link_of(code: str) -> str:
    """Address that opens the room on a phone; empty where this server's is not known."""
    try:
        return join_link(st.context.url or "", code)
    except BallastError:
        return ""


def kept_once() -> None:
    """Key and recovery code with a copy button each, until the facilitator says that they are kept."""
    here = place()
    if here.opened is None:
        return
    with st.container(key="ws-keys", border=True):
        st.markdown("**Facilitator key.** Shown this once: keep it where only you read it; with it you come back.")
        st.code(here.opened.facilitator_key.reveal(), language=None, wrap_lines=True)
        st.markdown("**Recovery code.** Gives a new key if this one is lost. Keep it in another place.")
        st.code(here.opened.recovery_code.reveal(), language=None, wrap_lines=True)
        st.markdown(
            "This browser keeps the key too: if you load this page again, you are back here by yourself. In another "
            "browser or on another computer type the key. On a computer that is not yours, end with “Leave this "
            "screen” under “Export, close, delete”: then this browser forgets it."
        )

        def kept() -> None:
            place().opened = None

        st.button("I have kept both", key="workshop-kept", type="primary", on_click=kept)
