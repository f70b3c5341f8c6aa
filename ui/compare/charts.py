"""Charts of the Compare page: one per column with a shared axis, all in one, and how far each is from the reference."""

from __future__ import annotations

import polars as pl
import streamlit as st

from charts.layers import Format
from charts.overlay import Across, overlay
from model.comparison.rows import (
    Column,
    are_of_one_network,
    counted_sentence,
    difference_sentence,
    gaps,
    lines,
    measures_of_all,
)
from model.engine.kept import MedianRun
from model.outcomes import Measure, key_measures
from model.words.futures_sentences import basis_sentence
from model.words.scenario_words import source_line
from model.words.value_words import lowered
from ui.baseline import SHOWN
from ui.chart import show_chart
from ui.compare import slots
from ui.compare.columns import ROLE, reference_of
from ui.exports import fitting
from ui.pick import pick
from ui.text import as_markdown


def shown_measure(shown: list[Column]) -> Measure:
    """Which quantity all columns show; part of the link."""
    offered = measures_of_all(shown)
    return offered[slots.chart() if slots.chart() in offered else "supply"]


def compute(shown: list[Column], measure: Measure) -> None:
    """Everything that the page reads, in one pass per run."""
    wanted = [measure.column, *(m.column for m in key_measures(shown[0].run.system))]
    for run in {id(column.run): column.run for column in shown}.values():
        run.compute([name for name in dict.fromkeys(wanted) if name in run.system.columns])


def chart_picker(shown: list[Column]) -> None:
    """The choice of the quantity."""
    titles = {key: measure.title for key, measure in measures_of_all(shown).items()}
    pick("Chart", titles, shown_measure(shown).column, slots.choose_chart, key="compare-chart", width=320)


def basis_lines(shown: list[Column], seed: int) -> list[str]:
    """What the numbers of each network rest on."""
    told = {}
    for column in shown:
        network = column.scenario.network
        if isinstance(column.run, MedianRun) and network.identity not in told:
            told[network.identity] = basis_sentence(column.run, column.scenario, seed)
    if not told:
        return ["Numbers follow the single path without shocks: how far futures spread is not shown."]
    return list(told.values())


def difference_words(shown: list[Column], measure: Measure) -> list[str]:
    """One sentence per column against its reference, with its count over futures."""
    told = []
    for column in shown[1:]:
        against = reference_of(column, shown)
        if against.letter != column.letter:
            said = (difference_sentence(column, against, measure), counted_sentence(column, against, measure))
            told.append(" ".join(sentence for sentence in said if sentence))
    return told


def _source(shown: list[Column]) -> str:
    return as_markdown(" ".join(dict.fromkeys(source_line(column.scenario) for column in shown)))


def side_by_side(shown: list[Column], measure: Measure) -> None:
    """The same chart once per column, each with its reference dashed, all on one vertical axis."""
    across: Across = "date" if are_of_one_network(shown) else "year"
    every = lines([(ROLE[c.letter], c) for c in shown], measure, by_year=across == "year")
    domain = fitting(every["value"])
    grid = st.grid(columns=len(shown) - 1, min_column_width=260, gap="small")
    for column in shown[1:]:
        against = reference_of(column, shown)
        pairs = [(ROLE[column.letter], column)]
        if against.letter != column.letter:
            pairs.insert(0, (ROLE[against.letter], against))
        frame = lines(pairs, measure, by_year=across == "year")
        with grid.cell(), st.container(key=f"small-{column.letter.lower()}"):
            st.markdown(as_markdown(f"{column.letter}: {column.name}"))
            show_chart(
                overlay(measure.unit, domain=domain, across=across, fmt=measure_format(measure), height=230),
                frame,
                key=f"small-chart-{column.letter.lower()}",
                sentence="",
                alt=f"{column.letter}: {difference_sentence(column, against, measure)}",
                unit=measure.unit,
                source="",
                table=False,
                baseline=SHOWN.value(),
            )


def overlaid(shown: list[Column], measure: Measure) -> None:
    """All columns in one chart."""
    across: Across = "date" if are_of_one_network(shown) else "year"
    frame = lines([(ROLE[c.letter], c) for c in shown], measure, by_year=across == "year")
    show_chart(
        overlay(measure.unit, domain=fitting(frame["value"]), across=across, fmt=measure_format(measure)),
        frame,
        key="overlay",
        sentence=as_markdown(f"{measure.title}, all columns in one chart."),
        alt=" ".join(difference_words(shown, measure)) or f"{measure.title} in all columns.",
        unit=measure.unit,
        source=_source(shown),
        table=_wide(frame, across),
        baseline=SHOWN.value(),
    )


def differences(shown: list[Column], measure: Measure) -> None:
    """How far each column is from its reference over time."""
    across: Across = "date" if are_of_one_network(shown) else "year"
    held = [(ROLE[c.letter], c, reference_of(c, shown)) for c in shown]
    held = [triple for triple in held if triple[1].letter != triple[2].letter]
    if not held:
        return
    names = {against.letter for *_, against in held}
    frame = gaps(held, measure, by_year=across == "year")
    unit = "percentage points" if measure.percent else "percent"
    against = " and ".join(sorted("the baseline" if name == "Baseline" else name for name in names))
    show_chart(
        overlay(
            f"difference from {against}, {unit}",
            domain=fitting(pl.concat([frame["value"], pl.Series([0.0])])),
            across=across,
            fmt="percent",
            level=True,
        ),
        {"main": frame, "level": pl.DataFrame({"value": [0.0], "label": [""]})},
        key="gaps",
        sentence=as_markdown(f"How far the {lowered(measure.title)} of each column would be from {against}."),
        alt=" ".join(difference_words(shown, measure)),
        unit=f"shares of one ({unit} divided by 100)",
        source=_source(shown),
        table=_wide(frame, across),
    )


def measure_format(measure: Measure) -> Format:
    """How an axis writes a measure."""
    return "percent" if measure.percent else "number"


def _wide(frame: pl.DataFrame, across: str) -> pl.DataFrame:
    """One column per scenario, named by its letter."""
    letters = {role: letter for letter, role in ROLE.items()}
    wide = frame.pivot("series", index=across, values="value", maintain_order=True)
    return wide.rename({role: letter for role, letter in letters.items() if role in wide.columns})
