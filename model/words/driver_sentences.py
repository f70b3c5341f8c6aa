"""What drives a difference, in words: shares of its parts, with behaviour and by arithmetic alone."""

from __future__ import annotations

import math

from model.outcomes import Measure
from model.sensitivity.attribution import Attribution
from model.words.text import TOLERANCE
from model.words.value_words import lowered, without_unit

MINUS = "−"
WORTH_DRAWING = 0.005
"""Part of the baseline, or share for shares, that some part has to move before steps are drawn."""
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


def is_flat(found: Attribution, measure: Measure) -> bool:
    """Whether neither the whole nor any part moves the measure by as much as the tolerance."""
    return _largest(found) < TOLERANCE * _scale(found, measure)


def is_worth_drawing(found: Attribution, measure: Measure) -> bool:
    """Whether steps would be told apart on an axis: below, all labels of the axis would read the same."""
    return _largest(found) >= WORTH_DRAWING * _scale(found, measure)


def _largest(found: Attribution) -> float:
    shares = [float(share) for share in found.frame["share"]] if found.parts else []
    return max((abs(size) for size in (found.total, *shares) if math.isfinite(size)), default=0.0)


def _scale(found: Attribution, measure: Measure) -> float:
    return 1.0 if measure.percent else max(abs(found.baseline), 1e-300)


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
    least = f"0.1{' percentage points' if measure.percent else '%'}"
    if is_flat(found, measure):
        return f"{how}, no part moves {name} by more than {least} at the end."
    if abs(found.total) < TOLERANCE * _scale(found, measure):
        parts = " and ".join(
            f"“{label}” with {written(measure, share, first)}"
            for label, share in found.frame.select("label", "share").head(2).iter_rows()
        )
        return f"{how}, {name} would not move by more than {least} at the end; the largest parts are {parts}."
    factor = 100 / first if measure.indexed else 1.0
    before, after = (measure.write(value * factor) for value in (found.baseline, found.scenario))
    lead = f"{how}, {name} would end at {without_unit(after, before)} instead of {before} on the single path"
    label, share = found.frame.select("label", "share").row(0)
    if len(found.parts) < 2 or not math.isfinite(share):
        return f"{lead}."
    return f"{lead}; the largest part is “{label}” with {written(measure, share, first)}."
