"""The levers that may move and how far, and settings drawn from that box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import qmc

from model.engine.worlds import Floats
from model.errors import BallastError, OutOfRangeError, UnknownKeyError
from model.parameters import ParameterKey, parameter_keys
from model.presets.usual_range import usual_range
from model.scenario.scenario import Scenario
from model.validation import check_number

MOST_LEVERS = 6
"""Levers that may move at a time: beyond, a thousand settings say little about any of them."""


@dataclass(frozen=True)
class LeverRange:
    """One lever and the ends between which it may move, in its own unit."""

    key: str
    low: float
    high: float

    @property
    def width(self) -> float:
        """From one end to the other."""
        return self.high - self.low


@dataclass(frozen=True)
class LeverBox:
    """Levers that may move, each between its ends.

    Raises
    ------
    OutOfRangeError, UnknownKeyError
        For no lever or too many, one named twice, and ends that are no range.
    """

    ranges: tuple[LeverRange, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.ranges) <= MOST_LEVERS:
            raise OutOfRangeError(
                f"{len(self.ranges)} levers may move", where="levers", allowed=f"1 to {MOST_LEVERS} levers at a time"
            )
        if len(set(self.keys)) < len(self.ranges):
            raise UnknownKeyError("a lever is named twice", where="levers", allowed="each lever once")
        for own in self.ranges:
            if not own.low < own.high:
                raise OutOfRangeError(
                    f"a lever would move from {own.low:g} to {own.high:g}",
                    where=own.key,
                    allowed="a low end below the high end",
                )

    @property
    def keys(self) -> tuple[str, ...]:
        """Contract keys, in order."""
        return tuple(own.key for own in self.ranges)

    @property
    def lows(self) -> Floats:
        """Shape (levers,)."""
        return np.array([own.low for own in self.ranges])

    @property
    def highs(self) -> Floats:
        """Shape (levers,)."""
        return np.array([own.high for own in self.ranges])

    def settings(self, count: int, seed: int) -> Floats:
        """Shape (count, levers): scrambled Sobol points, which fill the box evenly; best for a power of two."""
        rows = int(np.ceil(np.log2(max(count, 1))))
        drawn = qmc.Sobol(len(self.ranges), scramble=True, rng=np.random.default_rng(seed)).random_base2(rows)
        return np.asarray(self.lows + drawn[:count] * (self.highs - self.lows))

    def within(self, settings: Floats) -> np.ndarray:
        """Shape (settings,): whether each lies in the box; shape of `settings` is (settings, levers)."""
        slack = 1e-12 * np.maximum(np.abs(self.lows), np.abs(self.highs))
        return np.asarray(np.all((settings >= self.lows - slack) & (settings <= self.highs + slack), axis=1))


def box_of(scenario: Scenario, ends: Mapping[str, tuple[float, float]]) -> LeverBox:
    """The box of some levers, each end checked against what the lever may be.

    Raises
    ------
    BallastError
        For a key that is no lever of the network, an end out of bounds and what no box can be.
    """
    keys = movable(scenario)
    for key in ends:
        if key not in keys:
            raise UnknownKeyError(f"{key[:60]!r} is no lever here", where="levers", allowed=", ".join(keys))
    return LeverBox(
        tuple(
            LeverRange(key, check_number(keys[key], low), check_number(keys[key], high))
            for key, (low, high) in ends.items()
        )
    )


def movable(scenario: Scenario) -> dict[str, ParameterKey]:
    """Levers of the network on screen that can move between two ends: everything but switches."""
    return {
        key: concrete
        for key, concrete in parameter_keys(scenario.structure).items()
        if concrete.declared.kind == "lever" and concrete.declared.format != "switch"
    }


def usual_ends(scenario: Scenario, key: str) -> tuple[float, float]:
    """Ends a reader begins with: the lever's usual range with what is in force, as far as somebody can pay for it."""
    concrete = movable(scenario)[key]
    usual, now = usual_range(scenario.network, concrete), scenario.values[key]
    low, high = _payable(scenario, key, now, usual.low), _payable(scenario, key, now, usual.high)
    return min(low, now), max(high, now)


def _payable(scenario: Scenario, key: str, now: float, end: float) -> float:
    """The end, or the last value on the way to it from today's that somebody can pay for."""
    if _is_paid_for(scenario, key, end):
        return end
    paid = now
    for _ in range(_HALVINGS):
        middle = 0.5 * (paid + end)
        if _is_paid_for(scenario, key, middle):
            paid = middle
        else:
            end = middle
    # To four digits where that can be paid for too: halving comes near a round number and never there.
    rounded = round(paid, _DIGITS)
    return rounded if _is_paid_for(scenario, key, rounded) else paid


_HALVINGS = 14
_DIGITS = 4


def _is_paid_for(scenario: Scenario, key: str, value: float) -> bool:
    try:
        replace(scenario, changes={**scenario.changes, key: value})
    except BallastError:
        return False
    return True


def first_levers(scenario: Scenario, count: int = 3) -> tuple[str, ...]:
    """Levers a reader begins with: those shown first whose usual range has any width."""
    wide = []
    for key, concrete in movable(scenario).items():
        usual = usual_range(scenario.network, concrete)
        if concrete.declared.shown == "main" and usual.low < usual.high:
            wide.append(key)
    return tuple(sorted(wide, key=_order)[:count])


_FIRST: Sequence[str] = ("burn_share", "emission_scale", "emission_share", "provider_emission_share")


def _order(key: str) -> int:
    word = key.rpartition(".")[2]
    return _FIRST.index(word) if word in _FIRST else len(_FIRST)
