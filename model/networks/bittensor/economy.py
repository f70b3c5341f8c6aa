"""Between Bittensor's rules and the economy: what a bench says about scoring, merit and roles, and prices the way back.

The economy's pay for merit is section 16.6 of the Ballast economics specification: expected scores of high and low
quality stand as (1 + vs) to (1 - vs), and pay as (1 - mw) activity + mw score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from model.errors import OutOfRangeError, ShareError
from model.networks.bittensor.alpha_split import OWNER_CUT
from model.networks.bittensor.consensus import YumaEpoch, epoch_emission
from model.networks.bittensor.emission import BLOCKS_PER_YEAR, RAO, block_emission
from model.networks.inputs import Floats, Number, Numbers, numbers

DEFAULT_TAKE = 0.18
"""Share of dividends that a validator keeps of what its delegators' stake earns: the chain's default and most."""


# ---- scoring --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Scoring:
    """How well scores tell high from low quality.

    Attributes
    ----------
    high, low
        Incentive of an average miner of high and of low quality, shares.
    contrast
        `vs = (high - low) / (high + low)`, 0 where low quality earns as much or more.
    accuracy
        Of a verdict high or low with that contrast: `(1 + vs) / 2`.
    """

    high: float
    low: float

    @property
    def raw_contrast(self) -> float:
        """Contrast before it is cut at 0: below 0 scores favour low quality."""
        total = self.high + self.low
        return (self.high - self.low) / total if total > 0 else 0.0

    @property
    def contrast(self) -> float:
        """Contrast of expected scores."""
        return max(self.raw_contrast, 0.0)

    @property
    def accuracy(self) -> float:
        """Share of right verdicts that gives this contrast."""
        return (1 + self.contrast) / 2


def scoring(incentive: Numbers, is_high: Sequence[bool] | NDArray[np.bool_]) -> Scoring:
    """Contrast of what consensus pays to miners of high and of low quality.

    Parameters
    ----------
    incentive
        Shares of M miners.
    is_high
        M switches: whose work is of high quality; at least one of each.

    Raises
    ------
    ShareError
        Where no miner of one kind is named.
    """
    paid = numbers("incentive", incentive, low=0)
    high = np.asarray(is_high, dtype=bool)
    if high.shape != paid.shape:
        raise ShareError(f"{high.size} switches for {paid.size} miners", todo="give one per miner")
    if high.all() or not high.any():
        raise ShareError("all miners are of one quality", allowed="at least one high and one low")
    return Scoring(float(paid[high].mean()), float(paid[~high].mean()))


def scoring_contrast(measured: float, validator_quality: float) -> float:
    """The economy's `scoring_contrast`: with it, validators of this quality reach the measured contrast; at most 1."""
    quality = float(numbers("validators' quality", validator_quality, low=0, high=1))
    return min(1.0, measured / quality) if quality > 0 else 0.0


# ---- merit ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class MeritFit:
    """How emission to subnets follows merit.

    Attributes
    ----------
    weight
        mw of `share = (1 - mw) / n + mw merit / sum of merit`, by least squares, within 0 to 1.
    explained
        Part of the squared differences of shares that this weight describes, 0 to 1.
    """

    weight: float
    explained: float


def merit_fit(shares: Numbers, merit: Numbers) -> MeritFit:
    """How far emission follows merit instead of mere presence.

    Parameters
    ----------
    shares
        Of n subnets; they add up to one.
    merit
        What they are to be paid for, 0 or more, in any unit.

    Raises
    ------
    OutOfRangeError
        Where merit is the same everywhere, so that nothing can follow it, or where nothing is paid out.
    """
    paid, worth = numbers("shares", shares, low=0), numbers("merit", merit, low=0)
    if paid.shape != worth.shape or paid.ndim != 1:
        raise ShareError(f"{worth.size} values of merit for {paid.size} subnets", todo="give one per subnet")
    if paid.sum() <= 0:
        raise OutOfRangeError("no subnet receives emission", allowed="shares that add up to one")
    even, total = 1 / paid.size, worth.sum()
    lean = worth / total - even if total > 0 else np.zeros_like(worth)
    if float(np.abs(lean).max()) < 1e-12:
        raise OutOfRangeError("merit is the same for every subnet", allowed="values that differ")
    off = paid - even
    weight = float(np.clip(off @ lean / (lean @ lean), 0.0, 1.0))
    left, all_of_it = float(np.sum((off - weight * lean) ** 2)), float(off @ off)
    return MeritFit(weight, max(0.0, 1 - left / all_of_it) if all_of_it > 1e-18 else 1.0)


# ---- roles ----------------------------------------------------------------------------------------------------------
def role_shares(epoch: YumaEpoch, stake: Numbers, *, take: Number = DEFAULT_TAKE) -> dict[str, float]:
    """Shares of emission by parameter key: owners' cut first, then what consensus pays to miners and validators.

    Half of the rest goes to each side where both earn something. Of the validators' part they keep their take, and
    stakers receive what is left. Shares are rounded to a millionth and add up to one.
    """
    kept = float(numbers("validators' take", take, low=0, high=1))
    owners = round(float(OWNER_CUT), 6)
    to_validators, to_miners = (float(np.sum(part)) for part in epoch_emission(epoch, stake, 1 - float(OWNER_CUT)))
    miners, validators = round(to_miners, 6), round(to_validators * kept, 6)
    return {
        "models.emission_share": miners,
        "validators.emission_share": validators,
        "owners.emission_share": owners,
        "staker_emission_share": round(1 - owners - miners - validators, 6),
        "treasury_emission_share": 0.0,
    }


# ---- the way back ---------------------------------------------------------------------------------------------------
def yearly_tao(issuance_rao: Number) -> float:
    """TAO that a year of blocks mints at this issuance, without a halving in between."""
    return block_emission(int(issuance_rao)) * BLOCKS_PER_YEAR / RAO


@dataclass(frozen=True)
class PoolInDollars:
    """A subnet's pool and emission at a price of TAO, in USD."""

    name: str
    alpha_price: float
    depth: float
    emission_a_year: float


def in_dollars(
    names: Sequence[str], alpha_price: Numbers, tao_in: Numbers, shares: Numbers, *, tao_price: float, tao_a_year: float
) -> tuple[PoolInDollars, ...]:
    """What a price of TAO makes of n subnets: their alpha, both sides of their pools, and a year of their emission.

    Parameters
    ----------
    names
        One per subnet.
    alpha_price, tao_in
        Price in the pool, TAO per alpha, and TAO reserve.
    shares
        Of emission.
    tao_price
        USD per TAO, from the economy.
    tao_a_year
        TAO minted a year.
    """
    price = numbers("alpha price", alpha_price, low=0)
    reserve, share = numbers("TAO in the pool", tao_in, low=0), numbers("shares", shares, low=0)
    usd = float(numbers("price of TAO", tao_price, low=0))
    rows: tuple[Floats, ...] = (price * usd, 2 * reserve * usd, share * tao_a_year * usd)
    return tuple(PoolInDollars(*row) for row in zip(names, *(part.tolist() for part in rows), strict=True))


def all_emission(pools: Sequence[PoolInDollars]) -> float:
    """Emission of these subnets together, USD a year."""
    return sum(pool.emission_a_year for pool in pools)


# ---- emission against revenue ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Gap:
    """What a subnet is paid in emission and what it earns from users, USD a year."""

    name: str
    emission: float
    revenue: float

    @property
    def ratio(self) -> float:
        """Dollars emitted for each dollar earned; without limit where nothing is earned."""
        if self.revenue > 0:
            return self.emission / self.revenue
        return float("inf") if self.emission > 0 else 0.0

    @property
    def difference(self) -> float:
        """Emission less revenue, USD a year."""
        return self.emission - self.revenue


@dataclass(frozen=True)
class PublishedGap:
    """A gap as somebody published it."""

    gap: Gap
    on: str
    grade: str
    source: str


ALL_SUBNETS = "All subnets"
"""Name of the row that holds all the others."""

PUBLISHED_GAPS = (
    PublishedGap(
        Gap("Largest subnet", 52e6, 2.4e6), "2026-06", "secondary",
        "Press figures of 2026; at $250 a TAO the $52M are 208,000 TAO a year, 15.8% of emission, which fits Chutes. "
        "No primary source of the $2.4M was found",
    ),
    PublishedGap(
        Gap(ALL_SUBNETS, 7.6 * 43e6, 43e6), "2026-03", "derived",
        "Press figures of 2026: revenue $43M a year in the first quarter, 7.6 dollars emitted for each dollar earned",
    ),
)  # fmt: skip


def widest_gap(gaps: Sequence[Gap]) -> Gap:
    """The row with the most emission beyond revenue; a total is not held against its parts."""
    single = [gap for gap in gaps if gap.name != ALL_SUBNETS]
    return max(single or gaps, key=lambda gap: gap.difference)
