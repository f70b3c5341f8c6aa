"""Tokens are minted: the schedule under its levers, pay fixed in dollars, and what is really paid out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sympy import Expr, Max

from model.equations.declaration import MULTI_ROLE, Equation
from model.vocabulary import Vocabulary

_equation = partial(Equation, stage="flows")


def paid_emission(m: Vocabulary) -> Expr:
    """Tokens a year of the schedule that are really paid out, before anybody's share is recycled."""
    return m.parameter("issuance_realised_share") * m.variable("nominal_emission")


def emission_of_role(m: Vocabulary, role: str) -> Expr:
    """Tokens a year that a role is paid out of the schedule; what is recycled is not."""
    return m.parameter("emission_share", role=role) * (1 - m.parameter("emission_recycled_share")) * paid_emission(m)


def minting(m: Vocabulary) -> Iterator[Equation]:
    """From the schedule to all tokens minted a year."""
    yield _nominal_emission(m)
    yield _schedule_mint(m)
    yield from _fiat_indexed(m)
    yield _equation(
        "E7",
        "Emission",
        "All minting: the schedule and the fiat-indexed pay at today's price.",
        m.variable("emission"),
        m.variable("schedule_mint") + m.variable("fiat_indexed") / m.variable("price"),
    )


def _nominal_emission(m: Vocabulary) -> Equation:
    """The schedule times its multipliers, not below the tail, and what is minted again."""
    p, v, shape = m.parameter, m.variable, m.structure
    level = p("emission_scale") * v("scheduled_emission")
    if shape.uses("goal-bonded"):
        level *= 1 + v("emission_swing")
    nominal = Max(level, p("tail_emission"))
    if shape.uses("net-emission"):
        nominal += v("reminted")
    return _equation(
        "E7",
        "Nominal emission",
        "The schedule times the emission multiplier, not below the tail.",
        v("nominal_emission"),
        nominal,
    )


def _schedule_mint(m: Vocabulary) -> Equation:
    p, v = m.parameter, m.variable
    paid = p("issuance_realised_share")
    to_providers = m.over_roles(lambda r: p("emission_share", role=r))
    minted = paid * (1 - p("emission_recycled_share") * to_providers) + (1 - paid) * p("unrealised_to_treasury")
    return _equation(
        "E7",
        "Minted by the schedule",
        "Recycled provider emission is never minted; what is not paid out goes to the treasury or is never minted.",
        v("schedule_mint"),
        v("nominal_emission") * minted,
    )


def _fiat_indexed(m: Vocabulary) -> Iterator[Equation]:
    """Pay fixed in currency."""
    v = m.variable
    for role in m.structure.roles:
        yield _equation(
            "E29",
            "Fiat-indexed pay",
            "A fixed sum and a share of revenue, paid in new tokens at today's price.",
            v("fiat_pay", role=role),
            m.parameter("fiat_reward", role=role) + m.of_revenue("fiat_reward_share", role),
            index=role,
            source=MULTI_ROLE,
        )
    yield _equation(
        "E7",
        "Fiat-indexed mint value",
        "Fiat-indexed pay of all roles.",
        v("fiat_indexed"),
        m.over_roles(lambda r: v("fiat_pay", role=r)),
    )
