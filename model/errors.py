"""The one family of errors a person can meet: what is wrong, where, what is allowed, what to do.

Programming mistakes stay ordinary exceptions; only wrong input belongs here.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class BallastError(ValueError):
    """Input that the model refuses, told in one sentence.

    Parameters
    ----------
    wrong
        What is wrong, without a full stop ("burn share is 1.7").
    where
        File, key or link part in which it stands.
    allowed
        What would be accepted ("a number from 0 to 1").
    todo
        What to do next ("lower it to 1 or less").
    """

    def __init__(self, wrong: str, *, where: str = "", allowed: str = "", todo: str = "") -> None:
        self.wrong, self.where, self.allowed, self.todo = wrong, where, allowed, todo
        # A sentence begins with a capital, a key is written as it is.
        first = wrong.partition(" ")[0]
        sentence = wrong if "_" in first or "." in first else wrong[:1].upper() + wrong[1:]
        if where:
            sentence += f" ({where})"
        if allowed:
            sentence += f"; allowed: {allowed}"
        if todo:
            sentence += f"; {todo}"
        # What somebody typed may hold line breaks or invisible marks; a sentence stands on one line.
        shown = "".join(mark if mark.isprintable() else " " for mark in sentence)
        super().__init__(" ".join(shown.split()).rstrip(".") + ".")

    @property
    def told(self) -> str:
        """The same for a page, which shows labels and where they stand: no keys, in sentences of their own."""
        parts = [self.wrong, f"possible: {self.allowed}" if self.allowed else "", self.todo]
        told = " ".join(f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in parts if part)
        return " ".join("".join(mark if mark.isprintable() else " " for mark in told).split())


SHOWN = 6
"""Names that an error lists of those that there are."""


def nearest(name: str, names: Iterable[str]) -> str:
    """The names most like a given one, and how many more there are."""
    known = list(names)
    shown = difflib.get_close_matches(name, known, SHOWN, 0.0)
    left = len(known) - len(shown)
    return ", ".join(shown) + (f" and {left} more" if left else "")


class UnknownKeyError(BallastError):
    """A key that no parameter, variable, network or module of this scenario has."""


class OutOfRangeError(BallastError):
    """A number outside the hard bounds, or no number at all."""


class ShareError(BallastError):
    """Shares that cannot add up to one, or a payer who cannot pay."""


class PresetError(BallastError):
    """A preset file that is missing, unreadable or incomplete."""


class LinkError(BallastError):
    """A link that cannot be read as a scenario."""
