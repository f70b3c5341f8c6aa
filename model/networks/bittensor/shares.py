"""Bittensor's rules for dividing a block's TAO among subnets, as they followed each other since 2025.

Every rule takes one value per subnet and returns shares that add up to one, or are all zero where the chain leaves the
TAO unspent. Source: github.com/opentensor/subtensor (14bc6f9f964b, 2026-06-30) and RaoFoundation/subtensor (August
2026), pallets/subtensor/src/coinbase/subnet_emissions.rs and docs/concepts/emissions.mdx.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model.errors import OutOfRangeError, ShareError
from model.networks.inputs import Floats, Number, Numbers, fraction, numbers, shaped, whole

FLOW_ALPHA = 29_597_889_189_277 / (2**63 - 1)
"""Weight of one block in the moving average of flows: half of it after 216,000 blocks, 30 days."""

MASS_QUANTILE = 0.75
"""Share of all prices at which the gate's bar stands by mass; live since 2026-07-27, 0.61 by default."""

BAR_RANK = 32
"""Rank at which the gate's bar stands since August 2026."""

SHARE_FIRST_TIER = 0.75
"""Emission of ranks 1 to 32; ranks 33 to 64 share the rest."""


def _vector(name: str, value: Numbers, *, low: float | None = None, high: float | None = None) -> Floats:
    array = numbers(name, value, low=low, high=high)
    if array.ndim != 1:
        raise ShareError(f"{name} has {array.ndim} dimensions", allowed="one value per subnet")
    return array


def _beside(name: str, value: Numbers, size: int, *, low: float, high: float | None = None) -> Floats:
    array = numbers(name, value, low=low, high=high)
    if array.ndim and array.shape != (size,):
        raise ShareError(f"{name} has {array.size} values for {size} subnets", todo="give one per subnet")
    return np.broadcast_to(array, (size,))


def _normalised(weights: Floats) -> Floats:
    """Weights over their sum, zeros where all are zero; scaled by the largest first, so that no sum overflows."""
    largest = weights.max(initial=0.0)
    if largest <= 0:
        return np.zeros_like(weights)
    scaled = weights / largest
    return np.asarray(scaled / scaled.sum())


def price_shares(price: Numbers, burn: Numbers | None = None, root_proportion: Numbers | None = None) -> Floats:
    """Shares by moving price, with what a subnet withholds from miners and its root proportion as factors.

    Parameters
    ----------
    price
        Moving price of each subnet's alpha in TAO, 0 or more (alone: 2025-02-13 to 2025-11-04).
    burn
        Share of miners' pay that each subnet withheld; above 1 it counts as 1 (from 2026-06-22).
    root_proportion
        Each subnet's root proportion, 0 to 1 (2026-06-22 to 2026-06-30).

    Returns
    -------
    array
        Proportional to price x (1 - burn) x root proportion; by price alone where that is zero everywhere.
    """
    base = _vector("price", price, low=0)
    weight = base.copy()
    if burn is not None:
        weight = weight * (1 - np.minimum(_beside("burn", burn, base.size, low=0), 1))
    if root_proportion is not None:
        weight = weight * _beside("root proportion", root_proportion, base.size, low=0, high=1)
    return _normalised(weight if weight.any() else base)


def flow_ema(previous: Numbers, flow: Numbers, alpha: Numbers = FLOW_ALPHA, *, blocks: Numbers = 1) -> float | Floats:
    """Moving average of TAO flow after blocks of one flow: `(1 - alpha) previous + alpha flow` per block.

    Parameters
    ----------
    previous
        Average before, in rao a block; 0 at the start.
    flow
        TAO staked into the pool and paid for registrations, less TAO taken out, in rao a block.
    alpha
        Weight of a block, 0 to 1.
    blocks
        Blocks with this flow, taken in one step.
    """
    kept = (1 - numbers("alpha", alpha, low=0, high=1)) ** numbers("blocks", blocks, low=0)
    now = numbers("flow", flow)
    return shaped(np.asarray(now + (numbers("previous flow", previous) - now) * kept))


def protocol_factor(user: Numbers, protocol: Numbers) -> float:
    """Factor on positive protocol flows: positive user flows over positive protocol flows, at most 1; 0 without any."""
    paid = float(np.maximum(_vector("protocol flow", protocol), 0).sum())
    return min(1.0, float(np.maximum(_vector("user flow", user), 0).sum()) / paid) if paid > 0 else 0.0


def net_flow(user: Numbers, protocol: Numbers, *, normalised: bool = True) -> Floats:
    """Users' flow less what the protocol itself put into each pool (2026-05-27 to 2026-06-22).

    Parameters
    ----------
    user, protocol
        Moving averages in one unit; the protocol's is emission injected and chain buys less root sells.
    normalised
        Scale positive protocol flows by `protocol_factor`, as the chain does; False shows what that changes.
    """
    users = _vector("user flow", user)
    own = _beside_any("protocol flow", protocol, users.size)
    factor = protocol_factor(users, own) if normalised else 1.0
    return np.asarray(users - np.where(own > 0, factor * own, own))


def _beside_any(name: str, value: Numbers, size: int) -> Floats:
    array = numbers(name, value)
    if array.ndim and array.shape != (size,):
        raise ShareError(f"{name} has {array.size} values for {size} subnets", todo="give one per subnet")
    return np.broadcast_to(array, (size,))


def flow_shares(net_flow: Numbers, cutoff: Numbers = 0.0, exponent: Numbers = 1.0) -> Floats:
    """Shares by flow (Taoflow, 2025-11-04 to 2026-06-22).

    `L = max(cutoff, min(0, smallest flow))`, `z = max(flow - L, 0)`, share `z^p / sum z^p`.

    Parameters
    ----------
    net_flow
        Moving average of each subnet's flow, of either sign.
    cutoff
        With 0, the default, a subnet that loses TAO receives nothing; below 0 only the worst receives nothing.
    exponent
        p, from 1 to 2.
    """
    flow = _vector("flow", net_flow)
    limit = max(float(numbers("cutoff", cutoff)), min(0.0, float(flow.min(initial=0.0))))
    above = np.maximum(flow - limit, 0)
    largest = above.max(initial=0.0)
    if largest <= 0:
        return np.zeros_like(flow)
    powers = (above / largest) ** float(numbers("exponent", exponent, low=0))
    return _normalised(np.where(above > 0, powers, 0.0))


def gate_bar(shares: Numbers, *, mass: Number | None = None, rank: Number | None = None) -> float:
    """Bar of the gate: the share at which the largest shares first add up to `mass`, or the `rank`-th largest.

    With fewer positive shares than the rank it is the smallest positive one, and 0 where there is none.
    """
    given = _vector("shares", shares, low=0)
    positive = np.sort(given[given > 0])[::-1]
    if (mass is None) == (rank is None):
        raise ShareError("the gate's bar stands either by mass or by rank", todo="give one of mass and rank")
    if not positive.size:
        return 0.0
    if rank is not None:
        return float(positive[min(whole("rank", rank, low=1), positive.size) - 1])
    target = float(fraction("mass", mass, low=0, high=1)) * positive.sum()
    reached = np.cumsum(positive) >= target * (1 - 1e-12)
    return float(positive[int(np.argmax(reached))])


def hill_gate(
    shares: Numbers,
    exponent: Numbers = 3.0,
    *,
    mass: Number | None = None,
    rank: Number | None = None,
    bar: Number | None = None,
) -> Floats:
    """Shares through a Hill gate: `s / (1 + (bar / s)^h)`, normalised (from 2026-07-27).

    Under the bar by mass, raising one subnet's input can lower its share, because the bar moves with it; under a bar
    by rank or one that stands still it never does.

    Parameters
    ----------
    shares
        Shares before the gate.
    exponent
        h, above 0: how sharp the gate is.
    mass
        The bar by mass (2026-07-27: 0.61 by default, 0.75 live); the default where no rank is given.
    rank
        The bar by rank (from August 2026: 32).
    bar
        A bar that stands still, a share: the chain computes it anew only every 360 blocks.
    """
    given = _vector("shares", shares, low=0)
    sharpness = float(numbers("exponent", exponent))
    if sharpness <= 0:
        raise OutOfRangeError(f"exponent is {sharpness:g}", allowed="above 0")
    if bar is not None and not (mass is None and rank is None):
        raise ShareError("the gate's bar is given twice", todo="give one of bar, mass and rank")
    if bar is None:
        bar = gate_bar(given, mass=MASS_QUANTILE if mass is None and rank is None else mass, rank=rank)
    height = float(numbers("bar", bar, low=0))
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        ratio = np.where(given > 0, height / given, np.inf)
        return _normalised(given / (1 + ratio**sharpness))


def ranked_tiers(
    scores: Numbers,
    *,
    first: int = BAR_RANK,
    second: int = BAR_RANK,
    first_share: Numbers = SHARE_FIRST_TIER,
) -> Floats:
    """Shares by tier: the best 32 share 75 %, the next 32 share 25 %, the rest nothing; by score inside a tier.

    Parameters
    ----------
    scores
        Scores after the gate and the filter of enabled subnets, in the order of subnet numbers; of equal scores the
        earlier ranks higher.
    first, second
        Sizes of the tiers.
    first_share
        Share of the first tier; it receives everything where no subnet is left for the second.
    """
    given = _vector("scores", scores, low=0)
    order = np.argsort(-given, kind="stable")
    order = order[given[order] > 0]
    ahead = whole("size of the first tier", first, low=1)
    tiers = (order[:ahead], order[ahead : ahead + whole("size of the second tier", second, low=0)])
    share = float(numbers("share of the first tier", first_share, low=0, high=1)) if tiers[1].size else 1.0
    result = np.zeros_like(given)
    for tier, part in zip(tiers, (share, 1 - share), strict=True):
        result[tier] = part * _normalised(given[tier])
    return result


def enabled_shares(shares: Numbers, enabled: NDArray[np.bool_] | list[bool]) -> Floats:
    """Shares after subnets with emission switched off lose theirs to the others (from May 2026)."""
    given = _vector("shares", shares, low=0)
    on = np.asarray(enabled, dtype=bool)
    if on.shape != given.shape:
        raise ShareError(f"{on.size} switches for {given.size} subnets", todo="give one per subnet")
    return given if on.all() else _normalised(np.where(on, given, 0.0))
