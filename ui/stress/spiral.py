"""The demand spiral on the Stress page: distance to tipping, who leaves first, the plane, cheaper compute."""

from __future__ import annotations

import polars as pl
import streamlit as st

from charts.bars import bars
from model.engine.kept import MedianRun, drawn_steps
from model.rest.cheap_compute import cheap_compute
from model.rest.reach_sentences import falls_sentence
from model.rest.spiral import SpiralGauge, compared_sentence
from model.words.futures_sentences import collapse_sentence
from model.words.text import number, percent, sentence_case
from ui.chart import show_chart
from ui.compare.tables import word_table
from ui.equilibrium import panels as rest_panels
from ui.link import Moment
from ui.reports import report_of
from ui.runs import run_of, single_path
from ui.stress.runs import gauge_of, without_stresses
from ui.text import as_markdown

NO_TIPPING = "no tipping point"


def spiral_part(moment: Moment) -> None:
    """Gauge, order of leaving, plane and the answer to cheaper compute; stresses that end do not count here."""
    with st.spinner("Solving for the points of rest …", show_time=False):
        gauge, report = gauge_of(moment), report_of(moment)
        reach = falls_sentence(report)
    st.markdown(as_markdown(f"{gauge.sentence} {reach}".rstrip()))
    st.markdown(as_markdown(_other_question(moment)))
    if moment.scenario.stresses:
        lasting = [part.title for part in moment.scenario.stresses if any(p.end is None for p in part.provisions)]
        calm = gauge_of(without_stresses(moment))
        told = compared_sentence(calm, gauge, f"“{'” and “'.join(lasting)}”") if lasting else ""
        ending = len(moment.scenario.stresses) - len(lasting)
        if ending:
            verbs = "ends again and does" if ending == 1 else "end again and do"
            told += f" {ending} of the stresses {verbs} not move where it comes to rest."
        st.markdown(as_markdown(told.strip()))
    _margins(gauge, moment)
    st.markdown(f"**Who leaves first.** {as_markdown(gauge.order_sentence)}")
    _roles(gauge)
    years = moment.years
    rest_panels.plane_panel(
        report,
        _way(moment),
        f"The way is the scenario's over {years} years without shocks, with stresses on their days",
    )
    if report.point is not None:
        found = cheap_compute(report.point)
        if found is not None:
            st.markdown("**Cheaper compute (Jevons).**")
            st.markdown("\n".join(f"- {as_markdown(sentence)}" for sentence in found.sentences))
    rest_panels.terms("distance to tipping", "tipping point", "quality feedback", "who leaves first", "Jevons effect")


def _other_question(moment: Moment) -> str:
    """What the gauge leaves to the futures above: whether the network survives the way."""
    told = "This gauge asks where the network could rest; whether it survives the way there, futures tell"
    run = run_of(moment)
    counted = collapse_sentence(run) if isinstance(run, MedianRun) else ""
    return f"{told}. {counted}".rstrip() if counted else f"{told}."


def _way(moment: Moment) -> pl.DataFrame:
    """Capacity and quality of the scenario on the single path, stresses and trends included."""
    run = single_path(moment)
    steps = drawn_steps(len(run.at) - 1)
    return pl.DataFrame({name: run.values(name)[1][steps] for name in ("capacity", "quality")})


def _margins(gauge: SpiralGauge, moment: Moment) -> None:
    """Bars: all payouts together, and each role's alone."""
    if not gauge.tips:
        return
    rows = [("All payouts together", gauge.distance)]
    if len(gauge.roles) > 1:
        rows += [(f"{sentence_case(role.called)} alone", role.margin) for role in gauge.roles]
    frame = pl.DataFrame(
        {
            "label": [label for label, _ in rows],
            "value": [max(0.0, value) for _, value in rows],
            "text": [percent(value) if value < 1 else NO_TIPPING for _, value in rows],
        }
    )
    near = gauge.nearest
    told = "How far each payout may fall for good before no rest point is left"
    if near is not None and len(gauge.roles) > 1:
        told += f": {near.called} have the least room alone, {percent(near.margin)}"
    show_chart(
        bars("share by which payouts may fall", rows=len(rows), signed=False, fmt="percent"),
        frame,
        key="spiral-margins",
        sentence=as_markdown(f"{told}."),
        unit="share by which payouts may fall",
        source=rest_panels.source(report_of(moment)),
    )


def _roles(gauge: SpiralGauge) -> None:
    """The order of leaving as a table."""
    rows = [
        (
            f"{place}. {sentence_case(role.called)}",
            percent(role.token_income_share),
            f"{percent(0.1 * role.leaving)} a year",
            number(role.damage),
            percent(role.margin) if role.margin < 1 else NO_TIPPING,
        )
        for place, role in enumerate(gauge.roles, 1)
    ]
    if rows:
        head = ["Order of leaving", "Income in tokens", "Leaves at first, price 10% lower", "Damage index",
                "Payout may fall by"]  # fmt: skip
        word_table(head, rows, caption="Who leaves first when the price falls")
