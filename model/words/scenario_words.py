"""What a scenario is called and where it comes from, in a few words of its own content."""

from __future__ import annotations

from model.scenario.scenario import Scenario
from model.version import VERSION
from model.words.assumption_words import moved_assumptions
from model.words.by_hand import by_hand
from model.words.text import month, sentence_case
from model.words.value_words import change_words, count_words

NAMED = 2
"""Changes by hand that a name spells out; of more it says how many."""


def name_of(scenario: Scenario) -> str:
    """A name of its content: its proposals, its changes, or the network as it is today."""
    parts = [part.title for part in scenario.stacked]
    moved = by_hand(scenario)
    if moved and (parts or len(moved) > NAMED):
        parts.append(count_words(len(moved), "change") + " by hand")
    elif moved:
        keys = scenario.layering.keys
        told = [change_words(keys[key], *pair).partition(" instead of")[0] for key, pair in moved.items()]
        parts.append(sentence_case(" and ".join(told)))
    if scenario.events:
        parts.append(count_words(len(scenario.events), "supply event"))
    parts += [part.title for part in scenario.stresses]
    return " + ".join(parts) or f"{scenario.network.title} as it is"


def source_of(scenario: Scenario, *, counted: bool = True) -> str:
    """Where it comes from: network and date, proposals with their state, what was made by hand.

    `counted` adds how many assumptions are not the preset's.
    """
    network = scenario.network
    told = [f"{network.title} of {month(network.as_of)}"]
    told += [f"{part.title} ({part.status.replace('-', ' ')})" for part in scenario.stacked]
    moved = by_hand(scenario)
    if moved:
        told.append(f"{count_words(len(moved), 'change')} by hand")
    if scenario.without:
        told.append(f"without {_left_out(scenario)}")
    if scenario.stresses:
        told.append("stress: " + ", ".join(part.title for part in scenario.stresses))
    extra = len(moved_assumptions(scenario)) - len(scenario.stresses)
    if extra and counted:
        told.append(count_words(extra, "non-default assumption"))
    return "; ".join(told)


def source_line(scenario: Scenario) -> str:
    """Network, date and how many assumptions are not the preset's; stands under every chart."""
    moved = len(scenario.assumptions) + len(scenario.initial)
    told = "default assumptions" if not moved else count_words(moved, "non-default assumption")
    network = scenario.network
    return f"{network.title} of {month(network.as_of)}, {told}, model {VERSION}."


def _left_out(scenario: Scenario) -> str:
    """Titles of the provisions that are switched off."""
    every = ((f"{part.name}:{own.id}", own.title) for part in scenario.stacked for own in part.provisions)
    return ", ".join(f"“{title}”" for name, title in every if name in scenario.without)
