"""How numbers, shares, dates and changes are written everywhere: plain functions of plain numbers.

Three significant digits, k / M / B, a unit always, percent and percentage points apart, and a change
below the tolerance said in words instead of a false decimal.
"""

from __future__ import annotations

import math
from datetime import date
from decimal import ROUND_HALF_UP, Context

MINUS = "\u2212"
THIN = "\u202f"  # narrow no-break space between thousands and before a unit
UNKNOWN = "not known"
UNBOUNDED = "without limit"
TOLERANCE = 0.001  # a relative change below this is "less than 0.1%"

_SUFFIXES = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))


def sentence_case(text: str) -> str:
    """Text as it stands at the beginning of a line: a capital first, the rest as it is."""
    return text[:1].upper() + text[1:]


def _special(value: float | None) -> str | None:
    """Words for values that are no ordinary number."""
    if value is None or math.isnan(value):
        return UNKNOWN
    if math.isinf(value):
        return UNBOUNDED if value > 0 else f"{MINUS}{UNBOUNDED}"
    return None


def _digits(value: float, digits: int) -> str:
    """Positive number with `digits` significant digits, as a plain decimal without trailing zeros."""
    places = max(0, digits - 1 - math.floor(math.log10(value)))
    text = f"{value:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _round(value: float, digits: int) -> float:
    """Round a non-zero number to significant digits; a half goes up, as it does in the browser: 53.25 -> 53.3."""
    return float(Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(repr(float(value))))


def number(value: float | None, digits: int = 3) -> str:
    """Number without a unit: 1 032 000 000 -> "1.03B", 0.01234 -> "0.0123", NaN -> "not known"."""
    special = _special(value)
    if special or value is None:
        return special or UNKNOWN
    if value == 0:
        return "0"
    sign = MINUS if value < 0 else ""
    size = _round(abs(value), digits)
    if size < 1e-6 or size >= 1e15:
        mantissa, exponent = f"{size:.{digits - 1}e}".split("e")
        return f"{sign}{mantissa}e{int(exponent)}".replace("e-", f"e{MINUS}")
    for factor, suffix in _SUFFIXES:
        if size >= factor:
            return f"{sign}{_digits(size / factor, digits)}{suffix}"
    return sign + _digits(size, digits)


def exact(value: float) -> str:
    """Number as its source has it, to be checked: 11565983 -> "11 565 983", 0.410002 -> "0.410002"."""
    sign, size = (MINUS if value < 0 else ""), abs(value)
    if size < 1e-4 and size:
        return number(value, 6)
    return sign + f"{size:,.12g}".replace(",", THIN)


def grouped(value: float | None) -> str:
    """Whole number in full with thin spaces between thousands: 14200 -> "14 200"."""
    special = _special(value)
    if special or value is None:
        return special or UNKNOWN
    sign = MINUS if round(value) < 0 else ""
    return sign + f"{abs(round(value)):,}".replace(",", THIN)


def quantity(value: float | None, unit: str, digits: int = 3) -> str:
    """Number with its unit: (4.1e6, "$") -> "$4.1M", (14200, "tokens") -> "14.2k tokens".

    The unit "%" takes a share (0.031 -> "3.1%"); a unit that starts with "$" keeps the rest behind
    the number ("$/year" -> "$4.1M/year").
    """
    if _special(value):
        return _special(value) or UNKNOWN
    if unit == "%":
        return percent(value)
    text = number(value, digits)
    if unit.startswith("$"):
        rest = unit[1:]
        sign, size = (MINUS, text[1:]) if text.startswith(MINUS) else ("", text)
        return f"{sign}${size}{rest}"
    return f"{text} {unit}" if unit else text


def percent(share: float | None, digits: int = 3) -> str:
    """Share as a percentage: 0.031 -> "3.1%"; a non-zero share under 0.1% is said in words."""
    special = _special(share)
    if special or share is None:
        return special or UNKNOWN
    if share == 0:
        return "0%"
    if abs(share) < TOLERANCE:
        return "less than 0.1%" if share > 0 else f"between {MINUS}0.1% and 0%"
    if abs(share) >= 10:
        return grouped(_round(share * 100, digits)) + "%"
    return _two_decimals(share * 100, digits) + "%"


def percentage_points(difference: float | None, digits: int = 3) -> str:
    """Difference of two shares, without sign: 0.007 -> "0.7 percentage points"."""
    special = _special(difference)
    if special or difference is None:
        return special or UNKNOWN
    size = abs(difference)
    if 0 < size < TOLERANCE:
        return "less than 0.1 percentage points"
    text = _two_decimals(size * 100, digits) if size else "0"
    return f"{text} percentage point" if text == "1" else f"{text} percentage points"


def _two_decimals(value: float, digits: int) -> str:
    """Significant digits, but at most two decimals: percentages carry no more than that."""
    if abs(value) >= 10 ** (digits - 3):
        return number(value, digits)  # two decimals at most already; rounding twice would lift 12.345 to 12.4
    return number(round(value, 2) or value, digits)


def grows(rate: float) -> str:
    """What supply does in a year: 0.03 -> "grows by 3% a year", -0.01 -> "shrinks by 1% a year"."""
    if rate == 0:
        return "stays as it is"
    return f"{'grows' if rate > 0 else 'shrinks'} by {percent(abs(rate))} a year"


def change(new: float | None, old: float | None) -> str:
    """Relative change in words: (97, 100) -> "3% lower"; equal -> "unchanged".

    From zero there is no percentage, so the words are "up from zero" or "down from zero".
    """
    if new is None or old is None or math.isnan(new) or math.isnan(old):
        return UNKNOWN
    if new == old:
        return "unchanged"
    word = "higher" if new > old else "lower"
    if old == 0:
        return "up from zero" if new > 0 else "down from zero"
    if math.isinf(new) or math.isinf(old):
        return word
    return f"{percent(abs(new - old) / abs(old))} {word}"


def share_change(new: float | None, old: float | None) -> str:
    """Change of a share in words: (0.072, 0.079) -> "0.7 percentage points lower"."""
    if new is None or old is None or math.isnan(new) or math.isnan(old):
        return UNKNOWN
    if new == old:
        return "unchanged"
    return f"{percentage_points(new - old)} {'higher' if new > old else 'lower'}"


def month(day: date) -> str:
    """Month and year in English whatever the server's language: "Mar 2027"."""
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{names[day.month - 1]} {day.year}"


def duration(years: float | None) -> str:
    """Length of time in the unit a person would use: 0.25 -> "3 months", 2.4 -> "2.4 years"."""
    special = _special(years)
    if special or years is None:
        return special or UNKNOWN
    if years < 1 / 12:
        weeks = years * 365.25 / 7
        return "less than a week" if weeks < 1 else _plural(weeks, "week")
    if years < 2:
        return _plural(years * 12, "month")
    if years >= 1000:
        return f"{grouped(_round(years, 3))} years"
    return f"{number(years, 2 if years < 100 else 3)} years"


def _plural(count: float, word: str) -> str:
    whole = round(count)
    return f"{whole} {word}" if whole == 1 else f"{whole} {word}s"
