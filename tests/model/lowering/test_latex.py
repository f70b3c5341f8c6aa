"""The LaTeX printer: a closed list of nodes, declared symbols, readable guards."""

from __future__ import annotations

import pytest
import sympy
from sympy import Max, Min, Piecewise, Symbol, exp, floor, log, sqrt

from model import load_network
from model.lowering.latex import (
    equation_latex,
    equations_reading,
    plain_symbol,
    symbols_table,
    system_latex,
    to_latex,
)
from model.vocabulary import MISSING

a, b, c = (Symbol(name, real=True) for name in "abc")


def printed(expression: sympy.Basic) -> str:
    return to_latex(expression, lambda symbol: str(symbol.name))


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (a + b, "a + b"),
        (b - a, "b - a"),
        (1 - a, "1 - a"),
        (a * b, r"a\, b"),
        (a * (1 - b), r"a\, \left(1 - b\right)"),
        (a / b, r"\frac{a}{b}"),
        (-a / (b - c), r"\frac{a}{c - b}"),
        (a**2, "a^{2}"),
        (a**-b, "a^{- b}"),
        ((a + b) ** c, r"\left(a + b\right)^{c}"),
        (sqrt(a), r"\sqrt{a}"),
        (exp(-a * b), r"e^{-a\, b}"),
        (exp(log(a) * b), r"\exp\left(b\, \ln\left(a\right)\right)"),
        (Min(a, b), r"\min\left(a,\, b\right)"),
        (Max(a, sympy.Float(1e-300)), "a"),
        (floor(a), r"\left\lfloor a \right\rfloor"),
        (a * sympy.Rational(1, 2), r"\tfrac{1}{2}\, a"),
        (sympy.Float(1 + 1e-12) * a, "a"),
        (MISSING, r"\text{no value}"),
        (sympy.Eq(a, b), "a = b"),
    ],
)
def test_an_expression_prints_as_a_reader_would_write_it(expression: sympy.Basic, text: str) -> None:
    assert printed(expression).replace("- b}", "- b}") in {text, text.replace("- b}", "-b}")}


def test_a_guard_prints_as_cases_in_words() -> None:
    guarded = Piecewise((a / b, b > 0), (MISSING, True))
    cases = r"\begin{cases} \frac{a}{b} & \text{if } b > 0 \\ \text{no value} & \text{otherwise} \end{cases}"
    assert printed(guarded) == cases


@pytest.mark.parametrize("unknown", [sympy.sin(a), sympy.Integral(a, a), sympy.gamma(a)])
def test_a_node_outside_the_closed_list_is_refused(unknown: sympy.Basic) -> None:
    with pytest.raises(NotImplementedError):
        printed(unknown)


@pytest.mark.parametrize("name", ["textbook", "textbook-roles", "textbook-merit", "render", "payment"])
def test_every_equation_of_a_network_prints_without_a_name_of_the_code(name: str) -> None:
    system = load_network(name).system
    for equation in system.documented:
        text = system_latex(system)[equation.target]
        assert not any(str(symbol.name) in text for symbol in system.vocabulary.latex)
        assert text.count("{") == text.count("}")
        assert text.count(r"\left") == text.count(r"\right")


def test_an_equation_carries_its_number() -> None:
    system = load_network("textbook").system
    entry = next(e for e in system.documented if e.number == "E9")
    assert equation_latex(entry, system.vocabulary).startswith(r"(\mathrm{E9})\quad N' = ")


def test_the_symbols_table_names_every_symbol_of_an_equation_with_its_unit() -> None:
    system = load_network("textbook-roles").system
    for equation in system.documented:
        rows = symbols_table([equation], system)
        assert len(rows) == len({equation.target, *equation.expression.free_symbols} - {MISSING})
        assert all(row.name and row.unit and row.latex for row in rows)


def test_a_parameter_names_the_equations_it_stands_in() -> None:
    reading = equations_reading(load_network("textbook").system)
    assert "E6" in reading["burn_share"]
    assert "E9" in reading["entry_speed"]
    assert all(numbers for key, numbers in reading.items() if key not in ("demand_volatility",))


@pytest.mark.parametrize(
    ("latex", "plain"),
    [(r"\varepsilon", "ε"), (r"\bar Q_{h,i}", "Q̄ h,i"), (r"\omega_K", "ω K"), (r"w^{\%}", "w %"), (r"\Delta", "Δ")],
)
def test_a_symbol_prints_in_unicode_for_tables(latex: str, plain: str) -> None:
    assert plain_symbol(latex) == plain
