"""What the pictures of rest points show: where burn meets mint, and the capacity-quality plane."""

from __future__ import annotations

from collections.abc import Mapping

from model.rest.point import RestPoint
from model.rest.report import RestReport
from model.rest.rest_words import usd
from model.words.text import TOLERANCE, number, percent, quantity


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
    fails = report.reached is not None and report.reached.fails
    return (
        f"{'A network that stood there would hold' if fails else 'The network holds'} at {percent(point.quality)} "
        f"quality; all payouts together may fall by {percent(distance)} before no rest point is left, and a network "
        f"pushed below {percent(rest.tipping_point.quality)} quality would collapse"
        f"{', as the way from today does with every trend stopped' if fails else ''}."
    )


def _while_held(point: RestPoint) -> str:
    return f"While the float stays as it is today, capacity would hold at {percent(point.quality)} quality"


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
