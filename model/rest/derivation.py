"""Rest conditions solved in SymPy from the declared equations: what each state must be when nothing changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import sympy
from sympy import Expr, Symbol

from model.system import System


@dataclass(frozen=True)
class Step:
    """One step of the derivation, as it stands on the page.

    Attributes
    ----------
    title, sentence
        What is assumed, in words.
    condition
        The equation that must hold at rest.
    unknown, solution
        What it is solved for, and the result.
    """

    title: str
    sentence: str
    condition: sympy.Eq
    unknown: Symbol
    solution: Expr


def _without_guard(expression: Expr) -> Expr:
    """The branch of a guarded quotient that holds when there is something below the line."""
    if isinstance(expression, sympy.Piecewise):
        return expression.args[0].args[0]
    return expression


@lru_cache(maxsize=64)
def rest_capacity(system: System, role: str) -> Expr:
    """Capacity at which the role's margin is one: nobody enters and nobody leaves."""
    m = system.vocabulary
    margin = _without_guard(system.by_target[m.variable("margin", role=role)].expression)
    capacity = m.variable("capacity", role=role)
    (solution,) = sympy.solve(sympy.Eq(margin, 1), capacity)
    return solution


@lru_cache(maxsize=64)
def rest_float(system: System) -> Expr:
    """Float at which the clearing price is the price itself."""
    m = system.vocabulary
    price, held, liquid = m.variable("price"), m.variable("holdings"), m.variable("float_supply")
    (solution,) = sympy.solve(sympy.Eq(held / liquid, price), liquid)
    return solution


@lru_cache(maxsize=64)
def rest_price(system: System) -> Expr:
    """Price at which what is burned is what is minted, the treasury's unspent part and slashing left out."""
    m = system.vocabulary
    v, price = m.variable, m.variable("price")
    minted = system.by_target[v("emission")].expression
    burned = system.by_target[v("burn_wanted")].expression
    (solution,) = sympy.solve(sympy.Eq(sympy.expand((minted - burned) * price), 0), price)
    return sympy.factor(solution)


@lru_cache(maxsize=16)
def derivation(system: System) -> tuple[Step, ...]:
    """The steps from the declared equations to one scalar equation in revenue."""
    v = system.vocabulary.variable
    minted, burned = (system.by_target[v(word)].expression for word in ("emission", "burn_wanted"))
    return (
        *(step for role in system.structure.roles for step in _role_steps(system, role)),
        Step(
            "Burn equals mint",
            "Supply stands still when as many tokens are burned as minted; this gives the price.",
            sympy.Eq(burned, minted, evaluate=False),
            v("price"),
            rest_price(system),
        ),
        Step(
            "The market clears",
            "The float is worth what users and speculators want to hold; this gives the float.",
            sympy.Eq(v("holdings") / v("float_supply"), v("price")),
            v("float_supply"),
            rest_float(system),
        ),
    )


def _role_steps(system: System, role: str) -> tuple[Step, Step]:
    """What gives a role's capacity, and its quality."""
    v, shape = system.vocabulary.variable, system.structure
    named = "" if shape.one_role else f" ({shape.called(role)})"
    margin = _without_guard(system.by_target[v("margin", role=role)].expression)
    settled, quality = v("quality_target", role=role), v("role_quality", role=role)
    return (
        Step(
            f"Nobody enters or leaves{named}",
            "Income per unit is the cost providers require, so capacity is income over that cost.",
            sympy.Eq(margin, 1, evaluate=False),
            v("capacity", role=role),
            rest_capacity(system, role),
        ),
        Step(
            f"Quality has settled{named}",
            "Quality is what the capacity supports.",
            sympy.Eq(quality, settled),
            quality,
            system.by_target[settled].expression,
        ),
    )
