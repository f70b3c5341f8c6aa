"""The answer beside the encoding form: as soon as one change is complete, whatever else is still missing."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st

from model import BallastError, Scenario, load_network
from model.engine.kept import MedianRun
from model.outcomes import measures
from model.proposals.draft import Draft
from model.proposals.draft_check import Findings, complete_provisions, placeholder
from model.proposals.files import proposal_to_toml
from model.proposals.proposal import Proposal
from model.scenario.changes import changes_of
from model.spread import spread
from model.supply_events import EFFECTS
from model.words.futures_sentences import spread_sentence
from model.words.headline import headline
from model.words.text import month, quantity
from model.words.verdict import verdict
from ui import state
from ui.changes_drawer import change_text
from ui.dialogs import LONGEST_LINK
from ui.encode.fields import try_it
from ui.encoded import keep
from ui.link import Moment
from ui.panels import panel
from ui.runs import run_of
from ui.text import as_markdown

MOST_IN_ADDRESS = 30_000
"""Characters from which on a server would refuse the address at the next reload."""

MEASURE = "supply"


def preview(draft: Draft) -> None:
    """Sentences, one chart, in how many futures, and what would change; nothing of it waits for the header."""
    st.header("What it would do", anchor=False)
    provisions = complete_provisions(draft)
    if not provisions:
        st.markdown("Choose a setting and its new value: the answer appears here.")
        return
    part = placeholder(draft, provisions)
    try:
        shown = Scenario(load_network(draft.home), proposals=[part])
    except BallastError as problem:
        st.error(as_markdown(str(problem)), icon=":material/block:")
        return
    moment = replace(state.now(), scenario=shown)
    _answer(moment, draft.title.strip())
    _table(shown, part)


def _answer(moment: Moment, title: str) -> None:
    run = run_of(moment)
    called = moment.scenario.stacked[0].model_copy(update={"title": title or "This proposal"})
    with st.container(key="sentence-encode"):
        st.markdown(as_markdown(headline(run, replace(moment.scenario, proposals=(called,)))))
    told = [sentence for sentence in verdict(run) if not sentence.startswith("Supply")]
    st.markdown(as_markdown(" ".join(told)))
    with st.container(key="panel-encode"):
        panel("slot-chart-encode", MEASURE, moment, None)
    if isinstance(run, MedianRun):
        st.markdown(as_markdown(spread_sentence(spread(run, measures(run.system)[MEASURE]))))


def _table(shown: Scenario, part: Proposal) -> None:
    """One line per setting that moves and per supply event."""
    rows = [(change.concrete.label, change_text(change)) for change in changes_of(shown)]
    rows += [
        ("Supply event", f"{quantity(event.tokens, 'tokens')} {EFFECTS[event.effect]} in {month(event.date)}")
        for provision in part.provisions
        for event in provision.events
    ]
    lines = ["| What changes | From what to what |", "|---|---|"]
    lines += [f"| {as_markdown(label)} | {as_markdown(words)} |" for label, words in rows]
    st.markdown("\n".join(lines))


# ---- taking it along ----------------------------------------------------------------------------------------
def finish(draft: Draft, found: Findings) -> None:
    """What is still missing, or the file and the ways to try it."""
    if found.proposal is None:
        _not_yet(draft, found)
        return
    part = found.proposal
    moment = replace(state.now(), scenario=Scenario(load_network(draft.home), proposals=(part,)))
    length = len(urlencode(moment.query))
    with st.container(key="encode-finish", horizontal=True, gap="small"):
        st.download_button(
            "Download the file", proposal_to_toml(part), f"{part.name}.toml", "application/toml", key="encode-download",
            icon=":material/download:", type="primary", on_click="ignore",
        )  # fmt: skip
        too_long = length > MOST_IN_ADDRESS
        for page, label in (
            ("pages/sandbox.py", "Try it in the Sandbox"),
            ("pages/proposal.py", "Read it as a Proposal"),
        ):
            if st.button(label, key=f"encode-to-{page}", disabled=too_long, on_click=_open, args=(part, moment)):
                st.switch_page(page)
    st.markdown(_travels(length))


def _not_yet(draft: Draft, found: Findings) -> None:
    needed = list(dict.fromkeys(found.missing_in_order(draft).values()))
    if needed:
        st.markdown(as_markdown(f"Still needed for the file: {', '.join(needed)}."))
    if found.wrong:
        count = len(found.wrong)
        st.markdown(f"{count} field{'s' if count > 1 else ''} cannot stand as typed; the sentence beside it says why.")
    st.button("Show me where", key="encode-try", on_click=try_it)


def _travels(length: int) -> str:
    """How others get to see it."""
    if length > MOST_IN_ADDRESS:
        return (
            f"It has too much text for an address ({length} characters; at most {MOST_IN_ADDRESS}). Shorten notes and "
            "summary to try it here, or download the file, which has room for all of it."
        )
    if length > LONGEST_LINK:
        return (
            f"Its link has {length} characters, which many programs cut off: download the file and send it beside the "
            "link. Who opens it here sees the same."
        )
    return f"Its link carries the whole proposal ({length} characters): who opens it sees the same without the file."


def _open(part: Proposal, moment: Moment) -> None:
    keep(part)
    state.load(moment)
