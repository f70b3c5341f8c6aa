"""Random mistakes in real texts: what a hand, a bad copy or somebody with bad intent would leave in a file."""

from __future__ import annotations

import copy
import datetime as dt
import tomllib
from collections.abc import Iterator
from typing import Any

import tomlkit
from hypothesis import settings
from hypothesis import strategies as st

RARELY = settings(max_examples=settings().max_examples // 3)
"""For what takes longer: a third of the examples of the profile that is asked for."""

JUNK = [
    "", "\x00", "\ufeff", "\u202e", "\u2028", "💥", "\\", '"', "'''", "=", "[", "]]", "{", "#", ",", ";", "\t", "\r\n",
    "nan", "-inf", "1e999", "-0.0", "9" * 400, "1_000", "0x1F", "../../etc/passwd", "__class__", "<script>", "%00",
    "=cmd()", "a" * 5000, "[" * 300, "true", "2026-13-40", "1979-05-27T07:32:00Z",
]  # fmt: skip

_LEAVES = st.one_of(
    st.sampled_from(JUNK),
    st.text(max_size=30),
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.sampled_from([0, 1, -1, 2**53]),
    st.floats(),
    st.sampled_from([0.0, 1.0, -1.0, 1e-320, 1e308, float("nan"), float("inf")]),
    st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)),
)
VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abz_.-1", min_size=1, max_size=6), inner),
    max_leaves=6,
)
"""Anything that a TOML file can say."""

Place = tuple[str | int, ...]


def places(node: Any, at: Place = ()) -> Iterator[Place]:
    """Where every key and every member of a list stands."""
    entries: Any = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in entries:
        yield (*at, key)
        yield from places(inner, (*at, key))


def inside(node: Any, at: Place) -> Any:
    """What stands at a place."""
    for key in at:
        node = node[key]
    return node


@st.composite
def edited(draw: st.DrawFn, text: str) -> str:
    """The same file, readable as TOML, with up to three values overwritten, taken out, renamed or moved elsewhere."""
    document = copy.deepcopy(tomllib.loads(text))
    for _ in range(draw(st.integers(1, 3))):
        listed = list(places(document))
        if not listed:
            break
        *above, key = draw(st.sampled_from(listed))
        parent = inside(document, tuple(above))
        match draw(st.sampled_from(["value", "value", "gone", "renamed", "moved"])):
            case "gone":
                del parent[key]
            case "renamed" if isinstance(parent, dict):
                parent[draw(st.text(min_size=1, max_size=12))] = parent.pop(key)
            case "moved":
                parent[key] = copy.deepcopy(inside(document, draw(st.sampled_from(listed))))
            case _:
                parent[key] = draw(VALUES)
    return tomlkit.dumps(document)


@st.composite
def damaged(draw: st.DrawFn, text: str) -> str:
    """The same text with up to four mistakes: cut, overwritten, lines swapped, doubled or lost."""
    for _ in range(draw(st.integers(1, 4))):
        spot = draw(st.integers(0, len(text)))
        lines = text.splitlines(keepends=True)
        line = draw(st.integers(0, max(0, len(lines) - 1)))
        match draw(st.integers(0, 5)):
            case 0:
                text = text[:spot]
            case 1:
                text = text[:spot] + draw(st.sampled_from(JUNK)) + text[spot:]
            case 2:
                text = text[:spot] + draw(st.characters(codec="utf-8")) + text[spot + 1 :]
            case 3:
                text = text[:spot] + text[spot + draw(st.integers(1, 40)) :]
            case 4:
                text = "".join([*lines[:line], *lines[line : line + 1], *lines[line:]])
            case _:
                text = "".join([*lines[:line], *lines[line + 1 :]])
    return text
