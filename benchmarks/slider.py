"""The pieces of one slider release, without a browser."""

from __future__ import annotations

import subprocess
import sys
from functools import partial

import numpy as np

from benchmarks.machine import median_seconds
from model import Scenario, equilibrium, load_network, project, sweep
from model.engine.kept import MedianRun
from model.engine.side_by_side import side_by_side
from model.scorecard import measured

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

    def reached() -> None:
        _ = equilibrium(network, changes={"burn_share": float(next(share))}).reached

    def futures() -> None:
        changes = {"emission_scale": 0.5 + float(next(share))}
        project(render, changes=changes, years=10, draws=500).summary(REPORTED)

    def page() -> None:
        scenario = Scenario(render, {"emission_scale": 0.5 + float(next(share))})
        medians = MedianRun(partial(side_by_side, scenario, years=10, draws=500, seed=7))
        medians.compute([*REPORTED, "quality", "net_emission_rate", "revenue_gap", "collapsed"])

    def scored() -> None:
        _ = measured(today, at_hand)[1].scored().headline

    def mapped() -> None:
        low = 0.5 + float(next(share)) / 10
        over = {"burn_share": np.linspace(0.0, 0.4, 21), "emission_scale": np.linspace(low, 1.5, 21)}
        sweep(network, over, outputs=REPORTED).result()

    render = load_network("render")
    today = Scenario(render)
    at_hand = MedianRun(partial(side_by_side, today, years=10, draws=500, seed=7))
    return [
        ("project 10 years, baseline and scenario", median_seconds(step, 25)),
        ("the same and eight variables as a frame", median_seconds(step_and_read, 25)),
        ("rest points", median_seconds(rest, 15)),
        ("rest points and whether today's network gets there", median_seconds(reached, 15)),
        ("Render: 500 futures of two worlds, five variables summarised", median_seconds(futures, 9)),
        ("Render: the same futures as a page asks for them, nine variables at 131 dates", median_seconds(page, 15)),
        ("Render: its scorecard, over futures that are at hand", median_seconds(scored, 9)),
        ("21 x 21 map of burn share and emission multiplier, five variables", median_seconds(mapped, 9)),
    ]


_LARGE = """
import resource, time
from model import project
project("render", draws=2, years=1, keep="summary")
began = time.perf_counter()
project("render", changes={"emission_scale": 0.5}, draws=5_000, keep="summary").summary(["price"])
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def ten_thousand_worlds() -> tuple[float, float]:
    """Seconds and bytes at the peak of 5,000 futures of two worlds, of which a summary is kept, in a fresh process."""
    told = subprocess.run([sys.executable, "-c", _LARGE], capture_output=True, text=True, check=True, timeout=600)
    seconds, peak = told.stdout.split()
    return float(seconds), float(peak)
