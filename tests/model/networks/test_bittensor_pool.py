"""A subnet's pool against balancer.rs and test_swap_basic of the chain."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import BallastError
from model.networks import bittensor as bt

TRADES: tuple[tuple[Literal["buy", "sell"], int, int, int], ...] = (
    ("buy", 1_000, 0, 3_999),
    ("buy", 2_000, 1, 7_995),
    ("buy", 123_456, 62, 493_515),
    ("buy", 1_000_000_000, 503_547, 1_999_496_326),
    ("buy", 10_000_000_000, 5_035_477, 3_636_197_098),
    ("sell", 1_000, 0, 249),
    ("sell", 2_000, 1, 499),
    ("sell", 123_456, 62, 30_847),
)
"""Side, amount, fee and result on 1e9 TAO and 4e9 alpha."""


@pytest.mark.parametrize(
    ("weight", "alpha", "tao", "price"),
    [
        (0.5, 2, 5, 2.5),
        (1 / 3, 4, 10, 5.0),
        (0.3, 10, 0, 0),
        (0.4, 9, 25, 25 / 6),
        (0.3, 2.1e16, 1.5e16, 5 / 3),
        (0.5, 0, 1, 0),
    ],
)
def test_price(weight: float, alpha: float, tao: float, price: float) -> None:
    assert bt.pool_price(tao, alpha, weight) == pytest.approx(price, rel=1e-15)


@pytest.mark.parametrize(
    ("weight", "reserve", "delta", "buys", "left"),
    [
        (0.5, 100_000, 100, True, 0.999000999000999),
        (0.25, 500_000, 5_000, True, 0.970590147927644),
        (0.75, 200_000, 2_000, False, 0.970590147927644),
        (0.9, 13_513_642, 1_673, False, 0.998886481979889),
    ],
)
def test_what_a_payment_leaves_of_the_other_reserve(
    weight: float, reserve: float, delta: float, buys: bool, left: float
) -> None:
    assert bt.reserve_factor(reserve, delta, weight, buys=buys) == pytest.approx(left, rel=1e-14)


@pytest.mark.parametrize(("side", "amount", "fee", "received"), TRADES)
def test_trades_give_what_the_chain_gives(side: Literal["buy", "sell"], amount: int, fee: int, received: int) -> None:
    found = bt.trade(side, 10**9, 4 * 10**9, amount)
    assert (found.fee, found.received) == (fee, received)


@given(st.sampled_from(["buy", "sell"]), st.integers(0, 10**9), st.floats(0.1, 0.9))
def test_a_trade_moves_the_price_its_own_way_and_never_empties_the_pool(
    side: Literal["buy", "sell"], amount: int, weight: float
) -> None:
    after = bt.trade(side, 10**9, 4 * 10**9, amount, tao_weight=weight)
    assert after.tao > 0
    assert after.alpha > 0
    rise = float(bt.pool_price(after.tao, after.alpha, weight)) / float(bt.pool_price(10**9, 4 * 10**9, weight))
    assert (rise >= 1 - 1e-9) if side == "buy" else (rise <= 1 + 1e-9)


def test_an_injection_moves_the_weights_and_not_the_price() -> None:
    weight = bt.weight_after_injection(1e9, 4e9, 1e6, 1e6)
    assert bt.pool_price(1e9 + 1e6, 4e9 + 1e6, weight) == pytest.approx(bt.pool_price(1e9, 4e9))
    assert bt.weight_after_injection(1e9, 4e9, 1e15, 0) == 0.99


def test_impossible_trades_are_refused() -> None:
    for arguments in (("hold", 1, 1, 1), ("buy", 0, 1, 1), ("buy", 1, 1, -1), ("sell", 10, 10, 10_001)):
        with pytest.raises(BallastError):
            bt.trade(*arguments)  # type: ignore[arg-type]
    with pytest.raises(BallastError):
        bt.pool_price(1, 1, 0)
