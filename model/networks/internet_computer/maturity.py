"""Internet Computer's maturity: how modulation moves with the price, and what is minted for it."""

from __future__ import annotations

from model.errors import OutOfRangeError
from model.networks.inputs import Number, fraction, whole

MODULATION_SENSITIVITY = 2_500
MODULATION_DAILY = 30
MODULATION_BOUNDS = (-1_000, 200)
"""Basis points since 2026-05-17: per whole of relative price difference, most in a day, and bounds."""


def modulation_target(recent_price: Number, reference_price: Number) -> int:
    """Basis points toward which maturity modulation moves: a quarter of the relative difference, cut toward 0."""
    recent = fraction("mean price of 7 days", recent_price, low=0)
    reference = fraction("mean price of 365 days", reference_price, low=0)
    if reference == 0:
        raise OutOfRangeError("mean price of 365 days is 0", allowed="above 0")
    return int(MODULATION_SENSITIVITY * (recent - reference) / reference)


def maturity_modulation(recent_price: Number, reference_price: Number, previous: Number = 0, days: Number = 1) -> int:
    """Maturity modulation in basis points, by the rule of 2026-05-17.

    It moves toward its target by at most 30 basis points a day and stays within -1,000 and +200.

    Parameters
    ----------
    recent_price, reference_price
        Means of the last 7 and 365 daily ICP prices, in one unit; the chain has whole ten-thousandths of an XDR.
    previous
        Modulation before, in basis points.
    days
        Days since it was updated; 0 counts as one.
    """
    before = whole("previous modulation", previous)
    reach = MODULATION_DAILY * max(whole("days", days, low=0), 1)
    target = modulation_target(recent_price, reference_price)
    low, high = MODULATION_BOUNDS
    return max(low, min(high, max(before - reach, min(before + reach, target))))


def disburse_maturity(maturity_e8s: Number, modulation: Number) -> int:
    """ICP in e8s (1e-8) minted for maturity in e8s at a modulation in basis points, cut to a whole e8."""
    return whole("maturity", maturity_e8s, low=0) * (10_000 + whole("modulation", modulation, low=-10_000)) // 10_000
