"""What holds on every path, whatever is set: tokens are conserved, nothing is negative, nothing moves by itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from model import load_network, network_names, project
from model.engine.assembly import scenario_worlds
from model.engine.stepper import Paths, run
from model.engine.worlds import assemble
from model.scenario.scenario import Scenario
from model.structure import Structure
from tests.model.corners import lever_pairs, of_network, of_structure, random_corners
from tests.model.paths import BOTH, identity_error, result_of
from tests.model.shapes import MIXED, name_of
from tests.validation import Record

NETWORKS = pytest.mark.parametrize("name", network_names())


def lives(paths: Paths) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Shape (worlds, steps + 1): whether a world has not stopped yet."""
    steps = np.arange(paths.worlds.steps + 1)
    return (paths.stopped[:, None] < 0) | (steps < paths.stopped[:, None])


FLOWS = ("emission", "burn", "revenue", "served_share", "schedule_mint", "float_burn", "treasury_spending", "holdings")

CHUNK = 1500

LEAST: dict[str, float | None] = {"holdings_swing": None, "emission_swing": -1.0}
"""States that may be negative: a log swing without an end, and a share by which emission is off, at most all of it."""


@pytest.mark.slow
@NETWORKS
def test_tokens_are_conserved_and_nothing_is_negative_at_all_corners_of_lever_pairs(name: str) -> None:
    """Every pair of levers at its four corners, ten years of weeks: the supply identity holds to 1e-12."""
    start = of_network(load_network(name))
    pairs, columns = lever_pairs(start)
    assert len(pairs) >= 4 * 20 * 19 / 2
    for begin in range(0, len(pairs), CHUNK):
        part = {key: values[begin : begin + CHUNK] for key, values in columns.items()}
        worlds = assemble(
            start.system, ["corner"] * len(pairs[begin : begin + CHUNK]), {**start.values, **part}, start.initial,
            step_length=start.step_length, steps=520,
        )  # fmt: skip
        paths = run(worlds, "kernel")
        alive, result = lives(paths), result_of(paths)
        for state, values in zip(start.system.state_names, paths.states, strict=True):
            assert np.isfinite(values[alive]).all(), state
            assert np.isnan(values[~alive]).all(), state
            if state not in LEAST:
                assert values[alive].min() >= 0, state
            elif LEAST[state] is not None:
                assert values[alive].min() >= LEAST[state], state
        for column in FLOWS:
            values = result.values(column)
            assert np.isfinite(values[alive]).all(), column
            assert values[alive].min() >= 0, column
        assert identity_error(result)[alive].max() <= 1e-12
        for column in ("quality", "served_share"):
            assert result.values(column)[alive].max() <= 1 + 1e-12
        told = result.stopped["reason"].to_list()
        assert len(told) == int((paths.stopped >= 0).sum())
        assert all(reason.startswith(("hyper-inflation", "price collapse")) for reason in told)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["textbook", "textbook-roles", "textbook-merit"])
def test_tokens_are_conserved_to_1e_11_over_three_hundred_years(name: str, figure: Record) -> None:
    network = load_network(name)
    changes = {"emission_scale": 1.7, "slashing_rate": 0.02, "slashed_burn_share": 0.4}
    initial = {"locked.team": 3.0, "float_supply": network.initial["float_supply"] * 1.6}
    result = project(network, changes=changes, initial=initial, years=300)
    assert result.paths.worlds.steps == 15_600
    figure("supply", identity_error(result).max())


@pytest.mark.slow
@pytest.mark.parametrize("shape", MIXED, ids=name_of)
def test_tokens_are_conserved_under_every_emission_family(shape: Structure) -> None:
    start = of_structure(shape)
    result = result_of(run(start.worlds(random_corners(start, 12, seed=7), 104), "polars"))
    alive = lives(result.paths)
    assert identity_error(result)[alive].max() <= 1e-13
    for flow in ("slashed", "unlocked", "treasury_spending", "reminted", "emission", "burn"):
        assert result.values(flow)[alive].max() > 0, flow


@NETWORKS
def test_the_gap_identity_holds_on_every_path(name: str) -> None:
    """G = P B/R + (MC/R) dlnS/dt: emission value, burn, multiple and supply growth are one account [19.13]."""
    result = project(load_network(name), changes={"emission_scale": 0.6}, years=3)
    v = result.values
    growth = np.diff(v("supply"), axis=1) / result.paths.worlds.step_length
    price, revenue = v("price")[:, :-1], v("revenue")[:, :-1]
    burned = price * v("burn")[:, :-1] / revenue
    gap = v("revenue_gap")[:, :-1]
    np.testing.assert_allclose(gap, burned + price * growth / revenue, rtol=1e-9, atol=1e-9 * np.nanmax(gap))


@NETWORKS
def test_sources_are_uses_at_every_step(name: str) -> None:
    """E52: revenue and new tokens go to roles, stakers, treasury, users and the burn, and nowhere else."""
    network = load_network(name)
    changes = {"emission_recycled_share": 0.3}
    result = project(network, changes=changes, assumptions={"token_sale_haircut": 0.0}, years=2)
    v, shape = result.values, result.system.structure
    burned = kept = np.zeros_like(v("price"))
    for world, values in enumerate([network.values] * 2):
        for stream in shape.streams:
            revenue = v("revenue" if shape.one_stream else f"revenue.{stream}")[world]
            burned[world] += values[shape.key("burn_share", stream=stream)] * revenue
            burned[world] += values[shape.key("treasury_fee_share", stream=stream)] * revenue
    to_treasury, to_users = v("treasury_emission"), v("user_emission")
    uses = v("provider_income") + v("staker_income") + v("price") * (to_treasury + to_users) + burned + 0 * kept
    sources = v("revenue") + v("price") * v("emission")
    np.testing.assert_allclose(uses, sources, rtol=1e-12)


@BOTH
@NETWORKS
def test_an_empty_change_changes_no_number_of_any_column(name: str, engine: Any) -> None:
    result = project(load_network(name), years=1, engine=engine)
    for column in result.system.columns:
        values = result.values(column)
        np.testing.assert_array_equal(values[1], values[0], err_msg=column)
    frame = result.frame.drop("world")
    assert frame[: len(result.dates)].equals(frame[len(result.dates) :])


@pytest.mark.parametrize("key", ["burn_share", "emission_rate", "provider_emission_share", "treasury_spend_rate"])
def test_a_lever_set_to_what_it_is_changes_nothing(key: str) -> None:
    network = load_network("textbook")
    scenario = Scenario(network, {key: network.values[key]})
    assert scenario.is_empty
    assert scenario.moved == {}
    result = project(network, changes={key: network.values[key]}, years=1)
    for column in result.system.columns:
        np.testing.assert_array_equal(result.values(column)[1], result.values(column)[0])


@BOTH
@NETWORKS
def test_nothing_changes_before_the_start_date(name: str, engine: Any) -> None:
    network = load_network(name)
    begins = network.as_of + dt.timedelta(days=200)
    result = project(network, changes={"emission_scale": 0.25}, start=begins, years=1.5, engine=engine)
    dates = np.array(result.dates)
    states = [*result.system.state_names, "issued", "burned"]
    first = int(np.argmax(dates >= begins))
    for column in states:
        baseline, scenario = result.values(column)
        np.testing.assert_array_equal(scenario[: first + 1], baseline[: first + 1], err_msg=column)
    emission = result.values("scheduled_emission") * 0 + result.values("nominal_emission")
    np.testing.assert_array_equal(emission[1, :first], emission[0, :first])
    assert emission[1, first] == pytest.approx(0.25 * emission[0, first])
    assert np.any(result.values("price")[1, first + 1 :] != result.values("price")[0, first + 1 :])


@pytest.mark.parametrize(("days", "years"), [(0, 1.0), (100, 0.5), (365, 2.0), (3, 0.01)])
def test_a_phase_in_is_linear_and_ends_on_its_end_date(days: int, years: float) -> None:
    network = load_network("payment")
    begins = network.as_of + dt.timedelta(days=days)
    scenario = Scenario(network, {"burn_share": 0.4}, start=begins, phase_in_years=years)
    worlds = scenario_worlds([scenario], ["scenario"], step_length=network.step_length, steps=200)
    path = worlds.parameters["burn_share"].matrix(201)[1]
    times = np.arange(201) * network.step_length - days / 365.25
    before, after = network.values["burn_share"], 0.4
    assert np.all(path[times < -1e-9] == before)
    assert np.all(path[times > years + 1e-9] == after)
    moving = (times >= 0) & (times <= years)
    np.testing.assert_allclose(path[moving], before + (after - before) * times[moving] / years, rtol=1e-12)
    paid = worlds.parameters["provider_fee_share"].matrix(201)[1]
    np.testing.assert_allclose(path + paid, before + network.values["provider_fee_share"], rtol=1e-12)


def test_a_phase_in_that_is_over_is_the_change_itself() -> None:
    network = load_network("payment")
    result = project(network, changes={"emission_scale": 0.5}, phase_in_years=1.0, years=3)
    after = int(np.ceil(1.0 / network.step_length))
    nominal = result.values("nominal_emission")
    np.testing.assert_array_equal(nominal[1, after:], 0.5 * nominal[0, after:])
    assert np.all(np.diff(nominal[1, :after]) < 0)
