"""A scenario: a network, what is changed and who pays, as values, as worlds and as a link."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import parse_qsl, urlencode

from model.errors import BallastError, LinkError, OutOfRangeError, UnknownKeyError
from model.network import Network
from model.parameters import ParameterKey, parameter_keys
from model.shares import PAYERS, role_weights, settle_emission, settle_revenue, spread
from model.structure import MODULES, Structure
from model.supply_events import SupplyEvent
from model.system import System, system_for
from model.validation import as_float, check_number, emission_share_keys, fee_share_keys, is_number
from model.version import VERSION

_SET_ALL = frozenset({
    "burn_share", "provider_fee_share", "staker_fee_share", "treasury_fee_share", "user_surcharge", "demand_growth",
    "demand_elasticity", "cost_trend", "entry_speed", "exit_speed", "quality_speed", "quality_steepness",
})  # fmt: skip
"""Words that may be given without prefix on a network with several streams or roles: they set all of them."""


@dataclass(frozen=True, eq=False)
class Scenario:
    """One set of changes to one network.

    Attributes
    ----------
    network
        Where it starts.
    changes
        Lever keys and their new values.
    funded_by
        Who pays when shares of revenue move; None is the preset's balance.
    assumptions
        Assumption keys and their values; they hold in the baseline too.
    initial
        Initial stocks by name; they hold in the baseline too.
    start
        Date from which changes hold; None is the first day.
    phase_in_years
        Changes move in linearly over this time from the start date.
    events
        Dated supply events beside those of the network.

    Raises
    ------
    BallastError
        For unknown keys, numbers out of range and shares that nobody pays for.
    """

    network: Network
    changes: Mapping[str, float] = field(default_factory=dict)
    funded_by: str | None = None
    assumptions: Mapping[str, float] = field(default_factory=dict)
    initial: Mapping[str, float] = field(default_factory=dict)
    start: dt.date | None = None
    phase_in_years: float = 0.0
    events: tuple[SupplyEvent, ...] = ()
    proposals: Sequence[object] = ()

    def __post_init__(self) -> None:
        if self.proposals:
            raise UnknownKeyError(
                "proposal files are not part of this version",
                where="proposals",
                todo="pass the changes themselves",
            )
        if self.funded_by is not None and self.funded_by not in PAYERS:
            raise UnknownKeyError(
                f"{str(self.funded_by)[:30]!r} cannot pay", where="funded_by", allowed=", ".join(PAYERS)
            )
        if self.start is not None and type(self.start) is not dt.date:
            raise OutOfRangeError(f"{str(self.start)[:30]!r} is not a date", where="start", allowed="a datetime.date")
        if not is_number(self.phase_in_years) or not 0 <= self.phase_in_years <= 100:
            raise OutOfRangeError("the phase-in is out of range", where="phase_in_years", allowed="0 to 100 years")
        _ = self.values, self.stocks

    # ---- structure and keys ---------------------------------------------------------------------------
    @cached_property
    def structure(self) -> Structure:
        """The network's structure with every module that a changed key needs, at its neutral value."""
        shape = self.network.structure
        full = shape.with_modules(frozenset(MODULES))
        more = parameter_keys(full)
        needed = set()
        for key in (*self.changes, *self.assumptions):
            resolved = _resolve_one(str(key), full, more)
            for name in resolved or ():
                if name in more and name not in parameter_keys(shape):
                    needed.add(more[name].declared.module)
        if self.events:
            needed.add("supply-events")
        return shape.with_modules(frozenset(needed & set(MODULES)))

    @property
    def system(self) -> System:
        """Equations of this structure."""
        return system_for(self.structure)

    @cached_property
    def _keys(self) -> dict[str, ParameterKey]:
        return parameter_keys(self.structure)

    @cached_property
    def baseline_values(self) -> dict[str, float]:
        """Values with assumptions and no lever moved."""
        values = self.network.values_for(self.structure)
        for key, value in self.assumptions.items():
            for name in self._resolve(key, "assumption"):
                values[name] = check_number(self._keys[name], value)
        return values

    @cached_property
    def values(self) -> dict[str, float]:
        """Values with every change in full force and every share paid for."""
        values = dict(self.baseline_values)
        changed: set[str] = set()
        for key, value in self.changes.items():
            targets = self._aggregate(str(key), values, value)
            if targets is None:
                targets = {name: check_number(self._keys[name], value) for name in self._resolve(key, "lever")}
            values.update(targets)
            changed |= set(targets)
        values = settle_revenue(
            self.structure,
            values,
            changed,
            self.funded_by or self.network.fee_balance,
        )
        return settle_emission(self.structure, values, changed, self.network.emission_balance)

    @cached_property
    def stocks(self) -> dict[str, float]:
        """Initial stocks."""
        stocks = self.network.initial_for(self.structure)
        for name, value in self.initial.items():
            if name not in self.system.initial_keys:
                raise _unknown(name, "initial", list(self.system.initial_keys))
            number = as_float(value) if is_number(value) else float("nan")
            limit = 1.0 if name.split(".")[0] in ("quality", "high_quality_share") else 1e18
            least = 1e-12 if name.split(".")[0] in ("price", "capacity", "float_supply", "quality") else 0.0
            if not least <= number <= limit:
                raise OutOfRangeError(
                    f"the initial {name} is {str(value)[:20]}",
                    where=f"initial.{name}",
                    allowed=f"{least:g} to {limit:g}",
                    todo="enter a number in that range",
                )
            stocks[name] = number
        return stocks

    def _resolve(self, key: object, kind: str) -> tuple[str, ...]:
        name = str(key)
        found = _resolve_one(name, self.structure, self._keys)
        if found is None:
            near = [k for k, c in self._keys.items() if c.declared.kind == kind]
            raise _unknown(name, f"{kind}s", near)
        for concrete in (self._keys[f] for f in found):
            if concrete.declared.kind != kind:
                other = "changes" if concrete.declared.kind == "lever" else "assumptions"
                article = "a lever" if concrete.declared.kind == "lever" else "an assumption"
                raise UnknownKeyError(f"{name} is {article}", where=name, todo=f"pass it in {other}")
        return found

    def _aggregate(self, key: str, values: dict[str, float], value: object) -> dict[str, float] | None:
        """`provider_fee_share` and `provider_emission_share` of a network with several roles scale them pro rata."""
        if self.structure.one_role or not key.endswith(("provider_fee_share", "provider_emission_share")):
            return None
        stream, _, word = key.rpartition(".")
        if stream and stream not in self.structure.streams:
            return None
        groups = (
            [emission_share_keys(self.structure)["providers"]]
            if word == "provider_emission_share"
            else [fee_share_keys(self.structure, s)["providers"] for s in self.structure.streams if stream in ("", s)]
        )
        result: dict[str, float] = {}
        for keys in groups:
            place = self.structure.called(stream) if stream else ""
            total = check_number(ParameterKey(key, self._keys[keys[0]].declared, place=place), value)
            result.update(spread(values, keys, total, role_weights(self.structure, values, keys)))
        return result

    # ---- what is different ----------------------------------------------------------------------------
    @property
    def is_empty(self) -> bool:
        """Whether no lever is moved."""
        return not self.events and all(self.values[key] == self.baseline_values[key] for key in self.values)

    @cached_property
    def moved(self) -> dict[str, tuple[float, float]]:
        """Keys that differ from the baseline, payers included: (from, to)."""
        return {
            key: (self.baseline_values[key], value)
            for key, value in self.values.items()
            if value != self.baseline_values[key]
        }

    # ---- link -----------------------------------------------------------------------------------------
    def to_link(self) -> str:
        """Query string that restores this scenario: version, network and only what differs from the preset."""
        newest = self.network.name if not self.network.vintage else self.network.identity
        from model.presets import network_vintages

        if self.network.vintage and network_vintages(self.network.name)[:1] == (self.network.vintage,):
            newest = self.network.name
        fields: list[tuple[str, str]] = [("v", VERSION), ("network", newest)]
        fields += [(key, _number_text(value)) for key, value in self.changes.items()]
        fields += [(key, _number_text(value)) for key, value in self.assumptions.items()]
        fields += [(f"initial.{key}", _number_text(value)) for key, value in self.initial.items()]
        if self.funded_by:
            fields.append(("funded_by", self.funded_by))
        if self.start:
            fields.append(("start", self.start.isoformat()))
        if self.phase_in_years:
            fields.append(("phase_in_years", _number_text(self.phase_in_years)))
        return "?" + urlencode(fields)

    @classmethod
    def from_link(cls, link: str) -> Scenario:
        """Read a link or query string.

        Raises
        ------
        BallastError
            For the first thing that is wrong; nothing of the link is used then.
        """
        try:
            fields = dict(parse_qsl(link.split("?", 1)[-1], keep_blank_values=True, max_num_fields=400))
        except ValueError:
            raise LinkError("the link has too many fields", where="link", allowed="at most 400") from None
        scenario, problems = read_fields(fields)
        if problems:
            raise problems[0]
        return scenario


def _number_text(value: float) -> str:
    return f"{float(value):.12g}"


def _unknown(name: str, where: str, known: list[str]) -> UnknownKeyError:
    near = difflib.get_close_matches(name, known, 1, 0.6)
    return UnknownKeyError(
        f"there is no key {name[:60]!r}",
        where=where,
        todo=f"did you mean {near[0]!r}" if near else "see the parameter reference for the keys of this network",
    )


def _resolve_one(key: str, shape: Structure, keys: Mapping[str, ParameterKey]) -> tuple[str, ...] | None:
    """Contract keys that a written key means: itself, without a needless prefix, or all streams or roles at once."""
    if key in keys:
        return (key,)
    prefix, _, word = key.rpartition(".")
    parts = [part for part in prefix.split(".") if part]
    if parts and all(part in (*shape.streams, *shape.roles) for part in parts):
        kept = [
            p
            for p in parts
            if not (shape.one_stream and p in shape.streams) and not (shape.one_role and p in shape.roles)
        ]
        singles = (
            {
                "fee_share": "provider_fee_share",
                "emission_share": "provider_emission_share",
                "fiat_reward": "fiat_indexed_mint",
            }
            if shape.one_role
            else {}
        )
        name = ".".join([*kept, singles.get(word, word)])
        if name in keys:
            return (name,)
    if not prefix and word in _SET_ALL:
        found = tuple(name for name in keys if name.rpartition(".")[2] == word)
        return found or None
    return None


def read_fields(fields: Mapping[str, str]) -> tuple[Scenario, list[BallastError]]:
    """Read link fields one by one; a field that is wrong is left out and told, the rest is kept.

    Returns
    -------
    tuple
        The scenario of all good fields, and one error per bad one. The network falls back to the payment archetype.
    """
    from model.presets import load_network

    problems = _version_problems(fields.get("v", VERSION))
    network = load_network("payment")
    try:
        network = load_network(_network_field(fields.get("network", "payment")))
    except BallastError as problem:
        problems.append(problem)
    groups: dict[str, dict[str, float]] = {"changes": {}, "assumptions": {}, "initial": {}}
    options: dict[str, object] = {}
    for key, text in fields.items():
        if key in _RESERVED:
            continue
        try:
            _read_field(network, key, text, groups, options)
        except BallastError as problem:
            problems.append(problem)
    return _longest_valid(network, groups, options, problems), problems


_RESERVED = frozenset({"v", "network", "view", "name", "embed", "embed_options", "years", "payload"})


def _version_problems(text: str) -> list[BallastError]:
    """What a reader should know about a link of another version; older versions are read as they are."""
    if not re.fullmatch(r"\d{1,6}(\.\d{1,6}){0,2}", text, flags=re.ASCII):
        return [LinkError(f"{text[:20]!r} is not a version", where="v", allowed=f"{VERSION} or earlier")]
    if _version(text) > _version(VERSION):
        told = f"the link is of the later version {text}"
        return [LinkError(told, where="v", allowed=f"{VERSION} or earlier", todo="what is known of it is used")]
    return []


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))


def _network_field(text: str) -> str:
    """A link names a network, never a path."""
    if text.endswith(".toml") or "/" in text or "\\" in text:
        raise LinkError("a link names a network, not a file", where="network", todo="choose a network from the list")
    return text


def _read_field(
    network: Network, key: str, text: str, groups: dict[str, dict[str, float]], options: dict[str, object]
) -> None:
    if key == "funded_by":
        if text not in PAYERS:
            raise LinkError(f"{text[:30]!r} cannot pay", where="funded_by", allowed=", ".join(PAYERS))
        options["funded_by"] = text
        return
    if key == "start":
        try:
            options["start"] = dt.date.fromisoformat(text)
        except ValueError:
            raise LinkError(
                f"{text[:30]!r} is not a date", where="start", allowed="a date such as 2027-06-01"
            ) from None
        return
    try:
        number = float(text)
    except ValueError:
        raise LinkError(
            f"{text[:30]!r} is not a number", where=key[:60], allowed="a number", todo="its default is used"
        ) from None
    if key == "phase_in_years":
        options["phase_in_years"] = number
    elif key.startswith("initial."):
        groups["initial"][key.removeprefix("initial.")] = number
    else:
        groups[_kind_of(network, key)][key] = number


def _kind_of(network: Network, key: str) -> str:
    full = network.structure.with_modules(frozenset(MODULES))
    keys = parameter_keys(full)
    if key.rpartition(".")[2] in ("provider_fee_share", "provider_emission_share"):
        return "changes"
    found = _resolve_one(key, full, keys)
    if found is None:
        raise _unknown(key, "link", list(keys))
    return "changes" if keys[found[0]].declared.kind == "lever" else "assumptions"


def _longest_valid(
    network: Network,
    groups: dict[str, dict[str, float]],
    options: dict[str, object],
    problems: list[BallastError],
) -> Scenario:
    """Add fields one at a time; one that cannot stand (out of range, nobody pays) is left out and told."""
    try:
        return Scenario(network, **groups, **options)  # type: ignore[arg-type]
    except BallastError as whole:
        kept: dict[str, dict[str, float]] = {"changes": {}, "assumptions": {}, "initial": {}}
        good: dict[str, object] = {}
        told = len(problems)
        for name, value in options.items():
            try:
                Scenario(network, **{**good, name: value})  # type: ignore[arg-type]
                good[name] = value
            except BallastError as problem:
                problems.append(problem)
        for group in ("assumptions", "initial", "changes"):
            for key, number in groups[group].items():
                trial = {**kept, group: {**kept[group], key: number}}
                try:
                    Scenario(network, **trial, **good)  # type: ignore[arg-type]
                    kept = trial
                except BallastError as problem:
                    problems.append(problem)
        if len(problems) == told:
            problems.append(whole)
        return Scenario(network, **kept, **good)  # type: ignore[arg-type]
