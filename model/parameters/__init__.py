"""Everything a person may set, declared once, and the concrete keys that a structure gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from model.parameters.assumptions import ASSUMPTIONS
from model.parameters.declaration import Parameter, Source, Zone
from model.parameters.levers import LEVERS
from model.structure import Structure

__all__ = [
    "PARAMETERS",
    "Parameter",
    "ParameterKey",
    "Source",
    "Zone",
    "parameter_keys",
    "parameters_by_word",
]

PARAMETERS: tuple[Parameter, ...] = LEVERS + ASSUMPTIONS

parameters_by_word: dict[str, Parameter] = {parameter.word: parameter for parameter in PARAMETERS}


@dataclass(frozen=True)
class ParameterKey:
    """One parameter of one system: a declaration together with the role, stream, bucket or year it is for.

    `place` says the role, stream or bucket in words, as the network calls it.
    """

    key: str
    declared: Parameter
    role: str | None = None
    stream: str | None = None
    bucket: str | None = None
    year: int | None = None
    place: str = ""

    @cached_property
    def index(self) -> str:
        """What stands under the symbol: stream, role, bucket or table year; empty for the network."""
        parts = [self.stream, self.role, self.bucket, None if self.year is None else str(self.year)]
        return ", ".join(part.replace("_", " ") for part in parts if part)

    @cached_property
    def latex(self) -> str:
        """The symbol in LaTeX, with its index where the structure needs one."""
        return indexed(self.declared.symbol, self.index)

    @cached_property
    def label(self) -> str:
        """The label, with the role, stream or bucket in words where there are several."""
        if self.year is not None:
            return f"{self.declared.label} {self.year}"
        return f"{self.declared.label} ({self.place})" if self.place else self.declared.label


_PLACE = re.compile(r"(?<=[{,])i(?=[,}])")
_EMPTY_PLACE = re.compile(r"_\{i\}|,i(?=[,}])|(?<=\{)i,")


def indexed(symbol: str, index: str) -> str:
    """Put an index into a LaTeX symbol that has a place for one (`c_{i,t}`); an empty index removes the place."""
    if not index:
        return _EMPTY_PLACE.sub("", symbol)
    shown = index if len(index) == 1 and index.isascii() else r"\mathrm{" + index.replace(" ", r"\,") + "}"
    return _PLACE.sub(lambda _: shown, symbol)


def _keys_of(parameter: Parameter, shape: Structure) -> Iterator[ParameterKey]:
    key = shape.key
    word, single = parameter.word, parameter.single or None
    if parameter.scope == "network":
        yield ParameterKey(word, parameter)
    elif parameter.scope == "role":
        for role in shape.roles:
            yield ParameterKey(key(word, role=role, single=single), parameter, role=None if shape.one_role else role)
    elif parameter.scope == "merit-role":
        for role in shape.merit_roles:
            yield ParameterKey(key(word, role=role), parameter, role=None if shape.one_role else role)
    elif parameter.scope == "stream":
        for stream in shape.streams:
            yield ParameterKey(key(word, stream=stream), parameter, stream=None if shape.one_stream else stream)
    elif parameter.scope == "stream-role":
        for stream in shape.streams:
            for role in shape.roles:
                yield ParameterKey(
                    key(word, stream=stream, role=role, single=single),
                    parameter,
                    role=None if shape.one_role else role,
                    stream=None if shape.one_stream else stream,
                )
    elif parameter.scope == "bucket":
        for bucket in shape.buckets:
            yield ParameterKey(f"{bucket}.{word}", parameter, bucket=bucket)
    elif parameter.scope == "table-year":
        for year in range(1, shape.table_years + 1):
            yield ParameterKey(f"{word}.{year}", parameter, year=year)


@lru_cache(maxsize=256)
def parameter_keys(shape: Structure) -> dict[str, ParameterKey]:
    """All parameters of a system by their contract keys, in order of declaration."""
    found: dict[str, ParameterKey] = {}
    for parameter in PARAMETERS:
        if shape.uses(parameter.module):
            for concrete in _keys_of(parameter, shape):
                names = () if concrete.year is not None else concrete.key.split(".")[:-1]
                found[concrete.key] = replace(concrete, place=", ".join(shape.called(name) for name in names))
    return found
