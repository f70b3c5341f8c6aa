"""One question under thousands of sets of assumptions, put together by column instead of scenario by scenario."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from model.engine.assembly import scenario_worlds
from model.engine.batches import Progress
from model.engine.results import Run
from model.engine.stepper import run as run_worlds
from model.engine.worlds import Column, Floats, Worlds, constant_column
from model.parameters import parameter_keys
from model.presets.network_size import network_size
from model.projection import step_plan
from model.proposals.proposal import Provision
from model.scenario.layers import Layer
from model.sensitivity.uncertainty import Question

ROWS = 1_000
"""Worlds that are stepped at a time."""


class Variations:
    """A question whose assumptions take many values at once; results are those of `Question.values`.

    Parameters
    ----------
    question
        Scenario, outcome and horizon.
    keys
        Contract keys of the assumptions that vary. Who pays for a share is settled once, at the assumptions as they
        are: only a role that has no share yet would be given another part by its own quality weight.
    """

    def __init__(self, question: Question, keys: Sequence[str]) -> None:
        self.question, self.keys = question, tuple(keys)
        declared = parameter_keys(question.scenario.structure)
        for key in self.keys:
            if key not in declared or declared[key].declared.kind != "assumption":
                raise ValueError(f"{key!r} is no assumption of {question.scenario.network.name}")

    @cached_property
    def worlds(self) -> Worlds:
        """Baseline and scenario with the assumptions as they are."""
        scenario = self.question.scenario
        length, steps, _ = step_plan(scenario.network, self.question.years, self.question.step)
        return scenario_worlds([scenario], ["scenario"], step_length=length, steps=steps)

    def values(self, points: Mapping[str, Floats]) -> tuple[Floats, Floats]:
        """Outcome in the baseline and in the scenario, shape (points,) each; `points` has shape (points,) by key."""
        for _ in (steps := self.stepping(points)):
            pass
        return steps.result

    def effects(self, points: Mapping[str, Floats]) -> Floats:
        """Shape (points,): what the scenario does at each point."""
        return self.question.effects(*self.values(points))

    def stepping(self, points: Mapping[str, Floats]) -> Stepping:
        """The same, batch by batch: go over it for its progress, leave the loop to cancel."""
        return Stepping(self, points)

    # ---- worlds ---------------------------------------------------------------------------------------
    def drawn(self, points: Mapping[str, Floats]) -> Worlds:
        """Baselines of all points, then their scenarios; one and the same rows where the scenario changes nothing."""
        base = self.worlds
        count = len(next(iter(points.values())))
        rows = (0, 1) if self.differs else (0,)
        parameters = {
            key: self._varied(key, points[key], rows)
            if key in points
            else Column(column.values, np.repeat(column.index[list(rows)], count))
            for key, column in base.parameters.items()
        }
        return Worlds(
            base.system,
            tuple(np.repeat(["baseline", "scenario"][: len(rows)], count).tolist()),
            parameters,
            {name: np.repeat(values[list(rows)], count) for name, values in base.initial.items()},
            {
                symbol: constant_column(float(column.values[0, 0]), count * len(rows))
                if column.sets == 1 and column.width == 1
                else Column(column.values, np.repeat(column.index[list(rows)], count))
                for symbol, column in base.shocks.items()
            },
            base.step_length,
            base.steps,
        )

    @property
    def differs(self) -> bool:
        """Whether the scenario has anything that its baseline has not."""
        scenario = self.question.scenario
        return bool(scenario.layers or scenario.own_events)

    def _varied(self, key: str, values: Floats, rows: tuple[int, ...]) -> Column:
        """One assumption: its values, moved by whatever layer moves it."""
        scenario, base = self.question.scenario, self.worlds
        times = np.arange(base.steps + 1, dtype=np.float64) * base.step_length
        below = self._laid(np.asarray(values, dtype=float)[:, None], key, scenario.world, times)
        parts = [below]
        if len(rows) > 1:
            parts.append(self._laid(below, key, scenario.layers, times))
        width = max(part.shape[1] for part in parts)
        whole = np.concatenate([np.broadcast_to(part, (len(part), width)) for part in parts])
        return Column(whole, np.arange(len(whole), dtype=np.int64))

    def _laid(self, path: Floats, key: str, layers: Sequence[Layer], times: Floats) -> Floats:
        """Shape (points, 1 or steps + 1): a path with layers on it, each where it is in force."""
        for layer in layers:
            provision = layer.provision
            written = None if provision is None else self._written(key, provision)
            if provision is None or written is None:
                continue
            force = layer.weights(times)
            size = network_size(self.question.scenario.network, provision.of) if provision.of else 1.0
            after = _target(provision, written, path, size)
            path = np.where(force >= 1, after, path + (after - path) * force)
        return path

    def _written(self, key: str, provision: Provision) -> str | None:
        """The key of a provision that means this assumption; None where it means others."""
        if not provision.expected:
            return None
        resolve = self.question.scenario.layering.resolve
        return next((w for w in provision.keys if key in resolve(w, "assumption", provision.way != "to")), None)


def _target(provision: Provision, written: str, values: Floats, size: float) -> Floats:
    """`Provision.target` for many values at once."""
    if provision.by_factor is not None:
        return values * provision.by_factor
    if provision.by is not None:
        return values + provision.by * size
    if provision.at_least is not None:
        return np.maximum(values, provision.at_least * size)
    if provision.at_most is not None:
        return np.minimum(values, provision.at_most * size)
    return np.full_like(values, provision.target(written, 0.0, size))


class Stepping:
    """Points stepped a batch at a time: iterate for progress, then read `result`."""

    def __init__(self, variations: Variations, points: Mapping[str, Floats]) -> None:
        self._variations, self._points = variations, points
        self._count = len(next(iter(points.values())))
        self._before, self._after = np.full(self._count, np.nan), np.full(self._count, np.nan)

    def __iter__(self) -> Iterator[Progress]:
        own = self._variations
        each = ROWS // (2 if own.differs else 1)
        began = time.perf_counter()
        for first in range(0, self._count, each):
            where = slice(first, min(first + each, self._count))
            worlds = own.drawn({key: values[where] for key, values in self._points.items()})
            run = Run(run_worlds(worlds), start=own.question.scenario.network.as_of, draws=np.zeros(worlds.count))
            read = own.question.read(run)
            size = where.stop - where.start
            self._before[where], self._after[where] = read[:size], read[-size:]
            yield Progress(where.stop, self._count, time.perf_counter() - began)

    @property
    def result(self) -> tuple[Floats, Floats]:
        """Outcome in the baseline and in the scenario, shape (points,) each; NaN where not stepped or stopped."""
        return self._before, self._after
