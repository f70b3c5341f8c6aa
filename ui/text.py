"""How numbers, shares, dates and changes are written: the functions of `model/text.py`, for pages."""

from model.text import (
    MINUS,
    THIN,
    TOLERANCE,
    UNBOUNDED,
    UNKNOWN,
    change,
    duration,
    grouped,
    month,
    number,
    percent,
    percentage_points,
    quantity,
    share_change,
)

__all__ = [
    "MINUS",
    "THIN",
    "TOLERANCE",
    "UNBOUNDED",
    "UNKNOWN",
    "as_markdown",
    "change",
    "duration",
    "grouped",
    "month",
    "number",
    "percent",
    "percentage_points",
    "quantity",
    "share_change",
]

_MEANT_IN_MARKDOWN = "\\`*_{}[]<>#$~|:"


def as_markdown(text: str) -> str:
    """Plain text as Markdown that shows exactly that text: dollars are no formulas, a link's rubbish no markup."""
    return "".join(f"\\{letter}" if letter in _MEANT_IN_MARKDOWN else letter for letter in text)
