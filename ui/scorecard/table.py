"""Tables of the Scorecard: scores as filled squares and words, flags as a sign and a word, never a colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from model.scorecard.flags import State
from model.scorecard.thresholds import BEST

SIGNS: dict[State, str] = {"raised": "▲", "not raised": "–", "unknown": "?"}


def score_html(score: int | None, was: int | None = None, *, compared: bool = False) -> str:
    """Squares and words; `was` adds what it was where `compared` and different."""
    if score is None:
        shown = '<span class="score unknown"><i aria-hidden="true"></i><b>unknown</b></span>'
    else:
        squares = "".join(f'<i aria-hidden="true"{" class=on" if n < score else ""}></i>' for n in range(BEST))
        shown = f'<span class="score">{squares}<b>{score} of {BEST}</b></span>'
    if compared and was != score:
        shown += f"<br>today {'unknown' if was is None else f'{was} of {BEST}'}"
    return shown


def mark_html(state: State) -> str:
    """A sign and a word."""
    return f'<span class="mark"><span aria-hidden="true">{SIGNS[state]}</span> <b>{state.capitalize()}</b></span>'


def lines_html(lines: Sequence[str]) -> str:
    """Lines of plain text below one another."""
    return "<br>".join(escape(line) for line in lines)


def source_html(title: str, link: str, date: str, grade: str) -> str:
    """A source with its date and grade, linked where it has an address."""
    if not title:
        return "none found"
    named = escape(title)
    if link:
        named = f'<a href="{escape(link)}" target="_blank" rel="noopener">{named}</a>'
    told = ", ".join(escape(word) for word in (date, grade) if word)
    return f"{named}, {told}" if told else named


def html_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, kind: str, caption: str, here: int | None = None
) -> None:
    """A table whose cells are HTML already; the first cell of a row names it.

    `kind` is its style. `here` underlines the column that is on screen. Below 640 px every row is a card with the
    column's name before each value.
    """
    top = "".join(
        f'<th scope="col"{" class=here" if place == here else ""}>{escape(word)}</th>'
        for place, word in enumerate(head)
    )
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>'
        + "".join(f'<td data-label="{escape(name)}">{cell}</td>' for name, cell in zip(head[1:], row[1:], strict=True))
        + "</tr>"
        for row in rows
    )
    st.html(
        f'<table class="words {kind}"><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )
