"""The ledger adds up on every path, and every group gains what its definition says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad

from model import load_network, network_names, project
from model.engine.assembly import event_columns
from model.engine.futures import with_futures
from model.engine.results import Run
from model.engine.stepper import run
from model.engine.worlds import Floats, Worlds
from model.errors import BallastError
from model.gains.ledger import DISCOUNT_RATE, PARTS, ledger_of
from model.structure import Structure
from model.supply_events import EFFECTS, SupplyEvent
from tests.model.corners import Start, of_network, of_structure, random_corners
from tests.model.shapes import MIXED, name_of
from tests.validation import Record

DAY = dt.date(2026, 1, 1)
STEPS = 60


def with_events(worlds: Worlds, size: float) -> Worlds:
    """Every effect once in each world, of a part of supply that differs from world to world."""
    decided = [
        [SupplyEvent(DAY + dt.timedelta(days=30 * (k + 1)), effect, size * (world + 1) / worlds.count)
         for k, effect in enumerate(EFFECTS)]
        for world in range(worlds.count)
    ]  # fmt: skip
    columns = event_columns(worlds.system, decided, DAY, worlds.step_length, worlds.steps)
    return replace(worlds, shocks={**worlds.shocks, **columns})


def cornered(start: Start, count: int, seed: int) -> Worlds:
    tokens = sum(start.initial.get(name, 0.0) for name in ("float_supply", "staked", "treasury"))
    return with_events(start.worlds(random_corners(start, count, seed), STEPS), 0.05 * tokens)


def result_of(worlds: Worlds) -> Run:
    return Run(run(worlds, "polars"), start=DAY, draws=np.zeros(worlds.count))


def residual_per_step(result: Run) -> Floats:
    """Residual of every completed step over all that moves in it and all that is held."""
    v = result.values
    held = v("market_cap") / result.step_length
    scale = np.maximum(held[:, :-1], held[:, 1:]) + sum(
        np.abs(v(name)[:, :-1]) for name in ("revenue", "consumer_surplus", "provider_cost", "minted_value")
    )
    return np.asarray(np.abs(v("ledger_residual")[:, :-1]) / scale)


def assert_adds_up(result: Run) -> float:
    """The largest residual of a step."""
    error = residual_per_step(result)
    complete = (result.paths.stopped[:, None] < 0) | (np.arange(STEPS) < result.paths.stopped[:, None] - 1)
    assert np.isfinite(error[complete]).all()
    assert error[complete].max() <= 2e-14
    for rate in (0.0, DISCOUNT_RATE):
        book = ledger_of(result, discount_rate=rate)
        size = np.abs(book.parts).sum(axis=(0, 1)) + book.start_wealth.sum(axis=0)
        assert np.all(np.abs(book.residual) <= 1e-12 * size)
    return float(error[complete].max())


# ---- conservation -------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", network_names())
def test_gains_add_up_to_surplus_and_market_value_in_every_network_at_random_corners(name: str, figure: Record) -> None:
    result = result_of(cornered(of_network(load_network(name)), 16, seed=len(name)))
    figure("gains", assert_adds_up(result))
    for gain in ("recipient_gain", "grantee_gain", "passive_cost"):
        assert np.nanmax(result.values(gain)) > 0, gain


@pytest.mark.slow
@pytest.mark.parametrize("shape", MIXED, ids=name_of)
def test_gains_add_up_under_every_emission_family_with_merit_pay_and_several_streams(shape: Structure) -> None:
    result = result_of(cornered(of_structure(shape), 12, seed=3))
    assert_adds_up(result)
    for gain in ("passive_income", "staker_revenue", "treasury_revenue", "unspent_burn", "locked_gain"):
        assert np.nanmax(result.values(gain)) > 0, gain


@pytest.mark.parametrize("name", ["textbook-merit", "render", "internet-computer"])
def test_gains_add_up_in_every_future(name: str) -> None:
    worlds = with_futures(cornered(of_network(load_network(name)), 4, seed=1), seed=7, count=6)
    result = Run(run(worlds, "polars"), start=DAY, draws=np.tile(np.arange(6), 4))
    assert len(set(result.values("price")[:, 20])) > 12
    assert_adds_up(result)


def test_a_world_that_stops_is_counted_up_to_its_last_whole_step() -> None:
    """Pay fixed in dollars above what is burned mints without end."""
    result = project("textbook", changes={"fiat_indexed_mint": 14.0, "burn_share": 0.1}, years=40)
    stop = int(result.paths.stopped[1])
    assert 0 < stop < result.paths.worlds.steps
    book = ledger_of(result)
    assert np.isfinite(book.gains).all()
    direct = result.values("user_gain")[1, : stop - 1].sum() * result.step_length
    assert book.gain("users")[1] == pytest.approx(direct, rel=1e-12)
    assert abs(book.residual[1]) <= 1e-10 * np.abs(book.parts[:, :, 1]).sum()


@pytest.mark.parametrize("name", network_names())
def test_the_parts_of_a_gain_add_up_to_the_declared_gain(name: str) -> None:
    result = project(name, changes={"emission_scale": 0.7}, assumptions={"token_sale_haircut": 0.1}, years=3)
    book, weight = ledger_of(result, discount_rate=0.1), np.exp(-0.1 * result.times[:-1]) * result.step_length
    for i, group in enumerate(book.groups):
        direct = result.values(group.gain)[:, :-1] @ weight
        scale = np.abs(book.parts[i]).sum(axis=0) + book.start_wealth[i]
        assert np.all(np.abs(book.gains[i] - direct) <= 1e-12 * scale), group.key


def test_a_ledger_that_forgets_a_transfer_is_noticed() -> None:
    """The line can fail: without the haircut's buyers the gains fall short by the haircut."""
    result = project("textbook", assumptions={"token_sale_haircut": 0.2}, years=1)
    lost = (result.values("ledger_residual") - result.values("passive_income"))[0, :-1]
    assert np.all(lost < -0.1)


# ---- what is shared -----------------------------------------------------------------------------------
def test_sources_are_uses_with_haircut_recycling_and_unpaid_emission() -> None:
    """E52 with what the textbook leaves out."""
    result = project(
        "render", changes={"emission_recycled_share": 0.3}, assumptions={"token_sale_haircut": 0.2}, years=1
    )
    v = result.values
    burned = v("price") * v("float_burn") - v("surcharge") - v("passive_cost") + v("unspent_burn")
    uses = (
        v("provider_income") + v("passive_income") + v("staker_income") + v("treasury_revenue")
        + v("price") * (v("treasury_emission") + v("user_emission")) + burned
    )  # fmt: skip
    np.testing.assert_allclose(uses, v("revenue") + v("price") * v("emission"), rtol=1e-12)


def test_flows_at_rest_are_those_of_the_regression_table() -> None:
    """Case C2 of section 16.9."""
    result = project("textbook-roles", years=1)
    roles = [float(result.values(f"income.{r}")[0, 0]) for r in ("compute", "data", "models", "validators")]
    assert roles == pytest.approx([2.704660, 0.591644, 1.310070, 0.464863], abs=5e-7)
    flows = {"staker_income": 2.746920, "treasury_tokens_value": 0.422603, "consumer_surplus": 11.630897}
    for name, value in flows.items():
        assert result.values(name)[0, 0] == pytest.approx(value, abs=5e-7)
    rebates = float((result.values("price") * result.values("user_emission"))[0, 0])
    assert rebates == pytest.approx(0.211302, abs=5e-7)
    shared = sum(roles) + flows["staker_income"] + flows["treasury_tokens_value"] + rebates
    assert shared == pytest.approx(float(result.values("revenue")[0, 0]), abs=3e-6)
    book = ledger_of(result)
    assert np.abs(book.gain("passive")).max() < 1e-9
    assert book.flow_at_end[book.index("stakers"), 0] == pytest.approx(2.746920, abs=5e-7)


@pytest.mark.parametrize(("change", "leaves"), [(0.6, True), (1.5, False)])
def test_role_rents_are_capacity_gained_over_the_speed_of_entry(change: float, leaves: bool) -> None:
    """E58: free entry leaves a role only the rent of its way in, and a loss on its way out."""
    result = project("textbook-roles", changes={"emission_scale": change}, years=0.5, step="day")
    book = ledger_of(result)
    for role in ("compute", "data", "models", "validators"):
        moves = np.diff(result.values(f"capacity.{role}")[1])
        assert np.all(moves < 0) == leaves
        speed = load_network("textbook-roles").values[f"{role}.{'exit' if leaves else 'entry'}_speed"]
        cost = load_network("textbook-roles").values[f"{role}.unit_cost"]
        assert book.gain(f"role.{role}")[1] == pytest.approx(cost * moves.sum() / speed, rel=0.01)


def test_merit_pay_counts_units_of_high_and_low_quality_at_their_own_cost() -> None:
    network = load_network("textbook-merit")
    result = project(network, changes={"models.merit_weight": 0.2}, years=2)
    capacity, high = result.values("capacity.models"), result.values("high_quality_share.models")
    cost, ratio = network.values["models.unit_cost"], network.values["models.cost_ratio"]
    by_kind = cost * high * capacity + cost / ratio * (1 - high) * capacity
    np.testing.assert_allclose(result.values("role_cost.models"), by_kind, rtol=1e-13)
    assert result.values("high_quality_share.models")[1, -1] < result.values("high_quality_share.models")[0, -1] - 0.1


# ---- users --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("elasticity", [0.4, 1.0, 1.0 + 1e-5, 1.6])
@pytest.mark.parametrize("surcharge", [0.0, 0.25])
@pytest.mark.parametrize("units", [50.0, 0.9])
def test_consumer_surplus_is_the_area_under_demand_up_to_the_outside_option(
    elasticity: float, surcharge: float, units: float
) -> None:
    """E56 against numerical integration; where capacity is short, every unit wanted is served in proportion."""
    assumed = {"demand_elasticity": elasticity, "units_per_capacity": units, "outside_price_ratio": 3.0}
    result = project("textbook", changes={"user_surcharge": surcharge}, assumptions=assumed, years=0.1)
    v = {name: float(result.values(name)[1, 0]) for name in ("quality", "served_share", "consumer_surplus")}
    scale = load_network("textbook").values["demand_scale"] * v["quality"]
    area, _ = quad(lambda price: scale * price**-elasticity, 1 + surcharge, 3.0)
    assert v["consumer_surplus"] == pytest.approx(area * v["served_share"], rel=2e-6)
    assert (v["served_share"] < 1) == (units < 1)


def test_nobody_gains_from_a_service_dearer_than_the_outside_option() -> None:
    assumed = {"outside_price_ratio": 1.1}
    result = project("textbook", changes={"user_surcharge": 0.2}, assumptions=assumed, years=0.1)
    assert result.values("consumer_surplus")[0, 0] > 0
    assert result.values("consumer_surplus")[1, 0] == 0


def test_the_outside_option_changes_no_path() -> None:
    near, far = (project("render", assumptions={"outside_price_ratio": x}, years=1) for x in (2.0, 12.0))
    for state in near.system.state_names:
        np.testing.assert_array_equal(near.values(state), far.values(state))
    assert np.all(near.values("consumer_surplus") < far.values("consumer_surplus"))


# ---- tokens that a decision moves ---------------------------------------------------------------------
def test_a_decided_mint_is_paid_by_holders_and_gained_by_its_recipients() -> None:
    event = SupplyEvent(load_network("payment").as_of + dt.timedelta(days=35), "mint_float", 5e6)
    result = project("payment", events=(event,), years=1)
    book = ledger_of(result)
    step = int(np.flatnonzero(result.values("recipient_gain")[1])[0])
    value = 5e6 * float(result.values("price")[1, step])
    assert book.gain("recipients") == pytest.approx([0.0, value])
    dilution = book.parts[:, PARTS.index("dilution"), 1].sum() - book.parts[:, PARTS.index("dilution"), 0].sum()
    assert -dilution > 0.9 * value


def test_a_release_from_the_treasury_is_the_grantees_gain_and_the_treasurys_cost() -> None:
    event = SupplyEvent(load_network("governance").as_of, "release", 1e5)
    result = project("governance", events=(event,), years=0.1)
    book, price = ledger_of(result), float(result.values("price")[0, 0])
    assert book.gain("grantees")[1] - book.gain("grantees")[0] > 0.99e5 * price
    cost = book.parts[book.index("treasury"), PARTS.index("cost")]
    assert cost[0] - cost[1] == pytest.approx(book.gain("grantees")[1] - book.gain("grantees")[0], rel=1e-9)


@pytest.mark.parametrize("rate", [-1.0, 6.0, float("nan"), True])
def test_a_discount_rate_out_of_range_is_refused(rate: float) -> None:
    with pytest.raises(BallastError, match="discount"):
        ledger_of(project("textbook", years=0.1), discount_rate=rate)
