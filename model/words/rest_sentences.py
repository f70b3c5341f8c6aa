"""Where a scenario would come to rest, beside a run: its price, its clock and whether it lasts."""

from __future__ import annotations

import numpy as np

from model.equilibrium import Rest
from model.rest.reached import Reached
from model.words.text import duration, month, number, percent
from model.words.value_words import lowered

FROZEN = "With emission, demand and costs held as they are today"


def rest_sentence(rest: Rest, baseline: Rest | None = None) -> str:
    """Where the scenario would come to rest, always with its clock."""
    point = rest.stable_point
    if not rest.found and rest.problem is not None:
        return f"{FROZEN}, there would be no rest point: {lowered(rest.reason)}"
    if point is None or rest.kind not in ("anchor", "terminal"):
        return rest.reason
    lead = "After emission has ended" if rest.kind == "terminal" else FROZEN
    found = rest.reached
    if found is not None and found.fails:
        return (
            f"{lead}, there would be a rest point at a price {_times(point.price, rest.today['price'])}, but today's "
            f"network would not get there: {way_words(found, point.half_life_years)}."
        )
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


def way_words(found: Reached, half_life_years: float | None) -> str:
    """How the way of today's network goes wrong, and why; for a way that fails."""
    if found.end == "another rest point":
        return "it would come to rest at another, lower point"
    if found.stopped:
        return (
            f"the run would stop: {found.stopped}"
            if found.date is None
            else (f"the run would stop in {month(found.date)}: {found.stopped}")
        )
    if found.date is None or found.starts_below:
        return "it starts below the tipping line, so capacity leaves until nothing is left"
    clock = "" if half_life_years is None else f" (half of their way takes about {duration(half_life_years)})"
    return (
        f"in {month(found.date)} it would fall below the tipping line and lose all its capacity, because capacity "
        f"leaves faster than price and supply follow{clock}"
    )


def stability_sentence(rest: Rest) -> str:
    """Whether the rest point lasts, and how far it is from tipping; empty where there is none."""
    point = rest.stable_point
    if point is None:
        return ""
    verdict = "stable: small disturbances die out" if point.stable else "unstable: small disturbances grow"
    found, distance = rest.reached, rest.distance_to_tipping
    lead = f"This state is {verdict}"
    if found is not None and found.fails:
        lead = f"For a network that stood there it would be {verdict}"
    if not np.isfinite(distance):
        return f"{lead}."
    if distance >= 1 - 1e-9:
        return f"{lead}, and with lower payouts the network shrinks smoothly, without a tipping point."
    return f"{lead}; payouts could fall {percent(distance, 2)} before the network tips."
