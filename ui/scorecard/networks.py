"""Networks side by side: six points and the flags of each under today's rules, computed one by one when asked."""

from __future__ import annotations

import time

import streamlit as st

from model.presets.catalogue import catalogue
from model.scorecard import TOPICS, Scorecard, Thresholds
from model.scorecard.flags import TITLES
from ui.link import Moment
from ui.scorecard.runs import measured_of, today_of
from ui.scorecard.table import html_table, mark_html, score_html


def networks_side_by_side(moment: Moment, thresholds: Thresholds) -> None:
    """A closed box; opened, a table that fills while it is computed."""
    st.header("Networks side by side", anchor="networks")
    box = st.expander("Score every network under today's rules", key="networks-scored", on_change="rerun")
    if not box.open:
        return
    with box:
        found = _scored(moment, thresholds)
        names = [card.network.title for card in found]
        here = next((p for p, c in enumerate(found) if c.network.name == moment.scenario.network.name), None)
        st.markdown(
            "Archetypes are invented; real networks stand on published figures and on assumed ones. A score says how "
            "the quantities on file meet the thresholds, not which network is better."
        )
        html_table(
            ["Point or flag", *names],
            [*_points(found), *_flags(found)],
            kind="networks",
            caption="Scores and flags of every network under today's rules",
            here=None if here is None else here + 1,
        )


def _scored(moment: Moment, thresholds: Thresholds) -> list[Scorecard]:
    """One network after the other, with a bar that says how long it still takes; kept once it is known."""
    offered = [entry for entry in catalogue() if entry.kind != "textbook"]
    bar, begun, found = st.empty(), time.monotonic(), []
    for count, entry in enumerate(offered, start=1):
        found.append(measured_of(today_of(entry.name, moment))[0].scored(thresholds))
        spent = time.monotonic() - begun
        if spent > 0.3:
            left = spent / count * (len(offered) - count)
            told = (
                f"{count} of {len(offered)} networks, about {max(left, 1):.0f} seconds left; closing the box stops it"
            )
            bar.progress(count / len(offered), told)
    bar.empty()
    return found


def _points(found: list[Scorecard]) -> list[tuple[str, ...]]:
    return [(topic.title, *(score_html(card.point(topic.key).score) for card in found)) for topic in TOPICS]


def _flags(found: list[Scorecard]) -> list[tuple[str, ...]]:
    rows = []
    for key, title in TITLES.items():
        flags = [card.flag(key) for card in found]
        if any(flags):
            rows.append((title, *(mark_html(flag.state) if flag else "does not apply" for flag in flags)))
    return rows
