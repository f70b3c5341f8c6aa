"""A value, a change and a count in words, with units."""

from __future__ import annotations

from model.parameters import ParameterKey
from model.words.text import duration, number, quantity

_UNITS = {
    "share": "",
    "1/yr": "a year",
    "1/yr per year": "a year, each year",
    "USD/yr": "$ a year",
    "USD": "$",
    "tokens/yr": "tokens a year",
    "elasticity": "",
    "ratio": "",
    "exponent": "",
    "weight": "",
    "USD per unit of service": "$ per unit of service",
    "units of service/yr": "units a year",
    "USD/yr per unit of capacity": "$ a year per unit of capacity",
    "units of service/yr per unit of capacity": "units a year per unit of capacity",
}


def value_words(concrete: ParameterKey, value: float) -> str:
    """A parameter's value with its unit: "20%", "8M tokens a year", "0.5 times today's schedule"."""
    declared = concrete.declared
    if declared.format == "switch":
        return "on" if value else "off"
    unit = _UNITS.get(declared.unit, declared.unit)
    if declared.format == "years":
        return duration(value) if value else "0 years"
    if declared.format == "percent":
        # The word "less than 0.1%" hides a setting; small shares are written out, and 53.25% as its source has it.
        size = 100 * value
        whole = abs(size) < 100 and abs(size - round(size, 2)) < 1e-9
        written = f"{number(size, 4 if whole else 3)}%"
        return f"{written} {unit}" if unit.startswith("a year") else written
    return quantity(value, unit)


def lowered(label: str) -> str:
    """A label inside a sentence."""
    return label if label[:2].isupper() and label[1:2] != " " else label[:1].lower() + label[1:]


def change_words(concrete: ParameterKey, old: float, new: float) -> str:
    """One change: "burn share at 40% instead of 20%"."""
    return f"{lowered(concrete.label)} at {instead(value_words(concrete, new), value_words(concrete, old))}"


def instead(new: str, old: str) -> str:
    """Two written values with their common unit said once: "0 instead of 1 times today's schedule"."""
    return f"{without_unit(new, old)} instead of {old}"


def without_unit(written: str, other: str) -> str:
    """A written value less the unit that another value after it says again; percentages keep their sign."""
    return written.removesuffix(other[len(other.partition(" ")[0]) :])


def count_words(count: int, word: str) -> str:
    """Count with its word: "no changes", "1 change", "3 changes"."""
    return f"{count or 'no'} {word}" if count == 1 else f"{count or 'no'} {word}s"
