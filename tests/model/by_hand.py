"""The specification typed a second time, as one plain function of numbers; tests hold the model to it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from model.structure import Structure

LEFT = 1e-6
"""Share of the float that a burn, and of the treasury that spending, leaves."""


@dataclass
class State:
    """Stocks of one world; per role where there is an index."""

    L: float
    K: float
    T: float
    F: float
    P: float
    N: dict[str, float]
    q: dict[str, float]
    x: dict[str, float]
    I: float  # noqa: E741
    i: float = 0.0
    E: float = 0.0
    z: float = 0.0
    swing: float = 0.0
    P_before: float = 1.0
    U0: dict[str, float] = field(default_factory=dict)


@dataclass
class Flows:
    """What a step has found so far: tokens and USD a year; per role r and stream j where there is an index."""

    S: float = 0.0
    unlocked: float = 0.0
    c: dict[str, float] = field(default_factory=dict)
    A: dict[str, float] = field(default_factory=dict)
    p: dict[str, float] = field(default_factory=dict)
    surcharge: dict[str, float] = field(default_factory=dict)
    R: dict[str, float] = field(default_factory=dict)
    revenue: float = 0.0
    nominal: float = 0.0
    waiting: float = 1.0
    omega: dict[str, float] = field(default_factory=dict)
    w: dict[str, float] = field(default_factory=dict)
    minted: float = 0.0
    into_stake: float = 0.0
    slashed: float = 0.0
    burn: float = 0.0
    zeta: float = 0.0
    burn_all: float = 0.0
    treasury_mint: float = 0.0
    kept: float = 0.0
    bought: float = 0.0
    spent: float = 0.0
    from_fiat: float = 0.0


class Economy:
    """One world of one structure, stepped by hand."""

    def __init__(self, shape: Structure, values: Mapping[str, float], D: float) -> None:
        self.shape, self.values, self.D = shape, values, D

    def __call__(self, word: str, role: str | None = None, stream: str | None = None) -> float:
        parts = [stream] if stream and len(self.shape.streams) > 1 else []
        single = {"fee_share": "provider_fee_share", "emission_share": "provider_emission_share",
                  "fiat_reward": "fiat_indexed_mint"}  # fmt: skip
        if role and len(self.shape.roles) > 1:
            parts.append(role)
        elif role:
            word = single.get(word, word)
        return self.values[".".join([*parts, word])]

    def uses(self, module: str) -> bool:
        return self.shape.uses(module)

    # ---- [E22], [E7], section 4 ---------------------------------------------------------------------------
    def locked(self, bucket: str, t: float) -> float:
        cliff, years = self.values[f"{bucket}.vesting_cliff"], self.values[f"{bucket}.vesting_years"]
        lump = self.values[f"{bucket}.vesting_cliff_share"]
        if t <= 0 or t < cliff * (1 - 1e-12):
            return 1.0
        return (1 - lump) * (1 - min(max((t - cliff) / years, 0.0), 1.0))

    def scheduled(self, s: State, t: float, S: float) -> float:
        v, family = self.values, self.shape.emission
        age = t + v.get("schedule_age", 0.0)
        if family == "constant":
            return v["emission_rate"]
        if family == "time-halving":
            return v["emission_rate"] * 0.5 ** math.floor(age / v["halving_years"] * (1 + 1e-12))
        if family == "exponential":
            return v["emission_rate"] * math.exp(-v["emission_decay"] * t)
        if family == "supply-halving":
            cap, rate = v["maximum_supply"], v["emission_rate"]
            passed = sum(cap * (1 - 0.5**order) * (1 - 1e-12) <= s.I for order in range(1, 15))
            return min(rate * 0.5**passed, max(cap - s.I, 0.0) / self.D)
        if family == "table":
            years = self.shape.table_years
            year, factor = math.floor(age * (1 + 1e-12)) + 1, v["emission_table_factor"]
            amounts = [v[f"emission_table.{n}"] for n in range(1, years + 1)]
            if year <= years:
                return amounts[year - 1]
            later = amounts[-1] * factor ** (year - years)
            before = sum(amounts) + sum(amounts[-1] * factor**n for n in range(1, year - years))
            return min(later, max(v["emission_table_cap"] - before, 0.0))
        if family == "percentage":
            return v["inflation_rate"] * S
        if family == "declining-percentage":
            left = max(1 - age / v["inflation_decline_years"], 0.0)
            return (v["inflation_rate"] + v["inflation_premium"] * left**2) * S
        if family.startswith("target-bonded"):
            return s.i * S
        assert family == "square-root-stake"
        return v["square_root_coefficient"] * math.sqrt(s.K)

    # ---- one period ---------------------------------------------------------------------------------------
    def step(self, s: State, t: float) -> dict[str, float]:
        """Move the state by one step; returns the flows of the step."""
        f = Flows()
        self.supply(s, t, f)
        self.demand(s, t, f)
        self.served(s, f)
        self.minted(s, t, f)
        self.staked(s, f)
        self.burned(s, f)
        N, Q, X = self.providers(s, f)
        self.treasury(s, f)
        L = s.L + self.D * (f.minted - f.treasury_mint + f.spent + f.unlocked - f.burn - f.bought) - f.into_stake
        self.schedule(s, f)
        P = self.price(s, t, f, L)
        s.T += self.D * (f.treasury_mint - f.spent + f.bought + (1 - f.zeta) * f.slashed)
        s.F = max(s.F + self.D * (f.kept - f.from_fiat), 0.0)
        s.I += self.D * f.minted
        s.L, s.K, s.N, s.q, s.x = L, s.K + f.into_stake - self.D * f.slashed, N, Q, X
        s.P_before, s.P = s.P, P
        return {"revenue": f.revenue, "burn": f.burn_all, "emission": f.minted, "supply": f.S}

    def supply(self, s: State, t: float, f: Flows) -> None:
        """[E22] and all tokens."""
        locked = {k: s.U0[k] * self.locked(k, t) for k in self.shape.buckets}
        f.unlocked = sum(
            s.U0[k] * (self.locked(k, t) - self.locked(k, t + self.D)) / self.D for k in self.shape.buckets
        )
        f.S = s.L + (s.K if self.uses("staking") else 0.0) + s.T + sum(locked.values())

    def demand(self, s: State, t: float, f: Flows) -> None:
        """[E1] cost, [E2] price, [E3] demand at full quality."""
        v, roles, streams = self.values, self.shape.roles, self.shape.streams
        f.c = {r: self("unit_cost", r) * math.exp(-self("cost_trend", r) * t) for r in roles}
        f.A = {j: self("demand_scale", stream=j) * math.exp(self("demand_growth", stream=j) * t) for j in streams}
        for j in streams:
            f.p[j] = (
                self("service_price", stream=j)
                * (f.c[self.shape.capacity_role] / v["reference_unit_cost"]) ** v["cost_pass_through"]
            )
            if self.uses("token-pricing"):
                f.p[j] *= (s.P / v["pricing_reference"]) ** v["token_pricing"]
        f.surcharge = {j: self("user_surcharge", stream=j) for j in streams}

    def quality(self, s: State) -> float:
        """[E32]"""
        roles = self.shape.roles
        if len(roles) == 1:
            return s.q[roles[0]]
        weights = {r: self("quality_weight", r) for r in roles}
        total, rho = sum(weights.values()), self.values["quality_complementarity"]
        if rho < -1e-6:
            return float(sum(weights[r] / total * s.q[r] ** rho for r in roles) ** (1 / rho))
        return float(math.prod(s.q[r] ** (weights[r] / total) for r in roles))

    def served(self, s: State, f: Flows) -> None:
        """[E3] demand, [E4] served, [E5] [E33] revenue."""
        v, streams, q = self.values, self.shape.streams, self.quality(s)
        Qd = {}
        for j in streams:
            dearer = f.p[j] * (1 + f.surcharge[j]) / self("reference_service_price", stream=j)
            Qd[j] = f.A[j] * dearer ** -self("demand_elasticity", stream=j) * q ** v["quality_elasticity"]
        wanted = sum(Qd.values())
        part = min(1.0, v["units_per_capacity"] * s.N[self.shape.capacity_role] / wanted) if wanted > 0 else 1.0
        f.R = {j: f.p[j] * Qd[j] * part for j in streams}
        f.revenue = sum(f.R.values())

    def minted(self, s: State, t: float, f: Flows) -> None:
        """[E7] mint with [E26] and 19.10, 19.11; [E29] fiat-indexed pay."""
        D, v, roles = self.D, self.values, self.shape.roles
        level = v["emission_scale"] * self.scheduled(s, t, f.S)
        if self.uses("goal-bonded"):
            level *= 1 + s.swing
            pull = v["goal_bonded_response"] * (1 - s.K / f.S / v["goal_bonded_ratio"])
            s.swing = min(max(s.swing + D * pull, v["goal_bonded_floor"] - 1), v["goal_bonded_cap"] - 1)
        f.nominal = max(level, v["tail_emission"])
        if self.uses("net-emission"):
            f.waiting = math.exp(-v["remint_speed"] * D)
            f.nominal += (1 - f.waiting) * s.E / D
        paid = v["issuance_realised_share"]
        f.omega = {r: self("emission_share", r) for r in roles}
        M = f.nominal * (paid * (1 - v["emission_recycled_share"] * sum(f.omega.values())) + (1 - paid) * v[
            "unrealised_to_treasury"])  # fmt: skip
        f.w = {
            r: self("fiat_reward", r) + sum(self("fiat_reward_share", r, j) * f.R[j] for j in self.shape.streams)
            for r in roles
        }
        f.minted = M + sum(f.w.values()) / s.P

    def staked(self, s: State, f: Flows) -> None:
        """[E17]-[E19] staking."""
        v = self.values
        if not self.uses("staking"):
            return
        to_stakers = sum(self("staker_fee_share", stream=j) * f.R[j] for j in self.shape.streams)
        income = v["staker_emission_share"] * v["issuance_realised_share"] * f.nominal + to_stakers / s.P
        y = (income / s.K if s.K > 0 else 0.0) - v["slashing_rate"]
        target = (
            v["staking_ratio_at_required_yield"]
            * (max(y, 0.0) / v["required_staking_yield"]) ** v["staking_yield_elasticity"]
        )
        target = min(max(target, v["staking_ratio_floor"]), v["staking_ratio_ceiling"])
        f.into_stake = (1 - math.exp(-v["staking_speed"] * self.D)) * (target * (s.L + s.K) - s.K)
        f.slashed = v["slashing_rate"] * s.K

    def burned(self, s: State, f: Flows) -> None:
        """[E6] burn."""
        v = self.values
        paid = sum((self("burn_share", stream=j) + f.surcharge[j]) * f.R[j] for j in self.shape.streams)
        f.burn = min(paid / s.P + v["fee_burn"], (s.L - max(f.into_stake, 0.0)) * (1 - LEFT) / self.D)
        f.zeta = v["slashed_burn_share"] if self.uses("staking") else 0.0
        f.burn_all = f.burn + f.zeta * f.slashed

    # ---- [E29]-[E31] and 16.6: income, entry and exit, quality --------------------------------------------
    def providers(self, s: State, f: Flows) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
        N, Q, X = {}, {}, {}
        for r in self.shape.roles:
            income = self.income(s, f, r)
            half, h = self.half(f, r), self("quality_steepness", r)
            if r in self.shape.merit_roles:
                N[r], X[r] = self.by_merit(s, f, r, income)
                psi, chi = s.x[r] + self("low_quality_level", r) * (1 - s.x[r]), self("quality_mode", r)
                effective = s.N[r] * psi ** (1 - chi)
                goal = psi**chi * effective**h / (effective**h + half**h)
            else:
                required = 1 + self("required_margin", r)
                N[r] = s.N[r] * self.growth(r, income / (f.c[r] * required * s.N[r]))
                goal = s.N[r] ** h / (s.N[r] ** h + half**h)
            Q[r] = s.q[r] + (1 - math.exp(-self("quality_speed", r) * self.D)) * (goal - s.q[r])
        return N, Q, X

    def income(self, s: State, f: Flows, r: str) -> float:
        v = self.values
        tokens = f.omega[r] * (1 - v["emission_recycled_share"]) * v["issuance_realised_share"] * f.nominal
        fees = sum(self("fee_share", r, j) * f.R[j] for j in self.shape.streams)
        return fees + s.P * tokens * (1 - v["token_sale_haircut"]) + f.w[r]

    def half(self, f: Flows, r: str) -> float:
        """Capacity of half quality; with coverage it grows with demand at the reference prices."""
        half, streams = self("half_quality_capacity", r), self.shape.streams
        if not self.uses("coverage"):
            return half
        index = sum(self("reference_service_price", stream=j) * f.A[j] for j in streams) / sum(
            self("reference_service_price", stream=j) * self("reference_demand", stream=j) for j in streams
        )
        return float(half * index ** self.values["coverage_follows_demand"])

    def by_merit(self, s: State, f: Flows, r: str, income: float) -> tuple[float, float]:
        """Capacity, and its share of high quality, after entry and exit of both kinds."""
        x, mw, dl = s.x[r], self("merit_weight", r), self("activity_inflation", r)
        vs = self.values["scoring_contrast"] * (s.q[self.shape.scoring_role] if self.shape.scoring_role else 1.0)
        D1, D2 = x + dl * (1 - x), 1 + vs * (2 * x - 1)
        high = (1 - mw) / D1 + mw * (1 + vs) / D2
        low = (1 - mw) * dl / D1 + mw * (1 - vs) / D2
        required, cheap = 1 + self("required_margin", r), f.c[r] / self("cost_ratio", r)
        NH = x * s.N[r] * self.growth(r, high * income / (f.c[r] * required * s.N[r]))
        NL = (1 - x) * s.N[r] * self.growth(r, low * income / (cheap * required * s.N[r]))
        seed = self.values["entrant_share"]
        return NH + NL, min(max(NH / (NH + NL), seed), 1 - seed)

    # ---- [E20], [E21], [E24], [E25], [E26] stocks ---------------------------------------------------------
    def treasury(self, s: State, f: Flows) -> None:
        v, streams = self.values, self.shape.streams
        paid = v["issuance_realised_share"]
        f.treasury_mint = f.nominal * (v["treasury_emission_share"] * paid + (1 - paid) * v["unrealised_to_treasury"])
        f.kept = sum(self("treasury_fee_share", stream=j) * f.R[j] for j in streams)
        if self.uses("buyback"):
            means = sum(
                min(self("buyback_share", stream=j), self("treasury_fee_share", stream=j)) * f.R[j] for j in streams
            )
            f.bought = min(means / s.P, max((s.L - max(f.into_stake, 0.0)) * (1 - LEFT) / self.D - f.burn, 0.0))
            f.kept -= s.P * f.bought
        f.spent = v["treasury_spend_rate"] * s.T
        if self.uses("treasury-budget"):
            f.from_fiat = min(v["treasury_budget"], s.F / self.D + f.kept)
            f.spent += (v["treasury_budget"] - f.from_fiat) / s.P
        f.spent = min(f.spent, s.T * (1 - LEFT) / self.D)

    def schedule(self, s: State, f: Flows) -> None:
        """What a schedule remembers: inflation that follows the stake, and burn that may be minted again."""
        v, family = self.values, self.shape.emission
        change = 0.0
        if family == "target-bonded":
            change = v["inflation_response"] * (1 - s.K / f.S / v["target_bonded_ratio"])
        elif family == "target-bonded-step":
            gap = v["target_bonded_ratio"] - s.K / f.S
            change = v["inflation_step"] * (0.0 if gap == 0 else math.copysign(1.0, gap))
        if family.startswith("target-bonded"):
            s.i = min(max(s.i + self.D * change, v["inflation_floor"]), v["inflation_cap"])
        if self.uses("net-emission"):
            s.E = s.E * f.waiting + self.D * min(f.burn_all, v["net_emission_cap"])

    def price(self, s: State, t: float, f: Flows, L: float) -> float:
        """[E12], [E13], [E15], [E16] market; L is the float after the step."""
        v = self.values
        Z = v["speculative_holdings"] * math.exp(v["holdings_growth"] * t)
        if self.uses("reflexive-holdings"):
            Z *= math.exp(s.z) * (s.P / v["holdings_reference_price"]) ** v["holdings_price_elasticity"]
            s.z = s.z * math.exp(-v["holdings_reversion"] * self.D) + v["holdings_momentum"] * math.log(
                s.P / s.P_before
            )
        H = v["revenue_linked_holdings"] * f.revenue + Z
        return float(s.P * (max(H, 1e-300) / L / s.P) ** (1 - math.exp(-v["price_speed"] * self.D)))

    def growth(self, r: str, margin: float) -> float:
        """[E9] and [E9b]: factor on capacity in one step."""
        if margin > 1:
            speed = self("entry_speed", r) * (margin - 1)
        elif self.uses("hysteresis"):
            stay = self.values["avoidable_cost_share"]
            speed = self("exit_speed", r) * (margin / stay - 1) if margin < stay else 0.0
        else:
            speed = self("exit_speed", r) * (margin - 1)
        return math.exp(min(self.D * speed, 3.0))
