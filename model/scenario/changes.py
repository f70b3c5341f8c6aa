"""What each provision of a scenario changes, from when on, and where two of them set the same thing."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from itertools import combinations

from model.parameters import ParameterKey
from model.proposals.proposal import Proposal, Provision
from model.scenario.layers import BY_HAND, Layer
from model.scenario.scenario import Scenario
from model.words.text import month
from model.words.value_words import lowered, value_words


@dataclass(frozen=True)
class Change:
    """One key that one provision moves.

    Attributes
    ----------
    origin
        "proposal:provision", or "changes" for what is made by hand.
    concrete
        The parameter, with label and unit.
    before, after
        Value that is in force without it, and in full force.
    follows
        It moves because somebody has to pay, not because the provision names it.
    begins, complete, ends
        First day, day of full force and first day on which it no longer holds; None for the first day of the
        projection, at once, and never.
    """

    origin: str
    proposal: Proposal | None
    provision: Provision | None
    concrete: ParameterKey
    before: float
    after: float
    follows: bool
    begins: dt.date | None
    complete: dt.date | None
    ends: dt.date | None


def changes_of(scenario: Scenario) -> tuple[Change, ...]:
    """What each provision and the hand-made changes move, in the order in which they are laid.

    A key that a provision names and that is already there is listed, with the same value before and after.
    """
    running = dict(scenario.baseline_values)
    parts = {part.name: part for part in scenario.stacked}
    found: list[Change] = []
    for layer in scenario.layers:
        after = scenario.layering.applied(running, layer)
        named = scenario.layering.named(layer)
        for key in after:
            if key in named or after[key] != running[key]:
                part = parts.get(layer.origin.partition(":")[0])
                concrete = scenario.layering.keys[key]
                days = days_of(scenario, layer)
                found.append(
                    Change(
                        layer.origin, part, layer.provision, concrete, running[key], after[key], key not in named, *days
                    )
                )
        running = after if layer.lasts else running
    return tuple(found)


def days_of(scenario: Scenario, layer: Layer) -> tuple[dt.date | None, dt.date | None, dt.date | None]:
    """First day, day of full force and first day without it; None for the first day of the projection, and never."""
    start = scenario.network.as_of

    def day(years: float) -> dt.date:
        return start + dt.timedelta(days=round(years * 365.25))

    begins = None if layer.begins <= 0 else day(layer.begins)
    complete = day(layer.begins + layer.phase) if layer.phase and math.isfinite(layer.begins) else begins
    return begins, complete, None if layer.lasts else day(layer.ends)


def proposed_for(scenario: Scenario) -> dict[str, tuple[Change, ...]]:
    """Per key, what proposals say about it by name; payers who follow are left out."""
    found: dict[str, tuple[Change, ...]] = {}
    for change in changes_of(scenario) if scenario.stacked else ():
        if change.origin != BY_HAND and not change.follows:
            found[change.concrete.key] = (*found.get(change.concrete.key, ()), change)
    return found


@dataclass(frozen=True)
class Conflict:
    """Two parts of a scenario that set the same thing.

    Attributes
    ----------
    key
        What both set.
    first, second
        Origins, in the order in which they are laid: where the second holds, it decides.
    sentence
        What each sets, and which holds from when.
    """

    key: str
    first: str
    second: str
    sentence: str


def conflicts(scenario: Scenario) -> tuple[Conflict, ...]:
    """Keys that two proposals, or a proposal and a change by hand, both set to a value of their own.

    A provision that moves what is in force by a difference or a factor adds to an earlier one and is no conflict, nor
    are two provisions of one proposal.
    """
    layers = scenario.layers
    named = [scenario.layering.named(layer) for layer in layers]
    found = []
    for (i, first), (j, second) in combinations(enumerate(layers), 2):
        if first.origin.partition(":")[0] == second.origin.partition(":")[0] or not _sets(second):
            continue
        if second.ends <= first.begins or first.ends <= second.begins:
            continue
        for key in sorted(named[i] & named[j]):
            found.append(Conflict(key, first.origin, second.origin, _collision(scenario, key, first, second)))
    return tuple(found)


def notes_of(scenario: Scenario) -> tuple[str, ...]:
    """One sentence for each key that two parts set."""
    return tuple(dict.fromkeys(conflict.sentence for conflict in conflicts(scenario)))


def _sets(layer: Layer) -> bool:
    return layer.provision is None or layer.provision.way == "to"


def _collision(scenario: Scenario, key: str, first: Layer, second: Layer) -> str:
    """Both values, and the day from which the second one decides."""
    lay, values = scenario.layering, scenario.baseline_values
    concrete = lay.keys[key]
    one = lay.applied(values, first)[key]
    two = lay.applied(lay.applied(values, first), second)[key]
    begins = days_of(scenario, second)[0]
    when = "from the first day" if begins is None else f"from {month(begins)}"
    return (
        f"{_title(scenario, first)} and {_title(scenario, second)} both set {lowered(concrete.label)}: "
        f"{value_words(concrete, one)} and {value_words(concrete, two)}; {when} the latter holds."
    )


def _title(scenario: Scenario, layer: Layer) -> str:
    name = layer.origin.partition(":")[0]
    if name == BY_HAND:
        return "the change by hand"
    return next(f"“{part.title}”" for part in scenario.stacked if part.name == name)
