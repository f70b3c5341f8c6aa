"""What a comparison of the last day leaves out: where scenario and baseline are further apart on the way there."""

from __future__ import annotations

import numpy as np

from model.engine.results import Run
from model.engine.worlds import Floats
from model.outcomes import Measure, key_measures, outcome, series
from model.words.measure_sentences import difference_words, is_tiny
from model.words.text import month
from model.words.value_words import lowered

WORTH_TELLING = 0.02
"""Relative difference, or percentage points for shares, below which nothing is told."""

WIDER = 2.0
"""How many times the difference of the last day it takes, where both point the same way."""


def on_the_way(run: Run) -> str:
    """The key figure whose difference is largest before the last day, in a sentence; empty where the end tells it all.

    Runs with futures are compared by their medians.
    """
    steps = [(measure, step) for measure in key_measures(run.system) if (step := widest(run, measure)) is not None]
    excess = [_excess(run, measure, step) for measure, step in steps]
    if not max(excess, default=0.0):
        return ""
    measure, step = steps[int(np.argmax(excess))]
    at, end = outcome(run, measure, step), outcome(run, measure)
    ending = "back near the baseline" if is_tiny(end) else difference_words(end)
    return (
        f"On the way there, in {month(at.date)}, {lowered(measure.label)} would be {difference_words(at)}; "
        f"in {month(end.date)} it would be {ending}."
    )


def widest(run: Run, measure: Measure) -> int | None:
    """Step at which the worlds are furthest apart; None where no step has both values."""
    gaps = np.abs(_gaps(run, measure))
    return int(np.nanargmax(gaps)) if np.isfinite(gaps).any() else None


def _gaps(run: Run, measure: Measure) -> Floats:
    """Shape (steps,): difference in points for shares, else as a part of the baseline."""
    baseline, scenario = series(run, measure)[:2]
    with np.errstate(all="ignore"):
        gaps = scenario - baseline if measure.percent else scenario / baseline - 1
    gaps[~np.isfinite(gaps)] = np.nan
    return np.asarray(gaps, dtype=np.float64)


def _excess(run: Run, measure: Measure, step: int) -> float:
    """By how much the widest difference is more than the last day's; 0 where it is not worth telling."""
    gaps = _gaps(run, measure)
    most, last = float(gaps[step]), float(gaps[-1])
    if not np.isfinite(last) or abs(most) < WORTH_TELLING:
        return 0.0
    turned = most * last < 0 or abs(most) > WIDER * abs(last)
    return abs(most) - abs(last) if turned else 0.0
