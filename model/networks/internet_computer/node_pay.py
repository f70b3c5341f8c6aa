"""Pay of Internet Computer's nodes: failures, the multiplier, and ICP minted for XDR."""

from __future__ import annotations

import numpy as np

from model.errors import OutOfRangeError
from model.networks.inputs import Floats, Number, Numbers, numbers, positive, shaped, whole

FAILURE_FROM, FAILURE_TO = 0.10, 0.60
LARGEST_REDUCTION = 0.80
SMALLEST_PAY = 0.20
"""Excess failure rates between which pay falls, by how much, and what is left."""


def failure_rate(failed: Numbers, proposed: Numbers) -> float | Floats:
    """Failed blocks over all blocks of a node; 0 where it had none."""
    bad = numbers("failed blocks", failed, low=0)
    total = bad + numbers("proposed blocks", proposed, low=0)
    return shaped(np.divide(bad, total, out=np.zeros_like(total), where=total > 0))


def subnet_reference(failure_rates: Numbers) -> float:
    """The subnet's 75th percentile of failure rates: the ceil(0.75 n)-th smallest of n."""
    rates = np.sort(np.atleast_1d(numbers("failure rate", failure_rates, low=0, high=1)))
    if not rates.size:
        raise OutOfRangeError("there are no failure rates", allowed="at least one node")
    return float(rates[(3 * rates.size + 3) // 4 - 1])


def node_reward_multiplier(failure: Numbers, reference: Numbers = 0.0) -> float | Floats:
    """Share of its pay that a node keeps.

    Parameters
    ----------
    failure
        Failure rate of the node, 0 to 1; or already its excess over the subnet's reference.
    reference
        The subnet's reference (`subnet_reference`).

    Returns
    -------
    float or array
        1 where the excess is up to 0.10, 0.2 from 0.60 on, and linear in between.
    """
    excess = numbers("failure rate", failure, low=0, high=1) - numbers("reference", reference, low=0, high=1)
    kept = 1 - LARGEST_REDUCTION * np.maximum(excess - FAILURE_FROM, 0.0) / (FAILURE_TO - FAILURE_FROM)
    return shaped(np.where(excess >= FAILURE_TO, SMALLEST_PAY, np.maximum(kept, SMALLEST_PAY)))


def type3_pay(base_xdr: Number, coefficient: Number, nodes: Number) -> Floats:
    """XDR a month for a provider's type-3 nodes in one country: the n-th earns base x r^(n-1).

    Parameters
    ----------
    base_xdr
        XDR of the first node.
    coefficient
        r, 0 to 1.
    nodes
        How many; the chain pays each the average of these.
    """
    r = numbers("coefficient", coefficient, low=0, high=1)
    return np.asarray(numbers("base pay", base_xdr, low=0) * r ** np.arange(whole("nodes", nodes, low=0)))


def node_pay_icp(
    xdr: Numbers, xdr_per_icp: Numbers, *, minimum_rate: Numbers = 0.0, maximum_icp: Numbers | None = None
) -> float | Floats:
    """ICP minted for node pay: XDR over the price, so a falling price mints more.

    Parameters
    ----------
    xdr
        Pay in XDR of a month, or of any period.
    xdr_per_icp
        30-day average price.
    minimum_rate
        Price below which pay stops growing (`minimum_icp_xdr_rate`).
    maximum_icp
        Most ICP of the period (`maximum_node_provider_rewards`); none by default.
    """
    price = np.maximum(positive("price", xdr_per_icp), numbers("minimum rate", minimum_rate, low=0))
    minted = numbers("pay", xdr, low=0) / price
    return shaped(minted if maximum_icp is None else np.minimum(minted, numbers("most ICP", maximum_icp, low=0)))


def node_pay_per_year(xdr_per_month: Numbers, xdr_per_icp: Numbers) -> float | Floats:
    """ICP a year minted for a monthly payroll in XDR."""
    return shaped(12 * np.asarray(node_pay_icp(xdr_per_month, xdr_per_icp)))
