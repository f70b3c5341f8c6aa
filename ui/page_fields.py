"""What a page asks beside the scenario (a voting rule, a goal, the axes of a map), kept in the link and in the history.

A page declares each thing once as a `PageField` under its own name ("vote.turnout") and reads it with `value()`.
Widget callbacks write with `set()`; several at once, as one step of the history, with `put`. Undo, the browser's
Back, a reload, a shared link and a visit to another page keep it, because it is part of the `Moment`.
"""

from __future__ import annotations

import base64
import binascii
import difflib
import json
import math
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import streamlit as st

from model import BallastError
from model.errors import LinkError
from model.scenario.links import number_text
from model.words.text import exact
from ui import state
from ui.link import PAGES
from ui.text import as_markdown

T = TypeVar("T")

LONGEST_PACKED = 6_000
"""Characters that one table may take in a link."""
LONGEST_UNPACKED = 400_000


@dataclass(frozen=True)
class PageField(Generic[T]):
    """One thing that a page asks.

    Attributes
    ----------
    key
        Its name in the link: page, dot, words ("stress.goal.1").
    default
        What stands when the link says nothing; never written.
    read
        Text of the link to value; raises `BallastError` for what is not allowed.
    write
        Value to text of the link.
    """

    key: str
    default: T
    read: Callable[[str], T]
    write: Callable[[T], str] = str

    def __post_init__(self) -> None:
        if self.key.partition(".")[0] not in PAGES or "." not in self.key:
            raise ValueError(f"{self.key!r} does not begin with one of {', '.join(sorted(PAGES))} and a dot")

    def value(self) -> T:
        """What stands: from the link where it says so and may, else the default."""
        return self._read()[0]

    def problem(self) -> str | None:
        """Why what the link says does not stand, in a sentence; None where it stands."""
        return self._read()[1]

    def set(self, value: T) -> None:
        """Write it down, as one step of the history; the default is written as nothing."""
        put({self: value})

    def _read(self) -> tuple[T, str | None]:
        text = state.page_fields().get(self.key)
        if text is None:
            return self.default, None
        try:
            return self.read(text), None
        except BallastError as problem:
            return self.default, str(problem)


def put(values: Mapping[PageField[Any], Any]) -> None:
    """Write several fields as one step of the history; from widget callbacks."""
    written = {f.key: None if value == f.default else f.write(value) for f, value in values.items()}
    state.put_page_fields(written)


def tell_problems(page: str, fields: Sequence[PageField[Any]]) -> None:
    """One sentence for each field of `page` in the link that does not stand or is not known."""
    told = [problem for field in fields if (problem := field.problem())]
    known = {field.key for field in fields}
    for key in state.page_fields():
        if key.startswith(f"{page}.") and key not in known:
            told.append(f"The link has a field {key[:60]!r} that this page does not know; it is left out.")
    for sentence in told:
        st.warning(as_markdown(sentence))


MOST_OFFERED = 8
"""Names that a message lists in full; of more it names the nearest."""


def offered(text: str, options: Sequence[str]) -> str:
    """Names that could have been meant: all of a few, of many the nearest."""
    names = [name for name in options if name]
    if len(names) <= MOST_OFFERED:
        return ", ".join(names)
    near = difflib.get_close_matches(text, names, 3, 0.4)
    return f"{' or '.join(near)}, or another of {len(names)} names" if near else f"one of the page's {len(names)} names"


# ---- kinds of fields ------------------------------------------------------------------------------------
def choice(key: str, options: Sequence[str], default: str) -> PageField[str]:
    """One of `options`."""

    def read(text: str) -> str:
        if text not in options:
            raise LinkError(
                f"{text[:40]!r} cannot be chosen",
                where=key,
                allowed=offered(text, options),
                todo=f"{default or 'what the page begins with'} is used",
            )
        return text

    return PageField(key, default, read)


def choices(key: str, options: Sequence[str], default: Sequence[str] = ()) -> PageField[tuple[str, ...]]:
    """Any of `options`, each once."""

    def read(text: str) -> tuple[str, ...]:
        names = tuple(dict.fromkeys(name for name in text.split(",") if name))
        for name in names:
            if name not in options:
                raise LinkError(f"{name[:40]!r} cannot be chosen", where=key, allowed=", ".join(options))
        return names

    return PageField(key, tuple(default), read, ",".join)


def number(key: str, default: float, low: float, high: float) -> PageField[float]:
    """A number from `low` to `high`."""

    def read(text: str) -> float:
        try:
            found = float(text)
        except ValueError:
            found = math.nan
        if not low <= found <= high:
            raise LinkError(
                f"{text[:30]!r} cannot be used",
                where=key,
                allowed=f"a number from {exact(low)} to {exact(high)}",
                todo=f"{number_text(default)} is used",
            )
        return found

    return PageField(key, default, read, number_text)


def flag(key: str, default: bool = False) -> PageField[bool]:
    """On (1) or off (0)."""

    def read(text: str) -> bool:
        if text not in ("0", "1"):
            raise LinkError(f"{text[:30]!r} is neither on nor off", where=key, allowed="1 or 0")
        return text == "1"

    return PageField(key, default, read, lambda on: "1" if on else "0")


def words(key: str, default: str = "", longest: int = 200) -> PageField[str]:
    """Free text of at most `longest` characters."""

    def read(text: str) -> str:
        if len(text) > longest or not text.isprintable():
            raise LinkError(
                "the text is too long or has signs that cannot be shown",
                where=key,
                allowed=f"{longest} characters",
            )
        return text

    return PageField(key, default, read)


def table(key: str) -> PageField[tuple[dict[str, Any], ...]]:
    """Rows of a small table, compressed; `fits` tells beforehand whether rows can travel in a link."""
    return PageField(key, (), lambda text: _unpack(key, text), _pack)


def fits(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether rows are few enough for a link."""
    return len(_pack(rows)) <= LONGEST_PACKED


def _pack(rows: Sequence[Mapping[str, Any]]) -> str:
    plain = json.dumps([dict(row) for row in rows], separators=(",", ":"), allow_nan=False)
    return base64.urlsafe_b64encode(zlib.compress(plain.encode(), 9)).decode().rstrip("=")


def _unpack(key: str, text: str) -> tuple[dict[str, Any], ...]:
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        unpack = zlib.decompressobj()
        plain = unpack.decompress(packed, LONGEST_UNPACKED)
        rows = json.loads(plain) if unpack.eof else None
        json.dumps(rows, allow_nan=False)  # "1e999" and "NaN" could be read, and never be written again
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise LinkError("the table in the link cannot be read", where=key, todo="copy the whole link again")
    return tuple(rows)
