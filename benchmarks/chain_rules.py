"""The chains' own rules at the size of the chain."""

from __future__ import annotations

import numpy as np

from benchmarks.machine import median_seconds
from model.networks.bittensor import flow_ema, flow_shares, yuma

VALIDATORS = SUBNETS = 256
DAYS, BLOCKS_A_DAY, LISTED = 365, 7_200, 128


def rule_rows() -> list[tuple[str, float]]:
    """(what, seconds) of one epoch of consensus and of a year of emission shares."""
    chance = np.random.default_rng(7)
    stake = chance.pareto(1.2, VALIDATORS) + 1
    weights = chance.random((VALIDATORS, SUBNETS))
    bonds = yuma(stake, weights, version=3).bonds
    flows = chance.normal(0, 1e9, (DAYS, LISTED))

    def third() -> None:
        yuma(stake, weights, bonds, version=3, liquid_alpha=True)

    def first() -> None:
        yuma(stake, weights, bonds, version=1)

    def year() -> None:
        average = np.zeros(LISTED)
        for day in flows:
            average = np.asarray(flow_ema(average, day, blocks=BLOCKS_A_DAY))
            flow_shares(average)

    return [
        ("Yuma consensus 3 with liquid alpha, one epoch of 256 x 256", median_seconds(third, 15)),
        ("Yuma consensus 1, one epoch of 256 x 256", median_seconds(first, 15)),
        ("emission shares of 128 subnets by flow, every day of a year in closed-form steps", median_seconds(year, 9)),
    ]
