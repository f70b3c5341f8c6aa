"""Sentences of the documents that quote a measurement; `make bench` writes them from benchmarks/RESULTS.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from workshop.kit import filled

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", ROOT / "docs" / "how-to" / "deploy.md")
"""Where they stand, between marks that name them."""

NEWCOMER, GATES, LOAD = "The newcomer's path", "The two gates in a fresh clone", "A workshop on one server"
"""Headings of the sections that are quoted."""


def measured(body: str) -> str:
    """Day, machine and how busy it was when a section was measured: "2026-11-21, AMD EPYC, 2 cores, load 0.8"."""
    day, _, rest = body.partition(". ")
    return f"{day}, {rest.partition(';')[0]}, load {found(body, r'Load ([0-9.]+)')}"


def rows(body: str) -> dict[str, str]:
    """First and last cell of every row of a section's tables."""
    found = (re.split(r" \| ", line.strip("| ")) for line in body.splitlines() if line.startswith("|"))
    return {cells[0]: cells[-1] for cells in found if not cells[0].startswith("--")}


def found(body: str, pattern: str) -> str:
    """The part of a section that a pattern catches.

    Raises
    ------
    ValueError
        If the section says no such thing any more.
    """
    if not (caught := re.search(pattern, body)):
        raise ValueError(f"benchmarks/RESULTS.md does not say {pattern!r}")
    return caught.group(1)


def newcomer_sentence(body: str) -> str:
    """From nothing to a first page, and to a proposal whose test has failed and passes."""
    first = found(body, r"until the first page has answered \| (.+?) \|")
    together = found(body, r"Together (.+?)\.\n?$")
    return (
        f"Measured ({measured(body)}, downloads included): in a fresh clone `make app` answered with its first page "
        f"after {first}. All commands of [the tutorial](docs/tutorial.md), down to a proposal of one's own whose test "
        f"fails after a change and passes again, took {together} of machine time."
    )


def gates_sentence(body: str) -> str:
    """What the two gates take."""
    times = rows(body)
    again, all_of_it = times["`make check`, again"], times["`make test`, after it"]
    return f"Measured ({measured(body)}): `make check` {again}, `make test` {all_of_it}."


def load_sentence(body: str) -> str:
    """What thirty visitors ask of a server."""
    visitors, most = found(body, r"(\d+) sessions"), max(map(int, re.findall(r"(\d+) MiB", body)))
    late = found(body, r"\| \d+ \| \d+ \| [^|]+ \| ([^|]+) \|")
    return (
        f"Measured ({measured(body)}, visitors on the same machine): {visitors} people who each move a lever every few "
        f"seconds get 95 of 100 answers within {late.strip()}, and the process grows to {most} MiB."
    )


SENTENCES = {"newcomer": (NEWCOMER, newcomer_sentence), "gates": (GATES, gates_sentence), "load": (LOAD, load_sentence)}


def quoted(sections: Mapping[str, str]) -> dict[str, str]:
    """Every sentence whose section was measured, by the name of its mark."""
    return {name: write(sections[head]) for name, (head, write) in SENTENCES.items() if head in sections}


def fill(sections: Mapping[str, str]) -> None:
    """Renew the sentences in the documents."""
    parts = quoted(sections)
    for page in PAGES:
        page.write_text(filled(page.read_text(encoding="utf-8"), parts), encoding="utf-8")
