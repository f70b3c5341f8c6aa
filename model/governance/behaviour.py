"""Common shocks of a vote as a few values with weights, and what the page says about behavioural assumptions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from model.engine.worlds import Floats

SHORT_BANNER = "A behavioural assumption, not a forecast: nobody knows who will vote and how."
BANNER = f"{SHORT_BANNER} These figures follow from the turnout and support set here, which are assumed."

NODES = 5
"""Values of one shock: enough to integrate a chance to within a thousandth (a test holds it against 15)."""


@dataclass(frozen=True, eq=False)
class Nodes:
    """A shock as values with weights that add up to 1, both of shape (nodes,)."""

    values: Floats
    weights: Floats


@lru_cache(maxsize=64)
def normal_nodes(deviation: float, count: int = NODES) -> Nodes:
    """Gauss-Hermite nodes of a normal shock with mean zero; one node where it does not vary."""
    if deviation == 0:
        return Nodes(np.zeros(1), np.ones(1))
    places, weights = np.polynomial.hermite_e.hermegauss(count)
    return Nodes(np.asarray(deviation * places), np.asarray(weights / weights.sum()))
