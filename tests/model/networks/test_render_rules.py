"""Render's rules against its proposals (github.com/rendernetwork/RNPs, 2026-05-18) and its published epochs."""

from __future__ import annotations

import numpy as np
import pytest

from model.errors import OutOfRangeError, UnknownKeyError
from model.networks import render

SALAD = (
    ("SCE", 2.0, 2.0, 300, 280, 20),
    ("SCE", 2.0, 2.1, 300, 266.6667, 33.3333),
    ("SCE", 2.0, 1.9, 300, 294.7368, 5.2632),
    ("SGS", 2.0, 2.0, 175, 155, 20),
    ("SGS", 2.0, 2.1, 175, 147.619, 27.381),
    ("SGS", 2.0, 1.9, 175, 163.1579, 11.8421),
)
"""RNP-023, Examples: product, price at burn and reward, RENDER burned, rewarded and net for USD 1,000."""


# ---- emission -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("year", "share", "month"), [(1, 0.085, 760_567), (2, 0.055, 492_132), (3, 0.055, 492_132)])
def test_published_years_are_twelve_whole_months_of_a_share_of_the_cap(year: int, share: float, month: int) -> None:
    """RNP-003, 006, 018, 022 and 023."""
    assert render.emission_in_year(year) == 12 * month == 12 * round(share * render.EMISSION_CAP / 12)


def test_reconstructed_years_are_marked_and_make_year_60_reach_the_cap() -> None:
    table = render.emission_table(62)
    assert [row.published for row in table[:6]] == [True, True, True, False, False, False]
    assert all("reconstruct" in row.source for row in table[3:])
    assert table[58].issued < render.EMISSION_CAP == table[59].issued
    assert [row.tokens for row in table[60:]] == [0, 0]
    assert sum(row.tokens for row in table) == pytest.approx(107_374_182, abs=1e-6)


def test_growth_years_shrink_by_the_damping_and_no_year_mints_more_than_a_tenth() -> None:
    """RNP-001, appendix."""
    years = np.asarray(render.emission_in_year(np.arange(1, 60)))
    assert years[5:] / years[4:-1] == pytest.approx(0.945, rel=1e-12)
    assert years.max() <= 0.10 * render.EMISSION_CAP


def test_years_before_the_first_are_refused_and_years_after_the_cap_mint_nothing() -> None:
    for wrong in (0, -1, 1.5, "x"):
        with pytest.raises(OutOfRangeError):
            render.emission_in_year(wrong)  # type: ignore[arg-type]
    assert render.emission_in_year(1000) == 0
    assert render.emission_in_year(2, variant="press") == 5_637_150
    assert render.MAXIMUM_SUPPLY == 644_245_094


def test_a_bme_year_begins_on_20_december() -> None:
    days = ("2023-12-20", "2024-12-19", "2024-12-20", "2026-11-01")
    assert [render.bme_year(day) for day in days] == [1, 1, 2, 3]
    with pytest.raises(OutOfRangeError):
        render.bme_year("2023-12-19")


# ---- jobs -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("product", "at_burn", "at_reward", "burned", "rewarded", "net"), SALAD)
def test_salad_jobs_burn_and_reward_as_in_the_examples(
    product: str, at_burn: float, at_reward: float, burned: float, rewarded: float, net: float
) -> None:
    job = render.settle_job(1000, at_burn, product, price_reward=at_reward)
    assert (job.burned, job.rewarded, job.net_burn) == pytest.approx((burned, rewarded, net), abs=5e-5)


def test_a_year_of_salad_mints_and_burns_the_monthly_figures_of_the_proposal() -> None:
    """RNP-023 prints 88,240 minted and 95,374 burned, that is 8.1 % more; the shares give 95,406."""
    month = 4.3e6 / 12
    jobs = [render.settle_job(share * month, 2.0, kind) for share, kind in ((0.73, "sce"), (0.27, "sgs"))]
    minted, burned = (sum(float(getattr(job, name)) for job in jobs) for name in ("rewarded", "burned"))
    assert minted == pytest.approx(88_240, abs=1)
    assert burned == pytest.approx(95_374, rel=4e-4)
    assert sum(render.MONTHLY_BUDGET_YEAR_3.values()) == 580_372


@pytest.mark.parametrize("kind", ["legacy", "jobs", "sce", "sgs", "Salad SCE", "salad-sgs"])
def test_every_part_of_a_payment_has_a_receiver(kind: str) -> None:
    job = render.settle_job([0.0, 12.5, 1e6], 1.7, kind)
    assert np.asarray(job.burned_value) + job.fee + job.operator == pytest.approx([0.0, 12.5, 1e6])


def test_a_legacy_job_burns_95_percent_and_mints_nothing() -> None:
    job = render.settle_job(100, 2.0, "legacy")
    assert (job.burned, job.rewarded, job.fee) == (47.5, 0.0, 5.0)
    assert render.customer_price(95) == pytest.approx(100)


def test_burn_and_reward_of_salad_cancel_when_the_price_falls_by_a_fifteenth() -> None:
    """0.56 / 0.60: a fall of more than 6.67 % between burn and reward makes the container engine a net mint."""
    assert render.settle_job(1000, 3.0, "sce", price_reward=2.8).net_burn == pytest.approx(0, abs=1e-12)


def test_impossible_jobs_are_refused() -> None:
    with pytest.raises(OutOfRangeError):
        render.settle_job(100, 0)
    with pytest.raises(OutOfRangeError):
        render.settle_job(-1, 2.0)
    with pytest.raises(UnknownKeyError, match="legacy, jobs, sce, sgs"):
        render.settle_job(100, 2.0, "frames")


def test_the_published_burn_implies_the_market_rate_of_euro_and_dollar() -> None:
    """An epoch's burn is 95 % of EUR 0.25 a credit, so the credits of a burn at 1.16 USD per EUR give 1.16 back."""
    value = render.credits_value(200_000, 1.16)
    assert value == pytest.approx(58_000)
    burned = render.settle_job(value, 4.0).burned_value
    assert render.implied_usd_per_eur(burned, 200_000) == pytest.approx(1.16)


def test_an_epoch_pays_its_pool_by_approved_work_whatever_was_burned() -> None:
    small = render.settle_epoch([1_000, 3_000], 1.16, 2.0, 15_000, [1, 0, 3])
    large = render.settle_epoch(10_000_000, 1.16, 2.0, 15_000, [1, 0, 3])
    assert small.pay.tolist() == large.pay.tolist() == [3_750, 0, 11_250]
    assert small.burned == pytest.approx(0.95 * 0.25 * 4_000 * 1.16 / 2.0)
    assert render.settle_epoch(0, 1.16, 2.0, 15_000, [0, 0]).minted == 0


# ---- nodes ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("nodes", "penalty"), [(1, 1.0), (3, 1.0), (4, 0.522046), (5, 0.272532), (10, 0.010567)])
def test_availability_pays_less_beyond_three_nodes_of_a_wallet(nodes: int, penalty: float) -> None:
    """RNP-015, high_node_penalty."""
    assert render.availability_penalty(nodes) == pytest.approx(penalty, abs=5e-7)


def test_an_average_node_that_always_waits_has_seven_points_and_points_share_the_pool() -> None:
    averages = {"average_octane": 400.0, "average_memory": 16.0, "average_age": 90.0}
    points = render.availability_points([1.0, 0.5], 400, 16, 90, **averages)
    assert points == pytest.approx([7.0, 3.5])
    assert render.availability_rewards(300, points) == pytest.approx([200, 100])


@pytest.mark.parametrize(
    ("gpu", "rule", "reward"),
    [("RTX4090", "RNP-021", 14.880952), ("H200", "RNP-021", 74.404762), (1.8098, "RNP-019", 10.772619)],
)
def test_hundred_hours_of_compute_earn_the_published_reward(gpu: str | float, rule: str, reward: float) -> None:
    assert render.compute_reward(100, gpu, rule=rule) == pytest.approx(reward, abs=5e-7)


def test_unknown_cards_rules_and_hours_are_refused() -> None:
    with pytest.raises(UnknownKeyError, match="H200"):
        render.compute_reward(1, "GT9")
    with pytest.raises(UnknownKeyError):
        render.compute_reward(1, rule="RNP-020")
    with pytest.raises(OutOfRangeError):
        render.compute_reward(169)


# ---- budgets --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("month", "liquidity", "artists"),
    [(1, 190_142, 0), (3, 190_142, 0), (4, 95_071, 95_071), (9, 95_071, 95_071), (10, 0, 190_142), (12, 0, 190_142)],
)
def test_the_network_half_of_year_1_is_380284_a_month(month: int, liquidity: int, artists: int) -> None:
    """RNP-006."""
    found = render.year_1_month(month)
    assert (found.network, found.nodes, found.liquidity, found.artists) == (380_284, 190_142, liquidity, artists)
    assert 12 * (found.network + found.foundation) == render.emission_in_year(1)
    assert found.network + found.foundation_compute + found.foundation_upgrade in (570_426, 570_427)


def test_unspent_emission_of_year_2_stays_in_the_treasury() -> None:
    """RNP-022, rounded to 10,000 RENDER."""
    split = render.yearly_split(2)
    assert split.nodes + split.grants + split.foundation == 1
    for name, share in (("nodes", split.nodes), ("grants", split.grants), ("foundation", split.foundation)):
        row = render.YEAR_2_PAID[name]
        assert row.emitted == pytest.approx(share * 5_905_584, abs=5_000)
        assert row.unspent == pytest.approx(render.unspent(row.emitted, row.paid).unspent, abs=10_001)
    with pytest.raises(OutOfRangeError):
        render.unspent(1, 2)


def test_after_the_cap_burn_is_minted_again_up_to_a_share_of_issuance() -> None:
    assert render.reminted([5.0, 500.0], 1000, 0.1) == pytest.approx([5.0, 100.0])
