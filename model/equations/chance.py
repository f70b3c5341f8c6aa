"""Chance: how demand, unit cost, the speculative bid and the price wander in one future (section 19.8)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import sympy
from sympy import Symbol, exp, sqrt

from model.equations.declaration import Equation
from model.vocabulary import Vocabulary

SHOCK_WORDS = ("demand_shock", "cost_shock", "holdings_shock", "price_shock")
"""Variables that a future draws, in the order of their equations."""

_equation = partial(Equation, stage="chance", source="Ballast economics specification, section 19.8")

_STANDS_STILL = sympy.Float(1e-12)
"""A return to the trend weaker than this within a step counts as none."""

INNOVATIONS = frozenset(
    {
        "demand_innovation",
        "demand_jumps",
        "jump_innovation",
        "cost_innovation",
        "holdings_innovation",
        "price_innovation",
    }
)
"""Variables that are drawn and that nothing computes."""


def chance(m: Vocabulary) -> Iterator[Equation]:
    """Every process of a structure: its deviation at the end of a step, and the shock it makes at t.

    All factors are one on average: half the variance of the deviation is taken off.
    """
    yield from _demand(m)
    yield from _cost(m)
    yield from _holdings(m)
    yield from _price(m)


def _demand(m: Vocabulary) -> Iterator[Equation]:
    p, v, step = m.parameter, m.variable, m.step_length
    spread, size, jumps = p("demand_volatility"), p("demand_jump_size"), v("demand_jumps")
    moved = -(spread**2) / 2 * step + spread * sqrt(step) * v("demand_innovation")
    jumped = -(size**2) / 2 * jumps + size * sqrt(jumps) * v("jump_innovation")
    yield _equation(
        "E3",
        "Expected jumps",
        "How many jumps fall into a step is drawn from a Poisson distribution with this mean.",
        v("expected_jumps"),
        p("demand_jump_rate") * step,
    )
    yield _equation(
        "E3",
        "Demand deviation",
        "Demand wanders from its trend a little each step, and now and then jumps.",
        m.following("demand_deviation"),
        v("demand_deviation") + moved + jumped,
    )
    for stream in m.structure.streams:
        yield _equation(
            "E3",
            "Demand shock",
            "The factor on demand; all streams share it.",
            v("demand_shock", stream=stream),
            exp(v("demand_deviation")),
            index=stream,
        )


def _settled(exponent: sympy.Expr) -> sympy.Expr:
    """(1 - exp(-x)) / x, which is one where the speed is zero."""
    return sympy.Piecewise(((1 - exp(-exponent)) / exponent, exponent > _STANDS_STILL), (sympy.Integer(1), True))


def _per_spread(m: Vocabulary, speed: Symbol) -> sympy.Expr:
    """Variance that one step adds to a mean-reverting deviation of spread one; exact whatever the step's length."""
    return _settled(2 * speed * m.step_length) * m.step_length


def _reverting(m: Vocabulary, deviation: Symbol, speed: Symbol, spread: Symbol, draw: sympy.Expr) -> sympy.Expr:
    """One exact step of a mean-reverting deviation."""
    return deviation * exp(-speed * m.step_length) + spread * sqrt(_per_spread(m, speed)) * draw


def _widening(m: Vocabulary, variance: Symbol, speed: Symbol, spread: Symbol) -> sympy.Expr:
    """Its variance over futures, which is carried along because speed and spread may follow a date."""
    return variance * exp(-2 * speed * m.step_length) + spread**2 * _per_spread(m, speed)


def _cost(m: Vocabulary) -> Iterator[Equation]:
    p, v = m.parameter, m.variable
    for role in m.structure.roles:
        deviation, speed = v("cost_deviation", role=role), p("cost_reversion", role=role)
        spread, variance = p("cost_volatility", role=role), v("cost_spread", role=role)
        yield _equation(
            "E1",
            "Cost deviation",
            "Unit cost swings around its trend and comes back to it.",
            m.following("cost_deviation", role=role),
            _reverting(m, deviation, speed, spread, v("cost_innovation", role=role)),
            index=role,
        )
        yield _equation(
            "E1",
            "Spread of the cost deviation",
            "Each step adds variance, and what came before fades.",
            m.following("cost_spread", role=role),
            _widening(m, variance, speed, spread),
            index=role,
        )
        yield _equation(
            "E1",
            "Cost shock",
            "The factor on unit cost.",
            v("cost_shock", role=role),
            exp(deviation - variance / 2),
            index=role,
        )


def _holdings(m: Vocabulary) -> Iterator[Equation]:
    p, v = m.parameter, m.variable
    together = p("demand_holdings_correlation")
    draw = together * v("demand_innovation") + sqrt(1 - together**2) * v("holdings_innovation")
    deviation, speed, spread = v("holdings_deviation"), p("holdings_reversion"), p("holdings_volatility")
    yield _equation(
        "E13",
        "Holdings deviation",
        "The speculative bid swings, in part with demand, and fades.",
        m.following("holdings_deviation"),
        _reverting(m, deviation, speed, spread, draw),
    )
    yield _equation(
        "E13",
        "Spread of the holdings deviation",
        "Each step adds variance, and what came before fades.",
        m.following("holdings_spread"),
        _widening(m, v("holdings_spread"), speed, spread),
    )
    yield _equation(
        "E13",
        "Holdings shock",
        "The factor on the speculative bid.",
        v("holdings_shock"),
        exp(deviation - v("holdings_spread") / 2),
    )


def _price(m: Vocabulary) -> Iterator[Equation]:
    p, v, step = m.parameter, m.variable, m.step_length
    spread = p("price_volatility")
    yield _equation(
        "E16",
        "Price shock",
        "Moves of the price that nothing in the model explains.",
        v("price_shock"),
        spread * sqrt(step) * v("price_innovation") - spread**2 / 2 * step,
    )
