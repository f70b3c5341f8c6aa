"""Same seed, same futures, whatever else is run with them: engine, number of draws, worlds, outputs and horizon."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from model import load_network, network_names, project
from model.engine.assembly import scenario_worlds
from model.engine.futures import MOST_DRAWS, with_futures
from model.engine.results import Run
from model.engine.stepper import run
from model.engine.worlds import Worlds
from model.errors import BallastError, OutOfRangeError, UnknownKeyError
from model.parameters.assumptions.chance import SOURCES_OF_CHANCE
from model.reports.engines_agree import difference, scale_of
from model.scenario.scenario import Scenario
from tests.validation import Record

STRESSED = {"render": "gpu-cost-doubles"}
"""Stresses that make inputs of the world dated, by network."""


def projected(name: str = "render", **more: Any) -> Run:
    return project(name, changes={"emission_scale": 0.6}, **{"years": 2, "draws": 4, "seed": 7, **more})


def assert_same(run: Run, other: Run, rows: slice = slice(None), steps: slice = slice(None)) -> None:
    """Every variable that the other run has is, digit for digit, what it is in the rows and steps of the run."""
    for name in other.system.columns:
        np.testing.assert_array_equal(run.values(name)[rows, steps], other.values(name), err_msg=name)


@pytest.fixture(scope="module")
def whole() -> Run:
    return projected()


# ---- what moves nothing -------------------------------------------------------------------------------
@pytest.mark.parametrize("name", network_names())
def test_engines_agree_in_every_future_of_every_network(name: str, figure: Record) -> None:
    network = load_network(name)
    worlds = scenario_worlds([Scenario(network, {"emission_scale": 0.6})], ["scenario"], step_length=1 / 52, steps=104)
    drawn = with_futures(worlds, seed=7, count=3)
    kernel, polars = run(drawn, "kernel"), run(drawn, "polars")
    np.testing.assert_array_equal(kernel.stopped, polars.stopped)
    figure("engines-futures", difference(kernel, polars, scale_of(kernel)).max())


def test_the_same_seed_gives_the_same_futures_and_another_seed_others(whole: Run) -> None:
    assert_same(whole, projected())
    other = projected(seed=8)
    assert np.all(other.values("price")[:, -1] != whole.values("price")[:, -1])


def test_futures_that_are_added_move_none_that_were_there(whole: Run) -> None:
    more = projected(draws=9)
    for world in ("baseline", "scenario"):
        rows = np.flatnonzero([label == world for label in more.labels])[:4]
        np.testing.assert_array_equal(more.draws[rows], np.arange(4))
        kept = np.flatnonzero([label == world for label in whole.labels])
        for name in ("price", "capacity", "revenue", "supply"):
            np.testing.assert_array_equal(more.values(name)[rows], whole.values(name)[kept])


def test_worlds_that_are_added_move_none_that_were_there(whole: Run) -> None:
    network = load_network("render")
    scenarios = [Scenario(network, {"emission_scale": scale}) for scale in (0.6, 0.2, 1.4)]
    worlds = scenario_worlds(scenarios, list("abc"), step_length=whole.step_length, steps=whole.paths.worlds.steps)
    found = Run(run(with_futures(worlds, seed=7, count=4)), start=network.as_of, draws=np.tile(np.arange(4), 4))
    assert_same(found, whole, rows=slice(0, 8))


def test_a_module_that_a_scenario_adds_leaves_the_baseline_where_it_was(whole: Run) -> None:
    """Its equations join the system at values that change nothing."""
    with_module = project("render", changes={"buyback_share": 0.1}, years=2, draws=4, seed=7)
    assert set(with_module.system.structure.modules) > set(whole.system.structure.modules)
    for name in ("price", "capacity", "revenue"):
        np.testing.assert_allclose(with_module.values(name)[:4], whole.values(name)[:4], rtol=1e-12)


@pytest.mark.parametrize("name", ["render", "bittensor", "textbook-merit"])
def test_a_longer_horizon_begins_with_the_shorter_one(name: str) -> None:
    """Every variable at every step is the same; shocks of the last step are those that a longer run meets there."""
    stress = [STRESSED[name]] if name in STRESSED else []
    spreads = {} if name != "textbook-merit" else {"price_volatility": 0.5, "demand_volatility": 0.3}
    short = projected(name, years=1, stress=stress, assumptions=spreads)
    long = projected(name, years=2, stress=stress, assumptions=spreads)
    assert_same(long, short, steps=slice(0, len(short.times)))


def test_outputs_that_are_asked_for_before_move_none_that_come_after(whole: Run) -> None:
    one, other = projected(), projected()
    other.compute([name for name in other.system.columns if name != "provider_margin"])
    np.testing.assert_array_equal(one.values("provider_margin"), other.values("provider_margin"))
    np.testing.assert_array_equal(one.values("burned"), other.values("burned"))


def test_a_thinned_run_has_the_values_of_the_whole_one(whole: Run) -> None:
    at = np.array([0, 1, 17, 52, len(whole.times) - 1])
    thin = projected().thinned(at)
    for name in whole.system.columns:
        np.testing.assert_array_equal(thin.values(name), whole.values(name)[:, at], err_msg=name)
    assert thin.dates == [whole.dates[k] for k in at]


# ---- what is paired -----------------------------------------------------------------------------------
def test_both_worlds_meet_the_same_shocks_in_the_same_future() -> None:
    network = load_network("bittensor")
    worlds = scenario_worlds([Scenario(network, {"emission_scale": 0.6})], ["scenario"], step_length=1 / 52, steps=52)
    drawn = with_futures(worlds, seed=7, count=5)
    assert drawn.labels == ("baseline",) * 5 + ("scenario",) * 5
    for symbol in drawn.system.drawn:
        path = drawn.shocks[symbol].matrix(53)
        np.testing.assert_array_equal(path[:5], path[5:])
        assert len(np.unique(path[:5, -2])) == 5


def test_a_scenario_that_changes_nothing_is_the_baseline_in_every_future() -> None:
    found = project("payment", changes={"emission_scale": 1.0}, years=2, draws=6, seed=3)
    for name in ("price", "capacity", "revenue", "treasury"):
        values = found.values(name)
        np.testing.assert_array_equal(values[:6], values[6:])


def test_nothing_differs_in_any_future_before_a_change_starts() -> None:
    network = load_network("payment")
    start = network.as_of.replace(year=network.as_of.year + 1)
    found = project(network, changes={"burn_share": 0.4}, start=start, years=2, draws=6, seed=3)
    price = found.values("price")
    before = np.array(found.dates) <= start
    np.testing.assert_array_equal(price[:6, before], price[6:, before])
    assert np.all(price[:6, -1] != price[6:, -1])


def test_worlds_with_other_spreads_meet_the_same_draws() -> None:
    """Twice the volatility of costs is the same swing, twice as wide."""
    network = load_network("payment")
    scenario = Scenario(network)
    worlds = scenario_worlds([scenario], ["scenario"], step_length=1 / 52, steps=52)
    own = worlds.parameters["cost_volatility"]
    wide = replace(own, values=np.array([[0.2], [0.4]]), index=np.arange(2))
    drawn = with_futures(replace(worlds, parameters={**worlds.parameters, "cost_volatility": wide}), seed=7, count=3)
    swing = np.log(drawn.shocks[drawn.system.symbol_of["cost_shock"]].matrix(53))
    times = np.arange(53) / 52
    half = (1 - np.exp(-2 * times)) / 4
    np.testing.assert_allclose(swing[3:] + 0.16 * half, 2 * (swing[:3] + 0.04 * half), atol=1e-12)
    demand = drawn.shocks[drawn.system.symbol_of["demand_shock"]].matrix(53)
    np.testing.assert_array_equal(demand[:3], demand[3:])


def test_supply_events_meet_every_future() -> None:
    """An event is no shock: it happens in each future as it is dated."""
    network = load_network("internet-computer")
    worlds = scenario_worlds([Scenario(network)], ["scenario"], step_length=1 / 52, steps=104)
    drawn = with_futures(worlds, seed=1, count=3)
    events = [symbol for symbol in worlds.shocks if symbol not in worlds.system.drawn]
    for symbol in events:
        np.testing.assert_array_equal(
            drawn.shocks[symbol].matrix(105), np.repeat(worlds.shocks[symbol].matrix(105), 3, axis=0)
        )


# ---- none -----------------------------------------------------------------------------------------------
def calm_of(name: str) -> dict[str, float]:
    keys = load_network(name).parameters
    return {key: 0.0 for key in keys if key.rpartition(".")[2] in SOURCES_OF_CHANCE}


@pytest.mark.parametrize("name", ["render", "internet-computer", "bittensor"])
def test_without_spreads_every_future_is_the_path_without_shocks(name: str) -> None:
    calm = calm_of(name)
    path = projected(name, draws=0, assumptions=calm)
    futures = projected(name, draws=3, assumptions=calm)
    for variable in futures.system.columns:
        np.testing.assert_array_equal(
            futures.values(variable), np.repeat(path.values(variable), 3, axis=0), err_msg=variable
        )


@pytest.mark.parametrize("name", ["textbook", "textbook-merit", "textbook-roles"])
def test_textbooks_have_no_shocks(name: str) -> None:
    path, futures = projected(name, draws=0), projected(name, draws=3)
    for variable in ("price", "capacity", "supply"):
        np.testing.assert_array_equal(futures.values(variable), np.repeat(path.values(variable), 3, axis=0))


# ---- refusals -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("draws", [-1, MOST_DRAWS + 1, 1.5, "10", True, None, float("nan")])
def test_what_is_no_number_of_futures_is_refused(draws: Any) -> None:
    with pytest.raises(OutOfRangeError, match=r"futures cannot be drawn \(draws\); allowed: 0 .* to 100,000\.$"):
        project("payment", draws=draws)


@pytest.mark.parametrize("seed", [-1, 2**63, 0.5, "x", None, False])
def test_what_is_no_seed_is_refused(seed: Any) -> None:
    with pytest.raises(OutOfRangeError, match=r"is not a seed \(seed\)"):
        project("payment", draws=2, seed=seed)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"engine": "gpu"}, r"There is no engine 'gpu' \(engine\); allowed: auto, kernel, polars\."),
        ({"keep": "all"}, r"There is no keep 'all' \(keep\); allowed: paths, summary\."),
        ({"outputs": ["pric"]}, r"There is no key 'pric' \(outputs\); allowed: price.*; did you mean 'price'\."),
    ],
)
def test_a_way_to_run_that_does_not_exist_is_refused(given: dict[str, Any], told: str) -> None:
    with pytest.raises(UnknownKeyError, match=told) as caught:
        project("payment", years=1, **{"keep": "summary", "draws": 2, **given})
    assert isinstance(caught.value, BallastError)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("given", [{"draws": np.int64(3)}, {"seed": np.int64(3), "draws": 2}])
def test_whole_numbers_of_numpy_are_taken(given: dict[str, Any]) -> None:
    assert project("payment", years=1, **given).futures == int(given["draws"])


def test_each_future_of_each_world_has_a_row(whole: Run) -> None:
    worlds: Worlds = whole.paths.worlds
    assert whole.labels == ("baseline",) * 4 + ("scenario",) * 4
    assert whole.draws.tolist() == [0, 1, 2, 3] * 2
    assert worlds.count == 8
    frame = whole.select(["price"])
    assert frame.height == 8 * len(whole.dates)
    assert frame["draw"].unique().sort().to_list() == [0, 1, 2, 3]
