"""What is changed, all in one list: proposals with a switch per provision, changes by hand, assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from model import BallastError, Scenario
from model.parameters import parameter_keys
from model.proposals.files import load_proposal, proposal_names
from model.proposals.proposal import Proposal, Provision
from model.scenario.changes import Change, changes_of, conflicts
from model.scenario.layers import BY_HAND
from model.scenario.scenario import MOST_PROPOSALS
from model.supply_events import EFFECTS
from model.words.by_hand import by_hand
from model.words.text import duration, month, quantity, sentence_case
from model.words.value_words import count_words, instead, value_words
from ui import state
from ui.encoded import encoded
from ui.text import as_markdown

_OPEN = "_drawer_open"

PARTS = frozenset({"proposals", "without"})
"""What a refusal names when it came from this list."""


def changes_drawer() -> None:
    """Button with the counts; the list is built when it is opened."""
    shown = state.scenario()
    label = drawer_label(shown)
    if st.session_state.get(_OPEN) not in (None, label):
        # Another label is another popover to the browser, and a closed one; whoever works in the list stays in it.
        st.session_state["changes"] = True
    box = st.popover(label, key="changes", on_change="rerun")
    st.session_state[_OPEN] = label if box.open else None
    if not box.open:
        return
    with box, st.container(key="drawer", gap="small"):
        _list(shown)
        _add_on_top(shown)


def drawer_label(shown: Scenario) -> str:
    """What differs from today, counted: "1 proposal, 2 changes by hand, 1 assumption"."""
    moved, extra = len(by_hand(shown)) + len(shown.events), len(shown.assumptions) + len(shown.initial)
    told = [count_words(len(shown.stacked), "proposal")] if shown.stacked else []
    if moved or not shown.stacked:
        told.append(count_words(moved, "change") + (" by hand" if shown.stacked else ""))
    if extra:
        told.append(count_words(extra, "assumption"))
    if shown.stresses:
        told.append("1 stress" if len(shown.stresses) == 1 else f"{len(shown.stresses)} stresses")
    return sentence_case(", ".join(told))


def tell_refusal() -> None:
    """Why a proposal could not be laid on, or a provision not be switched."""
    refused = state.refusal()
    if refused and refused[0] in PARTS:
        st.error(as_markdown(refused[1]), icon=":material/block:")


def _list(shown: Scenario) -> None:
    if not state.has_state():
        st.markdown("Nothing is changed. Open a proposal or move a lever, and it is listed here.")
    everything = changes_of(_all_on(shown)) if shown.stacked or shown.changes else ()
    for part in shown.stacked:
        _proposal(shown, part, everything)
    mine = [change for change in everything if change.origin == BY_HAND]
    if mine and shown.stacked:
        st.markdown("**By hand**, on top")
    for change in mine:
        _row(change.concrete.label, change_text(change), None if change.follows else change.concrete.key)
    for conflict in conflicts(shown):
        st.info(as_markdown(conflict.sentence), icon=":material/call_merge:")
    _world(shown)


def _all_on(shown: Scenario) -> Scenario:
    """With every provision on, so that one that is off still says what it would set."""
    try:
        return replace(shown, without=frozenset())
    except BallastError:
        return shown


def _proposal(shown: Scenario, part: Proposal, everything: Sequence[Change]) -> None:
    """Its title with a way to take it off, and each provision with its switch."""
    _title(part)
    for provision in part.provisions:
        identity = f"{part.name}:{provision.id}"
        _switch(identity, provision, on=identity not in shown.without)
        own = [change for change in everything if change.origin == identity]
        lines = [f"{change.concrete.label}: {change_text(change)}" for change in own]
        lines += [f"{quantity(e.tokens, 'tokens')} {EFFECTS[e.effect]} in {month(e.date)}" for e in provision.events]
        with st.container(key=f"zone-{part.name}-{provision.id}"):
            st.markdown(as_markdown("; ".join(lines) or "This network has nothing that it could move") + ".")


def _title(part: Proposal, note: str = "") -> None:
    """Its name with a way to take it off."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{as_markdown(part.title)}**{note}")
        st.button(
            "Remove", key=f"remove:{part.name}", type="tertiary", icon=":material/delete:",
            on_click=state.remove_proposal, args=(part.name,),
        )  # fmt: skip


def _switch(identity: str, provision: Provision, *, on: bool) -> None:
    widget = f"drawer:{identity}"
    st.session_state[widget] = on
    st.toggle(
        as_markdown(provision.title),
        key=widget,
        help="Off: the answer without this",
        on_change=lambda: state.switch_provision(identity, bool(st.session_state[widget])),
    )


def change_text(change: Change) -> str:
    """From, to and when, in words: "40% instead of 20%, from Mar 2026, over 9.5 months"."""
    old, new = (value_words(change.concrete, value) for value in (change.before, change.after))
    words = f"already {new}" if old == new else instead(new, old)
    if change.begins:
        words += f", from {month(change.begins)}"
    if change.provision is not None and change.provision.phase_in_months:
        words += f", over {duration(change.provision.phase_in_months / 12)}"
    if change.ends:
        words += f", until {month(change.ends)}"
    return words + (" (follows, because it pays)" if change.follows else "")


def _world(shown: Scenario) -> None:
    """Stresses, assumptions and first-day stocks that are not the preset's; the baseline has them too."""
    for part in shown.stresses:
        _title(part, " (stress, in the baseline too)")
    if shown.assumptions or shown.initial:
        st.markdown("**Assumptions**, in the baseline too")
    today, keys = shown.network.values_for(shown.structure), parameter_keys(shown.structure)
    for key, value in shown.assumptions.items():
        concrete = keys.get(key)
        if concrete is None:
            _row(key.replace("_", " "), f"{value:.6g}", key)
        else:
            _row(concrete.label, instead(value_words(concrete, value), value_words(concrete, today[key])), key)
    for name, value in shown.initial.items():
        was = shown.network.initial.get(name, value)
        _row(f"Start: {name.replace('_', ' ')}", f"{value:.6g} instead of {was:.6g}", f"initial.{name}")


def _row(label: str, words: str, key: str | None) -> None:
    """One line, with a way back where it has one of its own."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"{as_markdown(label)}: {as_markdown(words)}")
        if key is not None:
            st.button(
                "Remove", key=f"remove:{key}", type="tertiary", icon=":material/delete:",
                on_click=state.restore, args=(key,),
            )  # fmt: skip


def _add_on_top(shown: Scenario) -> None:
    """A searchable list of what can be laid on this network."""
    offered = fitting(shown)
    if not offered or len(shown.stacked) >= MOST_PROPOSALS:
        return
    st.session_state["drawer-add"] = None

    def add() -> None:
        name = st.session_state["drawer-add"]
        if name:
            state.add_proposal(offered[name])

    st.selectbox(
        "Add a proposal on top",
        list(offered),
        index=None,
        key="drawer-add",
        format_func=lambda name: offered[name].title,
        placeholder=f"Search {len(offered)} proposals for {shown.network.title}",
        on_change=add,
    )


def fitting(shown: Scenario) -> dict[str, Proposal]:
    """Proposals by name that can be laid on a scenario: its network's, then those for any; the session's own first."""
    parts = [*encoded().values(), *map(load_proposal, proposal_names())]
    there = {part.name for part in shown.stacked}
    own = [part for part in parts if part.network.partition("@")[0] == shown.network.name]
    found: dict[str, Proposal] = {}
    for part in (*own, *(part for part in parts if part.is_for_any)):
        if part.name not in there:
            found.setdefault(part.name, part)
    return found
