"""The pieces of one slider release, without a browser."""

from __future__ import annotations

import numpy as np

from benchmarks.machine import median_seconds
from model import equilibrium, load_network, project

SHOWN = ["supply", "price", "emission", "burn", "capacity", "quality", "staking_ratio", "net_emission_rate"]

REPORTED = ["supply", "price", "capacity", "emission", "burn"]
"""What is summarised over futures."""


def slider_rows() -> list[tuple[str, float]]:
    """(what, seconds) of what one slider release asks of the model, on the payment archetype unless said."""
    network = load_network("payment")
    share = iter(np.linspace(0.2, 0.6, 10_000))

    def step() -> None:
        project(network, changes={"burn_share": float(next(share))}, years=10)

    def step_and_read() -> None:
        project(network, changes={"burn_share": float(next(share))}, years=10).select(SHOWN)

    def rest() -> None:
        _ = equilibrium(network, changes={"burn_share": float(next(share))}).points

    def futures() -> None:
        changes = {"emission_scale": 0.5 + float(next(share))}
        project(render, changes=changes, years=10, draws=500).summary(REPORTED)

    render = load_network("render")
    return [
        ("project 10 years, baseline and scenario", median_seconds(step, 25)),
        ("the same and eight variables as a frame", median_seconds(step_and_read, 25)),
        ("rest points", median_seconds(rest, 15)),
        ("Render: 500 futures of two worlds, five variables summarised", median_seconds(futures, 9)),
    ]
