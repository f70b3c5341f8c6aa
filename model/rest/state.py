"""All stocks at a rest point, and the values and emission that are held there."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from model.engine.evaluator import Evaluator
from model.engine.worlds import Floats
from model.errors import PresetError
from model.rest.roots import RestProblem
from model.structure import READS_THE_SUPPLY, Structure
from model.system import system_for


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
    received = _treasury_receives(problem, nominal, staked, revenue, price)
    state = {
        "price": float(price[0]),
        "float_supply": float(liquid[0]),
        "staked": float(staked[0]),
        "treasury": _rest_treasury(problem, received),
        "treasury_growth": 0.0 if problem.treasury_spends else received,
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


def _treasury_receives(problem: RestProblem, nominal: Floats, staked: Floats, revenue: Floats, price: Floats) -> float:
    """Tokens a year that come into the treasury."""
    v = problem.system.vocabulary.variable
    env = dict(problem.base)
    env[v("nominal_emission")] = nominal
    income = float(np.atleast_1d(problem.evaluator.get(v("treasury_emission"), env))[0])
    if problem.structure.uses("staking"):
        income += float((1 - problem.values["slashed_burn_share"]) * problem.values["slashing_rate"] * staked[0])
    return income + float(problem.bought_value(revenue, price)[0] / price[0])


def _rest_treasury(problem: RestProblem, received: float) -> float:
    """Treasury at which spending equals income; NaN where it never spends and so never rests."""
    if problem.treasury_spends:
        return received / problem.values["treasury_spend_rate"]
    return 0.0 if received == 0 else float("nan")


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


def frozen_values(values: Mapping[str, float], years: float) -> dict[str, float]:
    """Values with every trend stopped at a date, so that a rest point can be asked for."""
    frozen = dict(values)
    for key in values:
        prefix, _, word = key.rpartition(".")
        stem = f"{prefix}." if prefix else ""
        if word == "demand_growth":
            frozen[f"{stem}demand_scale"] *= float(np.exp(values[key] * years))
            frozen[key] = 0.0
        elif word == "cost_trend":
            frozen[f"{stem}unit_cost"] *= float(np.exp(-values[key] * years))
            frozen[key] = 0.0
        elif word == "holdings_growth":
            frozen["speculative_holdings"] *= float(np.exp(values[key] * years))
            frozen[key] = 0.0
        elif word == "emission_decay":
            frozen["emission_rate"] *= float(np.exp(-values[key] * years))
        elif word == "schedule_age":
            frozen[key] += years
    return frozen


def _no_rest(wrong: str) -> PresetError:
    return PresetError(wrong, where="start", todo="give the initial stocks instead")


def upper_rest_state(structure: Structure, values: Mapping[str, float], step_length: float) -> dict[str, float]:
    """Initial stocks of a network that starts at its upper rest point (textbooks; constant emission)."""
    if structure.emission in READS_THE_SUPPLY:
        raise _no_rest("emission is a share of supply, so no supply is a rest point to start from")
    nominal = frozen_emission(structure, values, {"issued": 0.0, "inflation": 0.0}, step_length)
    problem = RestProblem(structure, values, step_length, nominal)
    roots = problem.roots()
    if not roots:
        raise _no_rest("this network has no rest point to start from")
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
