"""Gains are compared draw by draw, put into bands and told with a reason; one holder is followed by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import load_network, network_names, project
from model.errors import BallastError
from model.gains.ledger import PARTS
from model.gains.position import Neuron, my_position
from model.gains.who_gains import BANDS, WORTH_NAMING, band_of, conservation_words, who_gains
from model.words.text import quantity

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)


# ---- bands --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("relative", "band"),
    [(-0.06, 0), (-0.05, 0), (-0.0499, 1), (-0.001, 1), (-0.0009, 2), (0.0, 2), (0.001, 2), (0.0011, 3), (0.05, 3),
     (0.0501, 4)],
)  # fmt: skip
def test_a_band_holds_its_upper_end(relative: float, band: int) -> None:
    assert band_of(np.array([relative]), np.array([1.0]))[0] == band


def test_from_nothing_any_gain_is_more_than_five_percent() -> None:
    np.testing.assert_array_equal(band_of(np.array([1e-9, 0.0, -1e-9]), np.zeros(3)), [4, 2, 0])


@given(NUMBERS, st.floats(1e-6, 1e9))
def test_a_gain_and_the_same_loss_lie_in_opposite_bands_away_from_the_edges(gain: float, base: float) -> None:
    up, down = (int(band_of(np.array([x]), np.array([base]))[0]) for x in (gain, -gain))
    if not np.isclose(np.abs(gain / base), (0.001, 0.05), rtol=1e-9).any():
        assert up + down == 4


# ---- comparison ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", network_names())
def test_an_empty_change_gives_exactly_nothing_to_everybody(name: str) -> None:
    who = who_gains(project(name, years=1))
    assert np.all(who.parts == 0)
    assert set(who.frame["band"]) == {"no change"}
    assert all(reason.startswith("Nothing that reaches") for reason in who.summary["reason"])
    assert who.conservation.select("gains", "real_surplus", "market_cap_change", "residual").row(0) == (0, 0, 0, 0)


def test_nobody_gains_before_a_change_starts() -> None:
    start = load_network("payment").as_of + dt.timedelta(days=500)
    who = who_gains(project("payment", changes={"burn_share": 0.5}, start=start, years=1))
    assert np.all(who.parts == 0)
    late = who_gains(project("payment", changes={"burn_share": 0.5}, start=start, years=2))
    assert np.all(late.difference[[late.ledger.index(k) for k in ("stakers", "users", "passive")]] != 0)


def test_a_comparison_is_paired_by_draw_and_adds_up_in_each() -> None:
    run = project("payment", changes={"burn_share": 0.5}, years=2, draws=8, seed=3)
    who = who_gains(run)
    assert who.draws.tolist() == list(range(8))
    labels = np.array(run.labels)
    assert set(labels[who.rows]) == {"scenario"}
    assert np.all(run.draws[who.rows] == run.draws[who.base_rows])
    line = who.conservation
    scale = who.base.sum(axis=0)
    left = (line["gains"] - line["real_surplus"] - line["market_cap_change"]).to_numpy()
    assert np.all(np.abs(left) <= 1e-12 * scale)
    assert np.all(np.abs(line["residual"].to_numpy()) <= 1e-12 * scale)
    assert who.difference.std(axis=1)[who.ledger.index("users")] > 0
    only = who_gains(project("payment", changes={"burn_share": 0.5}, years=2, draws=3, seed=3))
    np.testing.assert_allclose(only.difference, who.difference[:, :3], rtol=1e-12, atol=1e-6)


def test_shares_of_futures_and_shares_of_the_total_sum_to_one() -> None:
    who = who_gains(project("payment", changes={"burn_share": 0.5}, years=2, draws=8))
    table = who.summary
    np.testing.assert_allclose(table.select(BANDS).sum_horizontal(), 1.0)
    np.testing.assert_allclose(np.abs(who.share_of_total).sum(axis=0), 1.0)
    sums = table.select(PARTS).sum_horizontal().to_numpy()
    np.testing.assert_allclose(sums, table["difference"].to_numpy(), rtol=1e-9, atol=1e-3)
    assert (table["p05"] <= table["p95"]).all()


def test_amounts_in_tokens_are_dollars_at_the_first_days_price() -> None:
    who = who_gains(project("payment", changes={"burn_share": 0.5}, years=1))
    np.testing.assert_allclose(
        who.frame["in_tokens"] * load_network("payment").initial["price"], who.frame["difference"]
    )


def test_a_reason_names_the_part_that_weighs_most_and_points_where_the_difference_does() -> None:
    who = who_gains(project("payment", changes={"burn_share": 0.6}, years=5))
    reasons = dict(who.summary.select("group", "reason").iter_rows())
    assert "their share of revenue" in reasons["role.providers"]
    assert "lower over 5 years" in reasons["role.providers"]
    assert "burned tokens" in reasons["passive"]
    assert "higher over 5 years" in reasons["passive"]
    assert reasons["grantees"].startswith("Nothing that reaches")
    assert "nothing is left over" in conservation_words(who)


def test_the_parts_that_a_reason_names_add_up_to_the_difference_that_it_explains() -> None:
    who = who_gains(project("payment", changes={"burn_share": 0.4}, funded_by="providers", years=10))
    reason, total = who.reason("role.providers"), float(who.difference[who.ledger.index("role.providers")].mean())
    parts = dict(zip(PARTS, who.parts[who.ledger.index("role.providers")].mean(axis=1), strict=True))
    assert parts["revenue"] < total < 0 < parts["cost"]
    assert f"their share of revenue would be {quantity(-parts['revenue'], '$')} lower over 10 years" in reason
    assert f"against it, the cost of their capacity would be {quantity(parts['cost'], '$')} lower" in reason
    rest = total - parts["revenue"] - parts["cost"]
    word = "adds" if rest > 0 else "takes"
    assert (f"the rest {word} {quantity(abs(rest), '$')}" in reason) == (abs(rest) >= WORTH_NAMING * abs(total))


def test_slower_dilution_is_told_as_lower_dilution() -> None:
    who = who_gains(project("bittensor", changes={"emission_scale": 0.5}, years=3))
    assert "dilution of their holdings by new tokens" in who.reason("passive")
    assert "lower over" in who.reason("passive")


def test_a_run_without_paths_or_without_the_world_is_refused() -> None:
    with pytest.raises(BallastError, match="Paths were not kept"):
        who_gains(project("textbook", years=1, draws=3, keep="summary"))
    with pytest.raises(BallastError, match="no world 'proposal'"):
        who_gains(project("textbook", years=1), world="proposal")


# ---- one holder ---------------------------------------------------------------------------------------
def test_a_passive_holder_of_one_token_has_the_price_and_a_share_of_supply() -> None:
    run = project("payment", changes={"burn_share": 0.5}, years=3)
    one = my_position(run)
    np.testing.assert_array_equal(one.value, run.values("price"))
    np.testing.assert_allclose(one.share, 1 / run.values("supply"))
    assert np.all(one.earned == 0)
    row = one.frame.row(0, named=True)
    assert row["value_difference"] == pytest.approx(float(np.diff(run.values("price")[:, -1])[0]))


def test_a_staker_earns_the_yield_and_keeps_it_beside_the_stake_or_stakes_it() -> None:
    """By hand, step by step, with slashing."""
    run = project("textbook", changes={"slashing_rate": 0.05}, years=2)
    rewards = run.values("staking_yield") + run.values("slashed") / run.values("staked")
    kept, again = my_position(run, 10, 0.4), my_position(run, 10, 0.4, restake=True)
    for world, slash in ((0, 0.0), (1, 0.05)):
        stake, beside, compound, step = 4.0, 6.0, 4.0, run.step_length
        for k in range(run.paths.worlds.steps):
            assert kept.staked[world, k] == pytest.approx(stake)
            assert kept.tokens[world, k] == pytest.approx(stake + beside)
            assert again.tokens[world, k] == pytest.approx(compound + 6.0)
            beside += step * stake * rewards[world, k]
            stake *= 1 - step * slash
            compound *= 1 + step * (rewards[world, k] - slash)
        assert kept.earned[world] == pytest.approx(beside - 6.0)


def test_all_stakers_together_earn_what_stakers_are_paid() -> None:
    run = project("staking", years=1)
    stake = load_network("staking").initial["staked"]
    first = my_position(run, stake, 1.0).income[0, 0]
    assert first * run.values("price")[0, 0] == pytest.approx(run.values("staker_income")[0, 0])


def test_a_neuron_weighs_delay_and_age_against_the_average() -> None:
    """After Mission 70 the longest delay counts 3 and four years of age 1.25; the average is taken as 3 x 1.125."""
    run = project("internet-computer", changes={"emission_scale": 0.6}, years=2)
    plain = my_position(run, 100, 1.0).income[:, 0]

    def income(neuron: Neuron, step: int = 0) -> list[float]:
        return [float(x) for x in my_position(run, 100, 1.0, neuron=neuron).income[:, step]]

    assert income(Neuron(2.0)) == pytest.approx(plain / 1.125)
    assert income(Neuron(2.0, 4.0)) == pytest.approx(plain * 1.25 / 1.125)
    assert income(Neuron(0.5)) == pytest.approx(plain * (1 + 2 * 0.25**2) / (3 * 1.125))
    assert income(Neuron(2.0, average_bonus=1.5)) == pytest.approx(plain * 3 / 1.5)
    assert income(Neuron(0.01)) == [0.0, 0.0]
    older = my_position(run, 100, 1.0, neuron=Neuron(2.0)).income[0] / my_position(run, 100, 1.0).income[0]
    assert np.all(np.diff(older) > 0)


def test_a_position_in_a_world_that_stops_ends_with_it() -> None:
    run = project("textbook", changes={"fiat_indexed_mint": 14.0, "burn_share": 0.1}, years=40)
    stop = int(run.paths.stopped[1])
    assert stop > 0
    row = my_position(run, 1.0, 0.5).frame.row(0, named=True)
    assert row["value_scenario"] == pytest.approx(float(my_position(run, 1.0, 0.5).value[1, stop - 1]))
    assert np.isfinite(row["earned_scenario"])


@pytest.mark.parametrize(
    ("tokens", "share", "name", "told"),
    [(0.0, 0.0, "textbook", "tokens"), (float("nan"), 0.0, "textbook", "tokens"), (1.0, 1.2, "textbook", "share"),
     (1.0, 0.5, "render", "no staking")],
)  # fmt: skip
def test_a_position_out_of_range_is_refused(tokens: float, share: float, name: str, told: str) -> None:
    with pytest.raises(BallastError, match=told):
        my_position(project(name, years=0.1), tokens, share)


@pytest.mark.parametrize("fields", [{"dissolve_delay_years": -1}, {"dissolve_delay_years": 1, "average_bonus": 0.0}])
def test_a_neuron_out_of_range_is_refused(fields: dict[str, float]) -> None:
    with pytest.raises(BallastError, match="allowed"):
        Neuron(**fields)  # type: ignore[arg-type]
