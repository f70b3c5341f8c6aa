"""The arguments of every call that asks about a scenario: described once, and read into a scenario."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from textwrap import indent
from typing import Any, TypedDict, TypeVar

from model.presets.network import Network
from model.proposals.proposal import Proposal
from model.scenario.scenario import Scenario
from model.supply_events import SupplyEvent

_DESCRIBED = {
    "scenario": """\
network
    A loaded network, or its name.
proposals
    Proposals, or their names.
changes
    Lever keys and new values; they lie on top of the proposals.
funded_by
    Who pays when shares of revenue move by hand.
assumptions, initial
    Assumption keys and initial stocks; they hold in the baseline too.
stress
    Stresses, or their names; they hold in the baseline too.
without
    Provisions that are switched off, as "proposal:provision".""",
    "by_hand": """\
start, phase_in_years
    When the hand-made changes take effect, and over how long they move in.
events
    Dated supply events of the scenario, beside those of the network.""",
    "futures": """\
years, step
    Horizon, and "week", "month" (four sub-steps) or "day".
draws, seed
    Number of modelled futures, drawn by the seed; 0 is the single path without shocks. A draw is the same future
    however many there are, and both worlds meet it.
engine
    "auto", "kernel" or "polars".""",
}

F = TypeVar("F", bound=Callable[..., Any])


def described(function: F) -> F:
    """Write the shared arguments into a docstring, each group where its name stands in braces on a line of its own."""
    told = function.__doc__ or ""
    for group, text in _DESCRIBED.items():
        told = told.replace(f"    {{{group}}}", indent(text, "    "))
    function.__doc__ = told
    return function


class ScenarioArguments(TypedDict):
    """Every argument that asks about a scenario, beside its network."""

    proposals: Sequence[Proposal | str]
    changes: Mapping[str, float]
    funded_by: str | None
    assumptions: Mapping[str, float]
    initial: Mapping[str, float]
    stress: Sequence[Proposal | str]
    start: dt.date | None
    phase_in_years: float
    events: Sequence[SupplyEvent]
    without: frozenset[str]


def arguments_of(scenario: Scenario) -> ScenarioArguments:
    """What asks about a scenario again: `project(scenario.network, **arguments_of(scenario), years=5)`."""
    return {
        "proposals": scenario.proposals,
        "changes": scenario.changes,
        "funded_by": scenario.funded_by,
        "assumptions": scenario.assumptions,
        "initial": scenario.initial,
        "stress": scenario.stress,
        "start": scenario.start,
        "phase_in_years": scenario.phase_in_years,
        "events": scenario.events,
        "without": scenario.without,
    }


def scenario_of(
    network: Network | str,
    proposals: Sequence[Proposal | str],
    changes: Mapping[str, float] | None,
    funded_by: str | None,
    assumptions: Mapping[str, float] | None,
    initial: Mapping[str, float] | None,
    stress: Sequence[Proposal | str],
    without: Iterable[str],
    *,
    start: dt.date | None = None,
    phase_in_years: float = 0.0,
    events: Sequence[SupplyEvent] = (),
) -> Scenario:
    """The scenario that such arguments ask about.

    Raises
    ------
    BallastError
        For unknown keys, numbers out of range, and shares nobody pays for.
    """
    return Scenario(
        network,  # type: ignore[arg-type]  # a name is loaded
        changes or {},
        funded_by,
        assumptions or {},
        initial or {},
        start=start,
        phase_in_years=phase_in_years,
        events=tuple(events or ()),
        proposals=proposals,
        stress=stress,
        without=without,  # type: ignore[arg-type]  # read as a set
    )
