"""Burn and mint against the price as steps that a chart in the browser computes anew while a lever is dragged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sympy import Symbol

from model.equations import Equation
from model.lowering.vega import to_vega
from model.rest.price_curves import PriceFlows, flow_expressions
from model.system import System
from model.vocabulary import MISSING


@dataclass(frozen=True)
class LiveFlows:
    """The declared equations between some levers and the price on one side, mint and burn on the other.

    Attributes
    ----------
    price
        Field that holds the price when the steps begin, USD/token.
    levers
        Field that holds each lever then, by parameter key, in the parameter's own unit.
    once
        Fields and Vega expressions, in the order in which they are computed, that do not depend on the price.
    steps
        Those that do; the last two are "mint" and "burn", tokens/yr.
    held
        What the steps read and none of them gives: it stays as it is whatever is dragged.
    """

    price: str
    levers: dict[str, str]
    once: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, str], ...]
    held: tuple[Symbol, ...]

    def held_values(self, flows: PriceFlows) -> dict[str, float]:
        """What is held, by field, as the flows of one state have it."""
        return {symbol.name: flows.value_of(symbol) for symbol in self.held}


@lru_cache(maxsize=64)
def live_flows(system: System, keys: tuple[str, ...]) -> LiveFlows:
    """Equations that answer when parameters are dragged, `keys`, and what they take as given.

    Capacity, quality, stake and supply are held: they are states, which answer only as time passes.
    """
    m = system.vocabulary
    symbol_of = {key: symbol for symbol, key in m.parameters.items()}
    levers = {key: symbol_of[key] for key in keys}
    mint, burn = flow_expressions(system)
    moving = {m.symbol_of_price, *levers.values()}
    answering = _answering(system, frozenset(moving), mint.free_symbols | burn.free_symbols)
    priced = {e.target for e in _answering(system, frozenset({m.symbol_of_price}), {e.target for e in answering})}
    printed = [(e.target in priced, (e.target.name, to_vega(e.expression))) for e in answering]
    read = mint.free_symbols.union(burn.free_symbols, *(e.expression.free_symbols for e in answering))
    held = read - moving - {e.target for e in answering} - {MISSING}
    return LiveFlows(
        m.symbol_of_price.name,
        {key: symbol.name for key, symbol in levers.items()},
        tuple(step for at_price, step in printed if not at_price),
        (*(step for at_price, step in printed if at_price), ("mint", to_vega(mint)), ("burn", to_vega(burn))),
        tuple(sorted(held, key=lambda symbol: symbol.name)),
    )


def _answering(system: System, moving: frozenset[Symbol], wanted: set[Symbol]) -> list[Equation]:
    """Equations of this period between what moves and what is wanted, each after those it reads."""
    states = set(system.vocabulary.next_of)
    found: list[Equation] = []
    known: dict[Symbol, bool] = {}

    def answers(symbol: Symbol) -> bool:
        if symbol not in known:
            equation = None if symbol in states else system.by_target.get(symbol)
            reads = sorted(equation.expression.free_symbols, key=lambda s: s.name) if equation else []
            # All of them, not only up to the first that answers: each has to be placed before this one.
            answered = {needed: answers(needed) for needed in reads}
            known[symbol] = symbol in moving or any(answered.values())
            if equation is not None and known[symbol] and symbol not in moving:
                found.append(equation)
        return known[symbol]

    for symbol in sorted(wanted, key=lambda s: s.name):
        answers(symbol)
    return found
