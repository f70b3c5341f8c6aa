"""Sentences about modelled futures: counted, with the calls of judgement that matter most."""

from __future__ import annotations

import math
import re

from model.engine.kept import MedianRun
from model.outcomes import Measure, date_at, ends, last_step
from model.parameters.assumptions.chance import SOURCES_OF_CHANCE
from model.scenario.scenario import Scenario
from model.spread import DOTS, Spread, collapsed_dots
from model.words.text import TOLERANCE, month, number, sentence_case
from model.words.value_words import lowered

_SAME = "within 0.1% of"
NO_CHANCE = "No chance is drawn in this network: all futures are alike, so one path says it all."

TIMES_FROM = 5.0
"""A value that many times another is told in times, not in percent."""

LONG_INDEX = 1000.0
"""An index from here on is told in times of the first day."""


def draws_chance(scenario: Scenario) -> bool:
    """Whether anything differs between the futures of a scenario."""
    values = scenario.values.items()
    return any(value != 0 for key, value in values if key.rpartition(".")[2] in SOURCES_OF_CHANCE)


def spread_sentence(found: Spread) -> str:
    """In how many of fifty futures the measure is higher or lower than in the baseline, or where it lies."""
    label, when = f"the {lowered(found.measure.label)}", month(found.date)
    if not len(found.dots):
        return f"{sentence_case(label)} in {when} is not known in any modelled future: every run stops before."
    if not found.compared:
        return f"In 9 of 10 modelled futures {label} in {when} would lie {_between(found.measure, *found.ends)}."
    side, count = max((("lower", found.lower), ("higher", found.higher)), key=lambda pair: pair[1])
    if not found.higher and not found.lower:
        return f"In all modelled futures {label} in {when} would be {_SAME} the baseline."
    words = f"In {_of_fifty(count)} modelled futures {label} in {when} would be {side} than in the baseline"
    low, high = (_gap(found, float(value)) for value in found.ends)
    tail = f"; nine of ten lie between {low} and {high}"
    rest = ", ".join(f"{counted} {word}" for counted, word in _others(found, side) if counted)
    return f"{words}{f' ({rest})' if rest else ''}{tail}."


def _of_fifty(count: int) -> str:
    return f"all {DOTS}" if count == DOTS else f"{count} of {DOTS}"


def _others(found: Spread, side: str) -> list[tuple[int, str]]:
    opposite = ("lower", found.lower) if side == "higher" else ("higher", found.higher)
    return [(opposite[1], opposite[0]), (found.alike, "about the same"), (found.stopped, "stopped before")]


def _between(measure: Measure, low: float, high: float) -> str:
    """Two ends as far apart as they are written: "between 40 and 220 (today 100)", or "0.4 and 21 times today's"."""
    if measure.indexed and high >= LONG_INDEX:
        return f"between {number(low / 100, 2)} and {number(high / 100, 2)} times today's"
    ends = [measure.write(low, 2), measure.write(high, 2)]
    if ends[0] == ends[1]:
        ends = [measure.write(low, 4), measure.write(high, 4)]
    return f"between {ends[0]} and {ends[1]}{' (today 100)' if measure.indexed else ''}"


def _gap(found: Spread, value: float) -> str:
    if found.measure.percent:
        return f"{number(100 * value, 2)} points"
    if 1 + value >= TIMES_FROM:
        return f"{number(1 + value, 2)} times the {found.reference}"
    sign = "+" if value > 0 else ""
    return f"{sign}{number(100 * value, 2)}%"


def basis_sentence(run: MedianRun, scenario: Scenario, seed: int) -> str:
    """What the counts are: the model's futures under these assumptions, and what they hang on most."""
    if not draws_chance(scenario):
        return NO_CHANCE
    calls = [lowered(_first_clause(call)) for call in scenario.network.judgement_calls[:2]]
    words = f"Medians of {run.sampled_futures} futures that the model draws (seed {seed}), not forecasts."
    lead = "Where the network goes by itself hangs most on two calls of judgement, which nobody publishes"
    return f"{words} {lead}: {'; '.join(calls)}." if len(calls) > 1 else words


def _first_clause(call: str) -> str:
    return re.split(r"[:;,]| while ", call, maxsplit=1)[0]


def collapse_sentence(run: MedianRun) -> str:
    """In how many futures the network collapses; empty where it does in none."""
    before, after = collapsed_dots(run)
    if not before and not after:
        return ""
    return (
        f"In {after} of {DOTS} modelled futures capacity would fall below a fifth of the first day's or the run would "
        f"stop (baseline: {before})."
    )


def band_note(run: MedianRun, measure: Measure) -> str:
    """What the shaded band is, and where it ends."""
    low, high = (float(edge) for edge in ends(run, measure))
    if math.isnan(low) or math.isnan(high):
        return "Shaded: nine of ten futures of the scenario."
    if high - low <= TOLERANCE * max(abs(high), abs(low)):
        return "All futures are alike in it."
    where = _between(measure, low, high)
    return f"Shaded: nine of ten futures of the scenario, {where} in {month(date_at(run, last_step(run)))}."


def rest_spread_sentence(found: Spread, what: str) -> str:
    """On which side of the rest point futures end; the dots are distances from it."""
    when = month(found.date)
    if not len(found.dots):
        return f"The {what} in {when} is not known in any modelled future: every run stops before."
    low, high = (_gap(found, float(value)) for value in found.ends)
    return (
        f"In {_of_fifty(found.higher)} modelled futures the {what} in {when} would be above its rest point and in "
        f"{found.lower} below; nine of ten lie between {low} and {high}."
    )
