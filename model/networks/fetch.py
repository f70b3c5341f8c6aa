"""Fetch.ai's FET: one fixed inflation whatever is bonded, inflation of municipal tokens, and dated supply events.

Source: github.com/fetchai/cosmos-sdk v0.19.4 x/mint (minter.go, inflations.go and their tests); github.com/fetchai/
genesis-fetchhub; Fetch.ai blog of 2024-05-03; upgrade note of v0.14.0 (2024).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from model.networks import cosmos
from model.networks.cosmos import Exact
from model.networks.decimal18 import ONE, power, root, to_decimal, to_units
from model.networks.inputs import Floats, Numbers, day, numbers, shaped, whole

INFLATION_RATE = "0.03"
"""Share of supply minted a year; a governance parameter since the launch of 2021-03-31."""

BLOCKS_PER_YEAR = 6_311_520
"""Blocks of 5 seconds in a year."""

AFET = 10**18
"""Smallest units in one FET."""

LAUNCH_SUPPLY = 1_055_156_116
"""FET on the chain at its launch."""


def next_inflation(
    inflation: Exact = INFLATION_RATE, bonded_ratio: Exact | None = None, *, inflation_rate: Exact = INFLATION_RATE
) -> Decimal | float:
    """Inflation after the next block: the parameter, whatever the rate was and whatever is bonded.

    Parameters
    ----------
    inflation
        Rate a year before the block.
    bonded_ratio
        Not read; it stands here so that the call has the shape of the goal-bonded rule.
    inflation_rate
        The parameter, 0 to 1.

    Returns
    -------
    Decimal or float
        `Decimal` with 18 places where the parameter is text or `Decimal`, else a float.
    """
    to_units("inflation", inflation, low=0)
    if bonded_ratio is not None:
        to_units("bonded ratio", bonded_ratio, low=0, high=1)
    rate = to_decimal(to_units("inflation rate", inflation_rate, low=0, high=1))
    return rate if isinstance(inflation_rate, (str, Decimal)) else float(rate)


def block_provision(supply: int, inflation_rate: Exact = INFLATION_RATE, blocks_per_year: int = BLOCKS_PER_YEAR) -> int:
    """Whole smallest units (afet) that a block mints at a supply in afet."""
    return cosmos.block_provision(cosmos.annual_provisions(inflation_rate, supply), blocks_per_year)


def compounded(supply: Numbers, years: Numbers, inflation_rate: Numbers = float(INFLATION_RATE)) -> float | Floats:
    """Supply after years of inflation compounded once a year; each block compounds, which adds 0.05 points a year."""
    rate = numbers("inflation rate", inflation_rate, low=0, high=1)
    return shaped(numbers("supply", supply, low=0) * (1 + rate) ** numbers("years", years, low=0))


def inflation_per_block(rate: Exact, blocks_per_year: int = BLOCKS_PER_YEAR) -> Decimal:
    """Municipal inflation of one block, `(1 + rate)^(1/blocks_per_year) - 1`, with the chain's 18 places.

    Parameters
    ----------
    rate
        Rate a year, 0 or more; 2 is 200 %.
    blocks_per_year
        Blocks in a year.
    """
    return to_decimal(_per_block(rate, blocks_per_year))


def _per_block(rate: Exact, blocks_per_year: int) -> int:
    yearly = to_units("municipal inflation", rate, low=0)
    return root(ONE + yearly, whole("blocks per year", blocks_per_year, low=1)) - ONE


def municipal_issuance(rate: Exact, supply: int, blocks_per_year: int = BLOCKS_PER_YEAR) -> int:
    """Whole smallest units of a municipal token that one block issues at a supply."""
    return _per_block(rate, blocks_per_year) * whole("supply", supply, low=0) // ONE


def municipal_annual_issuance(rate: Exact, supply: int, blocks_per_year: int = BLOCKS_PER_YEAR) -> int:
    """Whole smallest units that a year's blocks issue together, the per-block rate compounded on 18 places.

    The chain cuts each block's issuance to a whole unit; the sum here is cut once, as in the fork's own test.
    """
    growth = power(ONE + _per_block(rate, blocks_per_year), whole("blocks per year", blocks_per_year, low=1)) - ONE
    return growth * whole("supply", supply, low=0) // ONE


@dataclass(frozen=True)
class SupplyEvent:
    """FET that governance created at a date.

    Attributes
    ----------
    on
        Day of the mint.
    title
        What it was for.
    minted
        FET created.
    total_after
        Total FET on all chains afterwards, as published.
    source
        Where the figure stands.
    """

    on: date
    title: str
    minted: float
    total_after: float
    source: str


SUPPLY_EVENTS = (
    SupplyEvent(
        date(2024, 5, 3),
        "Merger into ASI: AGIX and OCEAN",
        1_477_549_566,
        2_630_547_141,
        "Fetch.ai blog, 2024-05-03: 866,700,367 for AGIX and 610,849,199 for OCEAN",
    ),
    SupplyEvent(
        date(2024, 11, 1),
        "Merger of CUDOS",
        88_946_755.672,
        2_719_493_896.67,
        "fetchhub-4 proposal 33 and upgrade v0.14.0, October to November 2024; the day is approximate",
    ),
)
"""Mints by governance; the first on top of the 1,152,997,575 FET of the ERC-20 contract."""


def minted_by(on: date | str) -> float:
    """FET that governance minted up to and including a day."""
    limit = day("day", on)
    return sum(event.minted for event in SUPPLY_EVENTS if event.on <= limit)
