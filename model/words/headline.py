"""The one sentence at the top of a page: what would change, or why nothing would."""

from __future__ import annotations

import numpy as np

from model.engine.results import Run
from model.outcomes import Outcome, date_at, last_step, measures, outcome, series
from model.parameters import parameter_keys
from model.scenario.scenario import Scenario
from model.words.by_hand import by_hand, changes_in_words
from model.words.measure_sentences import difference_words, is_alike, is_equal, is_tiny, stop_of
from model.words.no_effect import nothing_reason
from model.words.text import TOLERANCE, change, month, number
from model.words.value_words import lowered


def headline(run: Run, scenario: Scenario) -> str:
    """The one sentence at the top of the page."""
    supply = outcome(run, measures(run.system)["supply"])
    reason = nothing_because(run, scenario)
    if reason:
        return f"{reason} {_path_words(run, supply)}"
    lead = f"With {changes_in_words(scenario)}"
    stopped = stop_of(run, "scenario")
    if stopped:
        day, why = stopped
        return f"{lead}, the network would stop in {month(day)}: {why}."
    price = outcome(run, measures(run.system)["price"])
    if is_tiny(supply) and is_tiny(price):
        return (
            f"{lead}, supply and price in {month(supply.date)} would differ from the baseline by less than 0.1% "
            f"({supply.measure.write(supply.scenario)})."
        )
    return f"{lead}, supply in {month(supply.date)} would be {difference_words(supply)} and {_price_words(price)}."


def _path_words(run: Run, supply: Outcome) -> str:
    start = float(series(run, supply.measure)[1, 0])
    minted, burned = float(run.values("emission")[1, 0]), float(run.values("burn")[1, 0])
    end = supply.scenario if np.isfinite(supply.scenario) else float("nan")
    verb = "rise" if end > start else "fall"
    flows = f"on the first day {number(minted)} are minted and {number(burned)} burned a year"
    if abs(end / start - 1) < TOLERANCE:
        return f"Supply would stay at {supply.measure.write(start)} until {month(supply.date)}; {flows}."
    ends = f"from {number(start)} to {supply.measure.write(end)} by {month(supply.date)}"
    return f"Supply would {verb} {ends}; {flows}."


def _price_words(price: Outcome) -> str:
    if not np.isfinite(price.scenario) or not np.isfinite(price.baseline):
        return "the price is not known"
    if is_equal(price):
        return "the price the same as in the baseline"
    if is_tiny(price):
        return "the price within 0.1% of the baseline"
    return f"the price {change(price.scenario, price.baseline)} than in the baseline"


def nothing_because(run: Run, scenario: Scenario) -> str:
    """Why scenario and baseline are alike, as a sentence; empty where they differ."""
    end = date_at(run, last_step(run))
    if scenario.stacked or scenario.events:
        if reason := nothing_reason(scenario, end):
            return reason
    elif not scenario.changes:
        return "No lever is moved, so scenario and baseline are the same."
    if scenario.is_empty:
        return "The settings equal today's, so scenario and baseline are the same."
    if scenario.start is not None and scenario.start >= end and not scenario.stacked:
        return f"Nothing changes by {month(end)}: the changes start in {month(scenario.start)}, after the horizon."
    if all(is_alike(run, measure) for measure in measures(run.system).values()):
        keys = parameter_keys(scenario.structure)
        words = ", ".join(lowered(keys[key].label) for key in by_hand(scenario) or scenario.moved)
        return f"Nothing changes by {month(end)}: {scenario.network.title} makes no use of {words} as it stands."
    return ""
