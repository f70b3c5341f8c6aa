"""SymPy to expressions of Vega, so that a chart in the browser computes the declared equations itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy
from sympy import Basic, Symbol

from model.lowering.kernel import ScalarPrinter, refuse_unknown
from model.vocabulary import MISSING


class _VegaPrinter(ScalarPrinter):
    """The same closed list of node types in Vega's expression language, a subset of JavaScript."""

    def _print_Symbol(self, expr: Symbol) -> str:
        return "NaN" if expr == MISSING else f"datum.{expr.name}"

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:  # noqa: ARG002
        base, exponent = expr.args
        text = self._print(base)
        if exponent == -1:
            return f"(1.0 / ({text}))"
        if exponent == sympy.Rational(1, 2):
            return f"sqrt({text})"
        if exponent == 2:
            return f"(({text}) * ({text}))"
        return f"pow({text}, {self._print(exponent)})"

    def _print_exp(self, expr: Any) -> str:
        return f"exp({self._print(expr.args[0])})"

    def _print_log(self, expr: Any) -> str:
        return f"log({self._print(expr.args[0])})"

    def _print_floor(self, expr: Any) -> str:
        return f"floor({self._print(expr.args[0])})"

    def _joined(self, operator: str, parts: Sequence[Basic]) -> str:
        return "(" + operator.join(f"({self._print(part)})" for part in parts) + ")"

    def _print_And(self, expr: Any) -> str:
        return self._joined(" && ", expr.args)

    def _print_Or(self, expr: Any) -> str:
        return self._joined(" || ", expr.args)

    def _print_BooleanTrue(self, expr: Any) -> str:  # noqa: ARG002
        return "true"

    def _print_BooleanFalse(self, expr: Any) -> str:  # noqa: ARG002
        return "false"

    def _print_Piecewise(self, expr: Any) -> str:
        *cases, last = self.cases_of(expr)
        text = self._print(last[0])
        for value, condition in reversed(cases):
            text = f"({self._print(condition)} ? {self._print(value)} : {text})"
        return str(text)


def to_vega(expression: Basic) -> str:
    """Vega expression of an expression or condition; each symbol is the field of its own name in the row at hand.

    Raises
    ------
    NotImplementedError
        For a node type outside the closed list.
    """
    refuse_unknown(expression)
    return str(_VegaPrinter().doprint(expression))
