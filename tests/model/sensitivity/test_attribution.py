"""Shares of a difference sum to it, give nothing for nothing, and treat equals alike."""

from __future__ import annotations

import datetime as dt
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from model import load_network, network_names, project
from model.errors import BallastError
from model.gains.ledger import ledger_of
from model.scenario.scenario import Scenario
from model.sensitivity.attribution import attribute, attribute_all
from model.sensitivity.mechanical import held_run, held_symbols
from model.sensitivity.parts import Part, part_of_changes, parts_of
from model.sensitivity.shapley import sampled_orders, shapley_values
from model.supply_events import SupplyEvent

TABLES = st.integers(1, 5).flatmap(
    lambda n: arrays.arrays(np.float64, 2**n, elements=st.floats(-100, 100, allow_nan=False))
)
CHANGES = {"burn_share": 0.5, "emission_scale": 0.8, "treasury_spend_rate": 0.2}


# ---- the axioms ---------------------------------------------------------------------------------------
@given(TABLES)
def test_shares_sum_to_the_whole(table: np.ndarray[Any, np.dtype[np.float64]]) -> None:
    assert shapley_values(table).sum() == pytest.approx(table[-1] - table[0], abs=1e-9)


@given(TABLES)
def test_a_part_that_changes_nothing_gets_nothing(table: np.ndarray[Any, np.dtype[np.float64]]) -> None:
    """A dummy as the highest bit: every combination with it is worth what it is without it."""
    shares = shapley_values(np.concatenate([table, table]))
    assert shares[-1] == 0
    np.testing.assert_allclose(shares[:-1], shapley_values(table), atol=1e-9)


@given(TABLES, st.data())
def test_parts_that_change_alike_get_alike(table: np.ndarray[Any, np.dtype[np.float64]], data: st.DataObject) -> None:
    """Swapping two parts in every combination swaps their shares; made symmetric, they are equal."""
    count = len(table).bit_length() - 1
    i, j = (data.draw(st.integers(0, count - 1)) for _ in range(2))
    rows = np.arange(len(table))
    swapped = rows & ~(1 << i) & ~(1 << j) | (rows >> i & 1) << j | (rows >> j & 1) << i
    before, after = shapley_values(table), shapley_values(table[swapped])
    assert after[i] == pytest.approx(before[j], abs=1e-9)
    even = shapley_values(table + table[swapped])
    assert even[i] == pytest.approx(even[j], abs=1e-9)


@given(TABLES)
def test_shares_are_means_over_all_orders(table: np.ndarray[Any, np.dtype[np.float64]]) -> None:
    count = len(table).bit_length() - 1
    sums = np.zeros(count)
    orders = list(permutations(range(count)))
    for order in orders:
        mask = 0
        for part in order:
            sums[part] += table[mask | 1 << part] - table[mask]
            mask |= 1 << part
    np.testing.assert_allclose(shapley_values(table), sums / len(orders), atol=1e-9)


@given(TABLES, TABLES)
def test_shares_of_a_sum_are_sums_of_shares(
    one: np.ndarray[Any, np.dtype[np.float64]], other: np.ndarray[Any, np.dtype[np.float64]]
) -> None:
    size = min(len(one), len(other))
    both = shapley_values(one[:size] + 2 * other[:size])
    np.testing.assert_allclose(both, shapley_values(one[:size]) + 2 * shapley_values(other[:size]), atol=1e-9)
    columns = shapley_values(np.stack([one[:size], other[:size]], axis=1))
    np.testing.assert_allclose(columns[:, 0], shapley_values(one[:size]), atol=1e-9)


def test_results_that_are_not_all_combinations_are_refused() -> None:
    with pytest.raises(ValueError, match="2\\*\\*n"):
        shapley_values([1.0, 2.0, 3.0])


def test_each_sampled_order_is_followed_by_its_reverse() -> None:
    orders = sampled_orders(9, 5, seed=1)
    assert orders.shape == (10, 9)
    np.testing.assert_array_equal(orders[::2], orders[1::2, ::-1])
    assert all(sorted(order) == list(range(9)) for order in orders)


# ---- on the model -------------------------------------------------------------------------------------
def test_shares_of_levers_sum_to_what_the_scenario_does() -> None:
    scenario = Scenario(load_network("payment"), CHANGES)
    run = project("payment", changes=CHANGES, years=3)
    found = attribute_all(scenario, {"price": "price", "users": lambda r: ledger_of(r).gain("users")}, years=3)
    total = float(np.diff(run.values("price")[:, -1])[0])
    price = found["price"].full
    assert price.total == pytest.approx(total, rel=1e-9)
    assert price.shares.sum() == pytest.approx(total, rel=1e-9)
    users = found["users"].full
    gain = ledger_of(run).gain("users")
    assert users.shares.sum() == pytest.approx(gain[1] - gain[0], rel=1e-9)
    for i, key in enumerate(CHANGES):
        alone = project("payment", changes={key: CHANGES[key]}, years=3).values("price")[:, -1]
        rest = {k: v for k, v in CHANGES.items() if k != key}
        without = project("payment", changes=rest, years=3).values("price")[1, -1]
        assert price.alone[i] == pytest.approx(alone[1] - alone[0], rel=1e-9)
        assert price.removed[i] == pytest.approx(price.scenario - without, rel=1e-9)


def test_a_lever_set_to_what_it_is_gets_exactly_nothing() -> None:
    network = load_network("payment")
    idle = {"user_emission_share": network.values["user_emission_share"]}
    drivers = attribute(Scenario(network, {**CHANGES, **idle}), years=2)
    row = drivers.frame.filter(part="user_emission_share").row(0, named=True)
    assert [row[name] for name in ("share", "mechanical", "behaviour", "alone", "removed")] == [0] * 5


def test_equal_streams_get_equal_shares() -> None:
    """Two events of the same size on the same day."""
    network = load_network("payment")
    day = network.as_of + dt.timedelta(days=70)
    first, second = (SupplyEvent(day, "mint_float", 1e6, title) for title in ("one", "two"))

    def keep(event: SupplyEvent) -> Part:
        return Part(
            event.title, event.title,
            lambda s: Scenario(s.network, s.changes, events=tuple(e for e in s.events if e is not event)),
        )  # fmt: skip

    scenario = Scenario(network, {"burn_share": 0.5}, events=(first, second))
    parts = (part_of_changes(scenario, ["burn_share"]), keep(first), keep(second))
    drivers = attribute(scenario, "supply", parts=parts, years=1)
    assert drivers.full.shares[1] == pytest.approx(drivers.full.shares[2], rel=1e-12)
    assert drivers.mechanical.shares[1] == pytest.approx(1e6, rel=1e-9)


def test_nothing_changed_has_no_parts_and_no_difference() -> None:
    drivers = attribute(Scenario(load_network("payment")), years=0.5)
    assert drivers.full.total == 0
    assert drivers.frame.height == 0


def test_provisions_and_hand_made_changes_stand_side_by_side() -> None:
    scenario = Scenario(
        load_network("internet-computer@2026-02"), {"emission_scale": 0.9}, proposals=["icp-mission-70"]
    )
    parts = parts_of(scenario)
    assert {p.key.split(":")[0] for p in parts} == {"icp-mission-70", "emission_scale"}
    assert len(parts) >= 4
    drivers = attribute(scenario, "supply", years=2)
    assert drivers.full.shares.sum() == pytest.approx(drivers.full.total, rel=1e-9)
    switched_off = Scenario(scenario.network, {}, proposals=["icp-mission-70"], without=frozenset({parts[0].key}))
    assert parts[0].key not in {p.key for p in parts_of(switched_off)}


def test_a_whole_split_of_revenue_is_one_part() -> None:
    """With the payer's own share set, no share can be left out without the others."""
    split = {"burn_share": 0.5, "staker_fee_share": 0.1, "provider_fee_share": 0.3, "treasury_fee_share": 0.1}
    parts = parts_of(Scenario(load_network("payment"), {**split, "emission_scale": 0.8}))
    assert [p.label for p in parts] == ["Split of revenue", "Emission multiplier"]


def test_shares_that_nobody_can_pay_for_alone_are_joined() -> None:
    """The burn share alone would take more than stakers have; lowering the treasury's share makes room."""
    network = load_network("payment")
    changes = {"treasury_fee_share": 0.0, "burn_share": network.values["burn_share"] + 0.15}
    drivers = attribute(Scenario(network, changes, funded_by="stakers"), years=1)
    assert [p.key for p in drivers.full.parts] == ["treasury_fee_share+burn_share"]


def test_parts_that_cannot_be_told_apart_are_told_in_a_sentence() -> None:
    network = load_network("payment")
    changes = {"treasury_fee_share": 0.0, "burn_share": network.values["burn_share"] + 0.15}
    scenario = Scenario(network, changes, funded_by="stakers")
    parts = tuple(part_of_changes(scenario, [key]) for key in changes)
    with pytest.raises(BallastError, match="cannot be told apart"):
        attribute(scenario, parts=parts, years=1)


def test_sampled_shares_sum_to_the_whole_and_lie_within_their_spread_of_the_exact_ones(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scenario = Scenario(load_network("payment"), {**CHANGES, "slashing_rate": 0.05, "fee_burn": 1e6})
    exact = attribute(scenario, "supply", years=2).full
    monkeypatch.setattr("model.sensitivity.attribution.EXACT_UP_TO", 4)
    sampled = attribute(scenario, "supply", years=2, orders=24, seed=5).full
    assert sampled.shares.sum() == pytest.approx(sampled.total, rel=1e-9)
    assert sampled.spread.max() > 0
    assert np.all(np.abs(sampled.shares - exact.shares) <= 5 * sampled.spread + 1e-9 * abs(exact.total))


def test_over_futures_shares_are_of_the_mean_difference() -> None:
    scenario = Scenario(load_network("payment"), {"burn_share": 0.5, "emission_scale": 0.8})
    found = attribute(scenario, years=1, draws=6, seed=2).full
    run = project("payment", changes=scenario.changes, years=1, draws=6, seed=2)
    ends = run.values("price")[:, -1].reshape(2, 6).mean(axis=1)
    assert found.shares.sum() == pytest.approx(ends[1] - ends[0], rel=1e-9)
    with pytest.raises(BallastError, match="too many"):
        attribute(scenario, years=1, draws=5000)


def test_a_combination_that_stops_is_told() -> None:
    scenario = Scenario(load_network("textbook"), {"fiat_indexed_mint": 14.0, "burn_share": 0.1})
    found = attribute(scenario, years=40).full
    assert "stops in" in found.undefined
    assert np.isnan(found.shares).any()


# ---- behaviour held -----------------------------------------------------------------------------------
@pytest.mark.parametrize("name", network_names())
def test_the_baseline_comes_out_as_it_was_when_behaviour_is_held(name: str) -> None:
    run = project(name, changes={"emission_scale": 0.6}, years=2)
    held = held_run(run)
    for state in run.system.state_names:
        np.testing.assert_allclose(held.values(state)[0], run.values(state)[0], rtol=1e-11, err_msg=state)
    for column in ("burn", "emission", "revenue", "provider_income", "market_cap"):
        np.testing.assert_allclose(held.values(column)[0], run.values(column)[0], rtol=1e-9, err_msg=column)
    keeps = [held.values(run.system.vocabulary.columns[s]) for s in held_symbols(run.system)[0]]
    assert all(np.array_equal(path[1], path[0]) for path in keeps)
    assert not np.array_equal(held.values("emission")[1], held.values("emission")[0])


@pytest.mark.parametrize("name", network_names())
def test_tokens_and_gains_add_up_when_behaviour_is_held(name: str) -> None:
    changes = {"emission_scale": 0.6, "emission_recycled_share": 0.2}
    held = held_run(project(name, changes=changes, years=2))
    np.testing.assert_allclose(held.values("supply"), held.values("supply_accounted"), rtol=1e-12)
    book = ledger_of(held)
    assert np.all(
        np.abs(book.residual) <= 1e-12 * (np.abs(book.parts).sum(axis=(0, 1)) + book.start_wealth.sum(axis=0))
    )


def test_arithmetic_alone_is_burn_at_the_baselines_price() -> None:
    """By hand: held behaviour burns the new share of the old revenue at the old price, every week."""
    run = project("textbook", changes={"burn_share": 0.7}, years=3)
    held = held_run(run)
    price, revenue = run.values("price")[0], run.values("revenue")[0]
    np.testing.assert_allclose(held.values("burn")[1], 0.7 * revenue / price, rtol=1e-12)
    lost = ((0.7 - 0.5) * revenue / price)[:-1].sum() * run.step_length
    supply = held.values("supply")[:, -1]
    assert supply[0] - supply[1] == pytest.approx(lost, rel=1e-9)


def test_a_surcharge_is_burned_mechanically_without_anybody_leaving() -> None:
    run = project("textbook", changes={"user_surcharge": 0.2}, assumptions={"demand_elasticity": 1.5}, years=1)
    held = held_run(run)
    np.testing.assert_array_equal(held.values("served")[1], run.values("served")[0])
    assert np.all(run.values("served")[1] < run.values("served")[0])
    np.testing.assert_allclose(held.values("surcharge")[1], 0.2 * run.values("revenue")[0])


def test_what_moves_only_by_behaviour_has_no_mechanical_share() -> None:
    drivers = attribute(Scenario(load_network("payment"), CHANGES), "capacity", years=2)
    assert np.all(drivers.mechanical.shares == 0)
    np.testing.assert_array_equal(drivers.behaviour, drivers.full.shares)
    assert abs(drivers.full.total) > 1e-3 * drivers.full.baseline


@settings(max_examples=10, deadline=None)
@given(st.floats(0.0, 1.0), st.floats(0.2, 1.8))
def test_mechanical_and_behaviour_sum_to_the_share_at_any_setting(burn: float, scale: float) -> None:
    scenario = Scenario(load_network("textbook"), {"burn_share": burn * 0.7, "emission_scale": scale})
    drivers = attribute(scenario, "supply", years=0.5)
    np.testing.assert_allclose(drivers.mechanical.shares + drivers.behaviour, drivers.full.shares, atol=1e-9)
    assert drivers.mechanical.shares.sum() == pytest.approx(drivers.mechanical.total, abs=1e-9)
