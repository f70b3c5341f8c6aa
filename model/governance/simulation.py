"""Chance of passing by holding the vote many times, holder by holder: for every rule, and to check the others by."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from model.engine.random_numbers import WORDS, normal, uniform, words
from model.engine.worlds import Floats, Integers
from model.governance.linear_rules import OUTCOMES
from model.governance.one_vote import AWAY, OneVote
from model.governance.votes import OPTIONS

CHUNK = 2_000_000
"""Ballots that are drawn at a time, which bounds memory."""


def counted_votes(vote: OneVote, times: int, seed: int, first: int = 0) -> Integers:
    """Votes per option of the vote held `times` times; shape (times, 4), whole units.

    Every ballot's random number is addressed by vote and holder, so that two rules, or a vote with and without one
    ballot, meet the same futures.
    """
    holders = vote.holders.count
    blocks = -(-holders // WORDS)
    at_once = max(1, CHUNK // (blocks * WORDS))
    found = np.empty((times, len(OPTIONS)), dtype=np.int64)
    for start in range(0, times, at_once):
        stop = min(start + at_once, times)
        count = stop - start
        shocks = normal(words(seed, "vote.shocks", first + start, count, 1)[0])
        luck = uniform(words(seed, "vote.ballots", (first + start) * blocks, count * blocks, 1))
        luck = luck.reshape(count, -1)[:, :holders]
        edges = vote.edges(shocks[:, 0] * vote.turnout.common_shock, shocks[:, 1] * vote.support.common_shock)
        found[start:stop] = _cast(vote, luck, edges)
    return found + vote.extra


def _cast(vote: OneVote, luck: Floats, edges: Sequence[Floats]) -> Integers:
    """Votes per option of ballots of shape (votes, holders), given the numbers below which each option lies."""
    units = vote.holders.units.astype(np.float64)
    if vote.linear.quadratic:
        below = [np.zeros(luck.shape, dtype=np.bool_), *(luck < edge for edge in edges)]
        return _quadratic([below[place + 1] & ~below[place] for place in range(AWAY)], units)
    sums = np.stack([(luck < edge).astype(np.float64) @ units for edge in edges], axis=1)
    return np.rint(np.diff(sums, axis=1, prepend=0.0)).astype(np.int64)


def _quadratic(masks: Sequence[np.ndarray], units: Floats) -> Integers:
    """Scores of the quadratic rule: squares of sums of roots, scaled to what was cast."""
    squares = np.stack([(mask @ np.sqrt(units)) ** 2 for mask in masks], axis=1)
    cast = np.stack([mask @ units for mask in masks], axis=1).sum(axis=1)
    total = squares.sum(axis=1)
    share = squares / np.where(total > 0, total, 1.0)[:, None]
    return np.asarray(np.floor(share * cast[:, None]), dtype=np.int64)


def simulated(vote: OneVote, times: int, seed: int, offsets: Integers | None = None) -> Floats:
    """Shares of outcomes as in `OUTCOMES`; shape (cases, outcomes).

    Parameters
    ----------
    offsets
        Shape (cases, 4): votes that are added to every count, all in the same futures; by default one case of none.
    """
    votes = counted_votes(vote, times, seed)
    added = np.zeros((1, len(OPTIONS)), dtype=np.int64) if offsets is None else offsets
    return np.array([np.bincount(vote.linear.decide(votes + o), minlength=len(OUTCOMES)) / times for o in added])
