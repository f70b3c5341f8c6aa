"""One rest point: what it is, whether it lasts, and how it moves when something changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from model.rest.roots import RestProblem
from model.rest.state import rest_state
from model.rest.step_map import StepMap, step_map
from model.validation import emission_share_keys, fee_share_keys

OUTCOMES = ("capacity", "quality", "revenue", "price", "float_supply")
"""What elasticities are given for."""

_H = 1e-4


@dataclass(frozen=True)
class RoleAtRest:
    """One role at a rest point (section 16).

    Attributes
    ----------
    capacity, quality, income
        Units, share, USD/yr.
    payout_share
        Income over revenue, Sigma_r.
    feedback
        e_r: by how many percent revenue moves through this role's quality when revenue moves one percent.
    value_of_payout
        e_r / Sigma_r: what one more point of payout to the role is worth; the bottleneck has the largest.
    token_income_share
        Part of income that is paid in scheduled tokens, and so falls with the price at once.
    exit_index
        Exit speed times token income share: who leaves first when the price falls [E39].
    high_quality_share
        Share of high-quality units; None without pay for merit.
    """

    capacity: float
    quality: float
    income: float
    payout_share: float
    feedback: float
    value_of_payout: float
    token_income_share: float
    exit_index: float
    high_quality_share: float | None


class RestPoint:
    """A state in which nothing moves.

    Scalars as attributes: capacity, quality, revenue, price, float_supply, staked, treasury, staking_ratio,
    treasury_growth (tokens/yr where the treasury never spends and so never rests, 0 where it does), quality_feedback,
    residual, half_life_years, distance_to_tipping, spectral_radius, stable.
    """

    def __init__(self, problem: RestProblem, log_revenue: float) -> None:
        self.problem = problem
        self.log_revenue = log_revenue
        self.state = rest_state(problem, log_revenue)
        shape = problem.structure
        self.price = self.state["price"]
        self.revenue = self.state["revenue"]
        self.quality = self.state["quality"]
        self.float_supply = self.state["float_supply"]
        self.staked = self.state["staked"]
        self.treasury = self.state["treasury"]
        self.treasury_growth = self.state["treasury_growth"]
        self.capacity = self.state["capacity" if shape.one_role else f"capacity.{shape.capacity_role}"]
        circulating = self.float_supply + self.staked
        self.staking_ratio = self.staked / circulating if circulating > 0 else 0.0
        self.residual = float(abs(problem.gap(np.array([log_revenue]))[0]))

    # ---- whether it lasts -----------------------------------------------------------------------------
    @cached_property
    def quality_feedback(self) -> float:
        """e_N: total feedback of revenue on itself through quality; below one the point attracts [E36]."""
        h = 1e-3
        points = self.log_revenue + h * np.array([-2, -1, 1, 2])
        a, b, c, d = self.problem.gap(points)
        return float(1 - (8 * (c - b) - (d - a)) / (12 * h))

    @cached_property
    def step_map(self) -> StepMap:
        """The real step map, linearised here."""
        return step_map(self.problem, self.state)

    @property
    def spectral_radius(self) -> float:
        """Of the real step map; below one the point attracts."""
        return self.step_map.spectral_radius

    @property
    def stable_by_criterion(self) -> bool:
        """Whether e_N < 1."""
        return self.quality_feedback < 1

    @property
    def stable_by_radius(self) -> bool:
        """Whether the spectral radius of the real step map is below one."""
        return self.spectral_radius < 1

    @property
    def stable(self) -> bool:
        """Verdict of the criterion; where the proof does not reach (e < 1 < sum e_r) that of the step map."""
        beyond_proof = self.quality_feedback < 1 < sum(role.feedback for role in self.by_role.values())
        return self.stable_by_radius if beyond_proof else self.stable_by_criterion

    # ---- clock and gauges -----------------------------------------------------------------------------
    @cached_property
    def burned_value(self) -> float:
        """Dollars of revenue burned a year."""
        return float(self.problem.burned_value(np.array([self.revenue]), np.array([self.price]))[0])

    @cached_property
    def half_life_years(self) -> float | None:
        """ln 2 / beta, with beta = burned value over the demand to hold."""
        held = self.price * self.float_supply
        return float(np.log(2) * held / self.burned_value) if self.burned_value > 0 else None

    @cached_property
    def distance_to_tipping(self) -> float:
        """Share by which all payouts may fall before the network tips; negative below the fold, 1 if it never does."""
        return distance_to_tipping(self.problem)

    @property
    def high_quality_share(self) -> float | None:
        """Share of high-quality units in the first role paid by merit."""
        shares = [role.high_quality_share for role in self.by_role.values() if role.high_quality_share is not None]
        return shares[0] if shares else None

    @cached_property
    def by_role(self) -> dict[str, RoleAtRest]:
        """Every role at this point."""
        return {role: self._role(role) for role in self.problem.structure.roles}

    def _quality_weights(self) -> dict[str, float]:
        """s_r: how much each role's quality counts at this point."""
        shape, values = self.problem.structure, self.problem.values
        if shape.one_role:
            return {shape.roles[0]: 1.0}
        rho = values["quality_complementarity"]
        rho = rho if rho < -1e-6 else 0.0
        raw = {r: values[f"{r}.quality_weight"] * self.state[f"quality.{r}"] ** rho for r in shape.roles}
        total = sum(raw.values())
        return {r: value / total for r, value in raw.items()}

    def _role(self, role: str) -> RoleAtRest:
        shape, values = self.problem.structure, self.problem.values
        suffix, prefix = ("", "") if shape.one_role else (f".{role}", f"{role}.")
        income, quality = self.state[f"income{suffix}"], self.state[f"quality{suffix}"]
        curve = quality
        share = self.state.get(f"high_quality_share{suffix}")
        if share is not None:
            mix = share + values[f"{prefix}low_quality_level"] * (1 - share)
            curve = quality / mix ** values[f"{prefix}quality_mode"]
        feedback = (
            values["quality_elasticity"]
            * self._quality_weights()[role]
            * values[f"{prefix}quality_steepness"]
            * (1 - curve)
        )
        emission_key = "provider_emission_share" if shape.one_role else f"{role}.emission_share"
        tokens = (
            values[emission_key]
            * (1 - values["emission_recycled_share"])
            * values["issuance_realised_share"]
            * (1 - values["token_sale_haircut"])
            * self.state["nominal_emission"]
            * self.price
        )
        token_share = tokens / income if income > 0 else 0.0
        payout = income / self.revenue
        return RoleAtRest(
            self.state[f"capacity{suffix}"],
            quality,
            income,
            payout,
            feedback,
            feedback / payout if payout > 0 else float("inf"),
            token_share,
            values[f"{prefix}exit_speed"] * token_share,
            share,
        )

    @property
    def bottleneck(self) -> str:
        """The role to which one more point of payout is worth most (not the one of lowest quality)."""
        return max(self.by_role, key=lambda role: self.by_role[role].value_of_payout)

    # ---- elasticities ---------------------------------------------------------------------------------
    @cached_property
    def elasticities(self) -> dict[str, dict[str, float]]:
        """Long run: percent change of each outcome for one percent more of a quantity."""
        return self._elasticities(self.problem)

    @cached_property
    def medium_run_elasticities(self) -> dict[str, dict[str, float]]:
        """The same while the float has not moved yet [E40]."""
        return self._elasticities(replace(self.problem, fixed_float=self.float_supply))

    def _elasticities(self, problem: RestProblem) -> dict[str, dict[str, float]]:
        return {name: found for name in nudges(problem) if (found := self._elasticity(problem, name)) is not None}

    def _elasticity(self, problem: RestProblem, name: str) -> dict[str, float] | None:
        up, down = nudged(problem, name, np.exp(_H)), nudged(problem, name, np.exp(-_H))
        if up is None or down is None:
            return None
        here = np.array([self.log_revenue])
        shift = (up.gap(here) - down.gap(here))[0] / (2 * _H)
        slope = (problem.gap(here + _H) - problem.gap(here - _H))[0] / (2 * _H)
        if not np.isfinite(shift) or not np.isfinite(slope) or abs(slope) < 1e-12:
            return None
        moved = float(-shift / slope)
        above, below = (_outcomes(p, self.log_revenue + s * moved * _H) for p, s in ((up, 1), (down, -1)))
        return {key: float(np.log(above[key] / below[key]) / (2 * _H)) for key in OUTCOMES}

    def __repr__(self) -> str:
        verdict = "stable" if self.stable else "tipping point"
        return (
            f"RestPoint({verdict}: price {self.price:.6g}, revenue {self.revenue:.6g}, capacity {self.capacity:.6g}, "
            f"quality {self.quality:.4g}, e {self.quality_feedback:.4g})"
        )


def _outcomes(problem: RestProblem, log_revenue: float) -> dict[str, float]:
    env = problem.state_at(np.array([np.exp(log_revenue)]))
    v, shape = problem.system.vocabulary.variable, problem.structure
    price = float(np.atleast_1d(env[v("price")])[0])
    held = float(problem.holdings(np.array([np.exp(log_revenue)]), np.array([price]))[0])
    if shape.one_role:
        quality = env[v("role_quality", role=shape.roles[0])]
    else:
        quality = problem.evaluator.get(v("quality"), env)
    return {
        "capacity": float(np.atleast_1d(env[v("capacity", role=shape.capacity_role)])[0]),
        "quality": float(np.atleast_1d(quality)[0]),
        "revenue": float(np.exp(log_revenue)),
        "price": price,
        "float_supply": held / price,
    }


def distance_to_tipping(problem: RestProblem) -> float:
    """1 - Rbar_c/Rbar (section 19.16); 1 where there is no tipping point, negative where the network has tipped."""
    where, depth = problem.minimum
    grid, gap = problem.scan
    finite = np.flatnonzero(np.isfinite(gap))
    if not np.isfinite(depth) or len(finite) == 0:
        return float("nan")
    if where <= grid[finite[0]] + 1e-6:
        return 1.0
    return float(1 - np.exp(depth))


def nudges(problem: RestProblem) -> tuple[str, ...]:
    """Quantities for which elasticities are given; burn shares name who pays."""
    names = [
        "demand_scale",
        "emission_rate",
        "speculative_holdings",
        "unit_cost",
        "provider_emission_share",
        "burn_share:providers",
        "burn_share:stakers",
        "burn_share:treasury",
        "burn_share:users",
    ]
    if not problem.structure.one_role:
        names += [f"{role}.unit_cost" for role in problem.structure.roles]
        names += [f"{role}.emission_share" for role in problem.structure.roles]
    if problem.structure.uses("staking"):
        names.append("required_staking_yield")
    return tuple(names)


def nudged(problem: RestProblem, name: str, factor: float) -> RestProblem | None:
    """The same problem with one quantity multiplied; None where it is zero or its payer has nothing to give."""
    values = dict(problem.values)
    nominal = problem.nominal_emission
    if name == "emission_rate":
        if nominal is None:
            values["square_root_coefficient"] *= factor
        else:
            nominal = nominal * factor
    elif name.startswith("burn_share:"):
        if not _nudge_burn(problem, values, name.split(":")[1], factor):
            return None
    elif name == "provider_emission_share" or name.endswith(".emission_share"):
        keys = emission_share_keys(problem.structure)["providers"] if name == "provider_emission_share" else [name]
        if not any(values[key] > 0 for key in keys):
            return None
        for key in keys:
            values[key] *= factor
    else:
        keys = [key for key in values if key == name or ("." not in name and key.rpartition(".")[2] == name)]
        if not any(values[key] > 0 for key in keys):
            return None
        for key in keys:
            values[key] *= factor
    return replace(problem, values=values, nominal_emission=nominal)


def _nudge_burn(problem: RestProblem, values: dict[str, float], payer: str, factor: float) -> bool:
    """Multiply every stream's burn share, paid out of the payer's share or by a surcharge.

    By users, all that is burned of a stream grows by the factor and the surcharge brings the difference: where the
    surcharge already is the whole burn this is the row "on top of user price" of section 7; where there is none yet,
    its first part weighs in demand with eps b instead of eps b/(1+b) (section 17.2).
    """
    moved = False
    for stream in problem.structure.streams:
        keys = fee_share_keys(problem.structure, stream)
        burn = keys["burn"][0]
        if payer == "users":
            surcharge = problem.structure.key("user_surcharge", stream=stream)
            change = (values[burn] + max(values[surcharge], 0.0)) * (factor - 1)
            values[surcharge] += change
            moved = moved or change != 0
            continue
        change = values[burn] * (factor - 1)
        if change == 0:
            continue
        has = sum(values[key] for key in keys[payer])
        if has <= abs(change):
            return False
        for key in keys[payer]:
            values[key] -= change * values[key] / has
        values[burn] += change
        moved = True
    return moved
