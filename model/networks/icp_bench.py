"""Internet Computer on typed figures: neurons under both rules, node pay and burn against the price, the 70% goal.

Amounts are in ICP, prices in XDR per ICP, rates a year.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from model.networks import internet_computer as icp
from model.networks import mission_70
from model.networks.inputs import Floats, Numbers, positive
from model.networks.tables import Row, TableColumn, TableForm

USD_PER_XDR = 1.36
"""Exchange rate of the presets; the developer documentation has 1.36643."""

SUPPLY = 553_010_000
"""ICP on 2026-05-27 (a third party's page, secondary)."""

TOTAL_VOTING_POWER = 881_502_663
"""ICP of voting power on 2026-04-08 (nns-dapp test data, primary)."""

BURN_RATE = 0.05732
"""XDR of cycles a second on 2026-05-27 (a third party's page, secondary)."""

NODE_PAY_CUT = mission_70.NODE_RATE[date(2027, 1, 1)] / mission_70.NODE_RATE[date(2026, 1, 1)]
"""Node pay planned for January 2027 relative to January 2026: 1.97 over 3.84."""

NEURONS = TableForm(
    "icp-neurons",
    (
        TableColumn("neuron", "Neuron", is_word=True),
        TableColumn("stake", "Stake, ICP", low=1.0, high=1e9),
        TableColumn("delay", "Dissolve delay, years", high=100.0),
        TableColumn("age", "Age, years", high=100.0),
        TableColumn("gang", "Stake with an 8-year delay on 23 Apr 2026, ICP", high=1e9),
        TableColumn("dissolving", "Dissolving", choices=("no", "yes")),
        TableColumn("idle", "Months since it voted", high=1200.0),
    ),
)

EXAMPLE_NEURONS: tuple[Row, ...] = tuple(
    dict(zip(NEURONS.keys, values, strict=True))
    for values in (
        ("Half a year", 1_000.0, 0.5, 0.0, 0.0, "no", 0.0),
        ("One year", 1_000.0, 1.0, 1.0, 0.0, "no", 0.0),
        ("Two years", 1_000.0, 2.0, 2.0, 0.0, "no", 0.0),
        ("Eight years, old", 1_000.0, 8.0, 4.0, 1_000.0, "no", 0.0),
        ("Silent for 6.5 months", 1_000.0, 2.0, 2.0, 0.0, "no", 6.5),
    )
)
"""Invented, of equal stake, so that only delay, age and activity differ."""

PAYROLL = TableForm(
    "icp-payroll",
    (
        TableColumn("nodes_of", "Nodes of", is_word=True),
        TableColumn("nodes", "Nodes", high=100_000.0),
        TableColumn("xdr", "XDR a month for each", high=1e6),
    ),
)

EXAMPLE_PAYROLL: tuple[Row, ...] = (
    {"nodes_of": "First generation", "nodes": 1_030.0, "xdr": 1_329.0},
    {"nodes_of": "Second generation", "nodes": 391.0, "xdr": 1_329.0},
)
"""Counts from the forum (secondary); pay is the mean that minting of 90 days to 2026-05-27 implies (derived), because
the present table by region and type was not found."""

FAILURES = TableForm(
    "icp-failures",
    (
        TableColumn("node", "Node", is_word=True),
        TableColumn("proposed", "Blocks proposed", high=1e9),
        TableColumn("failed", "Blocks failed", high=1e9),
        TableColumn("xdr", "XDR a month in full", high=1e6),
    ),
)

EXAMPLE_FAILURES: tuple[Row, ...] = tuple(
    {"node": name, "proposed": 100_000.0 - failed, "failed": failed, "xdr": 1_329.0}
    for name, failed in (("A", 0.0), ("B", 1_000.0), ("C", 2_000.0), ("D", 30_000.0), ("E", 90_000.0))
)
"""Invented: one subnet of five nodes."""


@dataclass(frozen=True)
class NeuronLine:
    """A neuron under the rules before and after Mission 70.

    Attributes
    ----------
    neuron
        Its name.
    power
        Voting power in ICP, before and after.
    earned
        Yield a year, simple, before and after.
    share
        Share of the voting power of the typed neurons, before and after.
    """

    neuron: str
    stake: float
    power: tuple[float, float]
    earned: tuple[float, float]
    share: tuple[float, float]


def neuron_lines(
    neurons: Sequence[Row],
    *,
    on: date,
    supply: float = SUPPLY,
    total_before: float = TOTAL_VOTING_POWER,
    total_after: float = TOTAL_VOTING_POWER,
    factor: float = icp.MISSION_70_FACTOR,
) -> tuple[NeuronLine, ...]:
    """Both rules on the same neurons and the same day.

    Parameters
    ----------
    neurons
        Rows as `NEURONS` names them.
    on
        Day of which the reward curve is read.
    supply, total_before, total_after
        ICP; voting power of all neurons under each rule.
    factor
        On voting rewards after Mission 70.
    """
    power = {rule: [_power(neuron, rule) for neuron in neurons] for rule in ("before", "after")}
    rates = {"before": 1.0, "after": factor}
    totals = {"before": total_before, "after": total_after}
    day = icp.day_of(on)

    def earned(rule: str, place: int) -> float:
        rate = icp.voting_reward_rate(day, rates[rule])
        stake = float(neurons[place]["stake"])
        return float(
            icp.neuron_yield(
                stake, power[rule][place], total_voting_power=totals[rule], supply=supply, rate=float(rate)
            )
        )

    wholes = {rule: sum(own) or 1.0 for rule, own in power.items()}
    return tuple(
        NeuronLine(
            str(neuron["neuron"]),
            float(neuron["stake"]),
            (power["before"][place], power["after"][place]),
            (earned("before", place), earned("after", place)),
            (power["before"][place] / wholes["before"], power["after"][place] / wholes["after"]),
        )
        for place, neuron in enumerate(neurons)
    )


def _power(neuron: Row, rule: str) -> float:
    after = rule == "after"
    return float(
        icp.voting_power(
            float(neuron["stake"]),
            float(neuron["delay"]) * icp.YEAR_SECONDS,
            float(neuron["age"]) * icp.YEAR_SECONDS,
            rule=rule,
            gang_snapshot=float(neuron["gang"]) if after else 0,
            dissolving=neuron["dissolving"] == "yes",
            seconds_since_refresh=float(neuron["idle"]) * icp.MONTH_SECONDS,
        )
    )


def delay_curve(rule: str, years: Floats) -> Floats:
    """Factor on voting power by dissolve delay in years, 0 where it is too short to vote."""
    delays = years * icp.YEAR_SECONDS
    return np.asarray(icp.voting_power(np.ones_like(delays), delays, rule=rule))


def payroll(nodes: Sequence[Row]) -> float:
    """XDR a month for typed nodes."""
    return sum(float(row["nodes"]) * float(row["xdr"]) for row in nodes)


@dataclass(frozen=True)
class FailureLine:
    """A node's failure rate, what it exceeds the subnet's reference by, the share of pay it keeps, and XDR a month."""

    node: str
    failure: float
    excess: float
    kept: float
    xdr: float


def failure_lines(nodes: Sequence[Row]) -> tuple[float, tuple[FailureLine, ...]]:
    """The subnet's reference, and each of its typed nodes."""
    if not nodes:
        return 0.0, ()
    failed, proposed = ([float(row[key]) for row in nodes] for key in ("failed", "proposed"))
    rates = np.atleast_1d(icp.failure_rate(failed, proposed))
    reference = icp.subnet_reference(rates)
    kept = np.atleast_1d(icp.node_reward_multiplier(rates, reference))
    return reference, tuple(
        FailureLine(
            str(row["node"]), float(rate), max(0.0, float(rate) - reference), float(m), float(row["xdr"]) * float(m)
        )
        for row, rate, m in zip(nodes, rates, kept, strict=True)
    )


def price_grid(price: float, count: int = 61) -> Floats:
    """Prices from a quarter to four times a price, evenly on a log scale."""
    return np.geomspace(price / 4, price * 4, count)


@dataclass(frozen=True)
class Minting:
    """What settles net inflation at a price.

    Attributes
    ----------
    voting_rate
        Voting rewards as a share of supply a year.
    node_xdr
        Node pay, XDR a year.
    burn_xdr_per_second
        Cycles burned.
    supply
        ICP.
    minimum_rate
        Price below which node pay in ICP stops growing; 0 for none.
    """

    voting_rate: float
    node_xdr: float
    burn_xdr_per_second: float
    supply: float
    minimum_rate: float = 0.0

    def node_icp(self, price: Numbers) -> Floats:
        """ICP a year minted for nodes at a price."""
        return np.asarray(icp.node_pay_icp(self.node_xdr, price, minimum_rate=self.minimum_rate))

    def burned_icp(self, price: Numbers) -> Floats:
        """ICP a year burned for cycles at a price."""
        return np.asarray(icp.cycles_burn(self.burn_xdr_per_second, price))

    def net(self, price: Numbers) -> Floats:
        """Net inflation at a price, a share of supply a year."""
        floored = np.maximum(positive("price", price), self.minimum_rate)
        plain = mission_70.net_inflation(
            floored,
            voting_rate=self.voting_rate,
            node_xdr=self.node_xdr,
            burn_xdr_per_second=self.burn_xdr_per_second,
            supply=self.supply,
        )
        less_burn = self.burned_icp(price) - self.burned_icp(floored)
        return np.asarray(plain - less_burn / self.supply)

    def price_of_goal(self) -> float:
        """Price at which net inflation is 2.92%; infinite where no price meets it, or only one below the minimum."""
        price = mission_70.price_of_goal(
            voting_rate=self.voting_rate,
            node_xdr=self.node_xdr,
            burn_xdr_per_second=self.burn_xdr_per_second,
            supply=self.supply,
        )
        return price if price >= self.minimum_rate else math.inf

    def needed_at(self, price: float) -> float:
        """XDR of cycles a second that would meet 2.92% at a price; 0 where it is met without any."""
        gap = self.voting_rate + float(self.node_icp(price)) / self.supply - mission_70.NET_GOAL
        return max(0.0, float(icp.cycles_burn_needed(max(gap, 0.0) * self.supply, price)))


def demand_for(burn_xdr_per_second: float, *, service_price: float, quality: float, quality_elasticity: float) -> float:
    """The economy's scale of demand at which cycles burn so many XDR a second: revenue over price and quality.

    Parameters
    ----------
    burn_xdr_per_second
        XDR a second.
    service_price, quality, quality_elasticity
        USD per unit of service, share, and exponent of the economy.
    """
    revenue = burn_xdr_per_second * icp.YEAR_SECONDS * USD_PER_XDR
    return float(revenue / float(positive("service price", service_price)) / quality**quality_elasticity)
