"""The treasury: what it receives of emission and revenue, what it spends, and what it holds in tokens and currency."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sympy import Expr, Max, Min

from model.equations.buyback import bought_tokens, bought_value
from model.equations.declaration import Equation
from model.equations.limits import NOTHING, treasury_to_take
from model.equations.supply_events import event_terms
from model.vocabulary import Vocabulary

_equation = partial(Equation, stage="stocks")


def treasury_emission(m: Vocabulary) -> Equation:
    """Tokens a year that are minted into the treasury."""
    p, paid = m.parameter, m.parameter("issuance_realised_share")
    kept = p("treasury_emission_share") * paid + (1 - paid) * p("unrealised_to_treasury")
    return _equation(
        "E21",
        "Emission to the treasury",
        "The treasury's share, and what is not paid out where it keeps that.",
        m.variable("treasury_emission"),
        m.variable("nominal_emission") * kept,
    )


def slashed_to_treasury(m: Vocabulary) -> Expr:
    """Slashed stake a year that is not burned; zero without staking."""
    if not m.structure.uses("staking"):
        return NOTHING
    return (1 - m.parameter("slashed_burn_share")) * m.variable("slashed")


def treasury(m: Vocabulary) -> Iterator[Equation]:
    """Spending, and the two stocks."""
    revenue = m.of_revenue("treasury_fee_share") - bought_value(m)
    if m.structure.uses("treasury-budget"):
        yield _budget_from_fiat(m, revenue)
    yield _treasury_spending(m)
    yield _treasury(m)
    yield _treasury_fiat(m, revenue)


def _budget_from_fiat(m: Vocabulary, revenue: Expr) -> Equation:
    v = m.variable
    return _equation(
        "E21",
        "Budget paid from currency",
        "The budget is met from treasury currency while there is any.",
        v("budget_from_fiat"),
        Min(m.parameter("treasury_budget"), v("treasury_fiat") / m.step_length + revenue),
    )


def _treasury_spending(m: Vocabulary) -> Equation:
    p, v = m.parameter, m.variable
    spending = p("treasury_spend_rate") * v("treasury")
    if m.structure.uses("treasury-budget"):
        spending += (p("treasury_budget") - v("budget_from_fiat")) / v("price")
    return _equation(
        "E21",
        "Treasury tokens spent",
        "A yearly share of the treasury, and the budget that currency does not cover; never more than there is.",
        v("treasury_spending"),
        Min(spending, treasury_to_take(m)),
    )


def _treasury(m: Vocabulary) -> Equation:
    v = m.variable
    received = v("treasury_emission") + slashed_to_treasury(m) + bought_tokens(m)
    return _equation(
        "E21",
        "Treasury",
        "Emission and slashed stake come in, spending goes out.",
        m.following("treasury"),
        v("treasury") + m.step_length * (received - v("treasury_spending") + event_terms(m)["treasury"]),
    )


def _treasury_fiat(m: Vocabulary, revenue: Expr) -> Equation:
    held, step = m.variable("treasury_fiat"), m.step_length
    left = held + step * revenue
    if m.structure.uses("treasury-budget"):
        left = Max(held + step * (revenue - m.variable("budget_from_fiat")), 0)
    return _equation(
        "E21",
        "Treasury currency",
        "The treasury's share of revenue, less what is spent.",
        m.following("treasury_fiat"),
        left,
    )
