"""Long runs in batches: the numbers of one run, whatever the size of a batch and wherever it is stepped."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from polars.testing import assert_frame_equal

from model import load_network, project
from model.engine.assembly import scenario_worlds
from model.engine.batches import BatchedRun, Progress, taken
from model.engine.kept import KeptRun
from model.engine.results import Run
from model.engine.worlds import Worlds
from model.errors import UnknownKeyError
from model.scenario.scenario import Scenario
from tests.model.engine.test_quantiles import HALF_STOPS, SPREADS

NAMES = ("price", "capacity", "burned", "collapsed")
STEPS, DRAWS = 104, 30
AT = np.array([0, 13, 52, 104])


def some_worlds() -> Worlds:
    """Four worlds, one of them dated, so that value sets are shared and are not."""
    network = load_network("payment")
    later = network.as_of.replace(year=network.as_of.year + 1)
    scenarios = [
        Scenario(network, {"burn_share": 0.4}),
        Scenario(network, {"emission_scale": 0.5}, start=later),
        Scenario(network, {"emission_scale": 1.5}),
    ]
    return scenario_worlds(scenarios, list("abc"), step_length=network.step_length, steps=STEPS)


def batched(worlds: Worlds, **more: Any) -> BatchedRun:
    how: dict[str, Any] = {"seed": 5, "draws": DRAWS, "engine": "kernel", "names": NAMES, "at": AT, **more}
    return BatchedRun(worlds, start=load_network("payment").as_of, **how)


def assert_same(run: Run, other: Run) -> None:
    assert run.labels == other.labels
    np.testing.assert_array_equal(run.draws, other.draws)
    for name in NAMES:
        np.testing.assert_array_equal(run.values(name), other.values(name), err_msg=name)
    assert run.stopped.equals(other.stopped)


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    return some_worlds()


@pytest.fixture(scope="module")
def serial(worlds: Worlds) -> KeptRun:
    return batched(worlds).result()


# ---- same numbers -------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [7, 30, 64, 100_000])
def test_the_size_of_a_batch_moves_nothing(worlds: Worlds, serial: KeptRun, rows: int) -> None:
    """Batches split futures of one world, hold one world, two of four, or all."""
    assert_same(batched(worlds, rows=rows).result(), serial)


def test_the_polars_engine_gives_the_same_batches(worlds: Worlds, serial: KeptRun) -> None:
    other = batched(worlds, engine="polars", rows=64).result()
    for name in NAMES:
        np.testing.assert_allclose(other.values(name), serial.values(name), rtol=1e-9)


def test_without_futures_each_world_has_its_one_path(worlds: Worlds) -> None:
    single = batched(worlds, draws=0, rows=2).result()
    assert single.labels == ("baseline", "a", "b", "c")
    assert single.futures == 0
    path = project("payment", changes={"burn_share": 0.4}, years=2)
    for name in ("price", "capacity"):
        np.testing.assert_array_equal(single.values(name)[:2], path.values(name)[:, AT])


def test_a_summary_run_has_the_values_of_the_paths_at_the_steps_it_keeps() -> None:
    how: dict[str, Any] = {"changes": HALF_STOPS, "assumptions": SPREADS, "years": 10, "draws": 40, "seed": 1}
    paths = project("textbook", **how)
    summary = project("textbook", keep="summary", outputs=NAMES, **how)
    assert summary.at[-1] == paths.at[-1]
    assert set(np.diff(summary.at[:-1])) == {4}
    for name in NAMES:
        np.testing.assert_array_equal(summary.values(name), paths.values(name)[:, summary.at], err_msg=name)
    assert summary.stopped.equals(paths.stopped)
    assert summary.dates == [paths.dates[k] for k in summary.at]
    assert summary.collapse_probability() == paths.collapse_probability()
    expected = paths.thinned(summary.at).summary(["price", "collapsed"])
    assert_frame_equal(summary.summary(["price", "collapsed"]), expected, rel_tol=1e-12)


def test_collapse_is_known_also_where_capacity_was_not_kept() -> None:
    paths = project("payment", years=1, draws=10, seed=2)
    summary = project("payment", years=1, draws=10, seed=2, keep="summary", outputs=["collapsed"])
    assert summary.collapse_probability() == paths.collapse_probability()


def test_what_every_network_reports_is_kept_by_default() -> None:
    summary = project("payment", years=1, draws=2, keep="summary")
    assert {"supply", "price", "capacity", "revenue", "staking_ratio"} <= set(summary.frame.columns)
    assert np.isfinite(summary.values("collapsed")).all()


def test_a_column_that_was_not_kept_is_refused_with_those_that_were(serial: KeptRun) -> None:
    with pytest.raises(UnknownKeyError, match=r"'supply' was not kept .*allowed: price, capacity, burned, collapsed"):
        serial.values("supply")


# ---- elsewhere ----------------------------------------------------------------------------------------
def threads() -> Executor:
    return ThreadPoolExecutor(2)


def processes() -> Executor:
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn"))


@pytest.mark.parametrize("pool", [threads, pytest.param(processes, marks=pytest.mark.slow)])
def test_other_threads_and_processes_give_the_same_numbers(
    worlds: Worlds, serial: KeptRun, pool: Callable[[], Executor]
) -> None:
    with pool() as executor:
        assert_same(batched(worlds, rows=30, executor=executor).result(), serial)


def test_an_executor_steps_every_batch_of_a_summary_run(serial: KeptRun) -> None:
    how: dict[str, Any] = {"years": 1, "draws": 1500, "seed": 3, "keep": "summary", "outputs": ["price"]}
    with CountingExecutor() as executor:
        found = project("payment", executor=executor, **how)
    assert executor.submitted == 4
    np.testing.assert_array_equal(found.values("price"), project("payment", **how).values("price"))


class CountingExecutor(ThreadPoolExecutor):
    """Counts what is handed to it and what is taken back."""

    def __init__(self) -> None:
        super().__init__(1)
        self.submitted = 0
        self.handed: list[Future[Any]] = []

    def submit(self, *args: Any, **more: Any) -> Future[Any]:
        self.submitted += 1
        future = super().submit(*args, **more)
        self.handed.append(future)
        return future


# ---- progress -----------------------------------------------------------------------------------------
@pytest.fixture(params=[None, CountingExecutor], ids=["serial", "executor"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor | None]:
    if request.param is None:
        yield None
        return
    with request.param() as made:
        yield made


def test_progress_counts_up_to_all_rows_and_tells_the_time_left(worlds: Worlds, executor: Executor | None) -> None:
    run = batched(worlds, rows=30, executor=executor)
    seen = list(run)
    assert [progress.done for progress in seen] == [30, 60, 90, 120]
    assert all(progress.total == 120 for progress in seen)
    assert np.all(np.diff([progress.seconds for progress in seen]) > 0)
    assert seen[-1].seconds_left == 0
    assert seen[-1].share == 1


def test_time_left_is_at_the_pace_so_far() -> None:
    assert Progress(done=30, total=120, seconds=2.0).seconds_left == 6.0
    assert Progress(done=0, total=120, seconds=2.0).seconds_left == 240.0


def test_a_run_that_was_left_takes_up_what_is_left(worlds: Worlds, serial: KeptRun, executor: Executor | None) -> None:
    run = batched(worlds, rows=30, executor=executor)
    for progress in run:
        if progress.done == 60:
            break
    assert [progress.done for progress in run] == [90, 120]
    assert_same(run.result(), serial)
    assert list(run) == []


def test_stops_are_told_once_also_after_a_run_was_left() -> None:
    network = load_network("textbook")
    scenario = Scenario(network, HALF_STOPS, assumptions=SPREADS)
    worlds = scenario_worlds([scenario], ["scenario"], step_length=network.step_length, steps=522)
    run = batched(worlds, rows=10, seed=1, draws=40, at=np.array([0, 522]))
    for progress in run:
        if progress.done >= 60:
            break
    told = run.result().stopped
    assert told.height > 20
    assert told.unique(["world", "draw"]).height == told.height


def test_leaving_the_loop_cancels_what_has_not_begun(worlds: Worlds) -> None:
    with CountingExecutor() as pool:
        for _ in batched(worlds, rows=3, executor=pool):
            break
        assert any(future.cancelled() for future in pool.handed)
        assert pool.submitted < 40


# ---- parts --------------------------------------------------------------------------------------------
def test_a_part_of_the_worlds_has_their_values_and_no_more_sets_than_they_read(worlds: Worlds) -> None:
    part = taken(worlds, slice(1, 3))
    assert part.labels == ("a", "b")
    length = worlds.steps + 1
    for key, column in worlds.parameters.items():
        np.testing.assert_array_equal(part.parameters[key].matrix(length), column.matrix(length)[1:3])
        assert part.parameters[key].sets <= 2
    for name, values in worlds.initial.items():
        np.testing.assert_array_equal(part.initial[name], values[1:3])
