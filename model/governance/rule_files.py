"""Reads voting rules from their files, and writes one as a file."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import tomlkit
from pydantic import ValidationError

from model.errors import PresetError, nearest
from model.governance.rules import VotingRule
from model.presets.toml_files import PRESETS, Place, first_mistake, text_of, toml_of

FOLDER = PRESETS / "voting_rules"

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
    data = toml_of(text, where, LONGEST)
    try:
        return VotingRule.model_validate(data)
    except ValidationError as problem:
        raise first_mistake(problem, where, _fields) from None


def _fields(place: Place) -> Collection[str]:
    """Fields of a rule; those of its tables are told by the documents."""
    return VotingRule.model_fields if len(place) == 1 else ()


def load_rule(path: Path) -> VotingRule:
    """Load one rule from a file; its name is the file's.

    Raises
    ------
    PresetError
        For a file that is missing, unreadable or not valid.
    """
    rule = read_rule(text_of(path, LONGEST), where=path.name)
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

    def find(self, name: VotingRule | str) -> VotingRule:
        """The rule of this name; a rule is itself.

        Raises
        ------
        PresetError
            Where there is none; it names the nearest.
        """
        if isinstance(name, VotingRule):
            return name
        if isinstance(name, str) and name in self:
            return self[name]
        near = difflib.get_close_matches(str(name), list(self), 1)
        raise PresetError(
            f"there is no voting rule {str(name)[:60]!r}",
            where="voting rule",
            allowed=nearest(str(name), self),
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
