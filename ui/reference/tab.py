"""Which tab of the Model page is open, in the link: `model.tab=validation`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from model.rest.report import RestReport
from ui.page_fields import PageField, choice, tell_problems

Part = Callable[[RestReport], None]

KEY = "model-tabs"
_TOLD = "model-tab-told"
"""What the link said when it was last followed."""


def slug(title: str) -> str:
    """A tab's name in the link: "Trust and doubt" -> "trust-and-doubt"."""
    return title.lower().replace(" ", "-")


def field(titles: Sequence[str]) -> PageField[str]:
    """The open tab; the first one is not written."""
    return choice("model.tab", [slug(title) for title in titles], slug(titles[0]))


def show(parts: Mapping[str, Part], report: RestReport) -> None:
    """The tabs, opened where the link says so; opening another one writes it there. Only the open one is drawn."""
    titles = list(parts)
    wanted = field(titles).value()
    if KEY not in st.session_state or st.session_state.get(_TOLD, wanted) != wanted:
        st.session_state[KEY] = next(title for title in titles if slug(title) == wanted)
    st.session_state[_TOLD] = wanted
    drawn = st.tabs(titles, key=KEY, on_change=_write, args=(titles,))
    for tab, part in zip(drawn, parts.values(), strict=True):
        if tab.open:
            with tab:
                part(report)
    tell_problems("model", [field(titles)])


def _write(titles: Sequence[str]) -> None:
    opened = slug(st.session_state[KEY])
    st.session_state[_TOLD] = opened
    field(titles).set(opened)
