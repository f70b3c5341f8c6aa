"""Which parameters of a network a written key means, and what is told about a key that means none."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping

from model.errors import SHOWN, UnknownKeyError, nearest
from model.parameters import ParameterKey, parameter_keys
from model.structure import MODULES, Structure
from model.validation import is_number

_SET_ALL = frozenset({
    "burn_share", "provider_fee_share", "staker_fee_share", "treasury_fee_share", "user_surcharge", "demand_growth",
    "demand_elasticity", "cost_trend", "entry_speed", "exit_speed", "quality_speed", "quality_steepness",
    "buyback_share",
})  # fmt: skip
"""Words that may be given without prefix on a network with several streams or roles: they set all of them."""

_SCALE_ALL = frozenset({"demand_scale", "service_price", "unit_cost", "merit_weight"})
"""Words that may be given without prefix where each stream or role moves from a value of its own."""


def unknown_key(name: str, where: str, known: Iterable[str], *, hint: str = "") -> UnknownKeyError:
    """What is told about a key that nothing has, with the nearest ones that exist.

    Parameters
    ----------
    hint
        What to do, where more than its spelling is wrong; otherwise the nearest key is asked for.
    """
    keys = list(known)
    near = difflib.get_close_matches(name, keys, 1, 0.6)
    asked = f"did you mean {near[0]!r}" if near else "see the parameter reference for the keys of this network"
    return UnknownKeyError(
        f"there is no key {name[:60]!r}", where=where, allowed=nearest(name, keys), todo=hint or asked
    )


AS_A_GOAL = {
    "target_bonded_ratio": "goal_bonded_ratio",
    "inflation_floor": "goal_bonded_floor",
    "inflation_cap": "goal_bonded_cap",
    "inflation_response": "goal_bonded_response",
}
"""Keys of target-bonded inflation (section 2.5), and what steers a schedule of another family to such a goal."""


def with_goal_keys(changes: Mapping[str, float], shape: Structure, values: Mapping[str, float]) -> Mapping[str, float]:
    """Changes in which target-bonded keys mean the goal that steers a fixed share of supply.

    There inflation is the share times one plus a swing, so that floor, cap and response, which are rates, become
    multiples of that share.

    Parameters
    ----------
    values
        The network's values by contract key.
    """
    if shape.emission.startswith("target-bonded") or not any(key in AS_A_GOAL for key in changes):
        return changes
    found: dict[str, float] = {}
    for key, value in changes.items():
        if key == "target_bonded_ratio" and shape.uses("staking"):
            found[AS_A_GOAL[key]] = value
        elif key in AS_A_GOAL and shape.uses("staking") and shape.emission == "percentage" and is_number(value):
            rate = [changes.get(part, values[part]) for part in ("inflation_rate", "emission_scale")]
            found[AS_A_GOAL[key]] = value / (rate[0] * rate[1]) if rate[0] * rate[1] > 0 else math.inf
        else:
            found[key] = value
    return found


_PASSED_IN = {"lever": ("a lever", "changes"), "assumption": ("an assumption", "assumptions")}


def other_place(name: str, keys: Mapping[str, ParameterKey], starts: Iterable[str], kind: str) -> str:
    """What a key is that was passed in another place or without its prefix, and where it belongs; "" for no such key.

    Parameters
    ----------
    keys, starts
        Parameters by contract key, and names of starting values, of the network at hand.
    kind
        As what it was passed: "lever", "assumption", or "" for a starting value.
    """
    first = list(starts)
    if name in keys and keys[name].declared.kind != kind:
        what, argument = _PASSED_IN[keys[name].declared.kind]
        return f"it is {what}; pass it in {argument}"
    if name in first:
        return "it is a starting value; pass it in initial"
    own = [start for start in first if start.partition(".")[0] == name or start == name.partition(".")[0]]
    if own:
        return f"on this network it is {_one_of(own)}" + ("; pass it in initial" if kind else "")
    if name in AS_A_GOAL:
        return f"{AS_A_GOAL[name]} steers a schedule to a goal, as a multiple of it, where tokens are staked"
    own = [key for key in keys if key.rpartition(".")[2] == name]
    if not own:
        return ""
    argument = _PASSED_IN[keys[own[0]].declared.kind][1]
    other = "" if keys[own[0]].declared.kind == kind else f"; pass it in {argument}"
    return f"on this network it is {_one_of(own)}{other}"


def _one_of(names: list[str]) -> str:
    shown = " or ".join(map(repr, names[:SHOWN]))
    return shown if len(names) <= SHOWN else f"{shown} or one of {len(names) - SHOWN} more"


def resolve(
    key: str, shape: Structure, keys: Mapping[str, ParameterKey], *, from_own_value: bool = False
) -> tuple[str, ...] | None:
    """Contract keys that a written key means: itself, without a needless prefix, or all streams or roles at once."""
    if key in keys:
        return (key,)
    prefix, _, word = key.rpartition(".")
    parts = [part for part in prefix.split(".") if part]
    if parts and all(part in (*shape.streams, *shape.roles) for part in parts):
        kept = [
            p
            for p in parts
            if not (shape.one_stream and p in shape.streams) and not (shape.one_role and p in shape.roles)
        ]
        singles = (
            {
                "fee_share": "provider_fee_share",
                "emission_share": "provider_emission_share",
                "fiat_reward": "fiat_indexed_mint",
            }
            if shape.one_role
            else {}
        )
        name = ".".join([*kept, singles.get(word, word)])
        if name in keys:
            return (name,)
    if not prefix and (word in _SET_ALL or (from_own_value and word in _SCALE_ALL)):
        found = tuple(name for name in keys if name.rpartition(".")[2] == word)
        return found or None
    return None


def is_aggregate(key: str) -> bool:
    """Whether a key may mean the shares of all roles together."""
    return key.rpartition(".")[2] in ("provider_fee_share", "provider_emission_share")


def with_needed_modules(shape: Structure, written: Iterable[tuple[str, bool]]) -> Structure:
    """The structure with every module that a written key needs.

    Parameters
    ----------
    written
        Keys, each with whether it moves from a value of its own.
    """
    full = shape.with_modules(frozenset(MODULES))
    more, own = parameter_keys(full), parameter_keys(shape)
    needed = {
        more[name].declared.module
        for key, from_own_value in written
        for name in resolve(str(key), full, more, from_own_value=from_own_value) or ()
        if name not in own
    }
    return shape.with_modules(frozenset(needed & set(MODULES)))
