"""What a block puts into a subnet's pool, what it buys there, and the pool's moving price.

Amounts are in rao. Source: github.com/opentensor/subtensor at 14bc6f9f964b (2026-06-30, spec version 425),
pallets/subtensor/src/coinbase/run_coinbase.rs, block_step.rs and tao.rs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

import numpy as np

from model.errors import UnknownKeyError
from model.networks.inputs import Floats, Numbers, numbers, positive, shaped

MOVING_PRICE_ALPHA = 0.000003
"""Largest weight of the current price in the moving price."""

MOVING_PRICE_HALF_BLOCKS = 201_600
"""Blocks since its start after which a subnet's moving price uses half of that weight: four weeks."""

InjectionRule: TypeAlias = Literal["alpha", "alpha-and-tao", "root-proportion"]

INJECTION_RULES: Mapping[InjectionRule, date] = {
    "alpha": date(2025, 2, 13),
    "alpha-and-tao": date(2025, 12, 12),
    "root-proportion": date(2026, 6, 22),
}
"""Caps on the alpha put into a pool by a block, and the day each came into force."""


def injection_cap(
    rule: InjectionRule,
    *,
    alpha_emission: Numbers,
    tao_block_emission: Numbers | None = None,
    root_proportion: Numbers | None = None,
) -> float | Floats:
    """Most alpha, in rao, that a block may put into a subnet's pool.

    Parameters
    ----------
    rule
        "alpha": the subnet's alpha emission (to 2025-12-12); "alpha-and-tao": the lower of it and the block's TAO
        emission (to 2026-06-22); "root-proportion": root proportion times alpha emission (since).
    alpha_emission, tao_block_emission, root_proportion
        Rao, rao and a share; the last two only where the rule reads them.
    """
    alpha = numbers("alpha emission", alpha_emission, low=0)
    if rule == "alpha":
        return shaped(alpha)
    if rule == "alpha-and-tao":
        if tao_block_emission is None:
            raise UnknownKeyError("the cap by alpha and TAO reads the block's TAO emission", where="tao_block_emission")
        return shaped(np.minimum(alpha, numbers("TAO emission of the block", tao_block_emission, low=0)))
    if rule == "root-proportion":
        if root_proportion is None:
            raise UnknownKeyError("the cap by root proportion reads that proportion", where="root_proportion")
        return shaped(alpha * numbers("root proportion", root_proportion, low=0, high=1))
    raise UnknownKeyError(f"{rule!r} is no injection rule", allowed=", ".join(INJECTION_RULES))


@dataclass(frozen=True)
class SubnetTerms:
    """What a block does with a subnet's emission, in rao before the chain cuts to whole ones.

    Attributes
    ----------
    alpha_in, tao_in
        Put into the pool at its price.
    excess_tao
        TAO beyond the cap: it buys alpha from the pool.
    alpha_out
        Alpha minted for the subnet's participants, always in full.
    """

    alpha_in: float | Floats
    tao_in: float | Floats
    excess_tao: float | Floats
    alpha_out: float | Floats


def subnet_terms(tao_emission: Numbers, price: Numbers, alpha_emission: Numbers, cap: Numbers) -> SubnetTerms:
    """Divide subnets' TAO between pool and chain buys.

    Parameters
    ----------
    tao_emission
        TAO of the block for each subnet, in rao.
    price
        Alpha price in TAO; at a price of 0 no alpha is put in and all TAO goes to the pool.
    alpha_emission
        Alpha of the block for each subnet, in rao.
    cap
        Most alpha that may be put into the pool, in rao (`injection_cap`).
    """
    tao = numbers("TAO emission", tao_emission, low=0)
    price = numbers("price", price, low=0)
    alpha = numbers("alpha emission", alpha_emission, low=0)
    cap = numbers("cap", cap, low=0)
    tao, price, alpha, cap = np.broadcast_arrays(tao, price, alpha, cap)
    wanted = np.divide(tao, price, out=np.zeros(tao.shape), where=price > 0)
    capped = wanted > cap
    tao_in = np.where(capped, cap * price, tao)
    return SubnetTerms(
        alpha_in=shaped(np.where(capped, cap, wanted)),
        tao_in=shaped(tao_in),
        excess_tao=shaped(np.maximum(tao - tao_in, 0)),
        alpha_out=shaped(alpha.copy()),
    )


def moving_price(
    start: Numbers,
    price: Numbers,
    blocks_since_start: Numbers,
    *,
    base: Numbers = MOVING_PRICE_ALPHA,
    half_blocks: Numbers = MOVING_PRICE_HALF_BLOCKS,
    updates: Numbers = 1,
) -> float | Floats:
    """Moving price of alpha after updates at one price, in TAO.

    An update moves it toward min(price, 1) by `base * b / (b + half_blocks)`, b the blocks since the subnet started;
    b is held during the updates, so take few of them while a subnet is young.

    Parameters
    ----------
    start
        Moving price before.
    price
        Price in the pool; above 1 it counts as 1.
    blocks_since_start
        Blocks since the subnet's start call.
    base, half_blocks
        Largest weight of an update (3e-6 on mainnet), and the age in blocks at which half of it applies.
    updates
        Number of updates, one a block.
    """
    old = numbers("moving price", start, low=0)
    target = np.minimum(numbers("price", price, low=0), 1.0)
    age = numbers("blocks since start", blocks_since_start, low=0)
    weight = numbers("base", base, low=0, high=1) * age / (age + positive("half blocks", half_blocks))
    kept = (1.0 - weight) ** numbers("updates", updates, low=0)
    return shaped(target + (old - target) * kept)
