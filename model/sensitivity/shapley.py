"""Shares of a difference among its parts that do not depend on the order of the parts."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from model.engine.worlds import Floats, Integers

ORDERS = 64
"""Sampled orders; each is run forward and backward."""


def shapley_values(values: npt.ArrayLike) -> Floats:
    r"""Shares of n parts from the results of all combinations.

    .. math:: \phi_i = \sum_{S \not\ni i} \frac{|S|!\,(n-|S|-1)!}{n!}\,(v(S \cup i) - v(S))

    They sum to v(all) - v(none); a part that changes nothing gets zero, parts that change alike get the same.

    Parameters
    ----------
    values
        Shape (2**n, ...): the result with the parts whose bits are set in the row number.

    Returns
    -------
    array
        Shape (n, ...).
    """
    table = np.asarray(values, dtype=np.float64)
    count = len(table).bit_length() - 1
    if len(table) != 1 << count:
        raise ValueError("the results of all combinations are 2**n rows")
    rows = np.arange(len(table))
    sizes = np.array([int(row).bit_count() for row in rows])
    shares = np.empty((count, *table.shape[1:]))
    for part in range(count):
        without = rows[(rows >> part) & 1 == 0]
        weight = np.array([1 / (count * math.comb(count - 1, int(size))) for size in sizes[without]])
        shares[part] = np.tensordot(weight, table[without | (1 << part)] - table[without], axes=1)
    return shares


def sampled_orders(count: int, orders: int, seed: int) -> Integers:
    """Shape (2 * orders, count): random orders of parts, each followed by its reverse, which lowers the spread."""
    generator = np.random.Generator(np.random.Philox(seed))
    forward = np.stack([generator.permutation(count) for _ in range(orders)])
    return np.stack([forward, forward[:, ::-1]], axis=1).reshape(-1, count).astype(np.int64)


def masks_of(orders: Integers) -> set[int]:
    """All combinations that the orders pass through."""
    steps = np.cumsum(np.left_shift(np.int64(1), orders), axis=1)
    return {0, *map(int, np.unique(steps))}


def sampled_shares(orders: Integers, table: dict[int, float]) -> tuple[Floats, Floats]:
    """Mean marginal change over orders, and its standard error over pairs of an order and its reverse."""
    count = orders.shape[1]
    changes = np.empty(orders.shape)
    for row, order in enumerate(orders):
        mask, before = 0, table[0]
        for part in order:
            mask |= 1 << int(part)
            changes[row, part] = table[mask] - before
            before = table[mask]
    pairs = changes.reshape(-1, 2, count).mean(axis=1)
    error = pairs.std(axis=0, ddof=1) / math.sqrt(len(pairs)) if len(pairs) > 1 else np.full(count, math.nan)
    return changes.mean(axis=0), error
