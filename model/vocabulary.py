"""SymPy symbols for the parameters and variables of one structure; the only place where a symbol is made."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import sympy
from sympy import Expr, Symbol

from model.parameters import ParameterKey, indexed, parameter_keys, parameters_by_word
from model.structure import Structure
from model.variables import Variable, variables_by_word

MISSING = Symbol("missing")
"""Stands for a value that does not exist (a ratio over nothing); lowered to null."""

_SUFFIXED_AS = {"role_quality": "quality", "stream_revenue": "revenue", "stream_surplus": "consumer_surplus"}
"""Words whose columns carry the network's word with a suffix (`quality.compute`, `revenue.cycles`)."""


def identifier(prefix: str, key: str) -> str:
    """A name that is valid in generated code and never meets SymPy's own (`p_jobs__burn_share`)."""
    return f"{prefix}_{key.replace('.', '__').replace('-', '_')}"


def column_name(word: str, index: str | None) -> str:
    """The public name of a variable (`capacity.compute`)."""
    stem = _SUFFIXED_AS.get(word, word)
    return stem if index is None else f"{stem}.{index}"


class Vocabulary:
    """Symbols of one structure, and sums over its roles and streams.

    All symbols are real and nothing more: an assumption such as positive would let SymPy drop the guards
    (`Max(x, 0)`) that the equations need.
    """

    def __init__(self, structure: Structure) -> None:
        self.structure = structure
        self.latex: dict[Symbol, str] = {}
        self.columns: dict[Symbol, str] = {}
        self.next_of: dict[Symbol, Symbol] = {}
        self.variables: dict[str, Variable] = {}
        self.parameters: dict[Symbol, str] = {}
        self.initials: dict[Symbol, str] = {}
        self._made: dict[tuple[str | int | None, ...], Symbol] = {}

    @cached_property
    def keys(self) -> dict[str, ParameterKey]:
        """Parameters of the structure by contract key."""
        return parameter_keys(self.structure)

    def parameter(
        self,
        word: str,
        *,
        role: str | None = None,
        stream: str | None = None,
        bucket: str | None = None,
        year: int | None = None,
    ) -> Symbol:
        """Symbol of a declared parameter; refuses a word or index that the structure does not have."""
        asked = ("parameter", word, role, stream, bucket, year)
        if asked in self._made:
            return self._made[asked]
        declared = parameters_by_word[word]
        if bucket is not None:
            key = f"{bucket}.{word}"
        elif year is not None:
            key = f"{word}.{year}"
        else:
            key = self.structure.key(word, role=role, stream=stream, single=declared.single or None)
        concrete = self.keys[key]
        symbol = Symbol(identifier("p", key), real=True)
        self.latex[symbol] = concrete.latex
        self.parameters[symbol] = key
        self._made[asked] = symbol
        return symbol

    def variable(
        self, word: str, *, role: str | None = None, stream: str | None = None, bucket: str | None = None
    ) -> Symbol:
        """Symbol of a declared variable at the time of the step."""
        asked = ("variable", word, role, stream, bucket)
        if asked in self._made:
            return self._made[asked]
        declared = variables_by_word[word]
        index = bucket
        if stream is not None and not self.structure.one_stream:
            index = stream
        if role is not None and not self.structure.one_role:
            index = role
        name = column_name(word, index)
        symbol = Symbol(identifier("v", name), real=True)
        self.latex[symbol] = indexed(declared.symbol, (index or "").replace("_", " "))
        self.columns[symbol] = name
        self.variables[name] = declared
        self._made[asked] = symbol
        return symbol

    def following(self, word: str, *, role: str | None = None) -> Symbol:
        """Symbol of a state at the end of the step."""
        now = self.variable(word, role=role)
        symbol = Symbol(identifier("n", self.columns[now]), real=True)
        written = self.latex[now].replace("_{t-1}", "_{t}")
        # A prime on a superscript would be a second one, which TeX refuses without brackets.
        self.latex[symbol] = f"{{{written}}}'" if "^" in written else f"{written}'"
        self.next_of[now] = symbol
        return symbol

    def initial(self, word: str, *, bucket: str) -> Symbol:
        """Symbol of an initial value that enters as an input (tokens locked at the start)."""
        key = f"{word}.{bucket}"
        symbol = Symbol(identifier("i", key), real=True)
        self.latex[symbol] = indexed(variables_by_word[word].symbol, bucket.replace("_", " ") + ", 0")
        self.initials[symbol] = key
        return symbol

    @property
    def symbol_of_price(self) -> Symbol:
        """The token price at the time of the step."""
        return self.variable("price")

    @cached_property
    def step_length(self) -> Symbol:
        """Length of a step in years."""
        symbol = Symbol("step_length", real=True)
        self.latex[symbol] = r"\Delta"
        return symbol

    @cached_property
    def time(self) -> Symbol:
        """Years since the start."""
        symbol = Symbol("time", real=True)
        self.latex[symbol] = "t"
        return symbol

    # ---- sums over roles and streams ------------------------------------------------------------------
    def over_roles(self, term: Callable[[str], Expr]) -> Expr:
        """Sum of a term over all roles."""
        return sympy.Add(*(term(role) for role in self.structure.roles))

    def over_streams(self, term: Callable[[str], Expr]) -> Expr:
        """Sum of a term over all streams."""
        return sympy.Add(*(term(stream) for stream in self.structure.streams))

    def of_revenue(self, word: str, role: str | None = None) -> Expr:
        """Sum over streams of a share (a stream's, or a role's of a stream) of the stream's revenue."""
        return self.over_streams(
            lambda stream: (
                self.parameter(word, stream=stream, role=role) * self.variable("stream_revenue", stream=stream)
            )
        )

    def over_buckets(self, term: Callable[[str], Expr]) -> Expr:
        """Sum of a term over all vesting buckets."""
        return sympy.Add(*(term(bucket) for bucket in self.structure.buckets))

    def closing(self, speed: Expr) -> Expr:
        """Share of a gap closed within one step at a yearly speed."""
        return 1 - sympy.exp(-speed * self.step_length)
