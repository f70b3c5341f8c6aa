"""Power of a few large holders beside an ocean of small ones, and of anybody by random orders."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import beta, betainc

from model.engine.worlds import Floats
from model.errors import OutOfRangeError
from model.governance.concentration import Stakes, shares_of
from model.governance.power import shapley_shubik
from model.governance.votes import Count
from model.governance.weights import Weights, as_array, game

MOST_ATOMS = 15
"""Large holders whose every combination is looked at."""


@dataclass(frozen=True, eq=False)
class OceanicPower:
    """Power of large holders and of all small ones together; adds up to 1.

    Attributes
    ----------
    atoms
        Shape (large holders,): power of each, in the order given.
    ocean
        Power of all others together.
    """

    atoms: Floats
    ocean: float


def oceanic(shares: Weights, quota: float = 0.5) -> OceanicPower:
    """Shapley power where everybody but a few holds next to nothing (Milnor and Shapley).

    Parameters
    ----------
    shares
        Shares of the large holders in the whole, at most 15 and together at most 1; the rest is the ocean.
    quota
        Share of the whole that passes, above 0 and at most 1.
    """
    held = np.asarray(shares, dtype=float)
    if not 0 < len(held) <= MOST_ATOMS or held.min() < 0 or held.sum() > 1 + 1e-12:
        raise OutOfRangeError("the large holders do not fit", allowed=f"1 to {MOST_ATOMS} shares, together at most 1")
    if not 0 < quota <= 1:
        raise OutOfRangeError(f"the quota is {quota}", allowed="above 0, at most 1")
    rest = 1 - float(held.sum())
    if rest < 1e-12:
        return OceanicPower(shapley_shubik(held / held.sum(), quota), 0.0)
    found = np.array([_decides(held, place, rest, quota) for place in range(len(held))])
    return OceanicPower(found, max(0.0, 1 - float(found.sum())))


def _decides(held: Floats, place: int, rest: float, quota: float) -> float:
    """Sum over who joined before: the chance that the ocean then stands where this holder's joining passes."""
    others = np.delete(held, place)
    before, joined = np.zeros(1), np.zeros(1, dtype=int)
    for share in others:
        before, joined = np.concatenate([before, before + share]), np.concatenate([joined, joined + 1])
    high = np.clip((quota - before) / rest, 0, 1)
    low = np.clip((quota - held[place] - before) / rest, 0, 1)
    first, second = joined + 1, len(held) - joined
    return float((beta(first, second) * (betainc(first, second, high) - betainc(first, second, low))).sum())


def power_of_largest(stakes: Stakes, quota: float = 0.5, atoms: int = MOST_ATOMS) -> OceanicPower:
    """Power of the largest of up to a hundred thousand holders and more, the others as an ocean.

    Parameters
    ----------
    quota
        Share of the whole that passes.
    atoms
        How many of the largest are looked at one by one, at most 15.

    Returns
    -------
    OceanicPower
        Atoms by falling stake.
    """
    ordered = np.sort(shares_of(stakes))[::-1]
    return oceanic(ordered[: min(atoms, MOST_ATOMS)], quota)


@dataclass(frozen=True, eq=False)
class SampledPower:
    """Power found by random orders, with its standard error; shapes (voters,)."""

    power: Floats
    error: Floats


def shapley_by_orders(
    weights: Weights, quota: Count, *, orders: int = 200_000, seed: int = 0, strictly: bool = False
) -> SampledPower:
    """Shapley-Shubik power from random orders of joining, for weights in units too fine to count exactly."""
    played = game(weights, quota, strictly=strictly, most=2**62)
    held, dice = as_array(played), np.random.default_rng(seed)
    hits = np.zeros(len(held), dtype=np.int64)
    at_once = max(1, 2_000_000 // len(held))
    for start in range(0, orders, at_once):
        count = min(at_once, orders - start)
        order = np.argsort(dice.random((count, len(held))), axis=1)
        pivot = (np.cumsum(held[order], axis=1) < played.quota).sum(axis=1)
        hits += np.bincount(order[np.arange(count), pivot], minlength=len(held))
    share = hits / orders
    return SampledPower(share, np.sqrt(share * (1 - share) / orders))
