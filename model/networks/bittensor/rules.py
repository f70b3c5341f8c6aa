"""Every rule by which Bittensor has divided a block's TAO among subnets since 2025, over the same subnets.

The rules themselves are in `shares.py`; here each has a name, its time in force, and the inputs that it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from model.errors import ShareError, UnknownKeyError
from model.networks.bittensor.alpha_split import TAO_WEIGHT, root_proportion
from model.networks.bittensor.shares import (
    BAR_RANK,
    MASS_QUANTILE,
    SHARE_FIRST_TIER,
    enabled_shares,
    flow_shares,
    hill_gate,
    net_flow,
    price_shares,
    ranked_tiers,
)
from model.networks.bittensor.snapshot import ROOT_TAO
from model.networks.inputs import Floats


@dataclass(frozen=True, eq=False)
class Subnets:
    """What the rules read of n subnets.

    Attributes
    ----------
    names
        One per subnet, in the order of subnet numbers.
    price
        Moving price of alpha, TAO.
    burn
        Share of miners' pay that is withheld.
    alpha
        Alpha issued, in the pool and outside.
    user_flow, protocol_flow
        Moving averages of TAO into the pool from users, and from the protocol itself, in one unit.
    enabled
        Whether emission is switched on.
    root_tao
        TAO staked on root.
    """

    names: tuple[str, ...]
    price: Floats
    burn: Floats
    alpha: Floats
    user_flow: Floats
    protocol_flow: Floats
    enabled: NDArray[np.bool_]
    root_tao: float = ROOT_TAO

    def __post_init__(self) -> None:
        sizes = {np.size(part) for part in (self.price, self.burn, self.alpha, self.user_flow, self.protocol_flow)}
        if sizes | {np.size(self.enabled)} != {len(self.names)}:
            raise ShareError("inputs of subnets differ in length", todo="give one of each per subnet")

    @property
    def root_proportion(self) -> Floats:
        """Share of each subnet's validator pay that goes to TAO on root."""
        return np.asarray(root_proportion(self.root_tao, float(TAO_WEIGHT), self.alpha))


@dataclass(frozen=True)
class RuleSettings:
    """Settings that the chain's root may change.

    Attributes
    ----------
    mass, rank, exponent
        Of the Hill gate: where its bar stands, and how sharp it is.
    cutoff, flow_exponent
        Of shares by flow.
    first, second, first_share
        Sizes of the two tiers, and what the first one receives.
    """

    mass: float = MASS_QUANTILE
    rank: int = BAR_RANK
    exponent: float = 3.0
    cutoff: float = 0.0
    flow_exponent: float = 1.0
    first: int = BAR_RANK
    second: int = BAR_RANK
    first_share: float = SHARE_FIRST_TIER


@dataclass(frozen=True)
class ShareRule:
    """One rule: its title, its name in a sentence, its time in force, what it says in words, and its shares."""

    title: str
    plain: str
    since: str
    until: str
    words: str
    shares: Callable[[Subnets, RuleSettings], Floats]

    @property
    def titled(self) -> str:
        """Title with the time in force."""
        return f"{self.title} ({self.since} to {self.until})" if self.until else f"{self.title} (from {self.since})"


def _by_flow(subnets: Subnets, given: RuleSettings) -> Floats:
    return flow_shares(subnets.user_flow, given.cutoff, given.flow_exponent)


def _by_net_flow(subnets: Subnets, given: RuleSettings) -> Floats:
    net = net_flow(subnets.user_flow, subnets.protocol_flow)
    return _switched(subnets, flow_shares(net, given.cutoff, given.flow_exponent))


def _switched(subnets: Subnets, shares: Floats) -> Floats:
    return enabled_shares(shares, subnets.enabled)


def _burned(subnets: Subnets) -> Floats:
    return price_shares(subnets.price, subnets.burn)


def _by_tiers(subnets: Subnets, given: RuleSettings) -> Floats:
    gated = _switched(subnets, hill_gate(_burned(subnets), given.exponent, rank=given.rank))
    return ranked_tiers(gated, first=given.first, second=given.second, first_share=given.first_share)


RULES: Mapping[str, ShareRule] = {
    "price": ShareRule(
        "Price", "price alone", "2025-02-13", "2025-11-04", "Shares follow the moving price of alpha.",
        lambda own, _: price_shares(own.price),
    ),
    "flow": ShareRule(
        "Users' flow (Taoflow)", "users' flow", "2025-11-04", "2026-05-27",
        "Shares follow the TAO that users stake into a subnet less what they take out; at a loss it receives nothing.",
        _by_flow,
    ),
    "net-flow": ShareRule(
        "Net flow", "net flow", "2026-05-27", "2026-06-22",
        "As users' flow, less what the protocol itself put into the pool.",
        _by_net_flow,
    ),
    "price-burn-root": ShareRule(
        "Price x (1 - burn) x root proportion", "price less what is withheld with young subnets favoured",
        "2026-06-22", "2026-06-30",
        "Shares follow price, less what is withheld from miners, times the root proportion: young subnets gain.",
        lambda own, _: _switched(own, price_shares(own.price, own.burn, own.root_proportion)),
    ),
    "price-burn": ShareRule(
        "Price x (1 - burn)", "price less what is withheld", "2026-06-30", "2026-07-27",
        "Shares follow price, less what is withheld from miners.",
        lambda own, _: _switched(own, _burned(own)),
    ),
    "gate-mass": ShareRule(
        "Hill gate, bar by mass", "the gate with its bar by mass", "2026-07-27", "2026-08",
        "Price x (1 - burn) through a gate: below the bar a share shrinks fast; the bar is where the largest shares "
        "first add up to the mass.",
        lambda own, given: _switched(own, hill_gate(_burned(own), given.exponent, mass=given.mass)),
    ),
    "gate-rank": ShareRule(
        "Hill gate, bar by rank", "the gate with its bar by rank", "2026-08", "",
        "Price x (1 - burn) through a gate whose bar is the share at a rank.",
        lambda own, given: _switched(own, hill_gate(_burned(own), given.exponent, rank=given.rank)),
    ),
    "gate-rank-no-burn": ShareRule(
        "Hill gate, bar by rank, without burn", "the gate by rank on price alone", "2026-08-06", "2026-08-11",
        "As the gate by rank, with price alone: what is withheld from miners does not count.",
        lambda own, given: _switched(own, hill_gate(price_shares(own.price), given.exponent, rank=given.rank)),
    ),
    "tiers": ShareRule(
        "Ranked tiers", "ranked tiers", "later in 2026", "",
        "After the gate by rank, the first 32 subnets share 75%, the next 32 share 25%, the rest receive nothing.",
        _by_tiers,
    ),
}  # fmt: skip
"""Rules by key, in the order in which they came into force."""


def rules_until(day: date) -> tuple[str, str]:
    """Keys of the rule in force on a day, the last that came in, and of the one before it that lasted until then."""
    begun = [key for key, rule in RULES.items() if rule.since[:1].isdigit() and rule.since <= day.isoformat()]
    in_force = next(key for key in reversed(begun) if not RULES[key].until or day.isoformat() < RULES[key].until)
    return begun[max(begun.index(in_force) - 1, 0)], in_force


def rule_shares(rule: str, subnets: Subnets, settings: RuleSettings | None = None) -> Floats:
    """Shares of n subnets under one rule; they add up to one, or are all zero where the TAO stays unspent."""
    if rule not in RULES:
        raise UnknownKeyError(f"{rule!r} is no rule for subnets' shares", allowed=", ".join(RULES))
    return RULES[rule].shares(subnets, settings or RuleSettings())


@dataclass(frozen=True)
class ShareChange:
    """One subnet's share of emission under two rules."""

    name: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        """Share after less share before."""
        return self.after - self.before


def what_changes(
    before: str, after: str, subnets: Subnets, settings: RuleSettings | None = None
) -> tuple[ShareChange, ...]:
    """Every subnet's share under two rules, in the order of the subnets."""
    old, new = (rule_shares(rule, subnets, settings) for rule in (before, after))
    return tuple(ShareChange(*row) for row in zip(subnets.names, old.tolist(), new.tolist(), strict=True))


def moved(changes: Sequence[ShareChange]) -> float:
    """Share of emission that goes elsewhere: half of all differences, or all of it where one side pays nobody."""
    total_before, total_after = (sum(getattr(row, side) for row in changes) for side in ("before", "after"))
    gained = sum(max(row.difference, 0.0) for row in changes)
    lost = sum(max(-row.difference, 0.0) for row in changes)
    return max(gained, lost) if total_before != total_after else gained


def effect_of_more(
    rule: str, subnets: Subnets, place: int, factor: float, settings: RuleSettings
) -> tuple[float, float]:
    """A subnet's share before and after its own price is multiplied by `factor`, all else as it is."""
    price = subnets.price.copy()
    price[place] *= factor
    raised = Subnets(
        subnets.names, price, subnets.burn, subnets.alpha, subnets.user_flow, subnets.protocol_flow, subnets.enabled,
        subnets.root_tao,
    )  # fmt: skip
    return tuple(float(rule_shares(rule, own, settings)[place]) for own in (subnets, raised))  # type: ignore[return-value]
