"""The sentences at the top of a proposal: what would differ, from what to what, and because of which part of it."""

from __future__ import annotations

import math

import numpy as np

from model.engine.kept import MedianRun
from model.engine.results import Run
from model.outcomes import date_at, last_step, measures, outcome
from model.sensitivity.attribution import Drivers
from model.words.measure_sentences import is_tiny, measure_sentence
from model.words.text import TOLERANCE, month, quantity
from model.words.value_words import lowered
from model.words.voted_sentences import AS_WELL, both_ways

RECEIVED = ("treasury_revenue", "treasury_tokens_value")
"""Columns in USD a year that the treasury receives."""

ASKED = ("staking_yield", "", "price", "capacity", "quality", "revenue", "revenue_gap")
"""What the sentences after the first are about, in this order; the empty name is what the treasury receives."""

OTHERS = 0.5
"""A second part is named beside the first one from this part of its share on."""
AGAINST = 0.25
"""A part that works against the rest is named from this part of the whole difference on."""


def explained(run: Run) -> tuple[str, ...]:
    """Columns whose differences the sentences may explain."""
    return tuple(name for name in ("supply", *ASKED) if name in measures(run.system))


def verdict(
    run: Run, drivers: dict[str, Drivers] | None = None, count: int = 3, *, voted: Run | None = None
) -> list[str]:
    """Up to `count` sentences: supply first, then what differs, then what does not.

    Parameters
    ----------
    drivers
        Attribution by column on the single path; a cause is named only where it points where the run points.
    voted
        The same without what the proposals count on and no vote decides; then every sentence tells both.
    """
    offered = measures(run.system)
    moved: list[str] = []
    still: list[str] = []
    for name in ASKED:
        if not name:
            sentence = treasury_sentence(run)
            if sentence:
                moved.append(sentence if voted is None else f"{AS_WELL}, {lowered(sentence)}")
        elif name in offered:
            result = outcome(run, offered[name])
            tiny = is_tiny(result) and math.isfinite(result.scenario)
            (still if tiny else moved).append(_told(run, name, drivers or {}, voted))
    return [_told(run, "supply", drivers or {}, voted), *moved, *still][:count]


def _told(run: Run, name: str, drivers: dict[str, Drivers], voted: Run | None) -> str:
    return _with_cause(run, name, drivers) if voted is None else both_ways(voted, run, measures(run.system)[name])


def _with_cause(run: Run, name: str, drivers: dict[str, Drivers]) -> str:
    """The sentence of one measure, and why."""
    measure = measures(run.system)[name]
    sentence, result = measure_sentence(run, measure), outcome(run, measure)
    if name not in drivers or is_tiny(result):
        return sentence
    why = because(drivers[name], result.scenario - result.baseline)
    return f"{sentence.removesuffix('.')}, {why}." if why else sentence


def because(found: Drivers, difference: float) -> str:
    """Which parts make a difference: "mostly because of “Node pay halved”"; empty where there is one part or none.

    Parameters
    ----------
    difference
        What is explained; where the attribution points the other way, nothing is said.
    """
    full = found.full
    if len(full.parts) < 2 or full.undefined or not full.total * difference > 0:
        return ""
    sign = math.copysign(1.0, difference)
    rows = [(label, sign * share) for label, share in full.frame.select("label", "share").iter_rows()]
    with_it = sorted((row for row in rows if row[1] > 0), key=lambda row: -row[1])
    named = [row for row in with_it[:2] if row[1] >= OTHERS * with_it[0][1]]
    against = [label for label, share in rows if share < -AGAINST * abs(full.total)]
    whole = sum(share for _, share in with_it)
    lead = "mostly because of" if sum(share for _, share in named) < 0.9 * whole else "because of"
    words = f"{lead} {' and '.join(f'“{label}”' for label, _ in named)}"
    return f"{words}, while “{against[0]}” works against it" if against else words


def treasury_sentence(run: Run) -> str:
    """What the treasury would receive a year at the end of the horizon; empty where that would not change."""
    if not all(name in run.system.columns for name in RECEIVED):
        return ""
    before, after = _received(run)
    gap = after - before
    if not np.isfinite(gap) or abs(gap) <= TOLERANCE * abs(before):
        return ""
    when = month(date_at(run, last_step(run)))
    return (
        f"The treasury would receive {quantity(abs(gap), '$')} {'more' if gap > 0 else 'less'} a year in {when} "
        f"({quantity(after, '$')} instead of {quantity(before, '$')})."
    )


def _received(run: Run) -> tuple[float, float]:
    """USD a year that flow to the treasury on the last day: baseline and scenario, medians where futures are drawn."""
    if isinstance(run, MedianRun):
        total = sum(run.at_the_end(name) for name in RECEIVED)
        middle = np.median(np.asarray(total), axis=1)
        return float(middle[0]), float(middle[1])
    last = sum(run.values(name)[:2, -1] for name in RECEIVED)
    return float(np.asarray(last)[0]), float(np.asarray(last)[1])
