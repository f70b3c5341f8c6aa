"""Two engines, one set of equations: the compiled kernel and the Polars stepper give the same numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest
import sympy

from model import load_network, network_names
from model.engine.assembly import scenario_worlds
from model.engine.given import evaluate_given
from model.engine.stepper import SERIAL_BELOW, Paths, run
from model.engine.worlds import Column, Floats, Worlds, constant_column
from model.reports.engines_agree import PROMISED, difference, engine_gap, scale_of
from model.scenario.scenario import Scenario
from model.structure import Structure
from tests.model.corners import Start, lever_keys, of_network, of_structure, random_corners
from tests.model.shapes import EVERYTHING, FAMILIES, MIXED, name_of, of_family
from tests.validation import Record

SEEN = 1e-11
"""Where nothing is chaotic engines keep more digits than they promise."""


def with_last_digits_changed(worlds: Worlds) -> Worlds:
    return replace(worlds, initial={name: value * (1 + 1e-15) for name, value in worlds.initial.items()})


def assert_no_missing_number(paths: Paths) -> None:
    """Before a world stops, every state is a number."""
    lives = (paths.stopped[:, None] < 0) | (np.arange(paths.worlds.steps + 1) < paths.stopped[:, None])
    assert np.isfinite(paths.states[:, lives]).all()
    assert not np.isfinite(paths.states[:, ~lives]).any()


# ---- networks -----------------------------------------------------------------------------------------
def some_scenarios(name: str) -> list[Scenario]:
    """A network with nothing changed, halved emission at once, from a day on, and moving in over two years."""
    network = load_network(name)
    half, start = {"emission_scale": 0.5}, network.as_of + dt.timedelta(days=400)
    return [
        Scenario(network),
        Scenario(network, half),
        Scenario(network, half, start=start),
        Scenario(network, {"emission_scale": 1.5, "treasury_spend_rate": 0.2}, start=start, phase_in_years=2.0),
    ]


@pytest.mark.parametrize("name", network_names())
def test_engines_agree_on_every_network_also_with_dates(name: str, figure: Record) -> None:
    scenarios = some_scenarios(name)
    worlds = scenario_worlds(scenarios, list("abcd"), step_length=scenarios[0].network.step_length, steps=208)
    kernel, polars = run(worlds, "kernel"), run(worlds, "polars")
    assert kernel.engine != polars.engine
    figure("engines", difference(kernel, polars, scale_of(kernel)).max())
    assert np.ptp(kernel.states[:, :, -1], axis=1).max() > 0


def test_the_gap_on_screen_covers_every_state_of_both_worlds_in_futures_too() -> None:
    scenario = Scenario(load_network("payment"), {"emission_scale": 0.5})
    found = engine_gap(scenario, years=1, futures=2, seed=3)
    assert found.engines == ("kernel", "polars")
    assert (found.worlds, found.steps) == (2 + 4, 53)
    assert set(found.by_state) >= {"price", "capacity", "float_supply"}
    assert 0 < found.largest <= PROMISED
    assert found.stopped_alike
    assert "within the 1.00e\N{MINUS SIGN}9 they promise" in found.sentence


# ---- corners ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Case:
    """Random corners of one structure."""

    name: str
    start: Callable[[], Start]
    count: int


def _on(network: str) -> Callable[[], Start]:
    return lambda: of_network(load_network(network))


def _of(shape: Structure) -> Callable[[], Start]:
    return lambda: of_structure(shape)


CASES = [
    *(Case(name, _on(name), 150) for name in network_names()),
    *(Case(name_of(shape), _of(shape), 90) for shape in (*FAMILIES, *MIXED)),
    Case(name_of(EVERYTHING), _of(EVERYTHING), 300),
]


def test_three_thousand_corners_cover_every_family_module_and_network() -> None:
    assert sum(case.count for case in CASES) >= 3000
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_engines_agree_on_random_corners(case: Case) -> None:
    """Where the last digits of the start do not decide the path, engines agree to nine digits.

    A few corners overshoot from week to week and are chaotic; there agreement is asked up to the step at which a
    change of 1e-15 in the start has grown a thousandfold.
    """
    start = case.start()
    worlds = start.worlds(random_corners(start, case.count, seed=len(case.name)), steps=104)
    kernel, polars = run(worlds, "kernel"), run(worlds, "polars")
    np.testing.assert_array_equal(kernel.stopped, polars.stopped)
    assert_no_missing_number(kernel)
    assert_no_missing_number(polars)
    scale = scale_of(kernel)
    predictable = difference(kernel, run(with_last_digits_changed(worlds), "kernel"), scale) < 1e-12
    assert predictable.all(axis=1).mean() > 0.85
    assert predictable.mean() > 0.95
    gap = np.where(predictable, difference(kernel, polars, scale), 0.0)
    assert gap.max() <= PROMISED


@pytest.mark.parametrize("name", ["textbook", "textbook-merit", "render"])
def test_engines_agree_when_each_lever_in_turn_is_dated(name: str) -> None:
    start = of_network(load_network(name))
    keys, steps = lever_keys(start), 60
    count = len(keys)
    columns: dict[str, float | Column] = dict(start.values)
    for world, key in enumerate(keys):
        low, high = start.ends[key]
        before, after = start.values[key], low if start.values[key] > 0.5 * (low + high) else high
        path = np.where(np.arange(steps + 1) < 20, before, after)
        index = np.zeros(count, dtype=np.int64)
        index[world] = 1
        columns[key] = Column(np.stack([np.full(steps + 1, before), path]), index)
    constant = start.worlds({keys[0]: np.full(count, start.values[keys[0]])}, steps)
    worlds = replace(
        constant, parameters={k: v if isinstance(v, Column) else constant.parameters[k] for k, v in columns.items()}
    )
    kernel, polars = run(worlds, "kernel"), run(worlds, "polars")
    assert difference(kernel, polars, scale_of(kernel)).max() <= SEEN
    untouched = difference(kernel, run(constant, "kernel"), scale_of(kernel))
    assert untouched[:, 20].max() <= 1e-12
    assert (untouched[:, -1] > 1e-6).mean() > 0.4


# ---- what is known before the run ---------------------------------------------------------------------
def shocked_worlds(shape: Structure, steps: int) -> Worlds:
    """Two worlds with shocks that differ from step to step, one parameter dated."""
    start = of_structure(shape)
    generator = np.random.Generator(np.random.Philox(11))
    worlds = start.worlds({"emission_scale": np.array([0.7, 1.3])}, steps)
    shocks = {}
    for symbol, neutral in worlds.system.shocks.items():
        size = 0.02 if neutral == 0 else 0.1
        path = neutral + size * generator.standard_normal((2, steps + 1))
        if "event" in symbol.name:
            path = np.abs(path)
        shocks[symbol] = Column(path, np.arange(2, dtype=np.int64))
    growth = Column(np.linspace(0.0, 0.3, steps + 1)[None, :], np.zeros(2, dtype=np.int64))
    grown = {key: growth for key in worlds.parameters if key.endswith("demand_growth")}
    return replace(worlds, shocks=shocks, parameters={**worlds.parameters, **grown})


@pytest.mark.parametrize(
    "shape", [EVERYTHING, of_family("time-halving", MIXED[0]), of_family("exponential", Structure())]
)
def test_columns_known_before_the_run_are_those_of_their_formulas(shape: Structure) -> None:
    """Both engines share these columns, so a second way of computing them stands here."""
    worlds = shocked_worlds(shape, steps=130)
    m, length = worlds.system.vocabulary, worlds.steps + 1
    known: dict[sympy.Symbol, Floats] = {m.time: np.tile(np.arange(length) * worlds.step_length, (2, 1))}
    known[m.step_length] = np.full((2, length), worlds.step_length)
    for symbol, key in m.parameters.items():
        known[symbol] = worlds.parameters[key].matrix(length)
    for symbol, key in m.initials.items():
        known[symbol] = np.tile(worlds.initial[key][:, None], (1, length))
    known.update({symbol: column.matrix(length) for symbol, column in worlds.shocks.items()})
    found = evaluate_given(worlds, [equation.target for equation in worlds.system.given])
    for equation in worlds.system.given:
        free = sorted(equation.expression.free_symbols, key=lambda s: s.name)
        value = sympy.lambdify(free, equation.expression, modules="numpy")(*(known[s] for s in free))
        known[equation.target] = np.broadcast_to(np.asarray(value, dtype=float), (2, length))
        np.testing.assert_allclose(found[equation.target].matrix(length), known[equation.target], rtol=1e-12)


@pytest.mark.parametrize("shape", [FAMILIES[0], MIXED[0]], ids=name_of)
def test_engines_agree_under_shocks(shape: Structure) -> None:
    worlds = shocked_worlds(shape, steps=60)
    kernel, polars = run(worlds, "kernel"), run(worlds, "polars")
    assert difference(kernel, polars, scale_of(kernel)).max() <= SEEN
    calm = {symbol: constant_column(neutral, worlds.count) for symbol, neutral in worlds.system.shocks.items()}
    assert np.abs(run(replace(worlds, shocks=calm), "kernel").states - kernel.states).max() > 1e-3


# ---- how a run is carried out -------------------------------------------------------------------------
def test_worlds_in_threads_are_the_worlds_of_one_thread() -> None:
    start = of_network(load_network("payment"))
    columns = random_corners(start, SERIAL_BELOW + 41, seed=3)
    together = run(start.worlds(columns, 52), "kernel")
    alone = run(start.worlds({key: values[-50:] for key, values in columns.items()}, 52), "kernel")
    np.testing.assert_array_equal(together.states[:, -50:], alone.states)
    np.testing.assert_array_equal(together.stopped[-50:], alone.stopped)


@pytest.mark.parametrize("engine", ["kernel", "polars"])
def test_a_world_does_not_feel_its_neighbours(engine: str) -> None:
    start = of_network(load_network("textbook"))
    columns = random_corners(start, 12, seed=8)
    together = run(start.worlds(columns, 40), engine).states  # type: ignore[arg-type]
    for world in (0, 7):
        alone = run(start.worlds({k: v[world : world + 1] for k, v in columns.items()}, 40), engine)  # type: ignore[arg-type]
        np.testing.assert_allclose(together[:, world], alone.states[:, 0], rtol=1e-12)


def test_auto_takes_the_kernel_where_numba_imports(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = Scenario(load_network("textbook"))
    worlds = scenario_worlds([scenario], ["scenario"], step_length=1 / 52, steps=4)
    assert run(worlds).engine == "kernel"
    monkeypatch.setattr("model.engine.stepper.kernel_available", lambda: False)
    assert run(worlds).engine == "polars"
    assert run(worlds, "kernel").engine == "kernel"
