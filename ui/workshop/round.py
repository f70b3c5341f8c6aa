"""What a round is about and what is revealed of it, the same on every screen: tallies, and who was close."""

from __future__ import annotations

from functools import lru_cache

import polars as pl
import streamlit as st

from charts.bars import bars
from model import Scenario
from model.words.moves import move_lines, moves_in_a_line
from model.words.text import quantity
from model.words.value_words import without_unit
from ui.chart import show_chart
from ui.shell import is_projector
from ui.workshop.words import DIRECTION_WORDS, baseline_words, expected_words, result_words, typed
from workshop.views import RoundView, Tally

SIDE_BY_SIDE = 3
"""Figures that stand beside one another with their charts."""
NEAREST = 3
"""Names beside the model's figure; equally near ones beyond that are counted."""


@lru_cache(maxsize=64)
def scenario_of(link: str) -> Scenario:
    """The scenario behind a link that the room keeps."""
    return Scenario.from_link(link)


def proposal_line(shown: RoundView) -> None:
    """What the round is about: its title as it was typed, and what it changes from what to what."""
    described = moves_in_a_line(scenario_of(shown.link))
    more = "" if described == shown.title else f" {typed(described)}"
    st.markdown(f"**{typed(shown.title)}.**{more}" if more else f"**{typed(shown.title)}**")


def moves_list(scenario: Scenario) -> None:
    """Every change of a scenario on a line of its own; nothing is cut."""
    st.markdown("\n".join(f"- {typed(line)}" for line in move_lines(scenario)) or typed(moves_in_a_line(scenario)))


def questions_part(shown: RoundView) -> None:
    """What is asked, with today's value of each figure."""
    for question in shown.questions:
        st.markdown(f"**{typed(question.label)}.** {typed(baseline_words(question))}")


# ---- reveal ---------------------------------------------------------------------------------------------
def reveal_part(shown: RoundView, *, charts: bool) -> None:
    """What the room expected of each figure beside what the model gives."""
    few = len(shown.tallies) <= SIDE_BY_SIDE
    charts = charts and few  # of many figures there is room for the words alone
    slots = st.grid(columns="auto" if few else 4, min_column_width=340 if few else 200, gap="small")
    for place, tally in enumerate(shown.tallies):
        with slots.cell(), st.container(key=f"ws-tally-{place}", border=True):
            _tally(tally, place, charts=charts, whole=few or not is_projector())


def _tally(tally: Tally, place: int, *, charts: bool, whole: bool) -> None:
    expected = typed(expected_words(dict(tally.counts)))
    with st.container(key=f"sentence-ws-tally-{place}"):
        st.markdown(f"{expected} {typed(result_words(tally))}")
    if charts and any(tally.counts.values()):
        show_chart(
            bars("people", rows=len(tally.counts), role="", signed=False, height=150),
            _bars(tally),
            key=f"ws-bars-{place}",
            sentence="",
            alt=f"People by what they expected. {expected_words(dict(tally.counts))}",
            unit="people",
            source="",
            table=False,
        )
    st.markdown(typed(" ".join(part for part in (_closest(tally), _reach(tally) if whole else "") if part)))


def _closest(tally: Tally) -> str:
    """Who was near; the best moment of the game, so it comes first."""
    near = [f"{one.person.name} ({quantity(one.number, tally.question.unit)})" for one in tally.closest[:NEAREST]]
    more = len(tally.closest) - len(near)
    return f"Closest: {', '.join(near)}{f' and {more} more' if more else ''}." if near else ""


def _reach(tally: Tally) -> str:
    if tally.mean is None or tally.lowest is None or tally.highest is None:
        return ""
    low, mean, high = (quantity(value, tally.question.unit) for value in (tally.lowest, tally.mean, tally.highest))
    return f"Numbers from {without_unit(low, high)} to {high}, {mean} on average."


def _bars(tally: Tally) -> pl.DataFrame:
    """One bar for each direction; the one that the model gives says so."""
    gave = tally.result.direction
    rows = [
        (
            DIRECTION_WORDS[direction].capitalize() + (", as the model" if direction is gave else ""),
            count,
            str(count),
            "scenario" if direction is gave else "baseline",
        )
        for direction, count in tally.counts.items()
    ]
    return pl.DataFrame(rows, schema=["label", "value", "text", "role"], orient="row")
