"""The bar under a page's heading: which network, how long, what is changed, undo, redo, reset, link."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from model.catalogue import catalogue, entry, vintages
from model.network import Network
from model.parameters import parameter_keys
from model.presets import network_vintages
from model.sentences import by_hand, count_words, followers, instead, value_words
from model.text import month
from ui import state
from ui.link import HORIZONS
from ui.text import as_markdown


def scenario_bar(*, horizon: bool = True, told: bool = True) -> None:
    """Draw the bar for the scenario on screen; `horizon` offers the choice of years, `told` adds the notes."""
    shown = state.scenario()
    with st.container(key="scenario-bar", horizontal=True, vertical_alignment="bottom", gap="small"):
        _network_picker(shown.network)
        _vintage_picker(shown.network)
        if horizon:
            horizon_picker()
        _changes()
        st.button("Undo", key="undo", on_click=state.undo, disabled=not state.can_undo(), icon=":material/undo:")
        st.button("Redo", key="redo", on_click=state.redo, disabled=not state.can_redo(), icon=":material/redo:")
        st.button("Reset", key="reset", on_click=state.reset, disabled=not state.has_state(), help="Back to today")
        _link()
    with st.container(key="network-line"):
        st.markdown(as_markdown(f"{shown.network.summary} As of {month(shown.network.as_of)}."))
    if told:
        tell_notes()


def tell_notes() -> None:
    """Sentences about the link or the last change of network."""
    for number, note in enumerate(state.notes()):
        with st.container(key=f"note-{number}"):
            st.warning(as_markdown(note))


def _network_title(name: str) -> str:
    shown = entry(name)
    dated = shown.is_real and len(network_vintages(name)) < 2  # else the date stands in the picker beside it
    return f"{shown.title} ({month(shown.as_of)})" if dated else shown.title


def _network_picker(network: Network) -> None:
    st.session_state["pick-network"] = network.name
    st.selectbox(
        "Network",
        [offered.name for offered in catalogue()],
        key="pick-network",
        format_func=_network_title,
        on_change=lambda: state.choose_network(st.session_state["pick-network"]),
        width=250,
    )


def _vintage_picker(network: Network) -> None:
    """Which date the figures are of; only where there is a choice."""
    options = [dated.name for dated in vintages(network.name)]
    if len(options) < 2:
        return
    newest = network.vintage == network_vintages(network.name)[0]
    st.session_state["pick-vintage"] = network.name if newest else network.identity
    st.selectbox(
        "Figures of",
        options,
        key="pick-vintage",
        format_func=lambda name: month(entry(name).as_of),
        on_change=lambda: state.choose_network(st.session_state["pick-vintage"]),
        help="A past date opens the network as it was then, before what was decided since.",
        width=130,
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


def _changes() -> None:
    """What differs from today, each with a way back; what follows is marked and cannot be taken back alone."""
    shown = state.scenario()
    moved = by_hand(shown)
    extra = len(shown.assumptions) + len(shown.initial)
    label = count_words(len(moved), "change")
    if shown.stacked:
        hand = f", {count_words(len(moved), 'change')} by hand" if moved else ""
        label = count_words(len(shown.stacked), "proposal") + hand
    if extra:
        label += f", {count_words(extra, 'assumption')}"
    box = st.popover(label[:1].upper() + label[1:], key="changes", on_change="rerun")
    if not box.open:
        return
    with box:
        if not moved and not extra and not shown.stacked:
            st.markdown("Nothing is changed. Open a proposal or move a lever, and it is listed here.")
        for part in shown.stacked:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                off = sum(name.partition(":")[0] == part.name for name in shown.without)
                tail = f", without {count_words(off, 'provision')}" if off else ""
                st.markdown(f"**{as_markdown(part.title)}**{tail}")
                st.button(
                    "Remove", key=f"remove:{part.name}", type="tertiary",
                    on_click=state.remove_proposal, args=(part.name,),
                )  # fmt: skip
        for key, pair in moved.items():
            _change_row(key, *pair)
        for key, pair in followers(shown).items():
            _change_row(key, *pair, follows=True)
        today = shown.network.values_for(shown.structure)
        for key, value in shown.assumptions.items():
            _change_row(key, today.get(key, value), value)
        for name, value in shown.initial.items():
            _change_row(f"initial.{name}", shown.network.initial.get(name, value), value)


def _change_row(key: str, old: float, new: float, *, follows: bool = False) -> None:
    """One line of the list: from, to, and remove."""
    concrete = parameter_keys(state.scenario().structure).get(key)
    if concrete is None:
        label, words = key.replace("initial.", "Start: ").replace("_", " "), f"{new:.6g} instead of {old:.6g}"
    else:
        label, words = concrete.label, instead(value_words(concrete, new), value_words(concrete, old))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        tail = " (follows, because it pays)" if follows else ""
        st.markdown(f"**{as_markdown(label)}**: {as_markdown(words + tail)}")
        if not follows:
            st.button("Remove", key=f"remove:{key}", type="tertiary", on_click=state.restore, args=(key,))


def _link() -> None:
    """The address of what is on screen, to be copied."""
    with st.popover("Copy link", key="link", on_change="rerun") as box:
        if box.open:
            address = (st.context.url or "").split("?")[0]
            st.markdown("This link restores what is on screen.")
            st.code(f"{address}?{urlencode(state.query())}", language=None, wrap_lines=True)
