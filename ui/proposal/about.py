"""What a proposal is and where it comes from: title, status, people, dates, sources, scope and version."""

from __future__ import annotations

import textwrap

import streamlit as st

from model import VERSION
from model.proposals.proposal import Citation, Proposal
from model.scenario.scenario import Scenario
from model.words.by_hand import by_hand
from model.words.no_effect import vintage_sentence
from model.words.text import month
from model.words.value_words import count_words
from ui import state
from ui.link import Moment
from ui.proposal.picker import badge
from ui.text import as_markdown


def title_block(moment: Moment) -> None:
    """Name, status and date of every proposal on screen, and what is moved by hand."""
    shown = moment.scenario
    for part in shown.stacked:
        with st.container(key=f"title-{part.name}", gap=None):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.header(as_markdown(part.title), anchor=False, width="content")
                badge(part)
                if len(shown.stacked) > 1:
                    st.button(
                        "Take off", key=f"take-off:{part.name}", type="tertiary", icon=":material/close:",
                        on_click=state.remove_proposal, args=(part.name,),
                    )  # fmt: skip
            st.markdown(f"{as_markdown(_people(part))} {as_markdown(part.summary)}")
            left_out = switched_off(shown, part)
            if left_out:
                st.markdown(as_markdown(left_out))
    told = hand_made(shown)
    if told:
        st.markdown(as_markdown(told))


def switched_off(shown: Scenario, part: Proposal) -> str:
    """Which provisions the numbers below leave out; empty where they leave out none."""
    names = [f"“{own.title}”" for own in part.provisions if f"{part.name}:{own.id}" in shown.without]
    return f"Numbers on this page leave out what is switched off: {', '.join(names)}." if names else ""


def hand_made(shown: Scenario) -> str:
    """What is moved by hand, beside or on top of proposals; empty where nothing is."""
    count = len(by_hand(shown)) + len(shown.events)
    if not count:
        return ""
    where = "on top of it" if len(shown.stacked) == 1 else "on top of them" if shown.stacked else "to today's rules"
    return f"{count_words(count, 'change')} by hand {where}.".capitalize()


def _people(part: Proposal) -> str:
    put = f"Put in {month(part.put)} by {part.author}." if part.put else f"By {part.author}."
    decided = f" Decided in {month(part.decided)}." if part.decided else ""
    return put + decided


def about(moment: Moment) -> None:
    """Sources, scope, who encoded it and on what it is laid."""
    shown = moment.scenario
    with st.container(key="about", gap="small"):
        for part in shown.stacked:
            if len(shown.stacked) > 1:
                st.markdown(f"**{as_markdown(part.title)}**")
            st.markdown(
                f"**Models:** {as_markdown('; '.join(part.models))}.\n\n"
                f"**Does not model:** {as_markdown('; '.join(part.does_not_model))}."
            )
            st.markdown(f"**Sources:** {'; '.join(map(cited, part.sources.values()))}.")
        st.markdown(as_markdown(_encoded(shown)))
    for part in shown.stacked:
        note = vintage_sentence(part, shown.network)
        if note:
            st.info(as_markdown(note), icon=":material/history:")


def cited(source: Citation, width: int = 400) -> str:
    """One source as Markdown: title (cut after `width` characters) with its link, date and grade of evidence."""
    title = as_markdown(textwrap.shorten(source.title, width, placeholder=" …"))
    linked = f"[{title}]({source.link})" if source.link else title
    return f"{linked} ({source.date}, {source.grade})"


def _encoded(shown: Scenario) -> str:
    network = f"Laid on {shown.network.title} of {month(shown.network.as_of)}, model {VERSION}."
    if not shown.stacked:
        return network
    who = dict.fromkeys(f"{part.encoded_by} ({month(part.as_of)})" for part in shown.stacked)
    return f"Encoded by {', '.join(who)}. {network}"
