"""Quadratic voting in Snapshot's form: options share the voters' stake by the squared sum of square roots."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from model.governance.votes import Count, exact

_DIGITS = 60


def quadratic_scores(ballots: Mapping[str, Sequence[Count]]) -> dict[str, Fraction]:
    """Score of each option: its share of Q times all stake, where Q of an option is the squared sum of roots.

    Exact for square stakes, else to 50 digits. Source: snapshot-labs/snapshot.js, src/voting/quadratic.ts.

    Parameters
    ----------
    ballots
        Stakes that voted for each option.
    """
    stakes = {option: [exact(stake, option) for stake in cast] for option, cast in ballots.items()}
    squares = {option: sum((root(stake) for stake in cast), Fraction(0)) ** 2 for option, cast in stakes.items()}
    whole, everything = sum(squares.values()), sum((sum(cast) for cast in stakes.values()), Fraction(0))
    return {option: square / whole * everything if whole else Fraction(0) for option, square in squares.items()}


def root(value: Fraction) -> Fraction:
    """Square root to 50 digits, exact where it is rational."""
    top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
    if top**2 == value.numerator and bottom**2 == value.denominator:
        return Fraction(top, bottom)
    with localcontext() as context:
        context.prec = _DIGITS
        return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).sqrt())
