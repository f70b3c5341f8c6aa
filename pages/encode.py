import datetime as dt

import streamlit as st

from model.proposals.draft_check import check
from ui.encode.changes import changes
from ui.encode.fields import draft
from ui.encode.form import beginnings, heading, scope, sources
from ui.encode.preview import finish, preview
from ui.scenario_bar import reading_buttons, tell_notes
from ui.shell import ensure_shell, header

ensure_shell("pages/encode.py")

header(
    "Encode a proposal",
    "Write down what a vote would change, read at once what that would do, and take the file along.",
)
tell_notes()
with st.container(key="encode-bar", horizontal=True, gap="small"):
    reading_buttons()
beginnings()

filled = draft()
found = check(filled, dt.date.today())
with st.container(key="encode", horizontal=True, gap="large"):
    with st.container(key="encode-form"):
        heading(filled, found)
        changes(filled, found)
        sources(filled, found)
        scope(filled, found)
    with st.container(key="encode-answer"):
        preview(filled)
        st.header("Take it along", anchor=False)
        finish(filled, found)
