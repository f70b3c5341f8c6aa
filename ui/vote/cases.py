"""The library of cases: what is on record, what each side says, what is not known; any of them loads on the page."""

from __future__ import annotations

import streamlit as st

from model.governance.capture import PROCESS_FLAGS
from model.governance.cases import Case, cases
from model.proposals.proposal import Citation
from ui.text import as_markdown
from ui.vote import fields

OPENING = "compound-289"

_KINDS = {
    "vote": "a vote of record",
    "attack": "votes that were got and used",
    "allocation": "standing votes decide who is paid",
    "dispute": "a dispute that no vote decided",
    "hypothetical": "a rule that allows it; nobody did it",
}


def cases_panel() -> None:
    """Pick a case, read it, load it."""
    library = cases()
    loaded = fields.CASE.value()
    titles = {name: f"{case.title} ({case.date})" for name, case in library.items()}
    key = "vote-case-shown"
    if key not in st.session_state:
        st.session_state[key] = loaded or OPENING
    name = st.selectbox("Case", list(titles), format_func=titles.__getitem__, key=key)
    case = library[name]
    _told(case)
    with st.container(horizontal=True):
        st.button(
            "Load on this page", key="vote-case-load", on_click=fields.load_case, args=(name,), disabled=loaded == name
        )
        if loaded:
            st.button("Leave the case", key="vote-case-leave", on_click=fields.load_case, args=("",))
    if loaded == name:
        st.caption("Loaded: the rule above, the vote of record and what is reported are those of this case.")


def _told(case: Case) -> None:
    st.markdown(f"**{as_markdown(case.pattern)}** ({_KINDS[case.kind]})")
    st.markdown(as_markdown(case.summary))
    for line in case.facts:
        st.markdown(f"- {as_markdown(line.text)} {_cited(case.sources[line.source])}")
    if case.says:
        st.markdown("**What each side says**")
        for line in case.says:
            st.markdown(f"- {as_markdown(line.who)}: {as_markdown(line.text)} {_cited(case.sources[line.source])}")
    if case.process:
        st.markdown("**Reported about the process**")
        for flag in case.process:
            st.markdown(f"- {as_markdown(PROCESS_FLAGS[flag])}")
    if case.not_known:
        st.markdown("**Not known**")
        for text in case.not_known:
            st.markdown(f"- {as_markdown(text)}")
    if case.rule_note:
        st.caption(as_markdown(f"Rule it opens under: {case.rule_note}"))


def _cited(source: Citation) -> str:
    """Title, date and grade of a source, linked where it has an address."""
    told = f"{as_markdown(source.title)}, {source.date}, {source.grade}"
    return f"([{told}]({source.link}))" if source.link else f"({told})"
