"""Sentences about a run, generated from its numbers: neutral, with units, dates and a tolerance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np

from model.engine.results import COLLAPSE, Run
from model.equilibrium import Rest
from model.outcomes import Measure, Outcome, date_at, last_step, measures, outcome, runs_out_in, series
from model.parameters import ParameterKey, parameter_keys
from model.proposals.proposal import Proposal
from model.scenario.scenario import Scenario
from model.version import VERSION
from model.words.text import TOLERANCE, change, duration, month, number, percent, quantity

LOW_STAKING = 0.10
WARNED = ("burn_clipped", "net_emission_rate", "staking_ratio", "capacity", "collapsed")
"""Columns that warnings read."""
RUNAWAY = 1.0
"""Net emission above this rate a year more than doubles supply within a year."""

_UNITS = {
    "share": "",
    "1/yr": "a year",
    "1/yr per year": "a year, each year",
    "USD/yr": "$ a year",
    "USD": "$",
    "tokens/yr": "tokens a year",
    "elasticity": "",
    "ratio": "",
    "exponent": "",
    "weight": "",
    "USD per unit of service": "$ per unit of service",
    "units of service/yr": "units a year",
    "USD/yr per unit of capacity": "$ a year per unit of capacity",
    "units of service/yr per unit of capacity": "units a year per unit of capacity",
}


def value_words(concrete: ParameterKey, value: float) -> str:
    """A parameter's value with its unit: "20%", "8M tokens a year", "0.5 times today's schedule"."""
    declared = concrete.declared
    if declared.format == "switch":
        return "on" if value else "off"
    unit = _UNITS.get(declared.unit, declared.unit)
    if declared.format == "years":
        return duration(value) if value else "0 years"
    if declared.format == "percent":
        # The word "less than 0.1%" hides a setting; small shares are written out.
        written = f"{number(100 * value)}%"
        return f"{written} {unit}" if unit.startswith("a year") else written
    return quantity(value, unit)


def lowered(label: str) -> str:
    """A label inside a sentence."""
    return label if label[:2].isupper() and label[1:2] != " " else label[:1].lower() + label[1:]


def change_words(concrete: ParameterKey, old: float, new: float) -> str:
    """One change: "burn share at 40% instead of 20%"."""
    return f"{lowered(concrete.label)} at {instead(value_words(concrete, new), value_words(concrete, old))}"


def instead(new: str, old: str) -> str:
    """Two written values with their common unit said once: "0 instead of 1 times today's schedule"."""
    return f"{without_unit(new, old)} instead of {old}"


def without_unit(written: str, other: str) -> str:
    """A written value less the unit that another value after it says again; percentages keep their sign."""
    return written.removesuffix(other[len(other.partition(" ")[0]) :])


def by_hand(scenario: Scenario) -> dict[str, tuple[float, float]]:
    """Levers that were moved by hand: (what is in force without that: today's or a proposal's value, set by hand)."""
    before, after = scenario.proposed_values, scenario.values
    keys = parameter_keys(scenario.structure)
    meant = [k for key in scenario.changes for k in keys if key in (k, k.rpartition(".")[2])]
    return {key: (before[key], after[key]) for key in meant}


def followers(scenario: Scenario) -> dict[str, tuple[float, float]]:
    """Levers that move because somebody has to pay for what was moved by hand: (without that, what it becomes)."""
    before, moved = scenario.proposed_values, by_hand(scenario)
    return {
        key: (before[key], value) for key, value in scenario.values.items() if key not in moved and value != before[key]
    }


def count_words(count: int, word: str) -> str:
    """Count with its word: "no changes", "1 change", "3 changes"."""
    return f"{count or 'no'} {word}" if count == 1 else f"{count or 'no'} {word}s"


def state_words(scenario: Scenario) -> str:
    """What somebody would continue with: "Payment network: 3 changes, 1 assumption."."""
    counts = [
        (len(scenario.stacked), "proposal"),
        (len(by_hand(scenario)), "change"),
        (len(scenario.assumptions) + len(scenario.initial), "assumption"),
    ]
    told = ", ".join(count_words(count, word) for count, word in counts if count)
    return f"{scenario.network.title}: {told or 'as it is today'}."


# ---- headline -----------------------------------------------------------------------------------------
def headline(run: Run, scenario: Scenario) -> str:
    """The one sentence at the top of the page."""
    supply = outcome(run, measures(run.system)["supply"])
    reason = nothing_because(run, scenario)
    if reason:
        return f"{reason} {_path_words(run, supply)}"
    lead = f"With {_what_changes(scenario)}"
    stopped = _stops(run, "scenario")
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


def _what_changes(scenario: Scenario) -> str:
    """What a headline begins with: proposals by their titles, then what was made by hand and who pays for it."""
    keys = parameter_keys(scenario.structure)
    # Shares of revenue come last, beside who pays for them.
    moved = sorted(by_hand(scenario).items(), key=lambda item: _is_revenue(item[0]))
    titles = _titles(scenario)
    named = 1 if titles else 2
    if len(moved) > named:
        words = [*titles, count_words(len(moved), "change") + (" by hand" if titles else "")]
    else:
        words = [*titles, *(change_words(keys[key], *pair) for key, pair in moved)]
    if scenario.events:
        words.append(count_words(len(scenario.events), "supply event"))
    payer = who_pays(scenario)
    return " and ".join(words) + (f", paid by {payer}" if payer else "")


def _titles(scenario: Scenario) -> list[str]:
    """Proposals in a sentence, each with what is switched off in it; from three on, their number."""
    if len(scenario.stacked) > 2:
        return [f"{len(scenario.stacked)} proposals" + _less(scenario.without, scenario.stacked, "their")]
    return [f"“{part.title}”" + _less(scenario.without, [part], "its") for part in scenario.stacked]


def _less(switched_off: Iterable[str], parts: Iterable[Proposal], whose: str) -> str:
    """What of proposals is switched off: its title where it is one thing, otherwise how many."""
    own = {f"{part.name}:{provision.id}": provision.title for part in parts for provision in part.provisions}
    off = [own[name] for name in switched_off if name in own]
    if not off:
        return ""
    return f" without “{off[0]}”" if len(off) == 1 else f" without {len(off)} of {whose} provisions"


_REVENUE = frozenset(
    {"burn_share", "fee_share", "provider_fee_share", "staker_fee_share", "treasury_fee_share", "user_surcharge"}
)


def _is_revenue(key: str) -> bool:
    """Whether a key is a share of revenue, or the surcharge that users pay on top."""
    return key.rpartition(".")[2] in _REVENUE


def who_pays(scenario: Scenario) -> str:
    """Who funds the moved shares of revenue, where anybody has to; empty where nobody pays."""
    paid = any(_is_revenue(key) for key in followers(scenario))
    return payer_words(scenario.funded_by or scenario.network.fee_balance) if paid else ""


def payer_words(payer: str) -> str:
    """A payer inside a sentence."""
    return "the treasury" if payer == "treasury" else payer


def payer_sentence(scenario: Scenario) -> str:
    """What the payer's share becomes, or who would pay."""
    keys = parameter_keys(scenario.structure)
    payer = payer_words(scenario.funded_by or scenario.network.fee_balance)
    name = payer[:1].upper() + payer[1:]
    verb = "pays" if payer == "the treasury" else "pay"
    moved = [change_words(keys[key], *pair) for key, pair in followers(scenario).items() if _is_revenue(key)]
    return f"{name} {verb}: {', '.join(moved)}." if moved else f"{name} would pay when a share of revenue moves."


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


# ---- differences --------------------------------------------------------------------------------------
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


def nothing_because(run: Run, scenario: Scenario) -> str:
    """Why scenario and baseline are alike, as a sentence; empty where they differ."""
    end = date_at(run, last_step(run))
    if scenario.stacked or scenario.events:
        from model.words.no_effect import nothing_reason  # it takes its words from this file

        if reason := nothing_reason(scenario, end):
            return reason
    elif not scenario.changes:
        return "No lever is moved, so scenario and baseline are the same."
    if scenario.is_empty:
        return "The settings equal today's, so scenario and baseline are the same."
    if scenario.start is not None and scenario.start >= end and not scenario.stacked:
        return f"Nothing changes by {month(end)}: the changes start in {month(scenario.start)}, after the horizon."
    if all(_alike(run, measure) for measure in measures(run.system).values()):
        keys = parameter_keys(scenario.structure)
        words = ", ".join(lowered(keys[key].label) for key in by_hand(scenario) or scenario.moved)
        return f"Nothing changes by {month(end)}: {scenario.network.title} makes no use of {words} as it stands."
    return ""


def _alike(run: Run, measure: Measure) -> bool:
    values = run.values(measure.column)
    return bool(np.array_equal(values[0], values[1], equal_nan=True))


def measure_sentence(run: Run, measure: Measure) -> str:
    """What one chart says."""
    result = outcome(run, measure)
    label, when = measure.label, month(result.date)
    if _alike(run, measure):
        return f"{path_words(run, measure)}, in scenario and baseline alike."
    if not np.isfinite(result.scenario):
        stopped = _stops(run, "scenario")
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
        stopped = _stops(run, "scenario")
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
        stopped = _stops(run, "scenario")
        return f"Flows in {when} are not known" + (f": the scenario stops in {month(stopped[0])}." if stopped else ".")
    alike = minted[0] == minted[1] and burned[0] == burned[1]
    base = "in scenario and baseline alike" if alike else f"baseline {number(minted[0])} and {number(burned[0])}"
    flows = f"In {when}, {number(minted[1])} tokens would be minted and {number(burned[1])} burned a year ({base})"
    if abs(rate) < TOLERANCE:
        return f"{flows}: supply would move by less than 0.1% a year."
    return f"{flows}: supply would {'grow' if rate > 0 else 'shrink'} {percent(abs(rate))} a year."


# ---- a day in words -----------------------------------------------------------------------------------
def daily_sentence(run: Run, burn_share: float) -> str:
    """The first page's one sentence: tokens in, tokens out, and what is left, on the first day of the change."""
    from model.words.text import grouped

    minted, burned = float(run.values("emission")[1, 0]) / 365.25, float(run.values("burn")[1, 0]) / 365.25
    rate = float(run.values("net_emission_rate")[1, 0])
    lead = f"At {number(100 * burn_share)}% burn, {grouped(burned)} tokens leave and {grouped(minted)} arrive each day"
    if abs(rate) < TOLERANCE:
        return f"{lead}: supply moves by less than 0.1% a year."
    if rate > 0:
        return f"{lead}: supply still grows {percent(rate)} a year."
    return f"{lead}: supply shrinks {percent(-rate)} a year."


# ---- rest point ---------------------------------------------------------------------------------------
_FROZEN = "With emission, demand and costs held as they are today"


def rest_sentence(rest: Rest, baseline: Rest | None = None) -> str:
    """Where the scenario would come to rest, always with its clock."""
    point = rest.stable_point
    if not rest.found and rest.problem is not None:
        return f"{_FROZEN}, there would be no rest point: {lowered(rest.reason)}"
    if point is None or rest.kind not in ("anchor", "terminal"):
        return rest.reason
    lead = "After emission has ended" if rest.kind == "terminal" else _FROZEN
    words = f"{lead}, the network would be drawn to a price {_times(point.price, rest.today['price'])}"
    if point.half_life_years is not None:
        words += f", half of the way in about {duration(point.half_life_years)}"
    other = baseline.stable_point if baseline is not None else None
    if other is not None and abs(point.price / other.price - 1) >= 0.005:
        words += f" (baseline: {_times(other.price, rest.today['price'])})"
    return f"{words}."


def _times(price: float, today: float) -> str:
    ratio = price / today
    return "equal to today's" if abs(ratio - 1) < 0.005 else f"{number(ratio, 2)} times today's"


def stability_sentence(rest: Rest) -> str:
    """Whether the rest point lasts, and how far it is from tipping; empty where there is none."""
    point = rest.stable_point
    if point is None:
        return ""
    verdict = "stable: small disturbances die out" if point.stable else "unstable: small disturbances grow"
    distance = rest.distance_to_tipping
    if not np.isfinite(distance):
        return f"This state is {verdict}."
    if distance >= 1 - 1e-9:
        return f"This state is {verdict}, and no fall of payouts makes it tip."
    return f"This state is {verdict}; payouts could fall {percent(distance, 2)} before the network tips."


# ---- warnings -----------------------------------------------------------------------------------------
def warnings(run: Run) -> list[str]:
    """What a reader would want to be told even without looking at the chart; the scenario's, marked when shared."""
    found = [
        _stop_warning(run),
        _runway_warning(run),
        _first(run, _flag(run), "From {when} the float would be too small to burn all that is paid for"),
        _first(run, run.values("net_emission_rate") > RUNAWAY, "In {when} supply would grow by more than 100% a year"),
        _staking_warning(run),
        _collapse_warning(run),
    ]
    return [sentence for sentence in found if sentence]


def _flag(run: Run) -> np.ndarray:
    return run.values("burn_clipped") > 0.5


def _first(run: Run, mask: np.ndarray, words: str) -> str:
    """The sentence with the first date on which the mask holds in the scenario; empty where it never does."""
    steps = np.flatnonzero(mask[1])
    if not len(steps):
        return ""
    shared = " (in the baseline too)" if mask[0].any() else " (not in the baseline)"
    return words.format(when=month(date_at(run, int(steps[0])))) + shared + "."


def _stops(run: Run, world: str) -> tuple[dt.date, str] | None:
    if not run.stopped.height:
        return None
    rows = run.stopped.filter(run.stopped["world"] == world)
    return (rows["date"][0], str(rows["reason"][0])) if rows.height else None


def _stop_warning(run: Run) -> str:
    found = _stops(run, "scenario")
    if not found:
        return ""
    shared = " (in the baseline too)" if _stops(run, "baseline") else " (not in the baseline)"
    return f"The run stops in {month(found[0])}{shared}: {found[1]}."


def _runway_warning(run: Run) -> str:
    years, base = runs_out_in(run, 1), runs_out_in(run, 0)
    if years is None:
        return ""
    same = "the same in the baseline" if base == years else f"baseline: {_runway(base)}"
    day = run.start + dt.timedelta(days=round(years * 365.25))
    return f"The treasury would run out in {month(day)}, month {round(years * 12)} ({same})."


def _runway(years: float | None) -> str:
    return "it lasts beyond the horizon" if years is None else f"month {round(years * 12)}"


def _staking_warning(run: Run) -> str:
    if not run.system.structure.uses("staking"):
        return ""
    ratio = run.values("staking_ratio")
    if not ratio[1, 0] >= LOW_STAKING:
        return ""
    return _first(run, ratio < LOW_STAKING, "From {when} less than 10% of float and stake would be staked")


def _collapse_warning(run: Run) -> str:
    capacity = run.values("capacity")
    return _first(
        run, capacity < COLLAPSE * capacity[:, :1], "From {when} capacity would be below a fifth of the first day's"
    )


# ---- what it rests on ---------------------------------------------------------------------------------
def source_line(scenario: Scenario) -> str:
    """Network, date and how many assumptions are not the preset's; stands under every chart."""
    moved = len(scenario.assumptions) + len(scenario.initial)
    told = "default assumptions" if not moved else count_words(moved, "non-default assumption")
    network = scenario.network
    return f"{network.title} of {month(network.as_of)}, {told}, model {VERSION}."
