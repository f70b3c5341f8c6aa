"""Several scenarios of one network beside each other: worlds of one run, on the same draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from model.engine.assembly import scenario_worlds
from model.engine.results import Run
from model.engine.stepper import Engine
from model.engine.worlds import Column, Worlds
from model.errors import OutOfRangeError
from model.projection import Stepping, step_plan, stepped
from model.scenario.scenario import Scenario

BASELINE = "baseline"
MOST = 8
"""Scenarios that one run compares."""


def compare(
    scenarios: Sequence[Scenario],
    labels: Sequence[str] = (),
    *,
    years: float = 10,
    draws: int = 0,
    seed: int = 0,
    engine: Engine = "auto",
) -> Run:
    """Step scenarios of one network together, week by week.

    Parameters
    ----------
    labels
        One per scenario; by default A, B, C and so on.
    years, draws, seed, engine
        As in `project`: every world meets the same futures.

    Returns
    -------
    Run
        World "baseline", then one per scenario. The baseline has the assumptions, initial stocks and stresses that the
        scenarios share; where they differ it is the network as its preset has it.

    Raises
    ------
    BallastError
        For no scenario, too many, or scenarios of several networks.
    """
    names = list(labels) or [chr(ord("A") + place) for place in range(len(scenarios))]
    _check(scenarios, names)
    network = scenarios[0].network
    length, steps, every = step_plan(network, years, "week")
    how = Stepping(draws, seed, engine)
    return stepped(_worlds(scenarios, names, length, steps), network.as_of, how, every=every)


def _check(scenarios: Sequence[Scenario], labels: Sequence[str]) -> None:
    if not 1 <= len(scenarios) <= MOST:
        raise OutOfRangeError(
            f"{len(scenarios)} scenarios cannot be compared", where="scenarios", allowed=f"1 to {MOST} of them"
        )
    if len({*labels, BASELINE}) != len(scenarios) + 1:
        raise OutOfRangeError(
            "every scenario needs a label of its own",
            where="labels",
            allowed=f'different words other than "{BASELINE}"',
        )
    networks = {scenario.network.identity for scenario in scenarios}
    if len(networks) > 1:
        raise OutOfRangeError(
            f"{' and '.join(sorted(networks))} are different networks",
            where="scenarios",
            todo="compare those of each network in a run of their own",
        )


def ground(scenario: Scenario) -> tuple[object, ...]:
    """What a scenario's baseline rests on beside the network; scenarios with equal grounds have the same baseline."""
    beneath = (*scenario.stresses, *scenario.underlying)
    names = {part.name for part in beneath}
    return (
        tuple(sorted(scenario.assumptions.items())),
        tuple(sorted(scenario.initial.items())),
        beneath,
        tuple(sorted(off for off in scenario.without if off.partition(":")[0] in names)),
    )


def on_same_ground(scenarios: Sequence[Scenario]) -> bool:
    """Whether scenarios of one network differ in nothing but what can be voted on."""
    return all(ground(scenario) == ground(scenarios[0]) for scenario in scenarios[1:])


def _worlds(scenarios: Sequence[Scenario], labels: Sequence[str], length: float, steps: int) -> Worlds:
    """The baseline, then each scenario, each with its own initial stocks."""
    if on_same_ground(scenarios):
        return scenario_worlds(scenarios, labels, step_length=length, steps=steps)
    plain = Scenario(scenarios[0].network)
    made = scenario_worlds([plain, *scenarios], ["again", *labels], step_length=length, steps=steps)
    every_initial = [plain.network.initial_for(made.system.structure)] * 2
    every_initial += [{**every_initial[0], **scenario.stocks} for scenario in scenarios]
    initial = {name: np.array([stocks[name] for stocks in every_initial]) for name in made.initial}
    return _without_second(replace(made, initial=initial))


def _without_second(worlds: Worlds) -> Worlds:
    """All worlds but the second, which says what the first one says."""
    kept = np.delete(np.arange(worlds.count), 1)

    def part(column: Column) -> Column:
        return Column(column.values, column.index[kept])

    return replace(
        worlds,
        labels=tuple(worlds.labels[row] for row in kept),
        parameters={key: part(column) for key, column in worlds.parameters.items()},
        initial={name: values[kept] for name, values in worlds.initial.items()},
        shocks={symbol: part(column) for symbol, column in worlds.shocks.items()},
    )
