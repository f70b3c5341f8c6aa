"""The long run of the simulation meets the closed form, from starts far away."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from model import Run, equilibrium, load_network, project
from model.rest.merit_theory import rest_share, thresholds
from model.rest.roots import RestProblem
from model.rest.state import rest_state
from tests.validation import Record

CASES: dict[str, dict[str, float]] = {
    "base": {},
    "20 % revenue burn": {"burn_share": 0.2, "provider_fee_share": 0.7, "staker_fee_share": 0.1},
    "pure burn-mint": {
        "burn_share": 1.0,
        "provider_fee_share": 0.0,
        "staker_fee_share": 0.0,
        "provider_emission_share": 0.8,
        "staker_emission_share": 0.1,
        "user_emission_share": 0.0,
    },
}
FACTORS = {"float_supply": 1.6, "staked": 0.6, "price": 0.5, "capacity": 0.8, "quality": 0.9}


def perturbed(state: Mapping[str, float]) -> dict[str, float]:
    """The start of section 5.1: every stock off its rest value, and 3 tokens vesting over six years."""
    start = {
        name: value * FACTORS[name.split(".")[0]]
        for name, value in state.items()
        if name.split(".")[0] in FACTORS and not (name == "quality" and "quality.compute" in state)
        and not (name == "capacity" and "capacity.compute" in state)
    }  # fmt: skip
    return {**start, "treasury": 0.1, "locked.team": 3.0}


def last(run: Run, name: str, world: int = 1) -> float:
    return float(run.values(name)[world, -1])


@pytest.mark.parametrize("case", CASES)
def test_three_hundred_years_from_a_perturbed_start_meet_the_closed_form(case: str, figure: Record) -> None:
    """Section 5.1: relative error of capacity, price, float, stake, treasury and quality below 1e-6."""
    point = equilibrium("textbook", changes=CASES[case]).points[0]
    run = project("textbook", changes=CASES[case], initial=perturbed(point.state), years=300)
    names = ("capacity", "price", "float_supply", "staked", "treasury", "quality")
    figure("long-run", max(abs(last(run, name) / getattr(point, name) - 1) for name in names))
    assert last(run, "locked") == 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("textbook", {"capacity": 5.598076, "quality": 0.933013, "revenue": 9.330127, "price": 1.166266,
                      "float_supply": 5.657437, "staked": 13.741248, "staking_ratio": 0.708360}),
        ("textbook-roles", {"capacity.compute": 2.704660, "capacity.data": 1.972148, "capacity.models": 2.183449,
                            "capacity.validators": 1.162159, "quality.compute": 0.879738, "quality.data": 0.795475,
                            "quality.models": 0.826613, "quality.validators": 0.843810, "quality": 0.845206,
                            "revenue": 8.452062, "price": 1.056508, "float_supply": 5.746515, "staked": 13.776372,
                            "staking_ratio": 0.705652}),
        ("textbook-merit", {"capacity.compute": 2.385342, "capacity.data": 1.739312, "capacity.models": 2.607905,
                            "capacity.validators": 1.024952, "quality.compute": 0.850520, "quality.data": 0.751565,
                            "quality.models": 0.598130, "quality.validators": 0.807770,
                            "high_quality_share.models": 0.476792, "quality": 0.745419, "revenue": 7.454193,
                            "price": 0.931774, "float_supply": 5.873221, "staked": 13.826014,
                            "staking_ratio": 0.701855}),
    ],
)  # fmt: skip
def test_the_regression_table_of_section_16_9_is_met_by_simulation(name: str, expected: dict[str, float]) -> None:
    """C1, C2 and C6: 300 years from a perturbed start end at the printed six digits."""
    run = project(name, initial=perturbed(load_network(name).initial), years=300)
    for column, value in expected.items():
        assert last(run, column) == pytest.approx(value, abs=1.1e-6), column


def test_the_best_split_c3_is_met_by_simulation() -> None:
    shares = (0.178375, 0.115394, 0.210789, 0.095442)
    roles = load_network("textbook-roles").structure.roles
    changes = {f"{role}.emission_share": share for role, share in zip(roles, shares, strict=True)}
    run = project("textbook-roles", changes=changes, years=300)
    expected = {
        "capacity.compute": 2.313620, "capacity.data": 2.512475, "capacity.models": 2.512475,
        "capacity.validators": 1.455126, "quality": 0.859483, "revenue": 8.594830, "price": 1.074354,
        "float_supply": 5.730792, "staked": 13.770186,
    }  # fmt: skip
    for column, value in expected.items():
        assert last(run, column) == pytest.approx(value, rel=2e-5), column


@pytest.mark.parametrize(("factor", "recovers"), [(1.05, True), (0.95, False)])
def test_the_unstable_root_divides_recovery_from_collapse(factor: float, recovers: bool) -> None:
    """Other stocks at the root, 300 years: capacity at 1.05 x the root recovers, at 0.95 x collapses."""
    upper, lower = equilibrium("textbook").points
    start = {name: lower.state[name] for name in ("float_supply", "staked", "price", "quality", "treasury")}
    run = project("textbook", initial={**start, "capacity": lower.capacity * factor}, years=300)
    if recovers:
        assert last(run, "capacity") == pytest.approx(upper.capacity, rel=1e-6)
    else:
        assert last(run, "capacity") < 0.01 * lower.capacity


def test_the_clock_of_a_slow_network_is_seen_in_the_simulation() -> None:
    """The distance of the price to its anchor closes with the half-life that is printed beside it."""
    assumptions = {"price_speed": 50.0, "quality_elasticity": 0.0}
    point = equilibrium("textbook", assumptions=assumptions).points[0]
    assert point.half_life_years is not None
    stocks = {"float_supply": point.float_supply * 1.02, "price": point.price / 1.02}
    network = load_network("textbook")
    run = project(network, assumptions={**assumptions, "staking_speed": 0.05}, initial=stocks, years=6)
    gap = np.log(run.values("price")[0] / point.price)
    quarter = round(0.5 * point.half_life_years / network.step_length)
    assert gap[quarter] / gap[4] == pytest.approx(0.5**0.5, abs=0.06)


# ---- pay for merit ------------------------------------------------------------------------------------
MERIT_TABLE = {
    0.10: (0.0, 6.015, 0.7519),
    0.30: (0.089, 6.348, 0.7935),
    0.40: (0.330, 7.088, 0.8860),
    0.45: (0.477, 7.454, 0.9318),
    0.50: (0.649, 7.828, 0.9786),
    0.60: (1.0, 8.452, 1.0565),
}


@pytest.mark.parametrize("weight", MERIT_TABLE)
def test_the_effect_of_merit_weight_is_that_of_section_16_6(weight: float, figure: Record) -> None:
    """x*, R* and P* of the table, from the scalar equation (no seed of entrants)."""
    share, revenue, price = MERIT_TABLE[weight]
    point = equilibrium("textbook-merit", changes={"models.merit_weight": weight}).points[0]
    assert point.high_quality_share is not None
    figure("merit", abs(point.high_quality_share - share))
    assert point.revenue == pytest.approx(revenue, abs=5.1e-4)
    assert point.price == pytest.approx(price, abs=5.1e-5)


@pytest.mark.parametrize("weight", [0.30, 0.40, 0.45, 0.50])
def test_the_simulation_rests_at_the_share_of_the_closed_form(weight: float) -> None:
    changes = {"models.merit_weight": weight}
    point = equilibrium("textbook-merit", changes=changes).points[0]
    for start in (0.05, 0.95):
        run = project("textbook-merit", changes=changes, initial={"high_quality_share.models": start}, years=300)
        assert last(run, "high_quality_share.models") == pytest.approx(point.high_quality_share, abs=1e-8)
        assert last(run, "revenue") == pytest.approx(point.revenue, rel=1e-8)


@pytest.mark.parametrize(("weight", "floor"), [(0.05, 0.01), (0.95, 0.99)])
def test_at_the_corners_the_simulation_keeps_its_seed_of_entrants(weight: float, floor: float) -> None:
    run = project("textbook-merit", changes={"models.merit_weight": weight}, years=200)
    assert last(run, "high_quality_share.models") == pytest.approx(floor, abs=1e-9)


@pytest.mark.parametrize(
    ("ratio", "contrast", "low", "high"),
    [(2, 0.4, 0.750, 0.875), (2, 0.6, 0.333, 0.667), (2, 0.8, 0.125, 0.5625), (2, 0.9, 0.056, 0.528),
     (3, 0.6, 0.667, 0.889), (3, 0.8, 0.250, 0.750)],
)  # fmt: skip
def test_merit_thresholds_are_those_of_section_16_6(ratio: float, contrast: float, low: float, high: float) -> None:
    found = thresholds(contrast, ratio)
    assert found.lowest_weight == pytest.approx(low, abs=5e-4)
    assert found.full_weight == pytest.approx(high, abs=5.1e-4)
    assert rest_share(found.lowest_weight - 1e-6, contrast, ratio) == 0
    assert rest_share(found.full_weight + 1e-6, contrast, ratio) == 1
    inside = float(rest_share((found.lowest_weight + found.full_weight) / 2, contrast, ratio))
    assert 0 < inside < 1


@pytest.mark.parametrize("weight", [0.0, 0.5, 0.99, 1.0])
def test_validators_below_the_needed_accuracy_never_escape_the_race_to_the_bottom(weight: float) -> None:
    """Accuracy below rc/(1+rc) = 2/3, contrast below 1/3: only the seed of high-quality units is left."""
    run = project(
        "textbook-merit",
        changes={"models.merit_weight": weight},
        assumptions={"scoring_contrast": 0.33},
        initial={"high_quality_share.models": 0.9},
        years=300,
    )
    assert last(run, "high_quality_share.models") == pytest.approx(0.01, abs=1e-9)


def test_a_fatal_race_to_the_bottom_is_the_one_of_section_16_6() -> None:
    """C2 with pure activity pay in models, rc = 2: collapse for low quality at or below .186."""
    for level, holds in ((0.18, False), (0.19, True)):
        rest = equilibrium(
            "textbook-merit",
            changes={"models.merit_weight": 0.0},
            assumptions={"models.low_quality_level": level, "scoring_contrast": 0.9},
        )
        assert rest.found == holds


# ---- emission cuts ------------------------------------------------------------------------------------


def test_emission_is_neutral_for_real_variables_in_the_long_run_and_not_before() -> None:
    """Section 7: a halving lowers capacity first, then price doubles and capacity is back."""
    run = project("textbook", changes={"emission_scale": 0.5}, years=300)
    capacity, price = (run.values(name)[1] / run.values(name)[0] for name in ("capacity", "price"))
    assert capacity.min() < 0.95
    assert capacity[-1] == pytest.approx(1.0, rel=1e-6)
    assert price[:20].min() < 1.0
    assert price[-1] == pytest.approx(2.0, rel=1e-6)


def test_the_step_of_a_problem_is_the_rest_point_of_the_run() -> None:
    """A run started exactly at any stable rest point stays there."""
    network = load_network("textbook-roles")
    problem = RestProblem(network.structure, network.values, network.step_length, 4.0)
    state = rest_state(problem, problem.roots()[-1])
    stocks = {name: value for name, value in state.items() if name in network.system.initial_keys}
    run = project(network, initial=stocks, years=10)
    for name in ("price", "capacity", "quality", "staked"):
        path = run.values(name)[0]
        assert np.abs(path / path[0] - 1).max() < 1e-10
