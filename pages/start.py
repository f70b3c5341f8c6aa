import streamlit as st

from model.sentences import state_words
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

offers = st.container(key="offers", horizontal=True, gap="medium")
with offers, st.container(key="card-preview", border=True, height="stretch"):
    st.header("Preview a proposal", anchor=False)
    st.markdown("Open a change beside today's rules and read what would differ.")
    for example in PROPOSALS:
        st.page_link("pages/sandbox.py", label=example.title, query_params=example.query)
with offers, st.container(key="card-try", border=True, height="stretch"):
    st.header("Try the levers", anchor=False)
    st.markdown("Start from a network as it is and move one lever at a time.")
    for example in NETWORKS:
        st.page_link("pages/sandbox.py", label=example.title, query_params=example.query)
with offers, st.container(key="card-rest", border=True, height="stretch"):
    st.header("See where it rests", anchor=False)
    st.markdown("Find the price at which burning and minting would meet, and how long that would take.")
    st.page_link("pages/equilibrium.py", label="Rest point at this burn share", query_params=state.query(shown))
if state.has_state():
    with offers, st.container(key="card-continue", border=True, height="stretch"):
        st.header("Continue", anchor=False)
        st.markdown(as_markdown(state_words(state.scenario())))
        st.page_link("pages/sandbox.py", label="Back to the Sandbox", query_params=state.query())

with st.container(key="foot"):
    st.markdown("Not a price forecast. A tool for reasoning together.")
