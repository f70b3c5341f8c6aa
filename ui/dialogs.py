"""Windows over the page that a key opens: the link to share, the glossary, and the keys."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from model import VERSION
from model.proposals.files import proposal_to_toml
from model.scenario.links import WRITTEN_OUT
from model.words.glossary import TERMS
from ui import state
from ui.compare.tables import word_table
from ui.embed.offer import FORUM, FRAME, forum_post, frame_snippet
from ui.exports import address_of
from ui.glossary import card_text
from ui.keys import KEYS
from ui.link import Moment
from ui.start.onboarding import note_shared

LONGEST_LINK = 8_000
"""Characters that browsers, chats and forums carry without cutting a link off."""


@st.dialog("Share", width="medium")
def share(fields: Mapping[str, str], moment: Moment | None) -> None:
    """The address of what is on screen, to be copied; of one `moment`, also its card for a forum and for a page."""
    note_shared()
    kind = "Link"
    if moment is not None:
        kind = str(st.pills("As", ("Link", FORUM, FRAME), default="Link", key="share-kind", required=True))
    if moment is None or kind == "Link":
        _link(fields)
    elif kind == FORUM:
        forum_post(moment)
    else:
        frame_snippet(moment, key="share")


def _link(fields: Mapping[str, str]) -> None:
    """The link; where it is too long, the files that travel beside it."""
    link = address_of(st.context.url or "", fields)
    st.markdown(f"This link restores what is on screen: network, proposals, changes, horizon. Model {VERSION}.")
    st.code(link, language=None, wrap_lines=True)
    own = [word for word in ("network", "proposal") if WRITTEN_OUT in fields.get(word, "")]
    if own and len(link) <= LONGEST_LINK:
        st.markdown(f"It carries the text of the {' and the '.join(own)} made here, so nobody needs a file.")
    if len(link) > LONGEST_LINK:
        st.warning(
            f"The link has {len(link)} characters; many programs cut it off after {LONGEST_LINK}. "
            "Send the files below beside it: who opens one under Encode a proposal sees the same."
        )
        for part in state.scenario().stacked:
            st.download_button(
                f"Download {part.name}.toml", proposal_to_toml(part), f"{part.name}.toml", "application/toml",
                key=f"share-{part.name}", on_click="ignore",
            )  # fmt: skip


@st.dialog("Glossary", width="large")
def glossary() -> None:
    """Every word of the app with what it is, how it is computed and why it is shown; searchable."""
    wanted = st.text_input("Search the glossary", key="glossary-window", placeholder="float, tipping …").strip().lower()
    found = [term for term in TERMS if wanted in f"{term.name} {term.what}".lower()]
    for term in found:
        with st.expander(term.name):
            st.markdown(card_text(term).replace("$", "\\$"))  # dollars would be taken for formulas
    if not found:
        st.markdown(f"No term contains “{wanted}”. Try a shorter word.")


@st.dialog("Keyboard", width="large")
def keyboard() -> None:
    """Every key with what it does and where."""
    st.markdown("Keys rest while you type in a box. A slider moves with the arrow keys.")
    word_table(["Key", "What it does", "Where"], [(key.press, key.does, key.where) for key in KEYS], caption="Keys")
