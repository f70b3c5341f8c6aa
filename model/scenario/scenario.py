"""A scenario: a network, what is proposed, what happens to it and who pays, as values in force over time."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

import numpy as np

from model.errors import OutOfRangeError, UnknownKeyError
from model.presets.files import load_network
from model.presets.network import Network
from model.presets.network_size import tokens_of
from model.proposals.files import load_proposal, load_stress
from model.proposals.proposal import Proposal
from model.scenario.keys import with_goal_keys, with_needed_modules
from model.scenario.layers import (
    BY_HAND,
    Floats,
    Layer,
    Paths,
    in_order,
    layer_of,
    put_together,
    years_until,
)
from model.scenario.laying import Layering
from model.scenario.shares import PAYERS
from model.structure import Structure
from model.supply_events import SupplyEvent
from model.system import System, system_for
from model.validation import as_date, as_float, check_number, is_number

MOST_PROPOSALS = 12
"""Proposals, and stresses, that one scenario may stack."""


@dataclass(frozen=True, eq=False)
class Scenario:
    """One set of changes to one network.

    Attributes
    ----------
    network
        Where it starts; a name is loaded.
    changes
        Lever keys and their new values, made by hand; they lie on top of the proposals.
    funded_by
        Who pays when hand-made changes move shares of revenue; None is the preset's balance.
    assumptions
        Assumption keys and their values; they hold in the baseline too.
    initial
        Initial stocks by name; they hold in the baseline too.
    start
        Date from which hand-made changes hold; None is the first day.
    phase_in_years
        Hand-made changes move in linearly over this time from the start date.
    events
        Dated supply events made by hand, beside those of the network and the proposals.
    proposals
        Proposals, or their names. Provisions are laid in the order of their first days; of the same day, the proposal
        that stands later in the list decides.
    stress
        Stresses, or their names; they hold in the baseline too.
    without
        Provisions that are switched off, as "proposal:provision".
    at_once
        Everything that lasts is in force from the first day and what has an end is left out: the world to which the
        scenario leads, for rest points.

    Raises
    ------
    BallastError
        For unknown keys, numbers out of range, shares that nobody pays for and proposals of another network.
    """

    network: Network
    changes: Mapping[str, float] = field(default_factory=dict)
    funded_by: str | None = None
    assumptions: Mapping[str, float] = field(default_factory=dict)
    initial: Mapping[str, float] = field(default_factory=dict)
    start: dt.date | None = None
    phase_in_years: float = 0.0
    events: tuple[SupplyEvent, ...] = ()
    proposals: Sequence[Proposal | str] = ()
    stress: Sequence[Proposal | str] = ()
    without: frozenset[str] = frozenset()
    at_once: bool = False

    def __post_init__(self) -> None:
        if self.funded_by is not None and self.funded_by not in PAYERS:
            raise UnknownKeyError(
                f"{str(self.funded_by)[:30]!r} cannot pay", where="funded_by", allowed=", ".join(PAYERS)
            )
        if self.start is not None:
            object.__setattr__(self, "start", as_date(self.start, "start"))
        if not is_number(self.phase_in_years) or not 0 <= self.phase_in_years <= 100:
            raise OutOfRangeError("the phase-in is out of range", where="phase_in_years", allowed="0 to 100 years")
        if isinstance(self.network, str | Path):
            object.__setattr__(self, "network", load_network(self.network))
        if not isinstance(self.network, Network):
            raise UnknownKeyError(
                f"{str(self.network)[:30]!r} is no network", where="network", allowed="a loaded network, or its name"
            )
        for name in ("changes", "assumptions", "initial"):
            object.__setattr__(self, name, _by_key(getattr(self, name), name))
        shape, values = self.network.structure, self.network.values
        object.__setattr__(self, "changes", with_goal_keys(self.changes, shape, values))
        object.__setattr__(self, "events", tuple(self.events or ()))
        object.__setattr__(self, "proposals", _loaded(self.proposals or (), "proposal"))
        object.__setattr__(self, "stress", _loaded(self.stress or (), "stress"))
        object.__setattr__(self, "without", frozenset(self.without or ()))
        self._check_parts()
        _ = self.values, self.stocks
        if self.is_dated:
            edges = sorted({0.0, *(e for layer in (*self.world, *self.layers) for e in layer.edges if e > 0)})
            self.timeline(np.array(edges))

    def _check_parts(self) -> None:
        """Every proposal is one for this network, and every provision that is switched off exists."""
        for proposal in self.stacked:
            own = proposal.network.partition("@")[0]
            if not proposal.is_for_any and own != self.network.name:
                raise UnknownKeyError(
                    f"{proposal.title} is a proposal for {own}, not for {self.network.name}",
                    where="proposals",
                    todo=f"open it on {proposal.network}",
                )
        known = {f"{p.name}:{provision.id}" for p in self.parts for provision in p.provisions}
        for name in sorted(self.without - known):
            raise UnknownKeyError(
                f"there is no provision {name[:100]!r} to switch off",
                where="without",
                allowed=", ".join(sorted(known)) if known else "the provisions of a proposal that is part of it",
                todo="leave it out",
            )

    # ---- structure and keys ---------------------------------------------------------------------------
    @property
    def stacked(self) -> tuple[Proposal, ...]:
        """The proposals, as loaded."""
        return self.proposals  # type: ignore[return-value]  # __post_init__ has loaded them

    @property
    def stresses(self) -> tuple[Proposal, ...]:
        """The stresses, as loaded."""
        return self.stress  # type: ignore[return-value]  # __post_init__ has loaded them

    @cached_property
    def underlying(self) -> tuple[Proposal, ...]:
        """Earlier proposals that those here build on: they hold in the baseline too, unless they are part of these."""
        own = {proposal.name for proposal in self.stacked}
        names = dict.fromkeys(name for proposal in self.stacked for name in proposal.builds_on if name not in own)
        return tuple(load_proposal(name) for name in names)

    @property
    def parts(self) -> tuple[Proposal, ...]:
        """Stresses, proposals that others build on, and proposals."""
        return (*self.stresses, *self.underlying, *self.stacked)

    @cached_property
    def structure(self) -> Structure:
        """The network's structure with every module that a key of any part needs, at its neutral value."""
        provisions = [provision for part in self.parts for provision in part.provisions]
        written = [(key, False) for key in (*self.changes, *self.assumptions)]
        written += [(key, provision.way != "to") for provision in provisions for key in provision.keys]
        shape = with_needed_modules(self.network.structure, written)
        has_events = self.events or any(provision.events for provision in provisions)
        return shape.with_modules(frozenset({"supply-events"})) if has_events else shape

    @property
    def system(self) -> System:
        """Equations of this structure."""
        return system_for(self.structure)

    @cached_property
    def layering(self) -> Layering:
        """How layers are laid on this network's values."""
        return Layering(self.network, self.structure, self.changes, self.funded_by)

    # ---- layers ---------------------------------------------------------------------------------------
    def _layers_of(self, parts: Sequence[Proposal]) -> tuple[Layer, ...]:
        found = [
            layer_of(origin, provision, self.network.as_of)
            for part in parts
            for provision in part.provisions
            if provision.keys and (origin := f"{part.name}:{provision.id}") not in self.without
        ]
        return self._in_force(in_order(found))

    def _in_force(self, layers: tuple[Layer, ...]) -> tuple[Layer, ...]:
        """The layers as they are, or without their dates where everything holds at once."""
        if not self.at_once:
            return layers
        return tuple(Layer(layer.origin, layer.provision) for layer in layers if layer.lasts)

    @cached_property
    def world(self) -> tuple[Layer, ...]:
        """Layers that hold in the baseline too: stresses, and what the proposals build on."""
        return (*self._layers_of(self.stresses), *self._layers_of(self.underlying))

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """Layers of the scenario alone, in the order in which they are laid; hand-made changes lie on top."""
        proposed = self._layers_of(self.stacked)
        if not self.changes:
            return proposed
        begins = years_until(self.start, self.network.as_of)
        if math.isinf(begins) and self.phase_in_years:
            begins = 0.0
        return (*proposed, *self._in_force((Layer(BY_HAND, None, begins, float(self.phase_in_years)),)))

    @property
    def is_dated(self) -> bool:
        """Whether anything in it is not in full force on every day."""
        return not all(layer.is_steady for layer in (*self.world, *self.layers))

    # ---- values ---------------------------------------------------------------------------------------
    @cached_property
    def today(self) -> dict[str, float]:
        """Values with assumptions, before any layer."""
        values = self.network.values_for(self.structure)
        for key, value in self.assumptions.items():
            for name in self.layering.resolve(key, "assumption"):
                values[name] = check_number(self.layering.keys[name], value)
        return values

    @cached_property
    def baseline_values(self) -> dict[str, float]:
        """Values of the baseline with everything that lasts in full force: assumptions, stresses, no lever moved."""
        values = self.today
        for layer in self.world:
            values = self.layering.applied(values, layer) if layer.lasts else values
        return dict(values)

    @cached_property
    def proposed_values(self) -> dict[str, float]:
        """Values with everything that lasts of the proposals in full force, before anything made by hand."""
        values = dict(self.baseline_values)
        for layer in self.layers:
            values = self.layering.applied(values, layer) if layer.lasts and layer.origin != BY_HAND else values
        return values

    @cached_property
    def values(self) -> dict[str, float]:
        """Values of the scenario with everything that lasts in full force and every share paid for."""
        values = self.proposed_values
        for layer in self.layers:
            values = self.layering.applied(values, layer) if layer.origin == BY_HAND else values
        return dict(values)

    def baseline_timeline(self, times: Floats) -> Paths:
        """Values of the baseline in force at times (years since the first day): numbers, or arrays like `times`."""
        return put_together(self.today, self.world, times, self.layering.applied, self.layering.reach)

    def timeline(self, times: Floats) -> Paths:
        """Values of the scenario in force at times (years since the first day): numbers, or arrays like `times`."""
        return put_together(
            self.baseline_timeline(times), self.layers, times, self.layering.applied, self.layering.reach
        )

    @cached_property
    def stocks(self) -> dict[str, float]:
        """Initial stocks."""
        stocks = self.network.initial_for(self.structure)
        for name, value in self.initial.items():
            if name not in self.system.initial_keys:
                raise self.layering.no_such_key(str(name), "initial")
            number = as_float(value) if is_number(value) else float("nan")
            limit = 1.0 if name.split(".")[0] in ("quality", "high_quality_share") else 1e18
            least = 1e-12 if name.split(".")[0] in ("price", "capacity", "float_supply", "quality") else 0.0
            if not least <= number <= limit:
                raise OutOfRangeError(
                    f"the initial {name} is {str(value)[:20]}",
                    where=f"initial.{name}",
                    allowed=f"{least:g} to {limit:g}",
                    todo="enter a number in that range",
                )
            stocks[name] = number
        return stocks

    def _events_of(self, parts: Sequence[Proposal]) -> tuple[SupplyEvent, ...]:
        return tuple(
            event
            for part in parts
            for provision in part.provisions
            if f"{part.name}:{provision.id}" not in self.without
            for event in provision.supply_events(partial(tokens_of, self.network))
        )

    @property
    def baseline_events(self) -> tuple[SupplyEvent, ...]:
        """Supply events of the baseline: of the network, of stresses and of what the proposals build on."""
        return (*self.network.events, *self._events_of(self.stresses), *self._events_of(self.underlying))

    @property
    def own_events(self) -> tuple[SupplyEvent, ...]:
        """Supply events that only the scenario has: of its proposals, and made by hand."""
        return (*self._events_of(self.stacked), *self.events)

    # ---- what is different ----------------------------------------------------------------------------
    @property
    def is_empty(self) -> bool:
        """Whether nothing would differ from the baseline, whatever the horizon."""
        return not self.own_events and not self.moved

    @cached_property
    def moved(self) -> dict[str, tuple[float, float]]:
        """Keys that differ from the baseline, payers included: (from, to).

        For a key that only moves for a time, `to` is its value during that time.
        """
        before, running = self.baseline_values, dict(self.baseline_values)
        for_a_time: dict[str, float] = {}
        for layer in self.layers:
            after = self.layering.applied(running, layer)
            for_a_time.update({key: value for key, value in after.items() if value not in (running[key], before[key])})
            running = after if layer.lasts else running
        reached = {key: value if value != before[key] else for_a_time.get(key, value) for key, value in running.items()}
        return {key: (before[key], value) for key, value in reached.items() if value != before[key]}

    # ---- link -----------------------------------------------------------------------------------------
    def to_link(self) -> str:
        """Query string that restores this scenario: version, network and only what differs from the preset."""
        from model.scenario.links import link_of

        return link_of(self)

    @classmethod
    def from_link(cls, link: str) -> Scenario:
        """Read a link or query string.

        Raises
        ------
        BallastError
            For the first thing that is wrong; nothing of the link is used then.
        """
        from model.scenario.links import read_link

        return read_link(link)


def _by_key(given: Mapping[str, float] | None, name: str) -> Mapping[str, float]:
    """Values by key; None is nothing."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise OutOfRangeError(
            f"{str(given)[:30]!r} holds no values by key", where=name, allowed='a mapping such as {"burn_share": 0.3}'
        )
    return given


def _loaded(parts: Sequence[Proposal | str], kind: str) -> tuple[Proposal, ...]:
    """Proposals or stresses from objects and names; each at most once."""
    if isinstance(parts, str):
        parts = (parts,)
    load = load_proposal if kind == "proposal" else load_stress
    found = tuple(part if isinstance(part, Proposal) else load(str(part)) for part in parts)
    names = [part.name for part in found]
    for part in found:
        if part.kind != kind:
            raise UnknownKeyError(f"{part.title} is a {part.kind}, not a {kind}", where=kind, todo="pass it as such")
        if names.count(part.name) > 1:
            raise UnknownKeyError(f"{part.title} is there twice", where=kind, todo="leave one of them out")
    if len(found) > MOST_PROPOSALS:
        raise OutOfRangeError(
            f"{len(found)} of them cannot be stacked", where=kind, allowed=f"up to {MOST_PROPOSALS} at a time"
        )
    return found
