"""What of a scenario a vote decides, apart from what its proposals only count on."""

from __future__ import annotations

from dataclasses import replace

from model.proposals.proposal import Provision
from model.scenario.scenario import Scenario


def counted_on(scenario: Scenario) -> tuple[Provision, ...]:
    """Provisions of its proposals that are expected to follow, decided by no vote, as far as they are switched on."""
    return tuple(provision for _, provision in _expected(scenario))


def voted_alone(scenario: Scenario) -> Scenario | None:
    """The scenario without what its proposals count on; None where they count on nothing."""
    expected = {origin for origin, _ in _expected(scenario)}
    return replace(scenario, without=scenario.without | expected) if expected else None


def _expected(scenario: Scenario) -> list[tuple[str, Provision]]:
    named = ((f"{part.name}:{p.id}", p) for part in scenario.stacked for p in part.provisions if p.expected)
    return [(origin, provision) for origin, provision in named if origin not in scenario.without]
