"""Run every benchmark and write benchmarks/RESULTS.md: `make bench`."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from benchmarks.engines import engine_rows, slider_rows
from benchmarks.machine import description

RESULTS = Path(__file__).with_name("RESULTS.md")


def milliseconds(seconds: float) -> str:
    """A time as a person reads it."""
    return f"{seconds * 1e3:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


def report() -> str:
    """The whole report in Markdown."""
    lines = ["# Speed", "", f"{dt.date.today().isoformat()}. {description()}.", "", "## Engines", ""]
    lines += ["Same equations, same worlds, results compared before timing.", ""]
    lines += ["| | compiled kernel | Polars stepper | ratio |", "|---|---|---|---|"]
    for what, kernel, polars in engine_rows():
        lines.append(f"| {what} | {milliseconds(kernel)} | {milliseconds(polars)} | {polars / kernel:.0f}x |")
    lines += ["", "## What one slider release asks of the model", "", "| | median |", "|---|---|"]
    lines += [f"| {what} | {milliseconds(seconds)} |" for what, seconds in slider_rows()]
    if "--no-browser" not in sys.argv:
        from benchmarks.browser import browser_lines

        lines += browser_lines()
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    text = report()
    RESULTS.write_text(text)
    print(text)
