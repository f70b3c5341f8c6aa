"""Bittensor's emission: how much a block mints at an issuance, and when it halves.

Amounts are in rao, 1 TAO = 1e9 rao; a subnet's alpha is counted the same way.

Source: github.com/opentensor/subtensor at 14bc6f9f964b (2026-06-30, spec version 425),
pallets/subtensor/src/coinbase/block_emission.rs.
"""

from __future__ import annotations

from typing import overload

import numpy as np
from numpy.typing import NDArray

from model.errors import OutOfRangeError
from model.networks.inputs import Number, fraction, is_single, numbers, whole

RAO = 10**9
"""Rao in one TAO."""

CAP_RAO = 21_000_000 * RAO
"""TAO that may ever exist, and alpha of each subnet, in rao."""

BASE_EMISSION_RAO = RAO
"""Rao minted by a block before the first halving."""

BLOCKS_PER_DAY = 7_200
"""Blocks of 12 seconds in a day."""

BLOCKS_PER_YEAR = 2_629_800
"""Blocks of 12 seconds in 365.25 days."""

_LAST_HALVING = BASE_EMISSION_RAO.bit_length()
"""After this many halvings a block mints less than one rao, which is nothing."""


def halving_thresholds(count: int) -> tuple[int, ...]:
    """Issuance at which each of the first halvings takes effect.

    Parameters
    ----------
    count
        How many halvings, from the first.

    Returns
    -------
    tuple of int
        Rao, smallest first: the lowest issuance at which a block mints half of what it minted before. From the
        sixteenth on the threshold itself is no whole number of rao and the next whole one is given.
    """
    count = whole("the count of halvings", count, low=0)
    return tuple(CAP_RAO - CAP_RAO // 2**order for order in range(1, count + 1))


def halvings(issuance_rao: Number) -> int | None:
    """Halvings that an issuance in rao has reached; None at the cap and beyond, where nothing is minted.

    The chain takes the base-2 logarithm of 1 / (1 - issuance / cap) in fixed point and drops its fraction; counting
    thresholds gives the same number wherever a block mints anything.
    """
    left = CAP_RAO - whole("issuance", issuance_rao, low=0)
    return (CAP_RAO // left).bit_length() - 1 if left > 0 else None


@overload
def block_emission(issuance_rao: Number) -> int: ...
@overload
def block_emission(issuance_rao: list[int] | NDArray[np.int64]) -> NDArray[np.int64]: ...
def block_emission(issuance_rao: Number | list[int] | NDArray[np.int64]) -> int | NDArray[np.int64]:
    """Rao that the next block mints, exact to the rao.

    Parameters
    ----------
    issuance_rao
        TotalIssuance in rao, or a subnet's alpha issuance for its alpha emission; one number or an array.

    Returns
    -------
    int or array of int64
        One TAO halved at each threshold and cut to a whole rao; 0 at the cap and beyond.

    Raises
    ------
    OutOfRangeError
        Where the issuance is negative or no whole number.
    """
    if is_single(issuance_rao):
        reached = halvings(issuance_rao)  # type: ignore[arg-type]
        return 0 if reached is None else BASE_EMISSION_RAO >> reached
    array = numbers("issuance", issuance_rao, low=0)
    given = np.asarray(issuance_rao)
    if given.dtype.kind not in "iu":
        if (array != np.floor(array)).any():
            raise OutOfRangeError("issuance has parts of a rao", allowed="a whole number")
        given = np.minimum(array, CAP_RAO).astype(np.int64)
    reached_by = np.searchsorted(halving_thresholds(_LAST_HALVING), np.minimum(given, CAP_RAO), side="right")
    return np.asarray(BASE_EMISSION_RAO >> reached_by.astype(np.int64), dtype=np.int64)


def daily_emission(issuance_rao: Number) -> float:
    """TAO that 7,200 blocks mint at an issuance in rao, without a halving in between."""
    return BLOCKS_PER_DAY * block_emission(issuance_rao) / RAO


def next_issuance(issuance_rao: Number, *, recycled_rao: Number = 0, burned_rao: Number = 0) -> int:
    """Issuance in rao after one more block.

    Minting raises it and stops at the cap. Recycling takes from it, so recycled TAO can be minted again and delays
    the next halving. Burning sends TAO to an account that nobody opens and leaves issuance as it is.
    """
    issuance = whole("issuance", issuance_rao, low=0)
    recycled = whole("recycled", recycled_rao, low=0)
    whole("burned", burned_rao, low=0)
    after = issuance + min(block_emission(issuance), max(CAP_RAO - issuance, 0)) - recycled
    if after < 0:
        raise OutOfRangeError("recycled is more than was ever issued", allowed=f"{issuance} rao or less")
    return after


def issuance_after(issuance_rao: Number, blocks: Number, *, recycled_share: Number = 0) -> int:
    """Issuance in rao after a number of blocks, exact to the rao, in one step per halving.

    Parameters
    ----------
    issuance_rao
        Issuance at the start, in rao.
    blocks
        Blocks that follow; a day has 7,200.
    recycled_share
        Share of each block's emission that is recycled in the same block, 0 to 1; the chain recycled about 28 of
        3,600 TAO a day between 2026-07-08 and 2026-08-10.
    """
    issuance = whole("issuance", issuance_rao, low=0)
    left = whole("blocks", blocks, low=0)
    share = fraction("recycled share", recycled_share, low=0, high=1)
    for threshold in (*halving_thresholds(_LAST_HALVING), CAP_RAO):
        if issuance >= threshold:
            continue
        emission = block_emission(issuance)
        net = emission - int(emission * share)
        if net == 0:
            break
        taken = min(left, -((issuance - threshold) // net))
        issuance, left = min(issuance + taken * net, CAP_RAO), left - taken
        if left == 0:
            break
    return issuance


def blocks_to_halving(issuance_rao: Number, *, recycled_share: Number = 0) -> int | None:
    """Blocks until the next halving from an issuance in rao; None where none is left or nothing is added."""
    issuance = whole("issuance", issuance_rao, low=0)
    share = fraction("recycled share", recycled_share, low=0, high=1)
    emission = block_emission(issuance)
    net = emission - int(emission * share)
    ahead = [threshold for threshold in halving_thresholds(_LAST_HALVING) if threshold > issuance]
    return -((issuance - ahead[0]) // net) if ahead and net else None
