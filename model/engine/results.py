"""What came out of a run: any variable of any world at any step, computed when somebody asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl
from sympy import Symbol

from model.engine.given import evaluate_given, input_columns
from model.engine.quantiles import summary_frame
from model.engine.reported import at_steps, evaluated
from model.engine.stepper import Paths
from model.engine.worlds import Column, Floats, Integers
from model.errors import UnknownKeyError
from model.lowering.polars_expressions import named_columns, to_polars
from model.system import System
from model.vocabulary import MISSING

COLLAPSE = 0.20
"""Capacity below this part of the first day's counts as a collapse (section 14)."""
COLLAPSED = "collapsed"


@dataclass(frozen=True)
class _Plan:
    """How to evaluate some symbols after a run: what they rest on in order of dependency, and what that reads."""

    order: tuple[Symbol, ...]
    reads: frozenset[Symbol]
    inputs: tuple[Symbol, ...]


@lru_cache(maxsize=1024)
def _plan(system: System, symbols: frozenset[Symbol]) -> _Plan:
    """Found once per system and set of symbols."""
    by_target = {e.target: e for e in (*system.recursive, *system.reported)}
    known = set(system.states) | set(system.accumulated_states)
    wanted: set[Symbol] = set()
    todo, inputs = list(symbols), set()
    while todo:
        symbol = todo.pop()
        if symbol in wanted or symbol in known:
            continue
        if symbol in by_target:
            wanted.add(symbol)
            todo.extend(by_target[symbol].expression.free_symbols)
        else:
            inputs.add(symbol)
    order = tuple(e.target for e in (*system.recursive, *system.reported) if e.target in wanted)
    inputs.discard(MISSING)
    reads = frozenset().union(*(by_target[symbol].expression.free_symbols for symbol in order))
    return _Plan(order, reads, tuple(sorted(inputs, key=lambda s: s.name)))


@lru_cache(maxsize=256)
def _lowered(system: System, order: tuple[Symbol, ...]) -> tuple[tuple[pl.Expr, ...], ...]:
    """Polars expressions by level of dependency."""
    level: dict[Symbol, int] = {}
    levels: list[list[pl.Expr]] = []
    for symbol in order:
        expression = system.by_target[symbol].expression
        depth = max((level[s] + 1 for s in expression.free_symbols if s in level), default=0)
        level[symbol] = depth
        if depth == len(levels):
            levels.append([])
        lowered = to_polars(expression, named_columns).cast(pl.Float64).fill_null(float("nan"))
        levels[depth].append(lowered.alias(symbol.name))
    return tuple(map(tuple, levels))


class Run:
    """Result of a projection.

    Attributes
    ----------
    paths
        The stepped states.
    start
        Date of step 0.
    every
        Which of the kept steps are reported (4 where a month is four sub-steps, else 1).
    at
        Shape (kept steps,): steps that values are given for, the first among them; by default all.
    draws
        Shape (worlds,): number of the future each world is drawn in.
    notes
        What a reader of the numbers has to know about the question, in sentences.
    """

    notes: tuple[str, ...] = ()

    def __init__(
        self,
        paths: Paths,
        *,
        start: dt.date,
        draws: npt.ArrayLike,
        every: int = 1,
        at: Integers | None = None,
    ) -> None:
        self.paths = paths
        self.start = start
        self.every = every
        self.at = np.arange(paths.worlds.steps + 1) if at is None else at
        self.draws = np.asarray(draws, dtype=np.int32)
        self._columns: dict[str, Floats] = {}

    def thinned(self, at: Integers) -> Run:
        """The same run with values at some steps only, which saves time where a chart shows no more."""
        return Run(self.paths, start=self.start, draws=self.draws, at=at)

    @property
    def system(self) -> System:
        """Equations of this run."""
        return self.paths.worlds.system

    @property
    def labels(self) -> tuple[str, ...]:
        """Label of each world ("baseline", "scenario", ...)."""
        return self.paths.worlds.labels

    @cached_property
    def worlds(self) -> tuple[str, ...]:
        """Labels without repetition, in order."""
        return tuple(dict.fromkeys(self.labels))

    @property
    def futures(self) -> int:
        """Number of futures each world is drawn in; 0 where nothing was drawn."""
        return int(self.draws.max()) + 1 if len(self.labels) > len(self.worlds) else 0

    @property
    def step_length(self) -> float:
        """Years per step."""
        return self.paths.worlds.step_length

    @cached_property
    def units(self) -> dict[str, str]:
        """Unit of every variable."""
        return {name: self.system.unit(name) for name in self.system.columns}

    @cached_property
    def times(self) -> Floats:
        """Shape (kept steps,): years since the start."""
        return np.asarray(self.at * self.step_length)

    @cached_property
    def dates(self) -> list[dt.date]:
        """Date of every reported step."""
        return [self.start + dt.timedelta(days=round(t * 365.25)) for t in self.times[:: self.every]]

    def values(self, name: str) -> Floats:
        """Shape (worlds, kept steps): one variable; NaN where it does not exist or the world has stopped.

        Raises
        ------
        UnknownKeyError
            For a name that no variable of this system has.
        """
        if name == COLLAPSED:
            return self.collapsed
        self._check(name)
        if name not in self._columns:
            self.compute([name])
        return self._columns[name]

    def _check(self, name: str) -> None:
        if name != COLLAPSED and name not in self.system.columns:
            raise UnknownKeyError(
                f"there is no variable {name!r}",
                where="variables",
                allowed=", ".join(self.system.columns),
                todo="choose one of them",
            )

    def compute(self, names: Iterable[str]) -> None:
        """Compute variables together, which is faster than one by one."""
        m, worlds = self.system.vocabulary, self.paths.worlds
        symbols = {self.system.symbol_of[name]: name for name in names}
        for i, state in enumerate(self.system.states):
            self._columns[m.columns[state]] = self._kept(self.paths.states[i])
        accumulated = set(self.system.accumulated_states)
        for symbol in [s for s in symbols if s in accumulated]:
            self._columns[symbols.pop(symbol)] = self._accumulate(symbol)
        for symbol in [s for s in symbols if symbols[s] in self._columns]:
            del symbols[symbol]
        if not symbols:
            return
        given_targets = {e.target for e in self.system.given}
        asked_given = [s for s in symbols if s in given_targets]
        rows = evaluate_given(worlds, asked_given)
        for symbol in asked_given:
            kept = at_steps(rows[symbol], self.at)
            self._columns[symbols.pop(symbol)] = self._masked(np.ascontiguousarray(kept.matrix(len(self.at))))
        if symbols:
            for symbol, found in self._evaluate(frozenset(symbols)).items():
                self._columns[symbols[symbol]] = self._masked(found)

    def _kept(self, values: Floats) -> Floats:
        """Values of the kept steps out of those of all steps."""
        return values if len(self.at) == values.shape[1] else values[:, self.at]

    def _masked(self, values: Floats) -> Floats:
        """Blank what a world would show from the step on at which it stopped."""
        stopped = self.paths.stopped[:, None]
        if np.all(stopped < 0):
            return values
        return np.where((stopped >= 0) & (self.at >= stopped), np.nan, values)

    def _evaluate(self, symbols: frozenset[Symbol]) -> dict[Symbol, Floats]:
        """Evaluate symbols: by Polars where that engine stepped the worlds, else as arrays."""
        m, worlds = self.system.vocabulary, self.paths.worlds
        plan = _plan(self.system, symbols)
        given_targets = {e.target for e in self.system.given}
        every = input_columns(worlds)
        every.update(evaluate_given(worlds, [s for s in plan.inputs if s in given_targets], every))
        inputs = {s: at_steps(every[s], self.at) for s in plan.inputs if s != m.step_length}
        states = {s: self._kept(self.paths.states[i]) for i, s in enumerate(self.system.states) if s in plan.reads}
        states.update({s: self._accumulate(s) for s in self.system.accumulated_states if s in plan.reads})
        if self.paths.engine == "polars":
            return self._by_polars(symbols, plan, states, inputs)
        shape = (worlds.count, len(self.at))
        numbers = {m.step_length: worlds.step_length}
        return evaluated(self.system, plan.order, tuple(symbols), states, inputs, numbers, shape)

    def _by_polars(
        self, symbols: frozenset[Symbol], plan: _Plan, states: Mapping[Symbol, Floats], inputs: Mapping[Symbol, Column]
    ) -> dict[Symbol, Floats]:
        """One row per world and step, one `with_columns` per level of dependency."""
        count, length = self.paths.worlds.count, len(self.at)
        data = {s.name: values.reshape(-1) for s, values in states.items()}
        constants = {self.system.vocabulary.step_length.name: self.paths.worlds.step_length}
        for symbol, column in inputs.items():
            if column.sets == 1 and column.width == 1:
                constants[symbol.name] = float(column.values[0, 0])
            else:
                data[symbol.name] = column.expanded(length)
        frame = pl.DataFrame(data).with_columns(pl.lit(value).alias(name) for name, value in constants.items())
        for level in _lowered(self.system, plan.order):
            frame = frame.with_columns(level)
        return {s: frame[s.name].to_numpy().reshape(count, -1) for s in symbols}

    def _accumulate(self, state: Symbol) -> Floats:
        """Initial value plus the running sum of what each step adds."""
        m, worlds = self.system.vocabulary, self.paths.worlds
        name = m.columns[state]
        if name in self._columns:
            return self._columns[name]
        if len(self.at) <= worlds.steps:
            whole = Run(self.paths, start=self.start, draws=self.draws)
            self._columns[name] = self._kept(whole._accumulate(state))
            return self._columns[name]
        equation = next(e for e in self.system.accumulated if e.target == m.next_of[state])
        increment = equation.expression - state
        parts = [s for s in increment.free_symbols if s in {e.target for e in self.system.equations}]
        for part in parts:
            self.values(m.columns[part])
        data = {p.name: self._columns[m.columns[p]].reshape(-1) for p in parts}
        columns = input_columns(worlds)
        for symbol in increment.free_symbols - set(parts) - {m.step_length}:
            data[symbol.name] = columns[symbol].expanded(worlds.steps + 1)
        lowered = to_polars(increment, lambda s: pl.lit(worlds.step_length) if s == m.step_length else pl.col(s.name))
        added = pl.DataFrame(data).select(lowered.alias("added"))["added"].to_numpy().reshape(worlds.count, -1)
        first = self.values("supply")[:, 0] if name == "supply_accounted" else worlds.initial[name]
        total = self._masked(np.concatenate([first[:, None], added[:, :-1]], axis=1).cumsum(axis=1))
        self._columns[name] = total
        return total

    @cached_property
    def stopped(self) -> pl.DataFrame:
        """Worlds that stopped early: world, draw, date and the reason in a sentence."""
        found = np.flatnonzero(self.paths.stopped >= 0)
        rows = []
        for world in found:
            step = int(self.paths.stopped[world])
            last = int(np.searchsorted(self.at, step)) - 1
            fiat, minted = self.values("fiat_indexed")[world, last], self.values("emission")[world, last]
            share = fiat / max(self.values("price")[world, last] * minted, 1e-300)
            reason = (
                "hyper-inflation: fiat-indexed pay mints more than is burned, so each fall of the price mints more"
                if share > 0.5
                else "price collapse: almost nothing is left that makes anyone hold the token"
            )
            rows.append(
                {
                    "world": self.labels[world],
                    "draw": int(self.draws[world]),
                    "date": self.start + dt.timedelta(days=round(step * self.step_length * 365.25)),
                    "reason": reason,
                }
            )
        schema = {"world": pl.String, "draw": pl.Int32, "date": pl.Date, "reason": pl.String}
        return pl.DataFrame(rows, schema=schema)

    def select(self, names: Sequence[str]) -> pl.DataFrame:
        """Columns world, draw, step, date and the named variables; null where a value does not exist."""
        shown = slice(None, None, self.every)
        length = len(self.dates)
        count = len(self.labels)
        codes = {label: code for code, label in enumerate(self.worlds)}
        of_world = np.repeat(np.array([codes[label] for label in self.labels], dtype=np.uint32), length)
        data = {
            "world": pl.Series(of_world).cat.to(pl.Enum(self.worlds)),
            "draw": np.repeat(self.draws, length),
            "step": np.tile(self.at[shown].astype(np.int32), count),
            "date": pl.Series(self.dates * count, dtype=pl.Date),
        }
        self.compute([n for n in names if n not in self._columns and n in self.system.columns])
        for name in names:
            data[name] = np.ascontiguousarray(self.values(name)[:, shown]).reshape(-1)
        return pl.DataFrame(data).with_columns(pl.col(list(names)).fill_nan(None))

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Every variable: world, draw, step, date and one column per variable."""
        return self.select(self._public)

    def summary(self, names: Sequence[str] | None = None) -> pl.DataFrame:
        """Per world, date and variable: quantiles over futures and the mean.

        Returns
        -------
        polars.DataFrame
            world, date, variable, futures (how many have a value: one whose run has stopped has none),
            mean, p05, p25, p50, p75 and p95. The variable `collapsed` is 1 where capacity is below a fifth of its first
            value or the run has stopped: its mean is the probability of collapse.
        """
        chosen = list(names or [*self._public, COLLAPSED])
        for name in chosen:
            self._check(name)
        self.compute([name for name in chosen if name != COLLAPSED and name not in self._columns])
        shown = slice(None, None, self.every)
        return summary_frame(lambda name: self.values(name)[:, shown], self.labels, self.dates, chosen)

    @cached_property
    def _public(self) -> list[str]:
        return [name for name in self.system.columns if name.split(".")[0] not in _INTERNAL]

    @cached_property
    def collapsed(self) -> Floats:
        """Shape (worlds, kept steps): 1 where capacity is below a fifth of its first value or the run has stopped."""
        capacity = self.values("capacity")
        return np.where(capacity >= COLLAPSE * capacity[:, :1], 0.0, 1.0)

    def collapse_probability(self, world: str = "scenario") -> float:
        """Share of the futures of a world that have collapsed at the end of the horizon."""
        rows = np.array([label == world for label in self.labels])
        return float(self.values(COLLAPSED)[rows, -1].mean())

    def __repr__(self) -> str:
        return (
            f"Run of {len(self.labels)} worlds, {self.start} to {self.dates[-1]}, "
            f"{len(self.system.columns)} variables, engine {self.paths.engine}"
        )


_INTERNAL = frozenset({"holdings_swing", "previous_price"})
