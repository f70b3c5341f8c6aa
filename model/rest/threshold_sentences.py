"""How far a setting may go, in words: break-even, burn peak, cuts of emission, roles and pay for merit."""

from __future__ import annotations

from collections.abc import Iterator
from math import log

from model.rest.merit_theory import MeritThresholds
from model.rest.reach_sentences import burn_reach_sentence, burn_reach_words
from model.rest.report import RestReport
from model.rest.rest_words import PAYER_WORDS, role_words, usd
from model.words.text import duration, percent, sentence_case


def break_even_sentences(report: RestReport) -> tuple[str, ...]:
    """At which share, price and revenue burn would equal mint today."""
    rest, today = report.rest, report.rest.today
    found = []
    if not today["emission"] > 0:
        return ("Nothing is minted today, so any burn at all makes supply shrink.",)
    share = rest.break_even_burn_share
    who = "no burn share could" if share is None or share > 1 else f"a burn share of {percent(share)} would"
    gap = usd(today["revenue_gap"])
    found.append(f"Today {gap} of tokens is emitted for each dollar of revenue, so {who} stop supply from growing.")
    if rest.break_even_price is not None:
        found.append(f"At today's revenue burn equals mint at a price of {usd(rest.break_even_price)}.")
    if rest.break_even_revenue is not None:
        needed, has = usd(rest.break_even_revenue), usd(today["revenue"])
        found.append(f"At today's price that takes revenue of {needed} a year; it is {has}.")
    return tuple(found)


def burn_peak_sentence(report: RestReport) -> str:
    """Where the rest price peaks over burn shares, up to where a rest point exists and up to where it is reached.

    Empty where nobody can pay.
    """
    peak = report.burn_peak
    if peak is None:
        return ""
    stream = "" if report.scenario.structure.one_stream else f" of {peak.stream.replace('_', ' ')}"
    what = f"a higher burn share{stream}, {PAYER_WORDS[peak.payer]},"
    last = peak.last_share
    if last is None:
        return f"No burn share{stream} that the {peak.payer} could pay for leaves a point of rest."
    if peak.peak_share is not None:
        lead = (
            f"The rest price is highest at a burn share{stream} of {percent(peak.peak_share)}, "
            f"{PAYER_WORDS[peak.payer]}"
        )
    else:
        lead = sentence_case(f"{what} only raises the rest price")
    tips = ", the most they could pay for" if peak.tipping_share is None else ""
    told = f"{lead}; a rest point exists up to {percent(last)}{tips}; {burn_reach_words(report, last)}."
    return f"{told} {burn_reach_sentence(report)}".rstrip()


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
            f"A steady cut of emission leaves a rest point up to {percent(limits.fastest_cut)} a year (emission halved "
            f"in no less than {halved}): for as long as it lasts, new tokens stay worth less than what is burned."
        )
    second = (
        "One halving of provider emission at today's price would leave one, and then the price has time to catch up."
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
        return (
            f"The pay of providers, from fees and emission together, may fall by {percent(margins[nearest])} before no "
            "rest point is left. A higher burn share takes less from them than its size: it raises the price, and "
            "with it what emission pays.",
        )
    weakest, bottleneck = role_words(report, nearest), role_words(report, point.bottleneck)
    room = (
        f"The pay of {weakest} has the least room: alone it may fall by {percent(margins[nearest])} "
        "before no rest point is left."
        if margins[nearest] < 1
        else "However far the pay of any one role falls, the network shrinks but does not tip."
    )
    found = [
        room,
        f"One more point of payout to {bottleneck} would bring the network most: the bottleneck.",
    ]
    if report.leaves_first is not None:
        found.append(f"When the price falls, {role_words(report, report.leaves_first)} would leave first.")
    return tuple(found)


def merit_sentences(report: RestReport) -> Iterator[str]:
    """What pay for merit needs, role by role."""
    keys = report.scenario.values
    for role, found in report.merit.items():
        prefix = "" if report.scenario.structure.one_role else f"{role}."
        yield _merit(role_words(report, role), found, keys[f"{prefix}merit_weight"])


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
