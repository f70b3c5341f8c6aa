"""Power over a weighted vote: Banzhaf and Shapley-Shubik, exact for hundreds of voters.

Probabilities of sums are carried as floating numbers instead of numbers of coalitions, so that nothing overflows; all
are added and none subtracted, so that nothing cancels.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from model.engine.worlds import Floats
from model.governance.votes import Count
from model.governance.weights import Game, Weights, game

CHUNK = 24_000
"""Numbers that are worked on at a time, so that they stay close to the processor."""


def banzhaf(weights: Weights, quota: Count, *, strictly: bool = False, normalised: bool = True) -> Floats:
    """Banzhaf power: how often a voter decides when all others vote yes or no by the toss of a coin.

    Parameters
    ----------
    weights, quota
        The vote passes when those in favour have `quota` or more; with `strictly`, more than it.
    normalised
        Shares that add up to 1; otherwise the chances themselves.

    Returns
    -------
    ndarray
        Shape (voters,).
    """
    played = game(weights, quota, strictly=strictly)
    swings = _decides(played, np.array([0.5]))
    found = np.array([swings[weight][0] for weight in played.weights])
    return found / found.sum() if normalised else found


def shapley_shubik(weights: Weights, quota: Count, *, strictly: bool = False) -> Floats:
    """Shapley-Shubik power: how often a voter's joining decides, over all orders of joining; adds up to 1.

    It is the integral over t of the chance to decide when all others vote yes with chance t: a polynomial of degree
    n - 1, which n / 2 Gauss-Legendre nodes integrate exactly. For many voters 5 sqrt(n) nodes do as well to twelve
    digits, because no such chance changes faster than over 1 / sqrt(n).

    Returns
    -------
    ndarray
        Shape (voters,).
    """
    played = game(weights, quota, strictly=strictly)
    voters = len(played.weights)
    nodes, measures = np.polynomial.legendre.leggauss(min(math.ceil(voters / 2), math.ceil(5 * math.sqrt(voters))))
    swings = _decides(played, (nodes + 1) / 2)
    power = {weight: float(chance @ measures) / 2 for weight, chance in swings.items()}
    return np.array([power[weight] for weight in played.weights])


def _decides(played: Game, chances: Floats) -> dict[int, Floats]:
    """Chance that a voter of each weight decides, for each chance with which all others vote yes."""
    found = {weight: np.empty(len(chances)) for weight in played.weights}
    rows = max(1, CHUNK // played.quota)
    for start in range(0, len(chances), rows):
        part = chances[start : start + rows]
        begun = np.zeros((len(part), played.quota))
        begun[:, 0] = 1.0
        counts = sorted(Counter(played.weights).items())
        for weight, sums in _without(counts, begun, part[:, None]):
            lowest = max(0, played.quota - weight)
            found[weight][start : start + len(part)] = sums[:, lowest:].sum(axis=1)
    return found


def _without(counts: Sequence[tuple[int, int]], sums: Floats, chance: Floats) -> Iterator[tuple[int, Floats]]:
    """For each weight, chances of the sums below the quota of everybody but one voter of that weight.

    Halves are added to each other's sums in turn, so that n voters cost n log n additions instead of n squared.
    """
    if len(counts) == 1:
        weight, count = counts[0]
        yield weight, _with(sums, [(weight, count - 1)], chance)
        return
    half = len(counts) // 2
    yield from _without(counts[:half], _with(sums, counts[half:], chance), chance)
    yield from _without(counts[half:], _with(sums, counts[:half], chance), chance)


def _with(sums: Floats, counts: Sequence[tuple[int, int]], chance: Floats) -> Floats:
    """Chances of the sums after further voters; what reaches the quota is dropped."""
    now, joined, stay = sums.copy(), np.empty_like(sums), 1 - chance
    width = now.shape[1]
    for weight, count in counts:
        for _ in range(count if weight else 0):
            np.multiply(now, chance, out=joined)
            now *= stay
            if weight < width:
                now[:, weight:] += joined[:, : width - weight]
    return now
