"""The columns of the Compare page: their runs, their headers, and what can be done with each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from model import Scenario
from model.comparison.compare import ground
from model.comparison.rows import Column, are_of_one_network
from model.words.scenario_words import source_of
from model.words.text import month
from ui import state
from ui.compare import slots
from ui.link import Moment
from ui.runs import compared
from ui.text import as_markdown

ROLE = {"Baseline": "baseline", "A": "scenario", "B": "comparison", "C": "second_comparison"}
"""What draws a column in every chart."""


def columns() -> list[Column]:
    """The baseline of the first kept scenario, then every kept one; those of one network share a run."""
    kept, shown = slots.slots(), state.now()
    moments = {letter: replace(shown, scenario=slot.scenario) for letter, slot in kept.items()}
    found: list[Column] = []
    for letter, slot in kept.items():
        group = _group(letter, moments)
        run = compared(tuple(map(str.upper, group)), tuple(moments[other] for other in group))
        if not found:
            first = slot.scenario
            plain = Scenario(first.network, assumptions=first.assumptions, initial=first.initial, stress=first.stress)
            alike = all(ground(moments[other].scenario) == ground(first) for other in group)
            found.append(Column("Baseline", "Today's rules", plain if alike else Scenario(first.network), run, 0))
        found.append(Column(letter.upper(), slot.name, slot.scenario, run, 1 + group.index(letter)))
    return found


def _group(letter: str, moments: Mapping[str, Moment]) -> list[str]:
    """Letters of all scenarios on the network of one of them."""
    identity = moments[letter].scenario.network.identity
    return [other for other, moment in moments.items() if moment.scenario.network.identity == identity]


def reference_of(column: Column, shown: list[Column]) -> Column:
    """What a column is held against: the locked one, or the baseline of its own network."""
    locked = next((other for other in shown if other.letter.lower() == slots.reference()), None)
    return column.own_baseline if locked is None or locked.letter == "Baseline" else locked


def notices(shown: list[Column]) -> list[str]:
    """What to know before columns are read beside each other."""
    told = list(slots.slot_notes())
    if not are_of_one_network(shown):
        networks = list(dict.fromkeys((c.scenario.network.title, month(c.scenario.network.as_of)) for c in shown))
        named = " and ".join(f"{title} of {date}" for title, date in networks)
        told.append(
            f"These columns are of {named}: amounts are shown as an index of each one's own first day (100), "
            "shares and rates as they are, dates as years from that day. Without a locked column each is held "
            "against the baseline of its own network."
        )
    for network in {c.scenario.network.identity for c in shown}:
        own = [c for c in shown[1:] if c.scenario.network.identity == network]
        if any(ground(c.scenario) != ground(own[0].scenario) for c in own[1:]):
            letters = " and ".join(c.letter for c in own)
            told.append(
                f"{letters} do not rest on the same assumptions, first day, stresses or earlier proposals: a "
                "difference between them is not their provisions' alone. The baseline is the network as its preset "
                "has it."
            )
    left_out = [letter.upper() for letter in slots.too_long()]
    if left_out:
        told.append(f"{' and '.join(left_out)} would make the link too long; it leaves out what it cannot carry.")
    return told


# ---- headers ------------------------------------------------------------------------------------------
def headers(shown: list[Column]) -> None:
    """One card per column: letter, name, source, link and what can be done with it."""
    grid = st.grid(columns=len(shown), min_column_width=240, gap="small")
    for column in shown:
        with grid.cell(), st.container(key=f"column-{column.letter.lower()}", border=True, height="stretch"):
            _header(column)


def _header(column: Column) -> None:
    letter = column.letter.lower()
    locked = slots.reference() == letter
    told = " (reference)" if locked else ""
    st.markdown(f"**{column.letter}**{told}")
    if letter == slots.BASELINE:
        st.markdown(as_markdown(f"{source_of(column.scenario)}. No lever moved."))
        st.button(
            "Hold against this", key="lock-baseline", disabled=locked, on_click=slots.lock, args=(slots.BASELINE,)
        )
        return
    st.session_state[f"name-{letter}"] = column.name
    st.text_input(
        f"Name of {column.letter}",
        key=f"name-{letter}",
        max_chars=slots.LONGEST_NAME,
        on_change=lambda: slots.rename(letter, st.session_state[f"name-{letter}"]),
        label_visibility="collapsed",
    )
    st.markdown(as_markdown(f"{source_of(column.scenario)}."))
    with st.container(horizontal=True, gap="small"):
        box = st.popover(f"Change {column.letter}", key=f"actions-{letter}", on_change="rerun")
        if box.open:
            with box:
                _actions(column, letter, locked)
        link = st.popover(f"Link to {column.letter}", key=f"link-{letter}", on_change="rerun")
        if link.open:
            with link:
                st.markdown(f"This link opens {column.letter} alone, in the Sandbox.")
                st.code(_link(column), language=None, wrap_lines=True)


def _link(column: Column) -> str:
    address = (st.context.url or "").split("?")[0].rpartition("/")[0]
    return f"{address}/sandbox?{urlencode(_query(column))}"


def _query(column: Column) -> dict[str, str]:
    return state.query(replace(state.now(), scenario=column.scenario))


def _actions(column: Column, letter: str, locked: bool) -> None:
    st.button("Hold others against it", key=f"lock-{letter}", disabled=locked, on_click=slots.lock, args=(letter,))
    free = slots.free_letter()
    label = f"Duplicate as {free.upper()}" if free else "Duplicate (all columns are taken)"
    st.button(label, key=f"duplicate-{letter}", disabled=not free, on_click=slots.duplicate, args=(letter,))
    for other in slots.LETTERS:
        if other != letter:
            st.button(
                f"Swap with {other.upper()}", key=f"swap-{letter}-{other}", on_click=slots.swap, args=(letter, other)
            )
    st.page_link("pages/sandbox.py", label="Open in Sandbox", query_params=_query(column))
    st.button("Remove", key=f"remove-{letter}", on_click=slots.remove, args=(letter,))
