"""Where a scenario would come to rest, beside a run: its price, its clock and whether it lasts."""

from __future__ import annotations

import numpy as np

from model.equilibrium import Rest
from model.words.text import duration, number, percent
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
