"""The encoding form around the changes: where to begin, who proposes what and when, sources, scope."""

from __future__ import annotations

import streamlit as st

from model import BallastError
from model.errors import PresetError
from model.presets.catalogue import catalogue, entry
from model.presets.files import network_vintages
from model.proposals.draft import Draft, SourceDraft, draft_by_hand, draft_of
from model.proposals.draft_check import Findings
from model.proposals.draft_words import GRADE_WORDS
from model.proposals.files import LONGEST, load_proposal, proposal_names, read_proposal
from model.words.text import month
from ui import state
from ui.encode.fields import bring_back, can_bring_back, choice, day, draft, replace_draft, text, told
from ui.encoded import encoded
from ui.proposal.picker import STATUSES
from ui.text import as_markdown

_NOTE = "_encode_note"
MEGABYTES = 1
"""Largest file that is taken in; a proposal has at most a tenth of that."""


# ---- where to begin -----------------------------------------------------------------------------------------
def beginnings() -> None:
    """Blank, a proposal that exists, what is in the Sandbox, or a file; what was typed can be brought back."""
    with st.container(key="encode-begin", horizontal=True, gap="small", vertical_alignment="center"):
        with st.popover("Start from ...", key="encode-from", on_change="rerun") as box:
            if box.open:
                _sources_of_drafts()
        st.button(
            "Clear the form", key="encode-clear", on_click=replace_draft, args=(Draft(),), disabled=draft().is_blank
        )
        st.button(
            "Bring back what was typed before", key="encode-back", on_click=bring_back, disabled=not can_bring_back()
        )
    note = st.session_state.get(_NOTE)
    if note:
        st.error(as_markdown(note), icon=":material/block:")


def _sources_of_drafts() -> None:
    parts = {part.name: part for part in (*map(load_proposal, proposal_names()), *encoded().values())}
    st.session_state["encode-copy"] = None

    def copy() -> None:
        name = st.session_state["encode-copy"]
        if name:
            _put(draft_of(parts[name]))

    st.selectbox(
        "A proposal that exists", list(parts), index=None, key="encode-copy", on_change=copy,
        format_func=lambda name: parts[name].title, placeholder=f"Search {len(parts)} proposals",
    )  # fmt: skip
    shown = state.scenario()
    written = bool(shown.network.written)
    st.button(
        "What is moved by hand in the Sandbox", key="encode-sandbox",
        disabled=written or not (shown.changes or shown.events),
        on_click=lambda: _put(draft_by_hand(state.scenario())),
    )  # fmt: skip
    if written:
        st.markdown(
            as_markdown(
                f"{shown.network.title} does not come with the app: a proposal names a network that does, so what is "
                "moved there cannot become one. Its link carries it."
            )
        )
    st.file_uploader(
        "A file (.toml)", type=["toml"], key="encode-file", max_upload_size=MEGABYTES, on_change=_uploaded,
        help="A file that was downloaded here, or one that follows the same form.",
    )  # fmt: skip


def _put(new: Draft) -> None:
    st.session_state[_NOTE] = None
    replace_draft(new)


def _uploaded() -> None:
    """Read a file into the form; one that cannot be read changes nothing and says why."""
    file = st.session_state.get("encode-file")
    if file is None:
        return
    try:
        _put(draft_of(read_proposal(_decoded(file.getvalue(), file.name), where=file.name[:80], kind="proposal")))
    except BallastError as problem:
        st.session_state[_NOTE] = f"{problem} What was typed is still here."


def _decoded(content: bytes, name: str) -> str:
    if len(content) > 4 * LONGEST:
        raise PresetError(
            f"the file has {len(content)} bytes", where=name[:80], allowed=f"up to {4 * LONGEST}", todo="shorten it"
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise PresetError(
            "the file is no text in UTF-8",
            where=name[:80],
            allowed="a TOML file",
            todo="check that it is the right one",
        ) from None


# ---- what it is ---------------------------------------------------------------------------------------------
def heading(draft: Draft, found: Findings) -> None:
    """Title, network, status, people and dates."""
    st.header("What it is", anchor=False)
    text(found, draft, "title", "Title", hint="A fifth of revenue burned, paid by users")
    _network(draft)
    text(found, draft, "summary", "Summary", tall=80, hint="One or two sentences: what would change, and for whom")
    one, two, three = st.columns(3)
    with one:
        choice(found, draft, "status", "Status", list(STATUSES), lambda status: STATUSES[status][0])
        text(found, draft, "author", "Proposed by", hint="Person, team or forum")
    with two:
        day(found, draft, "put", "Put on")
        text(found, draft, "encoded_by", "Encoded by", hint="Empty: the same")
    with three:
        day(found, draft, "decided", "Decided on", tip="Empty: not yet.")
    for uid, name in found.wrong:
        if uid == 0 and name not in HEADED:
            told(found, 0, name)


HEADED = frozenset({"title", "summary", "status", "author", "put", "encoded_by", "decided", "provisions",
                    "models", "does_not_model", "sources"})  # fmt: skip
"""Fields of the header whose sentence stands beside them; any other is told below all of them."""


def _network(draft: Draft) -> None:
    """Network and date, or any; and on which one a proposal for any is looked at."""
    names = [offered.name for offered in catalogue()]
    chosen = "any" if draft.is_for_any else draft.network.partition("@")[0]
    left, right = st.columns(2)
    with left:
        st.session_state["encode-network"] = chosen

        def choose() -> None:
            name = st.session_state["encode-network"]
            draft.network = "any" if name == "any" else _newest(name)

        st.selectbox(
            "Network", ["any", *names], key="encode-network", on_change=choose,
            format_func=lambda name: "Any network" if name == "any" else entry(name).title,
        )  # fmt: skip
    with right:
        if draft.is_for_any:
            _preview_network(draft, names)
        else:
            _vintage(draft, chosen)


def _newest(name: str) -> str:
    vintages = network_vintages(name)
    return f"{name}@{vintages[0]}" if vintages else name


def _preview_network(draft: Draft, names: list[str]) -> None:
    st.session_state["encode-example"] = draft.example.partition("@")[0]

    def choose() -> None:
        draft.example, draft.has_example = st.session_state["encode-example"], True

    st.selectbox(
        "Looked at on", names, key="encode-example", on_change=choose, format_func=lambda name: entry(name).title
    )


def _vintage(draft: Draft, name: str) -> None:
    vintages = [f"{name}@{vintage}" for vintage in network_vintages(name)] or [name]
    st.session_state["encode-vintage"] = draft.network if draft.network in vintages else vintages[0]
    draft.network = st.session_state["encode-vintage"]

    def choose() -> None:
        draft.network = st.session_state["encode-vintage"]

    st.selectbox(
        "Figures of", vintages, key="encode-vintage", on_change=choose, disabled=len(vintages) < 2,
        format_func=lambda identity: month(entry(identity).as_of),
        help="The network as it was when the proposal was put: what was decided since is not part of it.",
    )  # fmt: skip


# ---- sources and scope --------------------------------------------------------------------------------------
def sources(draft: Draft, found: Findings) -> None:
    """Where it comes from: at least one, each with a date and a grade."""
    st.header("Sources", anchor=False)
    for source in draft.sources:
        with st.container(key=f"source-row-{source.uid}", border=True):
            text(found, source, "title", "Title of the source", hint="Forum thread, motion, paper; or: own idea")
            text(found, source, "link", "Link", hint="https://")
            left, right = st.columns(2)
            with left:
                text(found, source, "date", "Date", hint="2026-11 or 2026-11-15")
            with right:
                choice(found, source, "grade", "Grade of evidence", list(GRADE_WORDS), lambda grade: GRADE_WORDS[grade])
            if len(draft.sources) > 1:
                st.button(
                    "Remove", key=f"drop-{source.uid}", type="tertiary", icon=":material/delete:",
                    on_click=draft.sources.remove, args=(source,),
                )  # fmt: skip
    told(found, 0, "sources")
    st.button("Add a source", key="add-source", on_click=lambda: draft.sources.append(SourceDraft()))


def scope(draft: Draft, found: Findings) -> None:
    """What it models and what it leaves out, one line each."""
    st.header("Scope", anchor=False)
    text(
        found, draft, "does_not_model", "What it does not model, one line each", tall=100,
        hint="exchange listings\nwhat the announcement alone would do",
    )  # fmt: skip
    text(
        found, draft, "models", "What it models, one line each", tall=80,
        hint="The titles of the changes, where left empty",
    )  # fmt: skip
