"""SymPy to one compiled scalar step function; generated source is kept under the hash of its content."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from threading import Lock
from typing import Any

import sympy
from sympy import Basic, Symbol
from sympy.printing.pycode import PythonCodePrinter

from model.lowering.hoist import hoist
from model.system import System
from model.vocabulary import MISSING

PRICE_FLOOR = 1e-6
"""A world stops when its price falls below this share of its first price."""


class ScalarPrinter(PythonCodePrinter):  # type: ignore[misc]
    """Prints a closed list of node types as scalar Python that Numba compiles; refuses the rest."""

    def _print_Symbol(self, expr: Symbol) -> str:
        return "math.nan" if expr == MISSING else str(expr.name)

    def _print_Integer(self, expr: Any) -> str:
        return repr(float(expr))

    def _print_Rational(self, expr: Any) -> str:
        return repr(float(expr))

    def _print_Float(self, expr: Any) -> str:
        return repr(float(expr))

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:  # noqa: ARG002
        base, exponent = expr.args
        text = self.parenthesize(base, sympy.printing.precedence.PRECEDENCE["Func"])
        if exponent == -1:
            return f"(1.0 / {text})"
        if exponent == sympy.Rational(1, 2):
            return f"math.sqrt({self._print(base)})"
        if exponent == 2:
            return f"({text} * {text})"
        return f"({text} ** ({self._print(exponent)}))"

    def _print_Mul(self, expr: Any) -> str:
        return "(" + " * ".join(f"({self._print(a)})" if a.is_Add else self._print(a) for a in expr.args) + ")"

    def _print_Add(self, expr: Any) -> str:
        return "(" + " + ".join(self._print(a) for a in expr.args) + ")"

    def _print_Max(self, expr: Any) -> str:
        return "max(" + ", ".join(self._print(a) for a in expr.args) + ")"

    def _print_Min(self, expr: Any) -> str:
        return "min(" + ", ".join(self._print(a) for a in expr.args) + ")"

    def _print_exp(self, expr: Any) -> str:
        return f"math.exp({self._print(expr.args[0])})"

    def _print_log(self, expr: Any) -> str:
        return f"math.log({self._print(expr.args[0])})"

    def _print_floor(self, expr: Any) -> str:
        return f"math.floor({self._print(expr.args[0])})"

    def _print_Piecewise(self, expr: Any) -> str:
        *cases, last = self.cases_of(expr)
        text = self._print(last[0])
        for value, condition in reversed(cases):
            text = f"({self._print(value)} if {self._print(condition)} else {text})"
        return str(text)

    @staticmethod
    def cases_of(expr: Any) -> list[tuple[Basic, Basic]]:
        """(value, condition) of each case, the last of which must always hold."""
        if expr.args[-1].args[1] != sympy.true:
            raise NotImplementedError("a Piecewise must end with (value, True)")
        return [case.args for case in expr.args]


_KNOWN = (
    sympy.Symbol, sympy.Number, sympy.Add, sympy.Mul, sympy.Pow, sympy.exp, sympy.log, sympy.floor, sympy.Max,
    sympy.Min, sympy.Piecewise, sympy.functions.elementary.piecewise.ExprCondPair, sympy.core.relational.Relational,
    sympy.logic.boolalg.BooleanAtom, sympy.And, sympy.Or,
)  # fmt: skip


def to_python(expression: Basic) -> str:
    """Scalar Python source of an expression.

    Raises
    ------
    NotImplementedError
        For a node type outside the closed list.
    """
    refuse_unknown(expression)
    return str(ScalarPrinter().doprint(expression))


def refuse_unknown(expression: Basic) -> None:
    """Raise NotImplementedError for a node type outside the closed list."""
    for node in sympy.preorder_traversal(expression):
        if not isinstance(node, _KNOWN):
            raise NotImplementedError(f"no kernel form for {type(node).__name__}")


@dataclass(frozen=True)
class Kernel:
    """Compiled step function of one system.

    Attributes
    ----------
    inputs
        Symbols in the order of the offset columns: constants first, then what may change each step.
    constants
        How many of the inputs are parameters (one value per world unless dated).
    states
        Symbols in the order of the initial and output planes.
    steady
        Runs worlds whose parameters do not change; reads them once before the loop.
    dated
        Runs worlds some of whose parameters follow a date.
    """

    inputs: tuple[Symbol, ...]
    constants: int
    states: tuple[Symbol, ...]
    steady: Callable[..., None]
    dated: Callable[..., None]


def _ordered(assignments: dict[Symbol, Basic]) -> list[tuple[Symbol, Basic]]:
    """Assignments so that each comes after those it reads."""
    done: list[tuple[Symbol, Basic]] = []
    placed: set[Symbol] = set()

    def place(symbol: Symbol) -> None:
        if symbol in placed or symbol not in assignments:
            return
        placed.add(symbol)
        for needed in sorted(assignments[symbol].free_symbols, key=lambda s: s.name):
            place(needed)
        done.append((symbol, assignments[symbol]))

    for symbol in assignments:
        place(symbol)
    return done


def _assignments(
    system: System, is_constant: Callable[[Symbol], bool]
) -> tuple[list[tuple[Symbol, Basic]], list[tuple[Symbol, Basic]]]:
    """Constant and per-step assignments after common subexpressions are shared."""
    targets = [e.target for e in system.recursive]
    constants, split = hoist([e.expression for e in system.recursive], is_constant)
    shared, reduced = sympy.cse(split, symbols=(Symbol(f"x_{i}") for i in range(100_000)), order="none")
    step: dict[Symbol, Basic] = dict(shared)
    step.update(zip(targets, reduced, strict=True))
    return list(constants.items()), _ordered(step)


def _block(lines: Iterable[str], depth: int) -> str:
    return "\n".join("    " * depth + line for line in lines)


def kernel_source(system: System) -> tuple[str, tuple[Symbol, ...], int]:
    """Python source of both forms of the kernel, its inputs, and how many of them are constants."""
    constants, moving = _inputs(system)
    constant_set = {*constants, system.vocabulary.step_length}
    once, each = _assignments(system, lambda s: s in constant_set)
    load_constant = [f"{s.name} = flat[offset[w, {i}]]" for i, s in enumerate(constants)]
    load_dated, load_moving = _loads(constants, 0), _loads(moving, len(constants))
    before = [f"{symbol.name} = {to_python(expression)}" for symbol, expression in once]
    step = [f"{symbol.name} = {to_python(expression)}" for symbol, expression in each]
    source = "import math\n\nfrom numba import njit\n"
    source += _function(system, "steady", [*load_constant, *before], [*load_moving, *step])
    source += _function(system, "dated", [], [*load_dated, *before, *load_moving, *step])
    return source, (*constants, *moving), len(constants)


def _inputs(system: System) -> tuple[list[Symbol], list[Symbol]]:
    """What the recursive part reads from outside: parameters and initial stocks, and what has a value per step."""
    read = set().union(*(e.expression.free_symbols for e in system.recursive))
    targets = {e.target for e in system.recursive} | set(system.states)
    outside = sorted(read - targets - {system.vocabulary.step_length, MISSING}, key=lambda s: s.name)
    constants = [s for s in outside if s in system.vocabulary.parameters or s in system.vocabulary.initials]
    return constants, [s for s in outside if s not in constants]


def _loads(symbols: Sequence[Symbol], first: int) -> list[str]:
    """Statements that read inputs at step k."""
    return [f"{s.name} = flat[offset[w, {i}] + k * stride[{i}]]" for i, s in enumerate(symbols, first)]


def _function(system: System, name: str, outer: list[str], inner: list[str]) -> str:
    """One form of the kernel: statements of a world, and those of each of its steps."""
    price = system.vocabulary.symbol_of_price.name
    states = list(enumerate(system.states))
    start = [f"{s.name} = initial[{i}, w]" for i, s in states]
    first = [f"out[{i}, w, 0] = {s.name}" for i, s in states]
    take = [f"{s.name} = {system.vocabulary.next_of[s].name}" for _, s in states]
    keep = [f"out[{i}, w, k + 1] = {s.name}" for i, s in states]
    # The check comes after the results are stored: before them it made the whole step a quarter slower.
    return f"""
@njit(nogil=True, cache=True, error_model="numpy")
def {name}(flat, offset, stride, initial, out, stopped, step_length, steps, begin, end):
    for w in range(begin, end):
{_block([*outer, *start, *first, f"lowest = {PRICE_FLOOR!r} * {price}"], 2)}
        for k in range(steps):
{_block([*inner, *take, *keep], 3)}
            if not ({price} > lowest and {price} < 1e300):
                stopped[w] = k + 1
                for i in range({len(states)}):
                    for j in range(k + 1, steps + 1):
                        out[i, w, j] = math.nan
                break
"""


def cache_folder() -> Path:
    """Where generated kernels are kept: BALLAST_CACHE_DIR, else the user's cache folder."""
    chosen = os.environ.get("BALLAST_CACHE_DIR")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "ballast"


_import_lock = Lock()


def _import_source(source: str) -> Any:
    """Import generated source from a file named by its hash, so that Numba's disk cache applies."""
    versions = f"{metadata.version('numba')} {sys.version_info[:3]}"
    digest = hashlib.sha256((source + versions).encode()).hexdigest()[:20]
    name = f"ballast_kernel_{digest}"
    with _import_lock:
        if name in sys.modules:
            return sys.modules[name]
        path = cache_folder() / f"{name}.py"
        if not path.exists():
            path = _write_source(path, source)
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise RuntimeError(f"cannot import the generated kernel at {path}")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
        return module


def _write_source(path: Path, source: str) -> Path:
    """Write atomically; fall back to a temporary folder where the cache cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_text(source)
        temporary.replace(path)
    except OSError:
        path = Path(tempfile.mkdtemp(prefix="ballast-")) / path.name
        path.write_text(source)
    return path


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether Numba imports here; without it everything runs on the Polars stepper."""
    try:
        importlib.import_module("numba")
    except ImportError:
        return False
    return True


@lru_cache(maxsize=64)
def kernel_for(system: System) -> Kernel:
    """Compile (or load from disk) the kernel of a system."""
    source, inputs, constants = kernel_source(system)
    module = _import_source(source)
    return Kernel(inputs, constants, system.states, module.steady, module.dated)
