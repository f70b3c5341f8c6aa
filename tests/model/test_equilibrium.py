"""Rest points, their kinds, elasticities and clocks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Scenario, equilibrium, load_network, project
from model.rest.point import distance_to_tipping
from model.rest.report import RestReport
from model.rest.roots import RestProblem
from model.rest.threshold_sentences import break_even_sentences
from tests.validation import Record

CASE_2 = {"burn_share": 0.2, "provider_fee_share": 0.7, "staker_fee_share": 0.1}
CASE_3 = {
    "burn_share": 1.0,
    "provider_fee_share": 0.0,
    "staker_fee_share": 0.0,
    "provider_emission_share": 0.8,
    "staker_emission_share": 0.1,
    "user_emission_share": 0.0,
}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (5.5981, 9.3301, 1.1663, 5.6574, 13.7412, 0.708, 0.134)),
        (CASE_2, (7.9158, 9.6534, 0.4827, 14.0718, 18.3995, 0.567, 0.069)),
        (CASE_3, (7.7081, 9.6351, 2.4088, 2.8151, 2.7033, 0.490, 0.073)),
    ],
)
def test_the_table_of_section_5_is_reproduced_to_its_digits(
    changes: Mapping[str, float], expected: tuple[float, ...]
) -> None:
    point = equilibrium("textbook", changes=changes).points[0]
    found = (
        point.capacity, point.revenue, point.price, point.float_supply, point.staked, point.staking_ratio,
        point.quality_feedback,
    )  # fmt: skip
    digits = (4, 4, 4, 4, 4, 3, 3)
    for value, printed, places in zip(found, expected, digits, strict=True):
        assert round(value, places) == printed


def test_the_closed_form_of_one_role_is_met_to_1e_9(figure: Record) -> None:
    """eta = 1, h = 2: N = (Gamma +- sqrt(Gamma^2 - 4 N_h^2))/2, q = N/Gamma, P = bR/M, L = (aR + Z)/P."""
    values = load_network("textbook").values
    payout = values["provider_fee_share"] + values["provider_emission_share"] * values["burn_share"]
    gamma = payout * values["demand_scale"] / values["unit_cost"]
    root = np.sqrt(gamma**2 - 4 * values["half_quality_capacity"] ** 2)
    worst = 0.0
    for point, sign in zip(equilibrium("textbook").points, (1, -1), strict=True):
        capacity = (gamma + sign * root) / 2
        revenue = values["demand_scale"] * capacity / gamma
        price = values["burn_share"] * revenue / values["emission_rate"]
        liquid = (values["revenue_linked_holdings"] * revenue + values["speculative_holdings"]) / price
        for found, exact in (
            (point.capacity, capacity), (point.revenue, revenue), (point.price, price), (point.float_supply, liquid),
            (point.treasury, 0.1 * 4 / 0.4),
        ):  # fmt: skip
            worst = max(worst, abs(found / exact - 1))
    figure("closed-form", worst)


@pytest.mark.parametrize("name", ["textbook", "textbook-roles", "textbook-merit"])
def test_every_rest_point_carries_what_the_contract_names(name: str) -> None:
    rest = equilibrium(name)
    assert rest.kind == "anchor"
    assert rest.found
    assert [p.revenue for p in rest.points] == sorted((p.revenue for p in rest.points), reverse=True)
    for point in rest.points:
        assert point.residual < 1e-10
        for field in (
            "capacity", "quality", "revenue", "price", "float_supply", "staked", "treasury", "staking_ratio",
            "spectral_radius", "quality_feedback", "half_life_years", "distance_to_tipping",
        ):  # fmt: skip
            assert np.isfinite(getattr(point, field)), field
        assert set(point.by_role) == set(load_network(name).structure.roles)


def test_c2_extras_of_section_16_9_are_reproduced() -> None:
    """Feedbacks, value of payout, exit ranking and flows of the four-role textbook."""
    point = equilibrium("textbook-roles").points[0]
    roles = list(point.by_role.values())
    assert [round(r.feedback, 6) for r in roles] == [0.096210, 0.061358, 0.104032, 0.046857]
    assert [round(r.value_of_payout, 6) for r in roles] == [0.300655, 0.876538, 0.671175, 0.851947]
    assert [round(r.exit_index, 6) for r in roles] == [0.875000, 0.285714, 2.193548, 0.636364]
    assert [round(r.income, 6) for r in roles] == [2.704660, 0.591644, 1.310070, 0.464863]
    assert point.bottleneck == "data"
    assert 1 / (1 - point.distance_to_tipping) == pytest.approx(1.389079, abs=5e-7)


def test_the_bottleneck_is_not_the_role_of_lowest_quality() -> None:
    """Trap T19, with a network in which the two differ."""
    point = equilibrium("textbook-roles", assumptions={"compute.half_quality_capacity": 1.6}).points[0]
    lowest = min(point.by_role, key=lambda role: point.by_role[role].quality)
    assert lowest == "compute"
    assert point.bottleneck != lowest


# ---- elasticities -------------------------------------------------------------------------------------
@pytest.mark.parametrize("changes", [{}, CASE_2])
def test_long_run_elasticities_are_those_of_section_7(changes: Mapping[str, float]) -> None:
    point = equilibrium("textbook", changes=changes).points[0]
    values = point.problem.values
    e, omega, b = point.quality_feedback, values["provider_emission_share"], values["burn_share"]
    ratio = b / (values["provider_fee_share"] + omega * b)
    linked = values["revenue_linked_holdings"] * point.revenue
    s_h = linked / (linked + values["speculative_holdings"])
    jevons = values["cost_pass_through"] * (1 - values["demand_elasticity"])
    found = point.elasticities
    expected = {
        ("demand_scale", "capacity"): 1 / (1 - e),
        ("demand_scale", "price"): 1 / (1 - e),
        ("demand_scale", "float_supply"): (s_h - 1) / (1 - e),
        ("emission_rate", "capacity"): 0,
        ("emission_rate", "price"): -1,
        ("emission_rate", "float_supply"): 1,
        ("speculative_holdings", "price"): 0,
        ("speculative_holdings", "float_supply"): 1 - s_h,
        ("unit_cost", "capacity"): (jevons - 1) / (1 - e),
        ("unit_cost", "price"): (jevons - e) / (1 - e),
        ("provider_emission_share", "capacity"): omega * ratio / (1 - e),
        ("provider_emission_share", "price"): e * omega * ratio / (1 - e),
        ("burn_share:providers", "capacity"): -(1 - omega) * ratio / (1 - e),
        ("burn_share:providers", "price"): 1 - e / (1 - e) * (1 - omega) * ratio,
        ("burn_share:stakers", "capacity"): omega * ratio / (1 - e),
        ("burn_share:stakers", "price"): 1 + e / (1 - e) * omega * ratio,
    }
    for (quantity, outcome), value in expected.items():
        assert found[quantity][outcome] == pytest.approx(value, abs=2e-6), (quantity, outcome)


def test_a_burn_on_top_of_the_price_moves_capacity_as_section_7_says() -> None:
    """[omega b/Sigma - eps b/(1+b)]/(1-e), with the whole burn a surcharge."""
    changes = {"burn_share": 0.0, "provider_fee_share": 0.8, "user_surcharge": 0.3}
    point = equilibrium("textbook", changes=changes).points[0]
    values, e, x = point.problem.values, point.quality_feedback, 0.3
    payout = values["provider_fee_share"] + values["provider_emission_share"] * x
    expected = (values["provider_emission_share"] * x / payout - values["demand_elasticity"] * x / (1 + x)) / (1 - e)
    up = equilibrium("textbook", changes={**changes, "user_surcharge": 0.3 * np.exp(1e-4)}).points[0]
    down = equilibrium("textbook", changes={**changes, "user_surcharge": 0.3 * np.exp(-1e-4)}).points[0]
    assert np.log(up.capacity / down.capacity) / 2e-4 == pytest.approx(expected, abs=1e-5)
    told = point.elasticities["burn_share:users"]
    assert told["capacity"] == pytest.approx(expected, abs=2e-6)
    driven = values["provider_emission_share"] * x / payout
    on_price = 1 + (e * driven - values["demand_elasticity"] * x / (1 + x)) / (1 - e)
    assert told["price"] == pytest.approx(on_price, abs=2e-6)


def test_the_first_part_of_a_surcharge_weighs_in_demand_as_a_price_that_had_none() -> None:
    """Section 17.2: from a surcharge of nothing the term is eps b, where the row of section 7 has eps b/(1+b)."""
    point = equilibrium("textbook").points[0]
    values, e, b = point.problem.values, point.quality_feedback, 0.5
    payout = values["provider_fee_share"] + values["provider_emission_share"] * b
    expected = (values["provider_emission_share"] * b / payout - values["demand_elasticity"] * b) / (1 - e)
    assert point.elasticities["burn_share:users"]["capacity"] == pytest.approx(expected, abs=2e-6)


def test_medium_run_elasticities_are_those_of_section_7() -> None:
    """dlnN/dlnM = (1-phi)/(1-e_I), dlnP/dlnM = s_H e (1-phi)/(1-e_I)."""
    point = equilibrium("textbook").points[0]
    role = point.by_role["providers"]
    e, token = point.quality_feedback, role.token_income_share
    linked = 0.6 * point.revenue
    s_h = linked / (linked + 1)
    impact = 1 - e * (1 - token + s_h * token)
    found = point.medium_run_elasticities["emission_rate"]
    assert found["capacity"] == pytest.approx(token / impact, abs=2e-6)
    assert found["price"] == pytest.approx(s_h * e * token / impact, abs=2e-6)


def test_cheaper_compute_raises_the_price_exactly_when_theta_times_eps_minus_one_plus_e_is_positive() -> None:
    """Jevons with quality (section 7)."""
    for elasticity in (0.5, 0.8, 0.95, 1.2):
        point = equilibrium("textbook", assumptions={"demand_elasticity": elasticity}).points[0]
        rises = point.elasticities["unit_cost"]["price"] < 0
        assert rises == (1.0 * (elasticity - 1) + point.quality_feedback > 0)


# ---- kinds and reasons --------------------------------------------------------------------------------
def test_no_burn_is_an_answer_with_a_reason() -> None:
    rest = equilibrium("textbook", changes={"burn_share": 0.0}, funded_by="providers")
    assert (rest.kind, rest.found, rest.points) == ("none", False, ())
    assert "burns nothing" in rest.reason


def test_fiat_pay_above_the_burn_has_no_rest_point() -> None:
    rest = equilibrium("textbook", changes={"fiat_indexed_mint": 20})
    assert (rest.kind, rest.found) == ("none", False)
    assert "mints more" in rest.reason


def test_fiat_pay_that_burn_could_only_cover_at_full_quality_is_told_as_such() -> None:
    """Providers earn more than they require there: what no state can do is burn b R(q) >= w."""
    for pay in (4.9, 4.99):
        rest = equilibrium("textbook", changes={"fiat_indexed_mint": pay})
        assert (rest.kind, rest.found) == ("none", False)
        assert "Providers would earn less" not in rest.reason
        assert "quality would stay below" in rest.reason
    few = equilibrium("textbook", changes={"fiat_indexed_mint": 0.1}, assumptions={"demand_scale": 2.0})
    assert "Providers would earn less" in few.reason


def test_without_a_schedule_supply_shrinks_exactly_where_burn_exceeds_fiat_pay() -> None:
    for pay, kind in ((0.0, "terminal"), (1.0, "terminal"), (8.0, "none")):
        rest = equilibrium("textbook", changes={"emission_scale": 0.0, "fiat_indexed_mint": pay})
        assert rest.kind == kind
        assert rest.found == (kind == "terminal")
        assert (rest.net_rate < 0) == (kind == "terminal")


def test_the_break_even_burn_share_is_the_revenue_gap_also_where_no_share_reaches_it() -> None:
    """Section 8: b_BE = P M/R; balanced growth carries it (19.15), above one where all of revenue would not do."""
    rest = equilibrium("internet-computer")
    assert rest.kind == "balanced-growth"
    assert rest.break_even_burn_share == rest.today["revenue_gap"]
    assert rest.break_even_burn_share > 1
    told = break_even_sentences(RestReport(Scenario(load_network("internet-computer"))))
    assert "no burn share could" in told[0]


def test_fiat_pay_below_the_burn_gives_the_price_of_section_4() -> None:
    """P* = (bR - w)/M."""
    point = equilibrium("textbook", changes={"fiat_indexed_mint": 1.0}).points[0]
    assert point.price == pytest.approx((0.5 * point.revenue - 1.0) / 4, rel=1e-10)


def test_a_network_below_the_fold_says_how_much_is_missing() -> None:
    """Gamma_c = 2 N_h: at 90 % of it, 11.1 % more demand would be the least that holds."""
    rest = equilibrium("textbook", assumptions={"demand_scale": 10 * 0.5 * 0.9})
    assert (rest.kind, rest.found) == ("none", False)
    assert "11.1%" in rest.reason
    assert rest.distance_to_tipping == pytest.approx(1 - 1 / 0.9, abs=1e-6)


def test_short_capacity_leaves_no_rest_point_whatever_the_demand() -> None:
    """Viable iff the payout of a fully used unit covers its cost: (f + omega b) p k_c >= c."""
    needed = 1 / 0.6
    assert equilibrium("textbook", assumptions={"units_per_capacity": needed * 1.01}).found
    assert not equilibrium("textbook", assumptions={"units_per_capacity": needed * 0.99}).found


def test_distance_to_tipping_is_that_of_the_quality_formula() -> None:
    """1 - 2 sqrt(q(1-q)) with eta = 1, h = 2."""
    point = equilibrium("textbook").points[0]
    assert point.distance_to_tipping == pytest.approx(1 - 2 * np.sqrt(point.quality * (1 - point.quality)), abs=1e-8)


def test_without_a_fold_there_is_one_rest_point_and_nothing_to_tip() -> None:
    """eta h < 1: exactly one positive rest point."""
    rest = equilibrium("textbook", assumptions={"quality_elasticity": 0.4, "units_per_capacity": 1e17})
    assert len(rest.points) == 1
    assert rest.points[0].stable
    assert rest.points[0].distance_to_tipping == 1.0


def test_without_a_fold_payouts_may_fall_until_a_fully_used_unit_no_longer_pays() -> None:
    """Utilisation at rest is c/((f + omega b) p k_c) = 1/30: that is the share of payouts that must stay."""
    rest = equilibrium("textbook", assumptions={"quality_elasticity": 0.4})
    assert rest.points[0].distance_to_tipping == pytest.approx(1 - 1 / 30, abs=1e-9)


def test_the_clock_is_ln_two_over_the_burn_rate_of_the_float() -> None:
    point = equilibrium("textbook").points[0]
    beta = 0.5 * point.revenue / (0.6 * point.revenue + 1)
    assert point.half_life_years == pytest.approx(np.log(2) / beta, rel=1e-12)


def test_a_treasury_that_never_spends_is_left_out_of_the_balance() -> None:
    """Section 19.4: M(1 - omega_T) stands for M, and the simulation agrees."""
    changes = {"treasury_spend_rate": 0.0}
    point = equilibrium("textbook", changes=changes).points[0]
    assert point.price == pytest.approx(0.5 * point.revenue / (4 * 0.9), rel=1e-10)
    assert np.isnan(point.treasury)
    run = project("textbook", changes=changes, years=200)
    assert run.values("price")[1, -1] == pytest.approx(point.price, rel=1e-8)
    grown = (run.values("treasury")[1, -1] - run.values("treasury")[1, -53]) / (52 * run.step_length)
    assert point.treasury_growth == pytest.approx(grown, rel=1e-8)
    assert equilibrium("textbook").points[0].treasury_growth == 0


def test_slashing_is_solved_together_with_the_stake_and_the_simulation_agrees() -> None:
    """Section 19.14."""
    changes = {"slashing_rate": 0.05, "slashed_burn_share": 0.6}
    point = equilibrium("textbook", changes=changes).points[0]
    run = project("textbook", changes=changes, years=200)
    assert run.values("price")[1, -1] == pytest.approx(point.price, rel=1e-8)
    assert run.values("staked")[1, -1] == pytest.approx(point.staked, rel=1e-8)
    assert point.spectral_radius < 1


def test_a_fee_burn_enters_the_balance_and_the_simulation_agrees() -> None:
    point = equilibrium("textbook", changes={"fee_burn": 1.0}).points[0]
    assert point.price == pytest.approx(0.5 * point.revenue / 3, rel=1e-10)
    run = project("textbook", changes={"fee_burn": 1.0}, years=200)
    assert run.values("price")[1, -1] == pytest.approx(point.price, rel=1e-8)


def test_token_priced_jobs_rest_where_the_simulation_rests() -> None:
    """Section 17.4: the price list moves with the token."""
    changes, assumptions = {"emission_scale": 0.8}, {"token_pricing": 1.0}
    rest = equilibrium("textbook", changes=changes, assumptions=assumptions)
    run = project("textbook", changes=changes, assumptions=assumptions, years=300)
    assert run.values("price")[1, -1] == pytest.approx(rest.points[0].price, rel=1e-7)
    assert run.values("revenue")[1, -1] == pytest.approx(rest.points[0].revenue, rel=1e-7)


def test_net_emission_rests_at_schedule_plus_cap() -> None:
    """HIP-20: with burn above the cap, mint is the schedule plus the cap."""
    changes = {"net_emission_cap": 1.0}
    point = equilibrium("textbook", changes=changes).points[0]
    assert point.price == pytest.approx(0.5 * point.revenue / 5, rel=1e-10)
    run = project("textbook", changes=changes, years=300)
    assert run.values("price")[1, -1] == pytest.approx(point.price, rel=1e-7)
    assert point.spectral_radius < 1


def test_a_share_of_users_paid_by_surcharge_rests_where_the_simulation_rests() -> None:
    point = equilibrium("textbook", changes={"burn_share": 0.6}, funded_by="users").points[0]
    run = project("textbook", changes={"burn_share": 0.6}, funded_by="users", years=200)
    assert run.values("price")[1, -1] == pytest.approx(point.price, rel=1e-8)
    assert run.values("revenue")[1, -1] == pytest.approx(point.revenue, rel=1e-8)


def test_a_date_freezes_demand_and_cost_at_that_date() -> None:
    assumptions = {"demand_growth": 0.1, "cost_trend": 0.05}
    later = equilibrium("textbook", assumptions=assumptions, at=dt.date(2031, 1, 1))
    years = (dt.date(2031, 1, 1) - dt.date(2026, 1, 1)).days / 365.25
    frozen = equilibrium(
        "textbook",
        assumptions={"demand_scale": 10 * np.exp(0.1 * years), "unit_cost": np.exp(-0.05 * years)},
    )
    assert later.points[0].price == pytest.approx(frozen.points[0].price, rel=2e-3)
    assert later.points[0].price > equilibrium("textbook").points[0].price * 1.3


def test_equilibrium_does_not_depend_on_initial_stocks() -> None:
    """The anchor is where the network is drawn to, wherever it starts."""
    shifted = equilibrium("textbook", initial={"price": 9.0, "float_supply": 2.0, "capacity": 1.0})
    assert shifted.points[0].price == pytest.approx(equilibrium("textbook").points[0].price, rel=1e-12)


# ---- random networks ----------------------------------------------------------------------------------
@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    demand=st.floats(1, 60),
    eta=st.floats(0.2, 2.0),
    steepness=st.floats(0.6, 4.0),
    half=st.floats(0.3, 4.0),
    burn=st.floats(0.05, 0.7),
)
def test_the_number_of_rest_points_is_that_of_the_fold(
    demand: float, eta: float, steepness: float, half: float, burn: float
) -> None:
    """Section 5.2: one if eta h < 1; else two above Gamma_c = N_h (eta h - 1)^(1/h) (eta h/(eta h - 1))^eta."""
    product = eta * steepness
    network = load_network("textbook")
    values = {
        **network.values, "demand_scale": demand, "quality_elasticity": eta, "quality_steepness": steepness,
        "half_quality_capacity": half, "burn_share": burn, "provider_fee_share": 0.8 - burn,
        "units_per_capacity": 1e9,
    }  # fmt: skip
    gamma = (values["provider_fee_share"] + values["provider_emission_share"] * burn) * demand
    problem = RestProblem(network.structure, values, network.step_length, 4.0)
    roots = problem.roots()
    if abs(product - 1) < 0.05:
        return
    if product < 1:
        assert len(roots) == 1
        return
    critical = half * (product - 1) ** (1 / steepness) * (product / (product - 1)) ** eta
    if abs(gamma / critical - 1) < 1e-6:
        return
    assert len(roots) == (2 if gamma > critical else 0)
    assert distance_to_tipping(problem) == pytest.approx(1 - critical / gamma, abs=1e-6)
    for root in roots:
        assert abs(problem.gap(np.array([root]))[0]) < 1e-9


def test_one_more_role_never_leaves_more_than_two_rest_points() -> None:
    """Theorem 1 (w = 0): the scalar equation is strictly convex whatever the number of roles."""
    rng = np.random.default_rng(5)
    network = load_network("textbook-roles")
    for _ in range(40):
        values = dict(network.values)
        for role in network.structure.roles:
            values[f"{role}.half_quality_capacity"] *= float(np.exp(rng.normal(0, 0.6)))
            values[f"{role}.quality_steepness"] = float(rng.uniform(0.7, 4))
            values[f"{role}.unit_cost"] *= float(np.exp(rng.normal(0, 0.4)))
        values["quality_complementarity"] = float(rng.choice([0.0, -0.5, -3.0]))
        problem = RestProblem(network.structure, values, network.step_length, 4.0)
        roots = problem.roots()
        assert len(roots) in (0, 1, 2)
        slopes = [float((problem.gap(np.array([r + 1e-5])) - problem.gap(np.array([r - 1e-5])))[0]) for r in roots]
        assert all(a < 0 < b for a, b in pairwise(slopes))
