"""What a round shows once it is revealed, the same on every screen: tallies, who was close, replay, what drives it."""

from __future__ import annotations

from functools import lru_cache

import polars as pl
import streamlit as st

from charts.bars import bars
from charts.waterfall import waterfall
from model import BallastError, Scenario
from model.words.driver_sentences import waterfall_sentence
from model.words.last_change import step_sentence
from model.words.moves import move_lines, moves_in_a_line
from model.words.scenario_words import source_line
from model.words.text import quantity
from ui.chart import show_chart
from ui.link import Moment, as_today
from ui.panels import panel
from ui.proposal.drivers import steps
from ui.proposal.runs import drivers_of
from ui.runs import run_of, single_path
from ui.workshop.figures import measured
from ui.workshop.stage import Stage
from ui.workshop.words import DIRECTION_WORDS, baseline_words, expected_words, result_words, typed
from workshop.views import RoundView, Tally


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
    slots = st.grid(columns="auto", min_column_width=340, gap="small")
    for place, tally in enumerate(shown.tallies):
        with slots.cell(), st.container(key=f"ws-tally-{place}", border=True):
            _tally(tally, place, charts=charts)


def _tally(tally: Tally, place: int, *, charts: bool) -> None:
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
    if tally.mean is not None and tally.lowest is not None and tally.highest is not None:
        unit = tally.question.unit
        st.markdown(
            typed(
                f"Numbers from {quantity(tally.lowest, unit)} to {quantity(tally.highest, unit)}, "
                f"{quantity(tally.mean, unit)} on average."
            )
        )
    if tally.closest:
        near = [f"{one.person.name} ({quantity(one.number, tally.question.unit)})" for one in tally.closest]
        st.markdown(f"Closest: {typed(', '.join(near))}.")


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


# ---- replay and explanation -----------------------------------------------------------------------------
def replay_part(shown: RoundView, stage: Stage) -> None:
    """Two frames of one figure: under today's rules, and with the proposal."""
    after = Moment(scenario_of(shown.link))
    before = Moment(as_today(after.scenario))
    question = shown.questions[min(stage.figure, len(shown.questions) - 1)]
    try:
        measure, _ = measured(after.scenario, question)
    except BallastError as problem:
        st.warning(typed(str(problem)))
        return
    title = "Before: today's rules" if stage.frame == 0 else f"After: {shown.title}"
    told = "" if stage.frame == 0 else step_sentence(run_of(before), run_of(after))
    st.info(f"**{stage.frame + 1} of 2. {typed(title)}.** {typed(told)}", icon=":material/replay:")
    panel("ws-replay", measure.column, before if stage.frame == 0 else after, None)


def explain_part(shown: RoundView, stage: Stage) -> None:
    """Which parts of the proposal move the figure, as a waterfall at its date."""
    question = shown.questions[min(stage.figure, len(shown.questions) - 1)]
    scenario = scenario_of(shown.link)
    try:
        measure, years = measured(scenario, question)
        moment = Moment(scenario, years)
        found = drivers_of(moment)
    except BallastError as problem:
        st.warning(typed(str(problem)))
        return
    if isinstance(found, str):
        st.info(typed(found), icon=":material/info:")
        return
    shares = found[measure.column].full
    first = float(single_path(moment).values(measure.column)[0, 0])
    sentence = waterfall_sentence(shares, measure, first)
    if shares.undefined or not shares.parts or shares.total == 0:
        st.markdown(typed(sentence))
        return
    show_chart(
        waterfall(measure.unit, rows=len(shares.parts) + 2, fmt="percent" if measure.percent else "number"),
        steps(shares, measure, first),
        key="ws-waterfall",
        sentence=typed(sentence),
        unit=measure.unit,
        source=typed(
            f"{source_line(scenario)} Single path without shocks; each part counts with the average of what it adds "
            "over all orders (Shapley), so that parts add up."
        ),
        table=shares.frame,
    )


def tour_part(network: str) -> None:
    """Where the network goes if nothing is changed."""
    from model import load_network

    moment = Moment(Scenario(load_network(network)))
    slots = st.grid(columns=2, min_column_width=340, gap="medium")
    for chart in ("supply", "price"):
        with slots.cell(), st.container(key=f"panel-ws-{chart}"):
            panel(f"ws-tour-{chart}", chart, moment, None)
