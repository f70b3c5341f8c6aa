"""The settings between which two goals have to be traded: nothing else is better in both."""

from __future__ import annotations

import numpy as np

from model.engine.worlds import Floats, Integers
from model.tuning.sample import Sampled


def front(sample: Sampled, first: int, second: int) -> Integers:
    """Rows of the sample that no other row beats in both goals, ordered by the first goal.

    What is compared is the median over futures, in the direction in which each goal asks for more.

    Parameters
    ----------
    first, second
        Numbers of two goals.
    """
    values = np.column_stack([_wanted(sample, first), _wanted(sample, second)])
    usable = np.flatnonzero(np.isfinite(values).all(axis=1) & sample.feasible)
    order = usable[np.lexsort((-values[usable, 1], -values[usable, 0]))]
    kept, best = [], -np.inf
    for row in order:  # from the best in the first goal on, a row counts where the second one improves
        if values[row, 1] > best:
            kept.append(int(row))
            best = values[row, 1]
    return np.array(kept[::-1], dtype=np.int64)


def _wanted(sample: Sampled, goal: int) -> Floats:
    """Shape (settings,): how far beyond the goal the median is; more is closer to what is asked."""
    return sample.question.goals[goal].distance(sample.middles[:, goal])
