"""What the last change was and what it did, in words: the caption of a replay."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from model.engine.results import Run
from model.outcomes import Outcome, date_at, last_step, measures, series
from model.scenario.scenario import Scenario
from model.scenario.stacking import Difference, difference
from model.words.measure_sentences import is_equal, is_tiny
from model.words.text import month, sentence_case
from model.words.value_words import count_words, instead, lowered, value_words, without_unit

NAMED = 2
"""Inputs that a caption names; of more it says how many."""

_TELLING = (("proposal", "stress", "provision"), ("lever", "assumption"), ("stock", "event", "payer", "date"))
"""Parts of a difference, the telling ones first: what a proposal moves is not said beside the proposal."""


def step_words(before: Scenario, after: Scenario) -> str:
    """What is different: "Burn share 20% \N{RIGHTWARDS ARROW} 50%"; empty where nothing is."""
    found = difference(before, after)
    for kinds in _TELLING:
        told = [_words(part, before, after) for part in found if part.part in kinds and not _follows(part, after)]
        if told:
            more = f" and {count_words(len(told) - NAMED, 'more change')}" if len(told) > NAMED else ""
            return sentence_case(", ".join(told[:NAMED]) + more)
    return ""


def _follows(part: Difference, after: Scenario) -> bool:
    """Whether a lever only moved because somebody pays: one that nobody set, while another was set."""
    return part.part == "lever" and bool(after.changes) and part.name not in after.changes


def _words(part: Difference, before: Scenario, after: Scenario) -> str:
    arrow = "\N{RIGHTWARDS ARROW}"
    if part.concrete is not None and isinstance(part.first, float | int) and isinstance(part.second, float | int):
        old, new = (value_words(part.concrete, float(value)) for value in (part.first, part.second))
        return f"{lowered(part.concrete.label)} {without_unit(old, new)} {arrow} {new}"
    if part.part in ("proposal", "stress"):
        return f"“{part.second or part.first}” {'added' if part.second else 'taken off'}"
    if part.part == "provision":
        return f"“{_title(part.name, before, after)}” switched {part.second}"
    return f"{part.name.replace('_', ' ')} {_plain(part.first)} {arrow} {_plain(part.second)}"


def _title(identity: str, *scenarios: Scenario) -> str:
    """Title of a provision by its identity."""
    owner, _, name = identity.partition(":")
    found = (part.provision(name) for scenario in scenarios for part in scenario.parts if part.name == owner)
    return next((provision.title for provision in found if provision), identity)


def _plain(value: float | str | None) -> str:
    if value is None:
        return "none"
    return f"{value:.6g}" if isinstance(value, float | int) else value


def step_sentence(before: Run, after: Run) -> str:
    """What the last change did to supply and price at the end of the horizon."""
    supply, price = _step("supply", before, after), _step("price", before, after)
    if is_equal(supply) and is_equal(price):
        return f"Supply and price in {month(supply.date)} would be what they were."
    return f"Supply in {month(supply.date)} would be {_gap(supply)}, the price {_gap(price)}."


def _step(name: str, before: Run, after: Run) -> Outcome:
    """The scenario of both runs at the last step, the earlier one as what the later is held against."""
    measure = measures(after.system)[name]
    old, new = (float(series(run, measure)[1, last_step(run)]) for run in (before, after))
    return Outcome(measure, date_at(after, last_step(after)), old, new)


def _gap(result: Outcome) -> str:
    if not (np.isfinite(result.scenario) and np.isfinite(result.baseline)):
        return "not known"
    if is_tiny(result):
        return "within 0.1% of before"
    written = instead(result.measure.write(result.scenario), result.measure.write(result.baseline))
    return f"{result.change} than before ({'index ' if result.measure.indexed else ''}{written})"


def step_frames(before: Scenario, after: Scenario) -> Iterator[str]:
    """Titles of the two frames of a replay."""
    words = step_words(before, after)
    yield f"Before the last change ({words})" if words else "Before the last change"
    yield f"After the last change ({words})" if words else "After the last change"
