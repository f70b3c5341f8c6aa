"""Pay of Render's nodes: for approved work, for being available, and for compute jobs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from model.errors import OutOfRangeError, UnknownKeyError
from model.networks.inputs import Floats, Number, Numbers, numbers, shaped


def node_pay(pool: Number, approved_work: Numbers) -> Floats:
    """RENDER to each node: the epoch's pool by share of the value of work approved in it; none where no work is.

    Parameters
    ----------
    pool
        RENDER for jobs in the epoch; it does not depend on what was burned.
    approved_work
        Value of approved work by node, in any one unit.
    """
    work = np.atleast_1d(numbers("approved work", approved_work, low=0))
    total = work.sum()
    amount = numbers("pool", pool, low=0)
    return np.asarray(amount * work / total if total > 0 else np.zeros_like(work))


OWN_NODES_WITHOUT_PENALTY = 3
PENALTY_RATE = 0.65


def availability_penalty(nodes_of_wallet: Numbers) -> float | Floats:
    """Factor for nodes of one wallet: 1 up to three, then exp(-0.65 (n - 3)) (RNP-015)."""
    count = numbers("nodes of the wallet", nodes_of_wallet, low=1)
    return shaped(np.exp(-PENALTY_RATE * np.maximum(count - OWN_NODES_WITHOUT_PENALTY, 0)))


def availability_points(
    idle_share: Numbers,
    octane: Numbers,
    memory: Numbers,
    age: Numbers,
    *,
    average_octane: Numbers,
    average_memory: Numbers,
    average_age: Numbers,
    nodes_of_wallet: Numbers = 1,
) -> float | Floats:
    """Points of a node for being available (RNP-015), before the pool is shared by them.

    `idle x (3 ln OB / ln OB_avg + 3 ln VRAM / ln VRAM_avg + ln age / ln age_avg) x penalty`; the base of the logarithm
    cancels.

    Parameters
    ----------
    idle_share
        Share of the epoch in which the node waited, 0 to 1.
    octane, memory, age
        OctaneBench score, graphics memory and age of the node, each 1 or more in the unit of its average.
    average_octane, average_memory, average_age
        Averages over nodes, above 1.
    nodes_of_wallet
        Nodes under the same wallet.
    """

    def relative(name: str, value: Numbers, average: Numbers) -> Floats:
        mean = numbers(f"average {name}", average, low=1)
        if (mean == 1).any():
            raise OutOfRangeError(f"average {name} is 1, whose logarithm is 0", allowed="above 1")
        return np.asarray(np.log(numbers(name, value, low=1)) / np.log(mean))

    score = (
        3 * relative("OctaneBench score", octane, average_octane)
        + 3 * relative("memory", memory, average_memory)
        + relative("age", age, average_age)
    )
    return shaped(numbers("idle share", idle_share, low=0, high=1) * score * availability_penalty(nodes_of_wallet))


def availability_rewards(pool: Number, points: Numbers) -> Floats:
    """RENDER to each node for being available: the pool by share of points."""
    return node_pay(pool, points)


HOURS_PER_WEEK = 168

COMPUTE_BASE: Mapping[str, float] = MappingProxyType({"RNP-019": 10.0, "RNP-021": 25.0})
"""RENDER a week for an RTX 4090 that works all the time, by proposal."""


COMPUTE_CAP = 100_000
"""RENDER a month for compute jobs at most (RNP-021)."""

GPU_MULTIPLIERS: Mapping[str, float] = MappingProxyType(
    {"RTX4090": 1.0, "H200": 5.0, "H100": 4.0, "A100": 3.5, "MI300X": 4.0, "L40": 2.5, "L4": 1.5, "T4": 1.2}
)
"""Pay of a graphics card relative to an RTX 4090 (RNP-021)."""


def compute_reward(hours: Numbers, gpu: str | Numbers = "RTX4090", *, rule: str = "RNP-021") -> float | Floats:
    """RENDER for hours of compute jobs in a week: base x multiplier x hours / 168.

    Parameters
    ----------
    hours
        Hours worked in the week, 0 to 168.
    gpu
        Name of a card in `GPU_MULTIPLIERS`, or a multiplier.
    rule
        "RNP-019" (base 10) or "RNP-021" (base 25).
    """
    if rule not in COMPUTE_BASE:
        raise UnknownKeyError(f"{rule!r} is no rule of compute rewards", allowed=", ".join(COMPUTE_BASE))
    if isinstance(gpu, str) and gpu not in GPU_MULTIPLIERS:
        raise UnknownKeyError(f"{gpu!r} is no known card", allowed=", ".join(GPU_MULTIPLIERS))
    multiplier = GPU_MULTIPLIERS[gpu] if isinstance(gpu, str) else numbers("multiplier", gpu, low=0)
    worked = numbers("hours", hours, low=0, high=HOURS_PER_WEEK)
    return shaped(np.asarray(COMPUTE_BASE[rule] * multiplier * worked / HOURS_PER_WEEK))
