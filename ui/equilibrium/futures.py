"""Modelled futures against the rest point: a fan with the rest level, and fifty dots on either side of it."""

from __future__ import annotations

import polars as pl
import streamlit as st

from charts.agreement import agreement
from charts.domain import nice_domain
from model.engine.kept import MedianRun
from model.outcomes import Measure, band, measures, paths
from model.rest.report import RestReport
from model.spread import Spread, against, spread
from model.words.futures_sentences import (
    band_note,
    collapse_sentence,
    draws_chance,
    rest_spread_sentence,
    spread_sentence,
)
from model.words.scenario_words import source_line
from model.words.value_words import lowered
from ui.chart import show_chart
from ui.futures import dot_panel
from ui.link import Moment
from ui.panels import within_reach
from ui.text import as_markdown

OFFERED = ("price", "revenue", "capacity", "quality")


def futures_panel(run: MedianRun, report: RestReport, moment: Moment) -> None:
    """Where futures go over the horizon, beside where the network would come to rest if nothing else moved."""
    if not draws_chance(moment.scenario):
        return  # the line above says that all futures are alike
    with st.container(key="rest-futures", border=True):
        st.markdown(f"**Where modelled futures go** {as_markdown(collapse_sentence(run))}".rstrip())
        offered = measures(run.system)
        name = st.segmented_control(
            "Quantity",
            [key for key in OFFERED if key in offered],
            default="price",
            format_func=lambda key: offered[key].label,
            key="rest-futures-of",
            required=True,
            label_visibility="collapsed",
        )
        measure = offered[name]
        level = _rest_level(run, report, measure)
        found = against(run, measure, level[1]) if level else spread(run, measure)
        sentence = rest_spread_sentence(found, lowered(measure.label)) if level else spread_sentence(found)
        _fan(run, measure, level[0] if level else None, sentence, moment)
        _dots(found, moment, sentence)


def _rest_level(run: MedianRun, report: RestReport, measure: Measure) -> tuple[float, float] | None:
    """The rest point's value as it is drawn and as the run has it; None where there is no rest point."""
    if report.point is None:
        return None
    value = float(getattr(report.point, measure.column))
    first = run.on_the_first_day(measure.column)
    return (100 * value / first if measure.indexed else value), value


def _fan(run: MedianRun, measure: Measure, level: float | None, sentence: str, moment: Moment) -> None:
    drawn = paths(run, measure).filter(pl.col("series") == "scenario").select("date", "value")
    levels = [level] if level is not None else []
    rest = pl.DataFrame(
        {"value": levels, "label": ["Rest point"] * len(levels)}, schema={"value": pl.Float64, "label": pl.String}
    )
    shaded = band(run, measure)
    values = within_reach(pl.concat([drawn["value"], rest["value"]]), shaded)
    low, high = nice_domain(float(values.min() or 0.0), float(values.max() or 1.0))  # type: ignore[arg-type]
    show_chart(
        agreement(measure.unit, domain=(low, high), fmt="percent" if measure.percent else "number", band=True),
        {"main": drawn, "rest": rest, "band": shaded},
        key="rest-fan",
        sentence=as_markdown(sentence),
        unit=measure.unit,
        source=as_markdown(f"{source_line(moment.scenario)} {band_note(run, measure)}"),
    )


def _dots(found: Spread, moment: Moment, sentence: str) -> None:
    dot_panel(found, moment, key="rest-dots", sentence=sentence, quiet=True)
