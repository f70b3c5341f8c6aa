"""The Bittensor bench: subnets under every rule, many epochs of consensus, and the bridges to the economy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import BallastError
from model.networks.bittensor import KAPPA, yuma
from model.networks.bittensor.economy import (
    ALL_SUBNETS,
    PUBLISHED_GAPS,
    Gap,
    in_dollars,
    merit_fit,
    role_shares,
    scoring,
    scoring_contrast,
    widest_gap,
    yearly_tao,
)
from model.networks.bittensor.forms import (
    MOVING_BAR_MASS,
    SUBNET_FORM,
    moving_bar,
    snapshot_rows,
    stake_and_weights,
    subnets_of,
    weight_rows,
    weights_form,
)
from model.networks.bittensor.rules import (
    RULES,
    RuleSettings,
    effect_of_more,
    moved,
    rule_shares,
    rules_until,
    what_changes,
)
from model.networks.bittensor.snapshot import ROUNDING, SUBNETS, issuance_rao, reproduced
from model.networks.bittensor.yuma_bench import (
    CASES,
    YumaCase,
    YumaTerms,
    agreement,
    dividends_over_stake,
    quality_at_end,
    run_epochs,
    stake_shares,
    total_dividends,
)

SNAPSHOT = subnets_of(snapshot_rows())


# ---- subnets --------------------------------------------------------------------------------------------------------
def test_the_published_shares_come_out_of_prices_burns_and_the_stored_total() -> None:
    published = [own.share for own in SUBNETS]
    assert reproduced() == pytest.approx(published, abs=ROUNDING)
    assert sum(published) == pytest.approx(1, abs=12 * ROUNDING)


def test_the_rule_of_the_snapshots_day_gives_its_shares() -> None:
    assert rule_shares("price-burn", SNAPSHOT) == pytest.approx([own.share for own in SUBNETS], abs=2 * ROUNDING)


@pytest.mark.parametrize("rule", RULES)
def test_shares_of_the_snapshot_add_up_to_one_under_every_rule(rule: str) -> None:
    shares = rule_shares(rule, SNAPSHOT)
    assert shares.sum() == pytest.approx(1)
    assert (shares >= 0).all()


@pytest.mark.parametrize("rule", RULES)
@given(seed=st.integers(0, 2**16))
def test_the_order_of_subnets_does_not_matter_where_values_differ(rule: str, seed: int) -> None:
    rows = snapshot_rows()
    order = np.random.default_rng(seed).permutation(len(rows))
    mixed = subnets_of([rows[place] for place in order])
    assert rule_shares(rule, mixed) == pytest.approx(rule_shares(rule, SNAPSHOT)[order], abs=1e-12)


def test_a_subnet_that_withholds_everything_loses_all_of_its_emission() -> None:
    change = next(row for row in what_changes("price", "price-burn", SNAPSHOT) if row.name == "Actual")
    assert change.before > 0.08
    assert change.after == 0


def test_switching_a_subnet_off_counts_only_since_there_was_a_switch() -> None:
    off = replace(SNAPSHOT, enabled=np.arange(len(SUBNETS)) != 0)
    paid = {rule: rule_shares(rule, off)[0] > 0 for rule in RULES}
    assert [rule for rule, has in paid.items() if has] == ["price", "flow"]


def test_root_proportion_favours_subnets_with_little_alpha() -> None:
    gains = {row.name: row.difference for row in what_changes("price-burn", "price-burn-root", SNAPSHOT)}
    assert gains["Memo"] > 0 > gains["Chutes"]


def test_what_moves_is_what_the_gainers_gain() -> None:
    changes = what_changes("price", "flow", SNAPSHOT)
    assert sum(row.difference for row in changes) == pytest.approx(0, abs=1e-12)
    assert moved(changes) == pytest.approx(sum(max(row.difference, 0) for row in changes))
    assert moved(what_changes("price", "price", SNAPSHOT)) == 0


def test_no_inflow_anywhere_leaves_the_tao_unspent() -> None:
    dry = replace(SNAPSHOT, user_flow=-np.ones(len(SUBNETS)))
    assert rule_shares("flow", dry).sum() == 0
    assert moved(what_changes("price", "flow", dry)) == pytest.approx(1)


def test_the_example_of_the_gate_by_mass_teaches_that_more_can_be_less() -> None:
    settings = RuleSettings(mass=MOVING_BAR_MASS)
    before, after = effect_of_more("gate-mass", moving_bar(), 1, 1.05, settings)
    assert after < 0.8 * before
    for rule in ("price", "price-burn"):
        first, second = effect_of_more(rule, moving_bar(), 1, 1.05, settings)
        assert second > first


@given(place=st.integers(0, len(SUBNETS) - 1), factor=st.floats(1, 3))
def test_a_higher_price_never_lowers_a_share_of_the_snapshot_without_a_gate(place: int, factor: float) -> None:
    for rule in ("price", "price-burn-root", "price-burn"):
        before, after = effect_of_more(rule, SNAPSHOT, place, factor, RuleSettings())
        assert after >= before - 1e-12


def test_the_table_of_subnets_survives_a_csv_file() -> None:
    rows = snapshot_rows()
    assert SUBNET_FORM.read_csv(SUBNET_FORM.to_csv(rows).encode()) == rows


# ---- consensus ------------------------------------------------------------------------------------------------------
def run(case: YumaCase, **changed: object) -> tuple[np.ndarray, tuple[object, ...]]:
    stake, weights, copies = stake_and_weights(weight_rows(case, len(case.miners)), len(case.miners))
    return stake, run_epochs(stake, weights, copies, replace(case.terms, **changed))  # type: ignore[arg-type]


def test_epochs_hand_their_bonds_on() -> None:
    case = CASES["honest"]
    stake, weights, copies = stake_and_weights(weight_rows(case, 4), 4)
    epochs = run_epochs(stake, weights, copies, replace(case.terms, epochs=3, version=1))
    bonds = None
    for epoch in epochs:
        expected = yuma(stake, weights, bonds, version=1, kappa=KAPPA)
        bonds = expected.bonds
        assert np.array_equal(epoch.bonds, expected.bonds)
        assert np.array_equal(epoch.dividends, expected.dividends)


@pytest.mark.parametrize("version", [1, 3])
@pytest.mark.parametrize("name", CASES)
def test_every_example_pays_out_everything(name: str, version: int) -> None:
    stake, epochs = run(CASES[name], version=version)
    for epoch in epochs:
        assert epoch.incentive.sum() == pytest.approx(1)  # type: ignore[attr-defined]
        assert epoch.dividends.sum() == pytest.approx(1)  # type: ignore[attr-defined]
    assert stake_shares(stake).sum() == pytest.approx(1)


@pytest.mark.parametrize("version", [1, 3])
def test_a_copying_validator_earns_its_stake_until_quality_moves(version: int) -> None:
    case = CASES["copying"]
    stake, epochs = run(case, version=version)
    ratios = dividends_over_stake(epochs, stake, 4)  # type: ignore[arg-type]
    turn = case.terms.turn_at
    assert turn is not None
    assert ratios[: turn - 1] == pytest.approx([1.0] * (turn - 1), abs=2e-4)
    assert min(ratios[turn - 1 :]) < 0.97


@pytest.mark.parametrize("version", [1, 3])
def test_a_minority_that_pays_itself_is_cut_and_a_majority_is_not(version: int) -> None:
    stake, few = run(CASES["minority"], version=version)
    held = stake_shares(stake)
    assert (total_dividends(few)[3:] < 0.3 * held[3:]).all()  # type: ignore[arg-type]
    assert few[-1].incentive[3] < 0.25  # type: ignore[attr-defined]
    _, many = run(CASES["majority"], version=version)
    assert many[-1].incentive[3] == pytest.approx(1)  # type: ignore[attr-defined]


def test_validators_who_agree_lose_nothing_to_clipping() -> None:
    epoch = yuma([3, 2, 1], [[0.6, 0.4]] * 3)
    assert agreement(epoch) == pytest.approx(1)
    assert agreement(yuma([3, 2, 1], [[1, 0], [1, 0], [0, 1]])) == pytest.approx(5 / 6)


def test_quality_moves_on_only_once_the_turn_is_reached() -> None:
    high = [True, False, False]
    assert quality_at_end(high, YumaTerms(epochs=5, turn_at=6)).tolist() == high
    assert quality_at_end(high, YumaTerms(epochs=6, turn_at=6)).tolist() == [False, True, False]


# ---- economy --------------------------------------------------------------------------------------------------------
def test_contrast_is_twice_the_accuracy_less_one() -> None:
    found = scoring([0.35, 0.35, 0.15, 0.15], [True, True, False, False])
    assert found.contrast == pytest.approx((0.35 - 0.15) / (0.35 + 0.15))
    assert found.contrast == pytest.approx(2 * found.accuracy - 1)
    assert found.high / found.low == pytest.approx((1 + found.contrast) / (1 - found.contrast))


def test_scores_that_favour_low_quality_have_no_contrast() -> None:
    found = scoring([0.1, 0.9], [True, False])
    assert found.raw_contrast < 0
    assert (found.contrast, found.accuracy) == (0, 0.5)


def test_honest_validators_tell_quality_better_than_a_self_dealing_minority_lets_them() -> None:
    high = [good for _, good in CASES["honest"].miners]
    contrasts = [
        scoring(run(CASES[name])[1][-1].incentive, high).contrast  # type: ignore[attr-defined]
        for name in ("honest", "minority", "majority")
    ]
    assert contrasts == sorted(contrasts, reverse=True)
    assert contrasts[2] == 0


def test_the_contrast_set_gives_the_measured_one_at_the_validators_quality() -> None:
    assert 0.9 * scoring_contrast(0.45, 0.9) == pytest.approx(0.45)
    assert scoring_contrast(0.95, 0.9) == 1
    assert scoring_contrast(0.5, 0.0) == 0


@given(st.floats(0, 1), st.lists(st.floats(0.01, 10), min_size=2, max_size=20))
def test_the_weight_of_merit_is_found_again_in_shares_made_with_it(weight: float, worth: list[float]) -> None:
    merit = np.array(worth) + np.arange(len(worth))
    shares = (1 - weight) / merit.size + weight * merit / merit.sum()
    fit = merit_fit(shares, merit)
    assert fit.weight == pytest.approx(weight, abs=1e-6)
    assert fit.explained == pytest.approx(1, abs=1e-6)


def test_roles_receive_what_the_network_is_calibrated_to() -> None:
    stake, epochs = run(CASES["honest"])
    shares = role_shares(epochs[-1], stake)  # type: ignore[arg-type]
    assert shares["owners.emission_share"] == pytest.approx(0.179995)
    assert shares["models.emission_share"] == pytest.approx(0.410002)
    assert shares["validators.emission_share"] == pytest.approx(0.0738)
    assert sum(shares.values()) == pytest.approx(1, abs=1e-12)


def test_without_any_weights_miners_receive_nothing() -> None:
    epoch = yuma([1, 1], [[0, 0], [0, 0]])
    shares = role_shares(epoch, [1, 1], take=0)
    assert shares["models.emission_share"] == 0
    assert shares["staker_emission_share"] == pytest.approx(1 - 0.179995)


def test_a_higher_price_of_tao_lifts_everything_in_the_pools_in_proportion() -> None:
    one, two = (in_dollars(["a"], [0.07], [1000], [0.2], tao_price=usd, tao_a_year=1e6)[0] for usd in (100, 200))
    assert (one.alpha_price, one.depth, one.emission_a_year) == pytest.approx((7, 200_000, 20e6))
    assert (two.alpha_price, two.depth, two.emission_a_year) == pytest.approx((14, 400_000, 40e6))


def test_the_published_gap_fits_what_the_chain_emits() -> None:
    """$52M at $250 is 208,000 TAO a year, near 15.8% of emission; all subnets' gap is the one of the press."""
    largest, everybody = (own.gap for own in PUBLISHED_GAPS)
    assert largest.emission / 250 / yearly_tao(issuance_rao()) == pytest.approx(0.158, abs=5e-4)
    assert largest.ratio == pytest.approx(21.7, abs=0.05)
    assert everybody.ratio == pytest.approx(7.6)
    assert everybody.emission / 250 == pytest.approx(yearly_tao(issuance_rao()), rel=0.01)
    assert all(own.on and own.grade and own.source for own in PUBLISHED_GAPS)


def test_a_gap_over_nothing_earned_is_no_number() -> None:
    assert Gap("c", 1, 0).ratio == float("inf")
    assert Gap("d", 0, 0).ratio == 0


# ---- refusals -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "call",
    [
        lambda: rule_shares("votes", SNAPSHOT),
        lambda: replace(SNAPSHOT, burn=np.zeros(2)),
        lambda: run_epochs([1, 1], [[1, 0], [0, 1]], [False], YumaTerms()),
        lambda: run_epochs([1], [[1, 0]], [False], YumaTerms(epochs=201)),
        lambda: run_epochs([1], [[1, float("nan")]], [False], YumaTerms()),
        lambda: run_epochs([-1], [[1, 0]], [False], YumaTerms()),
        lambda: stake_and_weights([], 2),
        lambda: stake_and_weights(weight_rows(CASES["honest"], 4) * 20, 4),
        lambda: scoring([0.5, 0.5], [True, True]),
        lambda: merit_fit([0.5, 0.5], [1, 1]),
        lambda: merit_fit([0, 0], [1, 2]),
        lambda: merit_fit([], []),
        lambda: weights_form(3).read_csv(b"validator,stake,copies,weight_1\nV,1,no,1\n"),
        lambda: SUBNET_FORM.read_csv(b"subnet;price\nA;1\n"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(call: Callable[[], object]) -> None:
    with pytest.raises(BallastError) as refused:
        call()
    assert "\n" not in str(refused.value)


def test_the_rule_in_force_is_the_last_that_came_and_has_not_ended() -> None:
    assert rules_until(date(2026, 7, 8)) == ("price-burn-root", "price-burn")
    assert rules_until(date(2026, 11, 15))[1] == "gate-rank"


def test_a_total_is_not_held_against_its_parts() -> None:
    gaps = [own.gap for own in PUBLISHED_GAPS]
    assert max(gaps, key=lambda gap: gap.difference).name == ALL_SUBNETS
    assert widest_gap(gaps).name == "Largest subnet"
    assert widest_gap([gap for gap in gaps if gap.name == ALL_SUBNETS]).name == ALL_SUBNETS
