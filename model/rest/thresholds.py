"""How far a setting may go before a network tips, peaks or breaks even; closed forms where there are, else solved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import elementwise, minimize_scalar

from model.engine.worlds import Floats
from model.errors import OutOfRangeError
from model.rest.merit_theory import MeritThresholds, thresholds
from model.rest.point import RestPoint
from model.rest.roots import RestProblem
from model.structure import Structure
from model.validation import emission_share_keys, fee_share_keys


@dataclass(frozen=True)
class BurnPeak:
    """The burn share at which the rest price is highest (section 7, burn Laffer curve).

    Attributes
    ----------
    stream, payer
        Which stream's burn share moves, and who pays for it.
    shares, prices
        The curve: burn share, and rest price in USD/token (NaN where the network would tip).
    peak_share, peak_price
        Where the price peaks; None where it only rises over the reachable range.
    tipping_share
        Burn share beyond which no rest point is left; None where none is reached.
    reason
        In a sentence, why there is no peak or none could be computed.
    """

    stream: str
    payer: str
    shares: Floats
    prices: Floats
    peak_share: float | None
    peak_price: float | None
    tipping_share: float | None
    reason: str

    @property
    def last_share(self) -> float | None:
        """Share up to which a rest point exists, tipping there or not; None where there is none in reach."""
        if self.tipping_share is not None:
            return self.tipping_share
        found = self.shares[np.isfinite(self.prices)]
        return float(found[-1]) if len(found) else None


def _varied(problem: RestProblem, values: dict[str, float], nominal: float | None = None) -> RestProblem:
    return replace(problem, values=values, nominal_emission=problem.nominal_emission if nominal is None else nominal)


def top_price(problem: RestProblem) -> float:
    """Price at the highest rest point, USD/token; NaN where there is none."""
    roots = problem.roots()
    return float(problem.price_at(np.array([np.exp(roots[-1])]))[0]) if roots else float("nan")


def _exists(problem: RestProblem) -> bool:
    """Whether a rest point is left, from the depth of the scalar equation alone."""
    depth = problem.minimum[1]
    return bool(np.isfinite(depth) and depth <= 0)


def _edge(holds: Callable[[float], bool], inside: float, outside: float, rounds: int = 40) -> float:
    """Where a condition that holds inside stops holding, by bisection."""
    for _ in range(rounds):
        middle = 0.5 * (inside + outside)
        inside, outside = (middle, outside) if holds(middle) else (inside, middle)
    return inside


def largest_stream(problem: RestProblem) -> str:
    """The stream with the most revenue at full quality."""
    shares = problem.stream_shares()
    return max(shares, key=lambda stream: shares[stream])


def burn_values(
    structure: Structure, values: Mapping[str, float], stream: str, payer: str, share: float
) -> dict[str, float]:
    """The same values with another burn share of one stream, paid by a receiver of its revenue."""
    found, keys = dict(values), fee_share_keys(structure, stream)
    burn = keys["burn"][0]
    has = sum(found[key] for key in keys[payer])
    left = max(has + found[burn] - share, 0.0)
    for key in keys[payer]:
        found[key] = found[key] * left / has if has > 0 else left / len(keys[payer])
    found[burn] = share
    return found


def with_burn_share(problem: RestProblem, stream: str, payer: str, share: float) -> RestProblem:
    """The same problem with another burn share of one stream."""
    return _varied(problem, burn_values(problem.structure, problem.values, stream, payer, share))


def burn_peak(
    problem: RestProblem, *, stream: str | None = None, payer: str = "providers", points: int = 25
) -> BurnPeak:
    """Rest price against the burn share of a stream, its peak and where the network tips."""
    chosen = stream or largest_stream(problem)
    keys = fee_share_keys(problem.structure, chosen)
    reach = problem.values[keys["burn"][0]] + sum(problem.values[key] for key in keys[payer])
    if reach <= 0:
        empty = np.array([])
        return BurnPeak(
            chosen, payer, empty, empty, None, None, None, f"{payer} receive no revenue that could be burned."
        )

    def price(share: float) -> float:
        return top_price(with_burn_share(problem, chosen, payer, share))

    shares = np.linspace(0.0, reach, points)
    shares[0] = min(1e-6, reach)
    prices = np.array([price(float(b)) for b in shares])
    good = np.flatnonzero(np.isfinite(prices))
    if len(good) == 0:
        return BurnPeak(chosen, payer, shares, prices, None, None, None, "No burn share in reach leaves a rest point.")
    last = int(good[-1])
    tipping = None
    if last < points - 1:
        tipping = _edge(
            lambda b: _exists(with_burn_share(problem, chosen, payer, b)), float(shares[last]), float(shares[last + 1])
        )
    best = int(good[np.argmax(prices[good])])
    if best == points - 1:
        return BurnPeak(
            chosen, payer, shares, prices, None, None, None, "The price only rises with the burn share in reach."
        )
    low, high = shares[max(best - 1, 0)], min(shares[best + 1], tipping or np.inf)
    found = minimize_scalar(lambda b: -price(float(b)), bounds=(low, high), method="bounded", options={"xatol": 1e-7})
    return BurnPeak(
        chosen, payer, shares, prices, float(found.x), float(-found.fun), tipping,
        "Beyond the peak providers leave faster than the burn helps.",
    )  # fmt: skip


@dataclass(frozen=True)
class EmissionLimits:
    """How fast emission may fall (section 8).

    Attributes
    ----------
    least_gap
        Revenue gap below which providers cannot be paid, G_min; None where emission pays no provider.
    fastest_cut
        Largest lasting yearly rate of decline that the network survives, 1/yr; None where any is survived.
    survives_halving
        Whether one halving, prices unchanged on impact, leaves a rest point.
    """

    least_gap: float | None
    fastest_cut: float | None
    survives_halving: bool


def emission_limits(point: RestPoint, market_cap: float | None = None) -> EmissionLimits:
    """Speed limit on emission cuts at a stable rest point.

    Parameters
    ----------
    market_cap
        USD; that of the rest point when left out.
    """
    problem = point.problem
    payouts = sum(role.payout_share for role in point.by_role.values())
    token = sum(role.payout_share * role.token_income_share for role in point.by_role.values())
    burn = point.burned_value / point.revenue
    survives = _exists(_token_pay_scaled(problem, 0.5))
    if token <= 0:
        return EmissionLimits(None, None, survives)
    emission_share = token / burn
    least = (payouts * (1 - point.distance_to_tipping) - (payouts - token)) / emission_share
    stock = point.price * (point.float_supply + point.staked + (point.treasury if np.isfinite(point.treasury) else 0.0))
    rate = (burn - least) * point.revenue / (market_cap or stock)
    return EmissionLimits(max(least, 0.0), float(rate) if least > 0 else None, survives)


def _token_pay_scaled(problem: RestProblem, factor: float) -> RestProblem:
    """The same network with all provider emission multiplied, price and mint as they are."""
    values = dict(problem.values)
    for key in emission_share_keys(problem.structure)["providers"]:
        values[key] *= factor
    # What is no longer paid to providers still enters circulation, so that burn = mint is unchanged.
    values["user_emission_share"] += sum(
        problem.values[key] - values[key] for key in emission_share_keys(problem.structure)["providers"]
    )
    return _varied(problem, values)


LEAST_PAYOUT = 1e-6
"""Part of a payout below which a role's margin counts as whole."""


def role_margins(point: RestPoint) -> dict[str, float]:
    """Share by which each role's payout alone may fall before the network tips [E41].

    At a trial revenue R all other roles are what R pays for, so c_r N_r^req(R)/(Sigma_r R) is the part of its payout
    that role r needs; the least part over all R is what must be left to it.
    """
    problem = point.problem
    grid, gap = problem.scan
    enough = grid[np.isfinite(gap) & (gap <= 0)]
    start = np.union1d(enough[:: max(len(enough) // 40, 1)], [np.log(point.revenue)])
    spacing = max(float(np.max(np.diff(start), initial=0.0)), float(grid[1] - grid[0]))
    margins = {}
    for role in problem.structure.roles:
        tried, width = start, spacing
        for _ in range(3):
            needed = _payout_needed(problem, role, tried)
            best = float(tried[np.argmin(needed)])
            tried, width = np.linspace(best - width, best + width, 41), width / 20
        least = float(np.min(_payout_needed(problem, role, tried), initial=1.0))
        margins[role] = 1.0 - least if least > LEAST_PAYOUT else 1.0
    return margins


def _payout_needed(problem: RestProblem, role: str, log_revenue: Floats) -> Floats:
    """The least part of a role's payout with which a trial revenue ln R is brought; 1 where even all of it is not."""
    price = problem.price_at(np.exp(log_revenue))

    def brought(log_part: Floats, log_revenue: Floats, price: Floats) -> Floats:
        state = problem.state_at(np.exp(log_revenue), price, {role: np.exp(log_part)})
        with np.errstate(all="ignore"):
            return np.log(np.maximum(problem.revenue_given_back(state), 1e-300)) - log_revenue

    lowest = np.full_like(log_revenue, np.log(LEAST_PAYOUT))
    found = elementwise.find_root(brought, (lowest, np.zeros_like(lowest)), args=(log_revenue, price))
    always = brought(lowest, log_revenue, price) >= 0
    return np.where(always, LEAST_PAYOUT, np.where(found.success, np.exp(found.x), 1.0))


def best_split(point: RestPoint, rounds: int = 200) -> dict[str, float] | None:
    """Emission shares of the roles at which the same total payout brings most revenue [E38].

    None where fiat-indexed pay, pay for merit or no burn leave the rule without a proof.
    """
    problem, shape = point.problem, point.problem.structure
    if shape.one_role or shape.merit_roles or problem.token_priced:
        return None
    now = point.by_role
    if any(point.state[f"income.{role}"] <= 0 for role in shape.roles):
        return None
    if float(problem.fiat_value(np.array([point.revenue]), np.array([point.price]))[0]) > 0:
        return None
    total = sum(role.payout_share for role in now.values())
    per_share = {
        role: r.payout_share * r.token_income_share / problem.values[f"{role}.emission_share"]
        for role, r in now.items()
        if problem.values[f"{role}.emission_share"] > 0
    }
    if len(per_share) < len(shape.roles):
        return None
    fees = {role: r.payout_share * (1 - r.token_income_share) for role, r in now.items()}
    shares = {role: problem.values[f"{role}.emission_share"] for role in shape.roles}
    here = point
    for _ in range(rounds):
        feedback = {role: r.feedback for role, r in here.by_role.items()}
        whole = sum(feedback.values())
        wanted = {
            role: max((total * feedback[role] / whole - fees[role]) / per_share[role], 0.0) for role in shape.roles
        }
        scale = sum(shares.values()) / sum(wanted.values())
        new = {role: wanted[role] * scale for role in shape.roles}
        if max(abs(new[role] - shares[role]) for role in shape.roles) < 1e-10:
            return new
        shares = {role: 0.5 * shares[role] + 0.5 * new[role] for role in shape.roles}
        values = {**problem.values, **{f"{role}.emission_share": share for role, share in shares.items()}}
        varied = _varied(problem, values)
        roots = varied.roots()
        if not roots:
            return None
        here = RestPoint(varied, roots[-1])
    return shares


def merit_thresholds(point: RestPoint) -> dict[str, MeritThresholds]:
    """Thresholds of pay for merit of each role paid by it, at the point's scoring contrast."""
    problem, shape = point.problem, point.problem.structure
    contrast = problem.values.get("scoring_contrast", 0.0)
    if shape.scoring_role is not None and shape.merit_roles:
        contrast *= point.state["quality" if shape.one_role else f"quality.{shape.scoring_role}"]
    found = {}
    for role in shape.merit_roles:
        prefix = "" if shape.one_role else f"{role}."
        found[role] = thresholds(
            contrast, problem.values[f"{prefix}cost_ratio"], problem.values[f"{prefix}activity_inflation"]
        )
    return found


def years_to_net_zero(
    gap: float, burn_share: float, revenue_growth: float, emission_decline: float, price_growth: float
) -> float | None:
    """Years until burn equals mint when all three move at constant rates; None where it never comes (section 8)."""
    closing = revenue_growth + emission_decline - price_growth
    if gap <= burn_share:
        return 0.0
    return float(np.log(gap / burn_share) / closing) if closing > 0 and burn_share > 0 else None


def fundamental_price(
    burned_value: float, supply: float, discount_rate: float, growth: float, future_mint: float = 0.0
) -> float:
    """Price at which all burns to come are worth what is outstanding and still to be minted, USD/token (section 9)."""
    if growth >= discount_rate:
        raise OutOfRangeError(
            "growth must stay below the discount rate", where="growth", allowed=f"less than {discount_rate:g}"
        )
    return burned_value / ((discount_rate - growth) * (supply + future_mint))


def implied_growth(price: float, burned_value: float, fully_diluted: float, discount_rate: float) -> float:
    """Growth of burned value that would justify a price, 1/yr (section 9)."""
    return discount_rate - burned_value / (price * fully_diluted)
