"""How numbers, shares, dates and changes are written: the functions of `model/words/text.py`, for pages."""

import re

from model.words.text import (
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
    "as_spoken",
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


def as_spoken(markdown: str) -> str:
    """What `as_markdown` was given: names of charts are read aloud as they are, backslashes too."""
    return re.sub(rf"\\([{re.escape(_MEANT_IN_MARKDOWN)}])", r"\1", markdown)
