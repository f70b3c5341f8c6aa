"""Reads proposals and stresses from files and text, lists them, and writes one as a file."""

from __future__ import annotations

import difflib
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import tomlkit
from pydantic import ValidationError

from model.errors import PresetError, nearest
from model.presets.toml_files import PRESETS, Place, first_mistake, text_of, toml_of
from model.proposals.proposal import Proposal, Provision, is_name

LONGEST = 100_000
"""Characters that the text of one proposal may have."""

Kind = Literal["proposal", "stress"]
_FOLDERS: dict[Kind, str] = {"proposal": "proposals", "stress": "stress"}


def read_proposal(text: str, *, where: str = "proposal", kind: Kind | None = None) -> Proposal:
    """Read a proposal or a stress from the text of its file.

    Parameters
    ----------
    where
        Name of the file in what is told.
    kind
        What it has to be; None takes both.

    Raises
    ------
    PresetError
        One sentence: what is wrong, in which file and key, what is allowed and what to do.
    """
    data = toml_of(text, where, LONGEST)
    try:
        found = Proposal.model_validate(data)
    except ValidationError as problem:
        raise first_mistake(problem, where, _fields, _WRITTEN) from None
    if kind is not None and found.kind != kind:
        raise PresetError(
            f"{found.name} is a {found.kind}, not a {kind}", where=where, todo=f'set kind = "{kind}" or load it as such'
        )
    return found


_WRITTEN = {
    "": "small letters, digits and hyphens",
    "network": 'a network and its vintage such as "render@2025-12", or "any"',
    "example": 'a network such as "payment" or "render@2025-12"',
    "link": "an address that begins with http:// or https://",
    "date": "a year, month or day such as 2026, 2026-03 or 2026-03-17",
}
"""How fields of a fixed form are written."""


def _fields(place: Place) -> Collection[str]:
    return (Provision if "provisions" in place else Proposal).model_fields


@lru_cache(maxsize=256)
def _load(path: Path, kind: Kind, changed: float) -> Proposal:  # noqa: ARG001
    """Load one file; `changed` is its time of change, so that an edited file is read again."""
    return read_proposal(text_of(path, LONGEST), where=path.name, kind=kind)


def _names(kind: Kind) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (PRESETS / _FOLDERS[kind]).glob("*.toml")))


def proposal_names() -> tuple[str, ...]:
    """Names of all proposals that come with the app."""
    return _names("proposal")


def stress_names() -> tuple[str, ...]:
    """Names of all stresses that come with the app."""
    return _names("stress")


def _find(name: str | Path, kind: Kind) -> Proposal:
    text = str(name)
    if text.endswith(".toml"):
        path = Path(text)
        if not path.is_file():
            raise PresetError(f"there is no such {kind} file", where=path.name[:80], todo="check the path")
        return _load(path.resolve(), kind, path.stat().st_mtime)
    path = PRESETS / _FOLDERS[kind] / f"{text}.toml"
    if not is_name(text) or not path.is_file():
        near = difflib.get_close_matches(text, _names(kind), 1)
        raise PresetError(
            f"there is no {kind} {text[:60]!r}",
            where=kind,
            allowed=nearest(text, _names(kind)),
            todo=f"did you mean {near[0]!r}" if near else "choose one of them",
        )
    return _load(path, kind, path.stat().st_mtime)


def load_proposal(name: str | Path) -> Proposal:
    """Load a proposal by name ("icp-mission-70"), or from a path to a .toml file.

    Raises
    ------
    PresetError
        For an unknown name, or a file that is missing, unreadable or not valid.
    """
    return _find(name, "proposal")


def load_stress(name: str | Path) -> Proposal:
    """Load a stress by name ("gpu-cost-doubles"), or from a path to a .toml file.

    Raises
    ------
    PresetError
        For an unknown name, or a file that is missing, unreadable or not valid.
    """
    return _find(name, "stress")


# ---- writing --------------------------------------------------------------------------------------------
def proposal_to_toml(proposal: Proposal) -> str:
    """The text of a file that reads back as the same proposal; what equals its default is left out."""
    data = proposal.model_dump(exclude_defaults=True)
    provisions = data.pop("provisions", ())
    sources = data.pop("sources", {})
    document = tomlkit.document()
    for key, value in data.items():
        document.add(key, _plain(value))
    table = tomlkit.table(is_super_table=True)
    for name, citation in sources.items():
        table.add(name, _table(citation))
    document.add("sources", table)
    if not provisions:
        document.add("provisions", tomlkit.array())
        return _first(document)
    tables = tomlkit.aot()
    for provision in provisions:
        tables.append(_table(provision))
    document.add("provisions", tables)
    return tomlkit.dumps(document)


def _first(document: tomlkit.TOMLDocument) -> str:
    """An empty list stands above all tables, or it would belong to the last of them."""
    return "provisions = []\n" + tomlkit.dumps({k: v for k, v in document.items() if k != "provisions"})


def _plain(value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    array = tomlkit.array()
    array.extend(value)
    return array.multiline(len(value) > 1)


def _table(fields: dict[str, Any]) -> Any:
    """One table; parts of a set stay on their line, lists of events are tables of their own."""
    table = tomlkit.table()
    for key, value in fields.items():
        if key == "events":
            events = tomlkit.aot()
            for event in value:
                events.append(_table(event))
            table.add(key, events)
        elif isinstance(value, dict):
            inline = tomlkit.inline_table()
            inline.update(value)
            table.add(key, inline)
        else:
            table.add(key, _plain(value))
    return table
