"""Fetch.ai on typed figures: fixed and goal-bonded inflation over years, supply events, municipal tokens, validators.

Amounts are in FET, rates a year, shares from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeAlias

import numpy as np

from model.errors import BallastError, OutOfRangeError
from model.networks import cosmos, fetch
from model.networks.inputs import numbers, positive
from model.networks.tables import Row, TableColumn, TableForm

Rule: TypeAlias = Literal["fixed", "goal-bonded"]

STEPS_PER_YEAR = 12

COMMUNITY_TAX = 0.02
"""Share of what is minted that goes to the community pool first: genesis of fetchhub-1, and the SDK's default."""

COMMISSION = 0.10
"""Commission of validators in the presets (assumed: no list of commissions with a date was found)."""

BONDED = TableForm(
    "fetch-bonded",
    (
        TableColumn("year", "Year", low=2000.0, high=2200.0),
        TableColumn("bonded", "Bonded share of supply", high=1.0),
    ),
)

EXAMPLE_BONDED: tuple[Row, ...] = tuple({"year": 2027.0 + n, "bonded": 0.25} for n in range(10))
"""A quarter bonded throughout: assumed, because no bonded ratio with a date was found."""

EVENTS = TableForm(
    "fetch-events",
    (
        TableColumn("day", "Day, YYYY-MM-DD", is_word=True),
        TableColumn("event", "Event", is_word=True),
        TableColumn("minted", "Minted, FET", high=1e12),
    ),
)

EXAMPLE_EVENTS: tuple[Row, ...] = tuple(
    {"day": event.on.isoformat(), "event": event.title, "minted": float(event.minted)} for event in fetch.SUPPLY_EVENTS
)

MUNICIPAL = TableForm(
    "fetch-municipal",
    (
        TableColumn("token", "Token", is_word=True),
        TableColumn("rate", "Inflation a year, share", high=100.0),
        TableColumn("supply", "Supply, tokens", high=1e12),
    ),
)

EXAMPLE_MUNICIPAL: tuple[Row, ...] = (
    {"token": "MOBX", "rate": 0.03, "supply": 1e9},
    {"token": "NOMX", "rate": 0.03, "supply": 1e9},
)
"""Rates of proposal 25 and release v0.11.3 (primary); supplies are invented."""

VALIDATORS = TableForm(
    "fetch-validators",
    (
        TableColumn("validator", "Validator", is_word=True),
        TableColumn("own", "Own stake, FET", high=1e12),
        TableColumn("delegated", "Delegated to it, FET", high=1e12),
        TableColumn("commission", "Commission, share", high=1.0),
    ),
)

EXAMPLE_VALIDATORS: tuple[Row, ...] = (
    {"validator": "Large", "own": 1e6, "delegated": 40e6, "commission": 0.10},
    {"validator": "Middle", "own": 500e3, "delegated": 8e6, "commission": 0.05},
    {"validator": "Small", "own": 200e3, "delegated": 500e3, "commission": 0.20},
)
"""Invented."""


@dataclass(frozen=True)
class GoalBonded:
    """Parameters of the goal-bonded rule: start, change and bounds of inflation a year, goal of the bonded share."""

    start: float = 0.07
    change: float = float(cosmos.INFLATION_CHANGE)
    minimum: float = float(cosmos.INFLATION_MINIMUM)
    maximum: float = float(cosmos.INFLATION_MAXIMUM)
    goal: float = float(cosmos.GOAL_BONDED)


@dataclass(frozen=True)
class YearOfInflation:
    """Inflation and supply at a year's end, and FET minted in it."""

    year: int
    bonded: float
    inflation: float
    minted: float
    supply: float


def bonded_years(rows: Sequence[Row]) -> dict[int, float]:
    """Bonded share by whole year, in order; BallastError where a year stands twice or is no whole number."""
    found: dict[int, float] = {}
    for row in rows:
        year = float(row["year"])
        if year != int(year):
            raise OutOfRangeError(f"year is {year:g}", allowed="a whole number")
        if int(year) in found:
            raise BallastError(f"year {year:g} stands twice", todo="remove one of its rows")
        found[int(year)] = float(row["bonded"])
    return dict(sorted(found.items()))


def inflation_path(
    rule: Rule, bonded: Mapping[int, float], *, supply: float, rate: float = 0.03, goal: GoalBonded | None = None
) -> tuple[YearOfInflation, ...]:
    """Inflation and supply year by year, in monthly steps of a twelfth of the year's blocks.

    Parameters
    ----------
    rule
        "fixed" (Fetch.ai), or "goal-bonded" (Cosmos SDK).
    bonded
        Bonded share by year, held during the year.
    supply
        FET at the start.
    rate
        The fixed rate.
    goal
        Parameters of the other rule, by default the SDK's with a start at the lowest rate.
    """
    terms = goal or GoalBonded()
    inflation = rate if rule == "fixed" else terms.start
    total, path = float(positive("supply", supply)), []
    for year, share in bonded.items():
        start = total
        for _ in range(STEPS_PER_YEAR):
            inflation = float(_next(rule, inflation, share, rate, terms))
            total *= 1 + inflation / STEPS_PER_YEAR
        path.append(YearOfInflation(year, share, inflation, total - start, total))
    return tuple(path)


def _next(rule: Rule, inflation: float, share: float, rate: float, terms: GoalBonded) -> float:
    if rule == "fixed":
        return float(fetch.next_inflation(inflation, share, inflation_rate=rate))
    after = cosmos.next_inflation(
        inflation,
        share,
        change=terms.change,
        maximum=terms.maximum,
        minimum=terms.minimum,
        goal=terms.goal,
        blocks=cosmos.BLOCKS_PER_YEAR // STEPS_PER_YEAR,
    )
    return float(np.asarray(after, dtype=np.float64))


def economy_values(rule: Rule, *, rate: float, goal: GoalBonded) -> dict[str, float]:
    """The economy's parameters of a rule; the goal-bonded one enters as a multiplier on the fixed rate.

    Raises
    ------
    OutOfRangeError
        Where the fixed rate is 0, so that nothing can be multiplied.
    """
    if rule == "fixed":
        return {"inflation_rate": rate}
    base = float(positive("fixed rate", rate))
    return {
        "inflation_rate": rate,
        "goal_bonded_response": goal.change / base,
        "goal_bonded_ratio": goal.goal,
        "goal_bonded_floor": goal.minimum / base,
        "goal_bonded_cap": goal.maximum / base,
    }


def emission_shares(commission: float, community_tax: float = COMMUNITY_TAX) -> dict[str, float]:
    """The economy's shares of emission: community pool, validators' commission, delegators."""
    community, kept, rest = cosmos.split_provision(1.0, commission=commission, community_tax=community_tax)
    return {
        "provider_emission_share": round(float(kept), 10),
        "staker_emission_share": round(float(rest), 10),
        "treasury_emission_share": round(float(community), 10),
    }


@dataclass(frozen=True)
class Event:
    """A mint by vote: its day, what for, FET minted, and the total that the typed mints make with the launch supply."""

    on: date
    title: str
    minted: float
    total: float


def events(rows: Sequence[Row], *, before: float) -> tuple[Event, ...]:
    """Typed mints in the order of their days, with the total after each; BallastError where a day is none."""
    days = []
    for count, row in enumerate(rows, start=1):
        try:
            days.append(date.fromisoformat(str(row["day"])))
        except ValueError:
            raise BallastError(f"day is {row['day']!r}", where=f"row {count}", allowed="a date as 2024-05-03") from None
    total, found = before, []
    for on, row in sorted(zip(days, rows, strict=True), key=lambda pair: pair[0]):
        total += float(row["minted"])
        found.append(Event(on, str(row["event"]), float(row["minted"]), total))
    return tuple(found)


ERC20_BEFORE_MERGER = fetch.SUPPLY_EVENTS[0].total_after - fetch.SUPPLY_EVENTS[0].minted
"""FET of the ERC-20 contract before governance minted for the merger: 1,152,997,575."""


@dataclass(frozen=True)
class MunicipalLine:
    """A municipal token: rate of a block, and whole tokens issued in a block and a year."""

    token: str
    per_block: float
    block: float
    year: float


def municipal_lines(rows: Sequence[Row]) -> tuple[MunicipalLine, ...]:
    """Issuance of typed tokens, each of 10^18 smallest units."""
    found = []
    for row in rows:
        units = round(float(row["supply"]) * fetch.AFET)
        rate = str(round(float(row["rate"]), 12))
        found.append(
            MunicipalLine(
                str(row["token"]),
                float(fetch.inflation_per_block(rate)),
                fetch.municipal_issuance(rate, units) / fetch.AFET,
                fetch.municipal_annual_issuance(rate, units) / fetch.AFET,
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class ValidatorLine:
    """What a validator's stake earns a year.

    Attributes
    ----------
    validator
        Its name.
    delegator_yield
        Of those who delegate to it.
    commission_income
        FET that it keeps of what its delegators earn.
    own_yield
        Own rewards and commission over its own stake; not a number without own stake.
    """

    validator: str
    delegator_yield: float
    commission_income: float
    own_yield: float


def validator_lines(
    rows: Sequence[Row], *, inflation: float, bonded: float, community_tax: float = COMMUNITY_TAX
) -> tuple[ValidatorLine, ...]:
    """Yields a year at an inflation and a bonded share, without fees and compounding."""
    gross = float(cosmos.staking_yield(inflation, bonded, community_tax=community_tax))
    lines = []
    for row in rows:
        commission = float(numbers("commission", row["commission"], low=0, high=1))
        own, delegated = float(row["own"]), float(row["delegated"])
        income = gross * delegated * commission
        own_yield = (gross * own + income) / own if own else float("nan")
        lines.append(ValidatorLine(str(row["validator"]), gross * (1 - commission), income, own_yield))
    return tuple(lines)


def mean_commission(rows: Sequence[Row]) -> float:
    """Commission of the typed validators, weighted by what is delegated; the presets' where nothing is."""
    weights = np.array([float(row["delegated"]) for row in rows])
    if not weights.sum():
        return COMMISSION
    return float(np.average([float(row["commission"]) for row in rows], weights=weights))


RULES: Mapping[str, str] = MappingProxyType(
    {"fixed": "Fixed (Fetch.ai since 2021)", "goal-bonded": "Goal-bonded (Cosmos SDK)"}
)
"""Both rules in words."""
