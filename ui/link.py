"""The address of the app as a save file: a query read into a moment of the scenario, and written back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import parse_qsl

from model import VERSION, BallastError, Scenario, load_network
from model.errors import LinkError
from model.parameters import parameter_keys
from model.scenario.links import read_fields
from model.version import changes_since

OPENING_NETWORK = "payment"
HORIZONS = (5, 10, 20)
"""Years that the horizon picker offers; a link may name any other whole number up to the longest."""
DEFAULT_YEARS = 10
LONGEST_YEARS = 100
FUTURES = 500
"""Modelled futures behind every number, unless the link asks for the single path."""
SEED = 7
"""What futures are drawn from; any other whole number draws others."""
COMPARED = ("a", "b", "c", "reference", "chart")
"""Parts of the address that the Compare page reads: kept scenarios, what they are held against, the chart."""
KEPT = frozenset({"view", "embed", "embed_options", *COMPARED})
"""Parts of the address that are not the scenario on screen; they survive every rewrite."""
PAGES = frozenset(
    {"vote", "scorecard", "sandbox", "stress", "tune", "design", "network", "workshop", "equilibrium", "model", "show"}
)
"""Pages that ask something of their own, and "show" for all: their fields begin so and a dot (`ui/page_fields.py`)."""
VIEWS = frozenset(
    {"model.tab", "vote.part", "stress.fan", "tune.across", "tune.up", "tune.first", "tune.second", "sandbox", "show"}
)
"""Fields (or all of a page) that say where one looks and not what is asked: turning to another is no step for undo."""
MOST_FIELDS = 200
LONGEST_PAGE_FIELDS = 12_000
"""Characters that the fields of all pages may take together."""


def is_view(key: str) -> bool:
    """Whether a field only says where one looks."""
    return key in VIEWS or key.partition(".")[0] in VIEWS


@dataclass(frozen=True, eq=False)
class Moment:
    """What one person looks at: a scenario, how many years of it, and in which futures. Never changed, only replaced.

    Two are equal when they show the same numbers; `query` tells them apart by what pages ask as well.

    Attributes
    ----------
    futures
        How many are drawn; 0 is the single path without shocks.
    page_fields
        What pages ask beside the scenario, as key and text of the link; sorted.
    """

    scenario: Scenario
    years: int = DEFAULT_YEARS
    futures: int = FUTURES
    seed: int = SEED
    page_fields: tuple[tuple[str, str], ...] = ()

    @cached_property
    def query(self) -> dict[str, str]:
        """Fields of the link that restores this moment: version, network and what differs from the preset."""
        return {**self.settings, **dict(self.page_fields)}

    @cached_property
    def settings(self) -> dict[str, str]:
        """The part of the link that numbers follow from."""
        fields = dict(parse_qsl(self.scenario.to_link().lstrip("?"), keep_blank_values=True))
        if self.years != DEFAULT_YEARS:
            fields["years"] = str(self.years)
        if self.futures != FUTURES:
            fields["futures"] = str(self.futures)
        if self.futures:
            fields["seed"] = str(self.seed)
        return fields

    @cached_property
    def asked(self) -> dict[str, str]:
        """The link without the view: moments that differ in it are a step of the history apart."""
        return {key: text for key, text in self.query.items() if not is_view(key)}

    def viewed_as(self, other: Moment) -> Moment:
        """The same, looked at as `other` is."""
        kept = [pair for pair in self.page_fields if not is_view(pair[0])]
        view = [pair for pair in other.page_fields if is_view(pair[0])]
        return replace(self, page_fields=tuple(sorted([*kept, *view])))

    @property
    def is_default(self) -> bool:
        """Whether a bare address means the same."""
        return self == opening() and not self.page_fields

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Moment) and self.settings == other.settings

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(tuple(sorted(self.settings.items())))


def as_today(scenario: Scenario) -> Scenario:
    """The same network and assumptions under today's rules: no proposal, no lever moved."""
    return Scenario(
        scenario.network, assumptions=scenario.assumptions, initial=scenario.initial, stress=scenario.stress
    )


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
    page_fields = _page_fields(fields, told)
    for letter in [key for key in fields if len(key) == 1 and key.isalpha() and key != "v"]:
        told.append(f"There is no column {letter!r} to compare: a link may keep a, b and c.")
        del fields[letter]
    scenario, problems = read_fields(fields)
    if not any(problem.where == "v" for problem in problems):
        told += version_note(fields.get("v"))
    told += [str(problem) for problem in problems]
    years = _read("years", fields, DEFAULT_YEARS, read_years, told)
    futures = _read("futures", fields, FUTURES, read_futures, told)
    seed = _read("seed", fields, SEED, read_seed, told)
    return Moment(spelled_out(scenario), years, futures, seed, page_fields), tuple(told)


def _page_fields(fields: dict[str, str], told: list[str]) -> tuple[tuple[str, str], ...]:
    """Take what pages ask out of `fields`; each page reads its own when it is opened."""
    found = {key: fields.pop(key) for key in list(fields) if "." in key and key.partition(".")[0] in PAGES}
    if sum(len(key) + len(text) for key, text in found.items()) > LONGEST_PAGE_FIELDS:
        told.append(
            f"What the link says beside the scenario is too long: at most {LONGEST_PAGE_FIELDS} characters. "
            "It is left out; the scenario is read."
        )
        return ()
    return tuple(sorted(found.items()))


def _read(key: str, fields: Mapping[str, str], default: int, read: Callable[[str], int], told: list[str]) -> int:
    """One whole number of a link; what cannot be read is told, and the default stands."""
    try:
        return read(fields.get(key, str(default)))
    except BallastError as problem:
        told.append(str(problem))
        return default


def version_note(version: str | None) -> list[str]:
    """A link of an earlier version still opens; the reader is told that its numbers may have moved."""
    if version is None or version == VERSION:
        return []
    told = (
        f"This link was made with version {version[:20]!r} of the model and opens in version {VERSION}: "
        "its settings are read as they stand, its numbers may differ."
    )
    return [" ".join([told, *changes_since(version)])]


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


def read_futures(text: str) -> int:
    """Number of modelled futures: the usual ones, or none.

    Raises
    ------
    LinkError
        For anything else: more futures would keep everybody waiting.
    """
    if text not in ("0", str(FUTURES)):
        raise LinkError(
            f"{text[:20]!r} futures cannot be shown",
            where="futures",
            allowed=f"{FUTURES}, or 0 for the single path",
            todo=f"{FUTURES} are shown",
        )
    return int(text)


def read_seed(text: str) -> int:
    """What futures are drawn from.

    Raises
    ------
    LinkError
        For anything but a whole number of up to nine digits.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise LinkError(
            f"the seed {text[:20]!r} cannot be used",
            where="seed",
            allowed="a whole number of up to nine digits",
            todo=f"{SEED} is used",
        )
    return int(text)


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
