"""What changes: one row per parameter a provision moves, each provision with a switch to see the answer without it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from model.errors import BallastError
from model.proposals.proposal import DatedEvent, Proposal, Provision
from model.scenario.changes import Change, changes_of, conflicts
from model.scenario.scenario import Scenario
from model.supply_events import EFFECTS
from model.words.no_effect import provision_states
from model.words.text import duration, month, quantity, sentence_case
from model.words.value_words import value_words
from ui import state
from ui.link import Moment
from ui.proposal.about import cited
from ui.rows import heading_row, row
from ui.text import as_markdown

HEADINGS = ("Provision", "Parameter", "In {month}", "Proposed", "From", "Source")
"""The third is the network's own date: a past proposal is not laid on today."""
SHORT = 44
"""Characters of a source's title in a row; the whole title stands above."""
WEIGHTS = (3.0, 2.4, 1.6, 1.6, 1.6, 2.2)


def provisions(moment: Moment) -> None:
    """The table, with what is already in force and what collides said beside it."""
    shown = moment.scenario
    st.subheader("What changes", anchor="provisions")
    heading_row(_headings(shown), WEIGHTS, key="provisions")
    everything = changes_of(_all_on(shown))
    for part in shown.stacked:
        states = provision_states(part, shown.network)
        for provision in part.provisions:
            own = [change for change in everything if change.origin == f"{part.name}:{provision.id}"]
            _provision(part, provision, own, states[provision.id])
    for number, change in enumerate(change for change in everything if change.proposal is None):
        _by_hand(change, number)
    for conflict in conflicts(shown):
        st.warning(as_markdown(conflict.sentence), icon=":material/call_merge:")
    if shown.stacked and (shown.without or shown.changes or shown.assumptions or shown.initial or shown.events):
        st.button(
            "Back to the proposal as put", key="as-put", icon=":material/restart_alt:",
            on_click=state.reset_to_proposal, help="Every provision on, nothing moved by hand",
        )  # fmt: skip


def _headings(shown: Scenario) -> tuple[str, ...]:
    return tuple(heading.format(month=month(shown.network.as_of)) for heading in HEADINGS)


def _all_on(shown: Scenario) -> Scenario:
    """With every provision on, so that one that is off still says what it would set."""
    try:
        return replace(shown, without=frozenset())
    except BallastError:
        return shown


def _provision(part: Proposal, provision: Provision, own: list[Change], known: str) -> None:
    """Its switch, then a row per parameter and per dated event."""
    identity = f"{part.name}:{provision.id}"
    cells = [_cells(change) for change in own] + [_event_cells(event) for event in provision.events]
    cells = cells or [("not used by this network", "", "", "")]
    source = cited(part.sources[provision.source], SHORT) if provision.source else ""
    idle = bool(own) and all(_is_idle(change, state.scenario()) for change in own)
    for number, (name, today, proposed, start) in enumerate(cells):
        first = number == 0

        def switch() -> None:
            _switch(identity, provision, "idle" if idle and known == "today" else known)

        row(
            (switch if first else "", name, today, proposed, start, source if first else ""),
            _headings(state.scenario()),
            WEIGHTS,
            key=f"{part.name}-{provision.id}-{number}",
        )


def _switch(identity: str, provision: Provision, known: str) -> None:
    widget = f"switch:{identity}"
    st.session_state[widget] = identity not in state.scenario().without
    st.toggle(
        as_markdown(provision.title),
        key=widget,
        wrap=True,
        on_change=lambda: state.switch_provision(identity, bool(st.session_state[widget])),
        help=as_markdown(provision.note) if provision.note else "Switch off to read the answer without it",
    )
    tags = []
    if provision.expected:
        tags.append("expected to follow, decided by no vote")
    if known == "today":
        tags.append("already so on this date: changes nothing")
    if known == "idle":
        tags.append("written for use that this network does not have yet on this date: it acts once that use comes")
    if known == "unknown":
        tags.append("this network has nothing it could move")
    if tags:
        st.markdown(as_markdown("; ".join(tags).capitalize() + "."))


def _is_idle(change: Change, shown: Scenario) -> bool:
    """Whether it is about a stream that nobody uses yet under the network's own assumptions."""
    stream = change.concrete.stream
    return stream is not None and shown.network.values.get(f"{stream}.demand_scale") == 0


def _cells(change: Change) -> tuple[str, str, str, str]:
    """Parameter, before, proposed and from when, of one change."""
    name = as_markdown(change.concrete.label + (" (follows, because it pays)" if change.follows else ""))
    before, proposed = (as_markdown(value_words(change.concrete, value)) for value in (change.before, change.after))
    if change.concrete.declared.kind == "lever" and _is_idle(change, state.scenario()):
        return name, "no such use yet", proposed, as_markdown(_when(change))
    return name, before, "the same" if change.before == change.after else proposed, as_markdown(_when(change))


def _when(change: Change) -> str:
    words = month(change.begins) if change.begins else "the first day"
    if change.begins and change.complete and change.complete > change.begins:
        words += f", in full from {month(change.complete)}"
    elif change.provision is not None and change.provision.phase_in_months:
        words += f", over {duration(change.provision.phase_in_months / 12)}"
    return words + (f", until {month(change.ends)}" if change.ends else "")


def _event_cells(event: DatedEvent) -> tuple[str, str, str, str]:
    name = sentence_case(f"tokens {EFFECTS[event.effect]}")
    return name, "none", as_markdown(quantity(event.tokens, "tokens")), month(event.date)


def _by_hand(change: Change, number: int) -> None:
    """A change made in the Sandbox; it is taken back with a button."""
    name, today, proposed, start = _cells(change)
    key = change.concrete.key

    def back() -> None:
        if change.follows:
            st.markdown("By hand")
        else:
            st.button("By hand: remove", key=f"remove-hand:{key}", type="tertiary", on_click=state.restore, args=(key,))

    row((back, name, today, proposed, start, ""), _headings(state.scenario()), WEIGHTS, key=f"hand-{number}")
