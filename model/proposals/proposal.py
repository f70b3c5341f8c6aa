"""What a proposal or a stress says: a header, its sources and dated provisions."""

from __future__ import annotations

import datetime as dt
import difflib
import math
import re
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import Field, model_validator

from model.parameters import Parameter, parameters_by_word
from model.presets.form_parts import Effect, Grade, Payer, StrictForm
from model.supply_events import SupplyEvent

Status = Literal["proposed", "passed", "defeated", "in-force", "what-if"]

ANY = "any"
"""Network of a proposal that can be put on every network."""

WAYS = ("to", "by", "by_factor", "at_least", "at_most")
"""How a provision may move its key; exactly one of them stands in a provision with a key."""

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+){0,2}")

Text = Annotated[str, Field(min_length=1, max_length=2000)]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]

_SINGLES = {p.single: p for p in parameters_by_word.values() if p.single}


def parameter_of(key: str) -> Parameter | None:
    """The declaration that a written key is about, whatever role, stream or bucket stands before it."""
    parts = key.split(".")
    if len(parts) > 1 and parts[-1].isdigit():
        parts.pop()
    return parameters_by_word.get(parts[-1]) or _SINGLES.get(parts[-1])


class Citation(StrictForm):
    """Where the words or numbers of a proposal come from."""

    title: Text
    link: Annotated[str, Field(max_length=400, pattern=r"^(https?://\S+)?$")] = ""
    date: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    grade: Grade


class Affiliate(StrictForm):
    """What somebody declared of the proposers: a share of a role, of stake, or of another group that gains or loses.

    Attributes
    ----------
    of
        A group of the ledger of gains: "role.compute", "stakers", "treasury", "passive", "locked" ...
    share
        Of what that group holds and receives.
    """

    who: Text
    of: Annotated[str, Field(pattern=r"^(role\.)?[a-z][a-z0-9_]*$", max_length=60)]
    share: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)]
    source: str


class DatedEvent(StrictForm):
    """Tokens minted, burned or moved on a day.

    Attributes
    ----------
    tokens
        How many; with `of`, as a multiple of it.
    of
        "" for tokens, "supply" for the first day's supply, or "revenue" for a year of the first day's revenue in tokens
        at the first day's price. Only a stress has multiples: a proposal names what it mints.
    """

    date: dt.date
    effect: Effect
    tokens: Annotated[float, Field(ge=0, lt=1e18, allow_inf_nan=False)]
    of: Literal["", "supply", "revenue"] = ""


class Provision(StrictForm):
    """One thing that changes, from a date on.

    Attributes
    ----------
    id
        Name inside the proposal ("node-pay"); links and "without this" use it.
    key
        Parameter key of the contract; without a prefix it means every stream or role that has it.
    to, by, by_factor, at_least, at_most
        Exactly one of them where there is a key: the new value; a difference or a factor on what is in force; a floor
        or a ceiling that leaves alone what already keeps to it.
    of
        What `to`, `by`, `at_least` and `at_most` are multiples of: "" for the parameter's own unit, or the first
        day's "revenue" (USD/yr), "emission" or "supply" (tokens) under today's rules.
    set
        Several keys with their new values that change together, such as a whole split of revenue.
    events
        Supply events instead of a key.
    start
        First day; None is the first day of the projection.
    phase_in_months
        It moves in linearly over this time from its start.
    end
        Day from which it no longer holds; None lasts.
    funded_by
        Who pays when a share of revenue moves; None is the network's own balance.
    expected
        True for an assumption that the proposal expects to move (use that it would bring); no vote decides it.
    source
        Name of one of the proposal's sources.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    title: Text
    key: str = ""
    to: Number | None = None
    by: Number | None = None
    by_factor: Annotated[Number, Field(ge=0)] | None = None
    at_least: Number | None = None
    at_most: Number | None = None
    of: Literal["", "revenue", "emission", "supply"] = ""
    set: dict[str, Number] = Field(default_factory=dict)
    events: tuple[DatedEvent, ...] = ()
    start: dt.date | None = None
    phase_in_months: Annotated[float, Field(ge=0, le=1200, allow_inf_nan=False)] = 0.0
    end: dt.date | None = None
    funded_by: Payer | None = None
    expected: bool = False
    source: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _says_one_thing(self) -> Provision:
        ways = [way for way in WAYS if getattr(self, way) is not None]
        if sum((bool(self.key), bool(self.set), bool(self.events))) != 1:
            raise ValueError(f"the provision {self.id!r} has exactly one of key, set and events")
        if self.key and len(ways) != 1:
            raise ValueError(f"the provision {self.id!r} says exactly one of {', '.join(WAYS)} for its key")
        if not self.key and (ways or self.of):
            raise ValueError(f"the provision {self.id!r} has no key that {(ways or ['of'])[0]} could be about")
        if self.of and self.by_factor is not None:
            raise ValueError(f"the provision {self.id!r} has a factor, which is not a multiple of {self.of}")
        if self.end is not None and self.start is not None and self.end <= self.start:
            raise ValueError(f"the provision {self.id!r} ends on {self.end}, before it starts")
        if self.events and (self.start or self.end or self.phase_in_months):
            raise ValueError(f"the events of {self.id!r} have dates of their own")
        for key in self.keys:
            self._check_key(key)
        return self

    def _check_key(self, key: str) -> None:
        declared = parameter_of(key) if _KEY.fullmatch(key) else None
        if declared is None:
            near = difflib.get_close_matches(key.rpartition(".")[2], [*parameters_by_word, *_SINGLES], 1, 0.5)
            meant = f"; did you mean {near[0]!r}" if near else ""
            raise ValueError(f"the provision {self.id!r} names {key[:60]!r}, which no parameter has{meant}")
        if self.expected != (declared.kind == "assumption"):
            told = "an assumption, so it needs expected = true" if not self.expected else "a lever, which a vote moves"
            raise ValueError(f"the provision {self.id!r} moves {key}, {told}")
        value = self.set.get(key, self.to if not self.of else None)
        if value is not None and not declared.minimum <= value <= declared.maximum:
            raise ValueError(
                f"the provision {self.id!r} sets {key} to {value:g}; allowed: {declared.minimum:g} to "
                f"{declared.maximum:g}, {declared.unit}"
            )

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys as written."""
        return (self.key,) if self.key else tuple(self.set)

    @property
    def way(self) -> str:
        """How its key moves: one of `WAYS`; "to" for a set; empty for events."""
        return next((way for way in WAYS if getattr(self, way) is not None), "to" if self.set else "")

    def supply_events(self, size: Callable[[str], float]) -> tuple[SupplyEvent, ...]:
        """Its events in the form of the model; `size` gives the tokens that a multiple is of."""
        return tuple(
            SupplyEvent(e.date, e.effect, e.tokens * (size(e.of) if e.of else 1.0), self.title) for e in self.events
        )

    def target(self, key: str, value: float, size: float) -> float:
        """New value of one of its keys.

        Parameters
        ----------
        value
            What is in force without it.
        size
            What `of` amounts to; 1 where it is empty.
        """
        if self.set:
            return self.set[key]
        if self.by_factor is not None:
            return value * self.by_factor
        if self.by is not None:
            return math.fsum((value, self.by * size))
        if self.at_least is not None:
            return max(value, self.at_least * size)
        if self.at_most is not None:
            return min(value, self.at_most * size)
        return (self.to or 0.0) * size


class Proposal(StrictForm):
    """A proposal, or a stress of the same form.

    Attributes
    ----------
    network
        "render@2025-12" (the vintage on which it was put), or "any".
    example
        Network on which the expected result of a proposal for any network is computed.
    builds_on
        Names of earlier proposals that were in force when it was put; they hold in the baseline too.
    put, decided
        Days on which it was put and decided, where known.
    encoded_by, as_of
        Who wrote this file, and the day its figures are of.
    models, does_not_model
        Its scope, in words.
    affiliates
        What the proposers declared to hold of those who gain or lose; None is unknown, an empty list is declared none.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
    title: Text
    kind: Literal["proposal", "stress"] = "proposal"
    network: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(@\d{4}-\d{2})?$")]
    example: Annotated[str, Field(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*(@\d{4}-\d{2})?)?$")] = ""
    builds_on: tuple[str, ...] = ()
    status: Status
    put: dt.date | None = None
    decided: dt.date | None = None
    author: Text
    summary: Text
    encoded_by: Text
    as_of: dt.date
    models: tuple[Text, ...] = Field(min_length=1)
    does_not_model: tuple[Text, ...] = Field(min_length=1)
    affiliates: tuple[Affiliate, ...] | None = None
    sources: dict[str, Citation] = Field(min_length=1)
    provisions: tuple[Provision, ...] = Field(max_length=60)

    @model_validator(mode="after")
    def _fits_together(self) -> Proposal:
        ids = [provision.id for provision in self.provisions]
        if len(set(ids)) < len(ids):
            raise ValueError("two provisions have the same id")
        if self.put and self.decided and self.decided < self.put:
            raise ValueError(f"it is decided on {self.decided}, before it is put on {self.put}")
        if self.put is None and self.status != "what-if":
            raise ValueError(f"a proposal that is {self.status} has a put date")
        for provision in self.provisions:
            if provision.source and provision.source not in self.sources:
                raise ValueError(
                    f"the provision {provision.id!r} cites {provision.source!r}; allowed: {', '.join(self.sources)}"
                )
            if self.kind == "stress" and not (provision.expected or provision.events):
                raise ValueError(f"the stress moves {', '.join(provision.keys)}, a lever; a stress moves assumptions")
            if self.kind == "proposal" and any(event.of for event in provision.events):
                raise ValueError(f"the events of {provision.id!r} are multiples, which only a stress may have")
        for affiliate in self.affiliates or ():
            if affiliate.source not in self.sources:
                raise ValueError(f"an affiliate cites {affiliate.source!r}; allowed: {', '.join(self.sources)}")
        if self.builds_on and (self.kind == "stress" or self.network == ANY):
            raise ValueError("only a proposal for one network builds on others")
        return self

    @property
    def is_for_any(self) -> bool:
        """Whether it can be put on every network."""
        return self.network == ANY

    @property
    def home(self) -> str:
        """Network on which it opens and its expected result is computed."""
        return (self.example or "payment") if self.is_for_any else self.network

    def provision(self, name: str) -> Provision | None:
        """One provision by its id."""
        return next((provision for provision in self.provisions if provision.id == name), None)


def is_name(text: str) -> bool:
    """Whether a text can be the name of a proposal or a provision."""
    return len(text) <= 80 and _NAME.fullmatch(text) is not None
