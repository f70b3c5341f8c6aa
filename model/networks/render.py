"""Render's rules: the emission table by year, budgets, pay of nodes, and what a job or a Salad customer burns.

Amounts are in RENDER unless said otherwise. Source: github.com/rendernetwork/RNPs (2026-05-18), RNP-001, 003, 006,
013, 015, 018, 019, 021, 022 and 023.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal, TypeAlias

import numpy as np

from model.errors import OutOfRangeError, UnknownKeyError
from model.networks.inputs import Floats, Number, Numbers, day, numbers, positive, shaped, whole

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


def node_pay(pool: Number, approved_work: Numbers) -> Floats:
    """RENDER to each node: the epoch's pool by share of the value of work approved in it; none where no work is.

    Parameters
    ----------
    pool
        RENDER for jobs in the epoch; it does not depend on what was burned.
    approved_work
        Value of approved work by node, in any one unit.
    """
    work = np.atleast_1d(numbers("approved work", approved_work, low=0))
    total = work.sum()
    amount = numbers("pool", pool, low=0)
    return np.asarray(amount * work / total if total > 0 else np.zeros_like(work))


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


OWN_NODES_WITHOUT_PENALTY = 3
PENALTY_RATE = 0.65


def availability_penalty(nodes_of_wallet: Numbers) -> float | Floats:
    """Factor for nodes of one wallet: 1 up to three, then exp(-0.65 (n - 3)) (RNP-015)."""
    count = numbers("nodes of the wallet", nodes_of_wallet, low=1)
    return shaped(np.exp(-PENALTY_RATE * np.maximum(count - OWN_NODES_WITHOUT_PENALTY, 0)))


def availability_points(
    idle_share: Numbers,
    octane: Numbers,
    memory: Numbers,
    age: Numbers,
    *,
    average_octane: Numbers,
    average_memory: Numbers,
    average_age: Numbers,
    nodes_of_wallet: Numbers = 1,
) -> float | Floats:
    """Points of a node for being available (RNP-015), before the pool is shared by them.

    `idle x (3 ln OB / ln OB_avg + 3 ln VRAM / ln VRAM_avg + ln age / ln age_avg) x penalty`; the base of the logarithm
    cancels.

    Parameters
    ----------
    idle_share
        Share of the epoch in which the node waited, 0 to 1.
    octane, memory, age
        OctaneBench score, graphics memory and age of the node, each 1 or more in the unit of its average.
    average_octane, average_memory, average_age
        Averages over nodes, above 1.
    nodes_of_wallet
        Nodes under the same wallet.
    """

    def relative(name: str, value: Numbers, average: Numbers) -> Floats:
        mean = numbers(f"average {name}", average, low=1)
        if (mean == 1).any():
            raise OutOfRangeError(f"average {name} is 1, whose logarithm is 0", allowed="above 1")
        return np.asarray(np.log(numbers(name, value, low=1)) / np.log(mean))

    score = (
        3 * relative("OctaneBench score", octane, average_octane)
        + 3 * relative("memory", memory, average_memory)
        + relative("age", age, average_age)
    )
    return shaped(numbers("idle share", idle_share, low=0, high=1) * score * availability_penalty(nodes_of_wallet))


def availability_rewards(pool: Number, points: Numbers) -> Floats:
    """RENDER to each node for being available: the pool by share of points."""
    return node_pay(pool, points)


HOURS_PER_WEEK = 168

COMPUTE_BASE: Mapping[str, float] = MappingProxyType({"RNP-019": 10.0, "RNP-021": 25.0})
"""RENDER a week for an RTX 4090 that works all the time, by proposal."""

COMPUTE_AVAILABILITY = 2.0
"""RENDER a week to a compute node for being available (RNP-019)."""

COMPUTE_CAP = 100_000
"""RENDER a month for compute jobs at most (RNP-021)."""

GPU_MULTIPLIERS: Mapping[str, float] = MappingProxyType(
    {"RTX4090": 1.0, "H200": 5.0, "H100": 4.0, "A100": 3.5, "MI300X": 4.0, "L40": 2.5, "L4": 1.5, "T4": 1.2}
)
"""Pay of a graphics card relative to an RTX 4090 (RNP-021)."""


def compute_reward(hours: Numbers, gpu: str | Numbers = "RTX4090", *, rule: str = "RNP-021") -> float | Floats:
    """RENDER for hours of compute jobs in a week: base x multiplier x hours / 168.

    Parameters
    ----------
    hours
        Hours worked in the week, 0 to 168.
    gpu
        Name of a card in `GPU_MULTIPLIERS`, or a multiplier.
    rule
        "RNP-019" (base 10) or "RNP-021" (base 25).
    """
    if rule not in COMPUTE_BASE:
        raise UnknownKeyError(f"{rule!r} is no rule of compute rewards", allowed=", ".join(COMPUTE_BASE))
    if isinstance(gpu, str) and gpu not in GPU_MULTIPLIERS:
        raise UnknownKeyError(f"{gpu!r} is no known card", allowed=", ".join(GPU_MULTIPLIERS))
    multiplier = GPU_MULTIPLIERS[gpu] if isinstance(gpu, str) else numbers("multiplier", gpu, low=0)
    worked = numbers("hours", hours, low=0, high=HOURS_PER_WEEK)
    return shaped(np.asarray(COMPUTE_BASE[rule] * multiplier * worked / HOURS_PER_WEEK))


@dataclass(frozen=True)
class Year1Month:
    """A month of BME year 1 by RNP-006, in RENDER.

    Attributes
    ----------
    nodes, liquidity, artists
        The network's half: 380,284.
    foundation
        The other half, which goes to the foundation.
    foundation_compute, foundation_upgrade
        What the foundation adds to the network's incentives out of its half.
    """

    nodes: int
    liquidity: int
    artists: int
    foundation: int = 380_283
    foundation_compute: int = 95_071
    foundation_upgrade: int = 95_071

    @property
    def network(self) -> int:
        """The network's half."""
        return self.nodes + self.liquidity + self.artists


def year_1_month(month: int) -> Year1Month:
    """The split of a month of BME year 1, 1 to 12, as voted in RNP-006; RNP-013 changed it from June 2024."""
    month = whole("month", month, low=1, high=12)
    liquidity = 190_142 if month <= 3 else 95_071 if month <= 9 else 0
    return Year1Month(nodes=190_142, liquidity=liquidity, artists=190_142 - liquidity)


AFTER_RNP_013: Mapping[str, float] = MappingProxyType(
    {
        "jobs_per_week": 15_000,
        "availability_per_month": 25_000,
        "nodes_per_month": 85_000,
        "artists_per_month": 50_000,
        "liquidity_per_month": 0,
        "upgrade_points_per_month": 95_071,
        "data_generation_in_all": 1_140_852,
    }
)
"""Budgets in RENDER from epoch 25 (5 to 12 June 2024); before it jobs received 47,435 a week."""


@dataclass(frozen=True)
class YearSplit:
    """Shares of a year's emission: to nodes, to grants for artists and AI, to the foundation."""

    nodes: float
    grants: float
    foundation: float


def yearly_split(bme_year: int) -> YearSplit:
    """How a year's emission is divided from year 2 on, in shares (RNP-018, RNP-022); later years as the last voted."""
    if whole("BME year", bme_year, low=1) == 1:
        raise OutOfRangeError("year 1 is divided month by month", todo="use year_1_month")
    return YearSplit(nodes=0.25, grants=0.25, foundation=0.50)


MONTHLY_BUDGET_YEAR_3: Mapping[str, int] = MappingProxyType(
    {"grants": 123_033, "nodes": 123_033, "operations": 246_066, "salad": 88_240}
)
"""RENDER a month in BME year 3; Salad's part at USD 2.00 comes on top, brought forward under the same cap (RNP-023)."""


@dataclass(frozen=True)
class Treasury:
    """A budget at a year's end, in RENDER.

    Attributes
    ----------
    emitted, paid, unspent
        Scheduled for the purpose, really paid out, and kept in a treasury.
    """

    emitted: float
    paid: float
    unspent: float


def unspent(emitted: Number, paid: Number) -> Treasury:
    """What stays in the treasury of a budget; scheduled emission is not circulating emission."""
    scheduled = float(numbers("emitted", emitted, low=0))
    spent = float(numbers("paid", paid, low=0))
    if spent > scheduled:
        raise OutOfRangeError("paid is more than was emitted", allowed=f"{scheduled:g} or less")
    return Treasury(scheduled, spent, scheduled - spent)


YEAR_2_PAID: Mapping[str, Treasury] = MappingProxyType(
    {
        "nodes": Treasury(1.48e6, 0.96e6, 0.52e6),
        "grants": Treasury(1.48e6, 0.80e6, 0.67e6),
        "foundation": Treasury(2.95e6, 2.24e6, 0.71e6),
    }
)
"""BME year 2 as RNP-022 reports it, rounded to 10,000; nodes received 0.80M for jobs, 0.15M for availability and
0.01M for compute. The treasuries held 4.91M (network) and 1.98M (foundation)."""
