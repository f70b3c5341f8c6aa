"""The six points on the page: the table, and behind each point its quantities and thresholds."""

from __future__ import annotations

from html import escape

import streamlit as st

from model.scorecard import Point, Scorecard
from model.scorecard.points import Scored
from model.scorecard.quantity import EVIDENCE, Unit
from model.scorecard.thresholds import Ladder
from model.words.text import sentence_case
from ui.scorecard.fields import CUTS, set_cut
from ui.scorecard.table import html_table, lines_html, score_html, source_html
from ui.text import as_markdown

HEAD = ("Point", "Score", "Evidence", "Held down by", "What would raise it by one")
QUANTITY_HEAD = ("Quantity", "Value", "Score", "Evidence", "Source and thresholds")
UNITS: dict[Unit, str] = {
    "share": "%",
    "points": "percentage points a year",
    "count": "number",
    "yes": "0 is no, 1 is yes",
}
"""What is typed where the name of a unit does not say it."""
_REFUSED = "_cut_refused"


def points_table(before: Scorecard, after: Scorecard, *, compared: bool) -> None:
    """Six rows; where something is proposed, what a score is today stands under it."""
    rows = []
    for was, point in zip(before.points, after.points, strict=True):
        raises = point.raises or ("nothing: it is at the top",)
        rows.append(
            (
                escape(point.title),
                score_html(point.score, was.score, compared=compared),
                escape(point.evidence),
                escape(sentence_case(point.because)),
                lines_html(raises),
            )
        )
    html_table(HEAD, rows, kind="points", caption="The six points with their scores")


def point_tabs(card: Scorecard) -> None:
    """One tab per point; only the open one is drawn."""
    st.header("What is behind each point", anchor="points")
    levels = "; ".join(f"**{level}**: {words}" for level, words in EVIDENCE.items())
    st.markdown(f"A point is as good as its weakest scored quantity. Evidence is {levels}.")
    tabs = st.tabs([point.title for point in card.points], key="scorecard-points", on_change="rerun")
    for tab, point in zip(tabs, card.points, strict=True):
        if tab.open:
            with tab:
                _point(point)


def _point(point: Point) -> None:
    score = "No score" if point.score is None else f"Score {point.score_words}"
    st.markdown(f"**{point.topic.asks}** {score}; {as_markdown(point.because)}.")
    if point.unseen and point.score is not None:
        named = ", ".join(quantity.label[:1].lower() + quantity.label[1:] for quantity in point.unseen)
        st.markdown(as_markdown(f"Not found, and so not scored: {named}. With it the score could only be lower."))
    rows = [_row(scored) for scored in point.quantities]
    html_table(QUANTITY_HEAD, rows, kind="quantities", caption=f"Quantities of {point.title.lower()}")
    box = st.expander("Change the thresholds of this point", key=f"cuts-{point.key}", on_change="rerun")
    if box.open:
        with box:
            _thresholds(point)


def _row(scored: Scored) -> tuple[str, ...]:
    """Name with definition and note, value, score, evidence, and where both the value and its thresholds are from."""
    found, ladder = scored.quantity, scored.ladder
    score = "shown, not scored" if ladder is None else score_html(scored.score)
    about = [sentence_case(text).rstrip(".") + "." for text in (found.definition, found.note) if text]
    name = escape(found.label) + "".join(f"<small>{escape(text)}</small>" for text in about)
    source = source_html(found.source, found.link, found.date, found.grade)
    if ladder:
        source += f"<small>Thresholds: {escape(ladder.basis)}</small>"
    return (name, escape(found.words), score, escape(found.evidence), source)


# ---- thresholds ---------------------------------------------------------------------------------------
def _thresholds(point: Point) -> None:
    refused = st.session_state.pop(_REFUSED, "")
    if refused:
        st.warning(as_markdown(refused))
    st.markdown("What a quantity has to reach for each score. They are part of the link.")
    for scored in point.quantities:
        if scored.ladder is not None:
            _cuts(scored.ladder)


def _cuts(ladder: Ladder) -> None:
    """Four boxes; shares are typed as percentages."""
    percent = ladder.unit in ("share", "points")
    unit = UNITS.get(ladder.unit, ladder.unit)
    bound = "at least" if ladder.higher else "at most"
    st.markdown(as_markdown(f"{ladder.label}: {bound} … ({unit})"))
    factor = 100.0 if percent else 1.0
    for place, column in enumerate(st.columns(4)):
        key = f"cut:{ladder.key}:{place}"
        st.session_state[key] = CUTS[ladder.key].value()[place] * factor
        column.number_input(
            f"{ladder.label}, for {place + 1} of 4", ladder.low * factor, ladder.high * factor, key=key,
            on_change=_move, args=(ladder, place, factor), label_visibility="collapsed", format="%.4g",
            help=f"For {place + 1} of 4",
        )  # fmt: skip


def _move(ladder: Ladder, place: int, factor: float) -> None:
    told = set_cut(ladder, place, float(st.session_state[f"cut:{ladder.key}:{place}"]) / factor)
    if told:
        st.session_state[_REFUSED] = told
