"""The two engines and the pieces of one slider release, without a browser."""

from __future__ import annotations

import numpy as np

from benchmarks.machine import median_seconds
from model import equilibrium, load_network, project
from model.stepper import run
from model.worlds import assemble

STEPS = 520
SHOWN = ["supply", "price", "emission", "burn", "capacity", "quality", "staking_ratio", "net_emission_rate"]


def engine_rows() -> list[tuple[str, float, float]]:
    """(what, kernel seconds, Polars seconds) for several numbers of worlds on the textbook."""
    network = load_network("textbook")
    rows = []
    for count in (2, 100, 1_000, 10_000):
        values = dict(network.values)
        rng = np.random.default_rng(1)
        scale = rng.uniform(0.5, 1.5, count)
        columns = {**values, "demand_scale": values["demand_scale"] * scale}
        worlds = assemble(
            network.system, ["world"] * count, columns, network.initial, step_length=network.step_length, steps=STEPS
        )
        kernel = median_seconds(lambda worlds=worlds: run(worlds, "kernel"), 5)  # type: ignore[misc]
        polars = median_seconds(lambda worlds=worlds: run(worlds, "polars"), 3)  # type: ignore[misc]
        difference = np.nanmax(np.abs(run(worlds, "kernel").states / run(worlds, "polars").states - 1))
        if difference > 1e-9:
            raise RuntimeError(f"engines differ by {difference:g}; nothing is timed")
        rows.append((f"{count:,} worlds x {STEPS} steps", kernel, polars))
    return rows


def slider_rows() -> list[tuple[str, float]]:
    """(what, seconds) of what one slider release asks of the model, on the payment archetype."""
    network = load_network("payment")
    share = iter(np.linspace(0.2, 0.6, 10_000))

    def step() -> None:
        project(network, changes={"burn_share": float(next(share))}, years=10)

    def step_and_read() -> None:
        project(network, changes={"burn_share": float(next(share))}, years=10).select(SHOWN)

    def rest() -> None:
        _ = equilibrium(network, changes={"burn_share": float(next(share))}).points

    return [
        ("project 10 years, baseline and scenario", median_seconds(step, 25)),
        ("the same and eight variables as a frame", median_seconds(step_and_read, 25)),
        ("rest points", median_seconds(rest, 15)),
    ]
