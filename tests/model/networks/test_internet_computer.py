"""Internet Computer's rules against the code of dfinity/ic (2026) and its tests."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import BallastError, OutOfRangeError
from model.networks import internet_computer as ic
from tests.validation import Record

YEAR = 31_557_600
DAY = 86_400

REWARDS = (
    ("2021-05-10", 0, 0.1, 0.0002737850787132101, 0.0001732785763175907),
    ("2022-05-10", 365, 0.08828873667675324, 0.0002417213872053477, 0.00015298546596226455),
    ("2023-05-10", 730, 0.07813783513959338, 0.0002139297334417341, 0.00013539612829527352),
    ("2025-05-10", 1461, 0.0625, 0.00017111567419575633, 0.00010829911019849418),
    ("2026-01-01", 1697, 0.05878783225838491, 0.00016095231282240905, 0.00010186671878530268),
    ("2026-04-23", 1809, 0.05725437346364829, 0.00015675393145420476, 9.92095632173662e-05),
    ("2027-01-01", 2062, 0.05433118249949286, 0.0001487506707720544, 9.414429953163322e-05),
    ("2029-05-10", 2922, 0.05, 0.00013689253935660506, 8.663928815879535e-05),
    ("2029-05-11", 2923, 0.05, 0.00013689253935660506, 8.663928815879535e-05),
    ("2359-05-15", 123_456, 0.05, 0.00013689253935660506, 8.663928815879535e-05),
)
"""reward/calculation.rs: day, share of supply a year and a day, and a day's with factor 0.6329."""


@pytest.mark.parametrize(("date", "day", "yearly", "daily", "reduced"), REWARDS)
def test_voting_rewards_by_day_reproduce_the_chain(
    date: str, day: int, yearly: float, daily: float, reduced: float, figure: Record
) -> None:
    """The chain's own tests allow a relative error of 2^-50."""
    assert ic.day_of(date) == day
    found = (ic.voting_reward_rate(day), ic.daily_voting_reward(day), ic.daily_voting_reward(day, 0.6329))
    figure("nns", np.abs(np.array(found) / (yearly, daily, reduced) - 1).max())


def test_voting_rewards_fall_and_flatten() -> None:
    days = np.arange(2920)
    steps = np.diff(np.asarray(ic.voting_reward_rate(days)))
    assert (steps < 0).all()
    assert (np.diff(steps) > 0).all()


def test_a_day_counts_from_its_start_and_none_is_before_genesis() -> None:
    assert ic.voting_reward_rate(10.9) == ic.voting_reward_rate(10)
    for wrong in (-1, float("nan"), float("inf"), "soon"):
        with pytest.raises(OutOfRangeError):
            ic.voting_reward_rate(wrong)  # type: ignore[arg-type]
    with pytest.raises(OutOfRangeError):
        ic.voting_reward_rate(0, -0.1)


def test_the_factor_changes_on_23_april_2026_and_explains_the_white_paper() -> None:
    """Mission 70 prints 5.88 % for January 2026 and, with the draft factor 0.635, 3.45 % for January 2027."""
    assert (ic.factor_on("2026-04-22"), ic.factor_on("2026-04-23")) == (1.0, 0.6329)
    assert round(float(ic.voting_reward_rate(ic.day_of("2026-01-01"))), 4) == 0.0588
    assert round(float(ic.voting_reward_rate(ic.day_of("2027-01-01"), 0.635)), 4) == 0.0345


def test_a_year_of_daily_rewards_lies_between_the_rates_at_its_ends() -> None:
    year = float(ic.voting_rewards(1.0, 1461, 365))
    assert ic.voting_reward_rate(1826) < year * 365.25 / 365 < ic.voting_reward_rate(1461)


# ---- neurons --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("years", "rule", "bonus"),
    [
        (0, "after", 1.0),
        (0.5, "after", 1.125),
        (1, "after", 1.5),
        (1.5, "after", 2.125),
        (2, "after", 3.0),
        (8, "after", 3.0),
        (0, "before", 1.0),
        (0.5, "before", 1.0625),
        (1, "before", 1.125),
        (4, "before", 1.5),
        (8, "before", 2.0),
        (80, "before", 2.0),
        (1, "mission-70", 1.5),
        (1, "after_2026_04_23", 1.5),
        (1, "2026-04-22", 1.125),
    ],
)
def test_dissolve_delay_bonus(years: float, rule: str, bonus: float) -> None:
    """neuron/voting_power.rs, dissolve_delay_bonus_multiplier."""
    assert ic.dissolve_delay_bonus(years * YEAR, rule) == bonus


@pytest.mark.parametrize(("years", "bonus"), [(0, 1.0), (1, 1.0625), (2, 1.125), (4, 1.25), (9, 1.25)])
def test_age_bonus(years: float, bonus: float) -> None:
    assert ic.age_bonus(years * YEAR) == bonus


def test_negative_times_and_unknown_rules_are_refused() -> None:
    for call in (lambda: ic.age_bonus(-1), lambda: ic.dissolve_delay_bonus(-1), lambda: ic.neuron_rule("sometime")):
        with pytest.raises(BallastError):
            call()


def test_a_two_year_neuron_earned_6_82_percent_in_april_2026() -> None:
    """Supply and voting power as hard-coded in nns-dapp; 100 ICP earn 0.13 ICP of maturity a week."""
    power = ic.voting_power(100, 2 * YEAR)
    found = ic.neuron_yield(
        100, power, total_voting_power=881_502_662.9909168, supply=550_775_607, rate=0.036360881417891885
    )
    assert found == pytest.approx(0.06815641304829768, rel=1e-14)
    assert round(100 * float(found) * 7 / 365.25, 2) == 0.13


def test_voting_power_needs_a_delay_and_activity() -> None:
    assert ic.voting_power(100, 13 * DAY) == 0 < float(ic.voting_power(100, 14 * DAY))
    assert ic.voting_power(100, 14 * DAY, rule="before") == 0
    assert ic.voting_power(100, 8 * YEAR, 4 * YEAR, rule="before") == 250
    month = YEAR / 12
    assert ic.deciding_factor([0, 6 * month, 6.5 * month, 7 * month, YEAR]) == pytest.approx([1, 1, 0.5, 0, 0])


def test_the_eight_year_gang_adds_a_tenth_of_what_it_still_stakes() -> None:
    assert ic.gang_bonus(100, 80) == 8
    assert ic.gang_bonus(50, 80) == 5
    assert ic.gang_bonus(50, 80, dissolving=True) == 0
    assert ic.voting_power(100, 2 * YEAR, gang_snapshot=100) == pytest.approx(330)


# ---- maturity -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("recent", "reference", "previous", "days", "target", "result"),
    [
        (1.1, 1.0, 190, 1, 250, 200),
        (1.1, 1.0, 0, 1, 250, 30),
        (0.5, 1.0, -990, 1, -1250, -1000),
        (0.5, 1.0, 0, 5, -1250, -150),
        (1.0, 1.0, 100, 0, 0, 70),
        (11_000, 10_000, 0, 100, 250, 200),
        (19_963, 30_007, 0, 100, -836, -836),
    ],
)
def test_maturity_modulation(
    recent: float, reference: float, previous: int, days: int, target: int, result: int
) -> None:
    """timer_tasks/update_icp_xdr_rate_related_data.rs, in basis points."""
    assert ic.modulation_target(recent, reference) == target
    assert ic.maturity_modulation(recent, reference, previous, days) == result


def test_modulation_without_a_reference_price_is_refused() -> None:
    with pytest.raises(OutOfRangeError):
        ic.maturity_modulation(1.0, 0.0)


def test_maturity_becomes_icp_at_the_modulation_cut_to_an_e8() -> None:
    assert ic.disburse_maturity(100_000_000, 200) == 102_000_000
    assert ic.disburse_maturity(33, -1000) == 29


# ---- nodes and cycles -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("excess", "kept"),
    [(0.0, 1.0), (0.0999, 1.0), (0.1, 1.0), (0.1666, 0.89344), (0.35, 0.6), (0.6, 0.2), (0.9, 0.2), (1.0, 0.2)],
)
def test_node_pay_falls_with_failures_beyond_the_subnets_reference(excess: float, kept: float) -> None:
    """rs/node_rewards, performance_based_algorithm/v1/docs/REWARDS_ALGORITHM.md."""
    assert ic.node_reward_multiplier(excess) == pytest.approx(kept, abs=1e-15)


def test_the_documented_subnet_of_four_nodes() -> None:
    """Failures of 1, 5, 20 and 50 beside 100 proposed blocks."""
    rates = np.asarray(ic.failure_rate([1, 5, 20, 50], 100))
    assert ic.subnet_reference(rates) == pytest.approx(1 / 6)
    assert ic.node_reward_multiplier(rates, ic.subnet_reference(rates)) == pytest.approx([1, 1, 1, 0.8933], abs=1e-4)
    assert ic.failure_rate(0, 0) == 0


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_multiplier_stays_between_a_fifth_and_one_and_never_rises_with_failures(a: float, b: float) -> None:
    low, high = (float(ic.node_reward_multiplier(rate, 0.05)) for rate in sorted((a, b)))
    assert 0.2 <= high <= low <= 1


def test_node_pay_mints_more_when_the_price_falls_until_its_bounds() -> None:
    assert ic.node_pay_icp(1000, [4.0, 2.0, 1.0]) == pytest.approx([250, 500, 1000])
    assert ic.node_pay_icp(1000, 1.0, minimum_rate=2.0) == 500
    assert ic.node_pay_icp(1000, 1.0, maximum_icp=300) == 300
    assert ic.node_pay_per_year(1000, 2.0) == 6000
    assert ic.type3_pay(1000, 0.7, 3) == pytest.approx([1000, 700, 490])


def test_cycles_burned_in_xdr_are_more_icp_when_the_price_falls() -> None:
    """0.0573 XDR a second at 1.9963 XDR per ICP (2026-05-27): about 0.91M ICP a year."""
    assert ic.cycles_burn(0.0573, 1.9963) == pytest.approx(905_801, abs=1)
    assert ic.cycles_burn_needed(ic.cycles_burn(0.77, 1.7), 1.7) == pytest.approx(0.77)
    assert ic.cycles_from_icp(2, 1.5) == 3e12


def test_the_goal_of_mission_70_holds_at_one_price_only() -> None:
    """Another 0.72 XDR a second are 2.50 % of 549M ICP at 1.655 XDR per ICP."""
    assert ic.price_that_meets(0.77 - 0.05, 0.025 * 549e6) == pytest.approx(1.655, abs=5e-4)
