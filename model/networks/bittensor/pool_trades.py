"""Trades one after another in a subnet's pool: what each receives, at which average price, and how far it moved it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.errors import OutOfRangeError
from model.networks.bittensor.emission import RAO
from model.networks.bittensor.pool import INPUT_LIMIT, pool_price, trade
from model.networks.inputs import Number, numbers

Side = Literal["buy", "sell"]


@dataclass(frozen=True)
class TradeResult:
    """One trade; TAO and alpha in whole coins.

    Attributes
    ----------
    paid, received
        TAO in and alpha out of a purchase, alpha in and TAO out of a sale.
    average
        TAO per alpha that was paid or received.
    slippage
        How much worse than the price before, a share: a buyer pays more, a seller receives less; the fee included.
    price
        In the pool afterwards.
    """

    side: Side
    paid: float
    received: float
    average: float
    slippage: float
    price: float


def run_trades(
    tao: Number, alpha: Number, trades: Iterable[tuple[Side, float]], *, tao_weight: float = 0.5
) -> tuple[TradeResult, ...]:
    """Trades of (side, amount) one after another in a pool with these reserves, in whole coins."""
    held = [int(float(numbers("reserve", value, low=0)) * RAO) for value in (tao, alpha)]
    found = []
    for side, amount in trades:
        _not_beyond(side, float(numbers("amount", amount, low=0)), held[0 if side == "buy" else 1])
        before = float(pool_price(held[0], held[1], tao_weight))
        done = trade(
            side, held[0], held[1], round(float(numbers("amount", amount, low=0)) * RAO), tao_weight=tao_weight
        )
        held = [done.tao, done.alpha]
        found.append(
            _result(side, amount, done.received / RAO, before, float(pool_price(held[0], held[1], tao_weight)))
        )
    return tuple(found)


def _not_beyond(side: Side, amount: float, reserve_rao: int) -> None:
    """Refuse more than the chain takes, in the reader's unit."""
    most, coin = INPUT_LIMIT * reserve_rao / RAO, "TAO" if side == "buy" else "alpha"
    if amount > most:
        raise OutOfRangeError(
            f"a trade pays {amount:,.6g} {coin} into a pool of {reserve_rao / RAO:,.6g}",
            allowed=f"up to {INPUT_LIMIT:,} times what the pool holds",
            todo="make the trade smaller or the pool larger",
        )


def _result(side: Side, paid: float, received: float, before: float, after: float) -> TradeResult:
    if side == "buy":
        average = paid / received if received > 0 else before
        return TradeResult(side, paid, received, average, average / before - 1, after)
    average = received / paid if paid > 0 else before
    return TradeResult(side, paid, received, average, 1 - average / before, after)


def slippage_curve(
    tao: Number, alpha: Number, sizes: Sequence[float], *, tao_weight: float = 0.5
) -> dict[Side, list[float]]:
    """Slippage of a purchase and of a sale by size, a share; sizes are worth so many TAO at the price before."""
    price = float(pool_price(float(tao), float(alpha), tao_weight))
    buys = [run_trades(tao, alpha, [("buy", size)], tao_weight=tao_weight)[0].slippage for size in sizes]
    sales = [run_trades(tao, alpha, [("sell", size / price)], tao_weight=tao_weight)[0].slippage for size in sizes]
    return {"buy": buys, "sell": sales}


def sizes_up_to(most: float, count: int = 40) -> list[float]:
    """Sizes of trades from a fortieth to `most`, evenly spaced."""
    return [float(size) for size in np.linspace(most / count, most, count)]
