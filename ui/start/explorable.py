"""The first page's twenty seconds: one lever, one sentence that rewrites itself, one chart."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import streamlit as st

from charts.domain import Domain, nice_domain
from charts.trajectory import trajectory
from model import Scenario, load_network
from model.outcomes import measures, paths, series
from model.presets.usual_range import usual_range
from model.words.measure_sentences import daily_sentence, measure_sentence
from model.words.scenario_words import source_line
from ui import state
from ui.chart import show_chart
from ui.levers.held import hold
from ui.levers.lever import scale_of, zone_word
from ui.link import FUTURES, OPENING_NETWORK, Moment
from ui.runs import run_of
from ui.text import as_markdown

LEVER = "burn_share"
MEASURE = "supply"
_KEPT = "_explored"
HEIGHT = 260
SINGLE_PATH = "The single path without shocks; the Sandbox opens with medians of futures, which differ."


@lru_cache(maxsize=128)
def explored(burn_share: float) -> Moment:
    """The opening network with one burn share, paid as its rules say."""
    network = load_network(OPENING_NETWORK)
    today = network.values[LEVER]
    return Moment(Scenario(network, {} if burn_share == today else {LEVER: burn_share}), futures=0)


@lru_cache(maxsize=1)
def highest_share() -> float:
    """The largest burn share that the payer can fund: what is burned today and all the payer receives."""
    shown = explored(load_network(OPENING_NETWORK).values[LEVER]).scenario
    return round(shown.values[LEVER] + shown.values["provider_fee_share"], 9)


@lru_cache(maxsize=1)
def _domain() -> Domain:
    """Range over both ends of the slider, so that the axis stands still."""
    low, high = float("inf"), 0.0
    for share in (0.0, highest_share()):
        run = run_of(explored(share))
        values = series(run, measures(run.system)[MEASURE])
        low, high = min(low, float(values.min())), max(high, float(values.max()))
    return nice_domain(low, high)


def explorable() -> None:
    """Draw the lever, its sentence and its chart, with the ways on from what they show."""
    network = load_network(OPENING_NETWORK)
    concrete = network.parameters[LEVER]
    scale = scale_of(concrete, usual_range(network, concrete))
    share: float = st.session_state.setdefault(_KEPT, network.values[LEVER])
    moment = explored(share)
    run = run_of(moment)
    words, picture = st.columns([0.4, 0.6], gap="large", vertical_alignment="top")
    with words:
        with st.container(key="sentence-headline"):
            st.markdown(as_markdown(daily_sentence(run, share)))
        hold("explore", scale.show(share))
        st.slider(
            as_markdown(f"{concrete.label} of the {network.title.lower()}"),
            0.0,
            scale.show(highest_share()),
            step=scale.show(concrete.declared.step),
            format=scale.format,
            key="explore",
            help=as_markdown(concrete.declared.what),
            on_change=lambda: st.session_state.update({_KEPT: scale.read(st.session_state["explore"])}),
        )
        with st.container(key="zone-explore"):
            st.markdown(as_markdown(f"{zone_word(concrete, share)} · today {scale.show(network.values[LEVER]):g}%"))
        opened = state.query(replace(moment, futures=FUTURES))
        st.page_link("pages/sandbox.py", label="Open this in the Sandbox", query_params=opened)
        st.page_link("pages/equilibrium.py", label="See where it would come to rest", query_params=opened)
    with picture:
        measure = measures(run.system)[MEASURE]
        show_chart(
            trajectory(measure.unit, domain=_domain(), height=HEIGHT),
            paths(run, measure),
            key="explored-chart",
            sentence=as_markdown(_chart_words(moment)),
            alt=_chart_words(moment),
            unit=measure.unit,
            source=as_markdown(f"{source_line(moment.scenario)} {SINGLE_PATH}"),
            table=False,
        )


def _chart_words(moment: Moment) -> str:
    run = run_of(moment)
    return measure_sentence(run, measures(run.system)[MEASURE])
