"""What drives a difference, in words: shares of its parts, with behaviour and by arithmetic alone."""

from __future__ import annotations

import math

from model.outcomes import Measure
from model.sensitivity.attribution import Attribution
from model.words.text import TOLERANCE
from model.words.value_words import lowered, without_unit

MINUS = "−"
NOTHING = 1e-9
"""Parts of the first day's value below which a share is rounding."""


def written(measure: Measure, value: float, first: float) -> str:
    """A difference of a measure with its sign: points for shares, steps of the index for indexed measures."""
    if abs(value) < NOTHING * max(abs(first), 1e-300):
        value = 0.0
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    if measure.percent:
        return f"{sign}{abs(100 * value):.3g} points"
    return sign + measure.write(abs(value) * (100 / first if measure.indexed else 1.0))


def waterfall_sentence(found: Attribution, measure: Measure, first: float) -> str:
    """From where to where on the single path, and the part that makes most of it.

    Parameters
    ----------
    first
        The measure on the first day, for indexed measures.
    """
    how = "By arithmetic alone, with everybody acting as in the baseline" if found.mechanical else "With behaviour"
    name = lowered(measure.title)
    if found.undefined:
        return f"{how}, the difference of {name} cannot be divided: {lowered(found.undefined)}"
    scale = 1.0 if measure.percent else max(abs(found.baseline), 1e-300)
    if abs(found.total) < TOLERANCE * scale:
        return f"{how}, {name} would not move by more than 0.1{' points' if measure.percent else '%'} at the end."
    factor = 100 / first if measure.indexed else 1.0
    before, after = (measure.write(value * factor) for value in (found.baseline, found.scenario))
    lead = f"{how}, {name} would end at {without_unit(after, before)} instead of {before} on the single path"
    label, share = found.frame.select("label", "share").row(0)
    if len(found.parts) < 2 or not math.isfinite(share):
        return f"{lead}."
    return f"{lead}; the largest part is “{label}” with {written(measure, share, first)}."
