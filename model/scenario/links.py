"""Links: a scenario as a query string, and back, with one sentence for each thing in it that is wrong."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from model.errors import BallastError, LinkError
from model.parameters import parameter_keys
from model.presets.files import load_network, network_vintages, read_network
from model.presets.network import Network
from model.proposals.files import (
    LONGEST,
    load_proposal,
    load_stress,
    proposal_names,
    proposal_to_toml,
    read_proposal,
    stress_names,
)
from model.proposals.proposal import Proposal, is_name
from model.scenario.keys import AS_A_GOAL, is_aggregate, resolve, unknown_key
from model.scenario.scenario import MOST_PROPOSALS, Scenario
from model.scenario.shares import PAYERS
from model.structure import MODULES
from model.supply_events import SupplyEvent
from model.version import VERSION, version_numbers

RESERVED = frozenset({"v", "network", "view", "name", "embed", "embed_options", "years", "futures", "seed", "payload"})
"""Fields that are not the scenario's own."""

MOST_FIELDS = 400
WRITTEN_OUT = "~"
"""Begins a proposal or network that is not one of the files that come with the app and is written out in the link."""


# ---- writing --------------------------------------------------------------------------------------------
def link_of(scenario: Scenario) -> str:
    """Query string that restores a scenario: version, network and only what differs from the preset."""
    return "?" + urlencode(list(fields_of(scenario)))


def fields_of(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Fields of the link, in order."""
    network = scenario.network
    newest = network_vintages(network.name)[:1] == (network.vintage,)
    yield "v", VERSION
    if network.written:
        yield "network", packed(network.written)
    else:
        yield "network", network.name if newest or not network.vintage else network.identity
    if scenario.stacked:
        yield "proposal", ",".join(_name_of(part) for part in scenario.stacked)
    if scenario.stresses:
        yield "stress", ",".join(_name_of(part) for part in scenario.stresses)
    if scenario.without:
        yield "without", ",".join(sorted(scenario.without))
    for values, prefix in ((scenario.changes, ""), (scenario.assumptions, ""), (scenario.initial, "initial.")):
        for key, value in values.items():
            yield f"{prefix}{key}", number_text(value)
    for order, event in enumerate(scenario.events, 1):
        yield f"event.{order}", f"{event.date.isoformat()},{event.effect},{number_text(event.tokens)},{event.title}"
    if scenario.funded_by:
        yield "funded_by", scenario.funded_by
    if scenario.start:
        yield "start", scenario.start.isoformat()
    if scenario.phase_in_years:
        yield "phase_in_years", number_text(scenario.phase_in_years)


def number_text(value: float) -> str:
    """A number that reads back as itself, short where that is enough."""
    short = f"{float(value):.12g}"
    return short if float(short) == float(value) else repr(float(value))


def _name_of(part: Proposal) -> str:
    """A name where the file that comes with the app says the same; otherwise the whole text, packed."""
    names, load = (proposal_names(), load_proposal) if part.kind == "proposal" else (stress_names(), load_stress)
    if part.name in names and load(part.name) == part:
        return part.name
    return packed(proposal_to_toml(part))


def packed(text: str) -> str:
    """A file written out in a link."""
    return WRITTEN_OUT + base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")


# ---- reading --------------------------------------------------------------------------------------------
@dataclass
class _Parts:
    """What a link says, field by field, before it is tried as a scenario."""

    changes: dict[str, float] = field(default_factory=dict)
    assumptions: dict[str, float] = field(default_factory=dict)
    initial: dict[str, float] = field(default_factory=dict)
    proposals: list[Proposal] = field(default_factory=list)
    stress: list[Proposal] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    events: list[SupplyEvent] = field(default_factory=list)
    options: dict[str, Any] = field(default_factory=dict)

    def single(self) -> Iterator[tuple[str, Any]]:
        """Everything one by one, in the order in which it is tried."""
        for name in ("proposals", "stress", "without", "events"):
            yield from ((name, part) for part in getattr(self, name))
        yield from (("options", item) for item in self.options.items())
        for name in ("assumptions", "initial", "changes"):
            yield from ((name, item) for item in getattr(self, name).items())

    def add(self, name: str, part: Any) -> None:
        """Take one more."""
        held = getattr(self, name)
        if isinstance(held, dict):
            held[part[0]] = part[1]
        else:
            held.append(part)

    def drop(self, name: str, part: Any) -> None:
        """Leave out the one taken last."""
        held = getattr(self, name)
        if isinstance(held, dict):
            del held[part[0]]
        else:
            held.pop()

    def scenario(self, network: Network) -> Scenario:
        """All of it together."""
        return Scenario(
            network,
            dict(self.changes),
            assumptions=dict(self.assumptions),
            initial=dict(self.initial),
            events=tuple(self.events),
            proposals=tuple(self.proposals),
            stress=tuple(self.stress),
            without=frozenset(self.without),
            **self.options,
        )


def read_link(link: str) -> Scenario:
    """Read a link or query string; the first thing that is wrong is raised and nothing of the link is used then."""
    if not isinstance(link, str):
        raise LinkError(f"{str(link)[:30]!r} is no link", where="link", allowed="text")
    try:
        fields = dict(parse_qsl(link.split("?", 1)[-1], keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise LinkError("the link has too many fields", where="link", allowed=f"at most {MOST_FIELDS}") from None
    scenario, problems = read_fields(fields)
    if problems:
        raise problems[0]
    return scenario


def read_fields(fields: Mapping[str, str]) -> tuple[Scenario, list[BallastError]]:
    """Read link fields one by one; a field that is wrong is left out and told, the rest is kept.

    Returns
    -------
    tuple
        The scenario of all good fields, and one error per bad one. The network falls back to the payment archetype.
    """
    problems = _version_problems(fields.get("v", VERSION))
    network = load_network("payment")
    try:
        network = _network_of(fields.get("network") or _home(fields))
    except BallastError as problem:
        problems.append(problem)
    parts = _Parts()
    for key, text in fields.items():
        if key in RESERVED:
            continue
        try:
            _read_field(network, key, text, parts, problems)
        except BallastError as problem:
            problems.append(problem)
    return _longest_valid(network, parts, problems), problems


def _version_problems(text: str) -> list[BallastError]:
    """What a reader should know about a link of another version; older versions are read as they are."""
    numbers = version_numbers(text)
    if numbers is None:
        return [LinkError(f"{text[:20]!r} is not a version", where="v", allowed=f"{VERSION} or earlier")]
    if numbers > (version_numbers(VERSION) or ()):
        told = f"the link is of the later version {text}"
        return [LinkError(told, where="v", allowed=f"{VERSION} or earlier", todo="what is known of it is used")]
    return []


def _network_of(text: str) -> Network:
    """A network by its name, or written out in the link; a link never names a path."""
    if text.startswith(WRITTEN_OUT):
        return read_network(_unpacked(text[1:], "network"), where="network in the link")
    if text.endswith(".toml") or "/" in text or "\\" in text:
        raise LinkError("a link names a network, not a file", where="network", todo="choose a network from the list")
    return load_network(text)


def _home(fields: Mapping[str, str]) -> str:
    """Network of a link that names none: that of its first proposal, else the payment archetype."""
    try:
        names = _listed("proposal", fields.get("proposal", fields.get("proposals", "")))
    except LinkError:
        return "payment"
    for name in names:
        try:
            return _part(name, "proposals").home
        except BallastError:
            continue
    return "payment"


def _read_field(network: Network, key: str, text: str, parts: _Parts, problems: list[BallastError]) -> None:
    if key in ("proposal", "proposals", "stress"):
        group = "stress" if key == "stress" else "proposals"
        for name in _listed(key, text):
            try:
                parts.add(group, _part(name, group))
            except BallastError as problem:
                problems.append(problem)
    elif key == "without":
        parts.without += _listed(key, text)
    elif key.startswith("event."):
        parts.events.append(_event(key, text))
    elif key == "funded_by":
        if text not in PAYERS:
            raise LinkError(f"{text[:30]!r} cannot pay", where="funded_by", allowed=", ".join(PAYERS))
        parts.options["funded_by"] = text
    elif key == "start":
        parts.options["start"] = _date(key, text)
    elif key == "phase_in_years":
        parts.options["phase_in_years"] = _number(key, text)
    elif key.startswith("initial."):
        parts.initial[key.removeprefix("initial.")] = _number(key, text)
    else:
        number = _number(key, text)
        (parts.changes if _is_lever(network, key) else parts.assumptions)[key] = number


def _listed(key: str, text: str) -> list[str]:
    most = MOST_PROPOSALS if key != "without" else 60 * MOST_PROPOSALS
    names = list(dict.fromkeys(name for name in text.split(",") if name))
    if len(names) > most:
        raise LinkError(f"{key} lists {len(names)} names", where=key, allowed=f"up to {most}", todo="none is used")
    return names


def _part(name: str, group: str) -> Proposal:
    """A proposal or stress by its name, or written out in the link; a link never names a path."""
    kind = "stress" if group == "stress" else "proposal"
    if name.startswith(WRITTEN_OUT):
        return read_proposal(_unpacked(name[1:]), where="link", kind="stress" if group == "stress" else "proposal")
    if not is_name(name):
        raise LinkError(f"{name[:40]!r} is no name", where=kind, todo=f"choose a {kind} from the list")
    return load_stress(name) if group == "stress" else load_proposal(name)


def _unpacked(text: str, what: str = "proposal") -> str:
    """The text that a link has written out; never more than a file may have."""
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        unpack = zlib.decompressobj()
        read = unpack.decompress(packed, LONGEST * 4)
        if unpack.unconsumed_tail or not unpack.eof:
            raise LinkError(f"the {what} in the link is too long or cut off", where=what, todo="copy it again")
        return read.decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError, ValueError) as problem:
        if isinstance(problem, LinkError):
            raise
        raise LinkError(
            f"the {what} written out in the link cannot be read", where=what, todo="copy the whole link again"
        ) from None


def _date(key: str, text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise LinkError(f"{text[:30]!r} is not a date", where=key[:60], allowed="a date such as 2027-06-01") from None


def _number(key: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise LinkError(
            f"{text[:30]!r} is not a number", where=key[:60], allowed="a number", todo="its default is used"
        ) from None


def _event(key: str, text: str) -> SupplyEvent:
    parts = text.split(",", 3)
    if len(parts) < 3:
        raise LinkError(
            f"{text[:40]!r} is not a supply event", where=key[:60], allowed="date, effect, tokens and a title"
        )
    title = parts[3][:200] if len(parts) > 3 else ""
    return SupplyEvent(_date(key, parts[0]), parts[1][:40], _number(key, parts[2]), title)


def _is_lever(network: Network, key: str) -> bool:
    full = network.structure.with_modules(frozenset(MODULES))
    keys = parameter_keys(full)
    if is_aggregate(key) or key in AS_A_GOAL:
        return True
    found = resolve(key, full, keys)
    if found is None:
        raise unknown_key(key, "link", keys)
    return keys[found[0]].declared.kind == "lever"


def _longest_valid(network: Network, parts: _Parts, problems: list[BallastError]) -> Scenario:
    """Add fields one at a time; one that cannot stand (out of range, nobody pays) is left out and told."""
    try:
        return parts.scenario(network)
    except BallastError as whole:
        kept, told = _Parts(), len(problems)
        for name, part in parts.single():
            kept.add(name, part)
            try:
                kept.scenario(network)
            except BallastError as problem:
                kept.drop(name, part)
                problems.append(problem)
        if len(problems) == told:
            problems.append(whole)
        return kept.scenario(network)
