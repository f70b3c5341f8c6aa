"""The Network page where a network has no chain whose rules could be computed."""

from __future__ import annotations

import streamlit as st

from model.presets.catalogue import entry
from ui import state
from ui.link import Moment
from ui.text import as_markdown

BENCHES = {
    "bittensor": "emission, consensus, pools",
    "render": "mint and burn of an epoch",
    "internet-computer": "node pay, rewards, voting",
    "fetch": "inflation, conversion",
}
"""What each bench computes, by network."""


def no_bench(moment: Moment) -> None:
    """Say so, and where to go on."""
    title = moment.scenario.network.title
    with st.container(key="no-bench"):
        st.markdown(
            as_markdown(
                f"{title} has no chain of its own to compute: its rules are the equations of the model. Four networks "
                "have rules that are computed here to the chain's own numbers:"
            )
        )
        with st.container(key="benches", horizontal=True, gap="small"):
            for name, what in BENCHES.items():
                label = as_markdown(f"{entry(name).title}: {what}")
                st.button(label, key=f"bench-{name}", on_click=state.choose_network, args=(name,))
    st.page_link("pages/model.py", label="Open the equations of the model", query_params=state.query())
