"""One subnet's block, its moving price, the halving clock, and trades one after another."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import BallastError
from model.networks.bittensor import INJECTION_RULES, RAO, moving_price, pool_price, trade
from model.networks.bittensor.alpha_block import (
    SubnetInput,
    alpha_split,
    blocks_by_rule,
    days_to_half,
    moving_price_path,
    next_halving,
    root_is_paid,
)
from model.networks.bittensor.pool_trades import run_trades, sizes_up_to, slippage_curve
from model.networks.bittensor.snapshot import SUBNETS

CHUTES = SubnetInput(SUBNETS[0].share, SUBNETS[0].spot, SUBNETS[0].alpha_issued)


def test_all_tao_of_a_block_goes_into_the_pool_or_buys_alpha() -> None:
    for block in blocks_by_rule(CHUTES).values():
        assert block.tao_in + block.chain_buy == pytest.approx(block.tao)
        assert block.alpha_in <= block.cap + 1e-12
        assert block.tao == pytest.approx(0.5 * CHUTES.share, abs=1e-9)


def test_each_cap_let_less_alpha_into_the_pool_than_the_one_before() -> None:
    caps = [blocks_by_rule(CHUTES)[rule].cap for rule in INJECTION_RULES]
    assert caps == sorted(caps, reverse=True)
    assert caps[0] == 1


def test_a_block_is_split_in_full_whether_root_is_paid_or_not() -> None:
    for paid in (True, False):
        split = alpha_split(CHUTES, root_is_paid=paid)
        parts = split.owner + split.miners + split.validators + split.root + split.recycled
        assert CHUTES.alpha_rao - parts in range(4)
        assert (split.root > 0) == paid
    assert [root_is_paid(total) for total in (0.9, 1.0, 1.4)] == [False, False, True]


def test_the_moving_price_in_days_is_the_one_by_blocks_for_an_old_subnet() -> None:
    path = moving_price_path(0.07, 0.14, 10_000, [0, 10])
    assert path[0] == 0.07
    assert path[1] == pytest.approx(float(moving_price(0.07, 0.14, 10_000 * 7_200, updates=72_000)), rel=1e-4)


def test_a_young_subnets_moving_price_follows_more_slowly() -> None:
    days = list(range(200))
    young, old = (days_to_half(moving_price_path(0.07, 0.14, age, days), days, 0.07, 0.14) for age in (1, 2_000))
    assert young is not None
    assert old is not None
    assert young > old
    assert days_to_half([0.07, 0.08], [0, 5], 0.07, 0.14) is None


def test_recycling_delays_the_halving_and_all_of_it_ends_it() -> None:
    """4.65M TAO at 3,600 a day are 1,291 days from 8 July 2026."""
    assert next_halving(0.0) == date(2030, 1, 19)
    late = next_halving(0.0078)
    assert late is not None
    assert late > date(2030, 1, 19)
    assert next_halving(1.0) is None


# ---- trades ---------------------------------------------------------------------------------------------------------
def test_trades_in_a_row_are_single_trades_on_what_the_one_before_left() -> None:
    found = run_trades(1_000, 4_000, [("buy", 10), ("sell", 5)])
    first = trade("buy", 1_000 * RAO, 4_000 * RAO, 10 * RAO)
    second = trade("sell", first.tao, first.alpha, 5 * RAO)
    assert [row.received for row in found] == [first.received / RAO, second.received / RAO]
    assert found[1].price == pytest.approx(float(pool_price(second.tao, second.alpha)))


@given(size=st.floats(0.01, 1_000), side=st.sampled_from(["buy", "sell"]))
def test_larger_trades_slip_more_and_nothing_is_gained_by_going_back(size: float, side: str) -> None:
    small, large = (run_trades(1_000, 4_000, [(side, amount)])[0] for amount in (size, 2 * size))  # type: ignore[list-item]
    assert large.slippage > small.slippage > 0
    there = run_trades(1_000, 4_000, [("buy", size)])[0].received
    back = run_trades(1_000, 4_000, [("buy", size), ("sell", there)])[1].received
    assert back < size


def test_a_purchase_of_as_much_as_the_pool_holds_pays_double() -> None:
    curve = slippage_curve(1_000, 4_000, [1_000.0])
    assert curve["buy"] == pytest.approx([1.0], abs=2e-3)
    assert curve["sell"] == pytest.approx([0.5], abs=2e-3)
    assert sizes_up_to(40)[0] == 1


@pytest.mark.parametrize(("side", "amount", "coin"), [("buy", 2e6, "TAO"), ("sell", 5e6, "alpha")])
def test_a_trade_beyond_the_chains_limit_is_refused_in_its_own_coin(side: str, amount: float, coin: str) -> None:
    with pytest.raises(BallastError, match=coin):
        run_trades(1_000, 4_000, [(side, amount)])  # type: ignore[list-item]


def test_an_impossible_subnet_is_refused() -> None:
    for wrong in ((-0.1, 0.1, 1.0), (0.5, float("nan"), 1.0), (0.5, 0.1, -1.0)):
        with pytest.raises(BallastError):
            SubnetInput(*wrong)
