"""What was asked of the speed, and what was reached; whatever is missed is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.contest import Results
from benchmarks.machine import times


@dataclass(frozen=True)
class Target:
    """One ratio that was asked for.

    Attributes
    ----------
    what
        In words.
    reached
        The ratio.
    asked
        The ratio asked for.
    at_most
        Whether the ratio must stay below what is asked for; else it must reach it.
    """

    what: str
    reached: float
    asked: float
    at_most: bool = False

    @property
    def met(self) -> bool:
        """Whether it was reached."""
        return self.reached <= self.asked if self.at_most else self.reached >= self.asked

    @property
    def row(self) -> str:
        """The line of the table."""
        asked = f"{'at most' if self.at_most else 'at least'} {self.asked:g}×"
        return f"| {self.what} | {asked} | {times(self.reached)} | {'met' if self.met else '**missed**'} |"


def targets(results: Results) -> Iterator[Target]:
    """All targets, from the best time of each contestant."""
    for title, found in results.alone.items():
        ratio = found["kernel"].best / found["loop"].best
        limit = 1.7 if "dated" in title else 1.3
        yield Target(f"kernel step / loop by hand, both alone on one thread, {title}", ratio, limit, at_most=True)
    for title, found in results.whole.items():
        ratio = found["kernel"].best / found["loop"].best
        yield Target(f"whole kernel call / whole call of the loop by hand, {title}", ratio, 1.3, at_most=True)
    for title, found in results.whole.items():
        if "radcad" in found:
            fewest = 20.0 if title == "1 run" else 100.0
            yield Target(f"radCAD / kernel, {title}", found["radcad"].best / found["kernel"].best, fewest)
    one, square = results.whole["1 run"], results.whole["21 × 21 map"]
    yield Target(
        "radCAD, one run / `project()`, that run and its baseline", one["radcad"].best / results.project.best, 1.0
    )
    yield Target("radCAD / Polars, 21 × 21 map", square["radcad"].best / square["polars"].best, 4.0)
    yield Target("cadCAD / Polars, 21 × 21 map", square["cadcad"].best / square["polars"].best, 10.0)
