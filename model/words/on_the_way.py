"""What a comparison of the last day leaves out: the year in which scenario and baseline are further apart."""

from __future__ import annotations

import numpy as np

from model.engine.results import Run
from model.engine.worlds import Floats
from model.outcomes import Measure, Outcome, date_at, key_measures, outcome, series
from model.words.measure_sentences import difference_words, is_tiny
from model.words.text import month
from model.words.value_words import lowered

WORTH_TELLING = 0.02
"""Relative difference, or percentage points for shares, below which nothing is told."""

WIDER = 2.0
"""How many times the difference of the last day it takes, where both point the same way."""

SPAN = 1.0
"""Years over which values are averaged, so that the first step of a change that settles at once is not told."""


def on_the_way(run: Run) -> str:
    """The key figure whose yearly mean differs most before the last day, in a sentence; empty where the end tells it.

    Runs with futures are compared by their medians.
    """
    steps = [(measure, step) for measure in key_measures(run.system) if (step := widest(run, measure)) is not None]
    excess = [_excess(run, measure, step) for measure, step in steps]
    if not max(excess, default=0.0):
        return ""
    measure, step = steps[int(np.argmax(excess))]
    at, end = over_the_year(run, measure, step), outcome(run, measure)
    ending = "back near the baseline" if is_tiny(end) else difference_words(end)
    return (
        f"On the way there, on average over the year to {month(at.date)}, {lowered(measure.label)} would be "
        f"{difference_words(at)}; "
        f"in {month(end.date)} it would be {ending}."
    )


def widest(run: Run, measure: Measure) -> int | None:
    """Step that ends the year in which the worlds are furthest apart; None where no year has both values."""
    gaps = np.abs(_gaps(measure, yearly(run, measure)))
    return int(np.nanargmax(gaps)) if np.isfinite(gaps).any() else None


def over_the_year(run: Run, measure: Measure, step: int) -> Outcome:
    """Both worlds' means over the year that ends at a step."""
    baseline, scenario = yearly(run, measure)[:, step]
    return Outcome(measure, date_at(run, step), float(baseline), float(scenario))


def yearly(run: Run, measure: Measure) -> Floats:
    """Shape (2, steps): means over the year that ends at each step; NaN where a year is not whole or has a gap."""
    values = series(run, measure)[:2]
    known = np.isfinite(values)
    ends = np.arange(1, values.shape[1] + 1)
    begins = np.searchsorted(run.times, run.times - SPAN * (1 - 1e-9))

    def sums(of: Floats) -> Floats:
        added = np.concatenate([np.zeros((2, 1)), np.cumsum(of, axis=1)], axis=1)
        return np.asarray(added[:, ends] - added[:, begins])

    whole = (sums(known.astype(float)) == ends - begins) & (run.times >= SPAN * (1 - 1e-9))
    return np.asarray(np.where(whole, sums(np.where(known, values, 0.0)) / (ends - begins), np.nan))


def _gaps(measure: Measure, values: Floats) -> Floats:
    """Shape (steps,): difference in points for shares, else as a part of the baseline."""
    baseline, scenario = values
    with np.errstate(all="ignore"):
        gaps = scenario - baseline if measure.percent else scenario / baseline - 1
    gaps[~np.isfinite(gaps)] = np.nan
    return np.asarray(gaps, dtype=np.float64)


def _excess(run: Run, measure: Measure, step: int) -> float:
    """By how much the widest difference is more than the last day's; 0 where it is not worth telling."""
    most = float(_gaps(measure, yearly(run, measure))[step])
    last = float(_gaps(measure, series(run, measure)[:2])[-1])
    if not np.isfinite(last) or abs(most) < WORTH_TELLING:
        return 0.0
    turned = most * last < 0 or abs(most) > WIDER * abs(last)
    return abs(most) - abs(last) if turned else 0.0
