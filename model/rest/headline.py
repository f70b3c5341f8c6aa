"""Where a scenario would come to rest and how long that takes: neutral, never a rest point without its clock."""

from __future__ import annotations

from math import log

from model.rest.point import RestPoint
from model.rest.report import RestReport
from model.rest.rest_words import usd
from model.words.rest_sentences import FROZEN, way_words
from model.words.text import TOLERANCE, change, duration, grows, percent
from model.words.value_words import lowered

_CENTURY = 100.0


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
        return f"{FROZEN}, {title} would have no point of rest: {lowered(rest.reason)}"
    return f"{title} has no point of rest. {rest.reason}"


def _at_rest(report: RestReport, point: RestPoint) -> str:
    rest, today = report.rest, report.rest.today
    title = report.scenario.network.title
    lead = "After emission has ended" if rest.kind == "terminal" else FROZEN
    clock = duration(point.half_life_years)
    found = report.reached
    if found is not None and found.fails:
        return (
            f"{lead}, {title} has a rest point at a price of {usd(point.price)}, {change(point.price, today['price'])} "
            f"than today's {usd(today['price'])}, but today's network would not get there: "
            f"{way_words(found, point.half_life_years)}."
        )
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
        if share is not None and share <= 1
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


def clock_note(report: RestReport) -> str:
    """What the clock means, and the slowest motion where it is much slower; empty without a point that is reached."""
    point, found = report.point, report.reached
    if point is None or point.half_life_years is None or (found is not None and found.fails):
        return ""
    slowest = point.step_map.slowest_half_life_years
    notes = []
    if point.half_life_years > _CENTURY:
        notes.append("This is a direction, not a forecast: the way takes longer than any plan.")
    if slowest is not None and slowest > 1.2 * point.half_life_years:
        notes.append(f"The slowest motion, with stake and treasury following, has a half-life of {duration(slowest)}.")
    return " ".join(notes)
