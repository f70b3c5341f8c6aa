"""The distribution function of two correlated normal numbers, for many pairs at once."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import ndtr, owens_t

from model.engine.worlds import Floats


def both_below(first: Floats, second: Floats, correlation: float) -> Floats:
    """Chance that two standard normal numbers lie below `first` and `second`; shapes broadcast.

    By Owen's T function: D. B. Owen, "Tables for computing bivariate normal probabilities", Ann. Math. Stat. 27 (1956).
    """
    if correlation >= 1 - 1e-12:
        return np.asarray(ndtr(np.minimum(first, second)))
    if correlation <= -1 + 1e-12:
        return np.asarray(np.maximum(0.0, ndtr(first) + ndtr(second) - 1))
    # Nothing differs at these distances, and zero would divide.
    h = np.where(first == 0, 1e-12, np.clip(first, -38.0, 38.0))
    k = np.where(second == 0, 1e-12, np.clip(second, -38.0, 38.0))
    root = math.sqrt(1 - correlation**2)
    of_h = owens_t(h, (k / h - correlation) / root)
    of_k = owens_t(k, (h / k - correlation) / root)
    apart = np.where((h > 0) == (k > 0), 0.0, 0.5)
    found = 0.5 * (ndtr(h) + ndtr(k)) - of_h - of_k - apart
    return np.asarray(np.clip(found, 0.0, 1.0))
