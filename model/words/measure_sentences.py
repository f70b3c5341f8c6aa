"""What one chart says: a measure at the end of a run, beside the baseline."""

from __future__ import annotations

import datetime as dt

import numpy as np

from model.engine.results import Run
from model.outcomes import Measure, Outcome, date_at, last_step, outcome, series
from model.words.text import TOLERANCE, grouped, month, number, percent
from model.words.value_words import instead, without_unit


def is_equal(result: Outcome) -> bool:
    """Whether both worlds are exactly alike."""
    return result.scenario == result.baseline


def is_tiny(result: Outcome) -> bool:
    """Whether they differ by less than the tolerance: 0.1%, or 0.1 percentage points for shares."""
    if is_equal(result):
        return True
    gap = abs(result.scenario - result.baseline)
    scale = 1.0 if result.measure.percent else abs(result.baseline)
    return bool(np.isfinite(gap)) and gap < TOLERANCE * scale


def difference_words(result: Outcome) -> str:
    """Difference with both values: "3.1% lower (1.032B instead of 1.065B tokens)"."""
    write = result.measure.write
    if is_equal(result):
        return f"the same as in the baseline ({write(result.scenario)})"
    if is_tiny(result):
        return f"{write(result.scenario)}, within 0.1{' points' if result.measure.percent else '%'} of the baseline"
    return f"{result.change} ({instead(*_apart(result))})"


def _apart(result: Outcome) -> tuple[str, str]:
    """Scenario and baseline written with as many digits as it takes to tell them apart."""
    new, old = "", ""
    for digits in range(3, 7):
        new, old = (result.measure.write(value, digits) for value in (result.scenario, result.baseline))
        if new != old:
            break
    return new, old


def is_alike(run: Run, measure: Measure) -> bool:
    """Whether scenario and baseline have the same path."""
    values = run.values(measure.column)
    return bool(np.array_equal(values[0], values[1], equal_nan=True))


def measure_sentence(run: Run, measure: Measure) -> str:
    """What one chart says."""
    result = outcome(run, measure)
    label, when = measure.label, month(result.date)
    if is_alike(run, measure):
        return f"{path_words(run, measure)}, in scenario and baseline alike."
    if not np.isfinite(result.scenario):
        stopped = stop_of(run, "scenario")
        return f"{label} in {when} is not known: " + (
            f"the scenario stops in {month(stopped[0])}." if stopped else "it does not exist then."
        )
    if not np.isfinite(result.baseline):
        return f"{label} in {when} would be {measure.write(result.scenario)}; the baseline stops before."
    if is_tiny(result):
        gap = "0.1 percentage points" if measure.percent else "0.1%"
        value = f"{'index ' if measure.indexed else ''}{measure.write(result.scenario)}"
        return f"{label} in {when} would differ from the baseline by less than {gap} ({value})."
    if measure.indexed:
        index = instead(*_apart(result))
        return f"{label} in {when} would be {result.change} than in the baseline (index {index})."
    return f"{label} in {when} would be {difference_words(result)}."


def path_words(run: Run, measure: Measure) -> str:
    """Where the scenario's path begins and ends, without a full stop."""
    result = outcome(run, measure)
    values = series(run, measure)[1]
    start, end = float(values[0]), float(result.scenario)
    label, when, write = result.measure.title, month(result.date), result.measure.write
    if not np.isfinite(end):
        stopped = stop_of(run, "scenario")
        ending = f"stops in {month(stopped[0])}" if stopped else f"is not known in {when}"
        return f"{label} {ending}"
    still = abs(end - start) < TOLERANCE * (1.0 if result.measure.percent else max(abs(start), 1e-300))
    if still:
        return f"{label} would stay at {write(start)} until {when}"
    first = without_unit(write(start), write(end))
    return f"{label} would go from {first} to {write(end)} by {when}"


def flows_sentence(run: Run) -> str:
    """What the chart of minted and burned tokens says: both flows at the end, and where that takes supply."""
    at = last_step(run)
    when = month(date_at(run, at))
    minted, burned = run.values("emission")[:, at], run.values("burn")[:, at]
    rate = float(run.values("net_emission_rate")[1, at])
    if not np.isfinite(rate):
        stopped = stop_of(run, "scenario")
        return f"Flows in {when} are not known" + (f": the scenario stops in {month(stopped[0])}." if stopped else ".")
    alike = minted[0] == minted[1] and burned[0] == burned[1]
    base = "in scenario and baseline alike" if alike else f"baseline {number(minted[0])} and {number(burned[0])}"
    flows = f"In {when}, {number(minted[1])} tokens would be minted and {number(burned[1])} burned a year ({base})"
    if abs(rate) < TOLERANCE:
        return f"{flows}: supply would move by less than 0.1% a year."
    return f"{flows}: supply would {'grow' if rate > 0 else 'shrink'} {percent(abs(rate))} a year."


def daily_sentence(run: Run, burn_share: float) -> str:
    """The first page's one sentence: tokens in, tokens out, and what is left, on the first day of the change."""
    minted, burned = float(run.values("emission")[1, 0]) / 365.25, float(run.values("burn")[1, 0]) / 365.25
    rate = float(run.values("net_emission_rate")[1, 0])
    lead = f"At {number(100 * burn_share)}% burn, {grouped(burned)} tokens leave and {grouped(minted)} arrive each day"
    if abs(rate) < TOLERANCE:
        return f"{lead}: supply moves by less than 0.1% a year."
    if rate > 0:
        return f"{lead}: supply still grows {percent(rate)} a year."
    return f"{lead}: supply shrinks {percent(-rate)} a year."


def stop_of(run: Run, world: str) -> tuple[dt.date, str] | None:
    """When and why a world stops; None where it reaches the horizon."""
    if not run.stopped.height:
        return None
    rows = run.stopped.filter(run.stopped["world"] == world)
    return (rows["date"][0], str(rows["reason"][0])) if rows.height else None
