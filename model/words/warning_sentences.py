"""What a reader would want to be told even without looking at a chart."""

from __future__ import annotations

import datetime as dt

import numpy as np

from model.engine.kept import MedianRun
from model.engine.results import COLLAPSE, Run
from model.equilibrium import Rest
from model.outcomes import date_at, runs_out_in
from model.spread import collapsed_dots
from model.words.futures_sentences import collapse_sentence
from model.words.measure_sentences import stop_of
from model.words.text import month

LOW_STAKING = 0.10
WARNED = ("burn_clipped", "net_emission_rate", "staking_ratio", "capacity", "collapsed")
"""Columns that warnings read."""

CLEARLY_MORE = 5
"""Futures of 50, a tenth, by which collapses have to rise before a change is warned of; fewer are told below."""

RUNAWAY = 1.0
"""Net emission above this rate a year more than doubles supply within a year."""


def warnings(run: Run) -> list[str]:
    """What a reader would want to be told even without looking at the chart; the scenario's, marked when shared."""
    found = [
        _stop_warning(run),
        _runway_warning(run),
        _first(
            run,
            run.values("burn_clipped") > 0.5,
            "From {when} the float would be too small to burn all that is paid for",
        ),
        _first(run, run.values("net_emission_rate") > RUNAWAY, "In {when} supply would grow by more than 100% a year"),
        _staking_warning(run),
        _collapse_warning(run),
    ]
    return [sentence for sentence in found if sentence]


def rest_warning(rest: Rest, baseline: Rest) -> str:
    """That the changes take a rest point away, or the way to it; empty where the baseline has none either."""
    if _comes_to_rest(rest) or not _comes_to_rest(baseline):
        return ""
    return "Today's network would come to rest, with these changes it would not: why is told at the end of this page."


def _comes_to_rest(rest: Rest) -> bool:
    standing = rest.stable_point is not None and rest.kind in ("anchor", "terminal")
    return standing and not (rest.reached is not None and rest.reached.fails)


def futures_warning(run: MedianRun) -> str:
    """That the changes let clearly more modelled futures collapse; empty where they do not."""
    before, after = collapsed_dots(run)
    return collapse_sentence(run) if after - before >= CLEARLY_MORE else ""


def _first(run: Run, mask: np.ndarray, words: str) -> str:
    """The sentence with the first date on which the mask holds in the scenario; empty where it never does."""
    steps = np.flatnonzero(mask[1])
    if not len(steps):
        return ""
    shared = " (in the baseline too)" if mask[0].any() else " (not in the baseline)"
    return words.format(when=month(date_at(run, int(steps[0])))) + shared + "."


def _stop_warning(run: Run) -> str:
    found = stop_of(run, "scenario")
    if not found:
        return ""
    shared = " (in the baseline too)" if stop_of(run, "baseline") else " (not in the baseline)"
    return f"The run stops in {month(found[0])}{shared}: {found[1]}."


def _runway_warning(run: Run) -> str:
    years, base = runs_out_in(run, 1), runs_out_in(run, 0)
    if years is None:
        return ""
    same = "the same in the baseline" if base == years else f"baseline: {_runway(base)}"
    day = run.start + dt.timedelta(days=round(years * 365.25))
    return f"The treasury would run out in {month(day)}, month {round(years * 12)} ({same})."


def _runway(years: float | None) -> str:
    return "it lasts beyond the horizon" if years is None else f"month {round(years * 12)}"


def _staking_warning(run: Run) -> str:
    if not run.system.structure.uses("staking"):
        return ""
    ratio = run.values("staking_ratio")
    if not ratio[1, 0] >= LOW_STAKING:
        return ""
    return _first(run, ratio < LOW_STAKING, "From {when} less than 10% of float and stake would be staked")


def _collapse_warning(run: Run) -> str:
    capacity = run.values("capacity")
    return _first(
        run, capacity < COLLAPSE * capacity[:, :1], "From {when} capacity would be below a fifth of the first day's"
    )
