"""What a window offers to put a card elsewhere: words for a forum first, then a frame for a page of one's own."""

from __future__ import annotations

import streamlit as st

from model.words.scenario_words import name_of
from ui.embed.card import FIRST_CHART, card_of
from ui.embed.links import FRAME_HEIGHT, PHONE_HEIGHT, card_link, frame, full_page, has_something_proposed
from ui.link import Moment
from ui.panels import choices

FORUM = "Forum post"
FRAME = "Frame"


def forum_post(moment: Moment) -> None:
    """The card as Markdown, to be copied."""
    proposed = has_something_proposed(moment.scenario)
    link = full_page(st.context.url or "", moment.settings, proposed=proposed)
    st.markdown(
        "Take this one for a governance forum: most of them (Discourse, for one) drop frames of hosts they do not know "
        "and keep Markdown. A picture to upload beside it is under **Take it away**, Picture."
    )
    st.code(card_of(moment).document(link).markdown(), language=None, wrap_lines=True)


def frame_snippet(moment: Moment, *, key: str) -> None:
    """HTML with the card in a frame, to be copied; `key` tells the choice of chart of several windows apart."""
    offered = choices(moment.scenario.system)
    chart = st.selectbox(
        "Chart of the card", list(offered), index=list(offered).index(FIRST_CHART), key=f"frame-{key}",
        format_func=lambda name: offered[name],
    )  # fmt: skip
    link = card_link(st.context.url or "", moment, str(chart))
    st.markdown(
        "For a page of your own, or a forum that lets frames of this host in. It shows the card without the app "
        "around it, in light or dark as the reader's system asks, "
        f"{FRAME_HEIGHT} pixels high, on a phone up to {PHONE_HEIGHT:,}; a longer card scrolls in its frame."
    )
    st.code(frame(link, name_of(moment.scenario)), language=None, wrap_lines=True)
    st.link_button("See the card alone", link, icon=":material/open_in_new:")
