"""SymPy to one NumPy function of several expressions, for arrays of any shapes that go together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import sympy
from sympy import Basic, Symbol

from model.lowering.kernel import ScalarPrinter, refuse_unknown
from model.vocabulary import MISSING


class _ArrayPrinter(ScalarPrinter):
    """The same closed list of node types, element by element."""

    def _print_Symbol(self, expr: Symbol) -> str:
        return "nan" if expr == MISSING else str(expr.name)

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:
        if expr.args[1] == sympy.Rational(1, 2):
            return f"sqrt({self._print(expr.args[0])})"
        return super()._print_Pow(expr, rational)

    def _nested(self, function: str, parts: Sequence[Basic]) -> str:
        text = self._print(parts[0])
        for part in parts[1:]:
            text = f"{function}({text}, {self._print(part)})"
        return str(text)

    def _print_Max(self, expr: Any) -> str:
        return self._nested("maximum", expr.args)

    def _print_Min(self, expr: Any) -> str:
        return self._nested("minimum", expr.args)

    def _print_exp(self, expr: Any) -> str:
        return f"exp({self._print(expr.args[0])})"

    def _print_log(self, expr: Any) -> str:
        return f"log({self._print(expr.args[0])})"

    def _print_floor(self, expr: Any) -> str:
        return f"floor({self._print(expr.args[0])})"

    def _print_And(self, expr: Any) -> str:
        return "(" + " & ".join(f"({self._print(a)})" for a in expr.args) + ")"

    def _print_Or(self, expr: Any) -> str:
        return "(" + " | ".join(f"({self._print(a)})" for a in expr.args) + ")"

    def _print_Piecewise(self, expr: Any) -> str:
        *cases, last = self.cases_of(expr)
        text = self._print(last[0])
        for value, condition in reversed(cases):
            text = f"where({self._print(condition)}, {self._print(value)}, {text})"
        return str(text)


_NAMES = {name: getattr(np, name) for name in ("maximum", "minimum", "exp", "log", "floor", "sqrt", "where", "nan")}


def array_function(symbols: Sequence[Symbol], expressions: Sequence[Basic]) -> Callable[..., list[Any]]:
    """One NumPy function of several expressions, subexpressions they share computed once.

    Parameters
    ----------
    symbols
        What the function takes, in this order; numbers or arrays that broadcast together.
    expressions
        What it gives back, in this order.

    Raises
    ------
    NotImplementedError
        For a node type outside the closed list.
    """
    for expression in expressions:
        refuse_unknown(expression)
    function = sympy.lambdify(list(symbols), list(expressions), modules=[_NAMES], printer=_ArrayPrinter, cse=True)

    def silent(*values: Any) -> list[Any]:
        # Both cases of a Piecewise are computed; what the one not taken divides by may be zero.
        with np.errstate(all="ignore"):
            return list(function(*values))

    return silent
