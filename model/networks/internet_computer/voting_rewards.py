"""Internet Computer's voting rewards: the curve since genesis, and Mission 70's factor on it."""

from __future__ import annotations

from datetime import date

import numpy as np

from model.networks.inputs import Floats, Number, Numbers, day, numbers, shaped, whole

GENESIS = date(2021, 5, 10)
"""Day 0 of the reward curve."""

DAYS_PER_YEAR = 365.25

INITIAL_RATE = 0.10
FINAL_RATE = 0.05
"""Voting rewards as a share of supply a year, on day 0 and from day 2,922."""

FLAT_FROM_DAY = 2_922
"""Eight years after genesis."""

MISSION_70_FACTOR = 0.6329
"""Factor on voting rewards since 2026-04-23; 0.635 and 0.655 were drafts."""

MISSION_70 = date(2026, 4, 23)
"""Day on which the voting part of Mission 70 went live."""


def day_of(on: date | str) -> int:
    """Days since genesis (2021-05-10)."""
    return (day("day", on) - GENESIS).days


def factor_on(on: date | str) -> float:
    """Factor on voting rewards in force on a day: 1 before 2026-04-23, 0.6329 from then on."""
    return MISSION_70_FACTOR if day("day", on) >= MISSION_70 else 1.0


def voting_reward_rate(day: Numbers, factor: Numbers = 1.0) -> float | Floats:
    """Voting rewards as a share of supply, a year, on a day.

    `R(d) = 0.05 + 0.05 ((d - 2922) / (0 - 2922))^2` up to day 2,922 and 0.05 after it, times the factor.

    Parameters
    ----------
    day
        Days since 2021-05-10, 0 or more; a part of a day counts as its start, as the chain does not integrate.
    factor
        1 before 2026-04-23, 0.6329 after (`factor_on`).

    Returns
    -------
    float or array
        Share of total supply a year. It is paid as maturity: supply grows only when maturity is turned into ICP.
    """
    days = np.floor(numbers("day", day, low=0))
    left = np.maximum(FLAT_FROM_DAY - days, 0) / FLAT_FROM_DAY
    rate = FINAL_RATE + (INITIAL_RATE - FINAL_RATE) * left**2
    return shaped(np.asarray(rate * numbers("factor", factor, low=0)))


def daily_voting_reward(day: Numbers, factor: Numbers = 1.0) -> float | Floats:
    """Share of supply that a day's voting rewards are: the yearly rate / 365.25."""
    return shaped(np.asarray(voting_reward_rate(day, factor)) / DAYS_PER_YEAR)


def voting_rewards(supply: Numbers, first_day: Number, days: Number, factor: Numbers = 1.0) -> float | Floats:
    """ICP of maturity that voting earns over days at a constant supply.

    Parameters
    ----------
    supply
        Total ICP.
    first_day, days
        Days since genesis, and how many days.
    factor
        As in `voting_reward_rate`, one for all days.
    """
    start, count = whole("first day", first_day, low=0), whole("days", days, low=0)
    pool = np.sum(daily_voting_reward(np.arange(start, start + count))) * numbers("factor", factor, low=0)
    return shaped(np.asarray(numbers("supply", supply, low=0) * pool))
