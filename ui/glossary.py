"""The glossary card: a term underlined with dots that opens what it is, how computed, why shown."""

from __future__ import annotations

from typing import Protocol

import streamlit as st


class Term(Protocol):
    """What a card needs; the glossary of the model declares the terms."""

    @property
    def name(self) -> str:
        """The term as written in a sentence."""

    @property
    def what(self) -> str:
        """What it is, one sentence."""

    @property
    def how_computed(self) -> str:
        """How it is computed, one sentence."""

    @property
    def why_shown(self) -> str:
        """Why a voter would look at it, one sentence."""

    @property
    def equation(self) -> str:
        """Number of the equation it enters, such as "E4", or empty."""


def glossary_card(term: Term, *, key: str) -> None:
    """Popover button named after the term; `key` tells several cards of one term apart."""
    with st.popover(term.name, type="tertiary", key=f"term-{key}"):
        st.markdown(card_text(term))


def card_text(term: Term) -> str:
    """The card as Markdown, also used by the glossary list of the Model page."""
    lines = [
        f"**What it is.** {term.what}",
        f"**How computed.** {term.how_computed}",
        f"**Why shown.** {term.why_shown}",
    ]
    if term.equation:
        lines.append(f"Enters equation {term.equation}.")
    return "\n\n".join(lines)
