"""Parts of expressions that read constants alone, named so that they are computed once and not at every step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import sympy
from sympy import Basic, Expr, Symbol

IsConstant = Callable[[Symbol], bool]


def hoist(expressions: Iterable[Basic], is_constant: IsConstant) -> tuple[dict[Symbol, Basic], list[Basic]]:
    """Take constant parts out of expressions.

    Parameters
    ----------
    expressions
        What is computed at every step.
    is_constant
        Whether a symbol keeps its value over all steps.

    Returns
    -------
    tuple
        New symbols with their constant parts, none of which reads another, and the expressions with these symbols in.
    """
    names = (Symbol(f"c_{number}") for number in range(100_000))
    found: dict[Basic, Symbol] = {}
    reduced = [_without_constants(expression, is_constant, names, found) for expression in expressions]
    return {symbol: part for part, symbol in found.items()}, reduced


def _without_constants(
    expression: Basic, is_constant: IsConstant, names: Iterator[Symbol], found: dict[Basic, Symbol]
) -> Basic:
    def named(part: Basic) -> Symbol:
        if part not in found:
            found[part] = next(names)
        return found[part]

    def reads_constants_alone(part: Basic) -> bool:
        return bool(part.free_symbols) and all(is_constant(symbol) for symbol in part.free_symbols)

    if not expression.args:
        return expression
    if isinstance(expression, Expr) and reads_constants_alone(expression):
        return named(expression)
    parts, together = list(expression.args), []
    if isinstance(expression, (sympy.Add, sympy.Mul)):
        steady = [part for part in parts if reads_constants_alone(part)]
        if len(steady) > 1:
            together = [named(expression.func(*steady))]
            parts = [part for part in parts if part not in steady]
    changed = [*together, *(_without_constants(part, is_constant, names, found) for part in parts)]
    if changed == list(expression.args):
        return expression
    if isinstance(expression, (sympy.Add, sympy.Mul)):
        return expression.func(*changed, evaluate=False)
    return expression.func(*changed)
