"""The form in which a parameter is declared: every field that a widget, a link, a check or a document reads."""

from __future__ import annotations

from functools import partial
from typing import Literal

from pydantic import BaseModel, ConfigDict, model_validator

Kind = Literal["lever", "assumption", "initial"]
Scope = Literal["network", "role", "stream", "stream-role", "bucket", "merit-role", "table-year"]
Scale = Literal["", "value", "revenue", "emission", "supply"]
Format = Literal["percent", "number", "usd", "tokens", "years", "per-year", "switch"]


class Source(BaseModel):
    """Where a default or a range comes from: a title, a link where there is one, and a date."""

    model_config = ConfigDict(frozen=True)

    title: str
    link: str = ""
    date: str = ""


class Zone(BaseModel):
    """From this value on, the word under the slider."""

    model_config = ConfigDict(frozen=True)

    start: float
    word: str


class Parameter(BaseModel):
    """Everything the project says about one quantity that a person may set.

    Attributes
    ----------
    word
        The contract key without prefix (`burn_share`).
    single
        The word used where the network has one role (`provider_fee_share` for `fee_share`), if another.
    symbol
        LaTeX of the symbol; `{i}` stands for the role, stream or bucket index.
    what, enters, why_range
        What it is, how it enters the model, why this range; sentences.
    unit
        Unit in words a reader knows; shares and elasticities have "share" and "elasticity".
    kind
        A lever is what a vote can change, an assumption how the world behaves.
    minimum, maximum
        Hard bounds: beyond them a value is refused.
    usual_minimum, usual_maximum
        Usual bounds: beyond them a value is allowed and marked; also slider ends and tornado arms.
    scale
        What the usual bounds and the step are multiples of ("" for absolute numbers).
    module
        The part of the system that uses it; "" is the core.
    shown
        "main" stands in the first screen of levers, "detail" behind "more", "hidden" only in links and files.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    word: str
    single: str = ""
    symbol: str
    label: str
    what: str
    enters: str
    why_range: str
    unit: str
    kind: Kind
    group: str
    default: float
    minimum: float
    maximum: float
    usual_minimum: float
    usual_maximum: float
    step: float
    format: Format = "number"
    zones: tuple[Zone, ...] = ()
    source: Source
    scope: Scope = "network"
    scale: Scale = ""
    module: str = ""
    shown: Literal["main", "detail", "hidden"] = "detail"

    @model_validator(mode="after")
    def _bounds_are_ordered(self) -> Parameter:
        if not self.minimum <= self.default <= self.maximum:
            raise ValueError(f"{self.word}: the default {self.default} is outside its hard bounds")
        if not self.usual_minimum < self.usual_maximum:
            raise ValueError(f"{self.word}: the usual bounds are not in order")
        if not self.scale and not (self.minimum <= self.usual_minimum and self.usual_maximum <= self.maximum):
            raise ValueError(f"{self.word}: the usual bounds reach beyond the hard bounds")
        return self

    @property
    def is_share(self) -> bool:
        """Whether the value is a share of something that is divided."""
        return self.unit == "share"


def zones(*pairs: tuple[float, str]) -> tuple[Zone, ...]:
    """Zone words from (value, word) pairs, lowest first."""
    return tuple(Zone(start=start, word=word) for start, word in pairs)


share = partial(Parameter, unit="share", minimum=0, maximum=1, usual_minimum=0, step=0.01, format="percent")
"""A part of something that is divided, between none and all; a declaration says what differs."""

switch = partial(Parameter, unit="share", minimum=0, maximum=1, usual_minimum=0, usual_maximum=1, format="switch")
"""One of two readings, 0 or 1, and what lies between them."""

token_flow = partial(
    Parameter,
    unit="tokens/yr",
    default=0.0,
    minimum=0,
    maximum=1e15,
    usual_minimum=0,
    usual_maximum=1,
    step=0.02,
    format="tokens",
    scale="emission",
)
"""Tokens a year, measured against what the network emits: none unless a network says so, usually no more than that."""
