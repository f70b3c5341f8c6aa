"""The form of a network preset file: which tables and keys it has, and which values they take."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from model.parameters import Source
from model.presets.evidence import AllocationFile, AuditFile
from model.presets.form_parts import Effect, Grade, Payer, StrictForm, one_of
from model.structure import EMISSION_FAMILIES, MODULES, READS_THE_STAKE

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class _Alternative(StrictForm):
    """A figure that another source gives; it stands in the file and on the page, but is not used."""

    value: float
    source: str
    date: str = ""
    grade: Grade = "secondary"
    note: str = ""


class FigureFile(StrictForm):
    """A number with its evidence; what it leaves out is the file's default."""

    value: Annotated[float, Field(strict=True)]
    source: str = ""
    date: str = ""
    grade: Grade | None = None
    definition: str = ""
    note: str = ""
    alternatives: tuple[_Alternative, ...] = ()

    @field_validator("value")
    @classmethod
    def _is_finite(cls, value: float) -> float:
        if not abs(value) < 1e300:
            raise ValueError("must be a finite number")
        return value


class _StructureFile(StrictForm):
    roles: tuple[str, ...] = ("providers",)
    streams: tuple[str, ...] = ("jobs",)
    buckets: tuple[str, ...] = ()
    capacity_role: str = ""
    scoring_role: str = ""
    merit_roles: tuple[str, ...] = ()
    emission: Annotated[str, one_of("emission", EMISSION_FAMILIES)] = "constant"
    modules: tuple[str, ...] = ("staking",)
    labels: dict[str, Annotated[str, Field(min_length=1, max_length=24)]] = Field(default_factory=dict)

    @field_validator("modules")
    @classmethod
    def _modules_are_known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        unknown = set(value) - set(MODULES)
        if unknown:
            raise ValueError(f"unknown module {', '.join(sorted(unknown))}; known: {', '.join(MODULES)}")
        return value

    @model_validator(mode="after")
    def _parts_fit_together(self) -> _StructureFile:
        named = (*self.roles, *self.streams, *self.buckets)
        if not self.roles or not self.streams:
            raise ValueError("a network has at least one role and one stream")
        if wrong := [name for name in named if not _NAME.fullmatch(name)]:
            raise ValueError(f"{wrong[0]!r} is no name; a role, stream or bucket is named like cloud_engines")
        if len(set(named)) < len(named):
            raise ValueError("two roles, streams or buckets have the same name")
        for role in (self.capacity_role or self.roles[0], self.scoring_role or self.roles[0], *self.merit_roles):
            if role not in self.roles:
                raise ValueError(f"{role!r} is not one of the roles {', '.join(self.roles)}")
        if unknown := set(self.labels) - set(named):
            raise ValueError(f"there is a label for {min(unknown)!r}, which is no role, stream or bucket here")
        if "staking" not in self.modules and self.emission in READS_THE_STAKE:
            raise ValueError(f"{self.emission} emission follows the stake, so the module staking is needed")
        return self


class EventFile(StrictForm):
    """A supply event that is decided, with its evidence."""

    date: dt.date
    effect: Effect
    tokens: float = Field(ge=0, lt=1e18)
    title: str
    source: str
    grade: Grade


class _NoteFile(StrictForm):
    """What a network has decided or published in words: its governance rule, its audits."""

    text: str = Field(min_length=1)
    source: str
    date: str = ""
    grade: Grade


class NetworkFile(StrictForm):
    """The form of a network preset file."""

    name: str
    title: str
    kind: Literal["textbook", "archetype", "real"]
    token: str = "token"
    summary: str
    as_of: dt.date
    steps_per_year: float = Field(default=365.25 / 7, ge=12, le=366)
    start: Literal["rest", "observed"] = "observed"
    token_model: str = ""
    voting_rule: str = ""
    fee_balance: Payer = "providers"
    emission_balance: Literal["treasury", "providers"] = "treasury"
    judgement_calls: tuple[str, ...] = ()
    not_modelled: tuple[str, ...] = ()
    default_source: str
    default_grade: Grade = "assumed"
    sources: dict[str, Source]
    structure: _StructureFile = Field(default_factory=_StructureFile)
    observed: dict[str, FigureFile] = Field(default_factory=dict)
    parameters: dict[str, FigureFile] = Field(default_factory=dict)
    context: dict[str, FigureFile] = Field(default_factory=dict)
    events: tuple[EventFile, ...] = ()
    notes: dict[str, _NoteFile] = Field(default_factory=dict)
    allocation: AllocationFile | None = None
    audits: tuple[AuditFile, ...] = ()
