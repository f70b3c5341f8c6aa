"""How unequally stake is held: Gini, Herfindahl, Nakamoto, entropy, Theil, shares of the largest.

Gini and everything that counts holders depend on how small a holder still counts: say the cut-off beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from model.engine.worlds import Floats
from model.errors import OutOfRangeError
from model.governance.votes import Count, exact

Stakes = Sequence[Count] | npt.NDArray[Any]

MOST_EXACT = 20_000
"""Holders up to which shares are compared as fractions; above, in long floats."""


def _stakes(stakes: Stakes) -> Floats:
    found = np.asarray([float(stake) for stake in stakes], dtype=float)
    if not len(found) or not np.isfinite(found).all() or found.min() < 0 or found.sum() <= 0:
        raise OutOfRangeError("stakes are missing, negative or all nothing", allowed="numbers from 0 on, one above 0")
    return found


def shares_of(stakes: Stakes) -> Floats:
    """Shape (holders,): share of each in the whole, in the order given."""
    found = _stakes(stakes)
    return np.asarray(found / found.sum())


def gini(stakes: Stakes) -> float:
    """Gini coefficient: 0 where all hold the same, (n - 1) / n where one of n holds everything."""
    ordered = np.sort(_stakes(stakes))
    count = len(ordered)
    return float(2 * np.dot(np.arange(1, count + 1), ordered) / (count * ordered.sum()) - (count + 1) / count)


def hhi(stakes: Stakes) -> float:
    """Herfindahl-Hirschman index: the sum of squared shares, from 1/n to 1."""
    return float((shares_of(stakes) ** 2).sum())


def effective_number(stakes: Stakes) -> float:
    """Number of equal holders that would be as concentrated: 1 / HHI."""
    return 1 / hhi(stakes)


def nakamoto(stakes: Stakes, threshold: Count = 0.5) -> int:
    """Fewest holders whose stake is more than `threshold` of all, compared without rounding.

    Raises
    ------
    OutOfRangeError
        For a threshold that even all together do not exceed.
    """
    _stakes(stakes)
    share = exact(threshold, "threshold")
    if share >= 1:
        raise OutOfRangeError(f"threshold is {threshold}", allowed="0 or more, below 1")
    return _fewest(stakes, share, strictly=True)


def minimum_quorum(votes: Stakes, share: Count = 0.5) -> int:
    """Fewest of the actual voters who cast at least `share` of all votes (Falk and others, arXiv 2407.10945)."""
    _stakes(votes)
    return _fewest(votes, exact(share, "share"), strictly=False)


def _fewest(stakes: Stakes, share: Fraction, *, strictly: bool) -> int:
    if len(stakes) <= MOST_EXACT:
        held = sorted((exact(stake, "stake") for stake in stakes), reverse=True)
        limit, running = share * sum(held), Fraction(0)
        for count, stake in enumerate(held, start=1):
            running += stake
            if running > limit or (running == limit and not strictly):
                return count
        return len(held)
    ordered = np.sort(_stakes(stakes))[::-1].astype(np.longdouble)
    running_sums = np.cumsum(ordered)
    limit = np.longdouble(float(share)) * running_sums[-1]
    place = int(np.searchsorted(running_sums, limit, side="right" if strictly else "left"))
    return min(place + 1, len(ordered))


def top_share(stakes: Stakes, count: int) -> float:
    """Share that the `count` largest hold together."""
    ordered = np.sort(shares_of(stakes))[::-1]
    return float(ordered[: max(0, count)].sum())


def palma(stakes: Stakes) -> float:
    """What the top tenth of holders has over what the bottom 40% has; infinite where those have nothing."""
    ordered = np.sort(_stakes(stakes))
    count = len(ordered)
    top, bottom = ordered[count - max(1, round(count / 10)) :].sum(), ordered[: round(count * 0.4)].sum()
    return float(top / bottom) if bottom > 0 else float("inf")


def entropy(stakes: Stakes) -> float:
    """Shannon entropy of the shares, bits."""
    held = shares_of(stakes)
    held = held[held > 0]
    return float(-(held * np.log2(held)).sum()) + 0.0


def theil(stakes: Stakes) -> float:
    """Theil index: 0 where all hold the same, ln n where one of n holds everything."""
    held = shares_of(stakes)
    count = len(held)
    held = held[held > 0]
    return float((held * np.log(count * held)).sum())


def theil_by_group(stakes: Stakes, groups: Sequence[object]) -> tuple[float, float]:
    """The Theil index in two parts that add up to it: between groups, and within them.

    Parameters
    ----------
    groups
        Group of each holder.
    """
    held = shares_of(stakes)
    if len(groups) != len(held):
        raise OutOfRangeError(f"{len(held)} holders have {len(groups)} groups", allowed="one for each")
    members: dict[object, list[int]] = {}
    for place, group in enumerate(groups):
        members.setdefault(group, []).append(place)
    between = within = 0.0
    for places in members.values():
        share = float(held[places].sum())
        if share > 0:
            between += share * float(np.log(share * len(held) / len(places)))
            within += share * theil(held[places])
    return between, within


def bloc_entropy(blocs: Mapping[str, Count] | Stakes) -> float:
    """Min-entropy of voting blocs, bits: -log2 of the largest bloc's share (arXiv 2509.22620)."""
    return float(-np.log2(shares_of(list(blocs.values()) if isinstance(blocs, Mapping) else blocs).max())) + 0.0
