"""Every equation against the specification typed a second time by hand, and a few cases solved on paper."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from model import load_network, network_names, project
from model.engine.results import Run
from model.engine.stepper import run
from model.engine.worlds import Worlds
from model.structure import Structure
from tests.model.by_hand import Economy, State
from tests.model.corners import Start, of_network, of_structure, random_corners
from tests.model.shapes import COVERING, MIXED, name_of

STEPS = 26

SPENT_DOWN = ("treasury", "treasury_fiat", "remint_pool")
"""Stocks that may be emptied: what is left is a difference, so it is held to what they once had."""


def column(shape: Structure, word: str, role: str) -> str:
    return word if len(shape.roles) == 1 else f"{word}.{role}"


def first_state(worlds: Worlds, world: int) -> State:
    shape = worlds.system.structure
    start = {name: float(values[world]) for name, values in worlds.initial.items()}
    quality = {role: start[column(shape, "quality", role)] for role in shape.roles}
    return State(
        L=start["float_supply"], K=start.get("staked", 0.0), T=start["treasury"], F=start["treasury_fiat"],
        P=start["price"], N={role: start[column(shape, "capacity", role)] for role in shape.roles}, q=quality,
        x={role: start[column(shape, "high_quality_share", role)] for role in shape.merit_roles}, I=start["issued"],
        i=start.get("inflation", 0.0), E=start.get("remint_pool", 0.0), z=start.get("holdings_swing", 0.0),
        swing=start.get("emission_swing", 0.0),
        P_before=start.get("previous_price", 1.0), U0={k: start[f"locked.{k}"] for k in shape.buckets},
    )  # fmt: skip


def by_hand(worlds: Worlds, world: int, steps: int) -> list[dict[str, float]]:
    """The world's path by the hand-typed specification."""
    shape = worlds.system.structure
    values = {key: float(c.values[c.index[world], 0]) for key, c in worlds.parameters.items()}
    state, economy = first_state(worlds, world), Economy(shape, values, worlds.step_length)
    rows = []
    for k in range(steps + 1):
        row = {
            "float_supply": state.L, "treasury": state.T, "treasury_fiat": state.F, "price": state.P,
            "issued": state.I, **{column(shape, "capacity", r): state.N[r] for r in shape.roles},
            **{column(shape, "quality", r): state.q[r] for r in shape.roles},
            **{column(shape, "high_quality_share", r): state.x[r] for r in shape.merit_roles},
        }  # fmt: skip
        if shape.uses("staking"):
            row["staked"] = state.K
        if shape.uses("net-emission"):
            row["remint_pool"] = state.E
        if shape.uses("goal-bonded"):
            row["emission_swing"] = state.swing
        if shape.emission.startswith("target-bonded"):
            row["inflation"] = state.i
        rows.append(row | economy.step(state, k * worlds.step_length))
    return rows


def assert_by_hand(worlds: Worlds, engine: Any = "polars") -> int:
    """Every world of a run against its path by hand, up to a stop; returns the number of compared numbers."""
    result = Run(run(worlds, engine), start=dt.date(2026, 1, 1), draws=[0])
    compared = 0
    for world in range(worlds.count):
        stop = int(result.paths.stopped[world])
        rows = by_hand(worlds, world, (stop if stop >= 0 else worlds.steps + 1) - 1)
        for name in rows[0]:
            path = np.array([row[name] for row in rows])
            found = result.values(name)[world, : len(rows)]
            scale = np.maximum.accumulate(np.abs(path)) if name in SPENT_DOWN else np.abs(path)
            if name == "treasury_fiat":
                scale = scale + worlds.step_length * np.array([row["revenue"] for row in rows])
            assert np.all(np.abs(found - path) <= 1e-11 * scale + 1e-300), (name, world)
            compared += len(path)
    return compared


@pytest.mark.slow
@pytest.mark.parametrize("shape", COVERING, ids=name_of)
def test_every_structure_steps_as_the_specification_typed_by_hand(shape: Structure) -> None:
    """Random ends of every parameter; overshooting worlds are kept out by moderate speeds."""
    start = of_structure(shape)
    columns = random_corners(start, 5, seed=len(name_of(shape)))
    for key in columns:
        if key in ("price_speed", "staking_speed", "staking_yield_elasticity", "holdings_momentum"):
            columns[key] = np.full(5, start.values[key])
    worlds = start.worlds(columns, STEPS)
    assert assert_by_hand(worlds) > 5 * STEPS


@pytest.mark.parametrize("name", network_names())
def test_every_network_steps_as_the_specification_typed_by_hand(name: str) -> None:
    start: Start = of_network(load_network(name), frozenset())
    worlds = start.worlds({"emission_scale": np.array([1.0, 0.4])}, 52)
    assert assert_by_hand(worlds) > 2 * 52


def test_the_kernel_steps_as_the_specification_typed_by_hand() -> None:
    start = of_structure(MIXED[0])
    worlds = start.worlds({"emission_scale": np.linspace(0.0, 2.0, 4)}, 104)
    assert_by_hand(worlds, "kernel")


def test_a_changed_specification_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison can fail: entry and exit a millionth faster are another economy."""
    slower = Economy.growth
    monkeypatch.setattr(Economy, "growth", lambda self, r, margin: slower(self, r, margin) ** 1.000001)
    start = of_structure(Structure())
    with pytest.raises(AssertionError, match="float_supply"):
        assert_by_hand(start.worlds({"emission_scale": np.array([0.5])}, 10))


# ---- solved on paper ----------------------------------------------------------------------------------
def one_step(values: dict[str, float], initial: dict[str, float], shape: Structure | None = None) -> Run:
    """One step of a fifth of a year of the textbook, so that numbers stay short."""
    network = load_network("textbook")
    start = of_network(replace(network, structure=shape or network.structure), frozenset())
    start = replace(start, initial={**start.initial, **initial}, values={**start.values, **values}, step_length=0.2)
    return Run(run(start.worlds({"emission_scale": np.ones(1)}, 1), "polars"), start=dt.date(2026, 1, 1), draws=[0])


PAPER = {
    "price": 2.0, "float_supply": 10.0, "staked": 8.0, "treasury": 5.0, "capacity": 1.5, "quality": 0.5,
}  # fmt: skip


def test_one_step_of_the_textbook_solved_on_paper() -> None:
    """R = 10 x .5 = 5; burn .5 x 5/2 = 1.25; income .3 x 5 + .6 x 2 x 4 = 6.3 on cost 1.5, margin 4.2."""
    result = one_step({}, PAPER)
    now = {name: float(result.values(name)[0, 0]) for name in result.system.columns}
    then = {name: float(result.values(name)[0, 1]) for name in result.system.state_names}
    assert now["revenue"] == pytest.approx(5.0)
    assert now["burn"] == pytest.approx(1.25)
    assert now["emission"] == pytest.approx(4.0)
    assert now["income"] == pytest.approx(6.3)
    assert now["margin"] == pytest.approx(4.2)
    assert then["capacity"] == pytest.approx(1.5 * math.exp(0.2 * 1.5 * 3.2))
    assert now["quality_target"] == pytest.approx(0.5)
    assert then["quality"] == pytest.approx(0.5)
    assert now["staking_yield"] == pytest.approx((0.25 * 4 + 0.2 * 5 / 2) / 8)
    assert now["staking_target"] == pytest.approx(0.5 * (0.1875 / 0.15) ** 1.5)
    moved = (1 - math.exp(-0.6)) * (now["staking_target"] * 18 - 8)
    assert then["staked"] == pytest.approx(8 + moved)
    assert then["treasury"] == pytest.approx(5 + 0.2 * (0.4 - 2.0))
    assert then["float_supply"] == pytest.approx(10 + 0.2 * (3.6 + 2.0 - 1.25) - moved)
    clearing = (0.6 * 5 + 1) / then["float_supply"]
    assert then["price"] == pytest.approx(2 * (clearing / 2) ** (1 - math.exp(-1.2)))
    assert now["revenue_gap"] == pytest.approx(2 * 4 / 5)
    assert now["market_cap"] == pytest.approx(2 * 23)


def test_short_capacity_is_shared_and_lowers_revenue_not_demand() -> None:
    result = one_step({"units_per_capacity": 2.0}, PAPER)
    assert result.values("demand")[0, 0] == pytest.approx(5.0)
    assert result.values("served_share")[0, 0] == pytest.approx(0.6)
    assert result.values("revenue")[0, 0] == pytest.approx(3.0)
    assert result.values("utilisation")[0, 0] == pytest.approx(1.0)


def test_a_surcharge_is_burned_on_top_and_lowers_demand_by_the_elasticity() -> None:
    result = one_step({"user_surcharge": 0.5}, PAPER)
    revenue = 5 * 1.5**-1.2
    assert result.values("revenue")[0, 0] == pytest.approx(revenue)
    assert result.values("surcharge")[0, 0] == pytest.approx(0.5 * revenue)
    assert result.values("burn")[0, 0] == pytest.approx((0.5 + 0.5) * revenue / 2)
    assert result.values("user_price")[0, 0] == pytest.approx(1.5)


def test_cheaper_compute_lowers_the_price_by_the_pass_through() -> None:
    half = one_step({"unit_cost": 0.25, "cost_pass_through": 0.5}, PAPER)
    assert half.values("list_price")[0, 0] == pytest.approx(0.5)
    assert half.values("demand")[0, 0] == pytest.approx(5 * 0.5**-1.2)


def test_slashing_lowers_yield_and_stake_and_goes_to_burn_and_treasury() -> None:
    plain, slashed = one_step({}, PAPER), one_step({"slashing_rate": 0.1, "slashed_burn_share": 0.25}, PAPER)
    assert slashed.values("slashed")[0, 0] == pytest.approx(0.8)
    assert slashed.values("staking_yield")[0, 0] == pytest.approx(plain.values("staking_yield")[0, 0] - 0.1)
    assert slashed.values("burn")[0, 0] == pytest.approx(1.25 + 0.2)
    assert slashed.values("treasury")[0, 1] == pytest.approx(plain.values("treasury")[0, 1] + 0.2 * 0.6)


def test_fiat_pay_mints_its_value_and_reaches_providers() -> None:
    result = one_step({"fiat_indexed_mint": 3.0, "fiat_reward_share": 0.1}, PAPER)
    assert result.values("fiat_indexed")[0, 0] == pytest.approx(3.5)
    assert result.values("emission")[0, 0] == pytest.approx(4 + 3.5 / 2)
    assert result.values("income")[0, 0] == pytest.approx(6.3 + 3.5)


def test_unpaid_emission_is_never_minted_or_kept_by_the_treasury() -> None:
    never = one_step({"issuance_realised_share": 0.25}, PAPER)
    kept = one_step({"issuance_realised_share": 0.25, "unrealised_to_treasury": 1.0}, PAPER)
    assert never.values("emission")[0, 0] == pytest.approx(1.0)
    assert kept.values("emission")[0, 0] == pytest.approx(4.0)
    assert never.values("treasury_emission")[0, 0] == pytest.approx(0.1)
    assert kept.values("treasury_emission")[0, 0] == pytest.approx(3.1)
    assert never.values("nominal_emission")[0, 0] == kept.values("nominal_emission")[0, 0] == pytest.approx(4.0)
    np.testing.assert_allclose(never.values("income"), kept.values("income"), rtol=1e-12)


def test_a_budget_is_paid_from_currency_first_and_then_from_tokens() -> None:
    shape = load_network("textbook").structure.with_modules(frozenset({"treasury-budget"}))
    values = {"treasury_budget": 6.0, "treasury_fee_share": 0.2, "provider_fee_share": 0.1, "treasury_spend_rate": 0.0}
    rich = one_step(values, {**PAPER, "treasury_fiat": 10.0}, shape)
    assert rich.values("treasury_fiat")[0, 1] == pytest.approx(10 + 0.2 * (0.2 * 5 - 6))
    assert rich.values("treasury_spending")[0, 0] == 0
    poor = one_step(values, {**PAPER, "treasury_fiat": 0.4}, shape)
    assert poor.values("budget_from_fiat")[0, 0] == pytest.approx(0.4 / 0.2 + 1.0)
    assert poor.values("treasury_fiat")[0, 1] == pytest.approx(0.0, abs=1e-12)
    assert poor.values("treasury_spending")[0, 0] == pytest.approx((6 - 3) / 2)


def test_hysteresis_keeps_capacity_between_avoidable_and_full_cost() -> None:
    shape = load_network("textbook").structure.with_modules(frozenset({"hysteresis"}))
    for cost, speed in ((4.0, 1.05 - 1), (6.0, 0.0), (12.0, 0.35 / 0.5 - 1)):
        initial = {**PAPER, "capacity": 1.5}
        result = one_step({"unit_cost": cost, "avoidable_cost_share": 0.5, "cost_pass_through": 0.0}, initial, shape)
        margin = 6.3 / (cost * 1.5)
        assert result.values("margin")[0, 0] == pytest.approx(margin)
        assert math.log(result.values("capacity")[0, 1] / 1.5) == pytest.approx(0.3 * speed, abs=1e-12)


def test_complements_count_the_worst_role_more() -> None:
    network = load_network("textbook-roles")
    quality = {"quality.compute": 0.9, "quality.data": 0.3, "quality.models": 0.8, "quality.validators": 0.7}
    found = []
    for rho in (0.0, -1e-5, -1.0, -5.0, -20.0):
        result = project(network, assumptions={"quality_complementarity": rho}, initial=quality, years=0.02)
        found.append(float(result.values("quality")[0, 0]))
    weights = {"compute": 0.4, "data": 0.15, "models": 0.3, "validators": 0.15}
    product = math.prod(quality[f"quality.{role}"] ** weight for role, weight in weights.items())
    harmonic = 1 / sum(weight / quality[f"quality.{role}"] for role, weight in weights.items())
    assert found[0] == pytest.approx(product)
    assert found[1] == pytest.approx(product, rel=1e-4)
    assert found[2] == pytest.approx(harmonic)
    assert found[0] > found[2] > found[3] > found[4] > 0.3
    assert found[4] == pytest.approx(0.3, abs=0.04)
