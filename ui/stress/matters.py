"""What matters most on the Stress page: tornado, Sobol indices, flip points."""

from __future__ import annotations

from functools import partial

import polars as pl
import streamlit as st

from charts.indices import KINDS, indices_chart
from charts.tornado import tornado_chart
from model.sensitivity.sobol import SAMPLES, Explained, Sobol
from model.sensitivity.uncertainty import Question
from model.words.scenario_words import source_line
from model.words.text import percent
from ui.chart import show_chart
from ui.link import Moment
from ui.long_work import worked_out
from ui.pick import pick
from ui.proposal.drivers import MOST_BARS, arms, wrapped
from ui.stress.fields import OUTCOME, asked_for, outcomes
from ui.stress.runs import flips_of, key_of, question_of, tornado_of
from ui.text import as_markdown

PATH = "Single path without shocks; each assumption within its usual range."

MOST_FLIPS = 7
"""Flip points told at once, nearest first."""


def outcome_picker(moment: Moment, place: str) -> None:
    """What tornado, indices, flip points and map are about; one choice for all of them."""
    offered = outcomes(moment.scenario)
    pick("What is asked", offered, OUTCOME.value(), OUTCOME.set, key=f"pick-outcome-{place}")


def matters_part(moment: Moment) -> None:
    """One assumption at a time, all of them together, and the values that turn the answer."""
    outcome_picker(moment, "matters")
    _tornado(moment)
    st.subheader("All assumptions together", anchor=False)
    _indices(moment)
    st.subheader("What would turn it", anchor=False)
    _flips(moment)


def axis_of(question: Question) -> tuple[str, bool]:
    """Title of an axis of answers, and whether they are shares."""
    if question.compared == "relative":
        return f"effect on {question.name} (percent)", True
    sample = question.effect_words(0.5)
    is_share = "percent" in sample or "%" in sample
    unit = " (percentage points)" if "points" in sample and is_share else " (percent)" if is_share else ""
    what = question.name if question.compared == "level" else f"effect on {question.name}"
    return f"{what.partition(' (')[0]}{unit}", is_share


def _tornado(moment: Moment) -> None:
    found = tornado_of(moment, asked_for(moment.scenario))
    if not found.bars:
        st.markdown(as_markdown(found.sentence))
        return
    unit, is_share = axis_of(found.question)
    shown = found.bars[:MOST_BARS]
    frame, rules = arms(found)
    more = f" {len(found.bars) - len(shown)} more stand in the table." if len(found.bars) > len(shown) else ""
    show_chart(
        tornado_chart(unit, rows=len(shown), fmt="percent" if is_share else "number"),
        {"main": frame, "rules": rules},
        key="stress-tornado",
        sentence=as_markdown(found.sentence),
        unit=unit,
        source=as_markdown(f"{source_line(moment.scenario)} {PATH} Faint: low end, full: high end.{more}"),
        table=found.frame.select("label", "low_words", "high_words", "effect_low", "effect_now", "effect_high"),
    )


def _indices(moment: Moment) -> None:
    what = asked_for(moment.scenario)
    question = question_of(moment.scenario, what, moment.years)
    points = SAMPLES * (len(question.asked) + 2)
    found = worked_out(
        key_of(moment, "sobol", what),
        partial(Sobol, question, SAMPLES, moment.seed),
        name="sobol",
        what=f"{points:,} settings of all assumptions",
    )
    if found is None:
        return
    if not found.keys:
        st.markdown(as_markdown(found.sentence))
        return
    shown = min(MOST_BARS, len(found.keys))
    stopped = f" In {percent(found.stopped)} of them a run stops; these count as the lowest." if found.stopped else ""
    show_chart(
        indices_chart("share of the variance", rows=shown),
        index_rows(found, shown),
        key="sobol",
        sentence=as_markdown(found.sentence),
        alt=f"Share of the variance that each assumption explains, alone and together with others. {found.sentence}",
        unit="shares of the variance",
        source=as_markdown(
            f"{source_line(moment.scenario)} Sobol indices of {found.points:,} settings, all assumptions drawn evenly "
            "and independently over their usual ranges, the outermost hundredths of answers cut; full: alone, faint: "
            f"together with others, line: 95% interval.{stopped}"
        ),
        table=found.frame.drop("key"),
    )


def index_rows(found: Explained, shown: int) -> pl.DataFrame:
    """Two rows per assumption: label, kind, value, low, high, text and told."""
    rows = []
    for row in found.frame.head(shown).iter_rows(named=True):
        for kind, name in zip(KINDS, ("first", "total"), strict=True):
            value, low, high = (max(0.0, row[key]) for key in (name, f"{name}_low", f"{name}_high"))
            words = percent(value, 2) if value >= 0.005 else "0%"
            told = f"{row['label']} {kind}: {words} ({percent(low, 2)} to {percent(high, 2)})"
            rows.append((wrapped(row["label"], 20), kind, value, low, high, words, told))
    return pl.DataFrame(rows, schema=["label", "kind", "value", "low", "high", "text", "told"], orient="row")


def _flips(moment: Moment) -> None:
    found = flips_of(moment, asked_for(moment.scenario))
    if not found.points:
        st.markdown(as_markdown(found.sentence))
        return
    st.markdown("Each value is solved for alone, on the single path, with everything else as it is; nearest first.")
    sentences = [f"- {as_markdown(point.sentence)}" for point in found.points]
    st.markdown("\n".join(sentences[:MOST_FLIPS]))
    if len(sentences) > MOST_FLIPS:
        with st.expander(f"{len(sentences) - MOST_FLIPS} more", key="more-flips"):
            st.markdown("\n".join(sentences[MOST_FLIPS:]))
