"""Scenarios beside and on top of each other: stack, take away, merge, and the inputs in which two of them differ."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from model.errors import OutOfRangeError
from model.parameters import ParameterKey
from model.scenario.scenario import Scenario
from model.supply_events import SupplyEvent


def stack(below: Scenario, above: Scenario) -> Scenario:
    """One scenario on top of another: its proposals come later in the list, its hand-made values decide.

    Raises
    ------
    BallastError
        For scenarios of two networks, or parts that cannot stand together.
    """
    _same_network(below, above)
    own = {part.name for part in below.stacked}
    pressed = {part.name for part in below.stresses}
    return replace(
        below,
        changes={**below.changes, **above.changes},
        funded_by=above.funded_by or below.funded_by,
        assumptions={**below.assumptions, **above.assumptions},
        initial={**below.initial, **above.initial},
        start=above.start or below.start,
        phase_in_years=above.phase_in_years or below.phase_in_years,
        events=(*below.events, *(event for event in above.events if event not in below.events)),
        proposals=(*below.stacked, *(part for part in above.stacked if part.name not in own)),
        stress=(*below.stresses, *(part for part in above.stresses if part.name not in pressed)),
        without=_switched_off(below, above),
    )


def _switched_off(below: Scenario, above: Scenario) -> frozenset[str]:
    """A provision is off where each scenario that has its proposal has it off."""
    off: set[str] = set()
    for name in below.without | above.without:
        owner = name.partition(":")[0]
        having = [
            s for s in (below, above) if owner in {part.name for part in (*s.stacked, *s.stresses, *s.underlying)}
        ]
        if all(name in s.without for s in having):
            off.add(name)
    return frozenset(off)


def unstack(scenario: Scenario, name: str) -> Scenario:
    """The scenario without one proposal or stress, and without what was switched off in it."""
    return replace(
        scenario,
        proposals=tuple(part for part in scenario.stacked if part.name != name),
        stress=tuple(part for part in scenario.stresses if part.name != name),
        without=frozenset(off for off in scenario.without if off.partition(":")[0] != name),
    )


def merge(scenarios: Sequence[Scenario], *, count_defaults: bool = False) -> Scenario:
    """One scenario between several: each hand-made value is the average over those who set it.

    Parameters
    ----------
    count_defaults
        Those who left a key alone count with its baseline value.

    Returns
    -------
    Scenario
        The first one's network, dates and payer; proposals and stresses that all of them have.

    Raises
    ------
    BallastError
        For no scenario, scenarios of several networks, or averages that nobody can pay for.
    """
    if not scenarios:
        raise OutOfRangeError("there is nothing to merge", where="merge", allowed="one scenario or more")
    first = scenarios[0]
    for other in scenarios[1:]:
        _same_network(first, other)
    shared = {part.name for part in first.parts if all(part in other.parts for other in scenarios)}
    averages = {
        key: math.fsum(values) / len(values)
        for key in dict.fromkeys(key for s in scenarios for key in s.changes)
        if (
            values := [
                s.values.get(key, s.changes.get(key, 0.0)) for s in scenarios if count_defaults or key in s.changes
            ]
        )
    }
    return replace(
        first,
        changes=averages,
        proposals=tuple(part for part in first.stacked if part.name in shared),
        stress=tuple(part for part in first.stresses if part.name in shared),
        without=frozenset(off for off in first.without if off.partition(":")[0] in shared),
    )


def _same_network(one: Scenario, other: Scenario) -> None:
    if one.network.identity != other.network.identity:
        raise OutOfRangeError(
            f"{one.network.identity} and {other.network.identity} are two networks",
            where="network",
            todo="open both on one network first",
        )


@dataclass(frozen=True)
class Difference:
    """One input in which two scenarios differ.

    Attributes
    ----------
    part
        "lever", "assumption", "stock", "date", "payer", "event", "proposal", "stress" or "provision".
    name
        Contract key of a lever, assumption or stock; else what it is.
    concrete
        The parameter behind a lever or assumption.
    first, second
        Value in each; None where it is not there.
    """

    part: str
    name: str
    concrete: ParameterKey | None
    first: float | str | None
    second: float | str | None


def difference(first: Scenario, second: Scenario) -> tuple[Difference, ...]:
    """Inputs that differ between two scenarios, and only those; values are those in full force."""
    found: list[Difference] = []
    keys = {**first.layering.keys, **second.layering.keys}
    extra = (first.network.values_for(second.structure), second.network.values_for(first.structure))
    for key, concrete in keys.items():
        one = first.values.get(key, extra[0].get(key))
        two = second.values.get(key, extra[1].get(key))
        if one != two:
            found.append(Difference(concrete.declared.kind, key, concrete, one, two))
    for name in dict.fromkeys((*first.stocks, *second.stocks)):
        if first.stocks.get(name) != second.stocks.get(name):
            found.append(Difference("stock", name, None, first.stocks.get(name), second.stocks.get(name)))
    found += [
        Difference(part, name, None, *pair) for part, name, *pair in _other_inputs(first, second) if pair[0] != pair[1]
    ]
    return tuple(found)


def _other_inputs(first: Scenario, second: Scenario) -> Iterator[tuple[str, str, str | None, str | None]]:
    yield "network", "network", first.network.identity, second.network.identity
    yield "date", "start", _written(first.start), _written(second.start)
    yield "date", "phase_in_years", str(first.phase_in_years), str(second.phase_in_years)
    yield "payer", "funded_by", first.funded_by, second.funded_by
    for kind, mine, theirs in (
        ("proposal", first.stacked, second.stacked),
        ("stress", first.stresses, second.stresses),
    ):
        one, two = ({part.name: part.title for part in parts} for parts in (mine, theirs))
        for name in dict.fromkeys((*one, *two)):
            yield kind, name, one.get(name), two.get(name)
    for off in sorted(first.without ^ second.without):
        yield "provision", off, how_it_stands(first, off), how_it_stands(second, off)
    for event in dict.fromkeys((*first.events, *second.events)):
        one_has, two_has = (event in s.events for s in (first, second))
        yield "event", _event_words(event), "yes" if one_has else None, "yes" if two_has else None


def how_it_stands(scenario: Scenario, provision: str) -> str | None:
    """How a provision stands; nothing where its proposal is not laid on at all."""
    if provision.partition(":")[0] not in {part.name for part in scenario.stacked}:
        return None
    return "off" if provision in scenario.without else "on"


def _written(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _event_words(event: SupplyEvent) -> str:
    return f"{event.date.isoformat()} {event.effect} {event.tokens:.12g}"
