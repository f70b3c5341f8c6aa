from importlib import import_module
from importlib.util import find_spec

import streamlit as st

from ui import state
from ui.scenario_bar import scenario_bar
from ui.shell import ensure_shell, header
from ui.text import as_markdown

ensure_shell("pages/network.py")

BENCHES = {
    "bittensor": "ui.network_bittensor",
    "render": "ui.network_render",
    "internet-computer": "ui.network_icp",
    "fetch": "ui.network_fetch",
}

header(
    "Network", "The chain's own rules, computed to its own numbers: change an input or a rule and see who gets what."
)
moment = state.now()
scenario_bar(horizon=False)
module = BENCHES.get(moment.scenario.network.name, "")
if module and find_spec(module):
    import_module(module).bench(moment)
else:
    with st.container(key="no-bench"):
        st.markdown(
            as_markdown(
                f"{moment.scenario.network.title} has no chain of its own to compute: its rules are the equations of "
                "the model. Pick Bittensor, Render, Internet Computer or Fetch.ai above for a bench, or read the "
                "equations:"
            )
        )
    st.page_link("pages/model.py", label="Open the equations of the model", query_params=state.query())
