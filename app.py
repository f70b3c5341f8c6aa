"""Entry point: theme, navigation and nothing else. Pages hold the content; the card of an embed stands without them."""

import streamlit as st

from ui.embed.page import embed_page, is_embed
from ui.shell import page_setup, shell_is_up
from ui.warm import warm_once

page_setup()
page = st.navigation(
    {
        "Decide": [
            st.Page("pages/start.py", title="Start", default=True),
            st.Page("pages/proposal.py", title="Proposal"),
            st.Page("pages/encode.py", title="Encode a proposal"),
            st.Page("pages/vote.py", title="Vote"),
            st.Page("pages/scorecard.py", title="Scorecard"),
        ],
        "Explore": [
            st.Page("pages/sandbox.py", title="Sandbox"),
            st.Page("pages/compare.py", title="Compare"),
            st.Page("pages/equilibrium.py", title="Equilibrium"),
            st.Page("pages/stress.py", title="Stress"),
            st.Page("pages/tune.py", title="Tune"),
            st.Page("pages/design.py", title="New network"),
            st.Page("pages/network.py", title="Network"),
        ],
        "Together": [st.Page("pages/workshop.py", title="Workshop")],
        "Reference": [st.Page("pages/model.py", title="Model")],
    },
    position="hidden" if is_embed() else "top",
)
shell_is_up()
warm_once()
if is_embed():
    embed_page()
else:
    page.run()
