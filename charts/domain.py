"""The vertical range of a chart: wide enough for what is drawn, and held while a control moves."""

from __future__ import annotations

import math

Domain = tuple[float, float]

ROOM = 0.06
"""Part of the height left free above and below."""
HELD_UP_TO = 2.5
"""A range more than this many times too tall is let go."""


def nice_domain(low: float, high: float) -> Domain:
    """Range of round numbers around some values; it reaches down to zero unless that would flatten the lines."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return (0.0, 1.0)
    if low == high:
        half = abs(low) * 0.1 or 0.5
        low, high = low - half, high + half
    if 0 < low < 0.4 * high:
        low = 0.0
    if 0.4 * low < high < 0:
        high = 0.0
    step = _round_step((high - low) / 5)
    room = ROOM * (high - low)
    bottom = low if low == 0 else math.floor((low - room) / step) * step
    top = high if high == 0 else math.ceil((high + room) / step) * step
    return (float(f"{bottom:.9g}"), float(f"{top:.9g}"))


def _round_step(size: float) -> float:
    """The 1, 2 or 5 times a power of ten at or above a size."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(power * lead for lead in (1, 2, 5, 10) if power * lead >= size * (1 - 1e-9))


def held(needed: Domain, before: Domain | None) -> Domain:
    """The range to draw: the one on screen while it still fits, so that a change looks like a change."""
    if before is None:
        return needed
    union = (min(needed[0], before[0]), max(needed[1], before[1]))
    tall = union[1] - union[0] > HELD_UP_TO * (needed[1] - needed[0])
    return needed if tall else union
