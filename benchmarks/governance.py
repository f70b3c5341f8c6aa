"""Power over votes of the size that networks have."""

from __future__ import annotations

import numpy as np

from benchmarks.machine import median_seconds
from model.governance import RULES, Votes, banzhaf, power_of_largest, shapley_shubik, tally

VOTERS, MANY, HOLDERS = 150, 500, 100_000


def governance_rows() -> list[tuple[str, float]]:
    """(what, seconds) of exact power for hundreds of voters, of an ocean of holders, and of counting one vote."""
    chance = np.random.default_rng(7)
    weights = chance.integers(1, 80, VOTERS)
    small = chance.integers(1, 20, MANY)
    stakes = chance.lognormal(0, 3, HOLDERS)
    half, small_half = int(weights.sum()) // 2 + 1, int(small.sum()) // 2 + 1
    votes = Votes("73165203.5", 56_667_011, 36_323_836, 11_669_549, bonded=240_000_000)
    return [
        (f"Banzhaf power of {VOTERS} weighted voters", median_seconds(lambda: banzhaf(weights, half), 5)),
        (f"Shapley-Shubik power of {VOTERS} weighted voters", median_seconds(lambda: shapley_shubik(weights, half), 3)),
        (
            f"Shapley-Shubik power of {MANY} weighted voters",
            median_seconds(lambda: shapley_shubik(small, small_half), 1),
        ),
        (
            "power of the 15 largest of 100,000 holders, the rest an ocean",
            median_seconds(lambda: power_of_largest(stakes), 3),
        ),
        ("counting one vote without rounding", median_seconds(lambda: tally(RULES["cosmos_hub"], votes), 50)),
    ]
