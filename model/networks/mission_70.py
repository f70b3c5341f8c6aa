"""Mission 70 by the count of its white paper: nominal minting, and net inflation as a function of the ICP price.

Shares are of ICP supply a year, prices in XDR per ICP. Source: DFINITY, Mission 70 white paper (January 2026), as
reported by chainreport.co, gate.tv and probsee.com; the paper itself could not be read (grade: secondary).
"""

from __future__ import annotations

from datetime import date

import numpy as np

from model.networks.inputs import Floats, Numbers, numbers, positive, shaped
from model.networks.internet_computer import YEAR_SECONDS, cycles_burn, day_of, voting_reward_rate

NODE_RATE = {date(2026, 1, 1): 0.0384, date(2027, 1, 1): 0.0197}
"""Node pay as a share of supply a year, before and as planned."""

EXTRA_BURN = 0.72
"""XDR of cycles a second that the paper counts on top of the 0.05 of January 2026."""

SUPPLY = 549e6
"""ICP to which its 2.50 percentage points of burn refer."""

NET_GOAL = 0.0292
"""Net inflation in January 2027: 70% below 9.72%."""


def nominal_minting(on: date | str, *, node_rate: Numbers, factor: Numbers = 1.0) -> float | Floats:
    """Voting rewards and node pay together, if all maturity is disbursed.

    Parameters
    ----------
    on
        Day of which the curve of voting rewards is read.
    node_rate
        Node pay as a share of supply a year.
    factor
        On voting rewards: 1 before Mission 70, 0.635 in the paper, 0.6329 live.

    Returns
    -------
    float or array
        Share of supply a year: 0.0972 in January 2026 and 0.0542 in January 2027 by the paper's figures.
    """
    paid = np.asarray(voting_reward_rate(day_of(on), factor))
    return shaped(paid + numbers("node rate", node_rate, low=0))


def net_inflation(
    xdr_per_icp: Numbers,
    *,
    voting_rate: Numbers,
    node_xdr: Numbers,
    burn_xdr_per_second: Numbers = EXTRA_BURN,
    supply: Numbers = SUPPLY,
) -> float | Floats:
    """Minting less burn as a share of supply a year: node pay and burn are fixed in XDR, so both follow the price.

    Parameters
    ----------
    xdr_per_icp
        Price of ICP.
    voting_rate
        Voting rewards as a share of supply a year.
    node_xdr
        Node pay, XDR a year.
    burn_xdr_per_second
        Cycles burned, XDR a second.
    supply
        ICP.
    """
    price, whole = positive("price", xdr_per_icp), positive("supply", supply)
    minted = numbers("node pay", node_xdr, low=0) / price
    burned = np.asarray(cycles_burn(burn_xdr_per_second, price))
    return shaped(numbers("voting rate", voting_rate, low=0) + (minted - burned) / whole)


def price_of_goal(
    *, voting_rate: float, node_xdr: float, burn_xdr_per_second: float = EXTRA_BURN, supply: float = SUPPLY
) -> float:
    """XDR per ICP at which net inflation is `NET_GOAL`; infinite where no price meets it.

    Below it the goal is met by more burn per ICP where burn exceeds node pay, and missed where it does not.
    """
    left = (burn_xdr_per_second * YEAR_SECONDS - node_xdr) / supply
    gap = voting_rate - NET_GOAL
    return left / gap if left * gap > 0 else float("inf")
