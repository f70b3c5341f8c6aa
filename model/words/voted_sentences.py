"""What is voted beside what a proposal counts on: the same measure with and without what no vote decides."""

from __future__ import annotations

import math
from collections.abc import Iterable

import polars as pl

from model.engine.results import Run
from model.outcomes import Measure, outcome
from model.scenario.scenario import Scenario
from model.scenario.voted import counted_on
from model.words.measure_sentences import is_alike, is_tiny, measure_sentence
from model.words.text import month, quantity
from model.words.value_words import lowered

ALONE = "With what is voted alone"
"""How every such sentence begins."""
AS_WELL = "If what it counts on comes true as well"
"""How what no vote decides is added."""


def counted_on_sentence(scenario: Scenario) -> str:
    """Which provisions no vote decides; empty where there are none."""
    named = [f"“{provision.title}”" for provision in counted_on(scenario)]
    if not named:
        return ""
    follow, them = ("is", "it") if len(named) == 1 else ("are", "them")
    return (
        f"{_listed(named)} {follow} expected to follow; no vote decides {them}. What stands below counts {them} in, "
        "unless it says otherwise."
    )


def both_ways(voted: Run, run: Run, measure: Measure) -> str:
    """One measure with what is voted alone, and with what is counted on as well.

    Parameters
    ----------
    voted, run
        Worlds "baseline" and "scenario" on the same draws, without and with what no vote decides.
    """
    full = outcome(run, measure)
    alone = _alone(voted, measure)
    if not math.isfinite(full.scenario) or not math.isfinite(full.baseline):
        return f"{alone}. {AS_WELL}: {lowered(measure_sentence(run, measure))}"
    if is_tiny(full):
        tolerance = "0.1 percentage points" if measure.percent else "0.1%"
        return f"{alone}; {lowered(AS_WELL)}, it would differ from the baseline by less than {tolerance}."
    value = f"{'index ' if measure.indexed else ''}{measure.write(full.scenario)}"
    return f"{alone}; {lowered(AS_WELL)}, {full.change} ({value})."


def _alone(voted: Run, measure: Measure) -> str:
    if is_alike(voted, measure):
        when = month(outcome(voted, measure).date)
        return f"{ALONE}, {lowered(measure.label)} in {when} would be as in the baseline"
    return f"{ALONE}, {lowered(measure_sentence(voted, measure)).removesuffix('.')}"


def turned(voted: pl.DataFrame, full: pl.DataFrame) -> str:
    """Groups that gain one way and lose the other; empty where nobody does.

    Parameters
    ----------
    voted, full
        `WhoGains.summary` without and with what no vote decides.
    """
    both = voted.select("group", "label", alone="difference").join(full.select("group", "difference"), on="group")
    told = [
        f"{line['label'].lower()} would {_verb(line['alone'])} {quantity(abs(line['alone']), '$')} instead of "
        f"{'gaining' if line['difference'] > 0 else 'losing'} {quantity(abs(line['difference']), '$')}"
        for line in both.iter_rows(named=True)
        if line["alone"] * line["difference"] < 0
    ]
    return f"{ALONE}, {_listed(told)}." if told else ""


def _verb(value: float) -> str:
    return "gain" if value > 0 else "lose"


def _listed(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
