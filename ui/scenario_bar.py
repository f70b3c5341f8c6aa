"""The bar under a page's heading: which network, how long, what is changed, undo, redo, reset, link."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from model.presets.catalogue import catalogue, entry, vintages
from model.presets.files import network_vintages
from model.presets.network import Network
from model.words.text import month
from ui import keys, state
from ui.baseline import SHOWN
from ui.changes_drawer import changes_drawer, tell_refusal
from ui.dialogs import glossary, keyboard, share
from ui.link import HORIZONS
from ui.page_fields import tell_problems
from ui.text import as_markdown


def scenario_bar(*, horizon: bool = True, told: bool = True) -> None:
    """Draw the bar for the scenario on screen; `horizon` offers the choice of years, `told` adds the notes."""
    shown = state.scenario()
    with st.container(key="scenario-bar", horizontal=True, vertical_alignment="bottom", gap="small"):
        _network_picker(shown.network)
        _vintage_picker(shown.network)
        if horizon:
            horizon_picker()
        changes_drawer()
        history_buttons()
        window_buttons()
    tell_refusal()
    with st.container(key="network-line"):
        st.markdown(as_markdown(f"{shown.network.summary} As of {month(shown.network.as_of)}."))
    if told:
        tell_notes()


def window_buttons(fields: Mapping[str, str] | None = None) -> None:
    """What opens over the page: the link (to `fields`, else to the scenario), the glossary and the keys."""
    if st.button(
        "Share", key="share", icon=":material/link:", shortcut=keys.SHARE.press,
        help=keys.SHARE.tip("A link that restores this"),
    ):  # fmt: skip
        share(fields or state.query(), None if fields else state.now())
    reading_buttons()


def reading_buttons() -> None:
    """The windows that need no scenario."""
    if st.button(
        "Glossary", key="glossary", icon=":material/menu_book:", shortcut=keys.GLOSSARY.press,
        help=keys.GLOSSARY.tip("Glossary: what the words mean"),
    ):  # fmt: skip
        glossary()
    if st.button(
        "Keyboard", key="keyboard", icon=":material/keyboard:", shortcut=keys.KEYBOARD.press,
        help=keys.KEYBOARD.tip("Keyboard: what keys do"),
    ):  # fmt: skip
        keyboard()


def tell_notes() -> None:
    """Sentences about the link or the last change of network."""
    tell_problems("show", [SHOWN])
    for number, note in enumerate(state.notes()):
        with st.container(key=f"note-{number}"):
            st.warning(as_markdown(note))


def _network_title(name: str) -> str:
    shown = entry(name)
    dated = shown.is_real and len(network_vintages(name)) < 2  # else the date stands in the picker beside it
    return f"{shown.title} ({month(shown.as_of)})" if dated else shown.title


WRITTEN = "~"
"""Stands in the picker for a network that comes with the link or was made here."""


def _network_picker(network: Network) -> None:
    offered = [found.name for found in catalogue()]
    if network.written:
        offered.insert(0, WRITTEN)
    st.session_state["pick-network"] = offered[0] if network.written else network.name

    def choose() -> None:
        if st.session_state["pick-network"] != WRITTEN:
            state.choose_network(st.session_state["pick-network"])

    st.selectbox(
        "Network",
        offered,
        key="pick-network",
        format_func=lambda name: f"{network.title} (written out)" if name == WRITTEN else _network_title(name),
        on_change=choose,
        width=215,
    )


def _vintage_picker(network: Network) -> None:
    """Which date the figures are of; only where there is a choice."""
    if network.written or len(network_vintages(network.name)) < 2:
        return
    options = [dated.name for dated in vintages(network.name)]
    newest = network.vintage == network_vintages(network.name)[0]
    st.session_state["pick-vintage"] = network.name if newest else network.identity
    st.selectbox(
        "Figures of",
        options,
        key="pick-vintage",
        format_func=lambda name: month(entry(name).as_of),
        on_change=lambda: state.choose_network(st.session_state["pick-vintage"]),
        help="A past date opens the network as it was then, before what was decided since.",
        width=115,
    )


def horizon_picker() -> None:
    """How many years are shown."""
    years = state.years()
    st.session_state["pick-years"] = years
    st.segmented_control(
        "Years shown",
        sorted({*HORIZONS, years}),
        key="pick-years",
        on_change=lambda: state.choose_years(st.session_state["pick-years"] or state.years()),
        required=True,
    )


def undo_buttons() -> None:
    """Undo and redo; the style sheet shows their icons alone, with name and key in the help."""
    st.button(
        "Undo", key="undo", on_click=state.undo, disabled=not state.can_undo(), icon=":material/undo:",
        shortcut=keys.UNDO.press,
        help=keys.UNDO.tip(
            "Undo: take the last change back, on whichever page it was made. After a reload, the browser's Back "
            "button does it"
        ),
    )  # fmt: skip
    st.button(
        "Redo", key="redo", on_click=state.redo, disabled=not state.can_redo(), icon=":material/redo:",
        shortcut=keys.REDO.press, help=keys.REDO.tip("Redo: bring back what undo took"),
    )  # fmt: skip


def history_buttons() -> None:
    """Undo, redo and the two ways back to an earlier scenario."""
    undo_buttons()
    shown = state.scenario()
    if shown.stacked:
        st.button(
            "Reset to proposal", key="reset-to-proposal", on_click=state.reset_to_proposal,
            disabled=not state.has_own_changes(), help="Every provision on, nothing moved by hand",
        )  # fmt: skip
    st.button(
        "Reset to today" if shown.stacked else "Reset", key="reset", on_click=state.reset,
        disabled=not state.has_state(), help="Today's rules: no proposal, no lever moved, no assumption changed",
    )  # fmt: skip
