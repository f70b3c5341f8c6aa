"""How every network's baseline moved from version to version: writes docs/baselines.json and docs/baselines.md."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from model.errors import BallastError
from model.presets.catalogue import entry
from model.reports.baseline_figures import YEARS, Figures, measure_all
from model.version import VERSION, version_numbers
from model.words.text import change, number, percent, quantity, share_change

FOLDER = Path(__file__).resolve().parents[2] / "docs"
JSON_FILE, FILE = FOLDER / "baselines.json", FOLDER / "baselines.md"

TOLERANCE = 1e-6
"""Relative difference up to which a baseline has not moved; machines differ by less."""

Column = dict[str, Figures]
"""Figures by the identity of a network, of one version."""

REMEDY = (
    "If this is meant: raise VERSION in model/version.py and tell older links there what changed, say in "
    "docs/changelog.md what moved and why, and run `make baselines`."
)


@dataclass(frozen=True)
class Measured:
    """One version's column: the day it was measured on, and its figures."""

    date: str
    networks: Column


@dataclass(frozen=True)
class Words:
    """How one figure is called, written and compared."""

    label: str
    write: Callable[[float], str]
    moved: Callable[[float, float], str] = change


FIGURE_WORDS = {
    "supply": Words("Supply", lambda value: quantity(value, "tokens")),
    "price_index": Words("Price, first day = 1", number),
    "staking_ratio": Words("Staking ratio, of float and stake", percent, share_change),
    "revenue_gap": Words("Revenue gap, $ of tokens emitted per $ of revenue", lambda value: quantity(value, "$")),
    "provider_margin": Words("Provider margin, of cost", percent, share_change),
    "treasury_runway": Words("Treasury lasts at that day's pay-outs", lambda value: quantity(value, "years")),
}


@dataclass(frozen=True)
class Move:
    """One figure of a baseline that two versions see differently."""

    figure: str
    years: int
    before: float | None
    after: float | None

    @property
    def size(self) -> float:
        """Relative difference; infinite where one of the two does not exist."""
        if self.before is None or self.after is None:
            return math.inf
        return abs(self.after - self.before) / max(abs(self.after), abs(self.before))

    @property
    def words(self) -> str:
        """Such as "supply after 10 years 3% higher (100M tokens, now 103M tokens)"."""
        told, when = FIGURE_WORDS[self.figure], f"after {self.years} year{'s' * (self.years > 1)}"
        before, after = (told.write(value) if value is not None else "none" for value in (self.before, self.after))
        lead = f"{told.label[:1].lower()}{told.label[1:]} {when}"
        by = f" {told.moved(self.after, self.before)}" if self.before is not None and self.after is not None else ""
        return f"{lead}{by} ({before}, now {after})"


# ---- the file -------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=1)
def columns() -> Mapping[str, Measured]:
    """The column of every version that was measured, oldest first; none where the file is missing."""
    if not JSON_FILE.is_file():
        return {}
    found = json.loads(JSON_FILE.read_text(encoding="utf-8"))["versions"]
    ordered = sorted(found, key=lambda version: version_numbers(version) or ())
    return {version: Measured(found[version]["date"], found[version]["networks"]) for version in ordered}


def write(known: Mapping[str, Measured]) -> None:
    """Write both documents."""
    versions = {version: {"date": column.date, "networks": column.networks} for version, column in known.items()}
    JSON_FILE.write_text(_one_line_each({"years": list(YEARS), "versions": versions}), encoding="utf-8")
    columns.cache_clear()
    FILE.write_text(document(columns()), encoding="utf-8")


def _one_line_each(found: object) -> str:
    """JSON whose lists stand on one line, so that a difference of two versions of the file can be read."""
    return re.sub(r"\[[^\]]*\]", lambda each: json.dumps(json.loads(each.group())), json.dumps(found, indent=1)) + "\n"


# ---- what moved -----------------------------------------------------------------------------------------------------
def moves(before: Figures, after: Figures) -> tuple[Move, ...]:
    """Every figure of one network that differs, the largest difference first."""
    found = []
    for figure in FIGURE_WORDS:
        pairs = zip(YEARS, *(known.get(figure, [None] * len(YEARS)) for known in (before, after)), strict=True)
        found += [Move(figure, years, old, new) for years, old, new in pairs if not _same(old, new)]
    return tuple(sorted(found, key=lambda move: -move.size))


def _same(old: float | None, new: float | None) -> bool:
    if old is None or new is None:
        return old is new
    return math.isclose(old, new, rel_tol=TOLERANCE, abs_tol=1e-9)


def effect(name: str, older: Column, newer: Column, version: str) -> str:
    """What a version did to the baseline of one network, in a sentence that begins with its title."""
    if name not in older:
        return f"{title_of(name)} begins with {version}."
    if name not in newer:
        return f"{name} is not among the networks of {version}."
    found = moves(older[name], newer[name])
    if not found:
        return f"{title_of(name)} did not move."
    first = {move.figure: move for move in reversed(found)}  # the largest of each figure
    told = "; ".join(move.words for move in found if first[move.figure] is move)
    return f"{title_of(name)} moved: {told}."


def effects(known: Mapping[str, Measured]) -> Iterator[tuple[str, str, list[str]]]:
    """Each version with the one before it, newest first, and a sentence for every network."""
    versions = list(known)
    for older, newer in reversed(list(pairwise(versions))):
        before, after = known[older].networks, known[newer].networks
        yield older, newer, [effect(name, before, after, newer) for name in sorted({*before, *after}, key=_order)]


def differences(found: Column, known: Mapping[str, Measured]) -> list[str]:
    """One sentence for each present baseline that is not the committed one, and what to do about it."""
    if VERSION not in known:
        return [f"Version {VERSION} has no column in docs/baselines.json. Run `make baselines`."]
    column, told = known[VERSION].networks, []
    for name, figures in found.items():
        if name not in column:
            told.append(f"{name} is not in docs/baselines.json. Run `make baselines`.")
        elif moved := moves(column[name], figures):
            told.append(f"The baseline of {name} is not that of version {VERSION}: {moved[0].words}. {REMEDY}")
    return told


# ---- words ----------------------------------------------------------------------------------------------------------
def title_of(name: str) -> str:
    """Title of a network, with the month of its figures where it has several."""
    try:
        title = entry(name).title
    except (BallastError, OSError):
        return name
    return f"{title} of {name.partition('@')[2]}" if "@" in name else title


def _order(name: str) -> tuple[bool, str]:
    """Archetypes and textbooks first, then real networks, newest figures first."""
    stem, _, vintage = name.partition("@")
    return bool(vintage), stem + "".join(chr(0x10FFFF - ord(letter)) for letter in vintage)


def table(name: str, known: Mapping[str, Measured]) -> list[dict[str, str]]:
    """Figures of one network, one row per figure and value that versions gave it; versions that agree share a row."""
    rows = []
    for figure, words in FIGURE_WORDS.items():
        held: list[tuple[list[str], list[float | None]]] = []
        for version, column in known.items():
            values = column.networks.get(name, {}).get(figure)
            if values is None:
                continue
            if held and all(map(_same, held[-1][1], values)):
                held[-1][0].append(version)
            else:
                held.append(([version], values))
        for versions, values in held:
            cells = [words.write(value) if value is not None else "none" for value in values]
            told = {f"After {years} year{'s' * (years > 1)}": cell for years, cell in zip(YEARS, cells, strict=True)}
            rows.append({"Figure": words.label, "Version": ", ".join(versions), **told})
    return rows


_HEAD = """# Baselines through the versions

Written by `make baselines` from `model/reports/baselines.py`; do not edit by hand. Each network with no lever moved, on
the single path without shocks, after 1, 2, 5 and 10 years. Versions that agree to a millionth share a row. A test fails
when a baseline of the present version moves; [the changelog](changelog.md) says why one did. An older version is
measured by running the last commit that held it: `model/reports/baseline_figures.py` says how.
"""


def document(known: Mapping[str, Measured]) -> str:
    """What moved in sentences, then one table per network."""
    lines = [_HEAD, "Measured: " + ", ".join(f"{name} on {column.date}" for name, column in known.items()) + ".", ""]
    for older, newer, told in effects(known):
        lines += [f"## From {older} to {newer}", "", *(f"- {sentence}" for sentence in told), ""]
    for name in sorted({name for column in known.values() for name in column.networks}, key=_order):
        rows = table(name, known)
        lines += [f"## {title_of(name)}", "", f"| {' | '.join(rows[0])} |", "|---|---|--:|--:|--:|--:|"]
        lines += [f"| {' | '.join(row.values())} |" for row in rows]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


# ---- the command ----------------------------------------------------------------------------------------------------
def main(asked: Sequence[str]) -> None:
    """Write the present version's column; `--again` also where it moved, `--add FILE` that of an older version."""
    known, today = dict(columns()), dt.date.today().isoformat()
    if asked[:1] == ["--add"] and len(asked) == 2:
        added = json.loads(Path(asked[1]).read_text(encoding="utf-8"))
        write(known | {added["version"]: Measured(today, added["networks"])})
        return
    found = measure_all()
    moved = [told for told in differences(found, known) if REMEDY in told]
    if moved and list(asked) != ["--again"]:
        raise SystemExit("\n".join([*moved, "Where nobody has a link of this version yet: --again."]))
    write(known | {VERSION: Measured(today, found)} if differences(found, known) else known)


if __name__ == "__main__":
    main(sys.argv[1:])
