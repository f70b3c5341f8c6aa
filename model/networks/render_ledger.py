"""Render's ledger of one weekly epoch: typed jobs and nodes under one of the rules that the network has had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from model.errors import UnknownKeyError
from model.networks import render
from model.networks.inputs import positive
from model.networks.tables import Row, TableColumn, TableForm

WEEKS_PER_YEAR = 365.25 / 7

KINDS: Mapping[str, str] = MappingProxyType(
    {"render": "jobs", "compute": "jobs", "salad-container": "sce", "salad-gateway": "sgs"}
)
"""Kinds of job a person may type, and whose terms they have: compute jobs burn as rendering does (RNP-019)."""

JOBS = TableForm(
    "render-jobs",
    (
        TableColumn("job", "Job", is_word=True),
        TableColumn("kind", "Kind", choices=tuple(KINDS)),
        TableColumn("payment", "Payment, EUR"),
        TableColumn("node", "Node", is_word=True, may_be_empty=True),
        TableColumn("approved", "Approved in the epoch, share of the work", high=1.0),
    ),
)
NODES = TableForm(
    "render-nodes",
    (
        TableColumn("node", "Node", is_word=True),
        TableColumn("card", "Card", choices=tuple(render.GPU_MULTIPLIERS)),
        TableColumn("compute_hours", "Compute hours in the week", high=168.0),
        TableColumn("idle", "Idle, share of the week", high=1.0),
        TableColumn("octane", "OctaneBench score", low=1.0),
        TableColumn("memory", "Memory, GB", low=1.0),
        TableColumn("age", "Age, epochs", low=1.0),
        TableColumn("of_wallet", "Nodes of its wallet", low=1.0, high=10_000.0),
    ),
)

EXAMPLE_JOBS: tuple[Row, ...] = (
    {"job": "Film sequence", "kind": "render", "payment": 12_000.0, "node": "A", "approved": 1.0},
    {"job": "Product picture", "kind": "render", "payment": 1_500.0, "node": "B", "approved": 1.0},
    {"job": "Title animation", "kind": "render", "payment": 6_000.0, "node": "C", "approved": 0.5},
    {"job": "Model training", "kind": "compute", "payment": 900.0, "node": "C", "approved": 1.0},
    {"job": "Containers", "kind": "salad-container", "payment": 54_000.0, "node": "", "approved": 1.0},
    {"job": "Gateway", "kind": "salad-gateway", "payment": 20_000.0, "node": "", "approved": 1.0},
)
"""Invented, of the size of a week of 2025, with Salad at 73 to 27 as RNP-023 expects its revenue to be split."""

EXAMPLE_NODES: tuple[Row, ...] = (
    dict(zip(NODES.keys, ("A", "RTX4090", 0.0, 0.2, 1_200.0, 24.0, 90.0, 1.0), strict=True)),
    dict(zip(NODES.keys, ("B", "RTX4090", 0.0, 0.8, 1_300.0, 24.0, 40.0, 5.0), strict=True)),
    dict(zip(NODES.keys, ("C", "H100", 100.0, 0.3, 1_600.0, 80.0, 20.0, 1.0), strict=True)),
)
"""Invented."""


@dataclass(frozen=True)
class RuleSet:
    """The rules of a time, and its budgets.

    Attributes
    ----------
    label, source
        Name with its date, and where it stands.
    burns, has_salad
        Whether jobs burn RENDER, and whether Salad's jobs are paid through it.
    jobs, availability
        RENDER a week for jobs and for being available.
    compute
        Proposal whose rewards compute nodes receive; empty before there were any.
    """

    label: str
    burns: bool
    has_salad: bool
    jobs: float
    availability: float
    compute: str
    source: str


RULE_SETS: Mapping[str, RuleSet] = MappingProxyType(
    {
        "before-bme": RuleSet(
            "Before burn and mint (to 19 Dec 2023)", False, False, 0.0, 0.0, "",
            "RNP-001: tokens of a job went to its node; the fee of 5% is assumed to have been the same",
        ),
        "rnp-006": RuleSet(
            "Burn and mint, RNP-006 (20 Dec 2023)", True, False, 47_435.0, 95_071 * 12 / WEEKS_PER_YEAR, "",
            "RNP-006; RNP-013 names the 47,435 a week of before and the 95,071 a month",
        ),
        "rnp-022": RuleSet(
            "Smaller budgets, RNP-013 to RNP-022 (5 Jun 2024)", True, False, 15_000.0, 2_800.0, "RNP-021",
            "RNP-013, RNP-021 and RNP-022: 15,000 and 2,800 a week",
        ),
        "rnp-023": RuleSet(
            "With Salad, RNP-023 (26 Mar 2026)", True, True, 15_000.0, 2_800.0, "RNP-021",
            "RNP-022 and RNP-023: Salad's jobs burn 60 or 35% and mint 56 or 31% of their payment",
        ),
    }
)  # fmt: skip
"""Rules of Render in their order."""


def rule_set(key: str) -> RuleSet:
    """A set of rules by its key."""
    if key not in RULE_SETS:
        raise UnknownKeyError(f"{key!r} is no set of Render's rules", allowed=", ".join(RULE_SETS))
    return RULE_SETS[key]


@dataclass(frozen=True)
class JobLine:
    """What one job's payment does.

    Attributes
    ----------
    job, kind
        As typed.
    burned, rewarded, to_node
        RENDER burned, minted for Salad's machine owners, and handed to the node (before burn and mint).
    fee_eur, operator_eur
        EUR of the fee, and kept by Salad.
    """

    job: str
    kind: str
    payment_eur: float
    burned: float
    rewarded: float
    to_node: float
    fee_eur: float
    operator_eur: float


@dataclass(frozen=True)
class NodeLine:
    """RENDER to one node in the epoch: for approved work, for being available, for compute jobs."""

    node: str
    jobs: float
    availability: float
    compute: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.jobs + self.availability + self.compute


@dataclass(frozen=True)
class Ledger:
    """One epoch, settled."""

    jobs: tuple[JobLine, ...]
    nodes: tuple[NodeLine, ...]

    @property
    def burned(self) -> float:
        """RENDER burned."""
        return sum(line.burned for line in self.jobs)

    @property
    def rewarded(self) -> float:
        """RENDER minted for Salad's machine owners."""
        return sum(line.rewarded for line in self.jobs)

    @property
    def handed_on(self) -> float:
        """RENDER that went from customers to nodes, neither burned nor minted."""
        return sum(line.to_node for line in self.jobs)

    @property
    def minted(self) -> float:
        """RENDER minted: to nodes, which has nothing to do with the burn, and for Salad's machine owners."""
        return sum(line.total for line in self.nodes) - self.handed_on + self.rewarded

    @property
    def burned_per_minted(self) -> float:
        """RENDER burned for each one minted; not a number where none was."""
        return self.burned / self.minted if self.minted else float("nan")


def job_line(job: Row, rule: RuleSet, price_eur: float) -> JobLine:
    """Settle one typed job at a price in EUR a RENDER.

    Salad's jobs before RNP-023 are paid to Salad, outside the network.
    """
    kind, payment = str(job["kind"]), float(job["payment"])
    name = str(job["job"])
    if KINDS[kind] != "jobs" and not rule.has_salad:
        return JobLine(name, kind, payment, 0.0, 0.0, 0.0, 0.0, payment)
    done = render.settle_job(payment, price_eur, KINDS[kind])
    burned, rewarded, fee = float(done.burned), float(done.rewarded), float(done.fee)
    if not rule.burns:
        return JobLine(name, kind, payment, 0.0, 0.0, burned, fee, 0.0)
    return JobLine(name, kind, payment, burned, rewarded, 0.0, fee, float(done.operator))


def settle(
    jobs: Sequence[Row],
    nodes: Sequence[Row],
    rule: RuleSet,
    *,
    price_usd: float,
    usd_per_eur: float,
    job_budget: float | None = None,
    availability_budget: float | None = None,
) -> Ledger:
    """Settle one weekly epoch.

    Parameters
    ----------
    jobs, nodes
        Rows as `JOBS` and `NODES` name them; a node that only the jobs name has no availability.
    rule
        In force.
    price_usd, usd_per_eur
        USD a RENDER, and USD a EUR.
    job_budget, availability_budget
        RENDER of the week, by default the rule's; they do not depend on what was burned.
    """
    price_eur = float(positive("price", price_usd)) / float(positive("USD per EUR", usd_per_eur))
    lines = tuple(job_line(job, rule, price_eur) for job in jobs)
    names = list(
        dict.fromkeys([str(node["node"]) for node in nodes] + [str(job["node"]) for job in jobs if job["node"]])
    )
    if rule.burns:
        budget = rule.jobs if job_budget is None else job_budget
        pay = render.node_pay(budget, _approved(jobs, names))
    else:
        pay = np.array(
            [sum(line.to_node for job, line in zip(jobs, lines, strict=True) if job["node"] == name) for name in names]
        )
    available = _availability(nodes, rule.availability if availability_budget is None else availability_budget)
    compute = _compute(nodes, rule.compute)
    return Ledger(
        lines,
        tuple(
            NodeLine(name, float(own), available.get(name, 0.0), compute.get(name, 0.0))
            for name, own in zip(names, pay, strict=True)
        ),
    )


def _approved(jobs: Sequence[Row], names: Sequence[str]) -> list[float]:
    """Value of approved rendering by node, EUR; compute jobs are paid by the hour instead."""
    return [
        sum(
            float(job["payment"]) * float(job["approved"])
            for job in jobs
            if job["kind"] == "render" and job["node"] == name
        )
        for name in names
    ]


def _column(nodes: Sequence[Row], key: str) -> np.ndarray:
    return np.array([float(node[key]) for node in nodes])


def _availability(nodes: Sequence[Row], budget: float) -> dict[str, float]:
    """RENDER by node: the budget by points (RNP-015), against the averages of the typed nodes."""
    if not nodes:
        return {}
    octane, memory, age = (_column(nodes, key) for key in ("octane", "memory", "age"))
    means = [max(float(column.mean()), 1.0 + 1e-9) for column in (octane, memory, age)]
    points = render.availability_points(
        _column(nodes, "idle"), octane, memory, age,
        average_octane=means[0], average_memory=means[1], average_age=means[2],
        nodes_of_wallet=_column(nodes, "of_wallet"),
    )  # fmt: skip
    return _by_name(nodes, render.availability_rewards(budget, points))


def _compute(nodes: Sequence[Row], rule: str) -> dict[str, float]:
    """RENDER by node for compute hours, all of them scaled down where they pass the monthly cap (RNP-021)."""
    if not rule:
        return {}
    pay = np.array(
        [float(render.compute_reward(float(node["compute_hours"]), str(node["card"]), rule=rule)) for node in nodes]
    )
    cap = render.COMPUTE_CAP * 12 / WEEKS_PER_YEAR
    return _by_name(nodes, pay * min(1.0, cap / pay.sum()) if pay.sum() else pay)


def _by_name(nodes: Sequence[Row], amounts: np.ndarray) -> dict[str, float]:
    found: dict[str, float] = {}
    for node, amount in zip(nodes, amounts, strict=True):
        found[str(node["node"])] = found.get(str(node["node"]), 0.0) + float(amount)
    return found


def salad_terms(jobs: Sequence[Row]) -> dict[str, float]:
    """The economy's parameters of Salad's stream, by the mix of payments in typed jobs; empty where there are none.

    Shares of revenue: burned, kept by Salad (as pay of those who provide the service), to the foundation, and minted
    as reward. RNP-023's own 73 to 27 gives 0.5325, 0.4175, 0.05 and 0.4925.
    """
    paid = {
        kind: sum(float(job["payment"]) for job in jobs if KINDS[str(job["kind"])] == kind) for kind in ("sce", "sgs")
    }
    total = sum(paid.values())
    if not total:
        return {}

    def mixed(name: str) -> float:
        return float(round(sum(getattr(render.JOB_TERMS[kind], name) * paid[kind] for kind in paid) / total, 10))

    burn, fee = mixed("burn"), mixed("fee")
    return {
        "salad.burn_share": burn,
        "salad.provider_fee_share": round(1 - burn - fee, 10),
        "salad.treasury_fee_share": fee,
        "salad.fiat_reward_share": mixed("reward"),
    }
