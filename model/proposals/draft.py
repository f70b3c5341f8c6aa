"""A proposal while somebody fills it in: every field may still be empty or wrong, and nothing is lost meanwhile."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from model.proposals.proposal import Citation, Proposal, Provision
from model.scenario.scenario import Scenario
from model.words.by_hand import by_hand

_numbers = itertools.count(1)

FIRST_SOURCE = None
"""Source of a provision that names none: the first of the list."""


@dataclass
class MoveDraft:
    """One setting and the number that goes with it, in the model's own unit."""

    key: str = ""
    value: float | None = None
    uid: int = field(default_factory=lambda: next(_numbers))


@dataclass
class EventDraft:
    """Tokens minted, burned or moved on a day."""

    date: dt.date | None = None
    effect: str = "mint_float"
    tokens: float | None = None
    uid: int = field(default_factory=lambda: next(_numbers))


@dataclass
class SourceDraft:
    """Where words or numbers come from; `name` is what provisions cite, once it has been given."""

    title: str = ""
    link: str = ""
    date: str = ""
    grade: str = "secondary"
    name: str = ""
    uid: int = field(default_factory=lambda: next(_numbers))


@dataclass
class ProvisionDraft:
    """One thing that changes: settings that move together, or supply events.

    Attributes
    ----------
    way
        How its setting moves; settings that move together are each set "to" a value.
    together
        Whether it is written as settings that move together even where it is one.
    source
        The `uid` of a source, `FIRST_SOURCE`, or 0 for none.
    id
        Name inside the proposal where it has one already; otherwise made of its title.
    """

    title: str = ""
    moves: list[MoveDraft] = field(default_factory=lambda: [MoveDraft()])
    events: list[EventDraft] = field(default_factory=list)
    way: str = "to"
    of: str = ""
    start: dt.date | None = None
    phase_in_months: float | None = 0.0
    end: dt.date | None = None
    funded_by: str | None = None
    source: int | None = FIRST_SOURCE
    note: str = ""
    id: str = ""
    together: bool = False
    uid: int = field(default_factory=lambda: next(_numbers))

    @property
    def is_of_events(self) -> bool:
        """Whether it is made of supply events."""
        return bool(self.events)


@dataclass
class Draft:
    """A whole proposal as typed so far.

    Attributes
    ----------
    network
        "render@2026-11", or "any".
    example
        Network on which a proposal for any network is previewed.
    models, does_not_model
        One line each.
    name, named_for
        Name of the file it was opened from and the title it had then; another title is another name.
    uid
        Zero: fields of the header are told apart from those of rows by it.
    """

    network: str = "any"
    example: str = "payment"
    title: str = ""
    summary: str = ""
    author: str = ""
    encoded_by: str = ""
    status: str = "what-if"
    put: dt.date | None = None
    decided: dt.date | None = None
    as_of: dt.date | None = None
    models: str = ""
    does_not_model: str = ""
    sources: list[SourceDraft] = field(default_factory=lambda: [SourceDraft()])
    provisions: list[ProvisionDraft] = field(default_factory=lambda: [ProvisionDraft()])
    builds_on: tuple[str, ...] = ()
    name: str = ""
    named_for: str = ""
    has_example: bool = True
    uid: int = 0

    @property
    def is_for_any(self) -> bool:
        """Whether it can be put on every network."""
        return self.network == "any"

    @property
    def home(self) -> str:
        """Network on which it is previewed."""
        return self.example if self.is_for_any else self.network

    @property
    def is_blank(self) -> bool:
        """Whether nothing has been typed yet."""
        typed = (self.title, self.summary, self.author, self.does_not_model)
        moved = any(move.key for provision in self.provisions for move in provision.moves)
        return not any(typed) and not moved and not any(provision.events for provision in self.provisions)


def slug(text: str, longest: int = 50, otherwise: str = "proposal") -> str:
    """A text as a name of small letters, digits and hyphens; `otherwise` where nothing of it is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:longest].strip("-") or otherwise


def unique(name: str, taken: Iterable[str]) -> str:
    """A name that is not taken yet: "burn", "burn-2"."""
    there = set(taken)
    numbered = itertools.chain([name], (f"{name}-{number}" for number in itertools.count(2)))
    return next(found for found in numbered if found not in there)


def lines(text: str) -> tuple[str, ...]:
    """Lines that say something, without the dash in front of a list."""
    cleaned = (line.strip().removeprefix("- ").strip() for line in text.splitlines())
    return tuple(line for line in cleaned if line)


def draft_by_hand(scenario: Scenario) -> Draft:
    """What was moved by hand as one change of a new draft, on the network and date on which it was moved."""
    provision = ProvisionDraft(
        moves=[MoveDraft(key, after) for key, (_, after) in by_hand(scenario).items()] or [MoveDraft()],
        start=scenario.start,
        phase_in_months=round(12 * scenario.phase_in_years, 6),
        funded_by=scenario.funded_by,
    )
    events = [EventDraft(event.date, event.effect, event.tokens) for event in scenario.events]
    provisions = [provision] if scenario.changes or not events else []
    provisions += [ProvisionDraft(moves=[], events=events)] if events else []
    return Draft(network=scenario.network.identity, provisions=provisions)


# ---- from a proposal --------------------------------------------------------------------------------------
def draft_of(proposal: Proposal) -> Draft:
    """A proposal as a draft that makes the same proposal again."""
    sources = [_source(name, citation) for name, citation in proposal.sources.items()]
    by_name = {source.name: source.uid for source in sources}
    return Draft(
        network=proposal.network,
        example=proposal.example or "payment",
        has_example=bool(proposal.example),
        title=proposal.title,
        summary=proposal.summary,
        author=proposal.author,
        encoded_by=proposal.encoded_by,
        status=proposal.status,
        put=proposal.put,
        decided=proposal.decided,
        as_of=proposal.as_of,
        models="\n".join(proposal.models),
        does_not_model="\n".join(proposal.does_not_model),
        sources=sources,
        provisions=[_provision(provision, by_name) for provision in proposal.provisions],
        builds_on=proposal.builds_on,
        name=proposal.name,
        named_for=proposal.title,
    )


def _source(name: str, citation: Citation) -> SourceDraft:
    return SourceDraft(citation.title, citation.link, citation.date, citation.grade, name)


def _provision(provision: Provision, sources: dict[str, int]) -> ProvisionDraft:
    moves = [MoveDraft(key, value) for key, value in provision.set.items()]
    if provision.key:
        moves = [MoveDraft(provision.key, getattr(provision, provision.way))]
    return ProvisionDraft(
        title=provision.title,
        moves=moves,
        events=[EventDraft(event.date, event.effect, event.tokens) for event in provision.events],
        way=provision.way or "to",
        of=provision.of,
        start=provision.start,
        phase_in_months=provision.phase_in_months,
        end=provision.end,
        funded_by=provision.funded_by,
        source=sources.get(provision.source, 0),
        note=provision.note,
        id=provision.id,
        together=bool(provision.set),
    )
