"""What callers give to a chain's rule: read as exact or as floating numbers, and refused with a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, SupportsFloat, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from model.errors import OutOfRangeError

Floats: TypeAlias = NDArray[np.float64]
Number: TypeAlias = int | float | Fraction | Decimal | np.integer | np.floating
"""One number; text such as "0.07" is read exactly where a chain counts in decimals."""

Numbers: TypeAlias = (
    Number | Sequence[float] | Sequence[Sequence[float]] | NDArray[np.floating[Any]] | NDArray[np.integer[Any]]
)
"""One number, a list, a table or an array."""


def _allowed(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"{low:g} to {high:g}"
    if low is not None:
        return f"{low:g} or more"
    return f"{high:g} or less" if high is not None else "a finite number"


def numbers(name: str, value: object, *, low: float | None = None, high: float | None = None) -> Floats:
    """The value as an array of floats, of no dimension for one number; refused unless finite and within bounds."""
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise OutOfRangeError(f"{name} is not a number", allowed=_allowed(low, high)) from error
    wrong = ~np.isfinite(array)
    if low is not None:
        wrong |= array < low
    if high is not None:
        wrong |= array > high
    if wrong.any():
        first = float(array[wrong].flat[0]) if array.ndim else float(array)
        raise OutOfRangeError(f"{name} is {first:g}", allowed=_allowed(low, high))
    return array


def positive(name: str, value: object) -> Floats:
    """The value as an array of floats above zero."""
    array = numbers(name, value)
    if (array <= 0).any():
        raise OutOfRangeError(f"{name} is {float(array.min()):g}", allowed="a number above 0")
    return array


@overload
def shaped(result: Floats) -> float | Floats: ...
@overload
def shaped(result: np.float64) -> float | Floats: ...
def shaped(result: Floats | np.float64) -> float | Floats:
    """A plain float where all inputs were single numbers, else the array."""
    return float(result) if np.ndim(result) == 0 else np.asarray(result, dtype=np.float64)


def fraction(
    name: str,
    value: object,
    *,
    low: float | None = None,
    high: float | None = None,
) -> Fraction:
    """The value exactly; a float counts as the shortest decimal that prints it, so 0.1 is one tenth."""
    try:
        if isinstance(value, (bool, np.bool_)):
            raise TypeError
        if isinstance(value, (int, Fraction, Decimal, str)):
            exact = Fraction(value)
        elif isinstance(value, np.integer):
            exact = Fraction(int(value))
        elif isinstance(value, SupportsFloat):
            exact = Fraction(repr(float(value)))
        else:
            raise TypeError
    except (TypeError, ValueError, OverflowError, InvalidOperation) as error:
        raise OutOfRangeError(f"{name} is not a number", allowed=_allowed(low, high)) from error
    if (low is not None and exact < low) or (high is not None and exact > high):
        raise OutOfRangeError(f"{name} is {float(exact):g}", allowed=_allowed(low, high))
    return exact


def whole(name: str, value: object, *, low: int | None = None, high: int | None = None) -> int:
    """The value as an integer; a float is accepted where it is whole."""
    exact = fraction(name, value, low=low, high=high)
    if exact.denominator != 1:
        raise OutOfRangeError(f"{name} is {float(exact):g}", allowed="a whole number")
    return exact.numerator


def is_single(value: object) -> bool:
    """Whether the value is one number or one text, not a sequence or array."""
    return isinstance(value, str) or np.ndim(value) == 0  # type: ignore[arg-type]


def day(name: str, value: date | str) -> date:
    """A date, or a text such as "2026-04-23"."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise OutOfRangeError(f"{name} is not a date", allowed="a date such as 2026-04-23") from error
