"""Why a run and a rest point differ in direction: a run has trends and shocks, a rest point holds all that still."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from model.engine.kept import MedianRun
from model.engine.results import Run
from model.equilibrium import Rest
from model.outcomes import date_at, last_step, measures, series
from model.scenario.scenario import Scenario
from model.words.text import TOLERANCE, month, number, percent

KEPT = 0.5
"""A run that keeps half of the first day's capacity does not look like one that loses all of it."""


def apart_sentence(rest: Rest, run: Run, scenario: Scenario) -> str:
    """Where the run goes and what moves it there, when the rest point points elsewhere; empty where both agree."""
    found = measures(run.system)
    price, capacity = (series(run, found[name])[1] for name in ("price", "capacity"))
    if not isfinite(price[-1]) or not isfinite(capacity[-1]):
        return ""
    who = "the median of the modelled futures" if isinstance(run, MedianRun) else "the path over the horizon"
    when = month(date_at(run, last_step(run)))
    told = why_moving(scenario)
    if loses_capacity(rest):
        if capacity[-1] < KEPT * capacity[0]:
            return ""
        words = f"Yet {who} has capacity at {number(capacity[-1])} in {when} (today 100)"
    else:
        point = rest.stable_point
        if point is None or not _opposite(point.price / rest.today["price"], price[-1] / price[0]):
            return ""
        words = f"Yet {who} has the price index at {number(price[-1])} in {when} (today 100)"
    return f"{words}: {told}." if told else f"{words}, because the way to rest takes longer."


def loses_capacity(rest: Rest) -> bool:
    """Whether, held still, all capacity would leave: no rest point to go to, or one that is not reached."""
    if rest.problem is not None and not rest.points:
        return True
    return rest.reached is not None and rest.reached.fails


def _opposite(first: float, second: float) -> bool:
    apart = min(abs(first - 1), abs(second - 1)) > TOLERANCE
    return apart and (first > 1) != (second > 1)


def why_moving(scenario: Scenario) -> str:
    """The trends of a run that a rest point stops, in words; empty where there are none."""
    trends = [
        _trend("demand", scenario, "demand_growth", "grows", "falls"),
        _trend("costs", scenario, "cost_trend", "fall", "rise"),
        _trend("what speculators hold", scenario, "holdings_growth", "grows", "falls"),
    ]
    named = [trend for trend in trends if trend]
    if not named:
        return ""
    listed = f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]
    return f"there {listed}, while a rest point holds {'them' if len(named) > 1 else 'it'} as today"


def _trend(what: str, scenario: Scenario, word: str, up: str, down: str) -> str:
    rates = sorted({value for key, value in scenario.values.items() if key.rpartition(".")[2] == word})
    if not any(abs(rate) >= TOLERANCE for rate in rates):
        return ""
    if rates[0] >= 0:
        return f"{what} {up} {_rates(rates)}"
    if rates[-1] <= 0:
        return f"{what} {down} {_rates([-rate for rate in reversed(rates)])}"
    return f"{what} moves by {_rates(rates)}"


def _rates(rates: Sequence[float]) -> str:
    low, high = percent(rates[0]), percent(rates[-1])
    return f"{low} a year" if low == high else f"{low} to {high} a year"
