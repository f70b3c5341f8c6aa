"""A subnet's pool of TAO and alpha: its price, what a trade gives, and how injections move its weights.

Amounts are in the smallest unit (rao). Source: github.com/opentensor/subtensor (14bc6f9f964b, 2026-06-30),
pallets/swap/src/pallet/balancer.rs, live since v3.4.8-423 (2026-06-25).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Literal

import numpy as np

from model.errors import OutOfRangeError, UnknownKeyError
from model.networks.inputs import Floats, Number, Numbers, fraction, numbers, shaped, whole

FEE = Fraction(33, 65_535)
"""Fee on the input of a trade: 0.05 %."""

SMALLEST_WEIGHT, LARGEST_WEIGHT = 0.01, 0.99
"""Bounds of TAO's weight."""

INPUT_LIMIT = 1_000
"""A trade may put in at most so many times the reserve."""

_DIGITS = 50


def pool_price(tao: Numbers, alpha: Numbers, tao_weight: Numbers = 0.5) -> float | Floats:
    """Price of alpha in TAO: weight of alpha over weight of TAO, times TAO over alpha; 0 without alpha.

    Parameters
    ----------
    tao, alpha
        Reserves in one unit.
    tao_weight
        Weight of TAO, above 0 and below 1; alpha has the rest.
    """
    weight = _weight(tao_weight)
    quote, base = np.broadcast_arrays(numbers("TAO reserve", tao, low=0), numbers("alpha reserve", alpha, low=0))
    ratio = np.divide(quote, base, out=np.zeros(quote.shape), where=base > 0)
    return shaped(np.asarray((1 - weight) / weight * ratio))


def _weight(value: Numbers) -> Floats:
    weight = numbers("weight of TAO", value, low=0, high=1)
    if ((weight == 0) | (weight == 1)).any():
        raise OutOfRangeError("weight of TAO is 0 or 1", allowed="above 0 and below 1")
    return weight


def reserve_factor(reserve: Numbers, delta: Numbers, tao_weight: Numbers = 0.5, *, buys: bool = True) -> float | Floats:
    """What is left of one reserve when the other grows from `reserve` by `delta`: (reserve / (reserve + delta))^k.

    Parameters
    ----------
    reserve, delta
        Reserve of what is paid in, and the payment.
    tao_weight
        Weight of TAO.
    buys
        The exponent k is alpha's weight over TAO's as the chain's `exp_scaled` has it for its `base_quote` flag set,
        and TAO's over alpha's otherwise.
    """
    weight = _weight(tao_weight)
    exponent = (1 - weight) / weight if buys else weight / (1 - weight)
    held = numbers("reserve", reserve, low=0)
    total = held + numbers("payment", delta, low=0)
    return shaped(np.divide(held, total, out=np.ones(np.shape(total)), where=total > 0) ** exponent)


@dataclass(frozen=True)
class Trade:
    """Result of a trade, in whole smallest units.

    Attributes
    ----------
    received
        Alpha of a buy, TAO of a sale.
    fee
        Taken from the input first.
    tao, alpha
        Reserves afterwards, without the fee.
    """

    received: int
    fee: int
    tao: int
    alpha: int


def trade(
    side: Literal["buy", "sell"], tao: Number, alpha: Number, amount: Number, *, tao_weight: Number = 0.5
) -> Trade:
    """Buy alpha with TAO or sell alpha for TAO.

    Parameters
    ----------
    side
        "buy" or "sell" alpha.
    tao, alpha
        Reserves, whole and above 0.
    amount
        Paid in, fee included: TAO of a buy, alpha of a sale.
    tao_weight
        Weight of TAO.

    Returns
    -------
    Trade
        Exact at equal weights, where the pool keeps the product of its reserves; else rounded down after 50 digits.
    """
    if side not in ("buy", "sell"):
        raise UnknownKeyError(f"{side!r} is no side of a trade", allowed="buy, sell")
    held = {"TAO": whole("TAO reserve", tao, low=1), "alpha": whole("alpha reserve", alpha, low=1)}
    paid_in, paid_out = ("TAO", "alpha") if side == "buy" else ("alpha", "TAO")
    most = INPUT_LIMIT * held[paid_in]
    given = whole("amount", amount, low=0, high=most)
    fee = int(given * FEE)
    net = given - fee
    weight = fraction("weight of TAO", tao_weight, low=SMALLEST_WEIGHT, high=LARGEST_WEIGHT)
    exponent = weight / (1 - weight) if side == "buy" else (1 - weight) / weight
    received = _received(held[paid_in], held[paid_out], net, exponent)
    held[paid_in] += net
    held[paid_out] -= received
    return Trade(received, fee, held["TAO"], held["alpha"])


def _received(reserve_in: int, reserve_out: int, net: int, exponent: Fraction) -> int:
    if exponent == 1:
        return reserve_out * net // (reserve_in + net)
    with localcontext() as context:
        context.prec = _DIGITS
        ratio = Decimal(reserve_in) / Decimal(reserve_in + net)
        kept = ratio ** (Decimal(exponent.numerator) / Decimal(exponent.denominator))
        return int(Decimal(reserve_out) * (1 - kept))


def weight_after_injection(
    tao: Numbers, alpha: Numbers, tao_in: Numbers, alpha_in: Numbers, tao_weight: Numbers = 0.5
) -> float | Floats:
    """Weight of TAO after liquidity was put in: it moves so that the price does not, within 0.01 to 0.99.

    Parameters
    ----------
    tao, alpha
        Reserves before, above 0.
    tao_in, alpha_in
        What is put in.
    tao_weight
        Weight before.
    """
    weight = _weight(tao_weight)
    y, x = numbers("TAO reserve", tao, low=0), numbers("alpha reserve", alpha, low=0)
    if ((x == 0) | (y == 0)).any():
        raise OutOfRangeError("a reserve is 0", allowed="above 0")
    of_tao = weight * x * (y + numbers("TAO put in", tao_in, low=0))
    of_alpha = (1 - weight) * y * (x + numbers("alpha put in", alpha_in, low=0))
    return shaped(np.clip(of_tao / (of_alpha + of_tao), SMALLEST_WEIGHT, LARGEST_WEIGHT))
