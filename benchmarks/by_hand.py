"""The burn-mint economy as somebody who writes it once would: a NumPy batch, and a compiled loop as the limit."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numba import njit

from benchmarks import burn_mint as economy
from model.worlds import Floats

STATES = economy.STATES

Values = Mapping[str, "float | Floats"]


# ---- NumPy --------------------------------------------------------------------------------------------
def batch(p: Values, initial: Mapping[str, float], steps: int, step_length: float) -> Floats:
    """All runs at once, step by step.

    Parameters
    ----------
    p
        Parameters by key: one number, or shape (runs,).

    Returns
    -------
    Floats
        Shape (states, steps + 1, runs).
    """
    runs = max(np.size(value) for value in p.values())
    gap = {key: economy.settle(p[f"{key}_speed"], step_length) for key in ("price", "quality", "staking")}  # type: ignore[arg-type]
    list_price = p["service_price"] * (p["unit_cost"] / p["reference_unit_cost"]) ** p["cost_pass_through"]
    full_demand = p["demand_scale"] * (list_price / p["service_price"]) ** -p["demand_elasticity"]
    emission, treasury_share = p["emission_rate"], p["treasury_emission_share"]
    out = np.empty((len(STATES), steps + 1, runs))
    out[:, 0] = np.array([initial[name] for name in STATES])[:, None]
    for k in range(steps):
        L, K, T, P, N, q = out[:, k]
        revenue = list_price * np.minimum(full_demand * q ** p["quality_elasticity"], p["units_per_capacity"] * N)
        reward = (p["staker_emission_share"] * emission + p["staker_fee_share"] * revenue / P) / K
        wish = (np.maximum(reward, 0) / p["required_staking_yield"]) ** p["staking_yield_elasticity"]
        target = np.clip(
            p["staking_ratio_at_required_yield"] * wish, p["staking_ratio_floor"], p["staking_ratio_ceiling"]
        )
        flow = gap["staking"] * (target * (L + K) - K)
        burn = np.minimum(p["burn_share"] * revenue / P, economy.KEPT * (L - np.maximum(flow, 0)) / step_length)
        spending = np.minimum(p["treasury_spend_rate"] * T, economy.KEPT * T / step_length)
        income = p["provider_fee_share"] * revenue + p["provider_emission_share"] * emission * P
        margin = income / (N * p["unit_cost"]) - 1
        speed = np.where(margin > 0, p["entry_speed"], p["exit_speed"])
        coverage = 1 / (1 + (p["half_quality_capacity"] / N) ** p["quality_steepness"])
        holdings = p["speculative_holdings"] + p["revenue_linked_holdings"] * revenue
        after = out[:, k + 1]
        after[0] = L - flow + step_length * ((1 - treasury_share) * emission + spending - burn)
        after[1] = K + flow
        after[2] = T + step_length * (treasury_share * emission - spending)
        after[3] = P * (holdings / (after[0] * P)) ** gap["price"]
        after[4] = N * np.exp(np.minimum(3, speed * step_length * margin))
        after[5] = q + gap["quality"] * (coverage - q)
    return out


# ---- compiled loop ------------------------------------------------------------------------------------
INPUTS = (
    "list_price", "full_quality_demand", "quality_elasticity", "units_per_capacity", "emission_rate",
    "staker_emission_share", "staker_fee_share", "required_staking_yield", "staking_ratio_at_required_yield",
    "staking_yield_elasticity", "staking_ratio_floor", "staking_ratio_ceiling", "staking_gap", "burn_share",
    "treasury_spend_rate", "treasury_emission_share", "speculative_holdings", "revenue_linked_holdings", "price_gap",
    "provider_emission_share", "provider_fee_share", "unit_cost", "entry_speed", "exit_speed", "half_quality_capacity",
    "quality_steepness", "quality_gap",
)  # fmt: skip
"""What the loop reads, in the order of its columns."""

DATED = ("list_price", "full_quality_demand", "unit_cost", "speculative_holdings", "burn_share", "noise")
"""What the second loop reads anew at every step, in the order of its planes."""

_COMPILED = {"nogil": True, "cache": True, "error_model": "numpy"}
_revenue, _flow, _burn = (njit(**_COMPILED)(f) for f in (economy.revenue_of, economy.stake_flow_of, economy.burn_of))
_capacity, _quality = (njit(**_COMPILED)(f) for f in (economy.capacity_after, economy.quality_after))
_spending, _float, _price = (
    njit(**_COMPILED)(f) for f in (economy.spending_of, economy.float_after, economy.price_after)
)


@njit(**_COMPILED)  # type: ignore[untyped-decorator]
def _steady(inputs, initial, out, steps, D, begin, end):  # type: ignore[no-untyped-def]
    for w in range(begin, end):
        (p, A, eta, k_c, M, om_K, s, r_o, sigma_0, xi, low, high, gap_K, b, g_T, om_T, Z, a, gap_P, om_p, f, c, nu_in,
         nu_out, N_h, h, gap_q) = (
            inputs[0, w], inputs[1, w], inputs[2, w], inputs[3, w], inputs[4, w], inputs[5, w], inputs[6, w],
            inputs[7, w], inputs[8, w], inputs[9, w], inputs[10, w], inputs[11, w], inputs[12, w], inputs[13, w],
            inputs[14, w], inputs[15, w], inputs[16, w], inputs[17, w], inputs[18, w], inputs[19, w], inputs[20, w],
            inputs[21, w], inputs[22, w], inputs[23, w], inputs[24, w], inputs[25, w], inputs[26, w],
        )  # fmt: skip
        L, K, T, P, N, q = initial[0], initial[1], initial[2], initial[3], initial[4], initial[5]
        out[0, w, 0], out[1, w, 0], out[2, w, 0], out[3, w, 0], out[4, w, 0], out[5, w, 0] = L, K, T, P, N, q
        for t in range(steps):
            R = _revenue(q, N, p, A, eta, k_c)
            flow = _flow(L, K, P, R, M, om_K, s, r_o, sigma_0, xi, low, high, gap_K)
            spending = _spending(T, g_T, D)
            L_after = _float(L, flow, M, om_T, spending, _burn(R, P, b, L, flow, D), D)
            N_after = _capacity(N, P, R, M, om_p, f, c, nu_in, nu_out, D)
            q = _quality(q, N, N_h, h, gap_q)
            P = _price(P, Z + a * R, L_after, gap_P, 0.0)
            K += flow
            T += D * (om_T * M - spending)
            L, N = L_after, N_after
            (out[0, w, t + 1], out[1, w, t + 1], out[2, w, t + 1], out[3, w, t + 1], out[4, w, t + 1],
             out[5, w, t + 1]) = L, K, T, P, N, q  # fmt: skip


@njit(**_COMPILED)  # type: ignore[untyped-decorator]
def _dated(inputs, paths, initial, out, steps, D, begin, end):  # type: ignore[no-untyped-def]
    for w in range(begin, end):
        (eta, k_c, M, om_K, s, r_o, sigma_0, xi, low, high, gap_K, g_T, om_T, a, gap_P, om_p, f, nu_in, nu_out, N_h,
         h, gap_q) = (
            inputs[2, w], inputs[3, w], inputs[4, w], inputs[5, w], inputs[6, w], inputs[7, w], inputs[8, w],
            inputs[9, w], inputs[10, w], inputs[11, w], inputs[12, w], inputs[14, w], inputs[15, w], inputs[17, w],
            inputs[18, w], inputs[19, w], inputs[20, w], inputs[22, w], inputs[23, w], inputs[24, w], inputs[25, w],
            inputs[26, w],
        )  # fmt: skip
        L, K, T, P, N, q = initial[0], initial[1], initial[2], initial[3], initial[4], initial[5]
        out[0, w, 0], out[1, w, 0], out[2, w, 0], out[3, w, 0], out[4, w, 0], out[5, w, 0] = L, K, T, P, N, q
        for t in range(steps):
            p, A, c, Z, b, noise = (
                paths[0, w, t], paths[1, w, t], paths[2, w, t], paths[3, w, t], paths[4, w, t], paths[5, w, t]
            )  # fmt: skip
            R = _revenue(q, N, p, A, eta, k_c)
            flow = _flow(L, K, P, R, M, om_K, s, r_o, sigma_0, xi, low, high, gap_K)
            spending = _spending(T, g_T, D)
            L_after = _float(L, flow, M, om_T, spending, _burn(R, P, b, L, flow, D), D)
            N_after = _capacity(N, P, R, M, om_p, f, c, nu_in, nu_out, D)
            q = _quality(q, N, N_h, h, gap_q)
            P = _price(P, Z + a * R, L_after, gap_P, noise)
            K += flow
            T += D * (om_T * M - spending)
            L, N = L_after, N_after
            (out[0, w, t + 1], out[1, w, t + 1], out[2, w, t + 1], out[3, w, t + 1], out[4, w, t + 1],
             out[5, w, t + 1]) = L, K, T, P, N, q  # fmt: skip


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=os.cpu_count() or 1)


def loop(
    p: Values, initial: Mapping[str, float], steps: int, step_length: float, paths: Floats | None = None
) -> Floats:
    """One scalar loop per run, on every core.

    Parameters
    ----------
    p
        Parameters by key: one number, or shape (runs,).
    paths
        Shape (dated inputs, runs, steps + 1), in the order of `DATED`; then these replace the parameters.

    Returns
    -------
    Floats
        Shape (states, runs, steps + 1).
    """
    runs = max(np.size(value) for value in p.values()) if paths is None else paths.shape[1]
    gap = {
        f"{key}_gap": -np.expm1(-np.asarray(p[f"{key}_speed"]) * step_length) for key in ("price", "quality", "staking")
    }
    list_price = p["service_price"] * (p["unit_cost"] / p["reference_unit_cost"]) ** p["cost_pass_through"]
    demand = p["demand_scale"] * (list_price / p["service_price"]) ** -p["demand_elasticity"]
    known = {**p, **gap, "list_price": list_price, "full_quality_demand": demand}
    inputs = np.empty((len(INPUTS), runs))
    for row, key in zip(inputs, INPUTS, strict=True):
        row[:] = known[key]
    start, out = np.array([initial[name] for name in STATES]), np.empty((len(STATES), runs, steps + 1))

    def chunk(begin: int, end: int) -> None:
        if paths is None:
            _steady(inputs, start, out, steps, step_length, begin, end)
        else:
            _dated(inputs, paths, start, out, steps, step_length, begin, end)

    if runs < 8:
        chunk(0, runs)
    else:
        edges = np.linspace(0, runs, 4 * (os.cpu_count() or 1) + 1).astype(int)
        for future in [_pool().submit(chunk, int(a), int(b)) for a, b in pairwise(edges)]:
            future.result()
    return out
