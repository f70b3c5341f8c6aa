"""Why a figure came so: the chain from cause to effect, and, where a proposal has several parts, each part's share."""

from __future__ import annotations

import polars as pl
import streamlit as st

from charts.waterfall import waterfall
from model import BallastError
from model.comparison.rows import at_years
from model.outcomes import Measure
from model.words.chain import Link, chain, chain_sentence
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
from ui.shell import is_projector
from ui.workshop.figures import measured
from ui.workshop.round import scenario_of
from ui.workshop.stage import Stage
from ui.workshop.words import expected_short, typed
from workshop.views import RoundView

HEAD = ("Link", "Follows from", "Without", "With", "Change", "The room expected")
ROW, AROUND, TALLEST = 36, 58, 290
"""Pixels of a part, of what stands around all of them, and of the whole, before a projector makes them larger."""
NARROW = ("Link", "Without", "With", "Change")
"""What there is room for beside a waterfall."""


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
    links = _links(shown, years, measure.column)
    with st.container(key="sentence-ws-chain"):
        st.markdown(f"{typed(chain_sentence(links))} Medians of modelled futures, as at the reveal.")
    st.markdown(f"**What changed.** {typed(moves_in_a_line(scenario_of(shown.link)))}")
    if not many:
        _chain(shown, links, HEAD)
        return
    left, right = st.columns([5, 4], gap="medium")
    with left:
        _chain(shown, links, NARROW)
        st.markdown(
            f"Both sides tell {month(links[0].told.date)}. Parts can only be counted on one path without shocks; the "
            "reveal and the chain tell medians of modelled futures, so the ends differ a little."
        )
    with right:
        _waterfall(moment, measure, shown)


def _links(shown: RoundView, years: int, column: str) -> tuple[Link, ...]:
    """Every link at the date that was asked about, and `column` where it is none of them: medians, as at the reveal."""
    run = run_of(Moment(scenario_of(shown.link)))
    return chain(run, at_years(run, years), (column,))


def _chain(shown: RoundView, links: tuple[Link, ...], head: tuple[str, ...]) -> None:
    """One row per link, from cause to effect."""
    asked = {tally.question.kpi.partition("@")[0]: expected_short(tally) for tally in shown.tallies}
    rows = []
    for link in links:
        cells = (link.name, link.follows_from, *link.words, asked.get(link.told.measure.column, ""))
        rows.append([cell for word, cell in zip(HEAD, cells, strict=True) if word in head])
    with st.container(key="ws-chain" if head == HEAD else "ws-chain-narrow"):
        word_table(
            head, rows, caption=f"From cause to effect in {month(links[0].told.date)}: medians, as at the reveal"
        )


def _waterfall(moment: Moment, measure: Measure, shown: RoundView) -> None:
    """Shares of the proposal's parts; told beside it why its end is not quite that of the reveal."""
    found = drivers_of(moment)
    assert not isinstance(found, str)
    shares = found[measure.column].full
    first = float(single_path(moment).values(measure.column)[0, 0])
    sentence = waterfall_sentence(shares, measure, first)
    if shares.undefined or not shares.parts or shares.total == 0:
        st.markdown(typed(sentence))
        return
    show_chart(
        waterfall(measure.unit, rows=len(shares.parts) + 2, fmt="percent" if measure.percent else "number"),
        # The axis says the unit; beside every bar it would take the room of the bars.
        steps(shares, measure, first).with_columns(pl.col("text").str.replace(f" {measure.unit}", "", literal=True)),
        key="ws-waterfall",
        sentence=typed(sentence),
        unit=measure.unit,
        source=typed(
            f"{source_line(scenario_of(shown.link))} Each part counts with the average of what it adds over all "
            "orders (Shapley), so that parts add up."
        ),
        table=shares.frame,
        height=min(ROW * (len(shares.parts) + 2) + AROUND, TALLEST) if is_projector() else None,
    )
