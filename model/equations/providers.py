"""Providers are paid and decide: income, margin, entry and exit, and the quality that follows capacity."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from model.equations.capacity import growth_factor, required_unit_cost
from model.equations.declaration import MULTI_ROLE, Equation
from model.equations.limits import guarded
from model.equations.merit import contrast, merit_entry, merit_pay, merit_quality_target
from model.equations.minting import emission_of_role
from model.vocabulary import Vocabulary

_equation = partial(Equation, stage="providers", source=MULTI_ROLE)


def providers(m: Vocabulary) -> Iterator[Equation]:
    """Income of every role, then what each role makes of it."""
    for role in m.structure.roles:
        yield _income(m, role)
    yield from contrast(m)
    for role in m.structure.roles:
        yield from merit_pay(m, role)
        yield _margin(m, role)
        if role in m.structure.merit_roles:
            yield from merit_entry(m, role)
        else:
            yield _entry(m, role)
        yield from _quality(m, role)


def _income(m: Vocabulary, role: str) -> Equation:
    p, v = m.parameter, m.variable
    sold = (1 - p("token_sale_haircut")) * v("price") * emission_of_role(m, role)
    return _equation(
        "E8" if m.structure.one_role else "E29",
        "Income of a role",
        "Its share of revenue, its emission at market value, and its fiat-indexed pay.",
        v("income", role=role),
        m.of_revenue("fee_share", role) + sold + v("fiat_pay", role=role),
        index=role,
    )


def _margin(m: Vocabulary, role: str) -> Equation:
    v = m.variable
    return _equation(
        "E30",
        "Margin",
        "Income over the income that providers require.",
        v("margin", role=role),
        guarded(v("income", role=role), required_unit_cost(m, role) * v("capacity", role=role)),
        index=role,
    )


def _entry(m: Vocabulary, role: str) -> Equation:
    v = m.variable
    return _equation(
        "E9" if m.structure.one_role else "E30",
        "Entry and exit",
        "Capacity grows while income exceeds what providers require and shrinks while it falls short.",
        m.following("capacity", role=role),
        v("capacity", role=role) * growth_factor(m, role, v("margin", role=role)),
        index=role,
    )


def _quality(m: Vocabulary, role: str) -> Iterator[Equation]:
    """Where quality is heading, and how far it gets."""
    v, number = m.variable, "E10" if m.structure.one_role else "E31"
    yield _equation(
        "E48" if role in m.structure.merit_roles else number,
        "Quality target",
        "The quality that capacity supports: one half at the half-quality capacity.",
        v("quality_target", role=role),
        merit_quality_target(m, role),
        index=role,
    )
    gap = v("quality_target", role=role) - v("role_quality", role=role)
    yield _equation(
        number,
        "Quality",
        "Quality moves to what capacity supports.",
        m.following("role_quality", role=role),
        v("role_quality", role=role) + m.closing(m.parameter("quality_speed", role=role)) * gap,
        index=role,
    )
