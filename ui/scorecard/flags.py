"""Red flags on the page: raised first, each with how common it is and where its limit can be moved."""

from __future__ import annotations

from html import escape

import streamlit as st

from model.scorecard import LIMITS, Flag, Scorecard
from model.scorecard.thresholds import Limit
from ui.scorecard.fields import LIMIT_FIELDS, set_limit
from ui.scorecard.table import html_table, lines_html, mark_html, source_html

HEAD = ("Flag", "State", "Why", "How common it is")
ORDER = ("raised", "unknown", "not raised")


def flags_table(before: Scorecard, after: Scorecard, *, compared: bool) -> None:
    """Every flag that applies; a flag that cannot be told is unknown, not absent."""
    st.header("Flags", anchor="flags")
    was = {flag.key for flag in before.raised}
    shown = sorted(after.flags, key=lambda flag: ORDER.index(flag.state))
    rows = [_row(flag, flag.key in was, compared) for flag in shown]
    html_table(HEAD, rows, kind="flags", caption="Flags, raised ones first")
    box = st.expander("Change the limits of the flags", key="limits", on_change="rerun")
    if box.open:
        with box:
            for limit in LIMITS:
                _limit(limit)


def _row(flag: Flag, was: bool, compared: bool) -> tuple[str, ...]:
    state = mark_html(flag.state)
    if compared and was != (flag.state == "raised"):
        state += f"<br>today {'raised' if was else 'not raised'}"
    told = lines_html(flag.why)
    rate = escape(flag.base_rate.words)
    if flag.base_rate.source:
        source = flag.base_rate.source
        rate += f" {source_html(source.title, source.link, source.date, flag.base_rate.grade)}."
    return (escape(flag.title), state, told, rate)


def _limit(limit: Limit) -> None:
    """One number; shares are typed as percentages."""
    factor = 100.0 if limit.unit == "share" else 1.0
    unit = {"share": "%", "ratio": "% per % of use"}.get(limit.unit, limit.unit)
    key = f"limit:{limit.key}"
    st.session_state[key] = LIMIT_FIELDS[limit.key].value() * factor
    st.number_input(
        f"{limit.label} ({unit})", limit.low * factor, limit.high * factor, key=key, format="%.4g",
        on_change=lambda: set_limit(limit, float(st.session_state[key]) / factor), width=360,
    )  # fmt: skip
