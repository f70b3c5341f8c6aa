"""The burn-mint economy as a compiled loop by hand, one scalar loop per run with its states in locals: the limit."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any

import numpy as np
from numba import njit

from benchmarks import burn_mint as economy
from model.engine.worlds import Floats

FIXED = (
    "quality_elasticity", "units_per_capacity", "emission_rate", "staker_emission_share", "staker_fee_share",
    "required_staking_yield", "staking_ratio_at_required_yield", "staking_yield_elasticity", "staking_ratio_floor",
    "staking_ratio_ceiling", "staking_gap", "treasury_spend_rate", "treasury_emission_share",
    "revenue_linked_holdings", "price_gap", "provider_emission_share", "provider_fee_share", "entry_speed",
    "exit_speed", "half_quality_capacity", "quality_steepness", "quality_gap",
)  # fmt: skip
"""Inputs that a run keeps."""

DATED = ("list_price", "full_quality_demand", "unit_cost", "speculative_holdings", "burn_share", "noise")
"""Inputs that may be given anew at every step."""

SERIAL_BELOW = 8
"""Fewer runs than this stay on the calling thread."""

_compiled: Any = partial(njit, nogil=True, cache=True, error_model="numpy")
_revenue, _flow, _burn, _capacity, _quality, _spending, _float, _price = (
    _compiled()(formula)
    for formula in (
        economy.revenue_of, economy.stake_flow_of, economy.burn_of, economy.capacity_after, economy.quality_after,
        economy.spending_of, economy.float_after, economy.price_after,
    )
)  # fmt: skip


@_compiled(inline="always")
def _week(L, K, T, P, N, q, p, A, c, Z, b, noise, fixed, D):  # type: ignore[no-untyped-def]
    (eta, k_c, M, om_K, s, r_o, sigma_0, xi, low, high, gap_K, g_T, om_T, a, gap_P, om_p, f, nu_in, nu_out, N_h, h,
     gap_q) = fixed  # fmt: skip
    R = _revenue(q, N, p, A, eta, k_c)
    flow = _flow(L, K, P, R, M, om_K, s, r_o, sigma_0, xi, low, high, gap_K)
    spending = _spending(T, g_T, D)
    L_after = _float(L, flow, M, om_T, spending, _burn(R, P, b, L, flow, D), D)
    N_after = _capacity(N, P, R, M, om_p, f, c, nu_in, nu_out, D)
    q_after = _quality(q, N, N_h, h, gap_q)
    P_after = _price(P, Z + a * R, L_after, gap_P, noise)
    return L_after, K + flow, T + D * (om_T * M - spending), P_after, N_after, q_after


@_compiled(inline="always")
def _fixed(x, w):  # type: ignore[no-untyped-def]
    return (
        x[0, w], x[1, w], x[2, w], x[3, w], x[4, w], x[5, w], x[6, w], x[7, w], x[8, w], x[9, w], x[10, w], x[11, w],
        x[12, w], x[13, w], x[14, w], x[15, w], x[16, w], x[17, w], x[18, w], x[19, w], x[20, w], x[21, w],
    )  # fmt: skip


@_compiled()
def _steady(inputs, moving, initial, out, steps, D, begin, end):  # type: ignore[no-untyped-def]
    for w in range(begin, end):
        fixed = _fixed(inputs, w)
        p, A, c, Z, b, noise = moving[0, w], moving[1, w], moving[2, w], moving[3, w], moving[4, w], moving[5, w]
        L, K, T, P, N, q = initial[0], initial[1], initial[2], initial[3], initial[4], initial[5]
        out[0, w, 0], out[1, w, 0], out[2, w, 0], out[3, w, 0], out[4, w, 0], out[5, w, 0] = L, K, T, P, N, q
        for t in range(1, steps + 1):
            L, K, T, P, N, q = _week(L, K, T, P, N, q, p, A, c, Z, b, noise, fixed, D)
            out[0, w, t], out[1, w, t], out[2, w, t], out[3, w, t], out[4, w, t], out[5, w, t] = L, K, T, P, N, q


@_compiled()
def _dated(inputs, x, initial, out, steps, D, begin, end):  # type: ignore[no-untyped-def]
    for w in range(begin, end):
        fixed = _fixed(inputs, w)
        L, K, T, P, N, q = initial[0], initial[1], initial[2], initial[3], initial[4], initial[5]
        out[0, w, 0], out[1, w, 0], out[2, w, 0], out[3, w, 0], out[4, w, 0], out[5, w, 0] = L, K, T, P, N, q
        for t in range(1, steps + 1):
            k = t - 1
            L, K, T, P, N, q = _week(
                L, K, T, P, N, q, x[0, w, k], x[1, w, k], x[2, w, k], x[3, w, k], x[4, w, k], x[5, w, k], fixed, D
            )
            out[0, w, t], out[1, w, t], out[2, w, t], out[3, w, t], out[4, w, t], out[5, w, t] = L, K, T, P, N, q


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=os.cpu_count() or 1)


def prepared(
    p: Mapping[str, float | Floats], initial: Mapping[str, float], steps: int, step_length: float,
    dated: Floats | None = None,
) -> tuple[Callable[[int, int], None], Floats]:  # fmt: skip
    """What steps runs from one number to another, and the array it fills.

    Parameters
    ----------
    p
        Parameters by key: one number, or shape (runs,).
    dated
        Shape (len(DATED), runs, steps + 1): what is given at every step; the parameters in its place are not read.

    Returns
    -------
    tuple
        The function, and shape (states, runs, steps + 1).
    """
    runs = max(np.size(value) for value in p.values()) if dated is None else dated.shape[1]
    known = dict(p)
    for key in ("price", "quality", "staking"):
        known[f"{key}_gap"] = 1.0 - np.exp(-np.asarray(p[f"{key}_speed"]) * step_length)
    list_price = p["service_price"] * (p["unit_cost"] / p["reference_unit_cost"]) ** p["cost_pass_through"]
    known["list_price"] = list_price
    known["full_quality_demand"] = p["demand_scale"] * (list_price / p["service_price"]) ** -p["demand_elasticity"]
    known["noise"] = 0.0
    inputs, moving = np.empty((len(FIXED), runs)), np.empty((len(DATED), runs))
    for rows, keys in ((inputs, FIXED), (moving, DATED)):
        for row, key in zip(rows, keys, strict=True):
            row[:] = known[key]
    start, out = np.array([initial[name] for name in economy.STATES]), np.empty((len(economy.STATES), runs, steps + 1))

    def chunk(begin: int, end: int) -> None:
        if dated is None:
            _steady(inputs, moving, start, out, steps, step_length, begin, end)
        else:
            _dated(inputs, dated, start, out, steps, step_length, begin, end)

    return chunk, out


def loop(
    p: Mapping[str, float | Floats], initial: Mapping[str, float], steps: int, step_length: float,
    dated: Floats | None = None,
) -> Floats:  # fmt: skip
    """All runs, on every core; arguments and result as in `prepared`."""
    chunk, out = prepared(p, initial, steps, step_length, dated)
    runs = out.shape[1]
    if runs < SERIAL_BELOW:
        chunk(0, runs)
        return out
    edges = np.linspace(0, runs, 4 * (os.cpu_count() or 1) + 1).astype(int)
    for future in [_pool().submit(chunk, int(a), int(b)) for a, b in pairwise(edges)]:
        future.result()
    return out
