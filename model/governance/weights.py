"""Voting weights as whole units, so that sums are compared without rounding."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from model.errors import OutOfRangeError
from model.governance.votes import Count, exact

Weights = Sequence[Count] | npt.NDArray[Any]

MOST_UNITS = 400_000
"""Units of a whole body up to which power is counted exactly; above, weights are rounded to `ROUNDED` of them."""

ROUNDED = 20_000


@dataclass(frozen=True)
class Game:
    """A weighted vote in whole units: it passes when those in favour have `quota` or more.

    Attributes
    ----------
    exact
        Whether the units are the weights themselves; otherwise each is rounded to a 20,000th of the whole.
    """

    weights: tuple[int, ...]
    quota: int
    exact: bool

    @property
    def total(self) -> int:
        """Units of all together."""
        return sum(self.weights)


def game(weights: Weights, quota: Count, *, strictly: bool = False, most: int = MOST_UNITS) -> Game:
    """Weights and quota in whole units.

    Parameters
    ----------
    quota
        In the unit of the weights.
    strictly
        Whether those in favour need more than the quota.

    Raises
    ------
    OutOfRangeError
        For no weights, negative ones, or a quota that nothing or nobody reaches.
    """
    held = [exact(weight, "weight") for weight in weights]
    need, whole = exact(quota, "quota"), sum((exact(weight, "weight") for weight in weights), Fraction(0))
    if not held or whole <= 0:
        raise OutOfRangeError("nobody has any weight", where="weights", allowed="one weight above 0")
    if (need <= 0 and not strictly) or need > whole or (strictly and need == whole):
        raise OutOfRangeError(
            f"the quota is {float(need):g} of {float(whole):g}",
            where="quota",
            allowed="above 0, and no more than all have",
        )
    scale = math.lcm(*(weight.denominator for weight in held))
    units = [int(weight * scale) for weight in held]
    shared = math.gcd(*units)
    factor = Fraction(scale, shared)
    if sum(units) // shared <= most:
        return Game(tuple(unit // shared for unit in units), _needed(need * factor, strictly), True)
    factor = Fraction(ROUNDED) / whole
    rounded = tuple(round(weight * factor) for weight in held)
    return Game(rounded, max(1, min(_needed(need * factor, strictly), sum(rounded))), False)


def _needed(quota: Fraction, strictly: bool) -> int:
    return math.floor(quota) + 1 if strictly else math.ceil(quota)


def as_array(found: Game) -> npt.NDArray[np.int64]:
    """Shape (voters,): units of each."""
    return np.asarray(found.weights, dtype=np.int64)
