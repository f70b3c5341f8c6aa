"""One measured quantity of a scorecard with its evidence; what is missing has no value and never a score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from model.words.text import UNKNOWN, duration, number, percent

Evidence = Literal["measured", "declared", "assumed", "missing"]
Unit = Literal["share", "ratio", "months", "days", "count", "points", "yes"]

EVIDENCE: dict[Evidence, str] = {
    "measured": "counted, or calculated from counted and published figures",
    "declared": "a rule or statement that the network or somebody else published",
    "assumed": "rests on a figure that nobody publishes, or on modelled futures",
    "missing": "not found",
}
"""From the firmest to none."""

_ORDER: tuple[Evidence, ...] = tuple(EVIDENCE)

_OF_GRADE: dict[str, Evidence] = {
    "primary": "measured",
    "secondary": "measured",
    "derived": "measured",
    "assumed": "assumed",
    "invented": "assumed",
}


@dataclass(frozen=True)
class Quantity:
    """One number that a point is scored by, or is only shown.

    Attributes
    ----------
    key
        The key of its ladder where it is scored.
    value
        None where it is missing.
    definition
        What the number is, in a sentence without its full stop.
    note
        Why it is missing, or what to know beside it.
    """

    key: str
    label: str
    value: float | None
    unit: Unit
    evidence: Evidence
    source: str
    date: str
    grade: str
    link: str = ""
    definition: str = ""
    note: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is a value."""
        return self.value is not None

    @property
    def words(self) -> str:
        """The value with its unit."""
        return value_words(self.value, self.unit)


def value_words(value: float | None, unit: Unit) -> str:
    """A value of a scorecard in words."""
    if value is None:
        return UNKNOWN
    if unit == "share":
        return percent(value)
    if unit == "points":
        return f"{percent(value).removesuffix('%')} percentage points a year" if value else "0 percentage points a year"
    if unit == "months":
        return f"{number(value)} months" if value != 1 else "1 month"
    if unit == "days":
        return duration(value / 365.25) if value >= 61 else f"{number(value)} days" if value != 1 else "1 day"
    if unit == "yes":
        return "yes" if value else "no"
    return number(value)


def missing(key: str, label: str, unit: Unit, note: str, *, definition: str = "", date: str = "") -> Quantity:
    """A quantity that was not found, and why."""
    return Quantity(key, label, None, unit, "missing", "", date, "", definition=definition, note=note)


def evidence_of(grades: tuple[str, ...], *, rule: bool = False) -> Evidence:
    """The weakest evidence among the grades that a number rests on; `rule` says that it is published, not counted."""
    found = [_OF_GRADE[grade] for grade in grades] or ["assumed"]
    worst = max(found, key=_ORDER.index)
    return "declared" if rule and worst == "measured" else worst


def weakest(levels: tuple[Evidence, ...]) -> Evidence:
    """The weakest of some levels; missing where there are none."""
    return max(levels, key=_ORDER.index) if levels else "missing"
