"""Users buy the service: its price and quality, how much they want, how much is served, and what they pay."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import sympy
from sympy import Expr, Max, Min, Piecewise, exp, log

from model.equations.declaration import MULTI_ROLE, Equation
from model.equations.limits import TINY
from model.vocabulary import Vocabulary

_equation = partial(Equation, stage="production")


def production(m: Vocabulary) -> Iterator[Equation]:
    """From the price of the service to revenue."""
    for stream in m.structure.streams:
        yield _list_price(m, stream)
        yield _full_quality_demand(m, stream)
    if not m.structure.one_role:
        yield _network_quality(m)
    for stream in m.structure.streams:
        yield _demand(m, stream)
    yield _served_share(m)
    for stream in m.structure.streams:
        yield from _served(m, stream)
    yield from _paid_by_users(m)


# ---- what users want ----------------------------------------------------------------------------------
def _list_price(m: Vocabulary, stream: str) -> Equation:
    """Cost-plus by the pass-through, and quoted in tokens where the network does that."""
    p, v, shape = m.parameter, m.variable, m.structure
    cost = v("cost", role=shape.capacity_role) / p("reference_unit_cost")
    price = p("service_price", stream=stream) * cost ** p("cost_pass_through")
    sentence = "The posted price moves with the cost of compute by the pass-through"
    if shape.uses("token-pricing"):
        price *= (v("price") / p("pricing_reference")) ** p("token_pricing")
        sentence += ", and with the token price where jobs are priced in tokens"
    return _equation("E2", "Price of service", f"{sentence}.", v("list_price", stream=stream), price, index=stream)


def _full_quality_demand(m: Vocabulary, stream: str) -> Equation:
    p, v = m.parameter, m.variable
    paid = v("list_price", stream=stream) * (1 + p("user_surcharge", stream=stream))
    dearer = paid / p("reference_service_price", stream=stream)
    return _equation(
        "E3",
        "Demand at full quality",
        "Dearer service is used less, by the price elasticity.",
        v("full_quality_demand", stream=stream),
        v("demand_level", stream=stream) * dearer ** -p("demand_elasticity", stream=stream),
        index=stream,
    )


def _network_quality(m: Vocabulary) -> Equation:
    """Every role is essential: qualities multiply, or the worst decides."""
    p, v = m.parameter, m.variable
    total = m.over_roles(lambda r: p("quality_weight", role=r))
    weight = {r: p("quality_weight", role=r) / total for r in m.structure.roles}
    rho = p("quality_complementarity")

    def quality(role: str) -> Expr:
        return Max(v("role_quality", role=role), TINY)

    multiply = exp(m.over_roles(lambda r: weight[r] * log(quality(r))))
    mean = m.over_roles(lambda r: weight[r] * quality(r) ** rho) ** (1 / rho)
    return _equation(
        "E32",
        "Network quality",
        "Role qualities multiply by their weights; with a negative complementarity the worst role counts more.",
        v("quality"),
        Piecewise((mean, rho < -sympy.Float(1e-6)), (multiply, True)),
        source=MULTI_ROLE,
    )


def _demand(m: Vocabulary, stream: str) -> Equation:
    v = m.variable
    return _equation(
        "E3",
        "Demand",
        "Users leave when quality falls.",
        v("demand", stream=stream),
        v("full_quality_demand", stream=stream) * v("quality") ** m.parameter("quality_elasticity"),
        index=stream,
    )


# ---- what they get and pay ----------------------------------------------------------------------------
def _served_share(m: Vocabulary) -> Equation:
    wanted = m.over_streams(lambda j: m.variable("demand", stream=j))
    possible = m.parameter("units_per_capacity") * m.variable("capacity", role=m.structure.capacity_role)
    return _equation(
        "E4",
        "Share of demand served",
        "Capacity serves what it can; shortage is shared by all streams.",
        m.variable("served_share"),
        Piecewise((Min(1, possible / wanted), wanted > 0), (sympy.Integer(1), True)),
    )


def _served(m: Vocabulary, stream: str) -> Iterator[Equation]:
    v, one = m.variable, m.structure.one_stream
    yield _equation(
        "E4",
        "Units served",
        "Demand, cut to what capacity can serve.",
        v("served", stream=stream),
        v("demand", stream=stream) * v("served_share"),
        index=stream,
    )
    yield _equation(
        "E5" if one else "E33",
        "Revenue" if one else "Revenue of a stream",
        "Price times units served.",
        v("stream_revenue", stream=stream),
        v("list_price", stream=stream) * v("served", stream=stream),
        index=stream,
    )


def _paid_by_users(m: Vocabulary) -> Iterator[Equation]:
    """Revenue of all streams, and what is paid on top of it."""
    v = m.variable
    if not m.structure.one_stream:
        yield _equation(
            "E33",
            "Revenue",
            "Revenue of all streams together.",
            v("revenue"),
            m.over_streams(lambda j: v("stream_revenue", stream=j)),
            source=MULTI_ROLE,
        )
    yield _equation(
        "E5",
        "Surcharge",
        "What users pay on top of the service price.",
        v("surcharge"),
        m.of_revenue("user_surcharge"),
    )
