import streamlit as st

from model.sentences import count_words
from ui import state
from ui.examples import NETWORKS, PROPOSALS
from ui.explorable import explorable
from ui.shell import ensure_shell, header
from ui.text import as_markdown

ensure_shell("pages/start.py")

header(
    "Start",
    "See what a change of token rules does to supply, price pressure, staking and the treasury, before the vote.",
)
for note in state.notes():
    st.warning(as_markdown(note))

shown = explorable()

cards = st.grid(columns="auto", min_column_width=260, gap="medium")
with cards.cell(), st.container(key="card-preview", border=True, height="stretch"):
    st.subheader("Preview a proposal", anchor=False)
    st.markdown("Open a change beside today's rules and read what would differ.")
    for number, example in enumerate(PROPOSALS):
        with st.container(key=f"open-proposal-{number}"):
            st.page_link("pages/sandbox.py", label=example.title, query_params=state.query(example.moment))
with cards.cell(), st.container(key="card-try", border=True, height="stretch"):
    st.subheader("Try the levers", anchor=False)
    st.markdown("Start from a network as it is and move one lever at a time.")
    for number, example in enumerate(NETWORKS):
        with st.container(key=f"open-network-{number}"):
            st.page_link("pages/sandbox.py", label=example.title, query_params=state.query(example.moment))
with cards.cell(), st.container(key="card-rest", border=True, height="stretch"):
    st.subheader("See where it rests", anchor=False)
    st.markdown("Find the price at which burning and minting would meet, and how long that would take.")
    with st.container(key="open-rest"):
        st.page_link(
            "pages/equilibrium.py", label="Open this burn share in Equilibrium", query_params=state.query(shown)
        )
if state.has_state():
    now = state.scenario()
    moved = (
        count_words(len(now.changes), "change")
        if now.changes
        else count_words(len(now.assumptions) + len(now.initial), "assumption")
    )
    with cards.cell(), st.container(key="card-continue", border=True, height="stretch"):
        st.subheader("Continue", anchor=False)
        st.markdown(as_markdown(f"{now.network.title}, {moved}."))
        with st.container(key="open-continue"):
            st.page_link("pages/sandbox.py", label="Back to the Sandbox", query_params=state.query())

with st.container(key="foot"):
    st.markdown("Not a price forecast. A tool for reasoning together.")
