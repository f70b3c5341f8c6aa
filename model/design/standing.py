"""Whether a design would still work after some years: counted in modelled futures, before anything else is told."""

from __future__ import annotations

import math
from dataclasses import dataclass

from model.design.design import Design
from model.design.figures import FirstDay
from model.engine.kept import MedianRun
from model.engine.results import Run
from model.outcomes import date_at, last_step
from model.spread import DOTS, collapsed_dots
from model.system import System
from model.words.text import duration, month, number, percent, quantity

USUAL_PRESSURE = 5.0
"""USD of new tokens a year for each dollar of revenue above which the page says so first; chosen, not observed."""


@dataclass(frozen=True)
class Standing:
    """How a design ends.

    Attributes
    ----------
    stopped
        In how many of fifty futures capacity falls below a fifth of the first day's or the run stops; None where no
        futures are drawn.
    price
        Median price on the last day, the launch price being 1.
    coverage
        By role: median income over cost on the last day.
    """

    stopped: int | None
    price: float
    coverage: dict[str, float]


def standing(design: Design, run: Run) -> Standing:
    """Where the medians of a run of the design end; of its single path where no futures are drawn."""
    prices = run.values("price")[-1]
    return Standing(
        collapsed_dots(run)[1] if isinstance(run, MedianRun) else None,
        float(prices[-1]) / design.price,
        {
            role.title: 1 + float(run.values(column)[-1][-1])
            for role, column in zip(design.roles, margin_columns(run.system), strict=True)
        },
    )


def margin_columns(system: System) -> tuple[str, ...]:
    """Columns of the roles' margins, in the order of the roles."""
    if system.structure.one_role:
        return ("provider_margin",)
    return tuple(f"role_margin.{role}" for role in system.structure.roles)


def standing_sentence(found: Standing, run: Run, years: float) -> str:
    """In how many futures it would still work, and at what price and cover."""
    when = month(date_at(run, last_step(run)))
    price = f"the {'' if found.stopped is None else 'median '}price would be {number(found.price)} times that at launch"
    cover = _cover(found.coverage)
    if found.stopped is None:
        return f"On the single path, in {when} {price}, and {cover}."
    works = DOTS - found.stopped
    count = f"all {DOTS}" if works == DOTS else f"{works} of {DOTS}"
    lead = f"In {count} modelled futures this network would still work after {duration(years)}"
    missed = f"; in {found.stopped} capacity would fall below a fifth of the first day's" if found.stopped else ""
    return f"{lead}{missed}. In {when} {price}, and {cover}."


def _cover(coverage: dict[str, float]) -> str:
    told = [
        f"{title} would receive {percent(value)} of their cost" if math.isfinite(value) else f"no {title} would be left"
        for title, value in coverage.items()
    ]
    return " and ".join(told)


def stands_out(found: FirstDay) -> list[str]:
    """What a founder would want to know first: pay below cost on the first day, far more new tokens than revenue."""
    told = [
        f"Income of {title} would cover {percent(value)} of their cost on the first day."
        for title, value in found.coverage.items()
        if value < 1
    ]
    if found.pressure is None:
        return [*told, "There is no revenue: everything that is paid would be newly minted."]
    if found.pressure > USUAL_PRESSURE:
        told.append(
            f"New tokens of the first year, unlocked and emitted, would be worth {quantity(found.pressure, '$')} for "
            "each dollar of revenue; the table below has what networks that exist emit."
        )
    return told
