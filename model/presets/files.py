"""The networks under presets/, by name and date; and networks from a text that comes from outside."""

from __future__ import annotations

import difflib
from functools import lru_cache
from pathlib import Path

from model.errors import PresetError
from model.presets.network import Network
from model.presets.reading import LONGEST, network_of, validated
from model.presets.toml_files import PRESETS, text_of

FOLDER = PRESETS / "networks"

MOST_PAIRS = 12
"""Roles times streams, and buckets, that a network from outside may have: each pair is an equation to compile."""


@lru_cache(maxsize=64)
def _load(path: Path, changed: float) -> Network:  # noqa: ARG001
    """Load one file; `changed` is its time of change, so that an edited file is read again."""
    text = text_of(path, LONGEST)
    file = validated(text, path.name)
    own = path.is_relative_to(FOLDER)
    return network_of(file, path.name, path.stem if path.parent.name == file.name else "", "" if own else text)


@lru_cache(maxsize=32)
def read_network(text: str, *, where: str = "network") -> Network:
    """A network from the text of a preset file that is not among those that come with the app.

    Raises
    ------
    PresetError
        For a text that is too long, not valid or incomplete, or that takes the name of a network of the app.
    """
    file = validated(text, where)
    if file.name in network_names():
        added = FOLDER / f"{file.name}.toml"
        if added.exists() and added.read_text(encoding="utf-8") == text:
            return load_network(file.name)  # written out in a link before its file was added
        raise PresetError(
            f"{file.name!r} is the name of a network that comes with the app", where=where, todo="give it another name"
        )
    if len(file.structure.roles) * len(file.structure.streams) > MOST_PAIRS or len(file.structure.buckets) > MOST_PAIRS:
        raise PresetError(
            "the network has too many roles, streams or buckets",
            where=where,
            allowed=f"roles times streams, and buckets, up to {MOST_PAIRS}",
        )
    return network_of(file, where, "", text)


def network_names() -> tuple[str, ...]:
    """Names of all networks, newest vintage each: textbooks, archetypes, then real ones."""
    names = {path.stem for path in FOLDER.glob("*.toml")} | {
        path.name for path in FOLDER.iterdir() if path.is_dir() and any(path.glob("*.toml"))
    }
    return tuple(sorted(names))


def network_vintages(name: str) -> tuple[str, ...]:
    """Dated vintages of a network, newest first; empty for undated ones."""
    folder = FOLDER / name
    return tuple(sorted((path.stem for path in folder.glob("*.toml")), reverse=True)) if folder.is_dir() else ()


def load_network(name: str | Path) -> Network:
    """Load a network.

    Parameters
    ----------
    name
        "render" (its newest vintage), "render@2026-11" (one vintage), or a path to a .toml file.

    Raises
    ------
    PresetError
        For an unknown name or vintage, or a file that is missing, unreadable or incomplete.
    """
    text = str(name)
    if text.endswith(".toml"):
        path = Path(text)
        if not path.is_file():
            raise PresetError("there is no such preset file", where=path.name, todo="check the path")
        return _load(path.resolve(), path.stat().st_mtime)
    stem, dated, vintage = text.partition("@")
    names = network_names()
    if stem not in names:
        near = difflib.get_close_matches(stem, names, 1)
        raise PresetError(
            f"there is no network {stem[:40]!r}",
            where="network",
            allowed=", ".join(names),
            todo=f"did you mean {near[0]!r}" if near else "choose one of them",
        )
    vintages = network_vintages(stem)
    if dated and vintage not in vintages:
        raise PresetError(
            f"{stem} has no vintage {vintage[:20]!r}",
            where="network",
            allowed=", ".join(f"{stem}@{v}" for v in vintages) or stem,
            todo="choose one of them",
        )
    path = FOLDER / stem / f"{vintage or vintages[0]}.toml" if vintages else FOLDER / f"{stem}.toml"
    return _load(path, path.stat().st_mtime)
