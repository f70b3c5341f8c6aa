"""Names and texts that people type: bounded plain text without control, direction and invisible marks."""

from __future__ import annotations

import math
import re
import unicodedata

from workshop import limits
from workshop.errors import WordsError

_MOST_MARKS = 3
"""Accents that may follow one letter; more is a tower of marks that covers other lines."""

_TOKEN = re.compile(rf"[A-Za-z0-9_\-]{{1,{limits.CLIENT_TOKEN}}}")


def cleaned(text: object, most: int, what: str, *, may_be_empty: bool = False) -> str:
    """Text as it is kept: one line, normalised, without anything that is not seen or turns the reading direction.

    What is left may still look like HTML, Markdown or SQL: it is text, and screens show it as text.

    Parameters
    ----------
    most
        Characters that it may have.
    what
        What it is, for the sentence ("the name").

    Raises
    ------
    WordsError
        For what is no text, is empty or too long. Nothing is cut silently.
    """
    if not isinstance(text, str):
        raise WordsError(f"{what} is not a text", where=what, todo="type it")
    if len(text) > 4 * most:
        raise _too_long(text, most, what)
    marks = 0
    kept: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        category = unicodedata.category(letter)
        if category.startswith("Z") or letter in "\t\n\r":
            kept.append(" ")
        elif not category.startswith("C"):
            marks = marks + 1 if category.startswith("M") else 0
            if marks <= _MOST_MARKS:
                kept.append(letter)
    plain = " ".join("".join(kept).split())
    if len(plain) > most:
        raise _too_long(plain, most, what)
    if not plain and not may_be_empty:
        raise WordsError(f"{what} is empty", todo="type at least one letter")
    return plain


def _too_long(text: str, most: int, what: str) -> WordsError:
    return WordsError(f"{what} has {len(text)} characters", allowed=f"up to {most}", todo="shorten it")


def number_given(value: object, what: str) -> float:
    """A finite number of moderate size.

    Raises
    ------
    WordsError
        For anything else.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise WordsError(f"{what} is not a number", allowed="a number such as 12.5")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number) or abs(number) > limits.LARGEST:
        raise WordsError(f"{what} is out of reach", allowed=f"a number up to {limits.LARGEST:g} either way")
    return number


def client_token(text: object) -> str:
    """The mark by which a screen recognises its own repeated submission.

    Raises
    ------
    WordsError
        For anything but letters, digits, hyphens and underscores.
    """
    if not isinstance(text, str) or not _TOKEN.fullmatch(text):
        allowed = f"up to {limits.CLIENT_TOKEN} letters, digits, hyphens and underscores"
        raise WordsError("the submission's own mark cannot be used", where="client_token", allowed=allowed)
    return text
