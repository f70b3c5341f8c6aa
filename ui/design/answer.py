"""The right side of the page New network: what the design comes to, and where to go on with it."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from html import escape

import numpy as np
import polars as pl
import streamlit as st

from charts.domain import nice_domain
from charts.trajectory import trajectory
from model import BallastError, Run, Scenario
from model.design.design import Design, network_of, to_toml
from model.design.figures import (
    MONTHS,
    Comparable,
    FirstDay,
    comparable,
    comparable_to,
    coverage_sentences,
    first_day,
    income_of,
    launch_sentences,
    unlock_sentence,
)
from model.design.standing import margin_columns, standing, standing_sentence, stands_out
from model.engine.kept import MedianRun
from model.outcomes import band, measures, paths
from model.presets.allocation import unlock_frame
from model.presets.catalogue import catalogue, entry
from model.presets.network import Network
from model.words.futures_sentences import band_note
from model.words.measure_sentences import path_words
from model.words.rest_sentences import rest_sentence
from model.words.scenario_words import source_line
from model.words.text import month, percent, quantity
from ui import state
from ui.chart import show_chart
from ui.compare.tables import word_table
from ui.design.fields import Shown
from ui.futures import basis_line
from ui.kpi import Kpi, kpi_strip
from ui.link import Moment
from ui.panels import HEIGHT, within_reach
from ui.runs import rest_at, run_of
from ui.scorecard.charts import draw_unlocks
from ui.scorecard.fields import thresholds
from ui.scorecard.flags import ORDER
from ui.scorecard.runs import measured_of
from ui.scorecard.table import html_table, lines_html, mark_html
from ui.text import as_markdown

YEARS = 5
"""How far the design is projected on this page."""

NOT_KNOWN = "not known"


# ---- does it stand -----------------------------------------------------------------------------------
def standing_part(design: Design, moment: Moment) -> None:
    """The answer first: in how many futures it would still work, and what stands out."""
    run = run_of(moment)
    counted = ["collapsed"] if isinstance(run, MedianRun) else []
    run.compute(["price", *counted, *margin_columns(run.system)])
    with st.container(key="sentence-standing"):
        st.markdown(as_markdown(standing_sentence(standing(design, run), run, YEARS)))
    for told in stands_out(first_day(design)):
        st.warning(as_markdown(told), icon=":material/info:")
    with st.container(key="rest-of-design"):
        st.markdown(as_markdown(rest_sentence(rest_at(moment))))


# ---- sizes --------------------------------------------------------------------------------------------
def sizes(design: Design) -> None:
    """The answer in a sentence and in key figures, from the founders' own numbers alone."""
    first, *others = launch_sentences(design)
    with st.container(key="sentence-design"):
        st.markdown(as_markdown(first))
    st.markdown(as_markdown(" ".join(others)))
    kpi_strip(_figures(first_day(design)), key="design", against="", least=120)


def _figures(found: FirstDay) -> list[Kpi]:
    pressure = NOT_KNOWN if found.pressure is None else quantity(found.pressure, "$")
    new = found.unlocked_in_a_year + found.emitted_in_a_year
    return [
        Kpi("Float at launch", percent(found.float_share), f"{quantity(found.market_cap, '$')} at the launch price",
            "Free tokens in other hands than the foundation's, of all tokens; in USD at the launch price."),
        Kpi("Fully diluted", quantity(found.fully_diluted, "$"), "all tokens at the launch price"),
        Kpi("New in a year", percent(new), "of what is free at launch",
            "What unlocks and what is emitted in the first twelve months."),
        Kpi("Pressure", pressure, "of new tokens for each dollar of revenue",
            "What unlocks and is emitted in the first year, at the launch price, over a year's revenue."),
    ]  # fmt: skip


def coverage(design: Design) -> None:
    """What each role costs and would receive on the first day."""
    st.header("Income against cost", anchor="coverage")
    for sentence in coverage_sentences(design):
        st.markdown(as_markdown(sentence))
    rows = [
        (
            role.title,
            quantity(role.cost, "$/year"),
            quantity(income_of(design, role), "$/year"),
            percent(income_of(design, role) / role.cost),
        )
        for role in design.roles
    ]
    word_table(("Role", "Costs", "Would receive", "Covered"), rows, caption="Income and cost of each role")


# ---- unlocks ------------------------------------------------------------------------------------------
def unlock_part(design: Design, network: Network) -> None:
    """Buckets on top of each other since launch."""
    st.header("When tokens unlock", anchor="unlocks")
    allocation = network.allocation
    if allocation is None:
        return
    last = max(float(MONTHS[-1]), *(b.cliff_months + b.vesting_months for b in design.buckets))
    frame = unlock_frame(allocation, np.arange(0, np.ceil(last) + 1))
    nothing = pl.DataFrame(schema={"date": pl.Date, "label": pl.String})
    draw_unlocks(allocation, frame, nothing, unlock_sentence(design))


# ---- scorecard ----------------------------------------------------------------------------------------
def scorecard_part(moment: Moment) -> None:
    """The weakest point and the flags, as the Scorecard page would tell them."""
    st.header("How it would score", anchor="scorecard")
    card = measured_of(moment)[1].scored(thresholds())
    with st.container(key="sentence-scorecard"):
        st.markdown(as_markdown(card.headline))
    for point in card.weakest:
        st.markdown(as_markdown(f"{point.title}: {point.because}."))
    shown = sorted(card.flags, key=lambda flag: ORDER.index(flag.state))
    html_table(
        ("Flag", "State", "Why"),
        [(escape(flag.title), mark_html(flag.state), lines_html(flag.why)) for flag in shown],
        kind="design-flags",
        caption="Flags, raised ones first",
    )


# ---- projection ---------------------------------------------------------------------------------------
def projection_part(moment: Moment) -> None:
    """Price and supply over five years: the median future, and nine of ten."""
    st.header(f"{YEARS} years on", anchor="projection")
    run = run_of(moment)
    basis_line(run, moment)
    grid = st.grid(columns=2, min_column_width=300, gap="medium")
    for chart in ("price", "supply"):
        with grid.cell(), st.container(key=f"panel-design-{chart}"):
            _path(run, chart, moment)


def _path(run: Run, chart: str, moment: Moment) -> None:
    """One quantity: the median future, or the single path; there is no baseline beside it yet."""
    measure = measures(run.system)[chart]
    frames = {"main": paths(run, measure).filter(pl.col("series").cast(pl.String) == "scenario")}
    values, note = frames["main"]["value"], ""
    if isinstance(run, MedianRun):
        frames["band"] = band(run, measure)
        values, note = within_reach(values, frames["band"]), band_note(run, measure)
    known = values.drop_nulls().drop_nans().to_numpy()
    show_chart(
        trajectory(
            measure.unit,
            domain=nice_domain(float(known.min()), float(known.max())) if len(known) else (0.0, 1.0),
            band="band" in frames,
            fmt="percent" if measure.percent else "number",
            height=HEIGHT,
        ),
        frames,
        key=f"design-{chart}",
        sentence=as_markdown(f"{path_words(run, measure)}."),
        unit=measure.unit,
        source=as_markdown(f"{source_line(moment.scenario)} {note}".strip()),
    )


# ---- comparables --------------------------------------------------------------------------------------
HEAD = (
    "Network",
    "Figures of",
    "Market value",
    "Revenue a year",
    "Emitted per $ of revenue",
    "Emission a year, of supply",
    "Staked",
)


def comparables_part(network: Network) -> None:
    """The design beside the real networks; they are measured once for everybody, with a bar meanwhile."""
    st.header("Beside networks that exist", anchor="comparables")
    real = [found.name for found in catalogue() if found.is_real]
    bar, begun, found = st.empty(), time.monotonic(), [comparable(network)]
    for count, name in enumerate(real, start=1):
        other = comparable_to(name)
        found += [other] if other else []
        if time.monotonic() - begun > 0.3:
            bar.progress(count / len(real), f"{count} of {len(real)} networks measured")
    bar.empty()
    word_table(HEAD, [_row(row) for row in found], caption="The design and networks that exist, in the same sizes")
    st.markdown(
        "Figures of the real networks are those of their presets on the date named; the Model page has sources."
    )


def _row(found: Comparable) -> tuple[str, ...]:
    return (
        found.title,
        found.as_of,
        quantity(found.market_cap, "$"),
        quantity(found.revenue, "$"),
        quantity(found.revenue_gap, "$"),
        percent(found.emission_rate),
        "no staking" if math.isnan(found.staking_ratio) else percent(found.staking_ratio),
    )


# ---- where to go on -----------------------------------------------------------------------------------
def moment_of(network: Network) -> Moment:
    """What the page projects: the design under its own rules, in the futures on screen."""
    return replace(state.now(), scenario=Scenario(network), years=YEARS)


def go_on(design: Design, network: Network, *, stale: bool) -> None:
    """Into the Sandbox, to Tune, or as a file; closed while what is typed does not fit together."""
    made = replace(state.now(), scenario=Scenario(network))
    with st.container(key="design-go", horizontal=True, gap="small"):
        for page, label, icon in (
            ("pages/sandbox.py", "Load in Sandbox", ":material/tune:"),
            ("pages/tune.py", "Tune it", ":material/target:"),
        ):
            if st.button(label, key=f"design-to-{page}", icon=icon, on_click=state.load, args=(made,), disabled=stale):
                st.switch_page(page)
        st.download_button(
            "Download .toml", to_toml(design), f"{design.name}.toml", "application/toml", key="design-download",
            icon=":material/download:", on_click="ignore", disabled=stale,
        )  # fmt: skip
    borrowed = entry(design.archetype)
    st.markdown(
        as_markdown(
            f"How people react is borrowed from the {borrowed.title.lower()} ({month(borrowed.as_of)}), an invented "
            "one. The file holds every figure; to add it to the app, put it into presets/networks and follow "
            "docs/how-to/add-a-network.md. Not a forecast."
        )
    )


# ---- all of it ----------------------------------------------------------------------------------------
def answer(shown: Shown) -> None:
    """Everything about a design, top to bottom."""
    if shown.problem:
        st.warning(as_markdown(f"What is typed does not fit together yet; this is {shown.instead}. {shown.problem}"))
    design = shown.design
    try:
        network = network_of(design)
        moment = moment_of(network)
        standing_part(design, moment)
        sizes(design)
        go_on(design, network, stale=bool(shown.problem))
        unlock_part(design, network)
        coverage(design)
        scorecard_part(moment)
        projection_part(moment)
        comparables_part(network)
    except BallastError as refused:
        st.error(as_markdown(str(refused)), icon=":material/block:")
