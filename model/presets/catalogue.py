"""Titles, kinds and dates of the networks on offer, read without calibrating them."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache

from model.presets.files import FOLDER, network_names, network_vintages

KINDS = ("archetype", "real", "textbook")
"""The order in which kinds are offered."""


@dataclass(frozen=True)
class Entry:
    """One network in a list: enough to choose by."""

    name: str
    title: str
    kind: str
    summary: str
    as_of: dt.date

    @property
    def is_real(self) -> bool:
        """Whether its figures are those of a living network, so that their date matters."""
        return self.kind == "real"


@lru_cache(maxsize=64)
def entry(name: str) -> Entry:
    """Entry of one network by name, or by name and vintage ("render@2026-11")."""
    stem, _, vintage = name.partition("@")
    vintages = network_vintages(stem)
    path = FOLDER / stem / f"{vintage or vintages[0]}.toml" if vintages else FOLDER / f"{stem}.toml"
    with path.open("rb") as file:
        read = tomllib.load(file)
    return Entry(name, str(read["title"]), str(read["kind"]), str(read["summary"]), read["as_of"])


def catalogue() -> list[Entry]:
    """All networks, newest vintage each: archetypes, real ones, then textbooks."""
    return sorted((entry(name) for name in network_names()), key=lambda e: (KINDS.index(e.kind), e.title))


def vintages(name: str) -> list[Entry]:
    """Every dated set of figures of a network, newest first; the newest bears the network's name alone."""
    return [entry(name), *(entry(f"{name}@{vintage}") for vintage in network_vintages(name)[1:])]
