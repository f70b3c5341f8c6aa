"""Whether the revenue gap closes or widens: over the modelled futures of a run."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from model.engine.kept import MedianRun
from model.engine.results import Run
from model.engine.worlds import Floats

MONTHS = 36
"""By when the gap is asked to be below one."""

POINTS = 41
"""Dates through which the trend is laid: quarters of ten years."""


@dataclass(frozen=True)
class GapFutures:
    """One world over all futures.

    Attributes
    ----------
    closes
        Share of futures in which the gap is below one at month 36; None where the horizon ends before.
    widens
        Share of futures in which emitted value grows away from revenue: it is above revenue on the last day, and the
        Theil-Sen slope of the difference is above zero. None where every future stops.
    futures
        How many were looked at; 1 is the single path.
    stopped
        How many of them end early; they count as not closed and are left out of the trend.
    until
        The last day looked at.
    """

    closes: float | None
    widens: float | None
    futures: int
    stopped: int
    until: dt.date


def gap_futures(run: Run) -> tuple[GapFutures, ...]:
    """One entry per world of the run, in its order."""
    every = run.sampled if isinstance(run, MedianRun) else run
    every.compute(["price", "emission", "revenue"])
    emitted, revenue = every.values("price") * every.values("emission"), every.values("revenue")
    labels = np.array(every.labels)
    last = every.start + dt.timedelta(days=round(float(every.times[-1]) * 365.25))
    return tuple(_of(emitted[rows], revenue[rows], every.times, last) for rows in (labels == w for w in every.worlds))


def _of(emitted: Floats, revenue: Floats, times: Floats, last: dt.date) -> GapFutures:
    difference = emitted - revenue
    there = np.isfinite(difference[:, -1])
    closes = None
    if times[-1] >= MONTHS / 12 - 1e-9:
        at = int(np.argmin(np.abs(times - MONTHS / 12)))
        closes = float(np.mean(difference[:, at] < 0))  # a future that has stopped has not closed it
    chosen = np.unique(np.round(np.linspace(0, len(times) - 1, POINTS)).astype(int))
    widens = None
    if there.any():
        slopes = theil_sen(times[chosen], difference[there][:, chosen])
        widens = float(np.mean((slopes > 0) & (difference[there][:, -1] > 0)))
    return GapFutures(closes, widens, len(difference), int((~there).sum()), last)


def theil_sen(times: Floats, values: Floats) -> Floats:
    """Median slope over all pairs of dates, shape (rows,), of `values` with shape (rows, dates).

    Sen (1968), https://doi.org/10.1080/01621459.1968.10480934: half of the pairs may be wild without moving it.
    """
    first, second = np.triu_indices(len(times), 1)
    slopes = (values[:, second] - values[:, first]) / (times[second] - times[first])
    return np.asarray(np.median(slopes, axis=1))
