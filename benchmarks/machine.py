"""What machine the figures are from, and how times are taken."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("streamlit", "altair", "polars", "sympy", "numba", "numpy", "scipy", "pydantic")


def processor() -> str:
    """Name of the processor, as the system gives it."""
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.processor() or "unknown processor"


def load() -> str:
    """How much other work the machine has right now, in a sentence."""
    if not hasattr(os, "getloadavg"):
        return "Load unknown."
    one = os.getloadavg()[0]
    return f"Load {one:.1f} on {os.cpu_count()} cores when the benchmark began."


def description() -> str:
    """Processor, cores, Python and package versions, in one line."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"{processor()}, {os.cpu_count()} cores; Python {platform.python_version()}; {packages}"


def span(seconds: float) -> str:
    """A time in three digits: "0.21 ms", "4.40 s"."""
    unit, size = next(((u, s) for u, s in (("s", 1.0), ("ms", 1e-3)) if seconds >= 0.9995 * s), ("µs", 1e-6))
    return f"{seconds / size:#.3g}".rstrip(".") + f" {unit}"


def times(ratio: float) -> str:
    """A ratio in three digits: "0.311×", "1.50×", "284×", "1,171×"."""
    return f"{ratio:,.0f}×" if ratio >= 100 else f"{ratio:#.3g}".rstrip(".") + "×"


def seconds_of(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def median_seconds(work: Callable[[], object], rounds: int = 7) -> float:
    """Median wall time of a call, after one call to warm up."""
    work()
    return statistics.median(seconds_of(work) for _ in range(rounds))


@dataclass(frozen=True)
class Timing:
    """Wall times of one contestant in one case, in seconds."""

    best: float
    median: float


Clock = Callable[[], float]
"""Does the work once and says how long it took, in seconds."""


def interleaved(clocks: Mapping[str, Clock], *, rounds: int, budget: float = 0.25) -> dict[str, Timing]:
    """Time contestants in turns, so that what else the machine does falls on all of them.

    Parameters
    ----------
    rounds
        How many turns each has.
    budget
        Seconds that one turn of a quick contestant may take; it repeats its work within them.
    """
    times: dict[str, list[float]] = {name: [] for name in clocks}
    for clock in clocks.values():
        clock()
    for _ in range(rounds):
        for name, clock in clocks.items():
            times[name].append(clock())
            until = time.perf_counter() + budget - times[name][-1]
            while time.perf_counter() < until:
                times[name].append(clock())
    return {name: Timing(min(found), statistics.median(found)) for name, found in times.items()}
