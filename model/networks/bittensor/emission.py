"""Bittensor's emission: how much a block mints at an issuance, and how a subnet's part of it is split.

Amounts are in rao, 1 TAO = 1e9 rao; a subnet's alpha is counted the same way.

Source: github.com/opentensor/subtensor at 14bc6f9f964b (2026-06-30, spec version 425),
pallets/subtensor/src/coinbase/block_emission.rs, run_coinbase.rs, block_step.rs and tao.rs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from model.errors import OutOfRangeError, UnknownKeyError
from model.networks.inputs import Floats, Number, Numbers, fraction, is_single, numbers, positive, shaped, whole

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

OWNER_CUT = Fraction(11_796, 65_535)
"""Share of a subnet's alpha that its owner receives: 0.179995."""

TAO_WEIGHT = Fraction(3_320_413_933_267_719_290, 2**64 - 1)
"""Weight of TAO staked on root beside alpha: 0.18 on mainnet."""

MOVING_PRICE_ALPHA = 0.000003
"""Largest weight of the current price in the moving price."""

MOVING_PRICE_HALF_BLOCKS = 201_600
"""Blocks since its start after which a subnet's moving price uses half of that weight: four weeks."""

_LAST_HALVING = BASE_EMISSION_RAO.bit_length()
"""After this many halvings a block mints less than one rao, which is nothing."""

_BITS = 32
"""Binary places of the chain's fixed-point numbers (U96F32)."""


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


def root_proportion(root_tao: Numbers, tao_weight: Numbers, alpha_issuance: Numbers) -> float | Floats:
    """Share of a subnet's validator pay that goes to TAO staked on root: R w / (R w + alpha issuance).

    Parameters
    ----------
    root_tao
        TAO staked on root, in the unit of `alpha_issuance`.
    tao_weight
        Weight of TAO, a share; `TAO_WEIGHT` on mainnet.
    alpha_issuance
        Alpha that the subnet has issued, in its pool and outside.

    Returns
    -------
    float or array
        A share; 0 where there is neither root stake nor alpha, as the chain divides safely.
    """
    weighted = numbers("root TAO", root_tao, low=0) * numbers("TAO weight", _float(tao_weight), low=0)
    total = weighted + numbers("alpha issuance", alpha_issuance, low=0)
    return shaped(np.divide(weighted, total, out=np.zeros_like(total), where=total > 0))


def _float(value: Numbers) -> object:
    """Fractions as floats, which NumPy does not read by itself."""
    return float(value) if isinstance(value, Fraction) else value


@dataclass(frozen=True)
class AlphaSplit:
    """How one subnet's alpha of a block is shared, in rao, each cut to a whole rao as the chain does.

    Attributes
    ----------
    owner, miners, validators, root
        Alpha to the subnet's owner, its miners, its validators' alpha stake, and TAO staked on root.
    recycled
        Root's part where it is not paid because the subnets' prices add up to one or less.
    """

    owner: int
    miners: int
    validators: int
    root: int
    recycled: int


def split_alpha(
    alpha_out: Number,
    root_proportion: Number = 0,
    owner_cut: Number = OWNER_CUT,
    *,
    root_is_paid: bool = True,
) -> AlphaSplit:
    """Split a block's alpha into owner's cut, miners, validators and root, in the chain's fixed point.

    Parameters
    ----------
    alpha_out
        Alpha minted for the subnet's participants, in rao.
    root_proportion
        Root's share of the validators' half, 0 to 1.
    owner_cut
        The owner's share, 0 to 1; 11,796 / 65,535 on mainnet, 0 where the owner's cut is switched off.
    root_is_paid
        False where the moving prices of all subnets add up to one or less: root's part is then recycled.
    """
    alpha = whole("alpha out", alpha_out, low=0) << _BITS
    cut = _fixed(fraction("owner cut", owner_cut, low=0, high=1))
    proportion = _fixed(fraction("root proportion", root_proportion, low=0, high=1))
    owner = alpha * cut >> _BITS
    rest = alpha - owner
    root = rest * proportion >> _BITS + 1
    miners = rest >> 1
    validators = rest - miners - root
    paid = root >> _BITS
    return AlphaSplit(
        owner=owner >> _BITS,
        miners=miners >> _BITS,
        validators=validators >> _BITS,
        root=paid if root_is_paid else 0,
        recycled=0 if root_is_paid else paid,
    )


def _fixed(value: Fraction) -> int:
    return int(value * 2**_BITS)


InjectionRule: TypeAlias = Literal["alpha", "alpha-and-tao", "root-proportion"]

INJECTION_RULES: Mapping[InjectionRule, date] = {
    "alpha": date(2025, 2, 13),
    "alpha-and-tao": date(2025, 12, 12),
    "root-proportion": date(2026, 6, 22),
}
"""Caps on the alpha put into a pool by a block, and the day each came into force."""


def injection_cap(
    rule: InjectionRule,
    *,
    alpha_emission: Numbers,
    tao_block_emission: Numbers | None = None,
    root_proportion: Numbers | None = None,
) -> float | Floats:
    """Most alpha, in rao, that a block may put into a subnet's pool.

    Parameters
    ----------
    rule
        "alpha": the subnet's alpha emission (to 2025-12-12); "alpha-and-tao": the lower of it and the block's TAO
        emission (to 2026-06-22); "root-proportion": root proportion times alpha emission (since).
    alpha_emission, tao_block_emission, root_proportion
        Rao, rao and a share; the last two only where the rule reads them.
    """
    alpha = numbers("alpha emission", alpha_emission, low=0)
    if rule == "alpha":
        return shaped(alpha)
    if rule == "alpha-and-tao":
        if tao_block_emission is None:
            raise UnknownKeyError("the cap by alpha and TAO reads the block's TAO emission", where="tao_block_emission")
        return shaped(np.minimum(alpha, numbers("TAO emission of the block", tao_block_emission, low=0)))
    if rule == "root-proportion":
        if root_proportion is None:
            raise UnknownKeyError("the cap by root proportion reads that proportion", where="root_proportion")
        return shaped(alpha * numbers("root proportion", root_proportion, low=0, high=1))
    raise UnknownKeyError(f"{rule!r} is no injection rule", allowed=", ".join(INJECTION_RULES))


@dataclass(frozen=True)
class SubnetTerms:
    """What a block does with a subnet's emission, in rao before the chain cuts to whole ones.

    Attributes
    ----------
    alpha_in, tao_in
        Put into the pool at its price.
    excess_tao
        TAO beyond the cap: it buys alpha from the pool.
    alpha_out
        Alpha minted for the subnet's participants, always in full.
    """

    alpha_in: float | Floats
    tao_in: float | Floats
    excess_tao: float | Floats
    alpha_out: float | Floats


def subnet_terms(tao_emission: Numbers, price: Numbers, alpha_emission: Numbers, cap: Numbers) -> SubnetTerms:
    """Divide subnets' TAO between pool and chain buys.

    Parameters
    ----------
    tao_emission
        TAO of the block for each subnet, in rao.
    price
        Alpha price in TAO; at a price of 0 no alpha is put in and all TAO goes to the pool.
    alpha_emission
        Alpha of the block for each subnet, in rao.
    cap
        Most alpha that may be put into the pool, in rao (`injection_cap`).
    """
    tao = numbers("TAO emission", tao_emission, low=0)
    price = numbers("price", price, low=0)
    alpha = numbers("alpha emission", alpha_emission, low=0)
    cap = numbers("cap", cap, low=0)
    tao, price, alpha, cap = np.broadcast_arrays(tao, price, alpha, cap)
    wanted = np.divide(tao, price, out=np.zeros(tao.shape), where=price > 0)
    capped = wanted > cap
    tao_in = np.where(capped, cap * price, tao)
    return SubnetTerms(
        alpha_in=shaped(np.where(capped, cap, wanted)),
        tao_in=shaped(tao_in),
        excess_tao=shaped(np.maximum(tao - tao_in, 0)),
        alpha_out=shaped(alpha.copy()),
    )


def moving_price(
    start: Numbers,
    price: Numbers,
    blocks_since_start: Numbers,
    *,
    base: Numbers = MOVING_PRICE_ALPHA,
    half_blocks: Numbers = MOVING_PRICE_HALF_BLOCKS,
    updates: Numbers = 1,
) -> float | Floats:
    """Moving price of alpha after updates at one price, in TAO.

    An update moves it toward min(price, 1) by `base * b / (b + half_blocks)`, b the blocks since the subnet started;
    b is held during the updates, so take few of them while a subnet is young.

    Parameters
    ----------
    start
        Moving price before.
    price
        Price in the pool; above 1 it counts as 1.
    blocks_since_start
        Blocks since the subnet's start call.
    base, half_blocks
        Largest weight of an update (3e-6 on mainnet), and the age in blocks at which half of it applies.
    updates
        Number of updates, one a block.
    """
    old = numbers("moving price", start, low=0)
    target = np.minimum(numbers("price", price, low=0), 1.0)
    age = numbers("blocks since start", blocks_since_start, low=0)
    weight = numbers("base", base, low=0, high=1) * age / (age + positive("half blocks", half_blocks))
    kept = (1.0 - weight) ** numbers("updates", updates, low=0)
    return shaped(target + (old - target) * kept)


def dividend_shares(
    alpha_stake: Numbers, root_tao: Numbers, tao_weight: Numbers = float(TAO_WEIGHT)
) -> tuple[float | Floats, float | Floats]:
    """Shares of a validator's dividends for its alpha stake and for its TAO on root; both 0 without any stake."""
    root = root_proportion(root_tao, tao_weight, alpha_stake)
    staked = (numbers("alpha stake", alpha_stake) > 0) | (np.asarray(root) > 0)
    return shaped(np.where(staked, 1.0 - np.asarray(root), 0.0)), root
