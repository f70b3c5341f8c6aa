"""Where a table of numbers changes its sign: short straight lines between the middles of its cells."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from model.engine.worlds import Floats


def sign_change(x: Floats, y: Floats, values: Floats) -> Floats:
    """Pieces of the line at which a table is zero (marching squares, straight between neighbours).

    Parameters
    ----------
    x, y
        Shape (columns,) and (rows,): where the numbers stand, in order.
    values
        Shape (rows, columns); NaN where there is no number: no line passes there.

    Returns
    -------
    array
        Shape (pieces, 4): x and y of both ends of each piece.
    """
    pieces: list[tuple[float, float, float, float]] = []
    for row in range(len(y) - 1):
        for column in range(len(x) - 1):
            corners = values[row : row + 2, column : column + 2]
            if np.isfinite(corners).all() and corners.min() < 0 <= corners.max():
                ends = _crossings(x[column : column + 2], y[row : row + 2], corners)
                pieces += [(*ends[i], *ends[i + 1]) for i in range(0, len(ends) - 1, 2)]
    return np.array(pieces).reshape(-1, 4)


def _crossings(x: Floats, y: Floats, corners: Floats) -> list[tuple[float, float]]:
    """Points on the sides of one square, going round, at which the sign changes: two of them, or four."""
    around = [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]
    found = []
    for (r0, c0), (r1, c1) in pairwise(around):
        a, b = float(corners[r0, c0]), float(corners[r1, c1])
        if (a < 0) != (b < 0):
            part = a / (a - b)
            found.append((float(x[c0] + part * (x[c1] - x[c0])), float(y[r0] + part * (y[r1] - y[r0]))))
    return found
