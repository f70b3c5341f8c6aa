"""Layers of a scenario: what holds from which day on, and what is in force at a time when all are put together."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from model.proposals.proposal import Provision

Floats = npt.NDArray[np.float64]
Values = dict[str, float]
Paths = dict[str, "float | Floats"]

BY_HAND = "changes"
"""Origin of the layer of hand-made changes, which lies on top."""

EDGE = 1e-12
"""Relative tolerance at which a date counts as reached."""


@dataclass(frozen=True, eq=False)
class Layer:
    """Something that changes together, from a day on.

    Attributes
    ----------
    origin
        "proposal:provision", or `BY_HAND`.
    provision
        What it does; None for the hand-made changes.
    begins, ends
        Years since the first day; minus infinity and infinity where there is none.
    phase
        Years over which it moves in.
    """

    origin: str
    provision: Provision | None
    begins: float = -math.inf
    phase: float = 0.0
    ends: float = math.inf

    @property
    def lasts(self) -> bool:
        """Whether it has no end."""
        return math.isinf(self.ends)

    @property
    def is_steady(self) -> bool:
        """Whether it is in full force on every day."""
        return self.lasts and self.begins + self.phase <= 0

    @property
    def edges(self) -> tuple[float, ...]:
        """Years at which its force begins to change or stops changing."""
        return tuple(edge for edge in (self.begins, self.begins + self.phase, self.ends) if math.isfinite(edge))

    def weights(self, times: Floats) -> Floats:
        """Shape of `times`: how far it is in force, 0 to 1.

        A layer holds for the flows of every step that begins on or after its first day, and no longer on its last;
        moving in is linear.
        """
        if self.phase == 0 or math.isinf(self.begins):
            force = (times >= _edge(self.begins)).astype(float)
        else:
            force = np.clip((times - self.begins) / self.phase, 0.0, 1.0)
        if not self.lasts:
            force = np.where(times >= _edge(self.ends), 0.0, force)
        return force


def _edge(years: float) -> float:
    return years * (1 - EDGE) if math.isfinite(years) else years


def years_until(day: dt.date | None, start: dt.date) -> float:
    """Years from the first day to a day; minus infinity where none is given."""
    return -math.inf if day is None else (day - start).days / 365.25


def layer_of(origin: str, provision: Provision, start: dt.date) -> Layer:
    """The layer of one provision in a projection that starts on a day."""
    begins = years_until(provision.start, start)
    phase = provision.phase_in_months / 12
    if math.isinf(begins) and phase:
        begins = 0.0
    ends = math.inf if provision.end is None else years_until(provision.end, start)
    return Layer(origin, provision, begins, phase, ends)


def in_order(layers: Sequence[Layer]) -> tuple[Layer, ...]:
    """By first day; of the same day, in the order in which they are given, so that the later one decides."""
    return tuple(sorted(layers, key=lambda layer: max(layer.begins, 0.0)))


def put_together(
    base: Mapping[str, float | Floats],
    layers: Sequence[Layer],
    times: Floats,
    apply: Callable[[Values, Layer], Values],
    reach: Callable[[Layer], set[str]],
) -> Paths:
    """Values at each time: each layer moves what is in force at that time by how far it is in force itself.

    Parameters
    ----------
    base
        Values without any layer: one number, or an array of the shape of `times`.
    layers
        In the order in which they are laid.
    times
        Shape (n,): years since the first day.
    apply
        Values with a layer in full force; whatever it accepts, shares sum to one, and so do their mixtures.
    reach
        Keys that a layer reads or moves.

    Returns
    -------
    dict
        One number for what stands still, an array of the shape of `times` for what moves.
    """
    paths: Paths = dict(base)
    for layer in layers:
        force = layer.weights(times)
        if not force.any():
            continue
        moving = [key for key in sorted(reach(layer)) if isinstance(paths.get(key), np.ndarray)]
        if moving:
            _lay_on_paths(paths, layer, force, moving, apply)
        else:
            _lay_on_numbers(paths, layer, force, apply)
    return paths


def _first(paths: Paths) -> Values:
    return {key: float(value[0]) if isinstance(value, np.ndarray) else value for key, value in paths.items()}


def _mixed(before: float | Floats, after: float | Floats, force: Floats) -> float | Floats:
    """Between two values by force; exact at both ends."""
    mixed = np.where(force >= 1, after, before + (np.asarray(after) - before) * force)
    return float(mixed[0]) if np.all(mixed == mixed[0]) else mixed


def _lay_on_numbers(paths: Paths, layer: Layer, force: Floats, apply: Callable[[Values, Layer], Values]) -> None:
    before = _first(paths)
    after = apply(before, layer)
    for key in [key for key, value in after.items() if value != before[key]]:
        paths[key] = _mixed(before[key], after[key], force)


def _lay_on_paths(
    paths: Paths, layer: Layer, force: Floats, moving: list[str], apply: Callable[[Values, Layer], Values]
) -> None:
    """Where what a layer meets moves itself, it is laid on every distinct state of it."""
    still = _first(paths)
    states = np.stack([np.broadcast_to(paths[key], force.shape) for key in moving])
    active = np.flatnonzero(force > 0)
    distinct, inverse = np.unique(states[:, active], axis=1, return_inverse=True)
    results = []
    for state in distinct.T:
        before = {**still, **dict(zip(moving, map(float, state), strict=True))}
        results.append((before, apply(before, layer)))
    touched = sorted({key for before, after in results for key in after if after[key] != before[key]})
    for key in touched:
        before_path = np.broadcast_to(paths[key], force.shape)
        after_path = np.array(before_path, dtype=float)
        after_path[active] = np.array([after[key] for _, after in results])[inverse.reshape(-1)]
        paths[key] = _mixed(before_path, after_path, force)
