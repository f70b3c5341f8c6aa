"""What holds on every path, whatever is set: tokens are conserved, nothing is negative, nothing moves by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import load_network, network_names, project
from model.engine.assembly import scenario_worlds
from model.engine.given import evaluate_given
from model.engine.results import Run
from model.engine.stepper import Paths, run
from model.engine.worlds import Floats, Worlds, assemble
from model.presets.network import Network
from model.scenario.scenario import Scenario
from model.structure import MODULES, Structure
from model.system import system_for
from tests.model.corners import Start, lever_pairs, of_network, of_structure, random_corners
from tests.model.shapes import MIXED, name_of, of_family
from tests.validation import Record

BOTH = pytest.mark.parametrize("engine", ["kernel", "polars"])
NETWORKS = pytest.mark.parametrize("name", network_names())
DAY_ONE = dt.date(2026, 1, 1)


def result_of(paths: Paths) -> Run:
    return Run(paths, start=DAY_ONE, draws=[0] * paths.worlds.count)


def lives(paths: Paths) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Shape (worlds, steps + 1): whether a world has not stopped yet."""
    steps = np.arange(paths.worlds.steps + 1)
    return (paths.stopped[:, None] < 0) | (steps < paths.stopped[:, None])


def identity_error(result: Run) -> Floats:
    """Supply in buckets against supply by accounting, relative to the largest supply so far."""
    supply, accounted = result.values("supply"), result.values("supply_accounted")
    return np.abs(supply - accounted) / np.maximum.accumulate(supply, axis=1)


# ---- all corners of lever pairs -----------------------------------------------------------------------
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


# ---- nothing moves by itself --------------------------------------------------------------------------
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


# ---- worlds that stop, burns that are cut -------------------------------------------------------------
@BOTH
def test_fiat_pay_above_the_burn_ends_in_hyper_inflation_and_nothing_is_shown_after_it(engine: Any) -> None:
    network = load_network("textbook")
    result = project(network, changes={"fiat_indexed_mint": 60.0}, years=10, engine=engine)
    (stop,) = result.stopped.to_dicts()
    assert stop["world"] == "scenario"
    assert stop["reason"].startswith("hyper-inflation")
    step = int(result.paths.stopped[1])
    price = result.values("price")
    assert price[1, step - 1] > 1e-6 * price[1, 0]
    rows = result.frame
    shown = rows.filter((rows["world"] == "scenario") & (rows["step"] >= step))
    assert shown.height == result.paths.worlds.steps + 1 - step > 0
    numbers = shown.drop("world", "draw", "step", "date")
    assert numbers.null_count().row(0) == (shown.height,) * numbers.width
    before = rows.filter((rows["world"] == "scenario") & (rows["step"] < step)).select("price", "supply", "burn")
    assert before.null_count().row(0) == (0, 0, 0)
    assert rows.filter(rows["world"] == "baseline")["price"].null_count() == 0


def test_fiat_pay_below_the_burn_does_not_stop() -> None:
    result = project("textbook", changes={"fiat_indexed_mint": 4.0}, years=100)
    assert result.stopped.height == 0


def test_a_price_that_collapses_without_fiat_pay_is_told_apart() -> None:
    changes = {"emission_rate": 0.0}
    result = project(
        "textbook", changes=changes, assumptions={"speculative_holdings": 0.0, "demand_growth": -2.0}, years=60
    )
    reasons = set(result.stopped["reason"].to_list())
    assert len(reasons) == 1
    assert reasons.pop().startswith("price collapse")


@BOTH
def test_a_burn_above_the_float_is_cut_and_flagged(engine: Any) -> None:
    network = load_network("textbook")
    result = project(network, changes={"fee_burn": 1000.0}, years=0.5, engine=engine)
    v = result.values
    np.testing.assert_array_equal(v("burn_clipped")[0], 0.0)
    np.testing.assert_array_equal(v("burn_clipped")[1], 1.0)
    assert np.all(v("float_supply")[1] > 0)
    assert np.all(v("float_burn")[1] < v("burn_wanted")[1])
    assert np.all(v("float_burn")[1] * result.paths.worlds.step_length <= v("float_supply")[1])
    assert identity_error(result).max() <= 1e-13


@BOTH
def test_stake_and_burn_together_never_take_more_than_the_float(engine: Any) -> None:
    """Everybody stakes and everything burns in the same step."""
    start = of_structure(Structure())
    columns = {
        "fee_burn": np.full(2, 1e9), "staking_ratio_at_required_yield": np.full(2, 2.0),
        "staking_speed": np.array([3.0, 52.0]),
    }  # fmt: skip
    stocks = {**start.initial, "staked": 0.5, "float_supply": 40.0}
    result = result_of(run(replace(start, initial=stocks).worlds(columns, 3), engine))
    assert np.all(result.values("stake_flow")[:, 0] > 1.0)
    assert np.all(result.values("burn_clipped")[:, 0] == 1.0)
    assert np.nanmin(result.values("float_supply")) > 0


def test_a_treasury_never_spends_more_than_it_has() -> None:
    result = project("governance", changes={"treasury_spend_rate": 12.0, "treasury_budget": 1e12}, years=4)
    for column in ("treasury", "treasury_fiat", "treasury_spending"):
        assert result.values(column).min() >= 0
    assert result.values("treasury")[1, -1] < 0.01 * result.values("treasury")[0, -1]


# ---- unlocks ------------------------------------------------------------------------------------------
def vesting_worlds(cliff: float, years: float, lump: float, tokens: float, steps: int) -> Worlds:
    start = of_structure(Structure(buckets=("team",)))
    values = {
        **start.values, "team.vesting_cliff": cliff, "team.vesting_years": years, "team.vesting_cliff_share": lump,
    }  # fmt: skip
    initial = {**start.initial, "locked.team": tokens}
    return assemble(start.system, ["w"], values, initial, step_length=start.step_length, steps=steps)


@settings(max_examples=60)
@given(
    cliff=st.one_of(st.just(0.0), st.floats(0.01, 3), st.integers(1, 150).map(lambda k: k * 7 / 365.25)),
    years=st.one_of(st.floats(0.02, 4), st.integers(2, 200).map(lambda k: k * 7 / 365.25)),
    lump=st.sampled_from([0.0, 0.25, 1.0]),
    tokens=st.sampled_from([1e-3, 3.0, 1e9]),
)
def test_a_bucket_unlocks_exactly_its_tokens_and_none_before_its_cliff(
    cliff: float, years: float, lump: float, tokens: float
) -> None:
    worlds = vesting_worlds(cliff, years, lump, tokens, steps=400)
    v = worlds.system.vocabulary.variable
    locked, unlock = v("locked", bucket="team"), v("unlock", bucket="team")
    found = evaluate_given(worlds, [locked, unlock])
    left, rate = found[locked].matrix(401)[0], found[unlock].matrix(401)[0]
    length = worlds.step_length
    ends = (np.arange(401) + 1) * length
    assert np.all(rate >= 0)
    assert np.all(rate[ends < cliff * (1 - 1e-9)] == 0)
    assert rate[:400].sum() * length == pytest.approx(tokens, rel=1e-9)
    assert left[0] == tokens
    assert left[-1] == 0.0
    np.testing.assert_allclose(left[:-1] - rate[:-1] * length, left[1:], atol=1e-9 * tokens)
    if cliff == 0 or cliff > length:
        at_cliff = int(np.argmax(ends >= cliff * (1 - 1e-12)))
        evenly = min((ends[at_cliff] - cliff) / years, 1.0)
        assert rate[at_cliff] * length == pytest.approx(
            tokens * (lump + (1 - lump) * evenly), rel=1e-6, abs=1e-9 * tokens
        )


@BOTH
def test_unlocked_tokens_enter_the_float_and_leave_supply_as_it_was(engine: Any) -> None:
    worlds = vesting_worlds(cliff=0.5, years=1.0, lump=0.25, tokens=6.0, steps=110)
    without = replace(worlds, initial={**worlds.initial, "locked.team": np.zeros(1)})
    result, other = result_of(run(worlds, engine)), result_of(run(without, engine))
    assert identity_error(result).max() <= 1e-13
    assert result.values("locked")[0, -1] == 0
    assert result.values("locked.team")[0, 0] == 6.0
    gained = result.values("supply")[0] - other.values("supply")[0]
    assert gained[0] == pytest.approx(6.0)
    assert result.values("price")[0, -1] < other.values("price")[0, -1]


# ---- issued and burned --------------------------------------------------------------------------------
def test_recycling_lowers_what_is_issued_and_burning_does_not() -> None:
    recycled = project("textbook", changes={"emission_recycled_share": 0.5}, years=5)
    issued, burned = recycled.values("issued"), recycled.values("burned")
    providers = load_network("textbook").values["provider_emission_share"]
    added = issued[:, -1] - issued[:, 0]
    assert added[1] == pytest.approx(added[0] * (1 - 0.5 * providers))
    fee_burn = project("textbook", changes={"fee_burn": 0.5}, years=5)
    issued, burned = fee_burn.values("issued"), fee_burn.values("burned")
    np.testing.assert_array_equal(issued[1], issued[0])
    assert burned[1, -1] - burned[1, 0] > burned[0, -1] - burned[0, 0] + 1
    assert fee_burn.values("supply")[1, -1] < fee_burn.values("supply")[0, -1]


def test_recycling_delays_halvings_by_issuance_and_burning_does_not() -> None:
    start = of_structure(of_family("supply-halving", Structure()))
    columns = {
        "emission_recycled_share": np.array([0.0, 0.5, 0.0]),
        "fee_burn": np.array([0.0, 0.0, 0.5]),
        "maximum_supply": np.full(3, 60.0),
    }
    result = result_of(run(start.worlds(columns, 200), "kernel"))
    level = result.values("scheduled_emission")
    first = np.argmax(level < level[:, :1], axis=1)
    assert 0 < first[0] < first[1]
    assert first[2] == first[0]


# ---- edges in time and in issuance --------------------------------------------------------------------
def edges_of(values: Floats) -> list[int]:
    """Steps at which a schedule moves down by more than a hundredth."""
    return [int(step) + 1 for step in np.flatnonzero(np.diff(values) < -0.01 * np.abs(values[:-1]))]


def schedule_of(family: str, engine: Any, step_length: float, steps: int, **values: float) -> Floats:
    start = replace(of_structure(of_family(family, Structure())), step_length=step_length)
    worlds = assemble(
        start.system, ["w"], {**start.values, **values}, {**start.initial, "issued": 0.0},
        step_length=step_length, steps=steps,
    )  # fmt: skip
    level: Floats = result_of(run(worlds, engine)).values("scheduled_emission")[0]
    return level


@BOTH
@pytest.mark.parametrize(
    ("length", "years"), [(1 / 52, 1.0), (1 / 48, 0.25), (7 / 365.25, 2.0), (1 / 12, 0.3), (0.1, 0.3), (1 / 49, 1.0)]
)
def test_time_halvings_fall_on_the_first_step_at_or_after_their_date(engine: Any, length: float, years: float) -> None:
    level = schedule_of("time-halving", engine, length, 110, halving_years=years)
    times = np.array([round(k * length, 12) for k in range(111)])
    expected = 4.0 * 0.5 ** np.floor(times / years + 1e-9)
    np.testing.assert_array_equal(level, expected)


@BOTH
def test_supply_halvings_fall_on_the_step_at_which_issuance_reaches_the_threshold(engine: Any) -> None:
    """Four a year from nothing and a cap of sixteen: half of it is issued after exactly 104 weeks of 1/52 year."""
    level = schedule_of("supply-halving", engine, 1 / 52, 420, maximum_supply=16.0)
    assert edges_of(level) == [104, 208, 312, 416]
    assert sorted(set(level.round(12)), reverse=True) == [4.0, 2.0, 1.0, 0.5, 0.25]


@BOTH
def test_table_years_begin_on_their_date_and_end_at_the_cap(engine: Any) -> None:
    table = {"emission_table.1": 4.0, "emission_table.2": 2.0, "emission_table.3": 1.0}
    tail = {"emission_table_factor": 0.5, "emission_table_cap": 7.6}
    level = schedule_of("table", engine, 1 / 48, 300, **table, **tail)
    assert edges_of(level) == [48, 96, 144, 192, 240]
    np.testing.assert_allclose(level[[0, 48, 96, 144, 192, 240]], [4, 2, 1, 0.5, 0.1, 0], atol=1e-12)
    assert level.sum() / 48 == pytest.approx(7.6, rel=1e-9)
    aged = schedule_of("table", engine, 1 / 48, 60, schedule_age=0.75, **table, **tail)
    assert edges_of(aged) == [12, 60]


@pytest.mark.parametrize("family", ["time-halving", "supply-halving", "table"])
def test_edges_fall_on_the_same_step_in_both_engines(family: str) -> None:
    """Weeks of seven days never meet a year exactly; a threshold compares with a tolerance, so engines agree."""
    values = {"halving_years": 0.5, "maximum_supply": 12.0, "emission_table_cap": 9.0, "emission_table_factor": 0.7}
    start = of_structure(of_family(family, Structure()))
    values = {key: value for key, value in values.items() if key in start.values}
    kernel, polars = (schedule_of(family, engine, 7 / 365.25, 300, **values) for engine in ("kernel", "polars"))
    assert edges_of(kernel) == edges_of(polars) != []
    np.testing.assert_allclose(kernel, polars, rtol=1e-12)


# ---- several roles, several streams -------------------------------------------------------------------
def steps_of(shape: Structure, values: Mapping[str, float], initial: Mapping[str, float], steps: int = 156) -> Run:
    worlds = assemble(system_for(shape), ["w"], values, initial, step_length=1 / 52, steps=steps)
    return result_of(run(worlds, "polars"))


MARKET = ("price", "float_supply", "staked", "treasury", "treasury_fiat", "revenue", "emission", "burn", "quality")


def moved_textbook() -> tuple[Network, dict[str, float], dict[str, float]]:
    """The textbook away from rest, so that every equation is at work."""
    network = load_network("textbook")
    values = dict(network.values)
    values.update(fiat_indexed_mint=0.3, slashing_rate=0.03, demand_growth=0.1, treasury_fee_share=0.05)
    values["provider_fee_share"] -= 0.05
    initial = dict(network.initial)
    initial.update(price=0.6 * initial["price"], capacity=0.8 * initial["capacity"])
    return network, values, initial


def in_roles(
    names: tuple[str, ...], values: Mapping[str, float], initial: Mapping[str, float], part: Mapping[str, float]
) -> tuple[Structure, dict[str, float], dict[str, float]]:
    """The textbook's one role as several roles, each with a part of its income and of its capacity."""
    one = load_network("textbook").structure
    shape = replace(one, roles=names, capacity_role=names[0])
    written: dict[str, float] = {}
    for key, concrete in system_for(shape).parameters.items():
        role, word = concrete.role, concrete.declared.word
        single = concrete.declared.single or word
        if role is None:
            written[key] = values.get(key, concrete.declared.default)
        elif word == "quality_weight":
            written[key] = part[role]
        elif word in ("fee_share", "emission_share", "fiat_reward", "half_quality_capacity"):
            written[key] = values[single] * part[role]
        else:
            written[key] = values[single]
    written["units_per_capacity"] = values["units_per_capacity"] / part[names[0]]
    stocks = {name: value for name, value in initial.items() if name not in ("capacity", "quality")}
    for role in names:
        stocks[f"capacity.{role}"] = initial["capacity"] * part[role]
        stocks[f"quality.{role}"] = initial["quality"]
    return shape, written, stocks


def assert_same(result: Run, other: Run, columns: tuple[str, ...] = MARKET, rel: float = 1e-13) -> None:
    for column in columns:
        np.testing.assert_allclose(other.values(column), result.values(column), rtol=rel, atol=1e-300, err_msg=column)


def test_the_name_of_a_role_is_only_a_name() -> None:
    network, values, initial = moved_textbook()
    shape = replace(network.structure, roles=("compute",), capacity_role="compute")
    core = steps_of(network.structure, values, initial)
    assert np.ptp(core.values("price")) > 0.1
    renamed = steps_of(shape, values, initial)
    np.testing.assert_array_equal(renamed.paths.states, core.paths.states)


@pytest.mark.parametrize("parts", [(0.5, 0.5), (0.8, 0.2), (0.4, 0.15, 0.3, 0.15)])
def test_roles_of_one_kind_are_one_role(parts: tuple[float, ...]) -> None:
    """One role cut into parts, each with its part of income, capacity and weight, is the core step for step."""
    network, values, initial = moved_textbook()
    names = ("compute", "data", "models", "validators")[: len(parts)]
    core = steps_of(network.structure, values, initial)
    cut = steps_of(*in_roles(names, values, initial, dict(zip(names, parts, strict=True))))
    assert_same(core, cut)
    total = sum(cut.values(f"capacity.{name}") for name in names)
    np.testing.assert_allclose(total, core.values("capacity"), rtol=1e-13)


def test_a_role_without_weight_and_pay_leaves_the_core_as_it_is() -> None:
    network, values, initial = moved_textbook()
    core = steps_of(network.structure, values, initial)
    shape, written, stocks = in_roles(("compute", "idle"), values, initial, {"compute": 1.0, "idle": 0.0})
    written["idle.half_quality_capacity"] = 1.0
    stocks["capacity.idle"] = 1.0
    other = steps_of(shape, written, stocks)
    assert_same(core, other)
    assert other.values("capacity.idle")[0, -1] < 0.05


def test_an_essential_role_without_pay_takes_the_network_down() -> None:
    network, values, initial = moved_textbook()
    shape, written, stocks = in_roles(("compute", "idle"), values, initial, {"compute": 1.0, "idle": 0.0})
    written.update({"idle.half_quality_capacity": 1.0, "compute.quality_weight": 0.7, "idle.quality_weight": 0.3})
    stocks["capacity.idle"] = 4.0
    core, other = steps_of(network.structure, values, initial), steps_of(shape, written, stocks)
    assert other.values("revenue")[0, -1] < 0.5 * core.values("revenue")[0, -1]


@pytest.mark.parametrize("halves", [(0.5, 0.5), (0.9, 0.1)])
def test_one_stream_is_two_streams_of_one_kind(halves: tuple[float, float]) -> None:
    network, values, initial = moved_textbook()
    values["user_surcharge"] = 0.1
    values["fiat_reward_share"] = 0.02
    core = steps_of(network.structure, values, initial)
    shape = replace(network.structure, streams=("jobs", "storage"))
    written = {}
    for key, concrete in system_for(shape).parameters.items():
        stem = key.split(".")[-1] if concrete.stream else key
        written[key] = values[stem]
        if stem == "demand_scale":
            written[key] *= halves[0] if concrete.stream == "jobs" else halves[1]
    assert len(written) > len(values)
    two = steps_of(shape, written, initial)
    assert_same(core, two)
    np.testing.assert_allclose(two.values("revenue.jobs"), halves[0] * core.values("revenue"), rtol=1e-13)


# ---- optional parts -----------------------------------------------------------------------------------
@pytest.mark.parametrize("module", MODULES)
def test_a_module_at_its_neutral_value_changes_nothing(module: str) -> None:
    network = load_network("textbook")
    without = replace(network.structure, modules=frozenset({"staking"} - {module}), buckets=())
    shape = without.with_modules(frozenset({module}))
    initial = {**network.initial_for(shape), "price": network.initial["price"] * 0.7}
    if module == "staking":
        initial["staked"] = 0.0
    values = network.values_for(shape)
    bare = steps_of(without, {key: values[key] for key in system_for(without).parameters}, initial)
    full = steps_of(shape, values, initial)
    assert set(bare.system.columns) < set(full.system.columns) or module in ("hysteresis", "token-pricing", "coverage")
    columns = tuple(column for column in bare.system.columns if column != "clearing_price")
    assert_same(bare, full, columns, rel=1e-13)


def test_token_priced_jobs_with_exponent_zero_are_fiat_priced_and_with_one_they_are_not() -> None:
    network = load_network("textbook")
    start: Start = of_network(network, frozenset({"token-pricing"}))
    moved = replace(start, initial={**start.initial, "price": 0.5 * start.initial["price"]})
    result = result_of(run(moved.worlds({"token_pricing": np.array([0.0, 1.0])}, 104), "polars"))
    plain = steps_of(network.structure, network.values, moved.initial, steps=104)
    np.testing.assert_allclose(result.values("price")[0], plain.values("price")[0], rtol=1e-13)
    np.testing.assert_allclose(result.values("list_price")[0], 1.0, rtol=1e-15)
    price = result.values("price")[1]
    np.testing.assert_allclose(result.values("list_price")[1], price / network.initial["price"], rtol=1e-13)
    assert abs(result.values("revenue")[1, 1] / result.values("revenue")[0, 1] - 1) > 0.05
