"""Fields of the encoding form: each writes into the draft at once and says beside itself what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import streamlit as st

from model.proposals.draft import Draft
from model.proposals.draft_check import Findings
from ui.text import as_markdown

FIRST_DAY, LAST_DAY = dt.date(2015, 1, 1), dt.date(2100, 12, 31)
LONGEST = 2000
"""Characters of one text, as the file allows them."""

_DRAFT, _BEFORE, _TRIED = "_draft", "_draft_before", "_draft_tried"


class Row(Protocol):
    """Anything of a draft that has fields of its own."""

    uid: int


def draft() -> Draft:
    """What has been typed so far; it stays while pages change."""
    found: Draft = st.session_state.setdefault(_DRAFT, Draft())
    return found


def replace_draft(new: Draft) -> None:
    """Put another draft into the form; what was typed can be brought back once."""
    if not draft().is_blank:
        st.session_state[_BEFORE] = draft()
    st.session_state[_DRAFT], st.session_state[_TRIED] = new, False


def bring_back() -> None:
    """Take the draft back that was replaced last."""
    st.session_state[_DRAFT], st.session_state[_BEFORE] = st.session_state[_BEFORE], draft()


def can_bring_back() -> bool:
    """Whether there is a draft that was replaced."""
    return st.session_state.get(_BEFORE) is not None


def try_it() -> None:
    """From now on, fields that are still empty say so."""
    st.session_state[_TRIED] = True


def told(found: Findings, uid: int, name: str) -> None:
    """The sentence beside a field, where there is one."""
    wrong, missing = found.wrong.get((uid, name)), found.missing.get((uid, name))
    if wrong:
        with st.container(key=f"wrong-{uid}-{name or 'row'}"):
            st.markdown(f":material/error: {as_markdown(wrong)}")
    elif missing and st.session_state.get(_TRIED):
        with st.container(key=f"missing-{uid}-{name}"):
            st.markdown(f":material/edit: {as_markdown(f'Needed: {missing}.')}")


def _bound(row: Row, name: str, write: Callable[[Any], Any] | None = None) -> tuple[str, Callable[[], None]]:
    """Widget key of a field, and what keeps its value."""
    key = f"enc-{row.uid}-{name}"

    def keep() -> None:
        value = st.session_state[key]
        setattr(row, name, write(value) if write else value)

    return key, keep


def text(found: Findings, row: Row, name: str, label: str, *, tall: int = 0, hint: str = "", tip: str = "") -> None:
    """One line of text, or an area of `tall` pixels."""
    key, keep = _bound(row, name)
    st.session_state[key] = getattr(row, name)
    if tall:
        st.text_area(label, key=key, on_change=keep, height=tall, placeholder=hint, help=tip or None, max_chars=20_000)
    else:
        st.text_input(label, key=key, on_change=keep, placeholder=hint, help=tip or None, max_chars=LONGEST)
    told(found, row.uid, name)


def day(found: Findings, row: Row, name: str, label: str, *, tip: str = "") -> None:
    """A day, or none."""
    key, keep = _bound(row, name)
    st.session_state[key] = getattr(row, name)
    st.date_input(
        label, key=key, min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD", on_change=keep, help=tip or None
    )
    told(found, row.uid, name)


def choice(
    found: Findings, row: Row, name: str, label: str, options: Sequence[Any], words: Callable[[Any], str],
    *, hint: str = "Choose", tip: str = "", empty: bool = False, after: Callable[[Any], None] | None = None,
) -> None:  # fmt: skip
    """One of several, searchable; `empty` may be emptied again; `after` is told what stood there before."""
    key, _ = _bound(row, name)
    current = getattr(row, name)
    offered = list(options) if current in options or current in ("", None) else [current, *options]
    st.session_state[key] = current if current in offered else None

    def keep() -> None:
        before = getattr(row, name)
        setattr(row, name, st.session_state[key])
        if after:
            after(before)

    st.selectbox(
        label, offered, index=None if empty or st.session_state[key] is None else 0, key=key, format_func=words,
        on_change=keep, placeholder=hint, help=tip or None,
    )  # fmt: skip
    told(found, row.uid, name)


def number(
    found: Findings, row: Row, name: str, label: str, *, factor: float = 1.0, step: float = 1.0,
    tip: str = "",
) -> None:  # fmt: skip
    """A number or none, typed in its own unit times `factor`; `step` is what its minus and plus move, as typed."""
    key, keep = _bound(row, name, lambda shown: None if shown is None else float(f"{shown / factor:.12g}"))
    value = getattr(row, name)
    st.session_state[key] = None if value is None else float(f"{value * factor:.12g}")
    st.number_input(label, key=key, value=None, step=step, format="%.10g", on_change=keep, help=tip or None)
    told(found, row.uid, name)
