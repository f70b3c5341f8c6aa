"""What follows from a revenue and a price while everything else stands still: who burns, buys and holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.engine.evaluator import Environment, Evaluator
from model.engine.worlds import Floats
from model.structure import Structure
from model.system import System, system_for


@dataclass(repr=False)
class RestFlows:
    """Everything that stands still while rest points are sought, and what follows from a revenue and a price.

    Attributes
    ----------
    structure, values
        Shape and parameters; growth and cost trends play no part.
    step_length
        Years per step (slashing enters the staking condition per step).
    nominal_emission
        Emission of the schedule, frozen, tokens/yr; None where the schedule reads the stake (square root).
    fixed_float
        Tokens; given for the medium run, in which the float does not move. None for the long run.
    """

    structure: Structure
    values: Mapping[str, float]
    step_length: float
    nominal_emission: float | None
    fixed_float: float | None = None

    @cached_property
    def system(self) -> System:
        """Equations of this structure."""
        return system_for(self.structure)

    @cached_property
    def evaluator(self) -> Evaluator:
        """The declared equations as functions."""
        return Evaluator(self.system)

    @cached_property
    def base(self) -> Environment:
        """Parameters and everything that they and the frozen emission decide."""
        found = self.evaluator.environment(self.values)
        m = self.system.vocabulary
        found[m.step_length] = self.step_length
        if self.nominal_emission is not None:
            found[m.variable("nominal_emission")] = self.nominal_emission
        for equation in self.system.given:
            if equation.target not in found and equation.stage == "given":
                self.evaluator.get(equation.target, found)
        return found

    @cached_property
    def treasury_spends(self) -> bool:
        """Whether the token treasury is spent at a yearly rate, and so can rest."""
        return self.values["treasury_spend_rate"] > 0

    def bought_share(self, stream: str) -> float:
        """Share of a stream's revenue that the treasury spends on tokens."""
        if not self.structure.uses("buyback"):
            return 0.0
        key = self.structure.key
        return min(
            self.values[key("buyback_share", stream=stream)], self.values[key("treasury_fee_share", stream=stream)]
        )

    def leaving_share(self, stream: str) -> float:
        """Share of a stream's revenue that takes tokens out of circulation: burned, or bought and never spent."""
        burned = self.values[self.structure.key("burn_share", stream=stream)]
        return burned if self.treasury_spends else burned + self.bought_share(stream)

    @cached_property
    def token_priced(self) -> bool:
        """Whether the price list follows the token price."""
        return self.structure.uses("token-pricing") and self.values["token_pricing"] > 0

    def _stream_revenues(self, revenue: Floats, price: Floats) -> dict[str, Floats]:
        """Revenue of each stream when all of them share quality: proportions at full quality."""
        # Without jobs priced in tokens no price list follows the token price: one answer for all prices.
        full = self._full_revenues(price) if self.structure.uses("token-pricing") else self._unpriced_revenues
        total = sum(full.values())
        return {j: revenue * full[j] / total for j in self.structure.streams}

    def _full_revenues(self, price: Floats) -> dict[str, Floats]:
        """Revenue of each stream at full quality, USD/yr."""
        v = self.system.vocabulary.variable
        env = dict(self.base)
        env[v("price")] = price
        return {
            j: self.evaluator.get(v("list_price", stream=j), env)
            * self.evaluator.get(v("full_quality_demand", stream=j), env)
            for j in self.structure.streams
        }

    @cached_property
    def _unpriced_revenues(self) -> dict[str, Floats]:
        return self._full_revenues(np.ones(1))

    def stream_shares(self) -> dict[str, float]:
        """Each stream's part of revenue, at the price at which jobs were priced."""
        price = np.array([self.values.get("pricing_reference", 1.0)])
        return {j: float(part[0]) for j, part in self._stream_revenues(np.ones(1), price).items()}

    def _flows(self, revenue: Floats, price: Floats) -> Environment:
        """Environment with revenue, price and everything that follows from them alone."""
        v, shape = self.system.vocabulary.variable, self.structure
        env = dict(self.base)
        env[v("price")] = price
        env[v("revenue")] = revenue
        for stream, amount in self._stream_revenues(revenue, price).items():
            env[v("stream_revenue", stream=stream)] = amount
        if shape.uses("reflexive-holdings"):
            env[v("holdings_swing")] = 0.0
        return env

    def burned_value(self, revenue: Floats, price: Floats) -> Floats:
        """Dollars of revenue burned a year, surcharge included."""
        env = self._flows(revenue, price)
        v = self.system.vocabulary.variable
        total: Floats = self.evaluator.get(v("surcharge"), env)
        for stream in self.structure.streams:
            total = total + self.leaving_share(stream) * env[v("stream_revenue", stream=stream)]
        return total

    def bought_value(self, revenue: Floats, price: Floats) -> Floats:
        """Dollars a year for which the treasury buys tokens."""
        env = self._flows(revenue, price)
        v, streams = self.system.vocabulary.variable, self.structure.streams
        total: Floats = np.zeros_like(revenue)
        for stream in streams:
            total = total + self.bought_share(stream) * env[v("stream_revenue", stream=stream)]
        return total

    def fiat_value(self, revenue: Floats, price: Floats) -> Floats:
        """Value of fiat-indexed pay, USD/yr."""
        found: Floats = self.evaluator.get(self.system.vocabulary.variable("fiat_indexed"), self._flows(revenue, price))
        return found

    def circulating_mint(self, nominal: Floats | float) -> Floats | float:
        """Scheduled mint that reaches circulation: without the treasury's part where it never spends."""
        v = self.system.vocabulary.variable
        env = dict(self.base)
        env[v("nominal_emission")] = nominal
        minted: Floats | float = self.evaluator.get(v("schedule_mint"), env)
        if self.treasury_spends:
            return minted
        kept: Floats | float = self.evaluator.get(v("treasury_emission"), env)
        return minted - kept

    def holdings(self, revenue: Floats, price: Floats) -> Floats:
        """Demand to hold, USD."""
        found: Floats = self.evaluator.get(self.system.vocabulary.variable("holdings"), self._flows(revenue, price))
        return found
