"""A map of two parameters against one answer: cells in many futures, and the line where the answer changes sign."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from model.engine.batches import Progress
from model.engine.worlds import Floats
from model.errors import OutOfRangeError, UnknownKeyError
from model.parameters import ParameterKey, parameter_keys
from model.presets.usual_range import usual_range
from model.scenario.arguments import arguments_of
from model.scenario.scenario import Scenario
from model.sensitivity.contour import sign_change
from model.sensitivity.stress_questions import asked
from model.sensitivity.uncertainty import Question
from model.sweeps.sweep import sweep
from model.tuning.goals import Goal
from model.words.text import percent
from model.words.value_words import lowered, value_words

CELLS = 21
"""Values along each side."""
DRAWS = 50
"""Futures of every cell."""


def map_keys(scenario: Scenario) -> dict[str, ParameterKey]:
    """Levers and assumptions that a side may have: those a reader may set and that have a range."""
    keys = parameter_keys(scenario.structure)
    return {
        key: concrete
        for key, concrete in keys.items()
        if concrete.declared.shown != "hidden" and concrete.declared.kind in ("lever", "assumption")
        and concrete.declared.format != "switch"
        and usual_range(scenario.network, concrete).high > usual_range(scenario.network, concrete).low
    }  # fmt: skip


@dataclass(frozen=True, eq=False)
class Side:
    """One side of a map: key, its declaration, values and the value at hand."""

    key: str
    concrete: ParameterKey
    values: Floats
    now: float

    def words(self, value: float) -> str:
        """A value with its unit."""
        return value_words(self.concrete, value)


@dataclass(frozen=True, eq=False)
class MapFound:
    """A finished map.

    Attributes
    ----------
    x, y
        Its sides.
    values
        Shape (values of y, values of x): median effect over futures, or for a goal the share of futures in which it
        holds less the share that is asked; NaN where nobody can pay for a cell or every run stops.
    reasons
        Why a cell has no number, by (row, column).
    """

    question: Question
    goal: Goal | None
    x: Side
    y: Side
    values: Floats
    reasons: dict[tuple[int, int], str]
    draws: int

    @cached_property
    def contour(self) -> Floats:
        """Shape (pieces, 4): the line where the answer changes sign."""
        return sign_change(self.x.values, self.y.values, self.values)

    def words(self, value: float) -> str:
        """A cell's number in words."""
        if not np.isfinite(value):
            return "no number"
        if self.goal is not None:
            return f"{percent(value + self.goal.share)} of futures hold the goal"
        return self.question.effect_words(value)

    @cached_property
    def frame(self) -> pl.DataFrame:
        """One row per cell: x, y, value, x_words, y_words, told."""
        rows = [(i, j) for i in range(len(self.y.values)) for j in range(len(self.x.values))]
        return pl.DataFrame(
            {
                "x": [float(self.x.values[j]) for _, j in rows],
                "y": [float(self.y.values[i]) for i, _ in rows],
                "value": [float(self.values[cell]) for cell in rows],
                "x_words": [self.x.words(float(self.x.values[j])) for _, j in rows],
                "y_words": [self.y.words(float(self.y.values[i])) for i, _ in rows],
                "told": [self.reasons.get(cell) or self.words(float(self.values[cell])) for cell in rows],
            }
        ).with_columns(pl.col("value").fill_nan(None))

    @property
    def sentence(self) -> str:
        """Over how much of the map the answer has which sign."""
        known = self.values[np.isfinite(self.values)]
        name = self.question.name
        sides = f"{lowered(self.x.concrete.label)} and {lowered(self.y.concrete.label)}"
        if not len(known):
            return f"No cell of this map of {sides} has a number."
        above = float(np.mean(known >= 0)) if self.goal is not None else float(np.mean(known > 0))
        if self.goal is not None:
            start, system = self.question.scenario.network.as_of, self.question.scenario.system
            return (
                f"In {percent(above)} of the settings of {sides} at least {percent(self.goal.share)} of futures would "
                f"hold the goal: {self.goal.condition(system, start)}."
            )
        what = name if self.question.compared == "level" else f"the effect on {name}"
        median = f"median of {self.draws} futures" if self.draws else "single path"
        return f"In {percent(above)} of the settings of {sides} {what} would be above zero ({median})."

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of the cell nearest to two values."""
        return int(np.argmin(np.abs(self.y.values - y))), int(np.argmin(np.abs(self.x.values - x)))


class OutcomeMap:
    """A map that is stepped batch by batch: iterate for progress, then `result`.

    Parameters
    ----------
    what
        A goal, or the column of a measure.
    x, y
        Keys of `map_keys`, different ones.
    cells
        Values along each side, over the usual range of its parameter.

    Raises
    ------
    BallastError
        For keys that cannot be sides.
    """

    def __init__(
        self,
        scenario: Scenario,
        what: str | Goal,
        x: str,
        y: str,
        *,
        years: float = 10,
        cells: int = CELLS,
        draws: int = DRAWS,
        seed: int = 0,
    ) -> None:
        if x == y:
            raise OutOfRangeError("both sides of the map are the same parameter", where=x, todo="choose another")
        self._goal = what if isinstance(what, Goal) else None
        self._sides = tuple(_side(scenario, key, cells) for key in (x, y))
        moves = scenario.is_empty and all(side.concrete.declared.kind == "assumption" for side in self._sides)
        # A lever on a side moves something even where the scenario at hand does not.
        self._question = asked(scenario, what, years) if self._goal or moves else Question(scenario, str(what), years)
        start, goal = scenario.network.as_of, self._goal
        self._draws = draws
        self._sweep = sweep(
            scenario.network,
            {y: self._sides[1].values, x: self._sides[0].values},
            **arguments_of(scenario),
            years=goal.years if goal else years, draws=draws, seed=seed,
            outputs=(goal.variable if goal else str(what),), at=goal.days(start) if goal else (),
        )  # fmt: skip

    def __iter__(self) -> Iterator[Progress]:
        return iter(self._sweep)

    def result(self) -> MapFound:
        """The finished map; goes through what is left first."""
        own, before = self._sweep.by_cell(self._question.read(self._sweep.result()))
        x, y = self._sides
        shape = (len(y.values), len(x.values))
        feasible = np.isfinite(own).any(axis=1)
        with np.errstate(all="ignore"):
            if self._goal is not None:
                values = np.mean(own >= -1e-12, axis=1) - self._goal.share
            else:
                effects = self._question.effects(before, own)
                values = np.full(len(own), np.nan)
                values[feasible] = np.nanmedian(effects[feasible], axis=1)
        reasons = {
            divmod(place, shape[1]): reason
            for place, reason in enumerate(self._sweep.cells["reason"].to_list())
            if reason is not None
        }
        unpaid = np.array([divmod(place, shape[1]) in reasons for place in range(len(own))])
        values = np.where(unpaid, np.nan, values)
        return MapFound(self._question, self._goal, x, y, values.reshape(shape), reasons, self._draws)


def _side(scenario: Scenario, key: str, cells: int) -> Side:
    offered = map_keys(scenario)
    if key not in offered:
        raise UnknownKeyError(f"{key[:60]!r} cannot be a side of the map", where="map", allowed=", ".join(offered))
    concrete = offered[key]
    ends = usual_range(scenario.network, concrete)
    values = scenario.today if concrete.declared.kind == "assumption" else scenario.values
    return Side(key, concrete, np.linspace(ends.low, ends.high, cells), float(values[key]))
