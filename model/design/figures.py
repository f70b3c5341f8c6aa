"""What a design comes to on its first day and in its first year, beside networks that exist."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from model.design.design import Design, RoleDesign
from model.errors import BallastError
from model.outcomes import date_at
from model.presets.allocation import DAYS_PER_MONTH
from model.presets.files import load_network, network_names
from model.presets.network import Network
from model.projection import project
from model.words.text import month, percent, quantity

MONTHS = np.arange(0, 61)
"""Months after launch over which unlocks are drawn."""


@dataclass(frozen=True)
class FirstDay:
    """Sizes that buyers look at, in USD and as shares.

    Attributes
    ----------
    market_cap, fully_diluted
        USD: what is free, and everything, at the launch price.
    float_share
        Free tokens in other hands than the foundation's, of all.
    unlocked_in_a_year
        Tokens that vest in the first twelve months, of what is free on the first day.
    emitted_in_a_year
        Tokens emitted in the first twelve months, of what is free on the first day.
    pressure
        What unlocks and is emitted in the first year at the launch price, over a year's revenue; None without revenue.
    coverage
        Per role by its title: yearly income over cost on the first day.
    """

    market_cap: float
    fully_diluted: float
    float_share: float
    unlocked_in_a_year: float
    emitted_in_a_year: float
    pressure: float | None
    coverage: dict[str, float]


def first_day(design: Design) -> FirstDay:
    """Sizes of a design, from its own figures alone."""
    unlocked = design.supply * float(
        sum(
            bucket.share
            * (_vested(bucket.tge_share, bucket.cliff_months, bucket.vesting_months, 12.0) - bucket.tge_share)
            for bucket in design.buckets
            if bucket.share
        )
    )
    revenue = sum(stream.revenue for stream in design.streams)
    return FirstDay(
        market_cap=design.price * design.free,
        fully_diluted=design.price * design.supply,
        float_share=design.free / design.supply,
        unlocked_in_a_year=unlocked / design.free,
        emitted_in_a_year=design.emission / design.free,
        pressure=design.price * (unlocked + design.emission) / revenue if revenue else None,
        coverage={role.title: income_of(design, role) / role.cost for role in design.roles},
    )


def _vested(tge: float, cliff: float, vesting: float, months: float) -> float:
    """Part of a bucket that is free so many months after launch."""
    passed = float(months >= cliff) if vesting <= 0 else min(max((months - cliff) / vesting, 0.0), 1.0)
    return tge + (1 - tge) * passed


def income_of(design: Design, role: RoleDesign) -> float:
    """USD a year that a role receives on the first day, from revenue and from emission at the launch price."""
    fees = sum(own.fee_weight for own in design.roles)
    minted = sum(own.emission_weight for own in design.roles)
    paid = sum(stream.revenue * (1 - stream.burn_share) for stream in design.streams)
    from_fees = paid * (1 - design.staker_fee_share - design.treasury_fee_share)
    from_mint = design.price * design.emission * (1 - design.staker_emission_share - design.treasury_emission_share)
    part = len(design.roles)
    return from_fees * (role.fee_weight / fees if fees else 1 / part) + from_mint * (
        role.emission_weight / minted if minted else 1 / part
    )


def sentences(design: Design) -> list[str]:
    """What the sizes say, with their numbers: the first day, the first year, then each role."""
    return [*launch_sentences(design), *coverage_sentences(design)]


def launch_sentences(design: Design) -> list[str]:
    """Float and fully diluted value of the first day, and what comes onto the market in the first year."""
    found = first_day(design)
    told = [
        f"On {design.launch.day} {month(design.launch)} {percent(found.float_share)} of all "
        f"{quantity(design.supply, design.token)} would be free: {quantity(found.market_cap, '$')} of "
        f"{quantity(found.fully_diluted, '$')} fully diluted, at the launch price of {quantity(design.price, '$')}.",
        f"In the first year {percent(found.unlocked_in_a_year)} of what is free then would unlock and "
        f"{percent(found.emitted_in_a_year)} would be emitted.",
    ]
    if found.pressure is not None:
        told.append(
            f"At the launch price that is {quantity(found.pressure, '$')} of new tokens for each dollar of revenue."
        )
    return told


def coverage_sentences(design: Design) -> list[str]:
    """For each role, how far income covers cost on the first day."""
    told = []
    for title, coverage in first_day(design).coverage.items():
        told.append(
            f"Income of {title} would be {percent(coverage)} of their cost, from revenue and emission together."
        )
    return told


def unlock_sentence(design: Design) -> str:
    """What is unlocked at launch, after one year and after three, and when the last bucket has unlocked."""
    free = [
        sum(b.share * _vested(b.tge_share, b.cliff_months, b.vesting_months, months) for b in design.buckets)
        for months in (0.0, 12.0, 36.0)
    ]
    lead = (
        f"{percent(free[0])} of all tokens, the foundation's among them, would be unlocked at launch, "
        f"{percent(free[1])} after one year and {percent(free[2])} after three"
    )
    locked = [b for b in design.buckets if b.share > 0 and b.tge_share < 1]
    if not locked:
        return f"{lead}: nothing is locked."
    last = max(locked, key=lambda b: b.cliff_months + b.vesting_months)
    when = design.launch + dt.timedelta(days=round((last.cliff_months + last.vesting_months) * DAYS_PER_MONTH))
    return f"{lead}; {last.title} would be the last to unlock, by {month(when)}."


# ---- beside networks that exist ---------------------------------------------------------------------------
@dataclass(frozen=True)
class Comparable:
    """One network in the same sizes; NaN where it has no such figure."""

    title: str
    as_of: str
    market_cap: float
    revenue: float
    revenue_gap: float
    emission_rate: float
    staking_ratio: float


_COLUMNS = ("price", "float_supply", "staked", "revenue", "revenue_gap", "emission", "supply", "staking_ratio")


def comparable(network: Network) -> Comparable:
    """Sizes of a network on its first day: emission of supply a year, staked of float and stake."""
    run = project(network, years=network.step_length)
    run.select([name for name in _COLUMNS if name in run.system.columns])

    def first(name: str) -> float:
        return float(run.values(name)[0, 0]) if name in run.system.columns else float("nan")

    staked = first("staked") if network.structure.uses("staking") else 0.0
    return Comparable(
        title=network.title,
        as_of=month(date_at(run, 0)),
        market_cap=first("price") * (first("float_supply") + staked),
        revenue=first("revenue"),
        revenue_gap=first("revenue_gap"),
        emission_rate=first("emission") / first("supply"),
        staking_ratio=first("staking_ratio") if network.structure.uses("staking") else float("nan"),
    )


@lru_cache(maxsize=64)
def comparable_to(name: str) -> Comparable | None:
    """One network that comes with the app, at its newest figures; None where it is no real one or does not start."""
    network = load_network(name)
    if network.kind != "real":
        return None
    try:
        return comparable(network)
    except BallastError:
        return None


def comparables() -> tuple[Comparable, ...]:
    """The real networks that come with the app."""
    return tuple(found for found in map(comparable_to, network_names()) if found is not None)
