"""Why a figure came so: the chain from cause to effect, and, where a proposal has several parts, each part's share."""

from __future__ import annotations

import streamlit as st

from charts.waterfall import waterfall
from model import BallastError
from model.comparison.rows import at_years
from model.outcomes import Measure, date_at
from model.words.chain import chain, chain_sentence
from model.words.driver_sentences import waterfall_sentence
from model.words.moves import moves_in_a_line
from model.words.scenario_words import source_line
from model.words.text import month
from ui.chart import show_chart
from ui.compare.tables import word_table
from ui.link import Moment
from ui.proposal.drivers import steps
from ui.proposal.runs import drivers_of
from ui.runs import run_of, single_path
from ui.workshop.figures import measured
from ui.workshop.round import scenario_of
from ui.workshop.stage import Stage
from ui.workshop.words import expected_short, typed
from workshop import Question
from workshop.views import RoundView

HEAD = ("Link", "Follows from", "Without", "With", "Change", "The room expected")


def explain_part(shown: RoundView, stage: Stage) -> None:
    """The chain at the date that was asked about, and the parts of the figure that the facilitator chose."""
    question = shown.questions[min(stage.figure, len(shown.questions) - 1)]
    try:
        measure, years = measured(scenario_of(shown.link), question)
        moment = Moment(scenario_of(shown.link), years)
        found = drivers_of(moment)
    except BallastError as problem:
        st.warning(typed(str(problem)))
        return
    parts = {} if isinstance(found, str) else found
    many = measure.column in parts and len(parts[measure.column].full.parts) > 1
    if not many:
        _chain(shown, years)
        return
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _chain(shown, years)
    with right:
        _waterfall(moment, measure, question, shown)


def _chain(shown: RoundView, years: int) -> None:
    """What changed, and every link from it to quality: medians, as at the reveal."""
    scenario = scenario_of(shown.link)
    run = run_of(Moment(scenario))
    asked = {}
    for tally in shown.tallies:
        measure, when = measured(scenario, tally.question)
        if when == years:
            asked[measure.column] = expected_short(tally)
    links = chain(run, at_years(run, years), tuple(asked))
    with st.container(key="sentence-ws-chain"):
        st.markdown(f"{typed(chain_sentence(links))} Medians of modelled futures, as at the reveal.")
    rows = [("What changed", moves_in_a_line(scenario), "", "", "", "")]
    rows += [(link.name, link.follows_from, *link.words, asked.get(link.told.measure.column, "")) for link in links]
    day = month(date_at(run, at_years(run, years)))
    with st.container(key="ws-chain"):
        word_table(HEAD, rows, caption=f"From cause to effect in {day}: medians of modelled futures, as at the reveal")


def _waterfall(moment: Moment, measure: Measure, question: Question, shown: RoundView) -> None:
    """Shares of the proposal's parts; told beside it why its end is not quite that of the reveal."""
    found = drivers_of(moment)
    assert not isinstance(found, str)
    shares = found[measure.column].full
    first = float(single_path(moment).values(measure.column)[0, 0])
    sentence = waterfall_sentence(shares, measure, first)
    if shares.undefined or not shares.parts or shares.total == 0:
        st.markdown(typed(sentence))
        return
    day = question.label.rpartition(", ")[2]
    show_chart(
        waterfall(measure.unit, rows=len(shares.parts) + 2, fmt="percent" if measure.percent else "number"),
        steps(shares, measure, first),
        key="ws-waterfall",
        sentence=typed(sentence),
        unit=measure.unit,
        source=typed(
            f"{source_line(scenario_of(shown.link))} Each part counts with the average of what it adds over all "
            "orders (Shapley), so that parts add up."
        ),
        table=shares.frame,
    )
    st.markdown(
        f"Both sides tell {typed(day)}. Parts can only be counted on one path without shocks; the reveal and the chain "
        "tell medians of modelled futures, so the ends differ a little."
    )
