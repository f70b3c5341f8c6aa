"""The scorecard to take away, as Markdown and as JSON, with the link that restores it."""

from __future__ import annotations

import streamlit as st

from model.scorecard import Scorecard
from model.scorecard.written import as_json, document
from ui import state
from ui.exports import address_of, terms_of
from ui.link import Moment


def take_scorecard_away(before: Scorecard, after: Scorecard, moment: Moment) -> None:
    """A closed box; files are made on the click."""
    box = st.popover("Take it away", key="take-scorecard", on_change="rerun", icon=":material/download:")
    if not box.open:
        return
    link = address_of(st.context.url or "", state.query(moment))
    terms, scenario = terms_of(moment, link).words, moment.scenario
    stem = f"ballast-scorecard-{moment.scenario.network.name}"
    with box:
        st.markdown("Every quantity with its source, date, grade, threshold and score; unknown stays unknown.")
        st.code(link, language=None, wrap_lines=True)
        with st.container(horizontal=True, gap="small"):
            st.download_button(
                "Download Markdown", lambda: document(after, link, terms, scenario).markdown(), f"{stem}.md",
                "text/markdown", on_click="ignore", key="get-scorecard-markdown",
            )  # fmt: skip
            st.download_button(
                "Download JSON", lambda: as_json(before, after, link, terms, scenario), f"{stem}.json",
                "application/json", on_click="ignore", key="get-scorecard-json",
            )  # fmt: skip
