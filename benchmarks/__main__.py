"""Run every benchmark and write benchmarks/RESULTS.md: `make bench`.

`python -m benchmarks engines slider browser drag load` runs some parts; the others keep what the file says.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.chain_rules import rule_rows
from benchmarks.contest import CASES, PEERS, Results, contest
from benchmarks.governance import governance_rows
from benchmarks.machine import Timing, description, load, span, times
from benchmarks.peers import peers
from benchmarks.picture import NAMES, save
from benchmarks.quotes import GATES, LOAD, NEWCOMER, fill
from benchmarks.slider import slider_rows, ten_thousand_worlds
from benchmarks.stress import stress_rows
from benchmarks.targets import targets
from benchmarks.tune import tune_lines
from benchmarks.votes import vote_rows

RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """# Speed

Written by `make bench`. Times are the best of several rounds in which all contestants take turns, with the median in
brackets; medians show how busy the machine was.
"""


def cell(found: dict[str, Timing], name: str, runs: int, per_run: float) -> str:
    """Best and median time and the ratio to the kernel, or how long it would have taken."""
    if name not in found:
        return f"not run: would take about {span(per_run * runs)}"
    timing = found[name]
    ratio = timing.best / found["kernel"].best
    return f"{span(timing.best)} ({span(timing.median)}), {times(ratio)}"


def contest_table(results: Results) -> list[str]:
    """Contestants down, numbers of runs across."""
    lines = [f"| | {' | '.join(case.title for case in CASES)} |", "|---" * (len(CASES) + 1) + "|"]
    square = next(case for case in CASES if "map" in case.title)
    for name, shown in NAMES.items():
        cells = []
        for case in CASES:
            per_run = results.whole[square.title][name].best / square.runs if name in PEERS else 0.0
            cells.append(cell(results.whole[case.title], name, case.runs, per_run))
        lines.append(f"| {shown} | {' | '.join(cells)} |")
    return lines


def engine_lines() -> list[str]:
    """The contest, its picture and what was asked for."""
    with peers() as others:
        results = contest(others)
    picture = save(results.whole)
    versions = ", ".join(f"{name} {number}" for name, number in results.versions.items())
    alone = [
        f"| {title} | {span(found['kernel'].best)} | {span(found['loop'].best)} |"
        for title, found in results.alone.items()
    ]
    return [
        "One burn-mint economy of six states over 520 weeks. All six states of every run agree to 1e-9 before anything "
        "is timed. radCAD without deepcopy and substeps in one process, cadCAD in single mode; their environment: "
        f"{versions}. A whole call goes from parameters to the paths of all states; "
        "what the peers work out once before a run is not counted. Ratios are to the kernel.", "",
        f"![Times of all contestants](../docs/images/{picture.name})", "",
        *contest_table(results), "",
        "`project()` for one run beside its baseline, the call of scripts and pages: "
        f"{span(results.project.best)} ({span(results.project.median)}).", "",
        "The compiled step alone, on one thread, inputs in place; dated: the burn share changes on a date and five "
        "columns move every week:", "",
        "| | kernel | loop by hand |", "|---|---|---|", *alone, "",
        "| asked for | | reached | |", "|---|---|---|---|", *(target.row for target in targets(results)),
    ]  # fmt: skip


def slider_lines() -> list[str]:
    """What one slider release costs in the model."""
    rows = [f"| {what} | {span(seconds)} |" for what, seconds in slider_rows()]
    seconds, peak = ten_thousand_worlds()
    large = f"5,000 futures of Render and its baseline, of which a summary is kept, in a fresh process: {span(seconds)}"
    return ["| | median |", "|---|---|", *rows, "", f"{large}, {peak / 2**30:.2f} GiB at the peak."]


def _rule_lines() -> list[str]:
    return ["| | median |", "|---|---|", *(f"| {what} | {span(seconds)} |" for what, seconds in rule_rows())]


def _vote_lines() -> list[str]:
    return [
        "| | median |",
        "|---|---|",
        *(f"| {what} | {span(seconds)} |" for what, seconds in governance_rows() + vote_rows()),
    ]


def _stress_lines() -> list[str]:
    return ["| | median |", "|---|---|", *(f"| {what} | {span(seconds)} |" for what, seconds in stress_rows())]


def _browser_lines() -> list[str]:
    from benchmarks.browser import browser_lines

    return browser_lines()


def _drag_lines() -> list[str]:
    from benchmarks.drag import drag_lines

    return drag_lines()


def _newcomer_lines() -> list[str]:
    from benchmarks.newcomer import newcomer_lines

    return newcomer_lines()


def _gate_lines() -> list[str]:
    from benchmarks.newcomer import gate_lines

    return gate_lines()


def _load_lines() -> list[str]:
    from benchmarks.load import load as send_visitors
    from benchmarks.load import load_lines

    return load_lines(send_visitors(2.0))


PARTS: dict[str, tuple[str, Callable[[], list[str]]]] = {
    "engines": ("The same model here and elsewhere", engine_lines),
    "slider": ("What one slider release asks of the model", slider_lines),
    "rules": ("The chains' own rules", _rule_lines),
    "votes": ("Votes and power", _vote_lines),
    "stress": ("What could go wrong: maps and indices", _stress_lines),
    "tune": ("Which settings hold: ten thousand of them", tune_lines),
    "browser": ("From slider to painted charts, in a browser on the same machine", _browser_lines),
    "drag": ("Dragged live in the browser: burn and mint against the price", _drag_lines),
    "load": (LOAD, _load_lines),
    "newcomer": (NEWCOMER, _newcomer_lines),
    "gates": (GATES, _gate_lines),
}

ASKED_FOR = frozenset({"gates"})
"""Runs the whole suite, so only where it is named."""


def kept() -> dict[str, str]:
    """Sections that the file has, by heading."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], (body.strip("\n") for body in parts[2::2]), strict=True))


def write(sections: dict[str, str]) -> None:
    """Put the report together in the order of its parts, and renew the sentences that quote it."""
    shown = [(heading, sections[heading]) for heading, _ in PARTS.values() if heading in sections]
    RESULTS.write_text(HEAD + "".join(f"\n## {heading}\n\n{body}\n" for heading, body in shown), encoding="utf-8")
    fill(sections)


def main(chosen: list[str]) -> None:
    """Run the chosen parts, write each as soon as it is there."""
    for name in chosen or [part for part in PARTS if part not in ASKED_FOR]:
        if name not in PARTS:
            raise SystemExit(f"there is no part {name!r}; choose from {', '.join(PARTS)}")
        heading, lines = PARTS[name]
        before = f"{dt.date.today().isoformat()}. {description()}. {load()}"
        print(f"{heading} ...", flush=True)
        body = "\n".join([before, "", *lines()])
        write(kept() | {heading: body})
        print(body)


if __name__ == "__main__":
    main(sys.argv[1:])
