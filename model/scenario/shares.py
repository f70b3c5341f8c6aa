"""Who pays when a share moves: shares of revenue and of emission always sum to one (section 17.2)."""

from __future__ import annotations

import math
from collections.abc import Mapping

from model.errors import ShareError
from model.structure import Structure
from model.validation import (
    SHARE_TOLERANCE,
    as_percent,
    emission_share_keys,
    fee_share_keys,
    labels_of,
    plain,
    revenue_of,
)

ROUNDING = 1e-12

PAYERS = ("providers", "stakers", "treasury", "users")
"""Who can fund a change of a share of revenue."""


def spread(
    values: Mapping[str, float], keys: list[str], total: float, weights: Mapping[str, float]
) -> dict[str, float]:
    """New values of some shares that sum to `total`, in proportion to what they are (or to weights if all are zero)."""
    now = math.fsum(values[key] for key in keys)
    if now > 0:
        return {key: values[key] * total / now for key in keys}
    whole = math.fsum(weights.get(key, 1.0) for key in keys)
    return {key: total * weights.get(key, 1.0) / whole for key in keys}


def role_weights(structure: Structure, values: Mapping[str, float], keys: list[str]) -> dict[str, float]:
    """How a share that no role has yet would be divided: by the roles' weights in quality."""
    if structure.one_role:
        return dict.fromkeys(keys, 1.0)
    return {key: values[f"{role}.quality_weight"] for key, role in zip(keys, structure.roles, strict=True)}


def settle_revenue(structure: Structure, values: dict[str, float], changed: set[str], payer: str) -> dict[str, float]:
    """Let the payer of each stream take what changed shares leave or lack.

    Parameters
    ----------
    values
        All parameters, changed shares already set.
    changed
        Keys that were set by hand; the payer's own share is not touched when it is among them.
    payer
        providers, stakers, treasury or users.

    Raises
    ------
    ShareError
        When the payer cannot pay; names the shortfall.
    """
    if payer not in PAYERS:
        raise ShareError(f"{payer!r} cannot pay", where="funded_by", allowed=", ".join(PAYERS))
    result = dict(values)
    for stream in structure.streams:
        keys = fee_share_keys(structure, stream)
        members = [key for part in keys.values() for key in part]
        if not changed & set(members):
            continue
        missing = 1 - math.fsum(result[key] for key in members)
        if abs(missing) <= SHARE_TOLERANCE:
            continue
        if payer == "users":
            result.update(_users_pay(structure, result, stream, missing, changed))
        else:
            result.update(_receiver_pays(structure, result, keys, payer, missing, changed, stream))
    return result


def _receiver_pays(
    structure: Structure,
    values: Mapping[str, float],
    keys: dict[str, list[str]],
    payer: str,
    missing: float,
    changed: set[str],
    stream: str,
) -> dict[str, float]:
    free = [key for key in keys[payer] if key not in changed]
    total = math.fsum(values[key] for members in keys.values() for key in members)
    whole = revenue_of(structure, stream)
    if not free:
        raise ShareError(
            f"the shares of {whole} sum to {as_percent(total)}, and the one that would pay is set by hand: "
            f"{labels_of(structure, keys[payer])}",
            where=", ".join(keys[payer]),
            allowed="a sum of 100%",
            todo="change one share or name another payer",
        )
    has = math.fsum(values[key] for key in free)
    if has + missing < -SHARE_TOLERANCE:
        raise ShareError(
            f"{payer} cannot pay for this: {labels_of(structure, free)} {_is(free)} {as_percent(has)} of {whole}, and "
            f"{as_percent(-missing)} would be needed, {plain(-100 * (missing + has))} percentage points more",
            where=", ".join(free),
            allowed=f"up to {as_percent(has)}",
            todo="lower the change or name another payer",
        )
    weights = role_weights(structure, values, keys[payer]) if payer == "providers" else {}
    left = has + missing
    # What rounding leaves of a share that is given away whole is nothing.
    return spread(values, free, left if left > ROUNDING else 0.0, weights)


def most_payable(structure: Structure, values: Mapping[str, float], key: str, moved: set[str], payer: str) -> float:
    """The highest that a share of revenue can be while its payer gives all that it has; 1 where nothing bounds it.

    Parameters
    ----------
    values
        All parameters as they are.
    moved
        Keys that were set by hand, which pay for nothing.
    """
    for stream in structure.streams:
        keys = fee_share_keys(structure, stream)
        free = [own for own in keys.get(payer, []) if own not in moved and own != key]
        if free and any(key in members for members in keys.values()):
            return values[key] + math.fsum(values[own] for own in free)
    return 1.0


def _is(keys: list[str]) -> str:
    return "is" if len(keys) == 1 else "are together"


def _users_pay(
    structure: Structure, values: Mapping[str, float], stream: str, missing: float, changed: set[str]
) -> dict[str, float]:
    """A burn on top of the service price: the burn share of revenue stays, the surcharge takes the change."""
    burn = structure.key("burn_share", stream=stream)
    surcharge = structure.key("user_surcharge", stream=stream)
    if burn not in changed or any(
        key in changed
        for part, members in fee_share_keys(structure, stream).items()
        if part != "burn"
        for key in members
    ):
        raise ShareError(
            "users can only fund a change of the burn share, as a surcharge that is burned",
            where=burn,
            allowed="a change of the burn share alone",
            todo="name providers, stakers or treasury as payer",
        )
    paid = values[surcharge] - missing
    if paid < -0.5 or values[burn] + missing < -SHARE_TOLERANCE:
        raise ShareError(
            "a discount to users cannot be deeper than half the price", where=surcharge, allowed="-50% to 200%"
        )
    # Rounded, so that a burn share that users do not pay out of stays exactly what it was.
    return {burn: max(round(values[burn] + missing, 12), 0.0), surcharge: round(paid, 12)}


def settle_emission(
    structure: Structure, values: dict[str, float], changed: set[str], balance: str
) -> dict[str, float]:
    """Let the balance (treasury, then providers pro rata) take what changed emission shares leave or lack.

    Raises
    ------
    ShareError
        When neither can pay.
    """
    keys = emission_share_keys(structure)
    members = [key for part in keys.values() for key in part]
    result = dict(values)
    if not changed & set(members):
        return result
    missing = 1 - math.fsum(result[key] for key in members)
    if abs(missing) <= SHARE_TOLERANCE:
        return result
    order = ["treasury", "providers"] if balance == "treasury" else ["providers", "treasury"]
    for payer in order:
        free = [key for key in keys[payer] if key not in changed]
        if not free or abs(missing) <= SHARE_TOLERANCE:
            continue
        has = math.fsum(result[key] for key in free)
        taken = max(missing, -has)
        weights = role_weights(structure, result, keys["providers"]) if payer == "providers" else {}
        result.update(spread(result, free, has + taken, weights))
        missing -= taken
    if abs(missing) > SHARE_TOLERANCE:
        total = 1 - missing
        raise ShareError(
            f"the shares of emission sum to {as_percent(total)}: {labels_of(structure, members)}",
            where=", ".join(members),
            allowed="a sum of 100%",
            todo="lower one of them; treasury and providers have no more to give up",
        )
    return result
