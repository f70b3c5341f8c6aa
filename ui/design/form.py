"""The left side of the page New network: what founders say, as boxes and three tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from model.design.kinds import KINDS
from model.design.tables import BUCKETS, HOLDERS, ROLES, STREAMS, rows_of
from model.networks.tables import Cell, TableForm
from model.presets.allocation import GROUPS
from model.presets.catalogue import entry
from model.words.text import percent
from ui.design import fields as asked
from ui.design.fields import PAGE, START, Box
from ui.network.bench_table import bench_table
from ui.text import as_markdown

STYLE = Path(__file__).with_name("design.css")

_HOLDERS = ", ".join(f"{name} ({GROUPS[name]})" for name in HOLDERS)


def design_form() -> dict[str, list[dict[str, Cell]]]:
    """Draw it; the rows that stand, by table."""
    st.header("What it is", anchor="form")
    asked.TITLE.show()
    _beside(asked.TOKEN, asked.LAUNCH)
    _kinds()
    asked.ARCHETYPE.show()
    st.markdown(as_markdown(entry(asked.ARCHETYPE.field.value()).summary))
    st.header("Who does the work", anchor=False)
    roles = _table(ROLES, "Roles and what their work costs")
    st.markdown("The first row is the one whose capacity serves users. Weights divide what the roles receive.")
    st.header("Who pays", anchor=False)
    streams = _table(STREAMS, "Streams of revenue")
    asked.GROWTH.show()
    _beside(asked.STAKER_FEES, asked.TREASURY_FEES)
    st.header("Tokens", anchor=False)
    _beside(asked.PRICE, asked.SUPPLY)
    _beside(asked.STAKED, asked.EMISSION)
    _beside(asked.STAKER_EMISSION, asked.TREASURY_EMISSION)
    st.header("Who is given the first tokens", anchor=False)
    buckets = _table(BUCKETS, "Buckets of the first supply")
    st.markdown(as_markdown(_total(buckets)))
    st.markdown(
        as_markdown(
            "Free: on the first day; the rest unlocks evenly over the vesting time once the cliff has passed, both in "
            f"months. Holders are {_HOLDERS}."
        )
    )
    return {ROLES.name: roles, STREAMS.name: streams, BUCKETS.name: buckets}


def _kinds() -> None:
    """One button per kind of token: fills in a design of that kind to begin with."""
    st.markdown("Fill in a design of one kind to begin with, in invented figures; your name and launch day stay:")
    with st.container(key="design-kinds", horizontal=True, gap="small"):
        for kind in KINDS:
            st.button(entry(kind).title, key=f"kind:{kind}", on_click=asked.fill_in, args=(kind,))


def _beside(*boxes: Box) -> None:
    for column, box in zip(st.columns(len(boxes), gap="small", vertical_alignment="bottom"), boxes, strict=True):
        with column:
            box.show()


def _table(form: TableForm, label: str) -> list[dict[str, Cell]]:
    return bench_table(form, rows_of(form, START), name=form.name, label=label, page=PAGE)


def _total(buckets: Sequence[dict[str, Cell]]) -> str:
    return f"The shares add up to {percent(sum(float(row['share_percent']) for row in buckets) / 100)}."
