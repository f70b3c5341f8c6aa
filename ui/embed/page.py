"""The card on screen: no header, no navigation, no levers; what cannot be read gives one sentence and no numbers."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from model.exports.impact import NOT_A_FORECAST
from model.words.scenario_words import name_of
from ui import address, state
from ui.embed.card import FIRST_CHART, OPEN, about, card_of, charted
from ui.embed.links import full_page, has_something_proposed
from ui.link import Moment, version_note
from ui.panels import choices, panel
from ui.text import as_markdown

VIEW = "embed"
STYLE = Path(__file__).with_name("embed.css")
HEIGHT = 260


def is_embed() -> bool:
    """Whether the link asks for the card of `?view=embed`."""
    return st.query_params.get("view") == VIEW


def embed_page() -> None:
    """Draw the card of the link, whichever page it names."""
    st.html(STYLE)
    asked = st.query_params.to_dict()
    address.begin(VIEW)
    moment = state.now()
    older = version_note(asked.get("v"))
    with st.container(key="card"):
        wrong = [note for note in state.notes() if note not in older]
        if wrong:
            _cannot_be_shown(wrong, asked)
        else:
            _card(moment, asked.get("chart"), older)


def _cannot_be_shown(wrong: list[str], asked: dict[str, str]) -> None:
    """Other numbers than the author saw would mislead: only why there are none."""
    st.title("Ballast", anchor=False)
    more = f" ({len(wrong) - 1} more like it.)" if len(wrong) > 1 else ""
    st.warning(
        as_markdown(f"This card shows no numbers, because its link cannot be read as it was made: {wrong[0]}{more}")
    )
    st.link_button(OPEN, full_page(st.context.url or "", asked, proposed=True))


def _card(moment: Moment, asked: str | None, older: list[str]) -> None:
    shown = moment.scenario
    st.title(as_markdown(name_of(shown)), anchor=False)
    with st.container(key="card-about"):
        st.markdown(as_markdown(about(shown)))
    for note in older:
        st.info(as_markdown(note))
    chart = charted(moment, asked)
    if asked not in (None, chart):
        st.info(as_markdown(f"This network has no chart {asked!r:.42}; its supply is shown instead."))
    card = card_of(moment, chart)
    for number, sentence in enumerate(card.sentences):
        with st.container(key=f"card-sentence-{number}"):
            st.markdown(as_markdown(sentence))
    st.markdown(f"**{as_markdown(choices(shown.system)[chart])}**")
    panel("card-chart", chart, moment, None, height=HEIGHT, told=chart != FIRST_CHART)
    with st.container(key="card-counted"):
        st.markdown(as_markdown(f"{card.counted} {NOT_A_FORECAST}"))
    link = full_page(st.context.url or "", moment.settings, proposed=has_something_proposed(shown))
    st.link_button(OPEN, link, icon=":material/open_in_new:")
