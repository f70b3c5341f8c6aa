"""Internet Computer's rules: voting rewards, neurons, maturity, pay of nodes and burning by cycles.

Amounts are in ICP, prices in XDR per ICP. Source: github.com/dfinity/ic, rs/nns/governance/src/reward/calculation.rs
(0c236f33), neuron/voting_power.rs (25b7266d), timer_tasks/update_icp_xdr_rate_related_data.rs (005967c8), and
rs/node_rewards (3b97cf8a), 2026.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np

from model.errors import OutOfRangeError, UnknownKeyError
from model.networks.inputs import Floats, Number, Numbers, day, fraction, numbers, positive, shaped, whole

GENESIS = date(2021, 5, 10)
"""Day 0 of the reward curve."""

DAYS_PER_YEAR = 365.25
YEAR_SECONDS = 31_557_600
MONTH_SECONDS = YEAR_SECONDS // 12

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


@dataclass(frozen=True)
class NeuronRule:
    """Bonus for the dissolve delay: `1 + scale t^exponent`, t the delay over the longest one.

    Attributes
    ----------
    longest_delay, to_vote, to_submit
        Seconds: where the delay stops counting, and the least to vote and to submit proposals.
    scale, exponent
        Shape of the bonus.
    """

    longest_delay: int
    to_vote: int
    to_submit: int
    scale: float
    exponent: int


NEURON_RULES: Mapping[str, NeuronRule] = MappingProxyType(
    {
        "before": NeuronRule(8 * YEAR_SECONDS, YEAR_SECONDS // 2, YEAR_SECONDS // 2, 1.0, 1),
        "after": NeuronRule(2 * YEAR_SECONDS, 14 * 86_400, YEAR_SECONDS // 2, 2.0, 2),
    }
)
"""Rules before and from 2026-04-23 (Mission 70)."""

_OTHER_NAMES = {
    "before_mission70": "before",
    "before_mission_70": "before",
    "mission70": "after",
    "mission_70": "after",
    "after_mission70": "after",
    "after_mission_70": "after",
}


def neuron_rule(rule: str | date) -> NeuronRule:
    """The rule by name ("before" or "after" Mission 70, "mission-70"), or the one in force on a date."""
    if isinstance(rule, date):
        return NEURON_RULES["after" if rule >= MISSION_70 else "before"]
    key = str(rule).lower().replace("-", "_").replace(" ", "_")
    name = _OTHER_NAMES.get(key, key)
    if name not in NEURON_RULES:
        try:
            return neuron_rule(day("rule", rule.removeprefix("after_").replace("_", "-")))
        except OutOfRangeError as error:
            raise UnknownKeyError(
                f"{rule!r} is no rule of neurons", allowed="before, after (of Mission 70), or a date"
            ) from error
    return NEURON_RULES[name]


def dissolve_delay_bonus(seconds: Numbers, rule: str | date = "after") -> float | Floats:
    """Factor on voting power for a neuron's dissolve delay.

    Parameters
    ----------
    seconds
        Dissolve delay, 0 or more; a year has 31,557,600 seconds. Above the longest delay it counts as that.
    rule
        "before": 1 + t up to 8 years; "after" (from 2026-04-23): 1 + 2 t^2 up to 2 years; or a date.

    Returns
    -------
    float or array
        1 without delay, 2 (before) or 3 (after) at the longest.
    """
    terms = neuron_rule(rule)
    t = np.minimum(numbers("dissolve delay", seconds, low=0), terms.longest_delay) / terms.longest_delay
    return shaped(np.asarray(1 + terms.scale * t**terms.exponent))


def age_bonus(seconds: Numbers) -> float | Floats:
    """Factor on voting power for a neuron's age: 1 + 0.25 t, t the age over four years; a dissolving neuron has none.

    Parameters
    ----------
    seconds
        Age, 0 or more; above four years it counts as four.
    """
    oldest = 4 * YEAR_SECONDS
    return shaped(np.asarray(1 + 0.25 * np.minimum(numbers("age", seconds, low=0), oldest) / oldest))


GANG_ENDS = date(2030, 12, 31)
"""Last day of the bonus for neurons that had the 8-year delay when it was abolished."""


def gang_bonus(stake: Numbers, snapshot: Numbers, *, dissolving: bool = False) -> float | Floats:
    """Stake that the 8-year gang's bonus adds, in ICP: 10 % of the snapshot stake, at most of the stake.

    Parameters
    ----------
    stake, snapshot
        ICP now, and when the 8-year delay was abolished (0 for everybody else).
    dissolving
        A dissolving neuron gets none. The bonus ends after 2030-12-31.
    """
    base = np.minimum(numbers("stake", stake, low=0), numbers("snapshot stake", snapshot, low=0))
    return shaped(np.asarray(base * (0.0 if dissolving else 0.10)))


def deciding_factor(seconds_since_refresh: Numbers) -> float | Floats:
    """Factor for activity: 1 for six months since a neuron last voted or refreshed, then linear to 0 in the seventh."""
    late = numbers("time since refresh", seconds_since_refresh, low=0) - 6 * MONTH_SECONDS
    return shaped(np.clip(1 - late / MONTH_SECONDS, 0.0, 1.0))


def voting_power(
    stake: Numbers,
    dissolve_delay: Numbers,
    age: Numbers = 0,
    *,
    rule: str | date = "after",
    gang_snapshot: Numbers = 0,
    dissolving: bool = False,
    seconds_since_refresh: Numbers = 0,
) -> float | Floats:
    """A neuron's voting power in ICP: (stake + gang bonus) x delay bonus x age bonus x activity.

    Parameters
    ----------
    stake, gang_snapshot
        ICP; the second as in `gang_bonus`.
    dissolve_delay, age, seconds_since_refresh
        Seconds.
    rule
        As in `dissolve_delay_bonus`.
    dissolving
        A dissolving neuron has no age and no gang bonus.

    Returns
    -------
    float or array
        0 where the delay is too short to vote.
    """
    terms = neuron_rule(rule)
    delay = numbers("dissolve delay", dissolve_delay, low=0)
    effective = numbers("stake", stake, low=0) + gang_bonus(stake, gang_snapshot, dissolving=dissolving)
    aged = np.asarray(age_bonus(age)) if not dissolving else 1.0
    power = effective * dissolve_delay_bonus(delay, rule) * aged * deciding_factor(seconds_since_refresh)
    return shaped(np.asarray(np.where(delay >= terms.to_vote, power, 0.0)))


def neuron_yield(
    stake: Numbers, power: Numbers, *, total_voting_power: Numbers, supply: Numbers, rate: Numbers
) -> float | Floats:
    """Simple yearly yield of a neuron that votes always: rate x supply x its share of voting power / its stake.

    Parameters
    ----------
    stake, power, total_voting_power, supply
        ICP; the power as from `voting_power`.
    rate
        Voting rewards as a share of supply a year (`voting_reward_rate`).
    """
    pool = numbers("rate", rate, low=0) * numbers("supply", supply, low=0)
    share = numbers("voting power", power, low=0) / positive("total voting power", total_voting_power)
    return shaped(np.asarray(pool * share / positive("stake", stake)))


MODULATION_SENSITIVITY = 2_500
MODULATION_DAILY = 30
MODULATION_BOUNDS = (-1_000, 200)
"""Basis points since 2026-05-17: per whole of relative price difference, most in a day, and bounds."""

MODULATION_BOUNDS_BEFORE = (-500, 500)
"""Bounds before 2026-05-17, from four 30-day averages; that rule is not computed here."""


def modulation_target(recent_price: Number, reference_price: Number) -> int:
    """Basis points toward which maturity modulation moves: a quarter of the relative difference, cut toward 0."""
    recent = fraction("mean price of 7 days", recent_price, low=0)
    reference = fraction("mean price of 365 days", reference_price, low=0)
    if reference == 0:
        raise OutOfRangeError("mean price of 365 days is 0", allowed="above 0")
    return int(MODULATION_SENSITIVITY * (recent - reference) / reference)


def maturity_modulation(recent_price: Number, reference_price: Number, previous: Number = 0, days: Number = 1) -> int:
    """Maturity modulation in basis points, by the rule of 2026-05-17.

    It moves toward its target by at most 30 basis points a day and stays within -1,000 and +200.

    Parameters
    ----------
    recent_price, reference_price
        Means of the last 7 and 365 daily ICP prices, in one unit; the chain has whole ten-thousandths of an XDR.
    previous
        Modulation before, in basis points.
    days
        Days since it was updated; 0 counts as one.
    """
    before = whole("previous modulation", previous)
    reach = MODULATION_DAILY * max(whole("days", days, low=0), 1)
    target = modulation_target(recent_price, reference_price)
    low, high = MODULATION_BOUNDS
    return max(low, min(high, max(before - reach, min(before + reach, target))))


def disburse_maturity(maturity_e8s: Number, modulation: Number) -> int:
    """ICP in e8s (1e-8) minted for maturity in e8s at a modulation in basis points, cut to a whole e8."""
    return whole("maturity", maturity_e8s, low=0) * (10_000 + whole("modulation", modulation, low=-10_000)) // 10_000


NODE_PERIOD_DAYS = 30.4375
"""A month of node pay: a twelfth of a year."""

FAILURE_FROM, FAILURE_TO = 0.10, 0.60
LARGEST_REDUCTION = 0.80
SMALLEST_PAY = 0.20
"""Excess failure rates between which pay falls, by how much, and what is left."""

GENESIS_PAY_XDR: Mapping[str, int] = MappingProxyType({"US": 873, "US FL/GA/CA": 1_087, "EU": 1_087, "Asia": 1_212})
"""XDR a node and month in the table of genesis; the current table was not found."""


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
