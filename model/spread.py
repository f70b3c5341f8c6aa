"""How an answer spreads over modelled futures: fifty dots, each a fiftieth of all futures, and what they count to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.engine.kept import EDGES, MedianRun
from model.engine.quantiles import quantiles
from model.engine.worlds import Floats
from model.outcomes import Measure, date_at, last_step
from model.words.text import TOLERANCE

DOTS = 50


@dataclass(frozen=True, eq=False)
class Spread:
    """Quantiles of one measure at the end of the horizon.

    Attributes
    ----------
    measure, date
        What is spread, and on which day.
    dots
        Shape (up to 50,): one value per fiftieth of the futures, lowest first. A difference against the baseline of the
        same future (a ratio minus one, or points of a share), or the value itself where there is no difference.
    futures
        How many were drawn.
    ends
        Between these two nine of ten futures lie, counted over all of them as a chart's band is; NaN where all stopped.
    reference
        What the dots are differences from ("baseline", "rest point"); empty where they are values.
    """

    measure: Measure
    date: dt.date
    dots: Floats
    futures: int
    ends: tuple[float, float]
    reference: str

    @property
    def compared(self) -> bool:
        """Whether the dots are differences."""
        return bool(self.reference)

    @cached_property
    def higher(self) -> int:
        """Dots above the tolerance of 0.1%, or 0.1 percentage points."""
        return int(np.count_nonzero(self.dots > TOLERANCE))

    @cached_property
    def lower(self) -> int:
        """Dots below it."""
        return int(np.count_nonzero(self.dots < -TOLERANCE))

    @property
    def alike(self) -> int:
        """Dots within it."""
        return len(self.dots) - self.higher - self.lower

    @property
    def stopped(self) -> int:
        """Dots whose run has stopped in one of the worlds."""
        return DOTS - len(self.dots)


def fifty(values: Floats) -> Floats:
    """Fifty quantiles of the futures that have a value, fewer where some have none.

    Parameters
    ----------
    values
        Shape (futures,); NaN where a run has stopped.
    """
    there = np.sort(values[~np.isnan(values)])
    count = round(DOTS * len(there) / len(values))
    if not count:
        return np.empty(0)
    return np.asarray(np.quantile(there, (np.arange(count) + 0.5) / count))


def _told(measure: Measure, date: dt.date, values: Floats, futures: int, reference: str) -> Spread:
    """Dots and ends of the same values, shape (futures,)."""
    low, _, high = quantiles(values[:, None], EDGES)[:, 0]
    return Spread(measure, date, fifty(values), futures, (float(low), float(high)), reference)


def spread(run: MedianRun, measure: Measure) -> Spread:
    """How the last day's value spreads; worlds are the first two of the run."""
    before, after = run.at_the_end(measure.column)[:2]
    date = date_at(run, last_step(run))
    if np.array_equal(before, after, equal_nan=True):
        scale = 100 / run.on_the_first_day(measure.column) if measure.indexed else 1.0
        return _told(measure, date, after * scale, run.sampled_futures, "")
    with np.errstate(all="ignore"):
        gap = after - before if measure.percent else after / before - 1
    gap[~np.isfinite(gap)] = np.nan
    return _told(measure, date, gap, run.sampled_futures, "baseline")


def against(run: MedianRun, measure: Measure, level: float) -> Spread:
    """How far the scenario's futures end from a level, in parts of it or in points of a share."""
    after = run.at_the_end(measure.column)[1]
    gap = after - level if measure.percent else after / level - 1
    return _told(measure, date_at(run, last_step(run)), gap, run.sampled_futures, "rest point")


def collapsed_dots(run: MedianRun) -> tuple[int, int]:
    """In how many of fifty futures the baseline and the scenario have collapsed on the last day."""
    before, after = run.at_the_end("collapsed")[:2].mean(axis=1)
    return round(DOTS * float(before)), round(DOTS * float(after))
