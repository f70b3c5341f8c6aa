"""Tables of words whose rows become cards on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st


def word_table(head: Sequence[str], rows: Sequence[Sequence[str]], *, caption: str) -> None:
    """A table of plain text: `head` names the columns, the first cell of a row names the row.

    `caption` is read aloud before it. Below 640 px every row is a card with the column's name before each value.
    """
    top = "".join(f'<th scope="col">{escape(word)}</th>' for word in head)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(
            f'<td data-label="{escape(name)}">{escape(cell)}</td>' for name, cell in zip(head[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    st.html(
        f'<table class="words"><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )
