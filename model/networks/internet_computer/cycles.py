"""Burning ICP for cycles: a trillion cycles cost one XDR."""

from __future__ import annotations

from model.networks.inputs import Floats, Numbers, numbers, positive, shaped
from model.networks.internet_computer.neurons import YEAR_SECONDS

CYCLES_PER_XDR = 10**12


def cycles_from_icp(icp: Numbers, xdr_per_icp: Numbers) -> float | Floats:
    """Cycles that burning ICP gives: a trillion for one XDR."""
    return shaped(numbers("ICP", icp, low=0) * positive("price", xdr_per_icp) * CYCLES_PER_XDR)


def cycles_burn(xdr_per_second: Numbers, xdr_per_icp: Numbers) -> float | Floats:
    """ICP a year burned for cycles: XDR a second x 31,557,600 / price.

    Parameters
    ----------
    xdr_per_second
        Cycles burned, in XDR a second (0.0573 on 2026-05-27).
    xdr_per_icp
        Price.
    """
    return shaped(numbers("burn rate", xdr_per_second, low=0) * YEAR_SECONDS / positive("price", xdr_per_icp))


def cycles_burn_needed(icp_per_year: Numbers, xdr_per_icp: Numbers) -> float | Floats:
    """XDR a second that burn so much ICP a year at a price; a goal in ICP is dearer to meet when the price is high."""
    return shaped(numbers("burn", icp_per_year, low=0) * positive("price", xdr_per_icp) / YEAR_SECONDS)


def price_that_meets(xdr_per_second: Numbers, icp_per_year: Numbers) -> float | Floats:
    """Price in XDR per ICP at which a burn rate in XDR a second burns so much ICP a year."""
    return shaped(numbers("burn rate", xdr_per_second, low=0) * YEAR_SECONDS / positive("burn", icp_per_year))
