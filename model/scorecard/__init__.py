"""The six-point test of a token's design: measured quantities, thresholds as data, flags; unknown is never a score."""

from model.scorecard.card import STALE_DAYS, Measured, Scorecard, is_stale, measured
from model.scorecard.flags import Flag
from model.scorecard.points import TOPICS, Point
from model.scorecard.quantity import EVIDENCE, Quantity
from model.scorecard.thresholds import LADDERS, LIMITS, USUAL, Thresholds

__all__ = [
    "EVIDENCE",
    "LADDERS",
    "LIMITS",
    "STALE_DAYS",
    "TOPICS",
    "USUAL",
    "Flag",
    "Measured",
    "Point",
    "Quantity",
    "Scorecard",
    "Thresholds",
    "is_stale",
    "measured",
]
