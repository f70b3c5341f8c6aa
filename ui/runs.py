"""Runs and rest points of a moment, computed once and shared by everybody who looks at the same link."""

from __future__ import annotations

from functools import lru_cache, partial

import numpy as np

from model import Rest, Run, project
from model.comparison.compare import compare
from model.comparison.rows import at_years, compared_years
from model.engine.kept import MedianRun, drawn_steps
from model.engine.side_by_side import side_by_side
from model.outcomes import last_step, prepare
from model.scenario.arguments import arguments_of
from ui.link import Moment
from ui.reports import baseline_report, report_of


@lru_cache(maxsize=48)
def run_of(moment: Moment) -> Run:
    """Worlds "baseline" and "scenario" over the horizon: medians over futures, or the single path where none are drawn.

    Medians come with `sampled`, the run in all its futures.
    """
    if moment.futures:
        return MedianRun(partial(_sampled, moment))
    return prepare(projected(moment, draws=0))


@lru_cache(maxsize=48)
def single_path(moment: Moment) -> Run:
    """The same without shocks and at every step: dates of the schedule are read off it."""
    return projected(moment, draws=0)


@lru_cache(maxsize=16)
def _sampled(moment: Moment) -> Run:
    """All futures at as many steps as a chart draws; worlds that stood in an earlier question are remembered."""
    return side_by_side(moment.scenario, years=moment.years, draws=moment.futures, seed=moment.seed)


def projected(moment: Moment, draws: int) -> Run:
    """Worlds "baseline" and "scenario" at every step, in as many of the moment's futures as asked for."""
    shown = moment.scenario
    return project(shown.network, **arguments_of(shown), years=moment.years, draws=draws, seed=moment.seed)


def rest_at(moment: Moment) -> Rest:
    """Where the scenario would come to rest with its changes in full force; the horizon does not matter."""
    return report_of(moment).rest


def rest_of_baseline(moment: Moment) -> Rest:
    """The same under today's rules and the same assumptions."""
    return baseline_report(moment).rest


def compared(letters: tuple[str, ...], moments: tuple[Moment, ...]) -> Run:
    """World "baseline" and one per moment, all of one network, horizon and seed: medians, or single paths."""
    if moments[0].futures:
        return _compared_medians(letters, moments)
    return prepare(_compared(letters, moments, draws=0))


@lru_cache(maxsize=8)
def _compared_medians(letters: tuple[str, ...], moments: tuple[Moment, ...]) -> Run:
    return MedianRun(partial(_compared_futures, letters, moments))


@lru_cache(maxsize=2)
def _compared_futures(letters: tuple[str, ...], moments: tuple[Moment, ...]) -> Run:
    """All futures at as many steps as a chart draws, and at the dates that tables name."""
    run = _compared(letters, moments, draws=moments[0].futures)
    named = [at_years(run, years) for years in compared_years(moments[0].years)]
    return run.thinned(np.unique([*drawn_steps(last_step(run)), *named]))


def _compared(letters: tuple[str, ...], moments: tuple[Moment, ...], draws: int) -> Run:
    first = moments[0]
    scenarios = [moment.scenario for moment in moments]
    return compare(scenarios, letters, years=first.years, draws=draws, seed=first.seed)
