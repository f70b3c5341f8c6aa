"""What a Render job or a Salad customer's payment burns, pays and mints, and one epoch of jobs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from model.errors import UnknownKeyError
from model.networks.inputs import Floats, Number, Numbers, numbers, positive, shaped
from model.networks.render.node_pay import node_pay


@dataclass(frozen=True)
class JobTerms:
    """How the price of a job is divided; shares of the price.

    Attributes
    ----------
    burn, fee, operator
        Buys and burns RENDER; goes to the foundation (legacy jobs: the transaction fee); is kept by Salad.
    reward
        Minted for those who did the work, at the price of the day; 0 where mint does not depend on the job.
    source
        Where the shares stand.
    """

    burn: float
    fee: float
    operator: float
    reward: float
    source: str


JOB_TERMS: Mapping[str, JobTerms] = MappingProxyType(
    {
        "jobs": JobTerms(0.95, 0.05, 0.0, 0.0, "RNP-006, 2023-11-02; RNP-019"),
        "sce": JobTerms(0.60, 0.05, 0.35, 0.56, "RNP-023, 2026-03-26: Salad Container Engine"),
        "sgs": JobTerms(0.35, 0.05, 0.60, 0.31, "RNP-023, 2026-03-26: Salad Gateway Service"),
    }
)
"""Terms by kind of job; "legacy" is another name of "jobs"."""

CREDIT_EUR = 0.25
"""Euro that one legacy credit costs."""


@dataclass(frozen=True)
class JobSettlement:
    """What a job's payment does.

    Attributes
    ----------
    burned, rewarded, net_burn
        RENDER burned, minted as reward, and the difference.
    burned_value, fee, operator
        Fiat used to buy and burn, paid to the foundation, kept by the operator; they add up to the payment.
    """

    burned: float | Floats
    rewarded: float | Floats
    net_burn: float | Floats
    burned_value: float | Floats
    fee: float | Floats
    operator: float | Floats


def job_terms(kind: str) -> JobTerms:
    """Terms of a kind of job: jobs (or legacy), sce, sgs (also "Salad SCE", "salad-sgs")."""
    key = str(kind).lower().replace("salad", "").strip(" -_.")
    terms = JOB_TERMS.get("jobs" if key in ("legacy", "job") else key)
    if terms is None:
        raise UnknownKeyError(f"{kind!r} is no kind of job", allowed="legacy, jobs, sce, sgs")
    return terms


def settle_job(
    fiat_value: Numbers, price: Numbers, kind: str = "jobs", *, price_reward: Numbers | None = None
) -> JobSettlement:
    """Settle a paid job.

    Parameters
    ----------
    fiat_value
        What the customer pays, in the currency of the price.
    price
        RENDER's price at the burn.
    kind
        "jobs" or "legacy": 95 % burned, 5 % fee, nothing minted for it, since nodes are paid from the emission table.
        "sce" and "sgs", Salad's products: 60 % and 35 % burned, 5 % to the foundation, 56 % and 31 % of the payment
        minted for those who did the work.
    price_reward
        RENDER's price when the reward is minted, by default the price at the burn.

    Raises
    ------
    OutOfRangeError
        Where a payment is negative or a price is not above 0.
    UnknownKeyError
        Where the kind is unknown.
    """
    terms = job_terms(kind)
    value = numbers("payment", fiat_value, low=0)
    at_burn = positive("price", price)
    at_reward = at_burn if price_reward is None else positive("price at the reward", price_reward)
    burned, rewarded = terms.burn * value / at_burn, terms.reward * value / at_reward
    return JobSettlement(
        burned=shaped(burned),
        rewarded=shaped(rewarded),
        net_burn=shaped(burned - rewarded),
        burned_value=shaped(terms.burn * value),
        fee=shaped(terms.fee * value),
        operator=shaped(terms.operator * value),
    )


def credits_value(credits_used: Numbers, usd_per_eur: Numbers) -> float | Floats:
    """USD that legacy credits cost: EUR 0.25 each at an exchange rate."""
    return shaped(CREDIT_EUR * numbers("credits", credits_used, low=0) * positive("USD per EUR", usd_per_eur))


def implied_usd_per_eur(burned_usd: Numbers, credits_used: Numbers) -> float | Floats:
    """Exchange rate that an epoch's burn implies: burned USD / (0.95 x EUR 0.25 x credits)."""
    eur = JOB_TERMS["jobs"].burn * CREDIT_EUR * positive("credits", credits_used)
    return shaped(numbers("burned USD", burned_usd, low=0) / eur)


def customer_price(ask: Numbers) -> float | Floats:
    """Price to the customer from a node's asking price, so that 5 % of it is the fee: ask x (1 + 5/95)."""
    return shaped(numbers("asking price", ask, low=0) * (1 + 5 / 95))


@dataclass(frozen=True)
class EpochLedger:
    """One weekly epoch of rendering jobs: burned RENDER, fee in USD, RENDER paid to nodes, and the pay of each."""

    burned: float
    fee_usd: float
    minted: float
    pay: Floats


def settle_epoch(
    credits_used: Numbers, usd_per_eur: Number, price: Number, pool: Number, approved_work: Numbers
) -> EpochLedger:
    """Settle one epoch: credits are burned at the price in USD, and the pool is paid by approved work."""
    job = settle_job(np.sum(credits_value(credits_used, usd_per_eur)), price, "jobs")
    pay = node_pay(pool, approved_work)
    return EpochLedger(float(job.burned), float(job.fee), float(pay.sum()), pay)
