"""Rest points of one set of values: one scalar equation in revenue, whatever the number of roles (section 16.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy.optimize import brentq

from model.engine.evaluator import Environment, Evaluator, bisect, value_of
from model.engine.worlds import Floats, Integers
from model.rest.derivation import rest_capacity, rest_price
from model.rest.merit_theory import rest_share
from model.structure import Structure
from model.system import System, system_for

GRID = 900
"""Points at which the scalar equation is scanned before roots are bracketed."""

POINTS, ROUNDS = 33, 6
"""A bracket is narrowed by so many points at once; so many times for the smallest gap, which then is known to 1e-8."""

LOWEST = -32.0
"""The scan starts at e^-32 of the largest revenue possible."""


@dataclass(repr=False)
class RestProblem:
    """Everything that stands still while rest points are sought.

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
    _cache: dict[str, object] = field(default_factory=dict)

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

    # ---- pieces of the scalar equation ----------------------------------------------------------------
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

    @cached_property
    def _needs_stake(self) -> bool:
        """Whether mint or burn depend on the stake."""
        if not self.structure.uses("staking"):
            return False
        return self.values["slashing_rate"] > 0 or self.nominal_emission is None

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

    def holdings(self, revenue: Floats, price: Floats) -> Floats:
        """Demand to hold, USD."""
        found: Floats = self.evaluator.get(self.system.vocabulary.variable("holdings"), self._flows(revenue, price))
        return found

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

    # ---- the scalar equation --------------------------------------------------------------------------
    def state_at(
        self, revenue: Floats, price: Floats | None = None, paid: Mapping[str, Floats] | None = None
    ) -> Environment:
        """Everything at a trial revenue when income pays its cost, quality has settled and burn equals mint.

        `price` is that of `revenue` where it is known already. `paid` gives by role the part of its income that
        it still receives (1 where left out); what is kept from it goes to nobody.
        """
        revenue = np.atleast_1d(np.asarray(revenue, dtype=float))
        v, shape = self.system.vocabulary.variable, self.structure
        price = self.price_at(revenue) if price is None else price
        env = self._flows(revenue, price)
        if self.nominal_emission is None:
            env[v("nominal_emission")] = self.nominal_at(revenue, price)
        order = [r for r in shape.roles if r == shape.scoring_role]
        order += [r for r in shape.roles if r != shape.scoring_role]
        for role in order:
            if role in shape.merit_roles:
                env[v("high_quality_share", role=role)] = self._merit_share(role, env)
            self.evaluator.get(v("income", role=role), env)
            for symbol in rest_capacity(self.system, role).free_symbols:
                self.evaluator.get(symbol, env)
            with np.errstate(all="ignore"):
                paid_for = value_of(rest_capacity(self.system, role), env)
                env[v("capacity", role=role)] = paid_for * (paid or {}).get(role, 1.0)
                env[v("role_quality", role=role)] = self.evaluator.get(v("quality_target", role=role), env)
        return env

    def _merit_share(self, role: str, env: Environment) -> Floats:
        m = self.system.vocabulary
        contrast = self.evaluator.get(m.variable("contrast"), env)
        return rest_share(
            env[m.parameter("merit_weight", role=role)],
            contrast,
            env[m.parameter("cost_ratio", role=role)],
            env[m.parameter("activity_inflation", role=role)],
        )

    def revenue_given_back(self, env: Environment) -> Floats:
        """Revenue that the state at a trial revenue would bring."""
        v = self.system.vocabulary.variable
        fresh = dict(env)
        for stream in self.structure.streams:
            fresh.pop(v("stream_revenue", stream=stream), None)
        fresh.pop(v("revenue"), None)
        brought: Floats = self.evaluator.get(v("revenue"), fresh)
        return brought

    def gap(self, log_revenue: Floats) -> Floats:
        """[E34] as a difference: ln R minus ln of the revenue its state brings; zero at a rest point."""
        log_revenue = np.atleast_1d(np.asarray(log_revenue, dtype=float))
        brought = self.revenue_given_back(self.state_at(np.exp(log_revenue)))
        with np.errstate(all="ignore"):
            return log_revenue - np.log(np.maximum(brought, 1e-300))

    @cached_property
    def largest_log_revenue(self) -> float:
        """ln of revenue at full quality and today's price list."""
        v = self.system.vocabulary.variable
        env = dict(self.base)
        env[v("price")] = self.values.get("pricing_reference", 1.0)
        total = sum(
            float(self.evaluator.get(v("list_price", stream=j), env))
            * float(self.evaluator.get(v("full_quality_demand", stream=j), env))
            for j in self.structure.streams
        )
        return float(np.log(total)) if total > 0 else -np.inf

    @cached_property
    def scan(self) -> tuple[Floats, Floats]:
        """Grid of ln R and the gap on it."""
        top = self.largest_log_revenue + (12.0 if self.token_priced else 8.0)
        grid = np.linspace(self.largest_log_revenue + LOWEST, top, GRID)
        return grid, self.gap(grid)

    def _one(self, log_revenue: float) -> float:
        return float(self.gap(np.array([log_revenue]))[0])

    @cached_property
    def minimum(self) -> tuple[float, float]:
        """Where the gap is smallest and how small; its exponential is the margin to the fold [E35, E41]."""
        grid, gap = self.scan
        if not np.any(np.isfinite(gap)):
            return (float("nan"), float("nan"))
        best = int(np.nanargmin(gap))
        where, depth = float(grid[best]), float(gap[best])
        low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
        for _ in range(ROUNDS):
            points = np.linspace(low, high, POINTS)
            found = self.gap(points)
            best = int(np.argmin(np.where(np.isfinite(found), found, np.inf)))
            if found[best] < depth:
                where, depth = float(points[best]), float(found[best])
            low, high = points[max(best - 1, 0)], points[min(best + 1, POINTS - 1)]
        return where, depth

    def roots(self) -> list[float]:
        """ln R of every rest point, lowest first."""
        if not np.isfinite(self.largest_log_revenue):
            return []
        grid, gap = self.scan
        if not np.any(gap[np.isfinite(gap)] < 0):
            where, depth = self.minimum
            if np.isfinite(depth) and depth < 0:
                grid = np.insert(grid, np.searchsorted(grid, where), where)
                gap = self.gap(grid)
        crossed = _crossings(gap)
        if not len(crossed):
            return []
        # All brackets are narrowed together: one call for many points costs hardly more than one for one.
        points = np.linspace(grid[crossed], grid[crossed + 1], POINTS, axis=1)
        inside = self.gap(points.reshape(-1)).reshape(points.shape)
        found = []
        for x, values in zip(points, inside, strict=True):
            for i in _crossings(values):
                found.append(float(brentq(self._one, x[i], x[i + 1], xtol=1e-14, rtol=1e-15)))
        return found


def _crossings(gap: Floats) -> Integers:
    """Places after which the gap changes its sign without a jump."""
    a, b = gap[:-1], gap[1:]
    with np.errstate(invalid="ignore"):
        crosses = np.isfinite(a) & np.isfinite(b) & ((a > 0) != (b > 0)) & (np.abs(a - b) <= 5)
    return np.flatnonzero(crosses)


def rest_state(problem: RestProblem, log_revenue: float) -> dict[str, float]:
    """All stocks at a rest point by public name, tokens, USD and units."""
    revenue = np.array([np.exp(log_revenue)])
    env = problem.state_at(revenue)
    v, shape = problem.system.vocabulary.variable, problem.structure
    price = np.atleast_1d(env[v("price")])
    held = problem.holdings(revenue, price)
    liquid = held / price
    nominal = np.atleast_1d(env[v("nominal_emission")]) * np.ones(1)
    staked = problem.staked_at(revenue, price, liquid, nominal)
    env[v("staked")] = staked
    state = {
        "price": float(price[0]),
        "float_supply": float(liquid[0]),
        "staked": float(staked[0]),
        "treasury": _rest_treasury(problem, nominal, staked, revenue, price),
        "treasury_fiat": 0.0,
        "revenue": float(revenue[0]),
    }
    for role in shape.roles:
        suffix = "" if shape.one_role else f".{role}"
        state[f"capacity{suffix}"] = float(np.atleast_1d(env[v("capacity", role=role)])[0])
        state[f"quality{suffix}"] = float(np.atleast_1d(env[v("role_quality", role=role)])[0])
        state[f"income{suffix}"] = float(np.atleast_1d(env[v("income", role=role)])[0])
        if role in shape.merit_roles:
            state[f"high_quality_share{suffix}"] = float(np.atleast_1d(env[v("high_quality_share", role=role)])[0])
    quality = (
        problem.evaluator.get(v("quality"), env) if not shape.one_role else env[v("role_quality", role=shape.roles[0])]
    )
    state["quality"] = float(np.atleast_1d(quality)[0])
    state["nominal_emission"] = float(nominal[0])
    return state


def _rest_treasury(problem: RestProblem, nominal: Floats, staked: Floats, revenue: Floats, price: Floats) -> float:
    """Treasury at which spending equals income; NaN where it never spends and so never rests."""
    v = problem.system.vocabulary.variable
    env = dict(problem.base)
    env[v("nominal_emission")] = nominal
    income = float(np.atleast_1d(problem.evaluator.get(v("treasury_emission"), env))[0])
    if problem.structure.uses("staking"):
        income += float((1 - problem.values["slashed_burn_share"]) * problem.values["slashing_rate"] * staked[0])
    income += float(problem.bought_value(revenue, price)[0] / price[0])
    if problem.treasury_spends:
        return income / problem.values["treasury_spend_rate"]
    return 0.0 if income == 0 else float("nan")


def frozen_emission(
    structure: Structure, values: Mapping[str, float], stocks: Mapping[str, float], step_length: float
) -> float | None:
    """Nominal emission at the start, tokens/yr; None where it follows the square root of the stake."""
    if structure.emission == "square-root-stake":
        return None
    system = system_for(structure)
    evaluator = Evaluator(system)
    env = evaluator.environment(values)
    m = system.vocabulary
    env[m.step_length] = step_length
    for symbol, name in m.columns.items():
        if symbol in m.next_of and name in stocks:
            env[symbol] = stocks[name]
    for symbol, key in m.initials.items():
        env[symbol] = stocks.get(key, 0.0)
    if structure.uses("net-emission"):
        env[m.variable("reminted")] = 0.0
    return float(evaluator.get(m.variable("nominal_emission"), env))


def upper_rest_state(structure: Structure, values: Mapping[str, float], step_length: float) -> dict[str, float]:
    """Initial stocks of a network that starts at its upper rest point (textbooks; constant emission)."""
    nominal = frozen_emission(structure, values, {"issued": 0.0, "inflation": 0.0}, step_length)
    problem = RestProblem(structure, values, step_length, nominal)
    roots = problem.roots()
    if not roots:
        raise ValueError("this network has no rest point to start from")
    state = rest_state(problem, roots[-1])
    initial = {name: state[name] for name in ("price", "float_supply", "staked", "treasury", "treasury_fiat")}
    if not np.isfinite(initial["treasury"]):
        initial["treasury"] = 0.0
    for name, value in state.items():
        if name.split(".")[0] in ("capacity", "quality", "high_quality_share"):
            initial[name] = value
    for bucket in structure.buckets:
        initial[f"locked.{bucket}"] = 0.0
    supply = initial["float_supply"] + initial["staked"] + initial["treasury"]
    initial.update(
        issued=supply,
        burned=0.0,
        inflation=0.0,
        remint_pool=0.0,
        holdings_swing=0.0,
        previous_price=initial["price"],
    )
    return initial
