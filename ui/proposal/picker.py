"""Choosing a proposal: a searchable list with filters, and all of them by network where none is open."""

from __future__ import annotations

import streamlit as st

from model.presets.catalogue import entry
from model.proposals.files import load_proposal, proposal_names
from model.proposals.proposal import ANY, Proposal
from model.scenario.scenario import MOST_PROPOSALS
from model.words.text import month
from ui import state
from ui.text import as_markdown

STATUSES: dict[str, tuple[str, str]] = {
    "proposed": ("Proposed", ":material/how_to_vote:"),
    "passed": ("Passed", ":material/check_circle:"),
    "in-force": ("In force", ":material/done_all:"),
    "defeated": ("Defeated", ":material/cancel:"),
    "what-if": ("What if", ":material/help:"),
}
"""Word and icon of each status."""

EVERY = "All networks"


def network_of(part: Proposal) -> str:
    """Title of the network a proposal is for."""
    return "Any network" if part.network == ANY else entry(part.network.partition("@")[0]).title


def by_network(status: str | None = None) -> dict[str, list[Proposal]]:
    """Proposals by network title: networks by name, what fits any network last; newest first within."""
    found: dict[str, list[Proposal]] = {}
    for part in map(load_proposal, proposal_names()):
        if status in (None, part.status):
            found.setdefault(network_of(part), []).append(part)
    for parts in found.values():
        parts.sort(key=lambda part: part.title)
        parts.sort(key=lambda part: part.put.toordinal() if part.put else 0, reverse=True)
    return dict(sorted(found.items(), key=lambda item: (item[0] == "Any network", item[0])))


def badge(part: Proposal) -> None:
    """The status as a word with an icon."""
    word, icon = STATUSES[part.status]
    st.badge(word, icon=icon, color="gray")


def picker() -> None:
    """The line at the top of the page: which proposal, filtered by network and status; open it, or add it on top."""
    with st.container(key="proposal-picker", horizontal=True, vertical_alignment="bottom", gap="small"):
        offered = _offered()
        names = [part.name for part in offered]
        titles = {part.name: f"{part.title} · {network_of(part)} · {STATUSES[part.status][0]}" for part in offered}
        shown = state.scenario().stacked
        current = shown[0].name if len(shown) == 1 else None
        st.session_state["pick-proposal"] = current if current in names else None
        st.selectbox(
            "Proposal",
            names,
            key="pick-proposal",
            index=None,
            placeholder=f"Choose or search among {len(names)} proposals",
            format_func=lambda name: titles.get(name, name),
            filter_mode="contains",
            on_change=_open,
            width=520,
        )
        _filters()
        _add_on_top()


def _open() -> None:
    name = st.session_state["pick-proposal"]
    if name:
        state.open_proposal(name)


def _offered() -> list[Proposal]:
    """What the filters leave, by title: who types its first letters finds it where the alphabet has it."""
    network = st.session_state.get("_proposal_network", EVERY)
    groups = by_network(st.session_state.get("_proposal_status"))
    found = [part for title, parts in groups.items() if network in (EVERY, title) for part in parts]
    return sorted(found, key=lambda part: part.title.casefold())


def _filters() -> None:
    """Network and status; kept while pages change."""
    chosen = [st.session_state.get("_proposal_network", EVERY), st.session_state.get("_proposal_status")]
    count = sum((chosen[0] != EVERY, chosen[1] is not None))
    with st.popover(f"Filter ({count})" if count else "Filter", key="proposal-filter", on_change="rerun") as box:
        if not box.open:
            return
        st.session_state["filter-network"], st.session_state["filter-status"] = chosen
        st.selectbox("Network", [EVERY, *by_network()], key="filter-network", on_change=_keep_filters)
        st.pills(
            "Status",
            list(STATUSES),
            key="filter-status",
            format_func=lambda status: f"{STATUSES[status][1]} {STATUSES[status][0]}",
            on_change=_keep_filters,
        )


def _keep_filters() -> None:
    st.session_state["_proposal_network"] = st.session_state["filter-network"]
    st.session_state["_proposal_status"] = st.session_state["filter-status"]


def _add_on_top() -> None:
    """Lay another proposal on what is on screen; only where there is something to lay it on."""
    shown = state.scenario()
    if not state.has_state():
        return
    with st.popover("Add on top", key="proposal-add", on_change="rerun") as box:
        if not box.open:
            return
        there = {part.name for part in shown.stacked}
        fitting = [
            part
            for parts in by_network().values()
            for part in parts
            if part.name not in there and (part.is_for_any or part.network.partition("@")[0] == shown.network.name)
        ]
        st.markdown(
            f"What is on screen stays; the added proposal comes later in the list. Up to {MOST_PROPOSALS} at a time, "
            f"and only such as fit {as_markdown(shown.network.title)}."
        )
        for part in fitting:
            st.button(
                as_markdown(part.title), key=f"add:{part.name}", type="tertiary", icon=":material/add:",
                on_click=state.add_proposal, args=(part.name,),
            )  # fmt: skip


def gallery() -> None:
    """Every proposal by network, each a button; the page without a proposal."""
    st.markdown(
        "No proposal is open. Choose one to read what it would change, for whom, and how sure that is; "
        "or move levers in the Sandbox and come back: changes by hand are read here too."
    )
    for title, parts in by_network(st.session_state.get("_proposal_status")).items():
        if st.session_state.get("_proposal_network", EVERY) not in (EVERY, title):
            continue
        st.header(title, anchor=False)
        for part in parts:
            with st.container(key=f"offer-{part.name}", gap=None):
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    st.button(
                        as_markdown(part.title), key=f"open:{part.name}", type="tertiary",
                        icon=":material/description:", on_click=state.open_proposal, args=(part.name,),
                    )  # fmt: skip
                    badge(part)
                    if part.put:
                        st.markdown(month(part.put))
                st.markdown(as_markdown(part.summary))
