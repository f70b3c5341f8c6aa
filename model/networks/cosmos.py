"""Goal-bonded inflation of the Cosmos SDK: the rate moves each block while the bonded ratio is off its goal.

Computed on the chain's own grid of 18 decimal places. Text and `Decimal` in give `Decimal` out, floats give floats.

Source: github.com/cosmos/cosmos-sdk x/mint/types/minter.go, params.go and minter_test.go (commits 0022320b, 02c23409,
0c75cad7).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np

from model.errors import OutOfRangeError
from model.networks.decimal18 import ONE, cut, over, times, to_decimal, to_units
from model.networks.inputs import Floats, Numbers, is_single, numbers, whole

Exact = int | float | str | Decimal | Fraction
"""A number, or text with at most 18 decimal places."""

INFLATION_CHANGE = "0.13"
INFLATION_MAXIMUM = "0.20"
INFLATION_MINIMUM = "0.07"
GOAL_BONDED = "0.67"
BLOCKS_PER_YEAR = 6_311_520
"""Default parameters of the module: rates a year, a share of supply, and blocks of 5 seconds."""


def next_inflation(
    inflation: Exact | Numbers,
    bonded_ratio: Exact | Numbers,
    *,
    change: Exact = INFLATION_CHANGE,
    maximum: Exact = INFLATION_MAXIMUM,
    minimum: Exact = INFLATION_MINIMUM,
    goal: Exact = GOAL_BONDED,
    blocks_per_year: int = BLOCKS_PER_YEAR,
    blocks: int = 1,
) -> Decimal | float | Floats:
    """Inflation after the next block: `clamp(inflation + (1 - bonded / goal) change / blocks_per_year)`.

    Parameters
    ----------
    inflation
        Rate a year before the block, 0 or more; one value, text, or an array.
    bonded_ratio
        Share of supply that is bonded, 0 to 1; one value, text, or an array.
    change
        Most that inflation may move in a year.
    maximum, minimum
        Bounds of inflation; applied after the step, the maximum first.
    goal
        Bonded ratio at which inflation stays as it is, above 0 and at most 1.
    blocks_per_year
        Blocks in a year.
    blocks
        Blocks to take at this bonded ratio.

    Returns
    -------
    Decimal, float or array
        `Decimal` with 18 places, as the chain stores it, where inflation or bonded ratio is text or `Decimal`; else a
        float, the nearest to that decimal.

    Raises
    ------
    OutOfRangeError
        Where a share is outside 0 to 1, a rate is negative, the bounds are crossed, or there are no blocks.
    """
    units = _Parameters(change, maximum, minimum, goal, blocks_per_year, blocks)
    if is_single(inflation) and is_single(bonded_ratio):
        after = units.after(inflation, bonded_ratio)
        exact = any(isinstance(value, (str, Decimal, Fraction)) for value in (inflation, bonded_ratio))
        return to_decimal(after) if exact else float(to_decimal(after))
    rates, ratios = np.broadcast_arrays(
        numbers("inflation", inflation, low=0), numbers("bonded ratio", bonded_ratio, low=0, high=1)
    )
    results = [float(to_decimal(units.after(a, b))) for a, b in zip(rates.flat, ratios.flat, strict=True)]
    return np.array(results, dtype=np.float64).reshape(rates.shape)


class _Parameters:
    """The parameters of the rule in units of 1e-18, checked once."""

    def __init__(
        self, change: Exact, maximum: Exact, minimum: Exact, goal: Exact, blocks_per_year: int, blocks: int
    ) -> None:
        self.change = to_units("change of inflation", change, low=0)
        self.maximum = to_units("highest inflation", maximum, low=0)
        self.minimum = to_units("lowest inflation", minimum, low=0)
        self.goal = to_units("goal of the bonded ratio", goal, low=0, high=1)
        self.blocks_per_year = whole("blocks per year", blocks_per_year, low=1)
        self.blocks = whole("blocks", blocks, low=0)
        if self.goal == 0:
            raise OutOfRangeError("goal of the bonded ratio is 0", allowed="above 0 to 1")
        if self.minimum > self.maximum:
            raise OutOfRangeError("lowest inflation is above the highest", todo="lower it")

    def after(self, inflation: object, bonded_ratio: object) -> int:
        """Inflation after the blocks; at one ratio every step is the same, so the bounds may be applied last."""
        rate = to_units("inflation", inflation, low=0)
        ratio = to_units("bonded ratio", bonded_ratio, low=0, high=1)
        yearly = times(ONE - over(ratio, self.goal), self.change)
        moved = rate + over(yearly, self.blocks_per_year * ONE) * self.blocks
        return max(min(moved, self.maximum), self.minimum) if self.blocks else rate


def annual_provisions(inflation: Exact, supply: int) -> Decimal:
    """Tokens a year at this inflation, in the smallest unit of the token, with 18 decimal places."""
    return to_decimal(to_units("inflation", inflation, low=0) * whole("supply", supply, low=0))


def block_provision(annual_provisions: Exact, blocks_per_year: int = BLOCKS_PER_YEAR) -> int:
    """Whole smallest units that a block mints out of what a year provides; the rest is dropped.

    Parameters
    ----------
    annual_provisions
        Smallest units a year.
    blocks_per_year
        Blocks in a year.
    """
    units = to_units("annual provisions", annual_provisions, low=0)
    return cut(units, whole("blocks per year", blocks_per_year, low=1)) // ONE


def split_provision(
    amount: Numbers, *, commission: Numbers, community_tax: Numbers = 0.02
) -> tuple[Floats, Floats, Floats]:
    """What a block's provision becomes: community pool, validators' commission, delegators.

    Parameters
    ----------
    amount
        Tokens minted.
    commission
        Share that validators keep of what their delegators earn, 0 to 1.
    community_tax
        Share that goes to the community pool first; 2 % is the SDK's and Fetch.ai's default.
    """
    minted = numbers("amount", amount, low=0)
    community = minted * numbers("community tax", community_tax, low=0, high=1)
    kept = (minted - community) * numbers("commission", commission, low=0, high=1)
    return community, kept, minted - community - kept


def staking_yield(
    inflation: Numbers, bonded_ratio: Numbers, *, commission: Numbers = 0.0, community_tax: Numbers = 0.02
) -> Floats:
    """Yearly yield of a delegator, without compounding and fees: inflation over bonded ratio, less tax and commission.

    Parameters
    ----------
    inflation
        Rate a year.
    bonded_ratio
        Share of supply bonded, above 0 to 1.
    commission, community_tax
        Shares, 0 to 1.
    """
    ratio = numbers("bonded ratio", bonded_ratio, low=0, high=1)
    if (ratio == 0).any():
        raise OutOfRangeError("bonded ratio is 0, so nobody earns", allowed="above 0 to 1")
    *_, delegators = split_provision(
        numbers("inflation", inflation, low=0), commission=commission, community_tax=community_tax
    )
    return np.asarray(delegators / ratio)
