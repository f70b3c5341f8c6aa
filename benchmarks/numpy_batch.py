"""The burn-mint economy as a NumPy batch: vectorised over runs, a loop over weeks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from benchmarks import burn_mint as economy
from model.engine.worlds import Floats

Values = Mapping[str, "float | Floats"]


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
    out = np.empty((len(economy.STATES), steps + 1, runs))
    out[:, 0] = np.array([initial[name] for name in economy.STATES])[:, None]
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
