"""Closed forms of pay for merit [E46, E47, E51], solved from the declared pay equations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import sympy

from model.equations.merit import merit_pay
from model.structure import Structure
from model.vocabulary import Vocabulary


@dataclass(frozen=True)
class MeritThresholds:
    """When pay for merit keeps quality up.

    Attributes
    ----------
    lowest_weight
        Merit weight up to which only low-quality units remain; above 1 when no weight helps.
    full_weight
        Merit weight from which only high-quality units remain.
    needed_contrast
        Scoring contrast below which no merit weight helps, (rc - 1)/(rc + 1).
    needed_accuracy
        The same as an accuracy of a yes/no verdict, rc/(1 + rc).
    """

    lowest_weight: float
    full_weight: float
    needed_contrast: float
    needed_accuracy: float


def thresholds(contrast: float, cost_ratio: float, activity_inflation: float = 1.0) -> MeritThresholds:
    """Thresholds of [E47] at a scoring contrast and a cost ratio of quality."""
    needed = (cost_ratio - 1) / (cost_ratio + 1)
    bottom = activity_inflation * (1 + contrast) - (1 - contrast)
    low = (cost_ratio * activity_inflation - 1) * (1 - contrast) / bottom if bottom > 0 else np.inf
    high = (
        low * (1 + contrast) / (cost_ratio * (1 - contrast))
        if contrast < 1
        else 1 - 1 / (cost_ratio * activity_inflation)
    )
    return MeritThresholds(float(low), float(high), needed, cost_ratio / (1 + cost_ratio))


@lru_cache(maxsize=1)
def _solved() -> tuple[Callable[..., np.ndarray], Callable[..., np.ndarray]]:
    """Solve equal pay per cost for the share of high-quality units, from the declared pay equations."""
    m = Vocabulary(Structure(merit_roles=("providers",)))
    high, low = (equation.expression for equation in merit_pay(m, "providers"))
    share = m.variable("high_quality_share", role="providers")
    contrast = m.variable("contrast")
    weight = m.parameter("merit_weight", role="providers")
    ratio = m.parameter("cost_ratio", role="providers")
    spam = m.parameter("activity_inflation", role="providers")
    advantage = high - low * ratio
    numerator = sympy.numer(sympy.together(advantage))
    (root,) = sympy.solve(numerator, share)
    arguments = (weight, contrast, ratio, spam)
    return (
        sympy.lambdify(arguments, root, modules="numpy"),
        sympy.lambdify((*arguments, share), advantage, modules="numpy"),
    )


def rest_share(
    merit_weight: float, contrast: float | np.ndarray, cost_ratio: float, activity_inflation: float = 1.0
) -> np.ndarray:
    """Share of high-quality units at rest [E46], clipped to 0..1.

    The advantage of high-quality units falls with their share, so its sign at both ends decides the corner.
    """
    root, advantage = _solved()
    vs = np.asarray(contrast, dtype=float)
    with np.errstate(all="ignore"):
        inside = root(merit_weight, vs, cost_ratio, activity_inflation)
        none = advantage(merit_weight, vs, cost_ratio, activity_inflation, 0.0) <= 0
        full = advantage(merit_weight, vs, cost_ratio, activity_inflation, 1.0) >= 0
    return np.where(none, 0.0, np.where(full, 1.0, np.clip(np.nan_to_num(inside, nan=0.0), 0.0, 1.0)))
