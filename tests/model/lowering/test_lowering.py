"""One expression gives one number, whichever printer lowered it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import polars as pl
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sympy import Basic, Expr, Float, Integer, Max, Min, Piecewise, Rational, Symbol, exp, floor, log
from sympy.core.relational import Relational

from model import load_network
from model.engine.stepper import run
from model.engine.worlds import Column, Worlds, assemble
from model.lowering import kernel
from model.lowering.array_functions import array_function
from model.lowering.hoist import hoist
from model.lowering.kernel import kernel_source, to_python
from model.lowering.latex import system_latex, to_latex
from model.lowering.polars_expressions import inlined, named_columns, to_polars
from model.structure import Structure
from model.system import system_for
from model.vocabulary import MISSING
from tests.model.shapes import COVERING, name_of

SYMBOLS = tuple(Symbol(name, real=True) for name in ("a", "b", "c", "d"))
A, B, C, D = SYMBOLS


# ---- closed lists -------------------------------------------------------------------------------------
UNKNOWN = [
    sympy.sin(A),
    sympy.tanh(A),
    sympy.gamma(A),
    sympy.Function("f")(A),
    sympy.Derivative(sympy.Function("f")(A), A),
    sympy.Integral(A**A, A),
    sympy.ceiling(A),
    1 + A * sympy.sign(B),
    Max(A, sympy.Abs(B)),
    Piecewise((sympy.cos(A), B > 0), (A, True)),
]


@pytest.mark.parametrize("expression", UNKNOWN, ids=str)
def test_every_printer_refuses_a_node_it_does_not_know(expression: Expr) -> None:
    with pytest.raises(NotImplementedError):
        to_polars(expression, named_columns)
    with pytest.raises(NotImplementedError):
        to_python(expression)
    with pytest.raises(NotImplementedError):
        array_function(SYMBOLS, [expression])
    with pytest.raises(NotImplementedError):
        to_latex(expression, str)


@pytest.mark.parametrize(
    "expression", [Piecewise((A, B > 0)), Piecewise((A, B > 0), (B, A > 0)), 1 + 2 * Piecewise((A, B > 0))], ids=str
)
def test_a_piecewise_must_end_with_true(expression: Expr) -> None:
    with pytest.raises(NotImplementedError, match="Piecewise"):
        to_polars(expression, named_columns)
    with pytest.raises(NotImplementedError, match="Piecewise"):
        to_python(expression)


def test_a_missing_value_is_null_in_polars_and_nan_in_the_kernel() -> None:
    ratio = Piecewise((A / B, B > 0), (MISSING, True))
    frame = pl.DataFrame({"a": [1.0, 1.0], "b": [4.0, 0.0]}).select(to_polars(ratio, named_columns).alias("x"))
    assert frame["x"].to_list() == [0.25, None]
    assert math.isnan(evaluated(to_python(ratio), {"a": 1.0, "b": 0.0}))
    (column,) = array_function((A, B), [ratio])(np.array([1.0, 1.0]), np.array([4.0, 0.0]))
    np.testing.assert_array_equal(column, [0.25, np.nan])


# ---- the same number everywhere -----------------------------------------------------------------------
def at_least(expression: Expr) -> Expr:
    """Away from zero and from negative numbers, where logarithms and powers exist."""
    return Max(expression, Rational(1, 8))


def at_most(expression: Expr) -> Expr:
    return Min(Max(expression, -3), 3)


def leaf(chance: Random) -> Expr:
    return chance.choice([*SYMBOLS, *SYMBOLS, Integer(2), Integer(-3), Rational(1, 3), Rational(-7, 2), Float(0.3)])


def branch(chance: Random, depth: int, pieces: bool = True) -> Expr:
    """A random expression of the closed list; every kind of node is as likely as any other."""
    if depth == 0:
        return leaf(chance)

    def inner() -> Expr:
        return branch(chance, chance.randrange(depth), pieces)

    def several() -> list[Expr]:
        return [inner() for _ in range(chance.randint(2, 4))]

    def cases() -> Expr:
        relation = chance.choice([sympy.Gt, sympy.Ge, sympy.Lt, sympy.Le])
        condition = relation(branch(chance, 1, pieces=False), branch(chance, 1, pieces=False))
        return Piecewise((inner(), condition), (inner(), True))

    kinds: list[Callable[[], Expr]] = [
        lambda: sympy.Add(*several()),
        lambda: sympy.Add(*several()),
        lambda: sympy.Mul(*(at_most(part) for part in several())),
        lambda: Max(*several()),
        lambda: Min(*several()),
        lambda: inner() / at_least(inner()),
        lambda: at_least(inner()) ** at_most(inner()),
        lambda: sympy.sqrt(at_least(inner())),
        lambda: at_most(inner()) ** 2,
        lambda: exp(at_most(inner())),
        lambda: log(at_least(inner())),
        lambda: floor(inner()),
    ]
    return chance.choice([*kinds, cases, cases] if pieces else kinds)()


@dataclass(frozen=True)
class Draw:
    """A random expression, values for its symbols and the symbols that stand still."""

    expression: Expr
    row: dict[str, float]
    constant: frozenset[Symbol]

    @property
    def point(self) -> dict[Symbol, Expr]:
        return {symbol: Float(self.row[symbol.name], 40) for symbol in SYMBOLS}


def drawn(seed: int) -> Draw:
    chance = Random(seed)
    expression = branch(chance, depth=4)
    row = {symbol.name: round(chance.uniform(-4, 4), 4) for symbol in SYMBOLS}
    return Draw(expression, row, frozenset(chance.sample(SYMBOLS, chance.randrange(4))))


DRAWS = st.integers(0, 2**60).map(drawn).filter(lambda draw: len(draw.expression.free_symbols) > 0)


def evaluated(source: str, values: Mapping[str, float]) -> float:
    return float(eval(source, {"math": math, "max": max, "min": min}, dict(values)))


def by_array(expression: Expr, row: Mapping[str, float]) -> float:
    """The value in an array of two equal elements."""
    symbols = [symbol for symbol in SYMBOLS if symbol.name in row]
    (found,) = array_function(symbols, [expression])(*(np.full(2, row[s.name]) for s in symbols))
    return float(np.broadcast_to(found, 2)[1])


def exact_of(expression: Basic, point: Mapping[Symbol, Expr]) -> Any:
    return expression.xreplace(dict(point)).evalf(40)


def decides_clearly(expression: Expr, point: Mapping[Symbol, Expr]) -> bool:
    """Whether no comparison and no floor of the expression stands on its edge, where rounding decides."""
    for node in sympy.preorder_traversal(expression):
        if isinstance(node, Relational):
            gap = exact_of(node.lhs - node.rhs, point)
        elif isinstance(node, floor):
            inside = exact_of(node.args[0], point)
            gap = inside - sympy.floor(inside + Rational(1, 2))
        else:
            continue
        if abs(gap) < 1e-9:
            return False
    return True


def size_of(expression: Expr, point: Mapping[Symbol, Expr]) -> float:
    """The largest number met on the way: rounding errors are relative to it."""
    parts = [node for node in sympy.preorder_traversal(expression) if isinstance(node, Expr) and node.free_symbols]
    return max(abs(float(exact_of(part, point))) for part in parts)


@pytest.mark.slow
@settings(max_examples=150)
@given(DRAWS)
def test_polars_kernel_arrays_and_sympy_give_the_same_number(draw: Draw) -> None:
    assume(decides_clearly(draw.expression, draw.point))
    expected, size = float(exact_of(draw.expression, draw.point)), size_of(draw.expression, draw.point)
    assume(size < 1e12)
    lowered = to_polars(draw.expression, named_columns).cast(pl.Float64).alias("x")
    by_polars = pl.DataFrame(draw.row).select(lowered)["x"][0]
    by_kernel = evaluated(to_python(draw.expression), draw.row)
    assert by_polars == pytest.approx(expected, rel=1e-11, abs=1e-11 * max(1.0, size))
    assert by_kernel == pytest.approx(expected, rel=1e-11, abs=1e-11 * max(1.0, size))
    assert by_array(draw.expression, draw.row) == pytest.approx(expected, rel=1e-11, abs=1e-11 * max(1.0, size))


@pytest.mark.slow
@settings(max_examples=100)
@given(DRAWS)
def test_hoisting_takes_out_only_constants_and_changes_no_number(draw: Draw) -> None:
    constants, (reduced,) = hoist([draw.expression], draw.constant.__contains__)
    assert all(part.free_symbols <= draw.constant and part.args for part in constants.values())
    assert reduced.free_symbols <= {*draw.expression.free_symbols, *constants}
    for node in sympy.preorder_traversal(reduced):
        if isinstance(node, Expr) and node.args:
            assert not (node.free_symbols and node.free_symbols <= {*draw.constant, *constants})
    assume(decides_clearly(draw.expression, draw.point))
    size = size_of(draw.expression, draw.point)
    assume(size < 1e12)
    once = {symbol.name: evaluated(to_python(part), draw.row) for symbol, part in constants.items()}
    before, after = evaluated(to_python(draw.expression), draw.row), evaluated(to_python(reduced), draw.row | once)
    assert after == pytest.approx(before, rel=1e-11, abs=1e-11 * max(1.0, size))


def test_a_symbol_may_be_replaced_by_an_expression_while_lowering() -> None:
    frame = pl.DataFrame({"a": [2.0], "b": [3.0]})
    lowered = inlined(A * B + C, {C: pl.col("a") * 10})
    assert frame.select(lowered.alias("x"))["x"].to_list() == [26.0]


@pytest.mark.slow
@pytest.mark.parametrize("shape", COVERING, ids=name_of)
def test_every_equation_can_be_lowered_to_every_target(shape: Structure) -> None:
    system = system_for(shape)
    for equation in system.equations:
        to_polars(equation.expression, named_columns)
        compile(to_python(equation.expression), equation.name, "eval")
        array_function(sorted(equation.expression.free_symbols - {MISSING}, key=str), [equation.expression])
    for latex in system_latex(system).values():
        assert latex.count("{") == latex.count("}")
        assert latex.count(r"\left(") == latex.count(r"\right)")
        assert not re.search(r"\b[vpni]_[a-z]{2}", latex), "a name of generated code in print"
    source, inputs, constants = kernel_source(system)
    compile(source, "kernel", "exec")
    assert constants <= len(inputs)


# ---- constants that move and constants that stand still -----------------------------------------------
def spelled_out(worlds: Worlds) -> Worlds:
    """The same worlds with every parameter given anew at every step."""
    columns = {
        key: Column(np.repeat(column.values, worlds.steps + 1, axis=1), column.index)
        for key, column in worlds.parameters.items()
    }
    return Worlds(
        worlds.system, worlds.labels, columns, worlds.initial, worlds.shocks, worlds.step_length, worlds.steps
    )


@pytest.mark.parametrize("name", ["textbook", "textbook-merit"])
def test_a_parameter_given_at_every_step_gives_the_path_of_a_constant(name: str) -> None:
    network = load_network(name)
    scale = np.linspace(0.5, 1.5, 3)
    worlds = assemble(
        network.system, ["a", "b", "c"], {**network.values, "emission_scale": scale}, network.initial,
        step_length=network.step_length, steps=104,
    )  # fmt: skip
    dated = spelled_out(worlds)
    assert any(column.width > 1 for column in dated.parameters.values())
    steady = run(worlds, "kernel").states
    assert np.ptp(steady[:, :, -1], axis=1).max() > 0
    for other in (run(dated, "kernel"), run(dated, "polars"), run(worlds, "polars")):
        np.testing.assert_allclose(other.states, steady, rtol=1e-12, atol=1e-12 * np.abs(steady).max())


# ---- generated source ---------------------------------------------------------------------------------
def test_the_same_system_gives_the_same_source_and_another_system_another() -> None:
    source, *_ = kernel_source(system_for(Structure()))
    assert source == kernel_source(system_for.__wrapped__(Structure()))[0]
    assert source != kernel_source(system_for(Structure(emission="percentage")))[0]


def test_the_kernel_is_written_to_the_chosen_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BALLAST_CACHE_DIR", str(tmp_path / "kernels"))
    assert kernel.cache_folder() == tmp_path / "kernels"
    monkeypatch.delenv("BALLAST_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert kernel.cache_folder() == tmp_path / "ballast"
    path = kernel._write_source(tmp_path / "kernels" / "one.py", "x = 1\n")
    assert path == tmp_path / "kernels" / "one.py"
    assert path.read_text() == "x = 1\n"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    path = kernel._write_source(tmp_path / "file" / "below" / "one.py", "x = 2\n")
    assert path.read_text() == "x = 2\n"
    assert tmp_path not in path.parents


SPECIAL: list[tuple[Expr, dict[str, float], float]] = [
    (A**-1, {"a": 3.0}, 1 / 3),
    (2**-A, {"a": 2.0}, 0.25),
    (-(A**2), {"a": 3.0}, -9.0),
    ((-A) ** 2, {"a": 3.0}, 9.0),
    (A - (B - C), {"a": 1.0, "b": 2.0, "c": 3.0}, 2.0),
    (A / (B * C), {"a": 1.0, "b": 2.0, "c": 4.0}, 0.125),
    ((A + B) ** (-B), {"a": 1.0, "b": 1.0}, 0.5),
    (A ** Rational(-1, 2), {"a": 4.0}, 0.5),
    (exp(-A * B), {"a": 1.0, "b": 0.0}, 1.0),
    (Rational(1, 2) ** floor(A * (1 + Float(1e-12))), {"a": 2.9999999999999}, 0.125),
    (Piecewise((A, A > B), (0, True)), {"a": 2.0, "b": 2.0}, 0.0),
    (Piecewise((A, A >= B), (0, True)), {"a": 2.0, "b": 2.0}, 2.0),
    (Piecewise((A, A < B), (0, True)), {"a": 2.0, "b": 2.0}, 0.0),
    (Piecewise((A, A <= B), (0, True)), {"a": 2.0, "b": 2.0}, 2.0),
    (Piecewise((1, A > 3), (2, A > 2), (3, A > 1), (4, True)), {"a": 2.5}, 2.0),
    (Piecewise((1, (A > 3) | (B > 0)), (2, True)), {"a": 2.0, "b": 1.0}, 1.0),
    (Piecewise((1, (A > 3) & (B > 0)), (2, True)), {"a": 2.0, "b": 1.0}, 2.0),
]


@pytest.mark.parametrize(("expression", "values", "expected"), SPECIAL, ids=str)
def test_signs_powers_and_brackets_survive_printing(
    expression: Expr, values: dict[str, float], expected: float
) -> None:
    assert evaluated(to_python(expression), values) == pytest.approx(expected, rel=1e-15)
    assert by_array(expression, values) == pytest.approx(expected, rel=1e-15)
    lowered = pl.DataFrame(values).select(to_polars(expression, named_columns).alias("x"))
    assert lowered["x"][0] == pytest.approx(expected, rel=1e-15)
