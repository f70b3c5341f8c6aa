"""The gallery of proposals on the first page: cards with filters, each a link to the Proposal page."""

from __future__ import annotations

import streamlit as st

from charts.sparkline import sparkline
from model import VERSION
from model.presets.catalogue import entry
from model.proposals.cards import THEMES, Card, card, cards, link_fields, network_of
from model.proposals.proposal import ANY, Proposal
from model.words.text import month
from ui import state
from ui.encoded import encoded
from ui.link import SEED, Moment
from ui.proposal.picker import STATUSES
from ui.text import as_markdown

PAGE = "pages/proposal.py"
AT_FIRST = 9
"""Cards before somebody asks for all of them."""
BADGES = 3
"""Settings that a card names; of more it says how many."""

_KEPT = ("gallery-themes", "gallery-network", "gallery-status", "gallery-all")


def gallery() -> None:
    """Filters and cards."""
    st.header("Proposals", anchor="proposals")
    st.caption(
        "The small pictures tell of supply after five years, or of what moves most where supply moves by less than "
        "0.1%. They follow the single path without shocks; pages of proposals open with ten years and many futures."
    )
    everything = cards()
    _own()
    _filters(everything)
    shown = [item for item in everything if _fits(item)]
    if not shown:
        st.markdown("No proposal fits all of these. Take one filter off, or encode your own.")
    first = shown if st.session_state.get("_gallery-all") else shown[:AT_FIRST]
    grid = st.grid(columns="auto", min_column_width=300, gap="small")
    for item in first:
        with grid.cell(), st.container(key=f"card-{item.part.name}", border=True, gap="small"):
            _card(item)
    if len(first) < len(shown):
        st.button(f"Show all {len(shown)}", key="gallery-all", on_click=_keep_all)


def _keep_all() -> None:
    st.session_state["_gallery-all"] = True


# ---- filters ------------------------------------------------------------------------------------------------
def _filters(everything: tuple[Card, ...]) -> None:
    """What it touches, on which network, in which state; kept while pages change."""
    networks = sorted({network_of(item.part) for item in everything}, key=lambda name: (name == ANY, _title(name)))
    with st.container(key="gallery-filters", gap="small"):
        left, right = st.columns([0.4, 0.6], gap="small")
        with left:
            _pills("Touches", "gallery-themes", THEMES, str)
        with right:
            _pills("Status", "gallery-status", list(STATUSES), lambda status: STATUSES[status][0])
        _pills("Network", "gallery-network", networks, _title)


def _pills(label: str, key: str, options: object, words: object) -> None:
    st.session_state[key] = st.session_state.get(f"_{key}", [])

    def keep() -> None:
        st.session_state[f"_{key}"] = st.session_state[key]

    st.pills(label, options, selection_mode="multi", key=key, format_func=words, on_change=keep, wrap=True)  # type: ignore[call-overload]


def _fits(item: Card) -> bool:
    """Whether a card stands under the filters: one of the networks, one of the states, all of the themes."""
    themes, networks, states = (st.session_state.get(f"_{key}", []) for key in _KEPT[:3])
    return (
        set(themes) <= set(item.themes)
        and (not networks or network_of(item.part) in networks)
        and (not states or item.part.status in states)
    )


def _title(network: str) -> str:
    return "Any network" if network == ANY else entry(network).title


def _shown_on(part: Proposal) -> str:
    """Its network; of what fits any, the one that its result and its link are of."""
    home = entry(part.home.partition("@")[0]).title
    return f"Any network, here {home}" if network_of(part) == ANY else home


# ---- cards --------------------------------------------------------------------------------------------------
def query_of(part: Proposal) -> dict[str, str]:
    """Fields of the link that opens a proposal from a file as it was put."""
    return {"v": VERSION, **link_fields(part), "seed": str(SEED)}


def _card(item: Card) -> None:
    part = item.part
    st.page_link(PAGE, label=f"**{as_markdown(part.title)}**", query_params=query_of(part))
    word, icon = STATUSES[part.status]
    when = f" · {month(part.put)}" if part.put else ""
    st.markdown(
        f":gray-badge[{icon} {word}] {as_markdown(_shown_on(part))}{when}\n\n"
        f"{as_markdown(first_sentence(part.summary))}\n\n{_badges(item.settings)}"
    )
    if item.outcome:
        with st.container(
            key=f"spark-{part.name}", horizontal=True, vertical_alignment="center", gap="small", wrap=False
        ):
            st.html(sparkline(item.years, item.ratios, f"{item.outcome}, against the baseline"), width=92)
            st.markdown(as_markdown(f"{item.outcome}, on the single path"))


def _badges(settings: tuple[str, ...]) -> str:
    named = [f":gray-badge[{as_markdown(label)}]" for label in settings[:BADGES]]
    more = len(settings) - BADGES
    return " ".join([*named, f"and {more} more"] if more > 0 else named)


def first_sentence(text: str) -> str:
    """The first sentence of a summary."""
    return text.partition(". ")[0].rstrip(".") + "."


def _own() -> None:
    """What was encoded in this session, with links that carry the whole text."""
    for part in encoded().values():
        item = card(part)
        with st.container(key=f"own-{part.name}", border=True, gap="small"):
            moment = Moment(state.proposed(part))
            st.page_link(PAGE, label=as_markdown(part.title), query_params=moment.query)
            st.markdown(f":gray-badge[Encoded in this session] {_badges(item.settings)}")
