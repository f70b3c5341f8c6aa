"""The frame around every page: page guard, page set-up, header, columns, projector view."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui import address
from ui.start.onboarding import note_progress

ROOT = Path(__file__).resolve().parent.parent
STYLE = Path(__file__).with_name("style.css")
KEYS = Path(__file__).with_name("keys.js")
PROJECTOR_STYLE = Path(__file__).with_name("projector.css")
ICON = ROOT / "static" / "icon.png"
LOGO = ROOT / "static" / "logo.svg"

_READY = "_shell"
_WANTED = "_wanted"
_VIEWED = "_viewed"


class Split(NamedTuple):
    """The two columns of a working page; on narrow screens charts come first."""

    levers: DeltaGenerator
    charts: DeltaGenerator


def ensure_shell(path: str) -> None:
    """First call of every page: send a visitor who arrived past `app.py` through it, then read the address.

    Until some session has run `app.py`, Streamlit serves files of `pages/` on their own, without
    navigation or theme. `path` is the page's file relative to the root, such as "pages/sandbox.py".
    """
    if not st.session_state.get(_READY):
        st.session_state[_WANTED] = (path, st.query_params.to_dict())
        st.switch_page("app.py")
    _keep_view(path)
    address.begin(path)
    note_progress(path)
    if is_projector():
        st.html(PROJECTOR_STYLE)


def _keep_view(path: str) -> None:
    """The large type of `?view=projector` comes along to other pages, whose links do not name it."""
    last, view = st.session_state.get(_VIEWED, (path, None))
    here = st.query_params.get("view")
    if here is None and view is not None and last != path:
        st.query_params["view"] = here = view
    st.session_state[_VIEWED] = (path, here)


def shell_is_up() -> None:
    """Called by `app.py` once navigation exists; continues to the page that was asked for."""
    st.session_state[_READY] = True
    wanted = st.session_state.pop(_WANTED, None)
    if wanted:
        st.switch_page(wanted[0], query_params=wanted[1])


def unknown_page(here: str) -> str:
    """What the address names instead of the page `here`, the first, which Streamlit runs where there is none such."""
    asked = urlsplit(st.context.url or "").path.rstrip("/").rpartition("/")[2]
    base = str(st.get_option("server.baseUrlPath") or "").strip("/").rpartition("/")[2]
    return "" if asked in ("", base, here) else asked


def page_setup() -> None:
    """Tab title, icon, name, width, style sheet and keys; called once per run, before anything is shown."""
    st.set_page_config(page_title="Ballast", page_icon=str(ICON), layout="wide")
    st.logo(str(LOGO), size="medium")
    st.html(STYLE)
    with st.container(key="scripts"):
        st.html(f"<script>{KEYS.read_text(encoding='utf-8')}</script>", unsafe_allow_javascript=True)


def is_projector() -> bool:
    """Whether the link asks for the large type of `?view=projector`."""
    return st.query_params.get("view") == "projector"


def header(title: str, lead: str = "") -> None:
    """Page heading with an optional sentence under it (plain text or Markdown)."""
    st.title(title, anchor=False)
    if lead:
        with st.container(key="lead"):
            st.markdown(lead)


def split() -> Split:
    """Levers (34%) beside charts (66%); stacked with charts first at 900 px and below."""
    with st.container(key="split", horizontal=True, gap="medium"):
        return Split(st.container(key="levers"), st.container(key="charts"))
