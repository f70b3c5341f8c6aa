"""Whether today's network gets to its rest point, in words: the way, how far settings may go, why futures differ."""

from __future__ import annotations

from model.rest.long_run import HORIZONS
from model.rest.reached import Reached
from model.rest.report import RestReport
from model.words.rest_sentences import way_words
from model.words.text import month, percent

ALIKE = 0.005
"""Limits closer than this, as a part of the larger, are one limit in a sentence."""


def way_sentence(report: RestReport) -> str:
    """Where the way of today's network ends, with its date; empty without a rest point."""
    found = report.reached
    if found is None:
        return ""
    if found.there:
        return f"{_from_today(report)}, the network gets there: {_when(found)}."
    if found.end == "under way":
        return f"{_from_today(report)}, the network is still on the way there after {found.years} years."
    clock = None if report.point is None else report.point.half_life_years
    return f"{_from_today(report)}, the network does not get there: {way_words(found, clock)}."


def _from_today(report: RestReport) -> str:
    return f"From the stocks of {month(report.scenario.network.as_of)}, with every trend stopped and no shocks"


def _when(found: Reached) -> str:
    return "" if found.date is None else f"from {month(found.date)} on it stays within 5% of it"


def reached_words(found: Reached) -> str:
    """The answer in a word or two, for a strip of key figures."""
    if found.end == "under way":
        return f"not within {found.years} years"
    return "yes" if found.there else "no"


# ---- how far settings may go ----------------------------------------------------------------------------
def burn_reach_words(report: RestReport, exists: float) -> str:
    """Up to which burn share today's network gets there, beside the share up to which a rest point exists."""
    reach = report.burn_reach
    if reach is None:
        return "from today's stocks the network gets there at none of them"
    slowly = "" if reach.arrives else f", or is still on its way after {HORIZONS[-1]} years"
    if reach.setting >= exists * (1 - ALIKE):
        return f"today's network gets there from all of them{slowly}"
    return f"today's network gets there up to {percent(reach.setting)}{slowly}"


def burn_reach_sentence(report: RestReport) -> str:
    """What happens between the two shares; empty where they are one."""
    peak, reach = report.burn_peak, report.burn_reach
    if peak is None or reach is None or peak.last_share is None or reach.setting >= peak.last_share * (1 - ALIKE):
        return ""
    missed = peak.peak_share is not None and peak.peak_share > reach.setting
    return (
        f"Above {percent(reach.setting)} it tips on the way: pay falls at once, while the price that would make up for "
        f"it rises only as supply falls{'; so that highest price is not reached' if missed else ''}."
    )


def falls_sentence(report: RestReport) -> str:
    """How far payouts and demand may fall for good so that today's network still gets to a rest point."""
    exists = report.rest.distance_to_tipping
    if report.point is None or not exists < 1:
        return ""
    limits, found = report.fall_reach, report.reached
    if limits is None or (found is not None and found.fails):
        return way_sentence(report)
    lead = "From today's stocks the network"
    if min(limits) >= exists * (1 - ALIKE):
        return f"{lead} gets there after any lasting fall of payouts or demand below {percent(exists)}."
    room = f"of payouts of up to {percent(limits[0])}, or of demand of up to {percent(limits[1])}"
    if abs(limits[0] - limits[1]) < ALIKE * max(limits):
        room = f"of payouts or demand of up to {percent(min(limits))}"
    return f"{lead} still gets there after a lasting fall {room}; after more it tips on the way."
