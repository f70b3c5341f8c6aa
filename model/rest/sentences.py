"""Sentences about where a scenario rests: neutral, with units, never an equilibrium without its clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite, log

from model.parameters import ParameterKey, parameter_keys
from model.rest.merit_theory import MeritThresholds
from model.rest.point import RestPoint
from model.rest.report import Elasticity, RestReport
from model.structure import Structure
from model.variables import variables_by_word
from model.words.sentences import lowered
from model.words.text import TOLERANCE, change, duration, grows, number, percent, quantity

PAYER_WORDS = {
    "providers": "paid by providers",
    "stakers": "paid by stakers",
    "treasury": "paid by the treasury",
    "users": "paid by users as a surcharge",
}

_FROZEN = "With emission, demand and costs held as they are today"
_CENTURY = 100.0
_TINY_ELASTICITY = 0.005
_BILLIONTH = 1e-9


def usd(price: float | None) -> str:
    """Dollars for one token, one year or all of something."""
    return quantity(price, "$")


def _role(report: RestReport, role: str) -> str:
    shape = report.scenario.structure
    return "providers" if shape.one_role else shape.called(role)


# ---- headline -----------------------------------------------------------------------------------------
def headline(report: RestReport) -> str:
    """Where it would come to rest, of which kind, and how long that takes."""
    rest, title = report.rest, report.scenario.network.title
    if rest.kind == "balanced-growth":
        return _growing(report)
    if rest.kind == "terminal" and not rest.points:
        return (
            f"Nothing is minted any more in {title}, so supply has no point of rest: burning takes "
            f"{percent(rest.today['float_burn_rate'])} of the float a year, half of it in {_today_clock(report)}."
        )
    point = report.point
    if point is not None:
        return _at_rest(report, point)
    if rest.points:
        return f"{title} has a state in which nothing moves, but it is a tipping point: any push moves it away."
    if report.float_is_held and rest.problem is None:
        return _burns_nothing(report)
    if rest.problem is not None:
        return f"{_FROZEN}, {title} would have no point of rest: {lowered(rest.reason)}"
    return f"{title} has no point of rest. {rest.reason}"


def _at_rest(report: RestReport, point: RestPoint) -> str:
    rest, today = report.rest, report.rest.today
    title = report.scenario.network.title
    lead = "After emission has ended" if rest.kind == "terminal" else _FROZEN
    clock = duration(point.half_life_years)
    moved = abs(point.price / today["price"] - 1)
    if moved < TOLERANCE:
        return (
            f"{lead}, {title} is at rest now, at a price of {usd(point.price)}; "
            f"half of any disturbance of price and supply would fade in about {clock}."
        )
    return (
        f"{lead}, {title} would come to rest at a price of {usd(point.price)}, {change(point.price, today['price'])} "
        f"than today's {usd(today['price'])}; half of the distance closes in about {clock}."
    )


def _today_clock(report: RestReport) -> str:
    return duration(report.rest.today["half_life_years"])


def _growing(report: RestReport) -> str:
    rest, title = report.rest, report.scenario.network.title
    share = rest.break_even_burn_share
    even = (
        f"a burn share of {percent(share)} would hold it still"
        if share is not None
        else "no burn share could hold it still"
    )
    return (
        f"Emission of {title} is a share of supply, so supply never rests: at today's figures it "
        f"{grows(rest.net_rate)}, and {even}. "
        f"Burning takes {percent(rest.today['float_burn_rate'])} of the float a year."
    )


def _burns_nothing(report: RestReport) -> str:
    rest, title = report.rest, report.scenario.network.title
    return (
        f"{title} burns nothing, so there is no burn-mint point: burn and mint never meet, whatever the price. At "
        f"today's figures supply {grows(rest.net_rate)}{_what_follows(report)}."
    )


def _what_follows(report: RestReport) -> str:
    """How the present growth goes on: doubling only where the schedule lets it, the next fall where it falls."""
    family, rate = report.scenario.structure.emission, report.rest.net_rate
    if rate <= 0:
        return ""
    if family == "percentage":
        return f" and would double in about {duration(log(2) / rate)}"
    if family == "constant":
        return f" and would double in about {duration(1 / rate)}"
    falling = {"supply-halving", "time-halving", "table", "exponential", "declining-percentage"}
    return ", and more slowly as emission falls by its schedule" if family in falling else ""


def signed_percent(rate: float) -> str:
    """A rate with its sign: "+5.4%"."""
    text = percent(rate)
    return f"+{text}" if rate > 0 and text[0].isdigit() else text


def clock_note(report: RestReport) -> str:
    """What the clock means, and the slowest motion where it is much slower; empty without a point."""
    point = report.point
    if point is None or point.half_life_years is None:
        return ""
    slowest = point.step_map.slowest_half_life_years
    notes = []
    if point.half_life_years > _CENTURY:
        notes.append("This is a direction, not a forecast: the way takes longer than any plan.")
    if slowest is not None and slowest > 1.2 * point.half_life_years:
        notes.append(f"The slowest motion, with stake and treasury following, has a half-life of {duration(slowest)}.")
    return " ".join(notes)


# ---- burn and mint ------------------------------------------------------------------------------------
def crossing_sentence(report: RestReport, *, at_rest: bool) -> str:
    """Where burn meets mint."""
    today = report.rest.today
    if at_rest and report.point is not None:
        return (
            f"At the revenue of the rest point, burn meets mint at {usd(report.point.price)}; "
            f"today's price is {usd(today['price'])}."
        )
    crossing = report.crossing_today
    if crossing is None:
        return _never_meets(today)
    side = "more is minted than burned" if today["price"] > crossing else "more is burned than minted"
    if abs(today["price"] / crossing - 1) < TOLERANCE:
        return f"At today's revenue burn meets mint at {usd(crossing)}, which is today's price."
    return (
        f"At today's revenue burn would meet mint at {usd(crossing)}; at today's price of {usd(today['price'])} "
        f"{side}: {quantity(today['emission'], 'tokens')} against {quantity(today['burn'], 'tokens')} a year."
    )


def _never_meets(today: Mapping[str, float]) -> str:
    if not today["burn"] > 0:
        return (
            f"Nothing is burned, so there is only one line: {quantity(today['emission'], 'tokens')} a year are minted "
            "whatever the price."
            if not today["fiat_indexed"] > 0
            else "Nothing is burned, so there is only one line: what is minted."
        )
    if today["fiat_indexed"] > 0:
        return (
            f"The lines do not meet: pay fixed in dollars mints {usd(today['fiat_indexed'])} of tokens a year, and "
            f"only {usd(today['burn_wanted'] * today['price'])} is burned; every fall of the price mints more."
        )
    return "The lines do not meet: nothing is minted that the burn could balance."


# ---- plane --------------------------------------------------------------------------------------------
def plane_sentence(report: RestReport) -> str:
    """What the capacity-quality plane shows."""
    point, rest = report.point, report.rest
    if report.float_is_held:
        if report.held_point is None:
            return "With today's float no capacity earns what providers require, so capacity shrinks."
        return f"{_while_held(report.held_point)}; as supply changes the point moves."
    if point is None:
        apart = (
            "The curves do not meet: at every capacity, the quality that would pay for it is higher than the quality "
            "it supports."
        )
        return apart if report.held_point is None else f"{apart} {_while_held(report.held_point)}."
    distance = rest.distance_to_tipping
    if rest.tipping_point is None or distance >= 1:
        return (
            f"Capacity and quality hold each other up at {percent(point.quality)} quality; there is no tipping point."
        )
    return (
        f"The network holds at {percent(point.quality)} quality; all payouts together may fall by {percent(distance)} "
        f"before no rest point is left, and a network pushed below {percent(rest.tipping_point.quality)} quality "
        "would collapse."
    )


def _while_held(point: RestPoint) -> str:
    return f"While the float stays as it is today, capacity would hold at {percent(point.quality)} quality"


# ---- rest points --------------------------------------------------------------------------------------
def verdict(stable: bool) -> str:
    """The word for one of the two tests."""
    return "stable" if stable else "unstable"


def verdicts(point: RestPoint) -> str:
    """Both tests of stability and whether they agree."""
    first, second = point.stable_by_criterion, point.stable_by_radius
    agree = "Both agree." if first == second else "They disagree; the step map decides."
    return (
        f"Quality feedback {number(point.quality_feedback)}: {verdict(first)}. One simulated week multiplies the "
        f"slowest disturbance by {number(point.spectral_radius, 6)}: {verdict(second)}. {agree}"
    )


# ---- elasticities -------------------------------------------------------------------------------------
def quantity_words(name: str, shape: Structure) -> str:
    """What is moved by one percent: "Burn share, stakers pay"."""
    word, _, payer = name.partition(":")
    label = _label(word, parameter_keys(shape))
    return f"{label}, {payer} pay{'s' if payer == 'treasury' else ''}" if payer else label


def _label(word: str, keys: Mapping[str, ParameterKey]) -> str:
    if word in keys:
        return keys[word].label
    if word == "emission_rate":
        return variables_by_word["emission"].label
    stem = word.removeprefix("provider_")
    same = [concrete.declared.label for key, concrete in keys.items() if key.rpartition(".")[2] in (word, stem)]
    return same[0] if same else word.replace("_", " ")


def _moves(value: float) -> str:
    if abs(value) < _TINY_ELASTICITY:
        return "leaves the rest price as it is"
    return f"{'raises' if value > 0 else 'lowers'} the rest price by {number(abs(value))}%"


def elasticity_sentences(report: RestReport) -> tuple[str, ...]:
    """The three or four answers a reader asks for first."""
    by_name = {e.name: e for e in report.elasticities}
    shape = report.scenario.structure
    found = []
    for name, lead in (
        ("demand_scale", "1% more demand"),
        ("emission_rate", "1% more emission"),
        ("speculative_holdings", "1% more speculative bid"),
    ):
        if name in by_name and by_name[name].long_run:
            found.append(f"{lead} {_moves(by_name[name].long_run['price'])}{_meanwhile(by_name[name])}.")
    burns = [e for e in report.elasticities if e.name.startswith("burn_share:") and e.long_run]
    if burns:
        parts = [f"{PAYER_WORDS[e.name.split(':')[1]]} {_moves(e.long_run['price'])}" for e in burns]
        found.append("A burn share 1% larger, " + "; ".join(parts) + ".")
    if "unit_cost" in by_name and by_name["unit_cost"].long_run:
        found.append(_jevons(by_name["unit_cost"]))
    if not shape.one_role and report.point is not None:
        role = report.point.bottleneck
        found.append(f"One more point of payout to {_role(report, role)} would bring the network most: the bottleneck.")
    return tuple(found)


def _meanwhile(e: Elasticity) -> str:
    """What becomes of capacity, in the long run and while the float has not moved."""
    long, medium = e.long_run["capacity"], e.medium_run.get("capacity", 0.0)
    settles, first = abs(long) >= _TINY_ELASTICITY, abs(medium) >= _TINY_ELASTICITY
    if not settles:
        way = "rises" if medium > 0 else "falls"
        return f"; capacity {way} by {number(abs(medium))}% at first and comes back" if first else ""
    while_held = f" ({number(abs(medium))}% while the float has not moved)" if first else ""
    same = (long > 0) == (e.long_run["price"] > 0) and abs(e.long_run["price"]) >= _TINY_ELASTICITY
    way = "" if same else ("raises " if long > 0 else "lowers ")
    return f" and {way}capacity by {number(abs(long))}%{while_held}"


def _jevons(e: Elasticity) -> str:
    spent, price = -e.long_run["revenue"], -e.long_run["price"]
    if abs(spent) < _TINY_ELASTICITY:
        return "1% cheaper supply leaves what users spend as it is."
    if spent > 0:
        return (
            f"1% cheaper supply raises what users spend by {number(spent)}% and the rest price by {number(price)}%: "
            "use grows faster than cost falls."
        )
    return (
        f"1% cheaper supply lowers what users spend by {number(-spent)}% and the rest price by {number(-price)}%: "
        "use grows more slowly than cost falls."
    )


# ---- thresholds ---------------------------------------------------------------------------------------
def break_even_sentences(report: RestReport) -> tuple[str, ...]:
    """At which share, price and revenue burn would equal mint today."""
    rest, today = report.rest, report.rest.today
    found = []
    if not today["emission"] > 0:
        return ("Nothing is minted today, so any burn at all makes supply shrink.",)
    share = rest.break_even_burn_share
    who = "no burn share could" if share is None else f"a burn share of {percent(share)} would"
    gap = usd(today["revenue_gap"])
    found.append(f"Today {gap} of tokens is emitted for each dollar of revenue, so {who} stop supply from growing.")
    if rest.break_even_price is not None:
        found.append(f"At today's revenue burn equals mint at a price of {usd(rest.break_even_price)}.")
    if rest.break_even_revenue is not None:
        needed, has = usd(rest.break_even_revenue), usd(today["revenue"])
        found.append(f"At today's price that takes revenue of {needed} a year; it is {has}.")
    return tuple(found)


def burn_peak_sentence(report: RestReport) -> str:
    """Where the rest price peaks over burn shares and where the network would tip; empty where nobody can pay."""
    peak = report.burn_peak
    if peak is None:
        return ""
    stream = "" if report.scenario.structure.one_stream else f" of {peak.stream.replace('_', ' ')}"
    what = f"a higher burn share{stream}, {PAYER_WORDS[peak.payer]},"
    tips = "" if peak.tipping_share is None else f", and beyond {percent(peak.tipping_share)} the network would tip"
    if peak.peak_share is not None:
        return (
            f"Up to {percent(peak.peak_share)}, {what} raises the rest price; after that providers leave faster than "
            f"the burn helps{tips}."
        )
    found = [share for share, price in zip(peak.shares, peak.prices, strict=True) if isfinite(price)]
    if not found:
        return f"No burn share{stream} that the {peak.payer} could pay for leaves a point of rest."
    return f"Up to {percent(float(found[-1]))}, the most they could pay for, {what} only raises the rest price{tips}."


def emission_sentences(report: RestReport) -> tuple[str, ...]:
    """How fast emission may fall and whether a halving would be survived."""
    limits = report.emission_limits
    if limits is None:
        return ()
    if limits.least_gap is None:
        first = "Providers are not paid in tokens, so the pace of emission does not touch them."
    elif limits.fastest_cut is None:
        first = "Revenue alone would carry the providers, so emission may fall at any pace."
    elif limits.fastest_cut <= 0:
        first = "Emission cannot fall steadily without tipping the network."
    else:
        halved = duration(log(2) / limits.fastest_cut)
        first = (
            f"A steady cut of emission is survived up to {percent(limits.fastest_cut)} a year "
            f"(emission halved in no less than {halved})."
        )
    second = (
        "One halving of provider emission at today's price would be survived."
        if limits.survives_halving
        else "One halving of provider emission, before the price reacts, would tip the network."
    )
    return (first, second)


def role_sentences(report: RestReport) -> tuple[str, ...]:
    """Which role is nearest to tipping, which is the bottleneck, who leaves first."""
    point, shape = report.point, report.scenario.structure
    if point is None:
        return ()
    margins = report.role_margins
    nearest = min(margins, key=lambda role: margins[role])
    if shape.one_role:
        if margins[nearest] >= 1:
            return ("However far the pay of providers falls, the network shrinks but does not tip.",)
        return (f"The pay of providers may fall by {percent(margins[nearest])} before the network tips.",)
    found = [
        f"The pay of {_role(report, nearest)} has the least room: alone it may fall by {percent(margins[nearest])} "
        "before the network tips.",
        f"One more point of payout to {_role(report, point.bottleneck)} would bring the network most: the bottleneck.",
    ]
    if report.leaves_first is not None:
        found.append(f"When the price falls, {_role(report, report.leaves_first)} would leave first.")
    return tuple(found)


def merit_sentences(report: RestReport) -> Iterator[str]:
    """What pay for merit needs, role by role."""
    keys = report.scenario.values
    for role, found in report.merit.items():
        prefix = "" if report.scenario.structure.one_role else f"{role}."
        yield _merit(_role(report, role), found, keys[f"{prefix}merit_weight"])


def _merit(role: str, found: MeritThresholds, weight: float) -> str:
    needed = percent(found.needed_accuracy)
    if found.lowest_weight >= 1:
        return (
            f"Scores of {role} tell high from low quality less well than their difference in cost asks for: with an "
            f"accuracy below {needed} no merit weight helps, and {role} race to the bottom."
        )
    if weight <= found.lowest_weight:
        state = "at the present weight low quality crowds out the rest: a race to the bottom"
    elif weight >= found.full_weight:
        state = "at the present weight only high quality remains"
    else:
        state = "at the present weight both kinds remain"
    return (
        f"With pay of {role} by merit up to {percent(found.lowest_weight)} only low quality remains, from "
        f"{percent(min(found.full_weight, 1.0))} only high quality; the weight is {percent(weight)}: {state}. "
        f"Scoring with an accuracy below {needed} could not be made up for by any weight."
    )


# ---- simulation and residuals -------------------------------------------------------------------------
def agreement_sentence(report: RestReport, name: str) -> str:
    """Whether the simulation ends where the equilibrium says."""
    long = report.long_run
    label = variables_by_word["quality" if name == "quality" else name].label.lower()
    if long.stopped:
        return f"The simulation stops early: {long.stopped}."
    if name not in long.gaps:
        return f"There is no rest point to compare with; this is where {label} goes in {long.years} years."
    gap = long.gaps[name]
    close = abs(gap) < TOLERANCE
    if close:
        return f"After {long.years} years the simulated {label} is within {_gap(gap)} of the rest point: both agree."
    point = report.point
    clock = point.half_life_years if point is not None else None
    if point is not None and any(r.high_quality_share in (0.0, 1.0) for r in point.by_role.values()):
        seed = percent(report.scenario.values["entrant_share"])
        why = f"in the simulation {seed} of entrants are always of the other quality"
        return f"After {long.years} years the simulated {label} is {_gap(gap)} from the rest point: {why}."
    way = f"still on its way, as a half-life of {duration(clock)} implies" if clock and clock > long.years / 8 else ""
    return (
        f"After {long.years} years the simulated {label} is {percent(abs(gap))} {'above' if gap > 0 else 'below'} the "
        f"rest point" + (f", {way}." if way else ".")
    )


def _gap(gap: float) -> str:
    return "a billionth" if abs(gap) < _BILLIONTH else f"{number(abs(gap) * 100, 2)}%"


def difference_words(relative: float) -> str:
    """A relative difference: none, below a billionth, or as a percentage."""
    if relative == 0:
        return "none"
    return "below a billionth" if abs(relative) < _BILLIONTH else f"{number(relative * 100, 2)}%"


def residual_sentence(report: RestReport) -> str:
    """Whether every condition holds at the rest point."""
    rows = report.residuals
    bad = [row for row in rows if not row.holds]
    if not bad:
        worst = difference_words(max(abs(row.relative) for row in rows))
        return f"All {len(rows)} conditions hold at the rest point; the largest relative difference is {worst}."
    return f"{len(bad)} of {len(rows)} conditions do not hold: {', '.join(row.name for row in bad)}."


def closing_sentence(report: RestReport) -> str:
    """What remains after all steps of the derivation."""
    count = len(report.rest.points)
    found = "it has no solution here" if not count else f"it has {count} solution{'s' if count > 1 else ''} here"
    if report.rest.problem is None:
        found = "here it is not asked, because burn and mint never balance"
    return (
        "Put together, every quantity follows from revenue, and one equation remains (E34): the revenue that this "
        f"state brings must be the revenue it was made with. Each solution is a rest point; {found}."
    )
