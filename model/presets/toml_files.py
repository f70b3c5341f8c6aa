"""Text of the TOML files that the app reads, and what is wrong with one, in one sentence."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from model.errors import PresetError

PRESETS = Path(__file__).resolve().parents[2] / "presets"
"""The folder of everything that comes with the app."""

Place = tuple[int | str, ...]
"""Where in a file: names of tables and keys, and numbers in lists."""


def text_of(path: Path, longest: int) -> str:
    """Text of a file of up to so many characters.

    Raises
    ------
    PresetError
        For a file that is missing, too long or no text.
    """
    try:
        if path.stat().st_size > 4 * longest:
            raise PresetError("the file is too long", where=path.name, allowed=f"up to {longest} characters")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise PresetError(
            "the file is not readable as text", where=path.name, allowed="TOML in UTF-8", todo="check the file"
        ) from None


def toml_of(text: str, where: str, longest: int) -> dict[str, Any]:
    """Tables and keys of a text of up to so many characters; `where` names it in what is told.

    Raises
    ------
    PresetError
        For a text that is too long or not TOML.
    """
    if len(text) > longest:
        raise PresetError(f"the text has {len(text)} characters", where=where, allowed=f"up to {longest}")
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        told = str(problem).replace("\n", " ")[:160]
        raise PresetError(
            f"the text is not readable as TOML: {told}", where=where, allowed="TOML", todo="mend the named line"
        ) from None


def first_mistake(
    problem: ValidationError,
    where: str,
    fields: Callable[[Place], Collection[str]],
    written: Mapping[str, str] | None = None,
) -> PresetError:
    """The first thing that is wrong with a file, in one sentence.

    Parameters
    ----------
    fields
        Names that are known at a place; empty where they are too many to tell.
    written
        How fields of a fixed form are written, by name; "" for all others. None where there are none.
    """
    found = problem.errors(include_url=False, include_input=False)
    # A misspelt name comes with a missing one; the misspelling says more.
    first = next((error for error in found if error["type"] == "extra_forbidden"), found[0])
    place = ".".join(str(part) for part in first["loc"])[:120]
    name = str(first["loc"][-1]) if first["loc"] else ""
    if first["type"] == "extra_forbidden":
        known = fields(first["loc"])
        near = difflib.get_close_matches(name, list(known), 1, 0.5)
        todo = f"did you mean {near[0]!r}" if near else "remove it"
        return PresetError(f"there is no field {place}", where=where, allowed=", ".join(known), todo=todo)
    if first["type"] == "missing":
        return PresetError(f"the field {place} is missing", where=where, todo="add it; nothing of the text was used")
    if first["type"] == "string_pattern_mismatch" and written is not None:
        allowed = written.get(name, written[""])
        return PresetError(f"the field {place} is not written as it has to be", where=where, allowed=allowed)
    told = first["msg"].removeprefix("Value error, ").replace("\n", " ")[:400]
    sentence = f"the field {place} is not valid: {told[:1].lower() + told[1:]}" if place else told
    return PresetError(sentence, where=where, todo="mend it; nothing of the text was used")
