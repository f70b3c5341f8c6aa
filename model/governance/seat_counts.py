"""Chance of passing among equal votes, such as seats: every count of yes and no, so that nothing is approximated."""

from __future__ import annotations

import numpy as np

from model.engine.worlds import Floats, Integers
from model.governance.linear_rules import OUTCOMES
from model.governance.one_vote import AWAY, OneVote
from model.governance.votes import OPTIONS

MOST_COUNTS = 20_000
"""Counts that are looked at: 140 seats with yes and no."""


def can_be_counted(vote: OneVote) -> bool:
    """Whether all votes are equal and few enough to look at every count of them."""
    units = vote.holders.units
    if vote.linear.quadratic or units[0] != units[-1]:
        return False
    return bool((vote.holders.count + 1) ** len(_used(vote)) <= MOST_COUNTS)


def _used(vote: OneVote) -> list[int]:
    return [option for option in vote.options if option != AWAY]


def seat_outcomes(vote: OneVote, offsets: Integers | None = None) -> Floats:
    """Chances of outcomes as in `OUTCOMES`, every count decided as the rule does; shape (cases, outcomes).

    Parameters
    ----------
    offsets
        Shape (cases, 4): votes in whole units that are added to every count; one case with nothing by default.
    """
    used = _used(vote)
    likely = _likelihood(vote, used)
    counts = np.zeros((likely.size, len(OPTIONS)), dtype=np.int64)
    for option, places in zip(used, np.indices(likely.shape), strict=True):
        counts[:, option] = places.reshape(-1) * int(vote.holders.units[0])
    weights = likely.reshape(-1)
    kept = weights > 0
    added = np.zeros((1, len(OPTIONS)), dtype=np.int64) if offsets is None else offsets
    found = [
        np.bincount(
            vote.linear.decide(counts[kept] + vote.extra + offset), weights=weights[kept], minlength=len(OUTCOMES)
        )
        for offset in added
    ]
    return np.array(found)


def _likelihood(vote: OneVote, used: list[int]) -> Floats:
    """Chance of every count, seat by seat and over all shocks; shape (seats + 1, ...) with an axis per option used."""
    shocks = list(vote.shocks())
    chances = np.stack([vote.chances(u, v) for u, v, _ in shocks])
    seats = vote.holders.count
    found = np.zeros((len(shocks), *[seats + 1] * len(used)))
    found.reshape(len(shocks), -1)[:, 0] = 1.0
    shape = (-1, *[1] * len(used))
    for seat in range(seats):
        before = found
        found = before * chances[:, seat, AWAY].reshape(shape)
        for axis, option in enumerate(used, start=1):
            later, earlier = ([slice(None)] * before.ndim for _ in range(2))
            later[axis], earlier[axis] = slice(1, None), slice(None, -1)
            found[tuple(later)] += before[tuple(earlier)] * chances[:, seat, option].reshape(shape)
    return np.asarray(np.tensordot([weight for _, _, weight in shocks], found, axes=1))
