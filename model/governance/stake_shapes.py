"""How unequal stakes are: log-normal, Pareto and Zipf lists, and the log-normal that has a known Gini or Nakamoto."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import brentq
from scipy.special import erfinv, ndtri

from model.engine.random_numbers import WORDS, check_seed, uniform, words
from model.engine.worlds import Floats
from model.errors import OutOfRangeError

Kind = Literal["log-normal", "pareto", "zipf"]

DAO_SIGMA = 3.0
"""Spread of the usual DAO: Gini 0.96, twelve holders with half of the stake among 5,000 (specification, 3.1)."""

MOST_HOLDERS = 100_000
"""Holders in one list; a larger one tells nothing more about a vote."""

_BOUNDS: dict[Kind, tuple[float, float]] = {"log-normal": (0.0, 6.0), "pareto": (0.3, 20.0), "zipf": (0.0, 5.0)}
_PLACES = 2**32
"""Addresses of random numbers between one draw of stakes and the next."""


@dataclass(frozen=True)
class Shape:
    """How stakes differ from each other.

    Attributes
    ----------
    kind
        "log-normal" (usual), "pareto" or "zipf".
    value
        Standard deviation of the logarithm; tail exponent (smaller is more unequal); exponent of the rank.
    """

    kind: Kind = "log-normal"
    value: float = DAO_SIGMA

    def __post_init__(self) -> None:
        if self.kind not in _BOUNDS:
            raise OutOfRangeError(f"there is no shape {self.kind!r}", where="shape", allowed=", ".join(_BOUNDS))
        low, high = _BOUNDS[self.kind]
        if not low <= self.value <= high:
            raise OutOfRangeError(
                f"the shape's parameter is {self.value}", where=self.kind, allowed=f"{low:g} to {high:g}"
            )


def drawn_stakes(shape: Shape, count: int, *, seed: int, name: str, draw: int = 0) -> Floats:
    """Stakes of one list, largest first, adding up to 1; shape (count,).

    Parameters
    ----------
    name, draw
        What the random numbers are for and which draw of them: both are part of their address, so that no list moves
        another one's numbers.

    Raises
    ------
    OutOfRangeError
        For fewer than 1 or more than `MOST_HOLDERS` holders.
    """
    if not 1 <= count <= MOST_HOLDERS:
        raise OutOfRangeError(f"the list has {count} holders", where="holders", allowed=f"1 to {MOST_HOLDERS}")
    if shape.kind == "zipf":
        stakes = np.arange(1, count + 1, dtype=np.float64) ** -shape.value
    else:
        raw = words(check_seed(seed), f"vote.stakes.{name}", draw * _PLACES, -(-count // WORDS), 1)
        chance = uniform(raw).reshape(-1)[:count]
        stakes = np.sort(_quantile(shape, chance))[::-1]
    return np.asarray(stakes / stakes.sum())


def _quantile(shape: Shape, chance: Floats) -> Floats:
    """Stake below which a holder's lies with the given chance; largest finite stakes kept apart by the scale."""
    if shape.kind == "pareto":
        return np.asarray((1.0 - chance) ** (-1.0 / shape.value))
    return np.asarray(np.exp(shape.value * ndtri(chance)))


def typical_stakes(shape: Shape, count: int) -> Floats:
    """The list without chance: holders at evenly spaced quantiles, largest first, adding up to 1; shape (count,)."""
    if shape.kind == "zipf":
        return drawn_stakes(shape, count, seed=0, name="")
    stakes = _quantile(shape, (np.arange(count, 0, -1) - 0.5) / count)
    return np.asarray(stakes / stakes.sum())


# ---- from what people know to a shape -------------------------------------------------------------------
def shape_with_gini(gini: float) -> Shape:
    """Log-normal shape whose Gini is `gini` in a long list: sigma = 2 erfinv(G).

    Raises
    ------
    OutOfRangeError
        Outside 0 to 0.999.
    """
    if not 0 <= gini <= 0.999:
        raise OutOfRangeError(f"the Gini is {gini}", where="gini", allowed="0 to 0.999")
    return Shape("log-normal", float(2 * erfinv(gini)))


def half_size(stakes: Floats) -> float:
    """How many of the largest holders have half of the stake, read between whole numbers so that it can be solved."""
    running = np.concatenate([[0.0], np.cumsum(np.sort(stakes)[::-1])])
    return float(np.interp(0.5 * running[-1], running, np.arange(running.size)))


def shape_with_nakamoto(nakamoto: int, count: int, largest: float = 0.0) -> Shape:
    """Log-normal shape in which `nakamoto` holders are the fewest with more than half, beside one of a known share.

    Parameters
    ----------
    count
        Holders in the list.
    largest
        Share of the largest holder where it is known; 0 leaves it to the shape.

    Raises
    ------
    OutOfRangeError
        When no list has both: the message says which numbers would.
    """
    if not 1 <= nakamoto <= count // 2 + 1:
        raise OutOfRangeError(
            f"{nakamoto} holders cannot be the fewest with more than half",
            where="Nakamoto coefficient",
            allowed=f"1 to {count // 2 + 1} of {count} holders",
        )
    if largest and not (nakamoto == 1) == (largest > 0.5):
        raise OutOfRangeError(
            f"one holder with {largest:.3g} of the stake does not fit {nakamoto} holders with more than half",
            where="largest share",
            allowed="above 0.5 with one holder, at most 0.5 with several",
        )
    if largest * nakamoto <= 0.5 and largest:
        raise OutOfRangeError(
            f"{nakamoto} holders of at most {largest:.3g} each have no more than half",
            where="largest share",
            allowed=f"above {0.5 / nakamoto:.3g} for {nakamoto} holders",
        )

    def away(sigma: float) -> float:
        return half_size(with_largest(typical_stakes(Shape("log-normal", sigma), count), largest)) - (nakamoto - 0.5)

    return Shape("log-normal", _root(away, 0.0, _BOUNDS["log-normal"][1]))


def _root(away: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function is zero; the nearer end where it is not zero in between."""
    if away(low) <= 0:
        return low
    if away(high) >= 0:
        return high
    return float(brentq(away, low, high, xtol=1e-6))


def with_largest(stakes: Floats, largest: float) -> Floats:
    """The same list with its largest holder at a known share, nobody above it, largest first; shape (count,).

    What is cut from others goes to those below in proportion. 0 leaves the list as it is.
    """
    if not largest:
        return stakes
    body = np.sort(stakes)[::-1][1:].copy()
    room = 1.0 - largest
    body *= room / body.sum()
    for _ in range(body.size):
        over = body > largest * (1 + 1e-12)
        if not over.any():
            break
        body[over] = largest
        below = body < largest
        if not below.any():
            break
        body[below] *= max(0.0, room - largest * float((~below).sum())) / body[below].sum()
    found = np.concatenate([[largest], body])
    return np.asarray(found / found.sum())
