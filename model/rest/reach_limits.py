"""How far a setting may go so that today's network still gets to its rest point, solved on the simulated way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from model.parameters import parameter_keys
from model.rest.long_run import HORIZONS, Start, start_of
from model.rest.point import RestPoint
from model.rest.reached import End
from model.rest.roots import RestProblem
from model.rest.thresholds import BurnPeak, burn_values
from model.scenario.scenario import Scenario

Values = Mapping[str, float]
Varied = Callable[[Values, float], dict[str, float]]
"""Values with one setting at a number."""

ROUNDS = 10
"""Halvings of a bracket: it is narrowed to a thousandth of its width."""

EDGE = 1e-3
"""Where two rest points meet nothing attracts any more, so the search ends this part of the distance before."""


@dataclass(frozen=True)
class Furthest:
    """The last setting from which today's network gets to the rest point it would have.

    Attributes
    ----------
    setting
        In its own unit.
    arrives
        Whether three centuries are enough; else it is still on its way then.
    """

    setting: float
    arrives: bool


class Reach:
    """Asks of any one setting whether today's network gets from today's stocks to the rest point that it would have."""

    def __init__(self, scenario: Scenario, problem: RestProblem) -> None:
        self.start: Start = start_of(scenario)
        self.problem = problem

    def end(self, varied: Varied, setting: float) -> End | None:
        """Where the way ends, held against the rest points of that setting; None where none attracts."""
        problem = replace(self.problem, values=varied(self.problem.values, setting))
        roots = problem.roots()
        points = tuple(RestPoint(problem, root) for root in reversed(roots))
        start = replace(self.start, values=varied(self.start.values, setting))
        return start.end(points, HORIZONS[-1])

    def gets_there(self, varied: Varied, setting: float) -> bool:
        """Whether it ends at the highest of them, or is still on its way after three centuries."""
        return self.end(varied, setting) in ("rest point", "under way")

    def at(self, varied: Varied, setting: float) -> Furthest:
        """A setting from which it gets there."""
        return Furthest(setting, self.end(varied, setting) == "rest point")

    def furthest(self, varied: Varied, inside: float, outside: float) -> Furthest | None:
        """The last setting on the way from `inside` to `outside` from which the network gets there, by bisection.

        None where it does not get there even at `inside`. Once it fails it is taken to fail for all settings beyond.
        """
        if not self.gets_there(varied, inside):
            return None
        if self.gets_there(varied, outside):
            return self.at(varied, outside)
        for _ in range(ROUNDS):
            middle = 0.5 * (inside + outside)
            inside, outside = (middle, outside) if self.gets_there(varied, middle) else (inside, middle)
        return self.at(varied, inside)


def burn_reach(reach: Reach, peak: BurnPeak) -> Furthest | None:
    """Burn share up to which today's network gets to the rest point; None where it does at no share in reach.

    Looked for between neighbours of the curve's shares, so that a network that gets there only at a middle
    share is found as well.
    """
    varied = partial(_burning, reach, peak)
    there = [float(share) for share, price in zip(peak.shares, peak.prices, strict=True) if np.isfinite(price)]
    if peak.tipping_share is not None:
        there.append(peak.tipping_share)
    for high, low in zip(reversed(there), [*reversed(there[:-1]), None], strict=True):
        if reach.gets_there(varied, high):
            return reach.at(varied, high)
        if low is not None and reach.gets_there(varied, low):
            return reach.furthest(varied, low, high)
    return None


def _burning(reach: Reach, peak: BurnPeak, values: Values, share: float) -> dict[str, float]:
    return burn_values(reach.problem.structure, values, peak.stream, peak.payer, share)


def payout_reach(reach: Reach, distance: float) -> Furthest | None:
    """Share by which all payouts to providers may fall for good; None where today's network does not get there."""
    return reach.furthest(partial(_paying_less, reach), 0.0, distance)


def demand_reach(reach: Reach, distance: float) -> Furthest | None:
    """Share by which demand may fall for good; None where today's network does not get there."""
    return reach.furthest(_demanding_less, 0.0, distance)


def _paying_less(reach: Reach, values: Values, fall: float) -> dict[str, float]:
    """Providers who are paid less by a share leave as those who require more by it: nobody else gains [E41]."""
    words = parameter_keys(reach.problem.structure)
    found = dict(values)
    for key in values:
        if key in words and words[key].declared.word == "required_margin":
            found[key] = (1 + values[key]) / (1 - fall) - 1
    return found


def _demanding_less(values: Values, fall: float) -> dict[str, float]:
    scaled = {key: 1 - fall for key in values if key.rpartition(".")[2] == "demand_scale"}
    return {key: value * scaled.get(key, 1.0) for key, value in values.items()}
