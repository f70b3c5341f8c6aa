"""Helium's burn-mint design: issuance halves every two years, and burned HNT is minted again up to a cap.

Amounts are in HNT. Source: github.com/helium/HIP, 0020-hnt-max-supply.md (2020-11-04, deployed) and
0149-helium-utility-and-emissions-realignment.md (approved 2026-07-02).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.networks.inputs import Floats, Number, Numbers, numbers, positive, shaped, whole

FIRST_YEAR = 60_000_000
"""HNT a year in years 1 and 2, from 2019-08-01; half as much every two years."""

THEORETICAL_SUPPLY = 240_000_000

CAP_PER_EPOCH = 34.24
EPOCHS_PER_DAY = 48
"""HNT that an epoch of 30 minutes may add to the pool of burned tokens: 1 % of issuance in 2020."""

POOL_EPOCHS = 336
"""The pool pays out one part in so many per epoch; there are 336 in a week."""

FLOOR, CEILING = 0.5, 3.0
"""Pay of deployers in units of what carriers pay for the traffic (HIP-149)."""


def issuance_in_year(year: Numbers) -> float | Floats:
    """HNT that the table of HIP-20 mints in a year from 1."""
    years = numbers("year", year, low=1)
    return shaped(FIRST_YEAR * 0.5 ** np.floor((np.floor(years) - 1) / 2))


def supply_at_start(year: Number) -> float:
    """HNT of the table before a year from 1: 0, 60M, 120M, 150M, ... toward 240M."""
    pairs, odd = divmod(whole("year", year, low=1) - 1, 2)
    return THEORETICAL_SUPPLY * (1 - 0.5**pairs) + odd * FIRST_YEAR * 0.5**pairs


@dataclass(frozen=True)
class NetEmission:
    """One epoch of net emission: HNT minted again, and the pool afterwards."""

    reminted: float
    pool: float


def net_emission(pool: Number, burned: Number, *, cap: Number = CAP_PER_EPOCH) -> NetEmission:
    """Pay out the pool of burned tokens for an epoch, then add the epoch's burn up to the cap.

    Parameters
    ----------
    pool, burned
        HNT in the pool, and burned in the epoch.
    cap
        Most HNT that an epoch adds; burn beyond it shrinks supply.
    """
    held = float(numbers("pool", pool, low=0))
    paid = held / POOL_EPOCHS
    added = min(float(numbers("burned", burned, low=0)), float(numbers("cap", cap, low=0)))
    return NetEmission(paid, held - paid + added)


def reminted(smoothed_burn: Numbers, cap: Numbers = CAP_PER_EPOCH * EPOCHS_PER_DAY) -> float | Floats:
    """HNT minted again in the long run: the smoothed burn up to the cap, 1,643.5 a day by default."""
    return shaped(np.minimum(numbers("burn", smoothed_burn, low=0), numbers("cap", cap, low=0)))


def deployer_target(multiple: Numbers, payer_rate: Numbers, gigabytes: Numbers, price: Numbers) -> float | Floats:
    """HNT a day to deployers at a multiple of what carriers pay (HIP-149).

    Parameters
    ----------
    multiple
        0.5 for the floor, 3.0 for the ceiling.
    payer_rate
        USD per gigabyte that carriers pay.
    gigabytes
        Traffic a day.
    price
        USD per HNT.
    """
    value = numbers("multiple", multiple, low=0) * numbers("payer rate", payer_rate, low=0)
    return shaped(value * numbers("traffic", gigabytes, low=0) / positive("price", price))


def top_up_needed(target: Numbers, baseline: Numbers, share: Numbers) -> float | Floats:
    """HNT a day of extra emission that lift deployers from their baseline to the floor.

    Parameters
    ----------
    target, baseline
        HNT a day to deployers at the floor, and without the top-up.
    share
        Deployers' share of emission, above 0 to 1; 0.625 in the example of HIP-149.
    """
    short = np.maximum(numbers("target", target, low=0) - numbers("baseline", baseline, low=0), 0.0)
    return shaped(short / positive("share", share))


def top_up(smoothed_burn: Numbers, cap: Numbers, needed: Numbers) -> float | Floats:
    """HNT a day that HIP-149 mints again beyond the cap: the burn above the cap, at most what is needed."""
    above = np.maximum(numbers("burn", smoothed_burn, low=0) - numbers("cap", cap, low=0), 0.0)
    return shaped(np.minimum(above, numbers("needed", needed, low=0)))


def price_at_target(multiple: Numbers, payer_rate: Numbers, gigabytes: Numbers, baseline: Numbers) -> float | Floats:
    """USD per HNT at which the baseline pays exactly a multiple of what carriers pay."""
    value = numbers("multiple", multiple, low=0) * numbers("payer rate", payer_rate, low=0)
    return shaped(value * numbers("traffic", gigabytes, low=0) / positive("baseline", baseline))


def supplement(per_day: Number = 196_000, flat_days: Number = 360, taper_days: Number = 720) -> float:
    """HNT of a supplement that is flat and then falls linearly to zero: 141M in HIP-149."""
    flat, taper = numbers("flat days", flat_days, low=0), numbers("taper days", taper_days, low=0)
    return float(numbers("per day", per_day, low=0) * (flat + taper / 2))
