"""What dated supply events do in a step: never more than there is to burn or to move (section 17.3)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sympy import Expr, Max, Min

from model.equations.declaration import Equation
from model.equations.limits import NOTHING
from model.vocabulary import Vocabulary

_equation = partial(Equation, stage="stocks", source="Ballast economics specification, section 17.3")


def event_flows(m: Vocabulary, available_float: Expr, available_treasury: Expr) -> Iterator[Equation]:
    """What events really burn and move, and all that they mint and burn.

    Parameters
    ----------
    available_float, available_treasury
        Tokens a year that are still there after everything else of the step.
    """
    v = m.variable
    yield _equation(
        "17.3",
        "Burned from the float by decision",
        "Never more than the float holds.",
        v("event_float_burned"),
        Min(v("event_burn_float"), Max(available_float, 0)),
    )
    yield _equation(
        "17.3",
        "Burned from the treasury by decision",
        "Never more than the treasury holds.",
        v("event_treasury_burned"),
        Min(v("event_burn_treasury"), Max(available_treasury, 0)),
    )
    yield _equation(
        "17.3",
        "Released by decision",
        "Treasury tokens moved into the float; never more than are left.",
        v("event_released"),
        Min(v("event_release"), Max(available_treasury - v("event_treasury_burned"), 0)),
    )
    yield from _minted_and_burned(m)


def _minted_and_burned(m: Vocabulary) -> Iterator[Equation]:
    v = m.variable
    yield _equation(
        "17.3",
        "Minted by decision",
        "Tokens that a decision creates.",
        v("event_minted"),
        v("event_mint_float") + v("event_mint_treasury"),
    )
    yield _equation(
        "17.3",
        "Burned by decision",
        "Tokens that a decision destroys.",
        v("event_burned"),
        v("event_float_burned") + v("event_treasury_burned"),
    )


def event_terms(m: Vocabulary) -> dict[str, Expr]:
    """What events add a year to float, treasury, issued and burned tokens; zero where there are none."""
    v = m.variable
    if not m.structure.uses("supply-events"):
        return dict.fromkeys(("float", "treasury", "minted", "burned"), NOTHING)
    return {
        "float": v("event_mint_float") + v("event_released") - v("event_float_burned"),
        "treasury": v("event_mint_treasury") - v("event_released") - v("event_treasury_burned"),
        "minted": v("event_minted"),
        "burned": v("event_burned"),
    }
