"""The chart slots of a page: which chart stands where, its sentence, its drawing and its range."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
import polars as pl
import streamlit as st

from charts.domain import Domain, held, nice_domain
from charts.mint_burn import mint_burn
from charts.trajectory import trajectory
from model import Run
from model.engine.kept import MedianRun
from model.outcomes import FLOW_COLUMNS, KEY_FIGURES, band, flows, measures, paths
from model.system import System
from model.words.futures_sentences import band_note
from model.words.marks import labelled, marks
from model.words.measure_sentences import flows_sentence, measure_sentence
from model.words.scenario_words import source_line
from model.words.warning_sentences import WARNED
from ui.baseline import SHOWN
from ui.chart import show_chart
from ui.link import Moment
from ui.runs import run_of, single_path
from ui.text import as_markdown

FLOWS = "minted-burned"
"""The one chart that is not a single measure."""
DEFAULT_SLOTS = ("supply", FLOWS, "price", "staking_ratio")
HEIGHT = 280
BAND_REACH = 2.5
"""A band may reach this many times beyond the lines before the axis cuts it off; the note says how far it goes."""


def choices(system: System) -> dict[str, str]:
    """Charts on offer, by key, with their titles."""
    offered = {key: measure.label for key, measure in measures(system).items()}
    first = {"supply": offered.pop("supply"), FLOWS: "Minted and burned tokens"}
    return {**first, **offered}


def default_slots(system: System) -> tuple[str, ...]:
    """What the slots show until somebody picks: without staking, capacity takes its place."""
    return tuple(key if key in choices(system) else "capacity" for key in DEFAULT_SLOTS)


def panel(
    slot: str, chart: str, moment: Moment, before: Moment | None, *, height: int = HEIGHT, told: bool = True
) -> None:
    """One chart of `moment`, with the scenario of `before` faint; `slot` names its place on the page.

    `height` in pixels; `told=False` leaves its sentence to what stands above.
    """
    run = run_of(moment)
    if chart == FLOWS:
        _flows_panel(slot, run, moment, height, told=told)
        return
    measure = measures(run.system)[chart]
    old = run_of(before) if before is not None and before.years == moment.years else None
    frames = {"main": paths(run, measure, old)}
    values = frames["main"]["value"]
    sentence = measure_sentence(run, measure)
    if isinstance(run, MedianRun):
        frames["band"] = band(run, measure)
        values = within_reach(values, frames["band"])
    spec = trajectory(
        measure.unit,
        domain=_domain(slot, chart, moment, values),
        rules=True,
        band="band" in frames,
        fmt="percent" if measure.percent else "number",
        height=height,
    )
    note = band_note(run, measure) if isinstance(run, MedianRun) else ""
    _show(slot, spec, frames, sentence, measure.unit, moment, small=False, told=told, note=note)


def within_reach(lines: pl.Series, band: pl.DataFrame) -> pl.Series:
    """What an axis has to show: the lines, and of the band no more than leaves the lines readable."""
    top, bottom = float(lines.max() or 0.0), float(lines.min() or 0.0)  # type: ignore[arg-type]
    reach = BAND_REACH * max(abs(top), abs(bottom))
    edges = np.concatenate([band["low"].to_numpy(), band["high"].to_numpy()])
    limits = edges.clip(min(bottom, -reach), max(top, reach))
    return pl.Series(np.concatenate([lines.to_numpy(), limits]), nan_to_null=True)


def _flows_panel(slot: str, run: Run, moment: Moment, height: int, *, told: bool) -> None:
    frame = flows(run)
    mint, burn, net, baseline_net = (frame[name].to_numpy() for name in ("mint", "burn", "net", "baseline_net"))
    extent = pl.Series(np.concatenate([mint, -burn, net, baseline_net, [0.0]]))
    unit = "tokens a year"
    spec = mint_burn(unit, domain=_domain(slot, FLOWS, moment, extent), rules=True, height=height)
    _show(slot, spec, {"main": frame}, flows_sentence(run), unit, moment, small=True, told=told)


@lru_cache(maxsize=96)
def _rules(moment: Moment, *, small: bool) -> pl.DataFrame:
    """Steps of the schedule, supply events and the start of changes; small steps are lines without a label."""
    rows, _ = labelled_rules(moment, small=small)
    return pl.DataFrame(rows, schema={"date": pl.Date, "label": pl.String}, orient="row")


@lru_cache(maxsize=96)
def labelled_rules(moment: Moment, *, small: bool) -> tuple[list[tuple[dt.date, str]], str]:
    """What stands beside each rule, and the line that says what numbers among them mean; "" where words have room."""
    found = [mark for mark in marks(moment.scenario, single_path(moment)) if small or mark.large]
    return labelled(found)


def _show(
    slot: str,
    spec: dict[str, object],
    frames: dict[str, pl.DataFrame],
    sentence: str,
    unit: str,
    moment: Moment,
    *,
    small: bool,
    told: bool,
    note: str = "",
) -> None:
    key = labelled_rules(moment, small=small)[1]
    show_chart(
        spec,
        {**frames, "rules": _rules(moment, small=small)},
        key=slot,
        sentence=as_markdown(sentence) if told else "",
        alt=sentence,
        unit=unit,
        source=as_markdown(" ".join(filter(None, (source_line(moment.scenario), note, key)))),
        baseline=SHOWN.value(),
    )


def _domain(slot: str, chart: str, moment: Moment, values: pl.Series) -> Domain:
    """Range of the vertical axis, remembered per chart, network and horizon, so that it holds while levers move."""
    numbers = values.to_numpy()
    known = numbers[~np.isnan(numbers)]
    needed = nice_domain(float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
    memory: dict[tuple[str, str, str, int], Domain] = st.session_state.setdefault("_domains", {})
    at = (slot, chart, moment.scenario.network.identity, moment.years)
    memory[at] = held(needed, memory.get(at))
    return memory[at]


def columns_on_screen(system: System, charts: Iterable[str]) -> list[str]:
    """Columns that charts, key figures and warnings read, to be computed in one pass."""
    read = [*charts, *KEY_FIGURES, "revenue_gap", *FLOW_COLUMNS, *WARNED]
    return [name for name in dict.fromkeys(read) if name in system.columns]
