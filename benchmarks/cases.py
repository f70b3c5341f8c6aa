"""What is run: the textbook economy, disturbed at the start, with one or two levers that differ between runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from benchmarks.burn_mint import STATES
from benchmarks.compiled_loop import DATED
from model import load_network
from model.engine.worlds import Column, Floats, Worlds, assemble

STEPS = 520
STEP_LENGTH = 1 / 52
AT = (1, 2, 52, 260, 520)
"""Steps at which results are compared."""

NETWORK = load_network("textbook")
START = {name: NETWORK.initial[name] for name in STATES} | {
    "price": 0.8 * NETWORK.initial["price"],
    "capacity": 0.9 * NETWORK.initial["capacity"],
    "treasury": 0.5 * NETWORK.initial["treasury"],
}
"""Away from rest, so that every state moves."""

BURN = 0.4
CHANGED_AT = 104
"""Step at which the dated case changes its burn share."""


@dataclass(frozen=True)
class Case:
    """One number of runs.

    Attributes
    ----------
    title
        Head of its column.
    levers
        Shape (runs,) each, by key.
    """

    title: str
    levers: Mapping[str, Floats] = field(default_factory=dict)

    @property
    def runs(self) -> int:
        """Number of runs."""
        return max((len(values) for values in self.levers.values()), default=1)

    @cached_property
    def parameters(self) -> dict[str, float | Floats]:
        """Parameters of the economy by key, one number or shape (runs,)."""
        values: dict[str, float | Floats] = {key: v for key, v in NETWORK.values.items() if "." not in key}
        return {**values, "burn_share": BURN, **self.levers}

    def worlds(self) -> Worlds:
        """The same for this engine, put together from the start."""
        return assemble(
            NETWORK.system, ["run"] * self.runs, {**NETWORK.values, **self.parameters}, {**NETWORK.initial, **START},
            step_length=STEP_LENGTH, steps=STEPS,
        )  # fmt: skip


def burn_shares(runs: int) -> dict[str, Floats]:
    """One lever that differs between runs."""
    return {"burn_share": np.linspace(0.2, 0.5, runs)}


def two_levers(side: int) -> dict[str, Floats]:
    """A square map of two levers."""
    burn, emission = np.meshgrid(np.linspace(0.2, 0.5, side), np.linspace(2.0, 6.0, side))
    return {"burn_share": burn.ravel(), "emission_rate": emission.ravel()}


ONE = Case("1 run")
HUNDRED = Case("100 runs", burn_shares(100))
MAP = Case("21 × 21 map", two_levers(21))
MANY = Case("10,000 runs", burn_shares(10_000))


@dataclass(frozen=True)
class DatedCase:
    """Runs whose burn share changes on a date and that read shocks at every step, each its own."""

    title: str
    runs: int

    @cached_property
    def shocks(self) -> dict[str, Floats]:
        """Shape (runs, steps + 1): what multiplies demand, cost and holdings, and what is added to the log price."""
        rng = np.random.Generator(np.random.Philox(5))
        drawn = rng.standard_normal((4, self.runs, STEPS + 1))
        sizes = {"demand_shock": 0.03, "cost_shock": 0.02, "holdings_shock": 0.04}
        found = {name: np.exp(size * z) for (name, size), z in zip(sizes.items(), drawn, strict=False)}
        return {**found, "price_shock": 0.03 * drawn[3]}

    @cached_property
    def burn_share(self) -> Floats:
        """Shape (steps + 1,): the burn share in force."""
        return np.where(np.arange(STEPS + 1) < CHANGED_AT, BURN, 0.5 * BURN)

    def worlds(self) -> Worlds:
        """For this engine."""
        own, shared = np.arange(self.runs, dtype=np.int64), np.zeros(self.runs, dtype=np.int64)
        symbols = NETWORK.system.symbol_of
        return assemble(
            NETWORK.system, ["run"] * self.runs,
            {**NETWORK.values, "burn_share": Column(self.burn_share[None, :], shared)},
            {**NETWORK.initial, **START}, step_length=STEP_LENGTH, steps=STEPS,
            shocks={symbols[name]: Column(path, own) for name, path in self.shocks.items()},
        )  # fmt: skip

    def paths(self) -> Floats:
        """Shape (dated inputs, runs, steps + 1): what the loop by hand reads, worked out by hand."""
        p, shocks = NETWORK.values, self.shocks
        cost = p["unit_cost"] * shocks["cost_shock"]
        price = p["service_price"] * (cost / p["reference_unit_cost"]) ** p["cost_pass_through"]
        columns = {
            "list_price": price,
            "full_quality_demand": p["demand_scale"]
            * shocks["demand_shock"]
            * (price / p["service_price"]) ** -p["demand_elasticity"],
            "unit_cost": cost,
            "speculative_holdings": p["speculative_holdings"] * shocks["holdings_shock"],
            "burn_share": np.broadcast_to(self.burn_share, cost.shape),
            "noise": shocks["price_shock"],
        }
        return np.stack([columns[name] for name in DATED])
