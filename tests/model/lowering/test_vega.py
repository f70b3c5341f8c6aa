"""What is printed for Vega gives in Vega the number that NumPy gives here."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
import sympy
from hypothesis import assume, given, settings
from sympy import Expr, Piecewise

from model.engine.evaluator import numeric
from model.lowering.vega import to_vega
from model.structure import Structure
from model.system import system_for
from model.vocabulary import MISSING
from tests.model.lowering.in_vega import value_in_vega
from tests.model.lowering.test_lowering import (
    DRAWS,
    SPECIAL,
    UNKNOWN,
    A,
    B,
    Draw,
    decides_clearly,
    exact_of,
    size_of,
)
from tests.model.shapes import EVERYTHING, FAMILIES, OTHERS, name_of

FOLDED = ("supply-halving", "table", "target-bonded-step", "square-root-stake")
"""Families of emission whose equations have the most cases."""
DRAWN_FROM = (Structure(), EVERYTHING, OTHERS[4], *(shape for shape in FAMILIES if shape.emission in FOLDED))


@pytest.mark.parametrize("expression", UNKNOWN, ids=str)
def test_the_printer_refuses_a_node_it_does_not_know(expression: Expr) -> None:
    with pytest.raises(NotImplementedError):
        to_vega(expression)


def test_a_missing_value_is_not_a_number() -> None:
    ratio = Piecewise((A / B, B > 0), (MISSING, True))
    assert value_in_vega([to_vega(ratio)], {"a": 1.0, "b": 4.0}) == [0.25]
    assert value_in_vega([to_vega(ratio)], {"a": 1.0, "b": 0.0}) == [None]


def test_signs_powers_and_brackets_survive_printing() -> None:
    for expression, values, expected in SPECIAL:
        assert value_in_vega([to_vega(expression)], values) == [pytest.approx(expected, rel=1e-15)], expression


@settings(max_examples=25)
@given(DRAWS)
def test_a_random_expression_has_its_exact_value(draw: Draw) -> None:
    assume(decides_clearly(draw.expression, draw.point))
    expected, size = float(exact_of(draw.expression, draw.point)), size_of(draw.expression, draw.point)
    assume(size < 1e12)
    (found,) = value_in_vega([to_vega(draw.expression)], draw.row)
    assert found == pytest.approx(expected, rel=1e-11, abs=1e-11 * max(1.0, size))


@pytest.mark.parametrize("shape", DRAWN_FROM, ids=name_of)
def test_declared_equations_have_the_value_that_numpy_gives(shape: Structure) -> None:
    chance = Random(name_of(shape))
    equations = chance.sample(system_for(shape).equations, 25)
    symbols = set[sympy.Symbol]().union(*(e.expression.free_symbols for e in equations)) - {MISSING}
    row = {symbol.name: round(10 ** chance.uniform(-2, 2), 6) for symbol in sorted(symbols, key=str)}
    found = value_in_vega([to_vega(e.expression) for e in equations], row)
    told = 0
    for equation, value in zip(equations, found, strict=True):
        function, taken = numeric(equation.expression)
        expected = float(function(*(np.float64(row[symbol.name]) for symbol in taken)))
        if value is None:
            assert not np.isfinite(expected), equation.name
        else:
            assert value == pytest.approx(expected, rel=1e-11, abs=1e-300), equation.name
            told += 1
    assert told > 18
