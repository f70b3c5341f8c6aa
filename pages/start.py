import streamlit as st

from model.words.by_hand import state_words
from model.words.scenario_words import name_of
from ui import state
from ui.scenario_bar import undo_buttons, window_buttons
from ui.shell import ensure_shell, header, unknown_page
from ui.start.examples import NETWORKS
from ui.start.explorable import explorable
from ui.start.gallery import gallery
from ui.start.onboarding import strip
from ui.text import as_markdown

ensure_shell("pages/start.py")

header(
    "Try a token proposal before you vote on it",
    "See what a change of token rules would do to supply, price pressure, staking and the treasury, before the vote.",
)
if asked := unknown_page("start"):
    st.warning(as_markdown(f"There is no page {asked[:60]!r}; this is Start."))
for note in state.notes():
    st.warning(as_markdown(note))
if state.has_state():
    with st.container(key="card-continue", border=True, horizontal=True, vertical_alignment="center", gap="medium"):
        st.markdown(f"**Continue “{as_markdown(name_of(state.scenario()))}”**", width="content")
        st.markdown(as_markdown(state_words(state.scenario())), width="content")
        st.page_link("pages/sandbox.py", label="In the Sandbox", query_params=state.query())
        st.page_link("pages/proposal.py", label="As a proposal", query_params=state.query())

offers = st.container(key="offers", horizontal=True, gap="medium")
with offers, st.container(key="card-preview", border=True, height="stretch"):
    st.header("Preview a proposal", anchor=False)
    st.markdown("Three sentences, who gains and who pays, and how sure that is.")
    st.page_link("pages/proposal.py", label="Choose one of the proposals")
    st.page_link("pages/encode.py", label="Write down one of your own")
with offers, st.container(key="card-try", border=True, height="stretch"):
    st.header("Try the levers", anchor=False)
    st.markdown("Start from a network as it is and move one lever at a time.")
    for example in NETWORKS:
        st.page_link("pages/sandbox.py", label=example.title, query_params=example.query)
with offers, st.container(key="card-design", border=True, height="stretch"):
    st.header("Design a token", anchor=False)
    st.markdown("Say what has to hold, and find the settings that hold it.")
    st.page_link("pages/design.py", label="Begin a new network")
    st.page_link("pages/tune.py", label="Tune one that exists", query_params=state.query())
with offers, st.container(key="card-workshop", border=True, height="stretch"):
    st.header("Run a workshop", anchor=False)
    st.markdown("A room predicts before it sees: one screen, thirty phones, 20 to 70 minutes.")
    st.page_link("pages/workshop.py", label="Open, join or rehearse", query_params=state.query())

explorable()
strip()
gallery()

with st.container(key="start-bar", horizontal=True, gap="small"):
    undo_buttons()
    window_buttons()
with st.container(key="foot"):
    st.markdown("Not a price forecast. A tool for reasoning together.")
    st.page_link(
        "pages/model.py",
        label="Five reasons to trust it, five to doubt it",
        query_params={**state.query(), "model.tab": "trust-and-doubt"},
    )
