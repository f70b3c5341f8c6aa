"""Observed figures of a network file by key, with one sentence for each that is missing or out of range."""

from __future__ import annotations

import difflib

import numpy as np

from model.errors import PresetError
from model.presets.network import Network


class Observed:
    """Observed figures by key, with one sentence for each that is missing, out of range or never asked for."""

    def __init__(self, network: Network, where: str) -> None:
        self._found = {figure.key: figure.value for figure in network.figures if figure.part == "observed"}
        self._where = where
        self._asked: set[str] = set()

    def __call__(self, key: str, default: float | None = None) -> float:
        """A figure that may be zero."""
        self._asked.add(key)
        value = self._found.get(key, default)
        if value is None:
            raise PresetError(
                f"the observed figure {key!r} is missing", where=self._where, todo="add it under [observed]"
            )
        if value < 0:
            raise PresetError(f"the observed figure {key!r} is negative", where=self._where, allowed="0 or more")
        return float(value)

    def has(self, key: str) -> bool:
        """Whether the file gives this figure."""
        return key in self._found

    def positive(self, key: str, default: float | None = None, *, at_most: float = np.inf) -> float:
        """A figure that other figures are divided by."""
        value = self(key, default)
        if not 0 < value <= at_most:
            allowed = "above 0" if at_most == np.inf else f"above 0, at most {at_most:g}"
            raise PresetError(f"the observed figure {key!r} is {value:g}", where=self._where, allowed=allowed)
        return value

    def share(self, key: str) -> float:
        """A share that may be none or all."""
        value = self(key)
        if value > 1:
            raise PresetError(f"the observed figure {key!r} is {value:g}", where=self._where, allowed="0 to 1")
        return value

    def inside(self, key: str, default: float | None = None) -> float:
        """A share that is neither none nor all."""
        value = self(key, default)
        if not 0 < value < 1:
            raise PresetError(
                f"the observed figure {key!r} is {value:g}", where=self._where, allowed="above 0 and below 1"
            )
        return value

    def refuse_the_rest(self) -> None:
        """A figure that nobody asked for is a slip of the pen; it is told, never ignored."""
        unknown = sorted(set(self._found) - self._asked)
        if unknown:
            near = difflib.get_close_matches(unknown[0], self._asked, 1, 0.6)
            raise PresetError(
                f"{unknown[0]!r} is not an observed figure of this network",
                where=self._where,
                allowed=", ".join(sorted(self._asked)),
                todo=f"did you mean {near[0]!r}" if near else "move it to [context] if it is only shown",
            )
