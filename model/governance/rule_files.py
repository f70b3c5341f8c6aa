"""Reads voting rules from their files, and writes one as a file."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import tomlkit
from pydantic import ValidationError

from model.errors import PresetError
from model.governance.rules import VotingRule

FOLDER = Path(__file__).resolve().parent.parent.parent / "presets" / "voting_rules"

LONGEST = 20_000
"""Characters that the text of one rule may have."""


def read_rule(text: str, *, where: str = "voting rule") -> VotingRule:
    """Read a voting rule from the text of its file.

    Parameters
    ----------
    where
        Name of the file in what is told.

    Raises
    ------
    PresetError
        One sentence: what is wrong, in which file and key, what is allowed and what to do.
    """
    if len(text) > LONGEST:
        raise PresetError(f"the text has {len(text)} characters", where=where, allowed=f"up to {LONGEST}")
    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        told = str(problem).replace("\n", " ")[:160]
        raise PresetError(
            f"the text is not readable as TOML: {told}", where=where, allowed="TOML", todo="mend the named line"
        ) from None
    try:
        return VotingRule.model_validate(data)
    except ValidationError as problem:
        raise _told(problem, where) from None


def _told(problem: ValidationError, where: str) -> PresetError:
    """The first thing that is wrong, in one sentence."""
    found = problem.errors(include_url=False, include_input=False)
    # A misspelt name comes with a missing one; the misspelling says more.
    first = next((error for error in found if error["type"] == "extra_forbidden"), found[0])
    place = ".".join(str(part) for part in first["loc"])[:120]
    if first["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(first["loc"][-1]), list(VotingRule.model_fields), 1, 0.5)
        return PresetError(
            f"there is no field {place}",
            where=where,
            allowed=", ".join(VotingRule.model_fields) if len(first["loc"]) == 1 else "",
            todo=f"did you mean {near[0]!r}" if near else "remove it",
        )
    if first["type"] == "missing":
        return PresetError(f"the field {place} is missing", where=where, todo="add it; nothing of the text was used")
    told = first["msg"].removeprefix("Value error, ").replace("\n", " ")[:400]
    sentence = f"the field {place} is not valid: {told[:1].lower() + told[1:]}" if place else told
    return PresetError(sentence, where=where, todo="mend it; nothing of the text was used")


def load_rule(path: Path) -> VotingRule:
    """Load one rule from a file; its name is the file's.

    Raises
    ------
    PresetError
        For a file that is missing, unreadable or not valid.
    """
    try:
        if path.stat().st_size > 4 * LONGEST:
            raise PresetError("the file is too long", where=path.name, allowed=f"up to {LONGEST} characters")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise PresetError(
            "the file cannot be read as text", where=path.name, allowed="TOML in UTF-8", todo="check the file"
        ) from None
    rule = read_rule(text, where=path.name)
    if rule.name != path.stem:
        raise PresetError(f"the rule is called {rule.name!r}", where=path.name, allowed=path.stem, todo="rename one")
    return rule


class Rules(Mapping[str, VotingRule]):
    """All rules that come with the app by name; read when first asked for, hyphen and underscore are the same."""

    def __getitem__(self, name: str) -> VotingRule:
        return _all()[str(name).replace("-", "_").lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(_all())

    def __len__(self) -> int:
        return len(_all())

    def find(self, name: str) -> VotingRule:
        """The rule of this name.

        Raises
        ------
        PresetError
            Where there is none; it names the nearest.
        """
        if name in self:
            return self[name]
        near = difflib.get_close_matches(name, list(self), 1)
        raise PresetError(
            f"there is no voting rule {name[:60]!r}",
            where="voting rule",
            allowed="the name of a file in presets/voting_rules",
            todo=f"did you mean {near[0]!r}" if near else "choose one from the list",
        )


RULES = Rules()


@cache
def _all() -> dict[str, VotingRule]:
    return {path.stem: load_rule(path) for path in sorted(FOLDER.glob("*.toml"))}


# ---- writing --------------------------------------------------------------------------------------------
def rule_to_toml(rule: VotingRule) -> str:
    """The text of a file that reads back as the same rule; what equals its default is left out."""
    return tomlkit.dumps(_plain(rule.model_dump(exclude_defaults=True)))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, Fraction) else value
