"""What the page New network asks, kept in its link: boxes, three tables, and the last design that fits together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from model import BallastError
from model.design.design import ARCHETYPES, Design, network_of
from model.design.kinds import KINDS
from model.design.tables import BUCKETS, ROLES, STREAMS, boxes_of, design_from, rows_of
from model.networks.tables import Cell
from model.presets.catalogue import entry
from ui import state
from ui.network import bench_fields
from ui.network.bench_fields import ChoiceBox, DayBox, NumberBox, WordsBox
from ui.network.bench_table import as_field

PAGE = "design"
START = Design()
"""What a visitor sees who has typed nothing."""

_FITS = "_design-fits"
_START = boxes_of(START)


def _percent(name: str, label: str, help: str, low: float = 0.0, high: float = 100.0) -> NumberBox:
    return NumberBox(name, f"{label}, %", _START[name], low, high, help=help, page=PAGE)


TITLE = WordsBox("title", "Name of the network", START.title, page=PAGE)
TOKEN = WordsBox("token", "Token", START.token, 10, "Letters and digits.", page=PAGE)
ARCHETYPE = ChoiceBox(
    "archetype",
    "Reactions borrowed from",
    {name: entry(name).title for name in ARCHETYPES},
    START.archetype,
    help="How buyers, stakers and providers react is borrowed from this archetype until there is a history. It changes "
    "no figure that you typed; the buttons above fill in a whole design.",
    page=PAGE,
)
LAUNCH = DayBox("launch", "Launch", START.launch, dt.date(2009, 1, 3), dt.date(2100, 12, 31), page=PAGE)
PRICE = NumberBox(
    "price", "Price at launch, USD", START.price, 1e-9, 1e9, 0.1, page=PAGE,
    help="Everything measured in USD hangs on this expectation.",
)  # fmt: skip
SUPPLY = NumberBox(
    "supply_millions", "Supply, million tokens", _START["supply_millions"], 1e-6, 1e12, 10.0, page=PAGE,
    help="All tokens that exist on the first day, locked ones among them.",
)  # fmt: skip
STAKED = _percent("staked_percent", "Staked", "Of the tokens that are free on the first day.", high=99.0)
EMISSION = NumberBox(
    "emission_millions", "Emission, million tokens a year", _START["emission_millions"], 0.0, 1e12, page=PAGE,
    help="New tokens, the same number every year.",
)  # fmt: skip
GROWTH = _percent(
    "demand_growth_percent", "Growth of demand a year", "Of each stream; continuous.", low=-50.0, high=100.0
)
_REST = "The roles receive the rest."
STAKER_FEES = _percent("staker_fee_percent", "Of revenue to stakers", f"Of revenue that is not burned. {_REST}")
TREASURY_FEES = _percent(
    "treasury_fee_percent", "Of revenue to the treasury", f"Of revenue that is not burned. {_REST}"
)
STAKER_EMISSION = _percent("staker_emission_percent", "Of emission to stakers", _REST)
TREASURY_EMISSION = _percent("treasury_emission_percent", "Of emission to the treasury", _REST)

Box = WordsBox | ChoiceBox | DayBox | NumberBox
BOXES: tuple[Box, ...] = (
    TITLE, TOKEN, ARCHETYPE, LAUNCH, PRICE, SUPPLY, STAKED, EMISSION, GROWTH,
    STAKER_FEES, TREASURY_FEES, STAKER_EMISSION, TREASURY_EMISSION,
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """The design that the answer is about.

    Attributes
    ----------
    problem
        Why what is typed does not fit together, in a sentence; "" where it is what is shown.
    instead
        What is shown then, in words.
    """

    design: Design
    problem: str = ""
    instead: str = ""


def design_on_screen(tables: Mapping[str, list[dict[str, Cell]]]) -> Shown:
    """The design of what is typed; where that does not fit together, the last one that did."""
    try:
        made = design_from({box.name: box.field.value() for box in BOXES}, tables)
        network_of(made)
    except BallastError as problem:
        last: Design | None = st.session_state.get(_FITS)
        if last is None:
            return Shown(START, str(problem), "the opening design")
        return Shown(last, str(problem), "the last design that did")
    st.session_state[_FITS] = made
    return Shown(made)


def fill_in(kind: str) -> None:
    """Put the opening figures of one kind of token into boxes and tables, name and launch apart; undo takes it back."""
    design = KINDS[kind]
    said = boxes_of(design)
    kept = {TITLE.name, TOKEN.name, LAUNCH.name}
    filled: dict[Any, Any] = {box.field: said[box.name] for box in BOXES if box.name not in kept}
    for form in (ROLES, STREAMS, BUCKETS):
        filled |= as_field(form, rows_of(form, START), rows_of(form, design), name=form.name, page=PAGE)
    bench_fields.put(filled)


def has_typed() -> bool:
    """Whether anything differs from the opening design."""
    return any(key.startswith(f"{PAGE}.") for key in state.page_fields())


def start_again() -> None:
    """Take everything that was typed out of the link; undo brings it back."""
    gone: dict[str, Any] = {key: None for key in state.page_fields() if key.startswith(f"{PAGE}.")}
    state.put_page_fields(gone)
