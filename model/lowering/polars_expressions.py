"""SymPy to Polars expressions; refuses every node type it does not know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce

import polars as pl
import sympy
from sympy import Basic, Expr, Symbol
from sympy.core import relational
from sympy.logic import boolalg

from model.vocabulary import MISSING

Column = Callable[[Symbol], pl.Expr]


def to_polars(expression: Basic, column: Column) -> pl.Expr:
    """Lower one expression.

    Parameters
    ----------
    expression
        SymPy expression or condition.
    column
        Gives the Polars expression of a symbol: a column, a literal or an inlined expression.

    Raises
    ------
    NotImplementedError
        For a node type outside the closed list.
    """
    if isinstance(expression, Symbol):
        return pl.lit(None, dtype=pl.Float64) if expression == MISSING else column(expression)
    if expression.is_Number or expression in (sympy.pi, sympy.E):
        return pl.lit(float(expression), dtype=pl.Float64)
    if isinstance(expression, sympy.Pow):
        return _power(expression, column)
    if isinstance(expression, sympy.Piecewise):
        return _piecewise(expression, column)
    if isinstance(expression, relational.Relational):
        return _comparison(expression, column)
    parts = [to_polars(argument, column) for argument in expression.args]
    if isinstance(expression, sympy.Add):
        return reduce(lambda a, b: a + b, parts)
    if isinstance(expression, sympy.Mul):
        return reduce(lambda a, b: a * b, parts)
    if isinstance(expression, boolalg.And):
        return reduce(lambda a, b: a & b, parts)
    if isinstance(expression, boolalg.Or):
        return reduce(lambda a, b: a | b, parts)
    function = _FUNCTIONS.get(expression.func)
    if function is None:
        raise NotImplementedError(f"no Polars form for {expression.func.__name__}")
    return function(parts)


_FUNCTIONS: Mapping[type, Callable[[list[pl.Expr]], pl.Expr]] = {
    sympy.exp: lambda parts: parts[0].exp(),
    sympy.log: lambda parts: parts[0].log(),
    sympy.floor: lambda parts: parts[0].floor(),
    sympy.Max: lambda parts: pl.max_horizontal(*parts),
    sympy.Min: lambda parts: pl.min_horizontal(*parts),
}


def _power(expression: sympy.Pow, column: Column) -> pl.Expr:
    base, exponent = expression.as_base_exp()
    if expression.func is sympy.exp:
        return to_polars(expression.args[0], column).exp()
    base, exponent = expression.args
    value = to_polars(base, column)
    if exponent == -1:
        return pl.lit(1.0) / value
    if exponent == sympy.Rational(1, 2):
        return value.sqrt()
    if exponent == 2:
        return value * value
    return value.pow(to_polars(exponent, column))


def _piecewise(expression: sympy.Piecewise, column: Column) -> pl.Expr:
    *cases, last = expression.args
    if last.args[1] != sympy.true:
        raise NotImplementedError("a Piecewise must end with (value, True)")
    result = to_polars(last.args[0], column)
    for value, condition in reversed([case.args for case in cases]):
        result = pl.when(to_polars(condition, column)).then(to_polars(value, column)).otherwise(result)
    return result


def _comparison(expression: relational.Relational, column: Column) -> pl.Expr:
    left, right = (to_polars(argument, column) for argument in expression.args)
    if isinstance(expression, relational.StrictGreaterThan):
        return left > right
    if isinstance(expression, relational.GreaterThan):
        return left >= right
    if isinstance(expression, relational.StrictLessThan):
        return left < right
    if isinstance(expression, relational.LessThan):
        return left <= right
    raise NotImplementedError(f"no Polars form for {expression.func.__name__}")


def named_columns(symbol: Symbol) -> pl.Expr:
    """Every symbol is the column of its own name."""
    return pl.col(symbol.name)


def inlined(expression: Expr, inline: Mapping[Symbol, pl.Expr]) -> pl.Expr:
    """Lower with some symbols replaced by expressions and the others read as columns."""
    return to_polars(expression, lambda s: inline[s] if s in inline else pl.col(s.name))
