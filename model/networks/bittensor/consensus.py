"""Yuma consensus: how validators' weights become miners' incentive and validators' dividends.

One epoch is a pure function of stake, weights and the bonds that the epoch before left. Source:
github.com/opentensor/subtensor (14bc6f9f964b, 2026-06-30), pallets/subtensor/src/epoch/run_epoch.rs and math.rs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from model.errors import OutOfRangeError, ShareError, UnknownKeyError
from model.networks.inputs import Floats, Numbers, numbers

KAPPA = 32_767 / 65_535
"""Share of stake that must support a weight: just under one half."""

BONDS_ALPHA = 0.1
"""Weight of an epoch in the moving average of bonds: 1 - 900,000 / 1,000,000."""

STORED_ONE = 65_535
"""Bonds are stored as whole parts of this between epochs."""

_RESOLUTION = 2.0**-32
"""Resolution of the chain's fixed-point numbers, at which sums of stake are compared."""


@dataclass(frozen=True)
class LiquidAlpha:
    """A weight of the epoch for each pair of validator and miner, by distance from consensus (version 3 only).

    Attributes
    ----------
    low, high
        Bounds of the weight; 45,875 and 58,982 parts of 65,535 by default.
    steepness
        Of the logistic curve between them, in hundredths.
    """

    low: float = 45_875 / STORED_ONE
    high: float = 58_982 / STORED_ONE
    steepness: float = 1_000

    def __post_init__(self) -> None:
        numbers("lowest alpha", self.low, low=0, high=1)
        numbers("highest alpha", self.high, low=self.low, high=1)
        numbers("steepness", self.steepness)


LiquidForm: TypeAlias = LiquidAlpha | Mapping[str, float] | Sequence[float] | bool | None


@dataclass(frozen=True)
class YumaEpoch:
    """What an epoch decides; V validators by M miners.

    Attributes
    ----------
    consensus
        Per miner, the highest weight that enough stake supports.
    clipped_weights
        Weights by row, normalised and cut to consensus.
    validator_trust
        Per validator, the sum of its clipped weights.
    ranks, incentive
        Per miner, stake-weighted clipped weights, and their shares; shares add up to one or are all zero.
    unclipped_ranks
        Per miner, stake-weighted weights before clipping; `ranks` over these is the older "server trust".
    bonds
        V x M; columns add up to one in version 1, entries lie in 0 to 1 in version 3. Give them to the next epoch.
    dividends
        Per validator; add up to one, or are all zero.
    """

    consensus: Floats
    clipped_weights: Floats
    validator_trust: Floats
    ranks: Floats
    incentive: Floats
    bonds: Floats
    dividends: Floats

    unclipped_ranks: Floats
    version: Literal[1, 3]

    @property
    def stored_bonds(self) -> NDArray[np.int64]:
        """Bonds as the chain stores them: whole parts of 65,535, of each column's largest bond (1) or of one (3)."""
        return _stored(self.bonds, self.version)


def _over(values: Floats, total: Floats | np.float64) -> Floats:
    return np.divide(values, total, out=np.zeros_like(values), where=np.asarray(total) > 0)


def _columns(values: Floats) -> Floats:
    return _over(values, values.sum(axis=0, keepdims=True))


def _fixed(values: Floats) -> Floats:
    """Cut to the resolution of the chain's numbers, which decides whole parts of stored bonds."""
    return np.asarray(np.floor(values / _RESOLUTION) * _RESOLUTION)


def weighted_median(stake: Numbers, scores: Numbers, kappa: float = KAPPA) -> Floats:
    """Stake-weighted median of each column: the lowest score up to which more than 1 - kappa of stake lies.

    Parameters
    ----------
    stake
        One value per row, 0 or more; rows without stake do not count.
    scores
        Rows by columns, or one column.
    kappa
        Share of stake that must support a score, 0 to 1.
    """
    weight = np.atleast_1d(numbers("stake", stake, low=0))
    table = numbers("scores", scores)
    if table.ndim == 0 or table.shape[0] != weight.size:
        raise ShareError("scores and stake differ in length", todo="give one row of scores per stake")
    matrix = table[:, None] if table.ndim == 1 else table
    total = weight.sum()
    if total <= 0:
        return np.zeros(matrix.shape[1])
    counted = weight > 0
    matrix, weight = matrix[counted], weight[counted] / total
    columns = np.ascontiguousarray(matrix.T)
    order = np.argsort(columns, axis=1)
    below = np.cumsum(weight[order], axis=1)
    enough = below > 1 - float(numbers("kappa", kappa, low=0, high=1)) + _RESOLUTION
    first = np.where(enough[:, -1], enough.argmax(axis=1), weight.size - 1)
    each = np.arange(columns.shape[0])
    return np.asarray(columns[each, order[each, first]])


def without_self_weights(weights: Numbers, owner: int | None = None) -> Floats:
    """Weights of neurons on each other without those on themselves, which the chain drops except the owner's."""
    matrix = numbers("weights", weights, low=0).copy()
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ShareError("weights of neurons on each other form no square", allowed="as many rows as columns")
    kept = matrix[owner, owner] if owner is not None else 0.0
    np.fill_diagonal(matrix, 0.0)
    if owner is not None:
        matrix[owner, owner] = kept
    return matrix


def yuma(
    stake: Numbers,
    weights: Numbers,
    previous_bonds: Numbers | None = None,
    *,
    version: Literal[1, 3] = 1,
    kappa: float = KAPPA,
    bonds_penalty: float = 1.0,
    alpha: Numbers = BONDS_ALPHA,
    liquid_alpha: LiquidForm = None,
    active: Sequence[bool] | NDArray[np.bool_] | None = None,
) -> YumaEpoch:
    """One epoch of Yuma consensus.

    Parameters
    ----------
    stake
        Stake weight of V validators, in any unit. Without stake there is no permit: weights and bonds do not count.
    weights
        V x M weights of validators on miners, 0 or more in any unit; rows are normalised.
    previous_bonds
        Bonds of the epoch before, V x M, as returned or as stored (whole parts of 65,535, or those over 65,535); they
        are read with the precision with which the chain stores them. None at the start.
    version
        1, or 3 as new subnets have it.
    kappa
        Share of stake that must support a weight.
    bonds_penalty
        0 to 1: how far bonds follow clipped instead of given weights.
    alpha
        Weight of this epoch in the bonds, 0 to 1; one number, or V x M under version 3.
    liquid_alpha
        Version 3: a weight for each pair; `LiquidAlpha`, (low, high) or (low, high, steepness), these by name, or
        True for the defaults. Version 1 does not read it, as on the chain.
    active
        False for validators that have not set weights lately: their stake does not count, their bonds do.

    Raises
    ------
    ShareError
        Where shapes do not fit.
    OutOfRangeError
        Where stake or weights are negative or not finite, or a share is outside 0 to 1.
    """
    if version not in (1, 3):
        raise UnknownKeyError(f"{version!r} is no version of Yuma consensus", allowed="1, 3")
    held, given, before = _permitted(stake, weights, previous_bonds)
    voting = held if active is None else held * _switches(active, held.size)
    share = _over(voting, voting.sum())
    rows = _over(given, given.sum(axis=1, keepdims=True))
    penalty = float(numbers("bonds penalty", bonds_penalty, low=0, high=1))
    smoothing = numbers("alpha", alpha, low=0, high=1)
    liquid = _liquid(liquid_alpha) if version == 3 else None
    return _epoch(share, rows, before, version, kappa, penalty, smoothing, liquid)


def _permitted(stake: Numbers, weights: Numbers, previous_bonds: Numbers | None) -> tuple[Floats, Floats, Floats]:
    """Stake, weights and bonds as arrays that fit each other; without stake no weight and no bond counts."""
    held = np.atleast_1d(numbers("stake", stake, low=0))
    given = numbers("weights", weights, low=0)
    if held.ndim != 1 or given.ndim != 2 or given.shape[0] != held.size:
        raise ShareError(
            f"weights have shape {given.shape} for {held.size} validators", allowed="one row of weights per validator"
        )
    before = np.zeros_like(given) if previous_bonds is None else numbers("previous bonds", previous_bonds, low=0)
    if before.shape != given.shape:
        raise ShareError(f"bonds have shape {before.shape}", allowed=f"{given.shape} as the weights")
    permitted = (held > 0)[:, None]
    return held, np.where(permitted, given, 0.0), np.where(permitted, before, 0.0)


def _epoch(
    share: Floats,
    rows: Floats,
    before: Floats,
    version: Literal[1, 3],
    kappa: float,
    penalty: float,
    smoothing: Floats,
    liquid: LiquidAlpha | None,
) -> YumaEpoch:
    """One epoch from shares of stake, rows of weights that add up to one, and the bonds before."""
    consensus = weighted_median(share, rows, kappa)
    clipped = np.minimum(rows, consensus)
    ranks = share @ clipped
    incentive = _over(ranks, ranks.sum())
    for_bonds = (1 - penalty) * rows + penalty * clipped
    if version == 1:
        instant = _fixed(_columns(share[:, None] * for_bonds))
        kept = _fixed(_columns(_stored(before, version).astype(np.float64)))
        bonds = _fixed(_columns(_fixed(smoothing * instant) + _fixed((1 - smoothing) * kept)))
        earned = bonds @ incentive
    else:
        kept = _stored(before, version) / STORED_ONE
        if liquid is not None:
            smoothing = _liquid_weights(liquid, for_bonds, consensus, kept)
        bonds = np.minimum(smoothing * for_bonds + (1 - smoothing) * kept, 1.0)
        earned = share * (_columns(bonds) @ incentive)
    return YumaEpoch(
        consensus=consensus,
        clipped_weights=clipped,
        validator_trust=clipped.sum(axis=1),
        ranks=ranks,
        incentive=incentive,
        bonds=bonds,
        dividends=_over(earned, earned.sum()),
        unclipped_ranks=share @ rows,
        version=version,
    )


def _switches(active: Sequence[bool] | NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    on = np.asarray(active, dtype=bool)
    if on.shape != (count,):
        raise ShareError(f"{on.size} switches for {count} validators", todo="give one per validator")
    return on


def _stored(bonds: Floats, version: Literal[1, 3]) -> NDArray[np.int64]:
    """Bonds as whole parts of 65,535; bonds above 1 are such parts already."""
    largest = bonds.max(initial=0.0)
    if largest > 1:
        if largest > STORED_ONE or (bonds != np.floor(bonds)).any():
            raise OutOfRangeError("a bond is above 1", allowed="0 to 1, or whole parts of 65,535 as stored")
        return bonds.astype(np.int64)
    parts = bonds * STORED_ONE
    if version == 3:
        return np.floor(parts).astype(np.int64)
    # Fractions of 65,535 whose largest is one are stored bonds already: cut to the chain's resolution each would lie a
    # hair below its parts.
    whole = np.rint(parts)
    as_stored = (np.abs(parts - whole) < 1e-9).all(axis=0) & (bonds.max(axis=0, initial=0.0) == 1.0)
    relative = _fixed(_over(bonds, bonds.max(axis=0, keepdims=True, initial=0.0)))
    return np.where(as_stored, whole, np.floor(relative * STORED_ONE)).astype(np.int64)


def _liquid(value: LiquidForm) -> LiquidAlpha | None:
    if value is None or value is False:
        return None
    if value is True:
        return LiquidAlpha()
    if isinstance(value, LiquidAlpha):
        return value
    names = [field.name for field in fields(LiquidAlpha)]
    if isinstance(value, Mapping):
        unknown = sorted(set(map(str, value)) - set(names))
        if unknown:
            raise UnknownKeyError(f"there is no {unknown[0][:30]!r}", where="liquid_alpha", allowed=", ".join(names))
        return LiquidAlpha(**value)
    given = numbers("liquid_alpha", value)
    if given.ndim != 1 or given.size not in (2, 3):
        raise OutOfRangeError(
            "liquid_alpha is neither a pair nor three numbers",
            where="liquid_alpha",
            allowed="LiquidAlpha, True, (low, high), (low, high, steepness), or these by name",
        )
    return LiquidAlpha(*map(float, given))


def _liquid_weights(liquid: LiquidAlpha, weights: Floats, consensus: Floats, bonds: Floats) -> Floats:
    """Weight of the epoch by distance: from consensus when buying bonds, from the bonds held when selling."""
    distance = np.where(weights >= bonds, weights - consensus, bonds - weights).clip(0.0, 1.0)
    slope = np.clip(liquid.steepness / 100 * (distance - 0.5), -20.0, 20.0)
    return np.clip(liquid.low + (liquid.high - liquid.low) / (1 + np.exp(-slope)), liquid.low, liquid.high)


def epoch_emission(epoch: YumaEpoch, stake: Numbers, amount: Numbers = 1.0) -> tuple[Floats, Floats]:
    """What an epoch pays to validators and to miners.

    Half goes to each side. Without dividends or without incentive the other side receives all, and without either it
    goes to validators by stake.

    Parameters
    ----------
    epoch
        The epoch.
    stake
        Active stake of the validators.
    amount
        Emission of the epoch, in any unit.
    """
    paid = float(numbers("amount", amount, low=0))
    total = epoch.incentive.sum() + epoch.dividends.sum()
    if total > 0:
        return paid * epoch.dividends / total, paid * epoch.incentive / total
    held = np.atleast_1d(numbers("stake", stake, low=0))
    return paid * _over(held, held.sum()), np.zeros_like(epoch.incentive)
