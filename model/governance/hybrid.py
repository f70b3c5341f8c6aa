"""Chance of passing without dice: every combination of the largest holders, the many small ones as normal sums."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from scipy.special import ndtr

from model.engine.worlds import Floats, Integers
from model.governance.bivariate import both_below
from model.governance.linear_rules import Condition, deciding
from model.governance.one_vote import AWAY, OneVote
from model.governance.votes import OPTIONS

MOST_STATES = 3**8
"""Combinations that are looked at: eight holders with yes, no and staying away."""

EXACT_STATES = 3**10
"""Combinations up to which a whole list is counted one by one, so that nothing is approximated."""

NEGLIGIBLE = 1e-9
"""Combinations less likely than this are left out; all of them together weigh less than 1e-5."""


def can_be_solved(vote: OneVote) -> bool:
    """Whether at most two linear conditions decide the vote."""
    found = None if vote.linear.quadratic else deciding(vote.linear)
    return found is not None and 1 <= len(found) <= 2


def atoms_of(vote: OneVote) -> int:
    """How many of the largest holders are combined one by one."""
    count, ways = vote.holders.count, len(vote.options)
    if ways**count <= EXACT_STATES:
        return count
    return min(count, int(math.log(MOST_STATES) / math.log(ways) + 1e-9))


def solved(vote: OneVote, offsets: Integers | None = None) -> Floats:
    """Chances of passing, of failing the first condition and of failing only the second.

    Where a rule can reject early, a rejection that also misses the quorum counts as a missed quorum.

    Parameters
    ----------
    offsets
        Shape (cases, 4): votes in whole units that are added to every count; one case with nothing by default.

    Returns
    -------
    ndarray
        Shape (cases, 3).
    """
    conditions = deciding(vote.linear)
    assert conditions
    added = np.zeros((1, len(OPTIONS)), dtype=np.int64) if offsets is None else offsets
    largest = atoms_of(vote)
    states = _states(largest, vote.options)
    units = vote.holders.units
    counts = _counts(states, units[:largest]) + vote.extra
    found = np.zeros((len(added), 3))
    for u, v, weight in vote.shocks():
        chances = vote.chances(u, v)
        likely = _likelihood(states, chances[:largest])
        kept = likely > NEGLIGIBLE
        body = _Body(conditions, chances[largest:, :AWAY], units[largest:])
        for case, offset in enumerate(added):
            found[case] += weight * (likely[kept] @ body.outcome(counts[kept] + offset))
    # What was left out is shared by all outcomes alike.
    return np.asarray(found / found.sum(axis=1, keepdims=True))


@lru_cache(maxsize=32)
def _states(count: int, options: tuple[int, ...]) -> Integers:
    """Every combination of what `count` holders do; shape (combinations, count)."""
    grids = np.meshgrid(*([np.array(options)] * count), indexing="ij")
    return np.stack([grid.reshape(-1) for grid in grids], axis=1) if count else np.zeros((1, 0), dtype=np.int64)


def _counts(states: Integers, units: Integers) -> Integers:
    """Votes per option of every combination; shape (combinations, 4)."""
    return np.stack([(states == option) @ units for option in range(AWAY)], axis=1)


def _likelihood(states: Integers, chances: Floats) -> Floats:
    found = np.ones(len(states))
    for holder in range(states.shape[1]):
        found *= chances[holder][states[:, holder]]
    return found


class _Body:
    """Sums of many small holders under one value of the shocks: normal in what the conditions look at."""

    def __init__(self, conditions: Sequence[Condition], chances: Floats, units: Integers) -> None:
        self.conditions = conditions
        weights = np.array([condition.weights for condition in conditions], dtype=np.float64)
        sizes = units.astype(np.float64)
        each = chances @ weights.T
        self.mean = sizes @ each
        products = np.einsum("ho,co,do->hcd", chances, weights, weights) - each[:, :, None] * each[:, None, :]
        spread = np.einsum("h,hcd->cd", sizes**2, products)
        self.deviation = np.sqrt(np.maximum(np.diag(spread), 0.0))
        self.correlation = 0.0
        if len(conditions) == 2 and self.deviation.all():
            self.correlation = float(np.clip(spread[0, 1] / self.deviation.prod(), -1.0, 1.0))

    def outcome(self, counts: Integers) -> Floats:
        """Chances of passing, failing the first and failing only the second condition; shape (combinations, 3)."""
        ahead = [self._ahead(place, counts) for place in range(len(self.conditions))]
        first = ndtr(ahead[0])
        both = first if len(ahead) == 1 else both_below(ahead[0], ahead[1], self.correlation)
        return np.stack([both, 1 - first, np.maximum(first - both, 0.0)], axis=1)

    def _ahead(self, place: int, counts: Integers) -> Floats:
        """By how many standard deviations a condition is met on average; whole counts decide where nothing varies."""
        condition = self.conditions[place]
        margin = counts @ condition.weights - condition.least
        if self.deviation[place] == 0:
            return np.where(margin + round(float(self.mean[place])) >= 0, np.inf, -np.inf)
        return np.asarray((margin + self.mean[place]) / self.deviation[place])
