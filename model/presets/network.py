"""A loaded network: its structure, calibrated values, where it starts and where every figure comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from model.parameters import ParameterKey, Source, parameter_keys
from model.presets.allocation import Allocation
from model.presets.audits import Audit
from model.structure import Structure
from model.supply_events import SupplyEvent
from model.system import System, system_for


@dataclass(frozen=True)
class Figure:
    """One number of a preset file with its evidence.

    Attributes
    ----------
    part
        "observed" (what calibration starts from), "parameter" (a value of the model) or "context" (shown only).
    grade
        primary, secondary, derived, assumed or invented.
    alternatives
        What other sources say; shown, not used.
    """

    key: str
    part: str
    value: float
    source: Source
    date: str
    grade: str
    definition: str = ""
    note: str = ""
    alternatives: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Note:
    """A published rule or state in words ("governance_rule", "audit") with its evidence."""

    key: str
    text: str
    source: Source
    date: str
    grade: str


@dataclass(frozen=True, eq=False)
class Network:
    """A network at its date.

    Attributes
    ----------
    events
        Dated supply events that are decided; they hold in the baseline.
    notes
        Governance rule, audits and the like, in words; shown, not used.
    values
        Every parameter by contract key, observed or derived.
    initial
        Every initial stock by name.
    derived
        Keys that calibration derived, each with the rule in words.
    report
        Numbers of the calibration report (drift, observed ratios).
    step_length
        Years per step.
    allocation
        Who was given which part of the first supply; None where no source was found.
    audits
        Reviews of the code; empty where none was found.
    voting_rule
        Name of the rule by which it decides (`model.governance.RULES`); "" where none is known.
    written
        Text of its file where that does not come with the app, so that a link can carry it; "" for the others.
    """

    name: str
    vintage: str
    title: str
    kind: str
    token: str
    summary: str
    token_model: str
    as_of: dt.date
    step_length: float
    structure: Structure
    figures: tuple[Figure, ...]
    fee_balance: str
    emission_balance: str
    judgement_calls: tuple[str, ...]
    not_modelled: tuple[str, ...]
    starts_at_rest: bool
    events: tuple[SupplyEvent, ...]
    values: Mapping[str, float] = field(repr=False)
    initial: Mapping[str, float] = field(repr=False)
    derived: Mapping[str, str] = field(repr=False)
    report: Mapping[str, float] = field(repr=False)
    notes: tuple[Note, ...] = ()
    allocation: Allocation | None = None
    audits: tuple[Audit, ...] = ()
    voting_rule: str = ""
    written: str = field(default="", repr=False)

    @property
    def identity(self) -> str:
        """Name with vintage ("render@2026-11"); of a network that is written out, with a mark of its text instead."""
        if self.written:
            return f"{self.name}@{sha256(self.written.encode()).hexdigest()[:8]}"
        return f"{self.name}@{self.vintage}" if self.vintage else self.name

    @property
    def system(self) -> System:
        """Equations of this structure."""
        return system_for(self.structure)

    @property
    def parameters(self) -> dict[str, ParameterKey]:
        """Parameters by contract key."""
        return parameter_keys(self.structure)

    def values_for(self, structure: Structure) -> dict[str, float]:
        """Values for this structure or one with further modules, which come in at their neutral values."""
        extra = {
            "pricing_reference": self.initial["price"],
            "holdings_reference_price": self.initial["price"],
        }
        values: dict[str, float] = {}
        for key, concrete in parameter_keys(structure).items():
            if key in self.values:
                values[key] = self.values[key]
            elif concrete.declared.word == "reference_demand":
                values[key] = self.values[key.replace("reference_demand", "demand_scale")]
            else:
                values[key] = extra.get(concrete.declared.word, concrete.declared.default)
        return values

    def initial_for(self, structure: Structure) -> dict[str, float]:
        """Initial stocks for this structure or one with further modules."""
        stocks = dict(self.initial)
        for name in system_for(structure).initial_keys:
            if name == "previous_price":
                stocks.setdefault(name, self.initial["price"])
            stocks.setdefault(name, 0.0)
        return stocks
