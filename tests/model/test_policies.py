"""Buyback and hold, and emission steered to a goal: neutral until moved, closed, and what theory says of them."""

from __future__ import annotations

import numpy as np
import pytest

from model import Scenario, equilibrium, load_network, project
from model.errors import UnknownKeyError
from model.system import system_for

NEUTRAL = {"goal-bonded": "goal_bonded_response", "buyback": "buyback_share"}


@pytest.mark.parametrize("engine", ["kernel", "polars"])
@pytest.mark.parametrize("key", NEUTRAL.values())
def test_a_policy_at_its_neutral_value_changes_no_number_but_in_the_last_digit(key: str, engine: str) -> None:
    network = load_network("payment")
    plain, with_module = (
        project(network, years=3, engine=engine),  # type: ignore[arg-type]
        project(network, changes={key: 0.0}, years=3, engine=engine),  # type: ignore[arg-type]
    )
    assert with_module.system is not plain.system
    for name in (*plain.system.state_names, "emission", "burn", "revenue", "treasury_fiat", "staking_yield"):
        np.testing.assert_allclose(
            with_module.values(name)[0], plain.values(name)[0], rtol=1e-14, equal_nan=True, err_msg=name
        )


def test_what_the_treasury_buys_leaves_the_float_and_is_paid_for() -> None:
    run = project("payment", changes={"buyback_share": 0.05}, years=4)
    step = run.paths.worlds.step_length
    bought, price = run.values("bought_back")[1, :-1], run.values("price")[1, :-1]
    revenue = run.values("revenue")[1, :-1]
    np.testing.assert_allclose(bought * price, 0.05 * revenue, rtol=1e-12)
    fiat = np.diff(run.values("treasury_fiat")[1]) / step
    np.testing.assert_allclose(fiat, 0.1 * revenue - bought * price, rtol=1e-6)
    treasury = np.diff(run.values("treasury")[1]) / step
    np.testing.assert_allclose(treasury, bought + run.values("treasury_emission")[1, :-1], rtol=1e-6)


def test_the_treasury_never_spends_more_than_it_receives_of_a_stream() -> None:
    run = project("payment", changes={"buyback_share": 1.0}, years=4)
    assert run.values("treasury_fiat")[1] == pytest.approx(np.zeros(run.paths.worlds.steps + 1), abs=1e-6)
    assert (run.values("treasury_fiat")[1] >= 0).all()
    np.testing.assert_allclose(run.values("buyback_value")[1], 0.1 * run.values("revenue")[1], rtol=1e-12)


def test_supply_stays_the_same_whether_tokens_are_bought_or_not() -> None:
    """Buying moves tokens; it neither mints nor burns. Emission is constant and nothing else is burned here."""
    run = project("staking", changes={"buyback_share": 0.1}, years=5)
    np.testing.assert_allclose(run.values("supply")[1], run.values("supply")[0], rtol=1e-12)
    assert run.values("float_supply")[1, -1] < run.values("float_supply")[0, -1]


def test_gains_add_up_with_buybacks_too() -> None:
    run = project("payment", changes={"buyback_share": 0.05, "goal_bonded_response": 1.0}, years=5)
    flow = np.abs(run.values("market_cap_change")[1, :-1]).max()
    assert np.abs(run.values("ledger_residual")[1, :-1]).max() <= 1e-11 * flow


@pytest.mark.parametrize("spend", [0.0, 0.4])
def test_the_rest_point_with_buybacks_is_where_the_simulation_ends(spend: float) -> None:
    changes = {"treasury_fee_share": 0.1, "buyback_share": 0.1, "treasury_spend_rate": spend}
    rest = equilibrium("textbook", changes=changes, funded_by="providers")
    run = project("textbook", changes=changes, funded_by="providers", years=400)
    assert run.values("price")[1, -1] == pytest.approx(rest.points[0].price, rel=1e-6)
    if spend:
        assert run.values("treasury")[1, -1] == pytest.approx(rest.points[0].treasury, rel=1e-6)


def test_a_treasury_that_spends_what_it_buys_leaves_the_rest_price_where_it_was() -> None:
    """Bought tokens come back into the float, so burn has to meet the same mint."""
    base = {"treasury_fee_share": 0.1}
    plain = equilibrium("textbook", changes=base, funded_by="providers")
    buying = equilibrium("textbook", changes={**base, "buyback_share": 0.1}, funded_by="providers")
    assert buying.points[0].price == pytest.approx(plain.points[0].price, rel=1e-9)


@pytest.mark.parametrize(("goal", "side"), [(0.95, 1), (0.1, -1)])
def test_emission_rises_below_the_goal_and_falls_above_it(goal: float, side: int) -> None:
    run = project("staking", changes={"goal_bonded_response": 0.5, "goal_bonded_ratio": goal}, years=3)
    gap = run.values("emission")[1] - run.values("emission")[0]
    assert gap[0] == 0
    assert (side * gap[1:] > 0).all()


def test_emission_keeps_between_its_floor_and_its_cap() -> None:
    changes = {"goal_bonded_response": 50.0, "goal_bonded_floor": 0.7, "goal_bonded_cap": 1.3}
    for goal, edge in ((0.95, 1.3), (0.1, 0.7)):
        run = project("staking", changes={**changes, "goal_bonded_ratio": goal}, years=3)
        assert run.values("emission")[1, -1] == pytest.approx(edge * run.values("emission")[0, -1])


def test_on_fetch_the_rule_of_the_sdk_moves_inflation_as_the_sdk_does() -> None:
    """The multiplier times 3% changes by 0.13 (1 - bonded / 0.67) a year."""
    run = project("fetch", changes={"goal_bonded_response": 0.13 / 0.03, "goal_bonded_ratio": 0.67}, years=1)
    inflation = run.values("nominal_emission")[1] / run.values("supply")[1]
    bonded = run.values("bonded_ratio")[1]
    change = np.diff(inflation) / run.paths.worlds.step_length
    np.testing.assert_allclose(change, 0.13 * (1 - bonded[:-1] / 0.67), rtol=1e-6)


def test_a_network_without_stake_has_no_goal_to_bond() -> None:
    with pytest.raises(UnknownKeyError, match="no key 'goal_bonded_response'"):
        Scenario(load_network("render"), {"goal_bonded_response": 1.0})
    shape = load_network("render").structure.with_modules(frozenset({"goal-bonded"}))
    assert "emission_swing" not in system_for(shape).columns


def test_the_keys_of_target_bonded_inflation_steer_a_fixed_share_of_supply_too() -> None:
    """Fetch.ai from 3% to between 7% and 20%, at 13 points a year at most: as rates, the goal its proposal sets."""
    proposal = ["fetch-goal-bonded-inflation"]
    rates = {
        "target_bonded_ratio": 0.67, "inflation_floor": 0.07, "inflation_cap": 0.2, "inflation_response": 0.13,
    }  # fmt: skip
    proposed = project("fetch", proposals=proposal, years=3)
    named = project("fetch", changes=rates, start="2027-01-01", years=3)  # type: ignore[arg-type]
    np.testing.assert_allclose(named.values("supply")[1], proposed.values("supply")[1], rtol=1e-12)
    on_top = project("fetch", proposals=proposal, changes={"target_bonded_ratio": 0.5}, years=3)
    same = project("fetch", proposals=proposal, changes={"goal_bonded_ratio": 0.5}, years=3)
    assert np.array_equal(on_top.values("supply"), same.values("supply"))
    assert not np.array_equal(on_top.values("supply"), proposed.values("supply"))
    link = Scenario.from_link("?network=fetch&target_bonded_ratio=0.5")
    assert link.changes == {"goal_bonded_ratio": 0.5}
    with pytest.raises(UnknownKeyError, match="goal_bonded_floor steers a schedule"):
        project("payment", changes={"inflation_floor": 0.07}, years=1)
