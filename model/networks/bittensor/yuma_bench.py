"""Yuma consensus over many epochs, with validators that copy or favour their own miners, and example cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from model.errors import ShareError
from model.networks.bittensor.consensus import KAPPA, LiquidAlpha, YumaEpoch, yuma
from model.networks.inputs import Floats, Numbers, numbers, whole

MOST_EPOCHS = 200


@dataclass(frozen=True)
class YumaTerms:
    """Settings of a subnet's consensus.

    Attributes
    ----------
    version
        1, or 3 as new subnets have it.
    kappa
        Share of stake that must support a weight.
    bonds_penalty
        0 to 1: how far bonds follow clipped instead of given weights.
    liquid
        Version 3: bounds of the weight of an epoch, where it depends on the distance from consensus.
    epochs
        How many.
    turn_at
        Epoch from which every validator that looks for itself gives each miner's weight to the next miner, as if
        quality had moved on by one place; None for never.
    """

    version: Literal[1, 3] = 3
    kappa: float = KAPPA
    bonds_penalty: float = 1.0
    liquid: LiquidAlpha | None = None
    epochs: int = 20
    turn_at: int | None = None


def run_epochs(
    stake: Numbers, weights: Numbers, copies: Sequence[bool] | NDArray[np.bool_], terms: YumaTerms
) -> tuple[YumaEpoch, ...]:
    """Epochs one after another, each with the bonds that the one before left.

    Parameters
    ----------
    stake
        Of V validators, in any unit.
    weights
        V x M, rows in any unit.
    copies
        V switches: a validator that copies gives the consensus of the epoch before instead of its own weights; in the
        first epoch it gives its own.
    terms
        Settings.

    Raises
    ------
    ShareError, OutOfRangeError
        As `yuma`; and where there are more than 200 epochs.
    """
    own = numbers("weights", weights, low=0)
    lazy = np.asarray(copies, dtype=bool)
    if own.ndim != 2 or lazy.shape != own.shape[:1]:
        raise ShareError(f"{lazy.size} switches for weights of shape {own.shape}", todo="give one per validator")
    found: list[YumaEpoch] = []
    for count in range(1, whole("epochs", terms.epochs, low=1, high=MOST_EPOCHS) + 1):
        given = own if terms.turn_at is None or count < terms.turn_at else np.roll(own, 1, axis=1)
        before = found[-1] if found else None
        if before is not None:
            given = np.where(lazy[:, None], before.consensus[None, :], given)
        epoch = yuma(
            stake, given, before.bonds if before is not None else None, version=terms.version, kappa=terms.kappa,
            bonds_penalty=terms.bonds_penalty, liquid_alpha=terms.liquid,
        )  # fmt: skip
        found.append(epoch)
    return tuple(found)


def quality_at_end(is_high: Sequence[bool] | NDArray[np.bool_], terms: YumaTerms) -> NDArray[np.bool_]:
    """Whose work is of high quality in the last epoch: a turn moves it on by one place."""
    high = np.asarray(is_high, dtype=bool)
    turned = terms.turn_at is not None and terms.epochs >= terms.turn_at
    return np.roll(high, 1) if turned else high


def stake_shares(stake: Numbers) -> Floats:
    """Stake of validators over all stake; zeros without any."""
    held = np.atleast_1d(numbers("stake", stake, low=0))
    total = held.sum()
    return held / total if total > 0 else np.zeros_like(held)


def agreement(epoch: YumaEpoch) -> float:
    """Share of all weight, by stake, that consensus leaves in place: 1 where validators agree."""
    given = float(epoch.unclipped_ranks.sum())
    return float(epoch.ranks.sum()) / given if given > 0 else 0.0


def dividends_over_stake(epochs: Sequence[YumaEpoch], stake: Numbers, place: int) -> tuple[float, ...]:
    """One validator's share of dividends over its share of stake, epoch by epoch; 0 without stake."""
    share = float(stake_shares(stake)[place])
    return tuple(float(epoch.dividends[place]) / share if share > 0 else 0.0 for epoch in epochs)


def total_dividends(epochs: Sequence[YumaEpoch]) -> Floats:
    """Share of all epochs' dividends that each validator received."""
    paid = np.sum([epoch.dividends for epoch in epochs], axis=0)
    total = paid.sum()
    return np.asarray(paid / total if total > 0 else paid)


@dataclass(frozen=True)
class YumaCase:
    """An example: validators with stake and weights, miners of high or low quality, and what it shows.

    Attributes
    ----------
    title, sentence
        What it is, and what to look at.
    validators
        Name, stake, whether it copies, weights on the miners.
    miners
        Name, and whether its work is of high quality.
    terms
        Settings with which it opens.
    """

    title: str
    sentence: str
    validators: tuple[tuple[str, float, bool, tuple[float, ...]], ...]
    miners: tuple[tuple[str, bool], ...]
    terms: YumaTerms = YumaTerms()


_MINERS = (("Miner 1", True), ("Miner 2", True), ("Miner 3", False), ("Miner 4", False))

CASES = {
    "honest": YumaCase(
        "Honest validators",
        "Five validators score four miners with small errors of their own: consensus lies at their middle, what goes "
        "beyond it is cut, and dividends follow stake closely.",
        (
            ("Validator 1", 30, False, (0.36, 0.34, 0.16, 0.14)),
            ("Validator 2", 25, False, (0.35, 0.35, 0.15, 0.15)),
            ("Validator 3", 20, False, (0.33, 0.37, 0.15, 0.15)),
            ("Validator 4", 15, False, (0.38, 0.32, 0.17, 0.13)),
            ("Validator 5", 10, False, (0.34, 0.36, 0.14, 0.16)),
        ),
        _MINERS,
    ),
    "copying": YumaCase(
        "A validator that copies",
        "Validator 5 does no scoring and gives last epoch's consensus. As long as nothing changes nobody can tell; at "
        "epoch 6 quality moves to the next miner, and its bonds arrive an epoch late.",
        (
            ("Validator 1", 30, False, (0.45, 0.35, 0.15, 0.05)),
            ("Validator 2", 25, False, (0.45, 0.35, 0.15, 0.05)),
            ("Validator 3", 20, False, (0.45, 0.35, 0.15, 0.05)),
            ("Validator 4", 15, False, (0.45, 0.35, 0.15, 0.05)),
            ("Validator 5", 10, True, (0.45, 0.35, 0.15, 0.05)),
        ),
        _MINERS,
        YumaTerms(turn_at=6),
    ),
    "minority": YumaCase(
        "A self-dealing minority",
        "Validators 4 and 5, with 35% of stake, give everything to miner 4, which is their own and of low quality: "
        "consensus cuts it back to what the majority supports, and their dividends fall with it.",
        (
            ("Validator 1", 30, False, (0.36, 0.34, 0.16, 0.14)),
            ("Validator 2", 20, False, (0.35, 0.35, 0.15, 0.15)),
            ("Validator 3", 15, False, (0.34, 0.36, 0.15, 0.15)),
            ("Validator 4", 20, False, (0.0, 0.0, 0.0, 1.0)),
            ("Validator 5", 15, False, (0.0, 0.0, 0.0, 1.0)),
        ),
        _MINERS,
    ),
    "majority": YumaCase(
        "A self-dealing majority",
        "The same two validators hold 55% of stake: now their own miner is the consensus, and the honest ones are cut.",
        (
            ("Validator 1", 20, False, (0.36, 0.34, 0.16, 0.14)),
            ("Validator 2", 15, False, (0.35, 0.35, 0.15, 0.15)),
            ("Validator 3", 10, False, (0.34, 0.36, 0.15, 0.15)),
            ("Validator 4", 30, False, (0.0, 0.0, 0.0, 1.0)),
            ("Validator 5", 25, False, (0.0, 0.0, 0.0, 1.0)),
        ),
        _MINERS,
    ),
}
"""Example cases by key."""
