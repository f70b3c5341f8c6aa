"""Expected results of proposals and stresses, committed beside them (`make expected`)."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

import numpy as np

from model.presets.files import load_network
from model.presets.toml_files import PRESETS
from model.projection import project
from model.proposals.files import load_proposal, load_stress, proposal_names, stress_names
from model.proposals.proposal import Proposal

TOLERANCE = 1e-6
"""Relative difference up to which a result counts as the expected one."""

YEARS = (1, 2, 5)

OUTCOMES = (
    "supply",
    "price",
    "revenue",
    "emission",
    "burn",
    "staking_ratio",
    "revenue_gap",
    "capacity",
    "quality",
    "treasury",
)
"""What is written down, where the network has it."""

Row = tuple[str, int, float, float]
HEADER = ("outcome", "years", "baseline", "scenario")

COMMAND = "make expected"


def outcomes_of(part: Proposal) -> list[Row]:
    """Outcome, years, baseline and scenario of a proposal on its own network; of a stress without and with it."""
    network = load_network(part.home)
    if part.kind == "stress":
        plain, pressed = (project(network, stress=stress, years=max(YEARS)) for stress in ((), (part,)))
        pairs = [(plain, 0), (pressed, 0)]
    else:
        run = project(network, proposals=[part], years=max(YEARS))
        pairs = [(run, 0), (run, 1)]
    rows: list[Row] = []
    for name in OUTCOMES:
        if all(name in run.system.columns and name not in run.system.absent for run, _ in pairs):
            for years in YEARS:
                step = int(np.argmin(np.abs(pairs[0][0].times - years)))
                one, two = (float(run.values(name)[world, step]) for run, world in pairs)
                rows.append((name, years, one, two))
    return rows


def path_of(part: Proposal) -> Path:
    """Where the expected result of a file that comes with the app stands."""
    return PRESETS / ("stress" if part.kind == "stress" else "proposals") / f"{part.name}.expected.csv"


def as_csv(rows: list[Row]) -> str:
    """Rows as text, with ten digits: more than the tolerance asks."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for name, years, one, two in rows:
        writer.writerow((name, years, f"{one:.10g}", f"{two:.10g}"))
    return text.getvalue()


def expected_of(part: Proposal) -> list[Row]:
    """The committed rows of a file."""
    with path_of(part).open(encoding="utf-8", newline="") as file:
        return [(name, int(years), float(one), float(two)) for name, years, one, two in list(csv.reader(file))[1:]]


def differences(part: Proposal) -> list[str]:
    """One sentence for each outcome that is not the committed one, and what to do about it."""
    if not path_of(part).is_file():
        return [f"{part.name} has no expected result beside it. Run `{COMMAND}`."]
    found, expected = outcomes_of(part), expected_of(part)
    told = []
    if [row[:2] for row in found] != [row[:2] for row in expected]:
        told.append(f"{part.name}: other outcomes than in {path_of(part).name}.")
    for now, then in zip(found, expected, strict=False):
        for world, new, old in (("baseline", now[2], then[2]), ("scenario", now[3], then[3])):
            if not _same(new, old):
                when = f"{now[1]} year{'s' * (now[1] > 1)}"
                told.append(f"{part.name}: {now[0]} after {when} is {new:.10g} instead of {old:.10g} ({world}).")
    if told:
        told.append(
            f"If this is meant, run `{COMMAND}`; where the model moved and not this file, say in docs/changelog.md why."
        )
    return told


def _same(new: float, old: float) -> bool:
    if math.isnan(new) or math.isnan(old):
        return math.isnan(new) and math.isnan(old)
    return math.isclose(new, old, rel_tol=TOLERANCE, abs_tol=1e-12)


def all_parts() -> list[Proposal]:
    """Every proposal and stress that comes with the app."""
    return [load_proposal(name) for name in proposal_names()] + [load_stress(name) for name in stress_names()]


def write_all() -> int:
    """Write every expected result anew; returns how many files changed."""
    changed = 0
    for part in all_parts():
        text, path = as_csv(outcomes_of(part)), path_of(part)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed += 1
    return changed


if __name__ == "__main__":
    print(f"{write_all()} expected results changed")  # noqa: T201
