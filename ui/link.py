"""The address of the app as a save file: a query read into a moment of the scenario, and written back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import parse_qsl

from model import VERSION, BallastError, Scenario, load_network
from model.errors import LinkError
from model.links import read_fields
from model.parameters import parameter_keys

OPENING_NETWORK = "payment"
HORIZONS = (5, 10, 20)
"""Years that the horizon picker offers; a link may name any other whole number up to the longest."""
DEFAULT_YEARS = 10
LONGEST_YEARS = 100
KEPT = frozenset({"view", "embed", "embed_options"})
"""Parts of the address that say how to show, not what; they survive every rewrite."""
MOST_FIELDS = 200


@dataclass(frozen=True, eq=False)
class Moment:
    """What one person looks at: a scenario and how many years of it. Never changed, only replaced."""

    scenario: Scenario
    years: int = DEFAULT_YEARS

    @cached_property
    def query(self) -> dict[str, str]:
        """Fields of the link that restores this moment: version, network and what differs from the preset."""
        fields = dict(parse_qsl(self.scenario.to_link().lstrip("?"), keep_blank_values=True))
        if self.years != DEFAULT_YEARS:
            fields["years"] = str(self.years)
        return fields

    @property
    def is_default(self) -> bool:
        """Whether a bare address means the same."""
        return self == opening()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Moment) and self.query == other.query

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.query.items())))


def opening() -> Moment:
    """What a visitor sees who brings no link."""
    return Moment(Scenario(load_network(OPENING_NETWORK)))


def read_query(query: Mapping[str, str]) -> tuple[Moment, tuple[str, ...]]:
    """Moment of all fields that can be read, and one sentence for each that cannot; nothing is guessed."""
    fields = {key: text for key, text in query.items() if key not in KEPT}
    told: list[str] = []
    if len(fields) > MOST_FIELDS:
        told.append(f"The link has {len(fields)} fields; only the first {MOST_FIELDS} were read.")
        fields = dict(list(fields.items())[:MOST_FIELDS])
    scenario, problems = read_fields(fields)
    if not any(problem.where == "v" for problem in problems):
        told += _version_note(fields.get("v"))
    told += [str(problem) for problem in problems]
    years = DEFAULT_YEARS
    try:
        years = read_years(fields.get("years", str(DEFAULT_YEARS)))
    except BallastError as problem:
        told.append(str(problem))
    return Moment(spelled_out(scenario), years), tuple(told)


def _version_note(version: str | None) -> list[str]:
    """A link of an earlier version still opens; the reader is told that its numbers may have moved."""
    if version is None or version == VERSION:
        return []
    return [
        f"This link was made with version {version[:20]!r} of the model and opens in version {VERSION}: "
        "its settings are read as they stand, its numbers may differ."
    ]


def read_years(text: str) -> int:
    """Horizon in whole years.

    Raises
    ------
    LinkError
        For anything but a whole number within reach.
    """
    years = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    if not 1 <= years <= LONGEST_YEARS:
        raise LinkError(
            f"the horizon {text[:20]!r} cannot be shown",
            where="years",
            allowed=f"a whole number from 1 to {LONGEST_YEARS}",
            todo=f"{DEFAULT_YEARS} years are shown",
        )
    return years


def repeated(keys: Iterable[tuple[str, int]]) -> list[str]:
    """One sentence for each field that a link gives more than once."""
    return [
        f"The link gives {key[:60]!r} {count} times; the last one was read."
        for key, count in keys
        if count > 1 and key not in KEPT
    ]


def spelled_out(scenario: Scenario) -> Scenario:
    """The same scenario with every change under the key of one lever.

    A link may say `burn_share` on a network with several streams and mean all of them; the levers
    on the page are one for each.
    """
    keys = parameter_keys(scenario.structure)
    if all(key in keys for key in (*scenario.changes, *scenario.assumptions)):
        return scenario
    changes = _spelled(scenario.changes, scenario.values, list(keys))
    assumptions = _spelled(scenario.assumptions, scenario.values, list(keys))
    try:
        spelled = replace(scenario, changes=changes, assumptions=assumptions)
    except BallastError:
        return scenario
    return spelled if spelled.values == scenario.values else scenario


def _spelled(written: Mapping[str, float], values: Mapping[str, float], keys: list[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for key, value in written.items():
        if key in keys:
            found[key] = value
            continue
        prefix, _, word = key.rpartition(".")
        endings = {word, word.removeprefix("provider_")}
        meant = [
            k for k in keys if k.rpartition(".")[2] in endings and set(prefix.split(".")) - {""} <= set(k.split("."))
        ]
        found.update({k: values[k] for k in meant or [k for k in keys if k in endings]})
    return found
