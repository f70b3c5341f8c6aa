"""What a result rests on in words: assumptions that are not the preset's, calls of judgement, what is not modelled."""

from __future__ import annotations

from collections.abc import Sequence

from model.scenario import Scenario
from model.sentences import count_words, instead, value_words


def moved_assumptions(scenario: Scenario) -> list[str]:
    """Each assumption, initial stock and stress that is not the preset's: "Demand growth: 30% a year instead of 5%"."""
    network = scenario.network
    own, keys = network.values_for(scenario.structure), scenario.layering.keys
    told = []
    for written, value in scenario.assumptions.items():
        for key in scenario.layering.resolve(written, "assumption"):
            concrete = keys[key]
            if value == own[key]:
                continue
            told.append(f"{concrete.label}: {instead(value_words(concrete, value), value_words(concrete, own[key]))}")
    first = network.initial_for(scenario.structure)
    for name, value in scenario.initial.items():
        if value == first[name]:
            continue
        told.append(f"First day's {name.replace('_', ' ')}: {value:.6g} instead of {first[name]:.6g}")
    told += [f"Stress: {part.title}" for part in scenario.stresses]
    return told


def assumption_line(scenario: Scenario) -> str:
    """How many assumptions are not the preset's; stands on top of every export."""
    count = len(moved_assumptions(scenario))
    if not count:
        return "This result uses the preset's own assumptions."
    return f"This result uses {count_words(count, 'non-default assumption')}."


def not_modelled(scenarios: Sequence[Scenario]) -> list[str]:
    """What neither the networks nor the proposals cover, each once."""
    told: dict[str, None] = {}
    for scenario in scenarios:
        told |= dict.fromkeys(scenario.network.not_modelled)
        for part in (*scenario.stacked, *scenario.stresses):
            told |= dict.fromkeys(part.does_not_model)
    return [sentence[:1].upper() + sentence[1:].rstrip(".") + "." for sentence in told]


def judgement_calls(scenarios: Sequence[Scenario]) -> list[str]:
    """The two calls of judgement that matter most on each network."""
    calls = dict.fromkeys(call for s in scenarios for call in s.network.judgement_calls[:2])
    return [call.rstrip(".") + "." for call in calls]
