"""Key figures of every network's baseline, measured with the public names of `model` alone.

So it also measures an older version, from a checkout of the commit that held it:

    git worktree add ../ballast-0.1 "$(git log -1 --format=%h -S'VERSION = "0.2"' -- model/version.py)~1"
    PYTHONPATH=../ballast-0.1 python model/reports/baseline_figures.py > baselines-0.1.json
    python -m model.reports.baselines --add baselines-0.1.json
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path

import model
from model import VERSION, load_network, project

YEARS = (1, 2, 5, 10)
"""When the figures are read."""

Figures = dict[str, list[float | None]]
"""One value for each of YEARS by figure; None where the network has no such figure, or its run has stopped."""

Reader = Callable[[str], list[float]]
"""A variable of the baseline on the first day and after each of YEARS; NaN where it does not exist."""


def _runway(read: Reader) -> list[float]:
    """Years that the treasury would last at what it pays out on the day; infinite where it pays nothing."""
    every = zip(*(read(name) for name in ("treasury", "price", "treasury_fiat", "treasury_paid_out")), strict=True)
    return [(tokens * price + fiat) / paid if paid > 0 else math.inf for tokens, price, fiat, paid in every]


FIGURES: dict[str, Callable[[Reader], list[float]]] = {
    "supply": lambda read: read("supply"),
    "price_index": lambda read: [price / read("price")[0] for price in read("price")],
    "staking_ratio": lambda read: read("staking_ratio"),
    "revenue_gap": lambda read: read("revenue_gap"),
    "provider_margin": lambda read: read("provider_margin"),
    "treasury_runway": _runway,
}
"""Tokens; first day = 1; share of float and stake; dollars emitted per dollar earned; share of cost; years."""


def measure(name: str) -> Figures:
    """Figures of one network's baseline on the single path, by name or by name and date ("render@2023-12")."""
    network = load_network(name)
    run = project(network, years=max(YEARS))
    steps = [min(range(len(run.times)), key=lambda at: abs(run.times[at] - years)) for years in (0, *YEARS)]

    def read(variable: str) -> list[float]:
        known = variable in run.system.columns
        return [float(run.values(variable)[0, step]) if known else math.nan for step in steps]

    staked = any(value > 0 for value in read("staked"))
    found = {figure: compute(read)[1:] for figure, compute in FIGURES.items() if staked or figure != "staking_ratio"}
    known = {figure: [_written(value) for value in values] for figure, values in found.items()}
    return {figure: values for figure, values in known.items() if any(value is not None for value in values)}


def _written(value: float) -> float | None:
    """Ten digits, more than the tolerance of comparisons asks."""
    return float(f"{value:.10g}") if math.isfinite(value) else None


def identities() -> Iterator[str]:
    """Every network in every dated set of its figures, from the files of the model that is imported."""
    folder = Path(str(model.__file__)).resolve().parents[1] / "presets" / "networks"
    for path in sorted(folder.glob("**/*.toml")):
        yield path.stem if path.parent == folder else f"{path.parent.name}@{path.stem}"


def measure_all() -> dict[str, Figures]:
    """Figures of every network by its identity."""
    return {name: measure(name) for name in identities()}


if __name__ == "__main__":
    print(json.dumps({"version": VERSION, "networks": measure_all()}))  # noqa: T201
