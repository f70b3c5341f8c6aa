"""Whether a simulated way ends at a rest point, at another one or in collapse, and when it crosses the tipping line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from model.engine.worlds import Floats
from model.rest.plane_curves import Curve, plane_curves
from model.rest.point import RestPoint

End = Literal["rest point", "another rest point", "collapse", "under way"]

JUDGED = ("price", "revenue", "capacity")
"""What has to have come near its value at a rest point."""

NEAR = 0.05
"""A way that ends within 5% of a point that attracts has reached it."""

BESIDE = 0.25
"""The same where only one quality of units is left: a seed of entrants of the other keeps the simulation beside it."""

FALLEN = 0.5
"""A way that ends below half of the tipping point's revenue and capacity, and does not rise, has collapsed."""


@dataclass(frozen=True)
class Reached:
    """Where the way ends that today's network takes, with every trend stopped and no shocks.

    Attributes
    ----------
    end
        "rest point" (the stable one that is quoted), "another rest point", "collapse", or "under way" where the years
        simulated do not decide it.
    years
        How many were simulated.
    date
        From when on the way stays within 5% of the point it reaches; for a collapse, when it falls below the tipping
        line for good, or when the run stops; None while it is under way.
    starts_below
        Whether a collapse begins below the tipping line, so that nothing on the way decides it.
    stopped
        Why the run ends early, in a sentence; empty where it does not.
    """

    end: End
    years: int
    date: dt.date | None
    starts_below: bool = False
    stopped: str = ""

    @property
    def there(self) -> bool:
        """Whether it ends at the rest point that is quoted."""
        return self.end == "rest point"

    @property
    def fails(self) -> bool:
        """Whether it ends elsewhere; a way that is still under way does not."""
        return self.end in ("collapse", "another rest point")


def ended(paths: Mapping[str, Floats], points: Sequence[RestPoint], stopped: str = "") -> End | None:
    """Where a way ends; None where no point attracts. Arguments are those of `reached`."""
    stable = [point for point in points if point.stable_by_criterion]
    if not stable:
        return None
    last = {name: path[-1:] for name, path in paths.items()}
    for point in stable:
        if _distance(last, point)[0] < _near(point):
            return "rest point" if point is stable[0] else "another rest point"
    lowest = next((point for point in points if not point.stable_by_criterion), stable[-1])
    low = all(paths[name][-1] < FALLEN * getattr(lowest, name) for name in ("revenue", "capacity"))
    before = paths["revenue"][-1 - len(paths["revenue"]) // 10]
    return "collapse" if stopped or (low and paths["revenue"][-1] <= before) else "under way"


def reached(
    paths: Mapping[str, Floats],
    date: Callable[[int], dt.date],
    years: int,
    points: Sequence[RestPoint],
    stopped: str = "",
) -> Reached | None:
    """Judge a way and date it; None where no point attracts.

    Parameters
    ----------
    paths
        Of price, revenue, capacity and quality, shape (steps,): every step of the way until it stops.
    date
        Gives the date of a step.
    points
        All rest points, highest revenue first.
    """
    end, final = ended(paths, points, stopped), len(paths["price"]) - 1
    if end is None:
        return None
    if end == "under way":
        return Reached(end, years, None)
    if end == "collapse":
        if stopped:
            return Reached(end, years, date(final), stopped=stopped)
        above = np.flatnonzero(_above(paths, points))
        last = int(above[-1]) if len(above) else -1
        return Reached(end, years, date(min(last + 1, final)), starts_below=last < 0)
    stable = [point for point in points if point.stable_by_criterion]
    point = next(point for point in stable if _distance(paths, point)[-1] < _near(point))
    far = np.flatnonzero(_distance(paths, point) >= _near(point))
    return Reached(end, years, date(int(far[-1]) + 1 if len(far) else 0))


def _near(point: RestPoint) -> float:
    cornered = any(role.high_quality_share in (0.0, 1.0) for role in point.by_role.values())
    return BESIDE if cornered else NEAR


def _distance(paths: Mapping[str, Floats], point: RestPoint) -> Floats:
    """Largest relative distance from a point at each step, as a logarithm."""
    with np.errstate(all="ignore"):
        apart: Floats = np.abs(np.log([paths[name] / getattr(point, name) for name in JUDGED]))
    furthest: Floats = np.where(np.isfinite(apart), apart, np.inf).max(axis=0)
    return furthest


def _above(paths: Mapping[str, Floats], points: Sequence[RestPoint]) -> npt.NDArray[np.bool_]:
    """At which steps the way lies above the tipping line; without a line, above the lowest point's own revenue."""
    tipping = next((point for point in points if not point.stable_by_criterion), None)
    line = None if tipping is None else tipping_line(tipping)
    if line is None:
        return paths["revenue"] >= points[-1].revenue
    with np.errstate(all="ignore"):
        needed = np.interp(np.log(paths["capacity"]), np.log(line.capacity), line.quality)
    return paths["quality"] >= needed


def tipping_line(tipping: RestPoint) -> Curve | None:
    """Capacity and quality below which a network falls once price and float have settled."""
    curves = plane_curves(tipping.problem, tipping)
    line = None if curves is None else curves.tipping_line
    return line if line is not None and len(line.capacity) > 1 else None
