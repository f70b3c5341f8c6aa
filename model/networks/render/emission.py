"""Render's emission table by year, what a day's year is, and re-minting after the cap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeAlias

import numpy as np

from model.errors import OutOfRangeError, UnknownKeyError
from model.networks.inputs import Floats, Numbers, day, numbers, shaped, whole

BEFORE_BURN_AND_MINT = 536_870_912
"""RNDR that existed before burn and mint."""

EMISSION_CAP = 107_374_182
"""RENDER that the table mints in all: 20 % more."""

MAXIMUM_SUPPLY = BEFORE_BURN_AND_MINT + EMISSION_CAP
"""644,245,094 RENDER."""

START = date(2023, 12, 20)
"""First day of BME year 1."""

DAMPING = 0.945
"""Emission of a growth year relative to the year before (RNP-001)."""

LAUNCH_YEARS: Mapping[int, tuple[int, str]] = MappingProxyType(
    {
        1: (9_126_804, "RNP-003 and RNP-006: 12 x 760,567"),
        2: (5_905_584, "RNP-018: 12 x 492,132"),
        3: (5_905_584, "RNP-022 and RNP-023: 12 x 492,132"),
        4: (4_697_620, "reconstruction: 4.375 % of 107,374,182, which makes year 60 reach the cap as RNP-023 says"),
        5: (4_697_620, "reconstruction: as year 4"),
    }
)
"""Tokens of the launch phase and where they stand."""

PUBLISHED_YEARS = 3
"""Years whose emission a proposal states; the others follow from the rule or are a reconstruction."""

CAP_YEAR = 60
"""BME year in which the cap is reached (RNP-023)."""

PRESS_YEAR_2 = 5_637_150
"""Emission of 2025 in the press, 5.25 % of the cap; no proposal has it."""


@dataclass(frozen=True)
class EmissionYear:
    """One row of the emission table.

    Attributes
    ----------
    bme_year
        From 1; year 1 began on 2023-12-20.
    tokens, issued
        RENDER minted in the year, and in all years up to its end.
    published
        False where the figure is a reconstruction or follows from one.
    source
        Where it stands.
    """

    bme_year: int
    tokens: float
    issued: float
    published: bool
    source: str


Variant: TypeAlias = Literal["proposals", "press"]


def emission_table(years: int = CAP_YEAR, *, variant: Variant = "proposals") -> tuple[EmissionYear, ...]:
    """The emission table from year 1.

    Parameters
    ----------
    years
        Rows.
    variant
        "proposals" (RNP-018, RNP-022), or "press" with 5,637,150 in year 2, which ends a year later.
    """
    if variant not in ("proposals", "press"):
        raise UnknownKeyError(f"{variant!r} is no variant of Render's table", allowed="proposals, press")
    rows: list[EmissionYear] = []
    issued = tokens = 0.0
    for year in range(1, whole("years", years, low=0) + 1):
        launch = LAUNCH_YEARS.get(year)
        tokens = float(launch[0]) if launch else tokens * DAMPING
        source = launch[1] if launch else "RNP-001: 0.945 of the year before, from a reconstructed year 5"
        if variant == "press" and year == 2:
            tokens, source = float(PRESS_YEAR_2), "press figure of 2026, found in no proposal"
        minted = min(tokens, EMISSION_CAP - issued)
        issued += minted
        rows.append(EmissionYear(year, minted, issued, year <= PUBLISHED_YEARS, source))
    return tuple(rows)


def emission_in_year(bme_year: Numbers, *, variant: Variant = "proposals") -> float | Floats:
    """RENDER that the table mints in a BME year.

    Parameters
    ----------
    bme_year
        Whole number from 1, or several; year 1 began on 2023-12-20.
    variant
        As in `emission_table`.

    Returns
    -------
    float or array
        Years 1 to 3 as published, 4 and 5 reconstructed at 4.375 % of 107,374,182 each, then 0.945 of the year before;
        what is left of the cap in year 60, and 0 after it.
    """
    tokens = [row.tokens for row in emission_table(CAP_YEAR + 1, variant=variant)]
    years = np.asarray(bme_year)
    wanted = [whole("BME year", year, low=1) for year in years.flat]
    return shaped(np.array([tokens[year - 1] if year <= len(tokens) else 0.0 for year in wanted]).reshape(years.shape))


def bme_year(on: date | str) -> int:
    """The BME year in which a day lies."""
    when = day("day", on)
    if when < START:
        raise OutOfRangeError(f"{when} is before burn and mint", allowed="2023-12-20 or later")
    return when.year - START.year + ((when.month, when.day) >= (START.month, START.day))


def reminted(burned: Numbers, issuance: Numbers, share: Numbers) -> float | Floats:
    """RENDER minted again after the cap: the burn, up to a share of issuance (RNP-001 names no share).

    Parameters
    ----------
    burned, issuance
        RENDER in the epoch.
    share
        Share of issuance, 0 to 1.
    """
    limit = numbers("issuance", issuance, low=0) * numbers("share", share, low=0, high=1)
    return shaped(np.minimum(numbers("burned", burned, low=0), limit))
