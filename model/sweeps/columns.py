"""The worlds of a sweep by column, where nothing is dated: shares are settled once per combination of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from model.engine.assembly import event_columns
from model.engine.worlds import Column, Floats, Integers, assemble
from model.errors import OutOfRangeError, ShareError
from model.scenario.keys import with_needed_modules
from model.scenario.layers import BY_HAND, Layer
from model.scenario.laying import Layering
from model.structure import Structure
from model.sweeps.grid import Grid
from model.sweeps.worlds import BASELINE, CELL, Assembled, Question
from model.system import system_for
from model.validation import check_number, emission_share_keys, fee_share_keys

BY_HAND_LAYER = Layer(BY_HAND, None)

Values = dict[str, "float | Floats"]
"""By contract key: one number for all cells, or shape (cells,)."""


@dataclass(frozen=True)
class _Block:
    """Parameters that are settled together: shares of revenue with the surcharge, or shares of emission.

    Attributes
    ----------
    keys
        Contract keys.
    fixed
        What all cells change of it.
    swept
        Keys of the grid that change it, as written.
    """

    keys: set[str]
    fixed: dict[str, float] = field(default_factory=dict)
    swept: set[str] = field(default_factory=set)


class SweepColumns:
    """Values of all cells of a grid and of their baselines.

    Attributes
    ----------
    reasons
        Per cell why it cannot be paid for; None where it can.
    before, after
        Values of each cell's baseline, and of the cell itself.
    """

    def __init__(self, question: Question, grid: Grid) -> None:
        self.question, self.grid = question, grid
        self.reasons: list[str | None] = [None] * grid.count
        self.before: Values = dict(self._today)
        for key in grid.assumptions:
            self.before.update(dict.fromkeys(self._layering.resolve(key, "assumption"), grid.columns[key]))
        self.after: Values = dict(self.before)
        blocks = _blocks(self.structure)
        for key in (*question.changes, *grid.levers):
            block = next((b for b in blocks if self._named(key) & b.keys), None)
            if block is None:
                self._set(key)
            elif key in grid.axes:
                block.swept.add(key)
            else:
                block.fixed[key] = question.changes[key]
        for block in blocks:
            if block.fixed or block.swept:
                self._settle(block)

    @cached_property
    def structure(self) -> Structure:
        """The network's structure with every module that a key needs."""
        written = (*self.question.changes, *self.question.assumptions, *self.grid.axes)
        return with_needed_modules(self.question.network.structure, [(key, False) for key in written])

    @cached_property
    def _layering(self) -> Layering:
        return self._with_changes({})

    def _with_changes(self, changes: dict[str, float]) -> Layering:
        return Layering(self.question.network, self.structure, changes, self.question.funded_by)

    @cached_property
    def _today(self) -> dict[str, float]:
        """Values with the assumptions that all cells share, before any lever."""
        values, lay = self.question.network.values_for(self.structure), self._layering
        for key, value in self.question.assumptions.items():
            values.update({name: check_number(lay.keys[name], value) for name in lay.resolve(key, "assumption")})
        return values

    def _named(self, key: str) -> set[str]:
        return self._with_changes({key: 0.0}).named(BY_HAND_LAYER)

    def _set(self, key: str) -> None:
        """A lever that nobody has to pay for."""
        for name in self._layering.resolve(key, "lever"):
            swept = key in self.grid.axes
            declared = self._layering.keys[name]
            self.after[name] = self.grid.columns[key] if swept else check_number(declared, self.question.changes[key])

    def _settle(self, block: _Block) -> None:
        """Let every distinct combination of swept shares be paid for once, and hand the result to its cells."""
        # A role that has no share yet gets its part by this weight.
        weights = {key for key in self.grid.assumptions if key.rpartition(".")[2] == "quality_weight"}
        combinations, of_cell = self.grid.distinct(block.swept | weights)
        found: list[dict[str, float] | None] = []
        problems: list[str | None] = []
        for combination in combinations:
            levers = {key: value for key, value in combination.items() if key in block.swept}
            values = dict(self._today)
            for key in weights:
                values.update(dict.fromkeys(self._layering.resolve(key, "assumption"), combination[key]))
            try:
                found.append(self._with_changes({**block.fixed, **levers}).applied(values, BY_HAND_LAYER))
                problems.append(None)
            except (ShareError, OutOfRangeError) as problem:
                found.append(None)
                problems.append(str(problem))
        self.reasons = [reason or problems[i] for reason, i in zip(self.reasons, of_cell.tolist(), strict=True)]
        for key in block.keys:
            table = np.array([np.nan if values is None else values[key] for values in found])
            self.after[key] = float(table[0]) if np.all(table == table[0]) else table[of_cell]

    def rows(self, key: str, baselines: Integers, cells: Integers) -> float | Floats:
        """One parameter of some baselines, named by a cell of theirs, and then of some cells."""
        before, after = self.before[key], self.after[key]
        if not isinstance(before, np.ndarray) and not isinstance(after, np.ndarray) and before == after:
            return before
        count = self.grid.count
        return np.concatenate([np.broadcast_to(before, count)[baselines], np.broadcast_to(after, count)[cells]])


def _blocks(shape: Structure) -> tuple[_Block, _Block]:
    revenue = {key for s in shape.streams for part in fee_share_keys(shape, s).values() for key in part}
    revenue |= {shape.key("user_surcharge", stream=stream) for stream in shape.streams}
    return _Block(revenue), _Block({key for part in emission_share_keys(shape).values() for key in part})


def by_column(question: Question, grid: Grid, *, step_length: float, steps: int) -> Assembled:
    """The worlds of a question in which nothing is dated."""
    columns = SweepColumns(question, grid)
    row, baseline_row = np.full(grid.count, -1), np.full(grid.count, -1)
    cells = np.flatnonzero([reason is None for reason in columns.reasons])
    if not len(cells):
        return Assembled(None, columns.reasons, row, baseline_row)
    _, of_cell = grid.distinct(grid.assumptions)
    # Any cell of a set of assumptions has what its baseline has of them.
    _, first, where = np.unique(of_cell[cells], return_index=True, return_inverse=True)
    row[cells] = len(first) + np.arange(len(cells))
    baseline_row[cells] = where.reshape(-1)
    # The first cell as a scenario of its own checks what all cells share, and has the stocks.
    scenario = question.scenario(*(grid.chosen(keys, int(cells[0])) for keys in (grid.levers, grid.assumptions)))
    system, count = system_for(columns.structure), len(first) + len(cells)
    network = question.network
    events = event_columns(system, [network.events], network.as_of, step_length, steps)
    worlds = assemble(
        system,
        [BASELINE] * len(first) + [CELL] * len(cells),
        {key: columns.rows(key, cells[first], cells) for key in system.parameters},
        scenario.stocks,
        step_length=step_length,
        steps=steps,
        shocks={s: Column(c.values, np.zeros(count, dtype=np.int64)) for s, c in events.items()},
    )
    return Assembled(worlds, columns.reasons, row, baseline_row)
