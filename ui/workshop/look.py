"""What a room looks at together: where the network goes by itself, and one figure before and after a proposal."""

from __future__ import annotations

import polars as pl
import streamlit as st

from charts.domain import nice_domain
from charts.trajectory import trajectory
from model import BallastError, Scenario, load_network
from model.comparison.rows import at_years
from model.engine.results import Run
from model.outcomes import Measure, date_at, measures, paths
from model.words.measure_sentences import path_words
from model.words.scenario_words import source_line
from model.words.text import month
from ui.chart import show_chart
from ui.link import Moment
from ui.runs import run_of
from ui.workshop.figures import measured
from ui.workshop.round import scenario_of
from ui.workshop.stage import Stage
from ui.workshop.words import result_words, typed
from workshop.views import RoundView

TOUR = ("supply", "price")
HEIGHT = 280
"""Pixels before a projector makes it larger: two sentences and the chart fit its screen."""


def tour_part(network: str) -> None:
    """Where the network goes if nothing is changed: one line to a chart, for nobody has heard of a scenario yet."""
    scenario = Scenario(load_network(network))
    run = run_of(Moment(scenario))
    st.markdown("This is the baseline: the network as it is, and nothing is changed. Medians of modelled futures.")
    slots = st.grid(columns=2, min_column_width=340, gap="medium")
    for name in TOUR:
        measure = measures(run.system)[name]
        with slots.cell(), st.container(key=f"panel-ws-{name}"):
            told = f"{path_words(run, measure)}, if nothing is changed."
            _path(run, measure, f"ws-tour-{name}", told, only="baseline", source=typed(source_line(scenario)))


def replay_part(shown: RoundView, stage: Stage) -> None:
    """Two frames of one figure on the same axes: today's rules, and the proposal; the asked date is marked."""
    scenario = scenario_of(shown.link)
    place = min(stage.figure, len(shown.questions) - 1)
    try:
        measure, years = measured(scenario, shown.questions[place])
    except BallastError as problem:
        st.warning(typed(str(problem)))
        return
    run = run_of(Moment(scenario))
    if stage.frame == 0 or not shown.tallies:
        told, only = "**1 of 2. Before: today's rules.** Where did you expect it to go?", "baseline"
    else:
        told, only = f"**2 of 2. After.** {typed(result_words(shown.tallies[place]))}", ""
    st.info(told, icon=":material/replay:")
    _path(run, measure, "ws-replay", "", only=only, source=typed(source_line(scenario)), asked=at_years(run, years))


def _path(
    run: Run, measure: Measure, key: str, sentence: str, *, only: str, source: str, asked: int | None = None
) -> None:
    """One figure over time; `only` draws one of the lines, on the axis that both need."""
    frame = paths(run, measure)
    known = frame["value"].drop_nans().drop_nulls()
    domain = nice_domain(float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)  # type: ignore[arg-type]
    marks = [] if asked is None else [(date_at(run, asked), f"asked: {month(date_at(run, asked))}")]
    drawn = frame.filter(pl.col("series").cast(pl.String) == only) if only else frame
    show_chart(
        trajectory(
            measure.unit, domain=domain, rules=True, fmt="percent" if measure.percent else "number", height=HEIGHT
        ),
        {"main": drawn, "rules": pl.DataFrame(marks, schema={"date": pl.Date, "label": pl.String}, orient="row")},
        key=key,
        sentence=typed(sentence),
        alt=sentence or f"{measure.title} over time",
        unit=measure.unit,
        source=source,
    )
