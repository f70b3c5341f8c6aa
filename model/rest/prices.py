"""The price at which burn equals mint, or at which a fixed float clears, and the stake that goes with it."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from model.engine.evaluator import Environment, bisect, value_of
from model.engine.worlds import Floats
from model.rest.derivation import rest_price
from model.rest.flows import RestFlows


class RestPrices(RestFlows):
    """Price, stake and emission that belong to a revenue."""

    @cached_property
    def _needs_stake(self) -> bool:
        """Whether mint or burn depend on the stake."""
        if not self.structure.uses("staking"):
            return False
        return self.values["slashing_rate"] > 0 or self.nominal_emission is None

    def price_at(self, revenue: Floats) -> Floats:
        """Price at which burn equals mint (long run) or the fixed float clears (medium run); NaN where none is."""
        revenue = np.atleast_1d(np.asarray(revenue, dtype=float))
        if self.fixed_float is not None:
            return self._medium_price(revenue)
        if self._needs_stake:
            return self._price_with_stake(revenue)
        if self.token_priced:
            return self._token_priced(revenue)
        return self._balance_price(revenue, np.ones_like(revenue), self.nominal_emission or 0.0)

    def _balance_price(self, revenue: Floats, price_guess: Floats, nominal: float) -> Floats:
        """The solved condition burn = mint at given proportions of streams."""
        v = self.system.vocabulary.variable
        env = self._flows(revenue, price_guess)
        env.pop(v("price"))
        for stream in self.structure.streams:
            env[self.system.vocabulary.parameter("burn_share", stream=stream)] = self.leaving_share(stream)
        env[v("schedule_mint")] = self.circulating_mint(nominal)
        env[v("fiat_indexed")] = self.fiat_value(revenue, price_guess)
        env[v("surcharge")] = self.evaluator.get(v("surcharge"), dict(env))
        with np.errstate(all="ignore"):
            price = np.asarray(value_of(rest_price(self.system), env), dtype=float) * np.ones_like(revenue)
        return np.where(price > 0, price, np.nan)

    def _token_priced(self, revenue: Floats) -> Floats:
        """With token-priced jobs the mix of streams follows the price: one bracketed root in its logarithm."""
        mint = self.circulating_mint(self.nominal_emission or 0.0) - self.values["fee_burn"]
        if not mint > 0:
            return np.full_like(revenue, np.nan)

        def excess(log_price: Floats) -> Floats:
            price = np.exp(log_price)
            with np.errstate(all="ignore"):
                return self.burned_value(revenue, price) - self.fiat_value(revenue, price) - price * mint

        centre = np.log(np.maximum(self.burned_value(revenue, np.ones_like(revenue)) / mint, 1e-280))
        root = np.exp(bisect(excess, centre - 60, centre + 60, 90))
        good = np.abs(excess(np.log(root))) <= 1e-6 * root * mint
        return np.where(good, root, np.nan)

    def _medium_price(self, revenue: Floats) -> Floats:
        """The float does not move: price is what is held over the float."""
        liquid = self.fixed_float or 1.0
        price = self.holdings(revenue, np.ones_like(revenue)) / liquid
        if self.structure.uses("reflexive-holdings"):
            for _ in range(200):
                price = 0.5 * (price + self.holdings(revenue, price) / liquid)
        return price

    # ---- staking --------------------------------------------------------------------------------------
    def _stake_excess(self, ratio: Floats, flows: Environment, liquid: Floats, nominal: Floats) -> Floats:
        """Wanted minus needed staking ratio; falls in the ratio. `flows` are those of revenue and price."""
        m = self.system.vocabulary
        v = m.variable
        env = dict(flows)
        env[v("nominal_emission")] = nominal
        env[v("staked")] = liquid * ratio / (1 - ratio)
        env[v("float_supply")] = liquid
        with np.errstate(all="ignore"):
            wanted: Floats = self.evaluator.get(v("staking_target"), env)
        slash = self.values["slashing_rate"] * self.step_length
        closing = 1 - np.exp(-self.values["staking_speed"] * self.step_length)
        excess: Floats = wanted - ratio * (1 + slash / closing)
        return excess

    def staked_at(self, revenue: Floats, price: Floats, liquid: Floats, nominal: Floats) -> Floats:
        """Stake at which nobody wants to stake more or less, tokens."""
        if not self.structure.uses("staking"):
            return np.zeros_like(revenue)
        low, high = np.full_like(revenue, 1e-12), np.full_like(revenue, 1 - 1e-9)
        flows = self._flows(revenue, price)
        ratio = bisect(lambda x: self._stake_excess(x, flows, liquid, nominal), low, high, 56)
        return np.where(ratio > 2e-12, liquid * ratio / (1 - ratio), 0.0)

    def _stake_terms(self, revenue: Floats, ratio: Floats, held: Floats) -> tuple[Floats, Floats]:
        """Price and nominal emission at a trial staking ratio, from burn = mint with slashing in it."""
        odds = ratio / (1 - ratio)
        leaves = self.values["slashed_burn_share"] if self.treasury_spends else 1.0
        burned = self.burned_value(revenue, np.ones_like(revenue)) - self.fiat_value(revenue, np.ones_like(revenue))
        burned = burned + leaves * self.values["slashing_rate"] * odds * held
        fee = self.values["fee_burn"]
        if self.nominal_emission is not None:
            mint = self.circulating_mint(self.nominal_emission) - fee
            return np.where(mint > 0, burned / mint, np.nan), np.full_like(revenue, self.nominal_emission)
        per_root = self.circulating_mint(
            self.values["emission_scale"] * self.values["square_root_coefficient"]
        ) * np.sqrt(odds * held)
        root_price = (
            (per_root - np.sqrt(np.maximum(per_root**2 - 4 * fee * burned, 0))) / (2 * fee)
            if fee > 0
            else (burned / per_root)
        )
        price = root_price**2
        nominal = self.values["emission_scale"] * self.values["square_root_coefficient"] * np.sqrt(odds * held / price)
        return price, nominal

    def _price_with_stake(self, revenue: Floats) -> Floats:
        """One bracketed root in the staking ratio gives price and stake together (section 19.14)."""
        held = self.holdings(revenue, np.ones_like(revenue))

        def excess(ratio: Floats) -> Floats:
            price, nominal = self._stake_terms(revenue, ratio, held)
            with np.errstate(all="ignore"):
                found = self._stake_excess(ratio, self._flows(revenue, price), held / price, nominal)
            return np.where(np.isfinite(found), found, -1.0)

        ratio = bisect(excess, np.full_like(revenue, 1e-12), np.full_like(revenue, 1 - 1e-9), 52)
        price, _ = self._stake_terms(revenue, ratio, held)
        return np.where((price > 0) & np.isfinite(price), price, np.nan)

    def nominal_at(self, revenue: Floats, price: Floats) -> Floats:
        """Nominal emission at a rest point, tokens/yr."""
        if self.nominal_emission is not None:
            return np.full_like(revenue, self.nominal_emission)
        held = self.holdings(revenue, price)
        low, high = np.full_like(revenue, 1e-12), np.full_like(revenue, 1 - 1e-9)
        flows = self._flows(revenue, price)
        ratio = bisect(
            lambda x: self._stake_excess(x, flows, held / price, self._stake_terms(revenue, x, held)[1]), low, high, 52
        )
        return self._stake_terms(revenue, ratio, held)[1]
