"""What a result rests on in words: assumptions that are not the preset's, calls of judgement, what is not modelled."""

from __future__ import annotations

from collections.abc import Sequence

from model.scenario.scenario import Scenario
from model.words.value_words import count_words, instead, value_words


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


def told_lines(scenarios: Sequence[Scenario], letters: Sequence[str] = ()) -> list[str]:
    """What every export says in lines: how many assumptions were moved, each of them, and the calls of judgement."""
    lines = []
    for place, scenario in enumerate(scenarios):
        lead = f"{letters[place]}: " if letters else ""
        lines.append(f"{lead}{assumption_line(scenario)}")
        lines += [f"  {moved}" for moved in moved_assumptions(scenario)]
    calls = judgement_calls(scenarios)
    return [*lines, *(["Calls of judgement that matter most:"] if calls else []), *(f"  {call}" for call in calls)]


def told_in_a_picture(scenarios: Sequence[Scenario], letters: Sequence[str] = ()) -> str:
    """The same as one paragraph under a picture; empty where nothing was moved and no call is named."""
    parts = []
    for place, scenario in enumerate(scenarios):
        moved = moved_assumptions(scenario)
        if moved:
            parts.append(f"Moved{f' in {letters[place]}' if letters else ''}: {'; '.join(moved)}.")
    calls = judgement_calls(scenarios)
    return " ".join([*parts, *(["Calls of judgement:"] if calls else []), *calls])
