"""Decimals with 18 places as Cosmos chains count them: integers of 1e-18, rounded as LegacyDec rounds.

Source: github.com/cosmos/cosmos-sdk math/legacy_dec.go (Mul, Quo, Power, ApproxRoot).
"""

from __future__ import annotations

from decimal import Decimal

from model.errors import OutOfRangeError
from model.networks.inputs import fraction

PLACES = 18
ONE: int = 10**PLACES
"""One, in units of 1e-18."""

_ITERATIONS = 300
"""Newton steps after which the chain's root gives up."""


def to_units(name: str, value: object, *, low: float | None = None, high: float | None = None) -> int:
    """A number in units of 1e-18; more than 18 places are refused for text and cut off for floats."""
    scaled = fraction(name, value, low=low, high=high) * ONE
    if scaled.denominator != 1 and isinstance(value, (str, Decimal)):
        raise OutOfRangeError(f"{name} has more than {PLACES} decimal places", allowed="at most 18 places")
    return int(scaled)


def to_decimal(units: int) -> Decimal:
    """The decimal that units of 1e-18 stand for, with all 18 places."""
    sign, digits = (1, -units) if units < 0 else (0, units)
    return Decimal((sign, tuple(int(digit) for digit in str(digits)), -PLACES))


def _chop(units: int) -> int:
    """Divide by 1e18, half to even, the same on both sides of zero."""
    quotient, rest = divmod(abs(units), ONE)
    if rest * 2 > ONE or (rest * 2 == ONE and quotient % 2):
        quotient += 1
    return -quotient if units < 0 else quotient


def times(a: int, b: int) -> int:
    """Product, rounded half to even."""
    return _chop(a * b)


def over(a: int, b: int) -> int:
    """Quotient: cut at 36 places, then rounded half to even."""
    quotient = abs(a) * ONE * ONE // abs(b)
    return _chop(-quotient if (a < 0) != (b < 0) else quotient)


def cut(a: int, divisor: int) -> int:
    """Quotient by a whole number, cut toward zero."""
    return -(abs(a) // divisor) if a < 0 else a // divisor


def power(base: int, exponent: int) -> int:
    """Whole power by repeated squaring, each product rounded."""
    if exponent == 0:
        return ONE
    odd = ONE
    while exponent > 1:
        if exponent % 2:
            odd = times(odd, base)
        exponent //= 2
        base = times(base, base)
    return times(base, odd)


def root(value: int, degree: int) -> int:
    """Root of a number of one or more by Newton's steps from one, until a step is below 2e-18."""
    if degree == 1 or value in (0, ONE):
        return value
    guess, step = ONE, ONE
    for _ in range(_ITERATIONS):
        step = cut(over(value, power(guess, degree - 1) or 1) - guess, degree)
        guess += step
        if abs(step) <= 1:
            break
    return guess
