"""Dated supply events: tokens minted to, burned from or moved between stocks on a day (section 17.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from model.errors import BallastError

Effect = Literal["mint_float", "mint_treasury", "burn_float", "burn_treasury", "release"]

EFFECTS: dict[str, str] = {
    "mint_float": "minted into the float",
    "mint_treasury": "minted into the treasury",
    "burn_float": "burned from the float",
    "burn_treasury": "burned from the treasury",
    "release": "moved from the treasury into the float",
}
"""What an event may do, in words."""


@dataclass(frozen=True)
class SupplyEvent:
    """Tokens minted, burned or moved by a decision, on a day.

    Attributes
    ----------
    date
        The event takes place in the step that begins on or after this day.
    effect
        One of `EFFECTS`.
    tokens
        How many.
    title
        What it was, for the rule on the chart.
    """

    date: dt.date
    effect: str
    tokens: float
    title: str = ""

    def __post_init__(self) -> None:
        if self.effect not in EFFECTS:
            raise BallastError(f"{self.effect!r} is not a supply event", where="events", allowed=", ".join(EFFECTS))
        if not 0 <= self.tokens < 1e18:
            raise BallastError(f"a supply event of {self.tokens} tokens", where="events", allowed="0 to 1e18 tokens")


def event_rates(
    events: Sequence[SupplyEvent], start: dt.date, step_length: float, steps: int
) -> dict[str, npt.NDArray[np.float64]]:
    """Tokens a year that events add in each step, by effect.

    Returns
    -------
    dict
        Per effect that occurs, shape (steps + 1,). Events before the start or after the horizon have no place.
    """
    rates: dict[str, npt.NDArray[np.float64]] = {}
    for event in events:
        years = (event.date - start).days / 365.25
        step = int(np.ceil(years / step_length - 1e-9))
        if 0 <= step <= steps and years >= 0:
            path = rates.setdefault(event.effect, np.zeros(steps + 1))
            path[step] += event.tokens / step_length
    return rates
