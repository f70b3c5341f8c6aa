"""Group scenarios side by side and merged: per lever who moved it and how far, and one scenario between them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from model.errors import ShareError
from model.parameters import ParameterKey
from model.scenario.scenario import Scenario
from workshop.errors import WorkshopError

MergeWay = Literal["movers", "everybody", "votes"]
"""Mean of those who moved a lever; mean with the baseline for those who did not; mean weighted by votes."""

T = TypeVar("T")


@dataclass(frozen=True)
class LeverRow:
    """One lever that at least one scenario moves.

    Attributes
    ----------
    key, parameter
        The lever, and what is declared of it (label, unit).
    baseline
        Its value today.
    values
        What each scenario sets it to; None for one that does not move it.
    lowest, mean, highest
        Over those who move it.
    mean_of_everybody
        With the baseline for those who do not.
    movers
        Scenarios that move it.
    """

    key: str
    parameter: ParameterKey
    baseline: float
    values: tuple[float | None, ...]
    lowest: float
    mean: float
    highest: float
    mean_of_everybody: float
    movers: int


def lever_table(scenarios: Sequence[Scenario]) -> tuple[LeverRow, ...]:
    """One row per lever that a scenario sets, by hand or by a proposal that not all of them have.

    Shares that change only because somebody has to pay for a move are no moves.

    Raises
    ------
    WorkshopError
        For no scenario, and for scenarios of several networks.
    """
    _check(scenarios)
    moves = _moves(scenarios)
    return tuple(_row(key, scenarios, moves) for key in dict.fromkeys(key for set_by in moves for key in set_by))


def merged(scenarios: Sequence[Scenario], way: MergeWay = "movers", weights: Sequence[float] = ()) -> Scenario:
    """One scenario between several.

    Parameters
    ----------
    way
        How values are averaged.
    weights
        Of the scenarios, for "votes": each lever is the weighted mean over those who move it.

    Returns
    -------
    Scenario
        The network as it stands, with the averages as changes made by hand and the proposals, stresses and assumptions
        that all of them share; payer, start and phase-in are those that most of them have, of the first where it is
        even.

    Raises
    ------
    BallastError
        For scenarios of several networks, weights that do not fit, and averages that nobody can pay for.
    """
    _check(scenarios)
    if way not in get_args(MergeWay):
        raise WorkshopError(f"there is no way to merge called {str(way)[:20]!r}", allowed=", ".join(get_args(MergeWay)))
    moves = _moves(scenarios)
    if way == "votes":
        _check_weights(scenarios, weights)
        changes = _weighted(moves, weights)
    else:
        rows = lever_table(scenarios)
        changes = {row.key: row.mean if way == "movers" else row.mean_of_everybody for row in rows}
    try:
        return _between(scenarios, changes)
    except ShareError as problem:
        raise WorkshopError(
            f"these averages cannot all be paid for: {str(problem).rstrip('.')}",
            where="merge",
            todo="merge with the mean of everybody, or ask the groups to move fewer shares",
        ) from None


def _between(scenarios: Sequence[Scenario], changes: Mapping[str, float]) -> Scenario:
    """What all share, and these changes."""
    first, shared = scenarios[0], _shared(scenarios)
    return Scenario(
        first.network,
        changes,
        funded_by=_most(s.funded_by for s in scenarios if s.funded_by is not None),
        assumptions=dict(_in_all([s.assumptions for s in scenarios])),
        initial=dict(_in_all([s.initial for s in scenarios])),
        start=_most(s.start for s in scenarios if s.changes),
        phase_in_years=_most(s.phase_in_years for s in scenarios if s.changes) or 0.0,
        events=tuple(event for event in first.events if all(event in s.events for s in scenarios)),
        proposals=tuple(part for part in first.stacked if part.name in shared),
        stress=tuple(part for part in first.stresses if all(part in s.stresses for s in scenarios)),
        without=frozenset(off for off in first.without if off.partition(":")[0] in shared),
    )


def _check(scenarios: Sequence[Scenario]) -> None:
    if not scenarios:
        raise WorkshopError("there is nothing to merge yet", todo="submit a scenario first")
    networks = {scenario.network.identity for scenario in scenarios}
    if len(networks) > 1:
        raise WorkshopError(f"{' and '.join(sorted(networks))} are different networks", where="network")


def _check_weights(scenarios: Sequence[Scenario], weights: Sequence[float]) -> None:
    fits = len(weights) == len(scenarios) and all(math.isfinite(w) and w >= 0 for w in weights)
    if not fits or not math.fsum(weights):
        raise WorkshopError(
            "no scenario has been voted for", where="weights", todo="hold a vote of support, or merge another way"
        )


def _shared(scenarios: Sequence[Scenario]) -> frozenset[str]:
    """Names of proposals that all scenarios have, whole or with the same provisions switched off."""
    first = scenarios[0]

    def off(scenario: Scenario, name: str) -> frozenset[str]:
        return frozenset(one for one in scenario.without if one.partition(":")[0] == name)

    return frozenset(
        part.name
        for part in first.stacked
        if all(part in s.stacked and off(s, part.name) == off(first, part.name) for s in scenarios)
    )


def _moves(scenarios: Sequence[Scenario]) -> list[dict[str, float]]:
    """Per scenario the levers that it sets itself, and their values in full force."""
    shared, found = _shared(scenarios), []
    for scenario in scenarios:
        keys, before, after = scenario.layering.keys, scenario.baseline_values, scenario.values
        own = [layer for layer in scenario.layers if layer.origin.partition(":")[0] not in shared]
        named = set().union(*(scenario.layering.named(layer) for layer in own))
        found.append(
            {
                key: after[key]
                for key, parameter in keys.items()
                if key in named and parameter.declared.kind == "lever" and after[key] != before[key]
            }
        )
    return found


def _row(key: str, scenarios: Sequence[Scenario], moves: Sequence[Mapping[str, float]]) -> LeverRow:
    owner = next(scenario for scenario, own in zip(scenarios, moves, strict=True) if key in own)
    baseline = owner.baseline_values[key]
    moved = [own[key] for own in moves if key in own]
    everybody = [own.get(key, baseline) for own in moves]
    return LeverRow(
        key,
        owner.layering.keys[key],
        baseline,
        tuple(own.get(key) for own in moves),
        min(moved),
        math.fsum(moved) / len(moved),
        max(moved),
        math.fsum(everybody) / len(everybody),
        len(moved),
    )


def _weighted(moves: Sequence[Mapping[str, float]], weights: Sequence[float]) -> dict[str, float]:
    found: dict[str, float] = {}
    for key in dict.fromkeys(key for own in moves for key in own):
        pairs = [(weight, own[key]) for weight, own in zip(weights, moves, strict=True) if key in own and weight > 0]
        if pairs:
            found[key] = math.fsum(w * value for w, value in pairs) / math.fsum(w for w, _ in pairs)
    return found


def _in_all(parts: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    return {key: value for key, value in parts[0].items() if all(part.get(key) == value for part in parts)}


def _most(values: Iterable[T]) -> T | None:
    counts = Counter(values)
    return counts.most_common(1)[0][0] if counts else None
