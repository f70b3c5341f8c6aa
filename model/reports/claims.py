"""What the tests measured: each claim about the model with the figures of its last run (docs/validation.json).

Claims are declared in tests/claims.py; `make validation` runs their tests and writes both documents.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from model.version import VERSION
from model.words.text import MINUS, number

FOLDER = Path(__file__).resolve().parents[2] / "docs"
JSON_FILE, FILE = FOLDER / "validation.json", FOLDER / "validation.md"

ROUNDING = 1e-9
"""Figures below this are rounding, which differs from machine to machine; only their limit is held."""

AGREEMENT = 0.01
"""Two figures closer than this, relatively, are the same: two significant digits."""


class Claim(BaseModel):
    """One claim with the figures that tests reached.

    Attributes
    ----------
    key, group, claim
        Name, heading and sentence.
    unit
        Of the figure and of its limit; "%" for shares.
    at_most, at_least
        The limit, in the unit; neither where the figure is only stated.
    against, link
        What the figure is held against, and where that stands.
    measured
        Figure by test id.
    date
        Day of the run, ISO; empty before any.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    group: str
    claim: str
    unit: str
    against: str
    link: str = ""
    at_most: float | None = None
    at_least: float | None = None
    date: str = ""
    measured: dict[str, float] = Field(default_factory=dict)

    @property
    def reached(self) -> float:
        """The figure nearest to the limit or beyond it; without a limit the largest in size."""
        if self.at_least is not None:
            return min(self.measured.values())
        return max(self.measured.values(), key=abs)

    @property
    def holds(self) -> bool:
        """Whether every figure keeps the limit."""
        return all(self.keeps(figure) for figure in self.measured.values())

    def keeps(self, figure: float) -> bool:
        """Whether one figure keeps the limit; only a number can."""
        above = self.at_least is None or figure >= self.at_least
        return figure == figure and above and (self.at_most is None or abs(figure) <= self.at_most)

    @property
    def verdict(self) -> str:
        """In words, never by colour alone."""
        if self.at_most is None and self.at_least is None:
            return "stated, no limit"
        return "within limit" if self.holds else "beyond the limit"

    @property
    def limit_words(self) -> str:
        """The limit with its unit."""
        if self.at_most is not None:
            return f"at most {self.words(self.at_most)}" if self.at_most else "none at all"
        return f"at least {self.words(self.at_least)}" if self.at_least is not None else "none"

    @property
    def reached_words(self) -> str:
        """The figure reached with its unit; a signed figure without a limit keeps its sign."""
        signed = self.at_most is None and self.at_least is None and self.reached > 0
        return ("+" if signed else "") + self.words(self.reached)

    def words(self, figure: float) -> str:
        """A figure in the unit of the claim: 0.0146 of "%" -> "1.46%", 3e-14 of "relative" -> "3.00e−14, relative"."""
        if self.unit == "%":
            return f"{number(100 * figure)}%"
        if self.unit == "relative":
            return f"{number(figure)}, relative"
        return f"{number(figure)} {self.unit}".rstrip()

    @property
    def tests(self) -> tuple[str, ...]:
        """Names of the tests, once each, without file and parameters."""
        return tuple(dict.fromkeys(name_of(test) for test in self.measured))


def name_of(test: str) -> str:
    """A test id without its parameters: "tests/a.py::test_b[c]" -> "tests/a.py::test_b"."""
    return test.partition("[")[0]


def agree(figure: float, committed: float) -> bool:
    """Whether a figure is the committed one: to two significant digits, or both are rounding."""
    if max(abs(figure), abs(committed)) < ROUNDING:
        return True
    return abs(figure - committed) <= AGREEMENT * max(abs(figure), abs(committed))


# ---- the file -------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=1)
def claims() -> Mapping[str, Claim]:
    """Every claim by its key, as the last run left it; none where the file is missing."""
    return read(JSON_FILE.read_text(encoding="utf-8")) if JSON_FILE.is_file() else {}


def read(text: str) -> dict[str, Claim]:
    """Claims of a file's text."""
    found = [Claim.model_validate(entry) for entry in json.loads(text)["claims"]]
    return {claim.key: claim for claim in found}


def write(found: Iterable[Claim]) -> None:
    """Write both documents."""
    ordered = [claim for claim in found if claim.measured]
    entries = [claim.model_dump(exclude_defaults=True) for claim in ordered]
    text = json.dumps({"version": VERSION, "claims": entries}, indent=1, ensure_ascii=False)
    JSON_FILE.write_text(text + "\n", encoding="utf-8")
    FILE.write_text(document(ordered), encoding="utf-8")
    claims.cache_clear()


# ---- words ----------------------------------------------------------------------------------------------------------
def claims_sentence(found: Sequence[Claim]) -> str:
    """How many claims have a limit and keep it, how many only state a figure, and when they were measured."""
    limited = [claim for claim in found if claim.verdict != "stated, no limit"]
    kept, stated = sum(claim.holds for claim in limited), len(found) - len(limited)
    days = sorted({claim.date for claim in found})
    when = f"on {days[-1]}" if len(days) == 1 else f"between {days[0]} and {days[-1]}"
    return (
        f"{kept} of {len(limited)} figures keep their limit; {stated} more are stated without one, because they are "
        f"misses of the past. Measured {when}, model {VERSION}, by tests that fail when a figure moves."
    )


_HEAD = """# Validation

Written by `make validation` from the tests that measure it; do not edit by hand. An ordinary run of these tests fails
when a figure leaves its limit or no longer agrees with the one below to two significant digits (figures below 1e−9 are
rounding, only their limit is held). Where a claim has several cases, the worst one stands here.
"""


def document(found: Sequence[Claim]) -> str:
    """The document, one table per group."""
    lines = [_HEAD, claims_sentence(found), ""]
    for group in dict.fromkeys(claim.group for claim in found):
        lines += [f"## {group}", "", "| Claim | Figure | Limit | Verdict | Held against | Cases | Test | Date |"]
        lines += ["|---|--:|--:|---|---|--:|---|---|"]
        lines += [_row(claim) for claim in found if claim.group == group]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _row(claim: Claim) -> str:
    against = f"[{claim.against}]({claim.link})" if claim.link else claim.against
    tests = ", ".join(f"`{test}`" for test in claim.tests)
    figure = claim.reached_words.replace("-", MINUS)
    cells = (claim.claim, figure, claim.limit_words, claim.verdict, against, len(claim.measured), tests, claim.date)
    return f"| {' | '.join(str(cell) for cell in cells)} |"
