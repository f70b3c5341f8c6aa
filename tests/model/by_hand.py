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
        D, v, shape = self.D, self.values, self.shape
        roles, streams = shape.roles, shape.streams
        staking = self.uses("staking")
        U = {k: s.U0[k] * self.locked(k, t) for k in shape.buckets}
        unlocked = sum(s.U0[k] * (self.locked(k, t) - self.locked(k, t + D)) / D for k in shape.buckets)
        S = s.L + (s.K if staking else 0.0) + s.T + sum(U.values())

        # [E1] cost, [E2] price, [E3] demand, [E32] quality, [E4] served, [E5] [E33] revenue
        c = {r: self("unit_cost", r) * math.exp(-self("cost_trend", r) * t) for r in roles}
        A = {j: self("demand_scale", stream=j) * math.exp(self("demand_growth", stream=j) * t) for j in streams}
        p = {}
        for j in streams:
            p[j] = (
                self("service_price", stream=j)
                * (c[shape.capacity_role] / v["reference_unit_cost"]) ** v["cost_pass_through"]
            )
            if self.uses("token-pricing"):
                p[j] *= (s.P / v["pricing_reference"]) ** v["token_pricing"]
        if len(roles) == 1:
            q = s.q[roles[0]]
        else:
            weights = {r: self("quality_weight", r) for r in roles}
            total, rho = sum(weights.values()), v["quality_complementarity"]
            if rho < -1e-6:
                q = sum(weights[r] / total * s.q[r] ** rho for r in roles) ** (1 / rho)
            else:
                q = math.prod(s.q[r] ** (weights[r] / total) for r in roles)
        surcharge = {j: self("user_surcharge", stream=j) for j in streams}
        Qd = {}
        for j in streams:
            dearer = p[j] * (1 + surcharge[j]) / self("reference_service_price", stream=j)
            Qd[j] = A[j] * dearer ** -self("demand_elasticity", stream=j) * q ** v["quality_elasticity"]
        wanted = sum(Qd.values())
        served = min(1.0, v["units_per_capacity"] * s.N[shape.capacity_role] / wanted) if wanted > 0 else 1.0
        R = {j: p[j] * Qd[j] * served for j in streams}
        revenue = sum(R.values())

        # [E7] mint with [E26] and 19.10, 19.11; [E29] fiat-indexed pay
        level = v["emission_scale"] * self.scheduled(s, t, S)
        if self.uses("goal-bonded"):
            level *= 1 + s.swing
            pull = v["goal_bonded_response"] * (1 - s.K / S / v["goal_bonded_ratio"])
            s.swing = min(max(s.swing + D * pull, v["goal_bonded_floor"] - 1), v["goal_bonded_cap"] - 1)
        nominal = max(level, v["tail_emission"])
        fade = 1 - math.exp(-v["remint_speed"] * D) if self.uses("net-emission") else 0.0
        nominal += fade * s.E / D
        paid = v["issuance_realised_share"]
        omega = {r: self("emission_share", r) for r in roles}
        M = nominal * (paid * (1 - v["emission_recycled_share"] * sum(omega.values())) + (1 - paid) * v[
            "unrealised_to_treasury"])  # fmt: skip
        w = {
            r: self("fiat_reward", r) + sum(self("fiat_reward_share", r, j) * R[j] for j in streams) for r in roles
        }  # fmt: skip
        Mtot = M + sum(w.values()) / s.P

        # [E17]-[E19] staking
        dK = slashed = 0.0
        if staking:
            to_stakers = sum(self("staker_fee_share", stream=j) * R[j] for j in streams)
            income = v["staker_emission_share"] * paid * nominal + to_stakers / s.P
            y = (income / s.K if s.K > 0 else 0.0) - v["slashing_rate"]
            target = (
                v["staking_ratio_at_required_yield"]
                * (max(y, 0.0) / v["required_staking_yield"]) ** v["staking_yield_elasticity"]
            )
            target = min(max(target, v["staking_ratio_floor"]), v["staking_ratio_ceiling"])
            dK = (1 - math.exp(-v["staking_speed"] * D)) * (target * (s.L + s.K) - s.K)
            slashed = v["slashing_rate"] * s.K

        # [E6] burn
        burned = sum((self("burn_share", stream=j) + surcharge[j]) * R[j] for j in streams)
        B = min(burned / s.P + v["fee_burn"], (s.L - max(dK, 0.0)) * (1 - LEFT) / D)
        zeta = v["slashed_burn_share"] if staking else 0.0
        B_all = B + zeta * slashed

        # [E29]-[E31] and 16.6: income, entry and exit, quality
        Y, N, Q, X = {}, {}, {}, {}
        vs = 0.0
        if shape.merit_roles:
            vs = v["scoring_contrast"] * (s.q[shape.scoring_role] if shape.scoring_role else 1.0)
        for r in roles:
            tokens = omega[r] * (1 - v["emission_recycled_share"]) * paid * nominal
            Y[r] = sum(self("fee_share", r, j) * R[j] for j in streams) + s.P * tokens * (
                1 - v["token_sale_haircut"]) + w[r]  # fmt: skip
            required, h = 1 + self("required_margin", r), self("quality_steepness", r)
            half = self("half_quality_capacity", r)
            if self.uses("coverage"):
                index = sum(self("reference_service_price", stream=j) * A[j] for j in streams) / sum(
                    self("reference_service_price", stream=j) * self("reference_demand", stream=j) for j in streams
                )
                half *= index ** v["coverage_follows_demand"]  # fmt: skip
            if r in shape.merit_roles:
                x, mw, dl = s.x[r], self("merit_weight", r), self("activity_inflation", r)
                D1, D2 = x + dl * (1 - x), 1 + vs * (2 * x - 1)
                high = (1 - mw) / D1 + mw * (1 + vs) / D2
                low = (1 - mw) * dl / D1 + mw * (1 - vs) / D2
                cheap = c[r] / self("cost_ratio", r)
                NH = x * s.N[r] * self.growth(r, high * Y[r] / (c[r] * required * s.N[r]))
                NL = (1 - x) * s.N[r] * self.growth(r, low * Y[r] / (cheap * required * s.N[r]))
                N[r], seed = NH + NL, v["entrant_share"]
                X[r] = min(max(NH / (NH + NL), seed), 1 - seed)
                psi, chi = x + self("low_quality_level", r) * (1 - x), self("quality_mode", r)
                effective = s.N[r] * psi ** (1 - chi)
                goal = psi**chi * effective**h / (effective**h + half**h)
            else:
                N[r] = s.N[r] * self.growth(r, Y[r] / (c[r] * required * s.N[r]))
                goal = s.N[r] ** h / (s.N[r] ** h + half**h)
            Q[r] = s.q[r] + (1 - math.exp(-self("quality_speed", r) * D)) * (goal - s.q[r])

        # [E20], [E21], [E24], [E25], [E26] stocks
        treasury_mint = nominal * (v["treasury_emission_share"] * paid + (1 - paid) * v["unrealised_to_treasury"])
        kept = sum(self("treasury_fee_share", stream=j) * R[j] for j in streams)
        bought = 0.0
        if self.uses("buyback"):
            means = sum(
                min(self("buyback_share", stream=j), self("treasury_fee_share", stream=j)) * R[j] for j in streams
            )
            bought = min(means / s.P, max((s.L - max(dK, 0.0)) * (1 - LEFT) / D - B, 0.0))
            kept -= s.P * bought
        spent, from_fiat = v["treasury_spend_rate"] * s.T, 0.0
        if self.uses("treasury-budget"):
            from_fiat = min(v["treasury_budget"], s.F / D + kept)
            spent += (v["treasury_budget"] - from_fiat) / s.P
        spent = min(spent, s.T * (1 - LEFT) / D)
        L = s.L + D * (Mtot - treasury_mint + spent + unlocked - B - bought) - dK
        if shape.emission == "target-bonded":
            change = v["inflation_response"] * (1 - s.K / S / v["target_bonded_ratio"])
        elif shape.emission == "target-bonded-step":
            gap = v["target_bonded_ratio"] - s.K / S
            change = v["inflation_step"] * (0.0 if gap == 0 else math.copysign(1.0, gap))
        else:
            change = 0.0
        if shape.emission.startswith("target-bonded"):
            s.i = min(max(s.i + D * change, v["inflation_floor"]), v["inflation_cap"])
        if self.uses("net-emission"):
            s.E = s.E * (1 - fade) + D * min(B_all, v["net_emission_cap"])

        # [E12], [E13], [E15], [E16] market
        Z = v["speculative_holdings"] * math.exp(v["holdings_growth"] * t)
        if self.uses("reflexive-holdings"):
            Z *= math.exp(s.z) * (s.P / v["holdings_reference_price"]) ** v["holdings_price_elasticity"]
            s.z = s.z * math.exp(-v["holdings_reversion"] * D) + v["holdings_momentum"] * math.log(s.P / s.P_before)
        H = v["revenue_linked_holdings"] * revenue + Z
        P = s.P * (max(H, 1e-300) / L / s.P) ** (1 - math.exp(-v["price_speed"] * D))

        s.T += D * (treasury_mint - spent + bought + (1 - zeta) * slashed)
        s.F = max(s.F + D * (kept - from_fiat), 0.0)
        s.I += D * Mtot
        s.L, s.K, s.N, s.q, s.x = L, s.K + dK - D * slashed, N, Q, X
        s.P_before, s.P = s.P, P
        return {"revenue": revenue, "burn": B_all, "emission": Mtot, "supply": S}

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
