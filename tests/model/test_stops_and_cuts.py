"""Worlds that stop, burns and spending that are cut, and what is issued, burned and unlocked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import load_network, project
from model.engine.given import evaluate_given
from model.engine.stepper import run
from model.engine.worlds import Floats, Worlds, assemble
from model.structure import Structure
from tests.model.corners import of_structure
from tests.model.paths import BOTH, identity_error, result_of
from tests.model.shapes import of_family


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
