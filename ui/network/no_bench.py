"""The Network page where a network has no chain whose rules could be computed."""

from __future__ import annotations

import streamlit as st

from ui import state
from ui.link import Moment
from ui.text import as_markdown


def no_bench(moment: Moment) -> None:
    """Say so, and where to go on."""
    title = moment.scenario.network.title
    with st.container(key="no-bench"):
        st.markdown(
            as_markdown(
                f"{title} has no chain of its own to compute: its rules are the equations of the model. Pick "
                "Bittensor, Render, Internet Computer or Fetch.ai above for a bench, or read the equations:"
            )
        )
    st.page_link("pages/model.py", label="Open the equations of the model", query_params=state.query())
