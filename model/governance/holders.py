"""Who holds how much and who of them can vote: one list of a vote, drawn from buckets or given row by row."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from model.engine.worlds import Floats, Integers
from model.errors import OutOfRangeError, UnknownKeyError
from model.governance.stake_shapes import MOST_HOLDERS, Shape, drawn_stakes, typical_stakes, with_largest
from model.presets.network import Network

Flags = npt.NDArray[np.bool_]

UNITS = 10**12
"""Whole units into which all stakes of a list are divided, so that rules compare integers; a few less where all
stakes are multiples of one amount, such as seats, so that two of three are two thirds."""

GROUPS = {
    "providers": "Compute providers",
    "data": "Data contributors",
    "miners": "Model miners",
    "validators": "Validators",
    "owners": "Subnet owners",
    "stakers": "Stakers",
    "users": "Users",
    "treasury": "Treasury",
    "team": "Team and investors",
    "passive": "Passive holders",
}
"""Kinds of holders, in the order of every table."""

_LEDGER = {
    "providers": ("role.providers", "role.compute", "role.nodes"),
    "data": ("role.data",),
    "miners": ("role.models", "role.miners"),
    "validators": ("role.validators", "stakers"),
    "owners": ("role.owners",),
    "team": ("locked", "passive"),
}
"""Groups of the ledger of gains that stand for a kind of holder, the first that a network has; else its own name."""

_ROUNDING = 1e-9
"""Parts of a stake below which a difference is the rounding of floating numbers."""


def ledger_key(group: str, keys: Iterable[str]) -> str | None:
    """Group of the ledger whose gains a kind of holder has; None where the network counts no such group."""
    known = set(keys)
    return next((key for key in _LEDGER.get(group, (group,)) if key in known), None)


@dataclass(frozen=True)
class Bucket:
    """Holders of one kind before they are drawn one by one.

    Attributes
    ----------
    group
        One of `GROUPS`.
    tokens
        What they hold together.
    holders
        How many they are.
    votes
        Whether they may vote; locked tokens of a team vote in some networks and not in others.
    largest
        Share of the bucket that its largest holder has; 0 leaves it to the shape.
    """

    group: str
    tokens: float
    holders: int
    votes: bool = True
    shape: Shape = field(default_factory=Shape)
    largest: float = 0.0

    def __post_init__(self) -> None:
        _known(self.group)
        if not (math.isfinite(self.tokens) and self.tokens >= 0):
            raise OutOfRangeError(
                f"{GROUPS[self.group]} hold {self.tokens} tokens", where="tokens", allowed="0 or more"
            )
        if not 1 <= self.holders <= MOST_HOLDERS:
            raise OutOfRangeError(
                f"there are {self.holders} holders", where=GROUPS[self.group], allowed=f"1 to {MOST_HOLDERS}"
            )
        if not 0 <= self.largest < 1 or (self.largest and self.largest * self.holders < 1):
            raise OutOfRangeError(
                f"the largest of {self.holders} holders has {self.largest:.3g}",
                where=GROUPS[self.group],
                allowed="a share below 1, and no less than an equal one; 0 leaves it to the shape",
            )


def _known(group: str) -> None:
    if group not in GROUPS:
        raise UnknownKeyError(f"there is no kind of holder {group[:40]!r}", where="group", allowed=", ".join(GROUPS))


@dataclass(frozen=True, eq=False)
class Holders:
    """Everybody whose stake counts in a vote, those who may not vote included.

    Attributes
    ----------
    stakes
        Shape (holders,): tokens, or whatever unit of voting power the rule counts; largest first, all above zero.
    groups
        Shape (holders,): place in `GROUPS`.
    voting
        Shape (holders,): whether the holder may vote.
    names
        Names of the holders that have one, by place; a drawn list has none.
    """

    stakes: Floats
    groups: Integers
    voting: Flags
    names: dict[int, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """Holders in the list."""
        return int(self.stakes.size)

    @cached_property
    def total(self) -> float:
        """All stakes together."""
        return float(self.stakes.sum())

    @cached_property
    def eligible(self) -> float:
        """Stakes of those who may vote."""
        return float(self.stakes[self.voting].sum())

    @cached_property
    def _step(self) -> float:
        """Amount of which every stake is a whole multiple: one, or the smallest stake; 0 where there is none."""
        for step in (1.0, float(self.stakes[-1])):
            parts = self.stakes / step
            if parts.sum() <= UNITS and np.abs(parts - np.rint(parts)).max() < _ROUNDING and parts[-1] >= 0.5:
                return step
        return 0.0

    @cached_property
    def units(self) -> Integers:
        """Shape (holders,): stakes as whole units of which all holders together have about `UNITS`.

        Exact where stakes are multiples of one amount, else rounded down. Only proportions enter, so that a list in
        another unit of account gives the same votes.
        """
        if not self._step:
            return np.asarray(np.floor(self.stakes / self.total * UNITS), dtype=np.int64)
        parts = np.asarray(np.rint(self.stakes / self._step), dtype=np.int64)
        return np.asarray(parts * (UNITS // int(parts.sum())))

    def in_units(self, amount: float | Fraction) -> Fraction:
        """An amount of stake in the units of `units`, not rounded."""
        if not self._step:
            return Fraction(amount) * UNITS / Fraction(self.total)
        parts = Fraction(amount) / Fraction(self._step)
        if abs(parts - round(parts)) < _ROUNDING:
            parts = Fraction(round(parts))
        return parts * (UNITS // round(self.total / self._step))

    @cached_property
    def stake_of_unit(self) -> float:
        """Stake that one unit of `units` stands for."""
        return float(1 / self.in_units(1))

    def group_names(self) -> list[str]:
        """Kind of each holder, in words of `GROUPS`."""
        keys = list(GROUPS)
        return [keys[place] for place in self.groups]

    def name(self, place: int) -> str:
        """What a holder is called: its name, or its kind and rank."""
        return self.names.get(place) or f"{GROUPS[list(GROUPS)[int(self.groups[place])]]}, number {place + 1} by stake"

    def without(self, places: Sequence[int] | Integers) -> Holders:
        """The list without some holders, who leave both the votes and the electorate.

        Raises
        ------
        OutOfRangeError
            When nobody is left.
        """
        kept = np.setdiff1d(np.arange(self.count), np.asarray(places, dtype=np.int64))
        if not kept.size:
            raise OutOfRangeError("nobody is left in the list", where="holders", todo="leave at least one in")
        moved = {int(old): new for new, old in enumerate(kept)}
        names = {moved[old]: name for old, name in self.names.items() if old in moved}
        return Holders(self.stakes[kept], self.groups[kept], self.voting[kept], names)


def holders_from(
    stakes: Sequence[float] | Floats,
    groups: Sequence[str] | str = "passive",
    voting: Sequence[bool] | Flags | bool = True,
    names: Sequence[str] | None = None,
) -> Holders:
    """A list from its rows, sorted largest first; rows with nothing are left out.

    Raises
    ------
    OutOfRangeError
        For a stake that is negative or no number, or a list in which nobody holds anything.
    UnknownKeyError
        For a kind of holder that is none of `GROUPS`.
    """
    amounts = np.asarray(stakes, dtype=np.float64)
    if not amounts.size or not np.isfinite(amounts).all() or (amounts < 0).any() or not amounts.any():
        raise OutOfRangeError("the stakes are not usable", where="holders", allowed="numbers from 0 on, one above 0")
    kinds = [groups] * amounts.size if isinstance(groups, str) else list(groups)
    for kind in set(kinds):
        _known(kind)
    places = {name: place for place, name in enumerate(GROUPS)}
    order = np.argsort(-amounts, kind="stable")
    order = order[amounts[order] > 0]
    flags = np.broadcast_to(np.asarray(voting, dtype=np.bool_), amounts.shape)
    named = {} if names is None else {new: names[old] for new, old in enumerate(order) if names[old]}
    return Holders(
        amounts[order], np.array([places[kinds[i]] for i in order], dtype=np.int64), flags[order].copy(), named
    )


# ---- drawn lists ----------------------------------------------------------------------------------------
_Draw = Callable[[Bucket, int], Floats]


@dataclass(frozen=True)
class Plan:
    """A list that is not known holder by holder: buckets to draw from, and holders whose stake is known.

    Attributes
    ----------
    named
        (name, kind, tokens, may vote) of known holders, who are in no bucket.
    """

    buckets: tuple[Bucket, ...]
    named: tuple[tuple[str, str, float, bool], ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether no bucket leaves anything to chance, so that every draw is the same list."""
        return all(b.tokens == 0 or b.holders == 1 or b.shape.kind == "zipf" or not b.shape.value for b in self.buckets)

    def draw(self, seed: int, draw: int = 0) -> Holders:
        """One list out of many that fit: the same for the same seed and draw."""
        return self._listed(
            lambda b, at: drawn_stakes(b.shape, b.holders, seed=seed, name=f"{at}.{b.group}", draw=draw)
        )

    def typical(self) -> Holders:
        """The list without chance: every bucket at evenly spaced quantiles of its shape."""
        return self._listed(lambda b, _: typical_stakes(b.shape, b.holders))

    def _listed(self, stakes_of: _Draw) -> Holders:
        stakes, groups, voting, names = [], [], [], []
        for name, group, tokens, votes in self.named:
            stakes.append(np.array([tokens]))
            groups.append(group)
            voting.append(votes)
            names.append(name)
        for at, bucket in enumerate(self.buckets):
            if not bucket.tokens:
                continue
            stakes.append(bucket.tokens * with_largest(stakes_of(bucket, at), bucket.largest))
            groups += [bucket.group] * bucket.holders
            voting += [bucket.votes] * bucket.holders
            names += [""] * bucket.holders
        if not stakes:
            raise OutOfRangeError("nobody holds anything", where="holders", todo="give one bucket some tokens")
        return holders_from(np.concatenate(stakes), groups, voting, names)


def plan_of(network: Network, *, sigma: float = 3.0, voting: Iterable[str] | None = None) -> Plan:
    """Buckets of a network at its date: float, stake, treasury and locked tokens, as its preset has them.

    The model has no list of holders: counts, the spread and who votes are assumed, and a page says so.

    Parameters
    ----------
    voting
        Kinds that may vote; None lets passive holders and stakers vote.
    """
    start = network.initial
    shape = Shape("log-normal", sigma)
    may = {"passive", "stakers"} if voting is None else set(voting)
    locked = sum(value for key, value in start.items() if key == "locked" or key.startswith("locked."))
    sizes = (
        ("passive", start.get("float_supply", 0.0), 1500),
        ("stakers", start.get("staked", 0.0), 480),
        ("treasury", start.get("treasury", 0.0), 1),
        ("team", locked, 20),
    )
    return Plan(
        tuple(Bucket(group, tokens, count, group in may, shape) for group, tokens, count in sizes if tokens > 0)
    )
