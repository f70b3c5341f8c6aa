"""SymPy to LaTeX with the declared symbols; refuses every node type it does not know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import sympy
from sympy import Basic, Expr, Symbol
from sympy.core import relational
from sympy.logic import boolalg

from model.equations import Equation
from model.system import System
from model.vocabulary import MISSING, Vocabulary

Name = Callable[[Symbol], str]

_SUM, _PRODUCT, _POWER = 1, 2, 3
"""How tightly an operator binds: what stands inside a tighter one gets brackets."""

_TINY = 1e-200
"""A floor below this only keeps a quotient or a logarithm from failing; it is left out of the printed form."""

_LONG = 260
"""Characters of LaTeX beyond which an equation is written in several lines."""

_EDGE = 2e-9
"""A number this close to a whole one is a whole one with a tolerance."""


@dataclass(frozen=True)
class SymbolRow:
    """One line of the table under an equation.

    Attributes
    ----------
    latex, key
        The printed symbol; the contract key or the variable's name.
    name, unit
        In words.
    kind
        "lever", "assumption", "variable", "initial" or "time".
    """

    latex: str
    key: str
    name: str
    unit: str
    kind: str


def to_latex(expression: Basic, name: Name) -> str:
    """Print one expression or condition.

    Parameters
    ----------
    expression
        SymPy expression, condition or equality.
    name
        Gives the LaTeX of a symbol.

    Raises
    ------
    NotImplementedError
        For a node type outside the closed list.
    """
    return _Printer(name).text(_without_edges(expression))


def _without_edges(expression: Basic) -> Basic:
    """Thresholds carry a relative tolerance of rounding size; the reader sees the threshold itself."""
    near = {
        number: sympy.Integer(round(number))
        for number in expression.atoms(sympy.Float)
        if abs(number) > 0.5 and abs(number - round(number)) < _EDGE
    }
    return expression.xreplace(near) if near else expression


class _Printer:
    """Prints with as few brackets as the reader needs."""

    def __init__(self, name: Name) -> None:
        self.name = name

    def text(self, expression: Basic, inside: int = 0) -> str:
        """LaTeX of an expression, in brackets where it stands inside something that binds more tightly."""
        body, binds = self._form(expression)
        return rf"\left({body}\right)" if binds < inside else body

    def _form(self, e: Basic) -> tuple[str, int]:
        """LaTeX and how tightly it holds together."""
        if isinstance(e, Symbol):
            return (r"\text{no value}" if e == MISSING else self.name(e)), _POWER + 1
        if isinstance(e, sympy.Number):
            return _number(e)
        if isinstance(e, sympy.Add):
            return self._sum(e), _SUM
        if isinstance(e, sympy.exp):
            return self._exponential(e), _POWER
        if isinstance(e, sympy.Mul | sympy.Pow):
            return self._product(e)
        if isinstance(e, sympy.Piecewise):
            return self._cases(e), _POWER + 1
        if isinstance(e, sympy.Equality | relational.Relational):
            return self._relation(e), 0
        if isinstance(e, boolalg.And | boolalg.Or):
            word = "and" if isinstance(e, boolalg.And) else "or"
            return rf" \text{{ {word} }} ".join(self.text(part) for part in e.args), 0
        return self._function(e), _POWER + 1

    def _function(self, e: Basic) -> str:
        kept = [part for part in e.args if not (isinstance(part, sympy.Float) and abs(part) < _TINY)]
        parts = r",\, ".join(self.text(part) for part in kept)
        if isinstance(e, sympy.Max | sympy.Min):
            if len(kept) == 1:
                return self.text(kept[0], _POWER)
            return rf"\{'max' if isinstance(e, sympy.Max) else 'min'}\left({parts}\right)"
        if isinstance(e, sympy.log):
            return rf"\ln\left({parts}\right)"
        if isinstance(e, sympy.floor):
            return rf"\left\lfloor {parts} \right\rfloor"
        raise NotImplementedError(f"no LaTeX form for {e.func.__name__}")

    def _sum(self, e: sympy.Add) -> str:
        """Terms with a plus before those with a minus, short ones before long ones."""
        terms = [_signed(term) for term in e.as_ordered_terms()]
        ordered = sorted(terms, key=lambda t: (t[0], not t[1].is_Number, t[1].count_ops()))
        text = ""
        for negative, size in ordered:
            sign = "-" if negative else ("+" if text else "")
            text += f"{sign} {self.text(size, _PRODUCT if negative else _SUM)} "
        return text.strip()

    def _exponential(self, e: sympy.exp) -> str:
        power = e.args[0]
        tall = power.has(sympy.Piecewise, sympy.log) or any(
            isinstance(part, sympy.Pow) and part.exp.is_negative for part in sympy.preorder_traversal(power)
        )
        body = self.text(power)
        return rf"\exp\left({body}\right)" if tall else rf"e^{{{body}}}"

    def _product(self, e: Expr) -> tuple[str, int]:
        negative, size = _signed(e)
        above: list[Expr] = []
        below: list[Expr] = []
        for factor in sympy.Mul.make_args(size):
            upside = isinstance(factor, sympy.Pow) and factor.exp.is_Number and factor.exp.is_negative
            (below if upside else above).append(1 / factor if upside else factor)
        if negative and any(factor.is_Add for factor in below):
            # A minus in front of a quotient goes into the sum below the line, where it turns a difference around.
            first = next(i for i, factor in enumerate(below) if factor.is_Add)
            below[first], negative = sympy.Add(*(-term for term in below[first].args)), False
        lead = "-" if negative else ""
        if below:
            text = rf"\frac{{{self._factors(above)}}}{{{self._factors(below)}}}"
            return lead + text, _SUM if negative else _PRODUCT
        alone = len(above) == 1 and not negative
        return lead + self._factors(above), _POWER if alone else (_SUM if negative else _PRODUCT)

    def _factors(self, factors: list[Expr]) -> str:
        if not factors:
            return "1"
        if len(factors) == 1:
            return self._power(factors[0], 0)
        return r"\, ".join(self._power(factor, _PRODUCT) for factor in factors)

    def _power(self, e: Expr, inside: int) -> str:
        if not isinstance(e, sympy.Pow) or isinstance(e, sympy.exp):
            return self.text(e, inside)
        base, exponent = e.args
        if exponent == sympy.Rational(1, 2):
            return rf"\sqrt{{{self.text(base)}}}"
        if base.is_Pow or (base.is_Rational and not base.is_Integer):
            return rf"\left({self.text(base)}\right)^{{{self.text(exponent)}}}"
        bottom = self.text(base, _POWER + 1)
        # A symbol that already carries a superscript or a prime takes a second one only in brackets.
        bottom = rf"\left({bottom}\right)" if isinstance(base, Symbol) and re.search(r"[\^']", bottom) else bottom
        return rf"{bottom}^{{{self.text(exponent)}}}"

    def _cases(self, e: sympy.Piecewise) -> str:
        lines = []
        for value, condition in e.args:
            when = r"\text{otherwise}" if condition == sympy.true else rf"\text{{if }} {self.text(condition)}"
            lines.append(rf"{self.text(value)} & {when}")
        return r"\begin{cases} " + r" \\ ".join(lines) + r" \end{cases}"

    def _relation(self, e: relational.Relational) -> str:
        sign = _RELATIONS.get(e.func)
        if sign is None:
            raise NotImplementedError(f"no LaTeX form for {e.func.__name__}")
        return f"{self.text(e.args[0])} {sign} {self.text(e.args[1])}"


_RELATIONS: Mapping[type, str] = {
    sympy.Equality: "=",
    relational.StrictGreaterThan: ">",
    relational.GreaterThan: r"\ge",
    relational.StrictLessThan: "<",
    relational.LessThan: r"\le",
}


def _signed(e: Expr) -> tuple[bool, Expr]:
    """Whether a minus stands in front, and what remains without it."""
    negative = bool(e.could_extract_minus_sign()) and not isinstance(e, sympy.Add)
    return negative, (-e if negative else e)


def _number(e: sympy.Number) -> tuple[str, int]:
    if isinstance(e, sympy.Integer):
        text = str(int(e))
    elif isinstance(e, sympy.Rational):
        text = rf"\tfrac{{{abs(e.p)}}}{{{e.q}}}"
        text = f"-{text}" if e < 0 else text
    else:
        text = _decimal(float(e))
    return text, _SUM if e < 0 else _POWER + 1


def _decimal(value: float) -> str:
    mantissa, _, exponent = f"{value:.12g}".partition("e")
    if not exponent:
        return mantissa
    power = rf"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa} \cdot {power}"


# ---- equations ----------------------------------------------------------------------------------------
def symbol_latex(m: Vocabulary, symbol: Symbol) -> str:
    """The printed form of a declared symbol.

    Raises
    ------
    KeyError
        For a symbol that the vocabulary did not make.
    """
    return m.latex[symbol]


def plain_symbol(latex: str) -> str:
    r"""A declared symbol in Unicode, for tables that print no formulas: `\bar Q_{h,i}` becomes "Q̄ h,i"."""
    text = re.sub(r"\\(?:mathrm|text)\{([^{}]*)\}", r"\1", latex)
    text = re.sub(r"\\(bar|hat)\s*(\w)", lambda m: m[2] + _ACCENTS[m[1]], text)
    text = text.replace(r"\,", " ").replace(r"\%", "%").replace(r"\Delta", "Δ")
    text = re.sub(r"\\(?:var)?([a-z]+)", lambda m: _greek(m[1]), text)
    return re.sub(r"\s+", " ", re.sub(r"[_^]?\{([^{}]*)\}|[_^]", lambda m: f" {m[1] or ''}", text)).strip()


_ACCENTS = {"bar": "\u0304", "hat": "\u0302"}


def _greek(name: str) -> str:
    known = {"ell": "ℓ", "surd": "√", "lambda": "λ"}
    try:
        return known.get(name) or unicodedata.lookup(f"GREEK SMALL LETTER {name}")
    except KeyError:
        return name


@lru_cache(maxsize=64)
def equations_reading(system: System) -> Mapping[str, tuple[str, ...]]:
    """Per parameter key the numbers of the equations that it stands in, in order of the period."""
    known = set(system.vocabulary.parameters)
    found: dict[str, dict[str, None]] = {key: {} for key in system.parameters}
    for equation in system.documented:
        for symbol in equation.expression.free_symbols & known:
            found[system.vocabulary.parameters[symbol]][equation.number] = None
    return {key: tuple(numbers) for key, numbers in found.items()}


def equation_latex(equation: Equation, m: Vocabulary, *, numbered: bool = True) -> str:
    r"""One equation, with its number in front: `(\mathrm{E9})\quad N' = ...`; a long one in several lines."""
    name: Name = lambda s: m.latex.get(s, str(s.name))  # noqa: E731
    whole = to_latex(sympy.Eq(equation.target, equation.expression, evaluate=False), name)
    if len(whole) <= _LONG:
        body = whole
    else:
        main, parts = _in_parts(equation.expression)
        lines = [(equation.target, main), *parts]
        rows = [rf"{to_latex(left, name)} &= {to_latex(right, name)}" for left, right in lines]
        body = r"\begin{aligned} " + r" \\[4pt] ".join(rows) + r" \end{aligned}" if parts else whole
    return rf"(\mathrm{{{equation.number}}})\quad {body}" if numbered else body


def _in_parts(expression: Expr) -> tuple[Expr, list[tuple[Symbol, Expr]]]:
    r"""A long expression with its inner cases and its repeated sums taken out, each under a letter \Phi."""
    parts: list[tuple[Symbol, Expr]] = []

    def named(part: Expr) -> Symbol:
        letter = Symbol(rf"\Phi_{{{len(parts) + 1}}}", real=True)
        parts.append((letter, part))
        return letter

    def without_cases(e: Expr) -> Expr:
        inner = sorted(
            (p for p in e.atoms(sympy.Piecewise) if p != e), key=lambda p: (-p.count_ops(), sympy.default_sort_key(p))
        )
        outer = [p for p in inner if not any(p != other and other.has(p) for other in inner)]
        return e.xreplace({p: named(p) for p in outer})

    main = without_cases(expression)
    sums = [
        e
        for e in sorted(main.atoms(sympy.Add), key=sympy.default_sort_key)
        if len(e.args) > 2 and all(a.is_Symbol for a in e.args) and main.count(e) > 1
    ]
    return main.xreplace({e: named(e) for e in sums}), parts


def says_nothing_new(equation: Equation, m: Vocabulary) -> bool:
    """Whether both sides print alike: one role is all roles, or the symbol is already the formula."""
    left = symbol_latex(m, equation.target)
    right = to_latex(equation.expression, lambda s: symbol_latex(m, s))
    return re.sub(r"[{}\s]", "", left) == re.sub(r"[{}\s]", "", right)


@lru_cache(maxsize=64)
def system_latex(system: System) -> Mapping[Symbol, str]:
    """Every equation of a system without its number, by the symbol it gives a value to; printed once a structure."""
    m = system.vocabulary
    return {equation.target: equation_latex(equation, m, numbered=False) for equation in system.documented}


def symbols_of(equation: Equation) -> tuple[Symbol, ...]:
    """Symbols of an equation, its target first, then in the order of their names."""
    inside = equation.expression.free_symbols - {MISSING, equation.target}
    return (equation.target, *sorted(inside, key=lambda s: str(s.name)))


def symbols_in(expressions: Iterable[Basic], system: System) -> tuple[SymbolRow, ...]:
    """What every symbol of some expressions means, each once, in the order of their names."""
    found = set[Symbol]().union(*(expression.free_symbols for expression in expressions)) - {MISSING}
    return tuple(symbol_row(symbol, system) for symbol in sorted(found, key=lambda s: str(s.name)))


@lru_cache(maxsize=512)
def expression_latex(expression: Basic, system: System) -> str:
    """Any expression of a system's symbols, such as a step of the derivation."""
    return to_latex(expression, lambda s: symbol_latex(system.vocabulary, s))


def symbols_table(equations: Iterable[Equation], system: System) -> tuple[SymbolRow, ...]:
    """What every symbol of some equations means, each once, in order of appearance."""
    found: dict[Symbol, SymbolRow] = {}
    for equation in equations:
        for symbol in symbols_of(equation):
            if symbol not in found:
                found[symbol] = symbol_row(symbol, system)
    return tuple(found.values())


def symbol_row(symbol: Symbol, system: System) -> SymbolRow:
    """Printed form, name and unit of one symbol."""
    m = system.vocabulary
    text = symbol_latex(m, symbol)
    if symbol in m.parameters:
        concrete = m.keys[m.parameters[symbol]]
        return SymbolRow(text, concrete.key, concrete.label, concrete.declared.unit, concrete.declared.kind)
    if symbol == m.step_length:
        return SymbolRow(text, "step_length", "Length of a step", "years", "time")
    if symbol == m.time:
        return SymbolRow(text, "time", "Time", "years", "time")
    if symbol in m.initials:
        return SymbolRow(text, m.initials[symbol], "Tokens locked at the start", "tokens", "initial")
    now = {following: state for state, following in m.next_of.items()}.get(symbol)
    column = m.columns[now if now is not None else symbol]
    variable = m.variables[column]
    label = variable.label + (f" ({column.split('.', 1)[1].replace('_', ' ')})" if "." in column else "")
    return SymbolRow(
        text, column, f"{label}, at the end of the step" if now is not None else label, variable.unit, "variable"
    )
