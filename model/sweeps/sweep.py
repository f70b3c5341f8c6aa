"""Maps of levers and assumptions: any grid in any number of futures, stepped a batch at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from functools import cached_property

import numpy as np
import polars as pl

from model.engine.batches import BatchedRun, Progress
from model.engine.kept import KeptRun
from model.engine.quantiles import LEVELS, column_of_level, quantiles
from model.engine.results import COLLAPSED
from model.engine.stepper import Engine
from model.engine.worlds import Floats, Integers
from model.errors import OutOfRangeError, ShareError, UnknownKeyError
from model.presets.files import load_network
from model.presets.network import Network
from model.projection import StepName, Stepping, in_batches, kept_columns, step_plan
from model.proposals.proposal import Proposal
from model.scenario.arguments import described
from model.supply_events import SupplyEvent
from model.sweeps.columns import by_column
from model.sweeps.grid import Grid, Points, grid_of
from model.sweeps.worlds import Assembled, Question, one_by_one

STATISTICS = ("median", "mean", "collapse", *map(column_of_level, LEVELS))


class Sweep:
    """A map: go over it for its progress, then ask for tables; leaving the loop cancels what has not begun.

    Attributes
    ----------
    cells
        One row per cell: a column per key of the grid, `feasible`, and `reason`, a sentence where nobody can pay for
        the cell. The last key moves fastest.
    outputs
        Columns that are kept.
    """

    def __init__(self, grid: Grid, assembled: Assembled, run: BatchedRun | None, outputs: Sequence[str]) -> None:
        self._grid, self._assembled, self._run = grid, assembled, run
        self.outputs = tuple(outputs)
        reasons = pl.Series("reason", assembled.reasons, dtype=pl.String)
        self.cells = pl.DataFrame(grid.columns).with_columns(reasons.is_null().alias("feasible"), reasons)

    @property
    def rows(self) -> Integers:
        """Shape (cells,): which world of `result` a cell is; -1 where it cannot be paid for."""
        return self._assembled.row

    def __iter__(self) -> Iterator[Progress]:
        if self._run is not None:
            yield from self._run

    def result(self) -> KeptRun:
        """All worlds, the baselines among them; goes through what is left first.

        Raises
        ------
        ShareError
            When no cell can be paid for.
        """
        if self._run is None:
            raise ShareError(
                f"none of the {self._grid.count:,} cells can be paid for",
                where=", ".join(self._grid.axes),
                todo=f"the first one says: {self._assembled.reasons[0]}",
            )
        return self._finished

    @cached_property
    def _finished(self) -> KeptRun:
        assert self._run is not None
        return self._run.result()

    def table(self, variable: str = COLLAPSED, at: dt.date | None = None, statistic: str = "median") -> pl.DataFrame:
        """One variable at one date, by cell.

        Parameters
        ----------
        variable
            One of `outputs`; in its own unit.
        at
            A date that was kept; None is the last day.
        statistic
            Over futures: "median", "mean", "p05", "p25", "p50", "p75", "p95", or "collapse", the share of futures in
            which capacity has fallen below a fifth or the run has stopped, whatever the variable.

        Returns
        -------
        polars.DataFrame
            The columns of `cells`, `futures` (how many have a value), `value`, `baseline` at the same assumptions, and
            `difference`: the statistic of the differences future by future, which is not the difference of two
            medians. Null where a cell cannot be paid for or no future has a value.

        Raises
        ------
        UnknownKeyError
            For a variable, date or statistic that is not there.
        """
        if statistic not in STATISTICS:
            raise UnknownKeyError(
                f"there is no statistic {str(statistic)[:30]!r}", where="statistic", allowed=", ".join(STATISTICS)
            )
        name = COLLAPSED if statistic == "collapse" else variable
        columns = dict.fromkeys(("futures", "value", "baseline", "difference"), np.full(self._grid.count, np.nan))
        if self._run is not None:
            columns = self._columns(name, at, "mean" if statistic == "collapse" else statistic)
        return self.cells.hstack(pl.DataFrame(columns).with_columns(pl.all().fill_nan(None))).with_columns(
            pl.col("futures").cast(pl.Int32)
        )

    def by_cell(self, values: Floats) -> tuple[Floats, Floats]:
        """Numbers of all rows of `result()` by cell: those of the cells and those of their baselines.

        Parameters
        ----------
        values
            Shape (rows of the run,): one number per world and future.

        Returns
        -------
        tuple
            Shape (cells, futures) each; NaN where a cell cannot be paid for.
        """
        table = np.asarray(values, dtype=float).reshape(-1, max(1, self.result().futures))
        found = []
        for row in (self._assembled.row, self._assembled.baseline_row):
            placed = np.full((self._grid.count, table.shape[1]), np.nan)
            placed[row >= 0] = table[row[row >= 0]]
            found.append(placed)
        return found[0], found[1]

    def _columns(self, name: str, at: dt.date | None, statistic: str) -> dict[str, Floats]:
        run = self.result()
        values = run.values(name).reshape(-1, max(1, run.futures), len(run.at))[:, :, self._place(run, at)]
        row, baseline_row = self._assembled.row, self._assembled.baseline_row
        cells = np.flatnonzero(row >= 0)
        own, base = values[row[cells]], values[baseline_row[cells]]

        def placed(found: Floats) -> Floats:
            full = np.full(self._grid.count, np.nan)
            full[cells] = found
            return full

        return {
            "futures": placed(np.count_nonzero(~np.isnan(own), axis=1).astype(float)),
            "value": placed(_over_futures(own, statistic)),
            "baseline": placed(_over_futures(base, statistic)),
            "difference": placed(_over_futures(own - base, statistic)),
        }

    def _place(self, run: KeptRun, at: dt.date | None) -> int:
        """Which of the kept steps a date is."""
        if at is None:
            return -1
        step = step_on(at, run.start, run.step_length, int(run.at[-1]))
        if step not in run.at:
            raise UnknownKeyError(
                f"{at} was not kept", where="at", allowed=", ".join(map(str, run.dates)), todo="name it when sweeping"
            )
        return int(np.searchsorted(run.at, step))

    def __repr__(self) -> str:
        axes = " x ".join(f"{len(values)} {key}" for key, values in self._grid.axes.items())
        return f"Sweep of {self._grid.count:,} cells ({axes}), {self.cells['feasible'].sum():,} of them feasible"


def _over_futures(values: Floats, statistic: str) -> Floats:
    """Shape (rows,): a statistic over futures, shape (rows, futures); NaN where no future has a value."""
    if values.shape[1] == 1:
        return np.asarray(values[:, 0])
    if statistic == "mean":
        some = np.count_nonzero(~np.isnan(values), axis=1)
        return np.asarray(np.nansum(values, axis=1) / np.where(some > 0, some, np.nan))
    level = 0.5 if statistic == "median" else int(statistic[1:]) / 100
    return np.asarray(quantiles(values.T, (level,))[0])


def step_on(day: dt.date, start: dt.date, step_length: float, steps: int) -> int:
    """The step that begins nearest to a day.

    Raises
    ------
    OutOfRangeError
        For a day outside the horizon.
    """
    last = start + dt.timedelta(days=round(steps * step_length * 365.25))
    if type(day) is not dt.date or not start <= day <= last:
        raise OutOfRangeError(f"{str(day)[:30]!r} cannot be kept", where="at", allowed=f"a date from {start} to {last}")
    return min(round((day - start).days / 365.25 / step_length), steps)


@described
def sweep(
    network: Network | str,
    over: Mapping[str, Sequence[float] | Floats] | Points,
    *,
    proposals: Sequence[Proposal | str] = (),
    changes: Mapping[str, float] | None = None,
    funded_by: str | None = None,
    assumptions: Mapping[str, float] | None = None,
    initial: Mapping[str, float] | None = None,
    stress: Sequence[Proposal | str] = (),
    years: float = 10,
    step: StepName = "week",
    draws: int = 0,
    seed: int = 0,
    engine: Engine = "auto",
    executor: Executor | None = None,
    outputs: Sequence[str] = (),
    at: Iterable[dt.date] = (),
    start: dt.date | None = None,
    phase_in_years: float = 0.0,
    events: Sequence[SupplyEvent] = (),
    without: Iterable[str] = (),
) -> Sweep:
    """Ask the same question over a grid of levers and assumptions.

    A cell that nobody can pay for is marked and not run. Nothing is stepped before the sweep is gone over or asked for
    a table.

    Parameters
    ----------
    {scenario}
    {by_hand}
    {futures}
    over
        Values by key of a lever or an assumption, or a list of points (`model.sweeps.grid.points_of`). A swept key
        takes the place of the same key in `changes` or `assumptions`; swept levers start on the same day as other
        changes by hand.
    outputs
        Columns to keep, by default what every network reports; whether capacity has collapsed is always kept.
    at
        Dates at which they are kept, beside the first and the last day.
    executor
        Any `concurrent.futures.Executor` steps the batches, a process pool or a Dask cluster.

    Raises
    ------
    BallastError
        For unknown keys and numbers out of range.
    """
    how = Stepping(draws, seed, engine, executor)
    loaded = load_network(network) if isinstance(network, str) else network
    grid = over if isinstance(over, Points) else grid_of(loaded, over)
    question = Question(
        loaded, grid.not_swept(changes), funded_by, grid.not_swept(assumptions), initial or {}, proposals, stress,
        start, phase_in_years, tuple(events), frozenset(without),
    )  # fmt: skip
    return _mapped(question, grid, how, step_plan(loaded, years, step), outputs, at)


def _mapped(
    question: Question,
    grid: Grid,
    how: Stepping,
    plan: tuple[float, int, int],
    outputs: Sequence[str],
    at: Iterable[dt.date],
) -> Sweep:
    """The map with its worlds assembled, ready to be gone over."""
    start, (length, steps, _) = question.network.as_of, plan
    kept = [step_on(day, start, length, steps) for day in at]
    assemble = by_column if question.is_steady else one_by_one
    assembled = assemble(question, grid, step_length=length, steps=steps)
    if assembled.worlds is None:
        return Sweep(grid, assembled, None, outputs)
    columns = tuple(dict.fromkeys((*kept_columns(assembled.worlds.system, outputs), COLLAPSED)))
    return Sweep(grid, assembled, in_batches(assembled.worlds, start, how, columns, kept), columns)
