"""The capacity-quality plane of a rest problem: the two curves that meet at rest points, and the tipping line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.engine.worlds import Floats
from model.rest.point import RestPoint
from model.rest.roots import RestProblem

LOWEST_QUALITY = 1e-3
STEPS = 240

Drift = Callable[[float, float], tuple[float, float]]
"""Yearly change of ln capacity and of quality at a point of the plane."""

FIXED = 1e-6
"""Capacities closer than this are one capacity."""


@dataclass(frozen=True)
class Curve:
    """Points of a curve in order: capacity in units, quality as a share."""

    capacity: Floats
    quality: Floats


@dataclass(frozen=True)
class PlaneCurves:
    """What the plane shows.

    Attributes
    ----------
    supported
        Quality that the capacity supports when every other role stands where its income pays it.
    free_entry
        Quality at which the income of that capacity is just what providers require.
    tipping_line
        Where the way parts: above it to the stable point, below it to collapse; None without a tipping point.
    collapses
        Whether a network that starts low enough loses all its capacity.
    """

    supported: Curve
    free_entry: Curve
    tipping_line: Curve | None
    collapses: bool


def plane_curves(problem: RestProblem, tipping: RestPoint | None = None) -> PlaneCurves | None:
    """Both curves, each point at one revenue; None where no price holds at any revenue within reach.

    At a trial revenue every role has the capacity that its income pays. What that capacity supports is one
    curve; the quality that would bring the revenue is the other; they meet where revenue brings itself back.
    """
    grid, gap = problem.scan
    shape, v = problem.structure, problem.system.vocabulary.variable
    env = problem.state_at(np.exp(grid))
    capacity = env[v("capacity", role=shape.capacity_role)] * np.ones_like(grid)
    if shape.one_role:
        quality = env[v("role_quality", role=shape.roles[0])] * np.ones_like(grid)
    else:
        quality = problem.evaluator.get(v("quality"), env) * np.ones_like(grid)
    if np.nanmax(capacity) < np.nanmin(capacity) * (1 + FIXED):
        return _fixed_capacity(problem, float(np.nanmedian(capacity)))
    elasticity = problem.values["quality_elasticity"]
    with np.errstate(all="ignore"):
        needed = quality * np.exp(gap / elasticity) if elasticity > 0 else np.full_like(grid, np.nan)
    good = np.isfinite(capacity) & (capacity > 0) & np.isfinite(quality)
    supported = _within(capacity, quality, good)
    free = _within(capacity, needed, good & np.isfinite(needed) & (needed <= 1.0))
    if len(free.capacity) < 2:
        return None
    line = None
    if tipping is not None:
        line = _tipping_line(problem, supported, free, tipping)
    lowest = gap[good][0]
    return PlaneCurves(supported, free, line, bool(lowest > 0))


def _fixed_capacity(problem: RestProblem, capacity: float) -> PlaneCurves | None:
    """Pay that no revenue moves holds one capacity at any quality: free entry is an upright line."""
    shape, v = problem.structure, problem.system.vocabulary.variable
    if not shape.one_role:
        return None
    role = shape.roles[0]
    around = capacity * np.exp(np.linspace(-3, 3, 121))
    env = {**problem.base, v("capacity", role=role): around}
    for merit in shape.merit_roles:
        env[v("high_quality_share", role=merit)] = 1.0
    supported = Curve(around, np.asarray(problem.evaluator.get(v("quality_target", role=role), env), dtype=float))
    # The upper end stands a hair to the right, so that a chart knows which end is the end.
    upright = Curve(capacity * np.array([1.0, 1 + 10 * FIXED]), np.array([LOWEST_QUALITY, 1.0]))
    return PlaneCurves(supported, upright, None, False)


def _within(capacity: Floats, quality: Floats, good: np.ndarray) -> Curve:
    kept = good & (quality >= LOWEST_QUALITY)
    return Curve(capacity[kept], quality[kept])


def _tipping_line(problem: RestProblem, supported: Curve, free: Curve, tipping: RestPoint) -> Curve:
    """Ways into the tipping point, followed backward, from high quality to low; price and float have settled."""
    shape, values = problem.structure, problem.values
    prefix = "" if shape.one_role else f"{shape.capacity_role}."
    speeds = values[f"{prefix}entry_speed"], values[f"{prefix}exit_speed"], values[f"{prefix}quality_speed"]
    order, entry = np.argsort(supported.capacity), np.argsort(free.quality)
    log_n, q_of_n = np.log(supported.capacity[order]), supported.quality[order]
    q_grid, n_of_q = free.quality[entry], np.log(free.capacity[entry])

    def drift(x: float, q: float) -> tuple[float, float]:
        """Yearly change of ln capacity and of quality."""
        excess = np.exp(np.clip(np.interp(q, q_grid, n_of_q) - x, -5, 5)) - 1
        return float((speeds[0] if excess > 0 else speeds[1]) * excess), float(
            speeds[2] * (np.interp(x, log_n, q_of_n) - q)
        )

    x0, q0 = float(np.log(tipping.capacity)), tipping.quality
    into = _stable_direction(drift, x0, q0)
    arms = [_backward(drift, x0 + side * into[0], q0 + side * into[1]) for side in (-1e-3, 1e-3)]
    way = np.array([*reversed(arms[0]), (x0, q0), *arms[1]])
    way = way if way[0, 1] > way[-1, 1] else way[::-1]
    return Curve(np.exp(way[:, 0]), way[:, 1])


def _stable_direction(drift: Drift, x: float, q: float) -> tuple[float, float]:
    """Direction in which the tipping point is approached."""
    h = 1e-4
    columns = [
        (np.array(drift(x + dx, q + dq)) - np.array(drift(x - dx, q - dq))) / (2 * h) for dx, dq in ((h, 0), (0, h))
    ]
    eigenvalues, vectors = np.linalg.eig(np.array(columns).T)
    found = vectors[:, int(np.argmin(eigenvalues.real))].real
    return float(found[0]), float(found[1])


def _backward(drift: Drift, x: float, q: float) -> list[tuple[float, float]]:
    """Follow the way back in time in even steps of the plane until quality leaves the picture."""
    way, start = [], x
    for _ in range(STEPS):
        way.append((x, q))
        dx, dq = drift(x, q)
        size = np.hypot(dx, dq)
        if size == 0:
            break
        x, q = x - 0.02 * dx / size, q - 0.02 * dq / size
        if not (0 < q < 1) or abs(x - start) > 6:
            break
    return way
