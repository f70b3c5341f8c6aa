"""What a sweep asks, and its worlds: one per cell that can be paid for, one baseline per set of assumptions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from model.engine.assembly import scenario_worlds
from model.engine.worlds import Integers, Worlds, together
from model.errors import OutOfRangeError, ShareError
from model.presets.network import Network
from model.proposals.proposal import Proposal
from model.scenario.scenario import Scenario
from model.supply_events import SupplyEvent
from model.sweeps.grid import Grid

BASELINE, CELL = "baseline", "cell"


@dataclass(frozen=True, eq=False)
class Question:
    """What all cells of a sweep have in common; the fields are those of a `Scenario`."""

    network: Network
    changes: Mapping[str, float]
    funded_by: str | None
    assumptions: Mapping[str, float]
    initial: Mapping[str, float]
    proposals: Sequence[Proposal | str] = ()
    stress: Sequence[Proposal | str] = ()
    start: dt.date | None = None
    phase_in_years: float = 0.0
    events: tuple[SupplyEvent, ...] = ()
    without: frozenset[str] = frozenset()

    @property
    def is_steady(self) -> bool:
        """Whether hand-made changes and assumptions, which hold from the first day, are all there is."""
        dated = self.start is not None or self.phase_in_years
        return not (dated or self.proposals or self.stress or self.events or self.without)

    def scenario(self, levers: Mapping[str, float], assumptions: Mapping[str, float]) -> Scenario:
        """One cell as a scenario."""
        return Scenario(
            self.network,
            {**self.changes, **levers},
            self.funded_by,
            {**self.assumptions, **assumptions},
            self.initial,
            start=self.start,
            phase_in_years=self.phase_in_years,
            events=self.events,
            proposals=self.proposals,
            stress=self.stress,
            without=self.without,
        )


@dataclass(frozen=True, eq=False)
class Assembled:
    """The worlds of a grid.

    Attributes
    ----------
    worlds
        None where no cell can be paid for.
    reasons
        Per cell why it cannot be paid for; None where it can.
    row, baseline_row
        Shape (cells,): the world of a cell and that of its baseline; -1 where there is none.
    """

    worlds: Worlds | None
    reasons: list[str | None]
    row: Integers
    baseline_row: Integers


def one_by_one(question: Question, grid: Grid, *, step_length: float, steps: int) -> Assembled:
    """One scenario per cell: whatever a scenario can be made of."""
    sets, of_cell = grid.distinct(grid.assumptions)
    reasons: list[str | None] = [None] * grid.count
    row, baseline_row = np.full(grid.count, -1), np.full(grid.count, -1)
    parts, begin = [], 0
    for number, assumptions in enumerate(sets):
        cells, scenarios = [], []
        for cell in np.flatnonzero(of_cell == number).tolist():
            try:
                scenarios.append(question.scenario(grid.chosen(grid.levers, cell), assumptions))
            except (ShareError, OutOfRangeError) as problem:
                reasons[cell] = str(problem)
            else:
                cells.append(cell)
        if cells:
            labels = [CELL] * len(cells)
            parts.append(scenario_worlds(scenarios, labels, step_length=step_length, steps=steps))
            baseline_row[cells] = begin
            row[cells] = begin + 1 + np.arange(len(cells))
            begin += 1 + len(cells)
    return Assembled(together(parts) if parts else None, reasons, row, baseline_row)
