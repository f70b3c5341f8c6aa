import streamlit as st

from model.words.scenario_words import name_of
from model.words.sentences import state_words
from ui import state
from ui.shell import ensure_shell, header, unknown_page
from ui.start.examples import NETWORKS
from ui.start.explorable import explorable
from ui.start.gallery import gallery
from ui.start.onboarding import strip
from ui.text import as_markdown

ensure_shell("pages/start.py")

header(
    "Start",
    "See what a change of token rules does to supply, price pressure, staking and the treasury, before the vote.",
)
if asked := unknown_page("start"):
    st.warning(as_markdown(f"There is no page {asked[:60]!r}; this is Start."))
for note in state.notes():
    st.warning(as_markdown(note))
strip()
if state.has_state():
    with st.container(key="card-continue", border=True, horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown(f"**Continue “{as_markdown(name_of(state.scenario()))}”**", width="content")
        st.markdown(as_markdown(state_words(state.scenario())), width="content")
        st.page_link("pages/sandbox.py", label="In the Sandbox", query_params=state.query())
        st.page_link("pages/proposal.py", label="As a proposal", query_params=state.query())

shown = explorable()
gallery()

offers = st.container(key="offers", horizontal=True, gap="medium")
with offers, st.container(key="card-try", border=True, height="stretch"):
    st.header("Try the levers", anchor=False)
    st.markdown("Start from a network as it is and move one lever at a time.")
    for example in NETWORKS:
        st.page_link("pages/sandbox.py", label=example.title, query_params=example.query)
with offers, st.container(key="card-encode", border=True, height="stretch"):
    st.header("Encode a proposal", anchor=False)
    st.markdown("Write down what a vote would change, read at once what that would do, and take the file along.")
    st.page_link("pages/encode.py", label="Open the form")
with offers, st.container(key="card-rest", border=True, height="stretch"):
    st.header("See where it rests", anchor=False)
    st.markdown("Find the price at which burning and minting would meet, and how long that would take.")
    st.page_link("pages/equilibrium.py", label="Rest point at this burn share", query_params=state.query(shown))

with offers, st.container(key="card-workshop", border=True, height="stretch"):
    st.header("Run a workshop", anchor=False)
    st.markdown("A room predicts before it sees: one screen, thirty phones, twenty to seventy minutes.")
    st.page_link("pages/workshop.py", label="Open, join or rehearse", query_params=state.query())

with st.container(key="foot"):
    st.markdown("Not a price forecast. A tool for reasoning together.")
    st.page_link(
        "pages/model.py",
        label="Five reasons to trust it, five to doubt it",
        query_params={**state.query(), "model.tab": "trust-and-doubt"},
    )
