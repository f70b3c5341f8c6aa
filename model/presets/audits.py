"""Published reviews of a network's code: what was reviewed, by whom, when and whether the report can be read."""

from __future__ import annotations

from dataclasses import dataclass

from model.parameters import Source

STATUSES = ("public", "unpublished", "none")
"""A report that can be read; one that is said to exist; the network itself says that there is none."""


@dataclass(frozen=True)
class Audit:
    """One review, or the statement that there is none.

    Attributes
    ----------
    status
        One of `STATUSES`. A network of which nothing was found has no entry: that nobody found one is no "none".
    covers
        What of "governance" and "emission" the reviewed code decides; None where that was not found.
    code_matches
        Whether the code in use is the code that was reviewed; None where that was not found.
    date
        Of the report, as "2023-10".
    """

    title: str
    status: str
    date: str
    source: Source
    grade: str
    covers: tuple[str, ...] | None = None
    code_matches: bool | None = None
