"""What machine the figures are from, and how a median is taken."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("streamlit", "altair", "polars", "sympy", "numba", "numpy", "scipy", "pydantic")


def description() -> str:
    """Processor, cores, Python and package versions, in one line each."""
    model = platform.processor() or "unknown processor"
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"{model}, {os.cpu_count()} cores; Python {platform.python_version()}; {packages}"


def median_seconds(work: Callable[[], object], rounds: int = 7) -> float:
    """Median wall time of a call, after one call to warm up."""
    work()
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)
