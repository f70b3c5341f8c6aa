"""From holdings to voting power: delegation, vote escrow, neurons, conviction, inactivity.

Neurons and Bittensor's locks are the rules of the networks themselves, read from there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from model.engine.worlds import Floats
from model.errors import OutOfRangeError
from model.networks.bittensor.governance import conviction as lock_conviction
from model.networks.inputs import Number, Numbers, numbers, positive, shaped
from model.networks.internet_computer import MONTH_SECONDS, YEAR_SECONDS, deciding_factor, voting_power

__all__ = [
    "deciding_power",
    "delegated",
    "late_ballot",
    "lock_conviction",
    "neuron",
    "polkadot",
    "staked_conviction",
    "staked_conviction_days",
    "staked_conviction_share",
    "vote_escrow",
]

POLKADOT = (0.1, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
"""Votes per token for locks of 0, 1, 2, 4, 8, 16 and 32 periods. Source: paritytech, pallet conviction-voting."""

HALF_LIFE_BLOCKS = 17_285
"""Blocks in which conviction decays by half at 1Hive's factor per block, three days at 15 seconds."""

DECAY = 0.9999599
"""1Hive's factor per block. Source: 1Hive/conviction-voting-app, 2021-11-05."""

BLOCK_SECONDS = 15.0


def delegated(balances: Numbers, delegates: Sequence[int | None]) -> Floats:
    """Power of each address: what is delegated to it; tokens that are delegated to nobody have none.

    Parameters
    ----------
    balances
        Shape (holders,): tokens at the snapshot.
    delegates
        Place of the delegate of each holder, itself included; None where there is none.
    """
    held = np.atleast_1d(np.asarray(numbers("balance", balances, low=0), dtype=float))
    if len(delegates) != len(held):
        raise OutOfRangeError(f"{len(held)} balances have {len(delegates)} delegates", allowed="one for each")
    power = np.zeros_like(held)
    for balance, place in zip(held, delegates, strict=True):
        if place is None:
            continue
        if not 0 <= place < len(held):
            raise OutOfRangeError(f"there is no holder {place}", where="delegates", allowed=f"0 to {len(held) - 1}")
        power[place] += balance
    return power


def vote_escrow(amount: Numbers, years_left: Numbers, longest: Number = 4.0) -> float | Floats:
    """Power of locked tokens: amount x time left / longest lock, linear to nothing at the unlock (Curve)."""
    most = float(positive("longest lock", longest))
    left = np.minimum(numbers("years left", years_left, low=0), most)
    return shaped(np.asarray(numbers("amount", amount, low=0) * left / most))


def late_ballot(power: Numbers, elapsed: Numbers) -> float | Floats:
    """Power of a ballot cast at a share of the vote: whole in the first half, then linear to nothing (YieldBasis)."""
    done = numbers("elapsed", elapsed, low=0, high=1)
    return shaped(np.asarray(numbers("power", power, low=0) * np.minimum(1.0, 2 * (1 - done))))


def neuron(
    stake: Numbers,
    delay_years: Numbers,
    age_years: Numbers = 0.0,
    *,
    rule: str = "after",
    gang: Numbers = 0.0,
    months_since_vote: Numbers = 0.0,
) -> float | Floats:
    """Power of an NNS neuron before or after Mission 70, ICP; as `model.networks.internet_computer.voting_power`.

    Parameters
    ----------
    rule
        "before" or "after" Mission 70, or a date.
    gang
        Stake on which the bonus of eight-year neurons is counted, ICP.
    """
    return voting_power(
        stake,
        np.asarray(numbers("dissolve delay", delay_years, low=0)) * YEAR_SECONDS,
        np.asarray(numbers("age", age_years, low=0)) * YEAR_SECONDS,
        rule=rule,
        gang_snapshot=gang,
        seconds_since_refresh=np.asarray(numbers("months since a vote", months_since_vote, low=0)) * MONTH_SECONDS,
    )


def deciding_power(power: Numbers, months_since_vote: Numbers) -> float | Floats:
    """Power left to an NNS neuron some months after its last vote: whole for six, then linear to 0 in the seventh."""
    factor = deciding_factor(np.asarray(numbers("months since a vote", months_since_vote, low=0)) * MONTH_SECONDS)
    return shaped(np.asarray(numbers("power", power, low=0) * factor))


def polkadot(balance: Numbers, conviction: int) -> float | Floats:
    """Votes of a balance at a conviction of 0 to 6, by the length of its lock."""
    if conviction not in range(len(POLKADOT)):
        raise OutOfRangeError(f"conviction is {conviction}", allowed=f"0 to {len(POLKADOT) - 1}")
    return shaped(np.asarray(numbers("balance", balance, low=0) * POLKADOT[conviction]))


# ---- 1Hive: conviction without a deadline ---------------------------------------------------------------
def staked_conviction(start: Number, staked: Number, blocks: Number, decay: Number = DECAY) -> float:
    """Conviction y(t) = a^t y(0) + x (1 - a^t) / (1 - a) of x tokens after t blocks."""
    kept = math.pow(_decay(decay), float(numbers("blocks", blocks, low=0)))
    held = float(numbers("staked", staked, low=0))
    return float(numbers("conviction", start, low=0)) * kept + held * (1 - kept) / (1 - float(decay))


def staked_conviction_share(request: Number, most: Number = 0.2, weight: Number = 0.002) -> float:
    """Share of staked tokens that has to stand behind a request for good: weight / (most - request)^2.

    Parameters
    ----------
    request
        Share of the funds that is asked for.
    most
        Share that cannot be asked for (beta); at or above it the result is infinite.
    weight
        Rho, which sets how much small requests need.
    """
    asked = float(numbers("request", request, low=0))
    room = float(positive("most", most)) - asked
    return float(positive("weight", weight)) / room**2 if room > 0 else math.inf


def staked_conviction_days(share: Number, needed: Number, decay: Number = DECAY) -> float:
    """Days until a constant share of staked tokens passes a request that needs `needed`; infinite where it never is."""
    behind, need = float(numbers("share", share, low=0, high=1)), float(numbers("needed", needed, low=0))
    if behind <= need:
        return math.inf
    return math.log(1 - need / behind) / math.log(_decay(decay)) * BLOCK_SECONDS / 86_400


def _decay(value: Number) -> float:
    found = float(value)
    if not 0 < found < 1:
        raise OutOfRangeError(f"decay is {found}", allowed="above 0 and below 1")
    return found
