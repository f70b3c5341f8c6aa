"""Counts of a vote, exact: what was cast for each option, and how large the bodies are that a rule measures it by."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from model.errors import OutOfRangeError

Count = int | float | str | Decimal | Fraction
"""What a count may be written as; 2.9 and "2.9" are both exactly 29/10."""

OPTIONS = ("yes", "no", "abstain", "veto")

ELECTORATES: dict[str, str] = {
    "supply": "total supply",
    "circulating": "circulating supply",
    "bonded": "bonded stake",
    "delegated": "delegated voting power",
    "locked": "locked tokens (vote escrow)",
    "stake": "active stake",
    "voting_power": "all eligible voting power",
    "members": "seats",
}
"""Bodies that rules measure a vote by, in words."""

_SAME = {
    "total": "electorate",
    "total_supply": "supply",
    "ve_supply": "locked",
    "active_stake": "stake",
    "staked": "stake",
    "total_stake": "stake",
    "seats": "members",
    "total_voting_power": "voting_power",
}


_SAME_OPTION = {"for": "yes", "against": "no", "no_with_veto": "veto"}


def exact(count: Count, name: str = "count") -> Fraction:
    """A count as an exact fraction; a float is read as it is written, so that 2.9 is 29/10.

    Raises
    ------
    OutOfRangeError
        For what is no finite number, or is negative.
    """
    found = _fraction(count.item() if hasattr(count, "item") else count)
    if found is None:
        raise OutOfRangeError(f"{name} is {str(count)[:40]!r}", allowed="a number from 0 on", todo="write it in digits")
    if found < 0:
        raise OutOfRangeError(f"{name} is {str(count)[:40]}", allowed="0 or more", todo="remove the minus")
    return found


_WRITTEN = re.compile(r"\d{1,60}(\.\d{1,60})?(/\d{1,60})?")


def _fraction(count: object) -> Fraction | None:
    """What is written, exactly; None for what is no finite number."""
    if isinstance(count, bool):
        return None
    if isinstance(count, (int, Fraction)):
        return Fraction(count)
    text = str(count)
    if _WRITTEN.fullmatch(text):
        return None if re.search(r"/0+$", text) else _quotient(text)
    try:
        number = float(text)
    except (ValueError, OverflowError):
        return None
    return Fraction(Decimal(repr(number))) if math.isfinite(number) else None


def _quotient(text: str) -> Fraction:
    top, _, bottom = text.partition("/")
    return Fraction(top) / Fraction(bottom or 1)


def _ballots(count: Count | Sequence[Count], name: str) -> tuple[Fraction, ...]:
    if isinstance(count, (int, float, str, Decimal, Fraction)) or not hasattr(count, "__len__"):
        return (exact(count, name),)  # type: ignore[arg-type]
    return tuple(exact(one, name) for one in count)


@dataclass(frozen=True, init=False)
class Votes:
    """What was cast, in any one unit of voting power.

    Each of yes, no, abstain and veto is a sum, or a list of single ballots where the rule weighs each of them
    (quadratic voting). Sizes of bodies are given by name (`supply=`, `bonded=`, `voting_power=`, `members=` ...), or as
    `electorate=` (also `total=`) for the body that the rule measures by, whichever that is.

    Attributes
    ----------
    sizes
        Sizes of bodies by name.
    chambers
        Votes of further bodies, by the name that the rule gives them.
    proposer
        Voting power behind the proposal when it was made, where a rule asks for some.
    """

    yes: Fraction
    no: Fraction
    abstain: Fraction
    veto: Fraction
    sizes: Mapping[str, Fraction]
    chambers: Mapping[str, Votes]
    ballots: Mapping[str, tuple[Fraction, ...]]
    proposer: Fraction | None

    def __init__(
        self,
        yes: Count | Sequence[Count] = 0,
        no: Count | Sequence[Count] = 0,
        abstain: Count | Sequence[Count] = 0,
        veto: Count | Sequence[Count] = 0,
        electorate: Count | None = None,
        *,
        chambers: Mapping[str, Votes] | None = None,
        proposer: Count | None = None,
        **sizes: Count | None,
    ) -> None:
        given = dict(zip(OPTIONS, (yes, no, abstain, veto), strict=True))
        ballots = {name: _ballots(count, name) for name, count in given.items()}
        for name, cast in ballots.items():
            object.__setattr__(self, name, sum(cast, Fraction(0)))
        object.__setattr__(self, "ballots", MappingProxyType(ballots))
        found = {} if electorate is None else {"electorate": exact(electorate, "electorate")}
        for word, size in sizes.items():
            name = _SAME.get(word, word)
            if name != "electorate" and name not in ELECTORATES:
                allowed = ", ".join(("electorate", *ELECTORATES))
                raise OutOfRangeError(f"votes have no {word[:40]!r}", allowed=allowed)
            if size is not None:
                found[name] = exact(size, word)
        object.__setattr__(self, "sizes", MappingProxyType(found))
        object.__setattr__(self, "chambers", MappingProxyType(dict(chambers or {})))
        object.__setattr__(self, "proposer", None if proposer is None else exact(proposer, "proposer"))

    @classmethod
    def of(cls, given: Votes | Mapping[str, Any], electorate: Count | None = None) -> Votes:
        """Votes by name: options, sizes of bodies, proposer and chambers as `Votes` takes them; missing is nothing.

        Raises
        ------
        OutOfRangeError
            For a name that votes do not have, and for what holds no counts by name.
        """
        if isinstance(given, Votes):
            return given
        if not isinstance(given, Mapping):
            raise OutOfRangeError(
                f"{str(given)[:40]!r} are no votes",
                where="votes",
                allowed="Votes, or counts by name such as {'yes': 3, 'no': 2, 'total': 100}",
            )
        named = {_SAME_OPTION.get(str(word), str(word)): count for word, count in given.items()}
        named["chambers"] = {name: cls.of(votes) for name, votes in (named.get("chambers") or {}).items()}
        return cls(**{"electorate": electorate, **named})

    @property
    def cast(self) -> Fraction:
        """All that was cast, abstentions among it."""
        return self.yes + self.no + self.abstain + self.veto

    def size(self, kind: str) -> Fraction | None:
        """Size of a body: by its name, else as `electorate`, else the only size given; None if there is none."""
        for name in (kind, "electorate"):
            if name in self.sizes:
                return self.sizes[name]
        return next(iter(self.sizes.values())) if len(self.sizes) == 1 else None
