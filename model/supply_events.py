"""Dated supply events: tokens minted to, burned from or moved between stocks on a day (section 17.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import sympy
from sympy import Expr, Max, Min

from model.equation import Equation
from model.errors import BallastError
from model.vocabulary import Vocabulary

Effect = Literal["mint_float", "mint_treasury", "burn_float", "burn_treasury", "release"]

EFFECTS: dict[str, str] = {
    "mint_float": "minted into the float",
    "mint_treasury": "minted into the treasury",
    "burn_float": "burned from the float",
    "burn_treasury": "burned from the treasury",
    "release": "moved from the treasury into the float",
}
"""What an event may do, in words."""

_SOURCE = "Ballast economics specification, section 17.3"


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


def event_flows(m: Vocabulary, available_float: Expr, available_treasury: Expr) -> Iterator[Equation]:
    """What events really do: never more than there is to burn or to move.

    Parameters
    ----------
    available_float, available_treasury
        Tokens a year that are still there after everything else of the step.
    """
    v = m.variable

    def flow(name: str, sentence: str, target: str, value: Expr) -> Equation:
        return Equation("17.3", name, sentence, v(target), value, "stocks", source=_SOURCE)

    yield flow(
        "Burned from the float by decision", "Never more than the float holds.", "event_float_burned",
        Min(v("event_burn_float"), Max(available_float, 0)),
    )  # fmt: skip
    yield flow(
        "Burned from the treasury by decision", "Never more than the treasury holds.", "event_treasury_burned",
        Min(v("event_burn_treasury"), Max(available_treasury, 0)),
    )  # fmt: skip
    yield flow(
        "Released by decision", "Treasury tokens moved into the float; never more than are left.", "event_released",
        Min(v("event_release"), Max(available_treasury - v("event_treasury_burned"), 0)),
    )  # fmt: skip
    yield flow(
        "Minted by decision", "Tokens that a decision creates.", "event_minted",
        v("event_mint_float") + v("event_mint_treasury"),
    )  # fmt: skip
    yield flow(
        "Burned by decision", "Tokens that a decision destroys.", "event_burned",
        v("event_float_burned") + v("event_treasury_burned"),
    )  # fmt: skip


def event_terms(m: Vocabulary) -> dict[str, Expr]:
    """What events add a year to float, treasury, issued and burned tokens; zero where there are none."""
    v = m.variable
    if not m.structure.uses("supply-events"):
        return dict.fromkeys(("float", "treasury", "minted", "burned"), sympy.Integer(0))
    return {
        "float": v("event_mint_float") + v("event_released") - v("event_float_burned"),
        "treasury": v("event_mint_treasury") - v("event_released") - v("event_treasury_burned"),
        "minted": v("event_minted"),
        "burned": v("event_burned"),
    }
