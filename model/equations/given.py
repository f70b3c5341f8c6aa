"""Known before the run starts: unit cost, demand, the speculative bid, and how much capacity quality takes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import sympy
from sympy import exp

from model.equations.declaration import Equation
from model.vocabulary import Vocabulary

_equation = partial(Equation, stage="given")


def given(m: Vocabulary) -> Iterator[Equation]:
    """What the date and the shocks of the future at hand decide."""
    yield from _trends(m)
    if m.structure.uses("coverage"):
        yield _demand_index(m)
    yield from _half_quality(m)


def _trends(m: Vocabulary) -> Iterator[Equation]:
    """Each grows or falls at its own rate, times a shock."""
    t, p, v = m.time, m.parameter, m.variable
    for role in m.structure.roles:
        yield _equation(
            "E1",
            "Unit cost",
            "Unit cost follows its trend, times the shock of the future at hand.",
            v("cost", role=role),
            p("unit_cost", role=role) * exp(-p("cost_trend", role=role) * t) * v("cost_shock", role=role),
            index=role,
        )
    for stream in m.structure.streams:
        grown = p("demand_scale", stream=stream) * exp(p("demand_growth", stream=stream) * t)
        yield _equation(
            "E3",
            "Demand level",
            "Demand grows at its own rate, times the shock of the future at hand.",
            v("demand_level", stream=stream),
            grown * v("demand_shock", stream=stream),
            index=stream,
        )
    yield _equation(
        "E13",
        "Speculative holdings",
        "The speculative bid grows at its own rate, times the shock of the future.",
        v("holdings_level"),
        p("speculative_holdings") * exp(p("holdings_growth") * t) * v("holdings_shock"),
    )


def _demand_index(m: Vocabulary) -> Equation:
    """Demand at reference prices, over what it was on the network's date."""
    p, v = m.parameter, m.variable
    price = {j: p("reference_service_price", stream=j) for j in m.structure.streams}
    value = m.over_streams(lambda j: price[j] * v("demand_level", stream=j))
    reference = m.over_streams(lambda j: price[j] * p("reference_demand", stream=j))
    return _equation(
        "E10",
        "Demand index",
        "Demand compared with the day on which quality was measured.",
        v("demand_index"),
        value / reference,
    )


def _half_quality(m: Vocabulary) -> Iterator[Equation]:
    p, v = m.parameter, m.variable
    for role in m.structure.roles:
        congested = m.structure.uses("coverage")
        scale = v("demand_index") ** p("coverage_follows_demand") if congested else sympy.Integer(1)
        yield _equation(
            "E10",
            "Half-quality capacity",
            "The capacity at which quality settles at one half; with congestion it grows with demand.",
            v("half_quality_point", role=role),
            p("half_quality_capacity", role=role) * scale,
            index=role,
        )
