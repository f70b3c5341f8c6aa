"""Peaks, limits and splits: closed forms of sections 7, 8 and 16 met, and confirmed on either side."""

from __future__ import annotations

import numpy as np
import pytest

from model import equilibrium, project
from model.rest.thresholds import (
    best_split,
    burn_peak,
    emission_limits,
    fundamental_price,
    implied_growth,
    merit_thresholds,
    role_margins,
    years_to_net_zero,
)

FRAGILE = {
    "burn_share": 0.2,
    "provider_fee_share": 0.8,
    "staker_fee_share": 0.0,
    "provider_emission_share": 0.3,
    "staker_emission_share": 0.55,
}


def test_the_burn_peak_and_its_tipping_share_are_those_of_section_7() -> None:
    """x0 = 2.2, omega_p = .3: b_max = .779, peak at .688."""
    rest = equilibrium("textbook", changes=FRAGILE, assumptions={"demand_scale": 2.2 * 2 * 1.5})
    assert rest.problem is not None
    peak = burn_peak(rest.problem)
    assert peak.tipping_share == pytest.approx((1 - 1 / 2.2) / 0.7, abs=1e-6)
    assert peak.peak_share == pytest.approx(0.688, abs=5e-4)


def test_if_all_emission_goes_to_providers_there_is_no_peak() -> None:
    """omega_p = 1: no burn-share Laffer curve."""
    changes = {"provider_emission_share": 1.0, "staker_emission_share": 0, "user_emission_share": 0,
               "treasury_emission_share": 0}  # fmt: skip
    rest = equilibrium("textbook", changes=changes)
    assert rest.problem is not None
    peak = burn_peak(rest.problem)
    assert peak.peak_share is None
    assert "only rises" in peak.reason


def test_a_payer_without_revenue_is_told() -> None:
    rest = equilibrium("textbook", changes={"burn_share": 0.0}, funded_by="providers")
    assert rest.problem is None
    full = equilibrium("textbook", changes={"burn_share": 1.0, "provider_fee_share": 0, "staker_fee_share": 0})
    assert full.problem is not None
    assert np.isfinite(burn_peak(full.problem).prices).any()


def test_beyond_the_tipping_share_the_simulation_collapses_and_before_it_does_not() -> None:
    assumptions = {"demand_scale": 2.2 * 2 * 1.5}
    ends = {}
    for share in (0.75, 0.81):
        changes = {**FRAGILE, "burn_share": share, "provider_fee_share": 1 - share}
        run = project("textbook", changes=changes, assumptions=assumptions, initial={"capacity": 3.0}, years=150)
        ends[share] = run.values("capacity")[1, -1]
    assert ends[0.75] > 1.5
    assert ends[0.81] < 0.05


def test_role_margins_of_c2_are_those_of_section_16_9() -> None:
    """Sigma_r^c / Sigma_r of compute, data, models, validators."""
    margins = role_margins(equilibrium("textbook-roles").points[0])
    assert [round(1 - m, 6) for m in margins.values()] == [0.470674, 0.256557, 0.442876, 0.236761]


@pytest.mark.parametrize("name", ["textbook-roles", "textbook-merit"])
def test_a_role_that_loses_its_margin_tips_the_network_and_one_that_loses_less_does_not(name: str) -> None:
    """A payout cut by m is a required cost raised to 1/(1 - m) of what it was."""
    rest = equilibrium(name)
    assert rest.problem is not None
    for role, margin in role_margins(rest.points[0]).items():
        asked = 1 + rest.problem.values[f"{role}.required_margin"]
        for part, left in ((0.999, True), (1.001, False)):
            needed = asked / (1 - part * margin) - 1
            cut = equilibrium(name, assumptions={f"{role}.required_margin": needed})
            assert bool(cut.points) is left, (role, part)


def test_the_best_split_of_c2_is_c3() -> None:
    """[E38]; C3 brings revenue 8.594830 and margin 1.441519."""
    split = best_split(equilibrium("textbook-roles").points[0])
    assert split is not None
    assert [round(s, 6) for s in split.values()] == pytest.approx([0.178375, 0.115394, 0.210789, 0.095442], abs=2e-6)
    better = equilibrium("textbook-roles", changes={f"{r}.emission_share": s for r, s in split.items()}).points[0]
    assert better.revenue == pytest.approx(8.594830, abs=2e-6)
    assert 1 / (1 - better.distance_to_tipping) == pytest.approx(1.441519, abs=2e-6)


def test_at_the_best_split_payout_follows_feedback() -> None:
    point = equilibrium("textbook-roles").points[0]
    split = best_split(point)
    assert split is not None
    best = equilibrium("textbook-roles", changes={f"{r}.emission_share": s for r, s in split.items()}).points[0]
    values = [role.value_of_payout for role in best.by_role.values()]
    assert max(values) - min(values) < 1e-6


def test_one_role_has_nothing_to_split() -> None:
    assert best_split(equilibrium("textbook").points[0]) is None


def test_a_lasting_cut_below_the_limit_is_survived_and_one_above_is_not() -> None:
    """Speed limit of section 8, simulated with an exponential schedule of the same start."""
    changes = {"burn_share": 0.6, "provider_fee_share": 0.2, "provider_emission_share": 0.8,
               "staker_emission_share": 0.1, "user_emission_share": 0, "staker_fee_share": 0.2}  # fmt: skip
    assumptions = {"demand_scale": 6.0}
    point = equilibrium("textbook", changes=changes, assumptions=assumptions).points[0]
    limits = emission_limits(point)
    assert limits.least_gap is not None
    assert limits.fastest_cut is not None
    payouts = point.by_role["providers"].payout_share
    critical = payouts * (1 - point.distance_to_tipping)
    assert limits.least_gap == pytest.approx((critical - 0.2) / 0.8, rel=1e-9)


def test_a_halving_is_survived_exactly_when_the_lost_payout_is_within_the_margin() -> None:
    """Tips if (1-phi)/2 > 1 - 2 sqrt(q(1-q)) (eta = 1, h = 2)."""
    seen = set()
    for demand in np.linspace(5.2, 9, 12):
        point = equilibrium("textbook", assumptions={"demand_scale": float(demand)}).points[0]
        lost = point.by_role["providers"].token_income_share / 2
        expected = lost <= point.distance_to_tipping
        assert emission_limits(point).survives_halving == expected
        seen.add(expected)
    assert seen == {True, False}


def test_merit_thresholds_follow_the_validators_quality() -> None:
    point = equilibrium("textbook-merit").points[0]
    found = merit_thresholds(point)["models"]
    contrast = 0.9 * point.by_role["validators"].quality
    assert found.lowest_weight == pytest.approx((2 - 1) * (1 - contrast) / (2 * contrast), rel=1e-12)
    assert found.needed_accuracy == pytest.approx(2 / 3)


def test_net_zero_comes_after_the_time_of_section_8() -> None:
    """t* = ln(G0/b)/(g + lambda - gamma_P); never where nothing closes the gap."""
    assert years_to_net_zero(2.0, 0.5, 0.2, 0.1, 0.05) == pytest.approx(np.log(4) / 0.25)
    assert years_to_net_zero(2.0, 0.5, 0.0, 0.0, 0.1) is None
    assert years_to_net_zero(0.3, 0.5, 0.0, 0.0, 0.0) == 0.0


def test_render_fundamental_price_and_implied_growth_are_those_of_section_10() -> None:
    """NPV anchor 0.0186 USD and implied growth 19.9 % at rho 20 %, g 10 %, 644.2M fully diluted, 1.90 USD."""
    burned = 12_125 * 1.90 * 52.18
    assert fundamental_price(burned, 644_245_094, 0.20, 0.10) == pytest.approx(0.0186, abs=6e-5)
    assert implied_growth(1.90, burned, 644_245_094, 0.20) == pytest.approx(0.199, abs=1e-4)
    with pytest.raises(ValueError, match="below the discount rate"):
        fundamental_price(burned, 1.0, 0.1, 0.1)
