"""Makes a proposal of a draft, or says field by field what is missing and what is wrong."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from model.errors import BallastError
from model.presets.files import load_network
from model.proposals.draft import FIRST_SOURCE, Draft, ProvisionDraft, SourceDraft, lines, slug, unique
from model.proposals.draft_words import Setting, provision_title, setting, settings
from model.proposals.proposal import Citation, DatedEvent, Proposal, Provision
from model.scenario.scenario import Scenario
from model.validation import check_number
from model.words.text import sentence_case

Place = tuple[int, str]
"""The `uid` of what a field belongs to, and the field's name."""

Form = TypeVar("Form", bound=BaseModel)

_DATES = "a year, month or day such as 2026, 2026-03 or 2026-03-17"


@dataclass
class Findings:
    """What was found in a draft.

    Attributes
    ----------
    wrong
        One sentence per field that holds something that cannot stand.
    missing
        What is still to be filled in, in words, per field.
    proposal
        What it makes; None while anything is wrong or missing.
    """

    wrong: dict[Place, str] = field(default_factory=dict)
    missing: dict[Place, str] = field(default_factory=dict)
    proposal: Proposal | None = None

    def missing_in_order(self, draft: Draft) -> dict[Place, str]:
        """What is missing in the order of the form: header, changes, sources, scope."""
        parts = [0]
        for provision in draft.provisions:
            parts += [provision.uid, *(move.uid for move in provision.moves)]
            parts += [event.uid for event in provision.events]
        parts += [source.uid for source in draft.sources]
        order = {uid: place for place, uid in enumerate(parts)}
        last = len(order)
        begin, end = ("title", "summary", "put", "author"), ("provisions", "sources", "does_not_model")

        def place(found: Place) -> tuple[int, int]:
            uid, name = found
            if uid == 0 and name in end:
                # A change that is not there yet stands where the first would be.
                return (0, len(begin)) if name == "provisions" else (last, end.index(name))
            return order.get(uid, last), begin.index(name) if name in begin else 0

        return {where: self.missing[where] for where in sorted(self.missing, key=place)}


def check(draft: Draft, today: dt.date) -> Findings:
    """Everything that is wrong or missing in a draft, and the proposal where nothing is.

    Parameters
    ----------
    today
        Date of the figures where the draft names none.
    """
    found = Findings()
    sources = _sources(draft, found)
    before = len(found.wrong) + len(found.missing)
    provisions = _provisions(draft, sources, found)
    if not provisions and len(found.wrong) + len(found.missing) == before:
        found.missing[(0, "provisions")] = "a change"
    for name, word in (("title", "a title"), ("summary", "a summary"), ("author", "an author")):
        if not getattr(draft, name).strip():
            found.missing[(0, name)] = word
    if not lines(draft.does_not_model):
        found.missing[(0, "does_not_model")] = "what it does not model"
    _dates(draft, found)
    if not found.wrong and not found.missing:
        _whole(draft, sources, provisions, today, found)
    return found


def _whole(
    draft: Draft, sources: dict[str, Citation], provisions: list[Provision], today: dt.date, found: Findings
) -> None:
    """The proposal, and whether its network can take it."""
    title = draft.title.strip()
    fields: dict[str, Any] = {
        "name": draft.name if draft.name and title == draft.named_for else slug(title, 80),
        "title": title,
        "network": draft.network,
        "example": draft.example if draft.is_for_any and draft.has_example else "",
        "builds_on": draft.builds_on,
        "status": draft.status,
        "put": draft.put,
        "decided": draft.decided,
        "author": draft.author.strip(),
        "summary": draft.summary.strip(),
        "encoded_by": draft.encoded_by.strip() or draft.author.strip(),
        "as_of": draft.as_of or today,
        "models": lines(draft.models) or tuple(provision.title for provision in provisions),
        "does_not_model": lines(draft.does_not_model),
        "sources": sources,
        "provisions": tuple(provisions),
    }
    made = _made(Proposal, fields, 0, found)
    if made is not None:
        try:
            Scenario(load_network(draft.home), proposals=[made])
        except BallastError as problem:
            found.wrong[(0, "provisions")] = str(problem)
        else:
            found.proposal = made


def _made(form: type[Form], fields: dict[str, Any], uid: int, found: Findings) -> Form | None:
    """A part of the proposal, or its first problem beside the field that has it."""
    try:
        return form(**fields)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False)[0]
        name = str(first["loc"][0]) if first["loc"] else ""
        found.wrong[(uid, name)] = _sentence(first)
        return None


def _sentence(first: Any) -> str:
    limit = first.get("ctx", {}).get("max_length")
    if first["type"] == "string_too_long":
        return f"This text is too long; allowed: up to {limit} characters."
    if first["type"] == "string_pattern_mismatch":
        forms = {"link": "an address that begins with http:// or https://", "date": _DATES}
        return f"This is not written as it has to be; allowed: {forms.get(str(first['loc'][0]), 'letters and digits')}."
    told = first["msg"].removeprefix("Value error, ").replace("\n", " ")
    return sentence_case(told).rstrip(".") + "."


def _dates(draft: Draft, found: Findings) -> None:
    if draft.put is None and draft.status != "what-if":
        found.missing[(0, "put")] = "the day it was put"
    if draft.put and draft.decided and draft.decided < draft.put:
        found.wrong[(0, "decided")] = "It cannot be decided before it is put; choose a later day."


# ---- sources ----------------------------------------------------------------------------------------------
def _sources(draft: Draft, found: Findings) -> dict[str, Citation]:
    """Citations by name; names are given to the drafts, so that they stay what they are."""
    made: dict[str, Citation] = {}
    for source in draft.sources:
        for name, word in (("title", "the title of a source"), ("date", "the date of a source")):
            if not getattr(source, name).strip():
                found.missing[(source.uid, name)] = word
        if any(uid == source.uid for uid, _ in found.missing):
            continue
        fields = {key: getattr(source, key).strip() for key in ("title", "link", "date", "grade")}
        citation = _made(Citation, fields, source.uid, found)
        if citation is not None:
            source.name = source.name or unique(slug(source.title, 30).replace("-", "_"), made)
            made[source.name] = citation
    if not draft.sources:
        found.missing[(0, "sources")] = "a source"
    return made


def _source_name(provision: ProvisionDraft, sources: list[SourceDraft]) -> str:
    if provision.source is FIRST_SOURCE:
        return sources[0].name if sources else ""
    return next((source.name for source in sources if source.uid == provision.source), "")


# ---- provisions -------------------------------------------------------------------------------------------
def _provisions(draft: Draft, sources: dict[str, Citation], found: Findings) -> list[Provision]:
    made: list[Provision] = []
    for provision in draft.provisions:
        one = _provision(draft, provision, [part.id for part in made], found)
        if one is not None:
            cited = _source_name(provision, draft.sources)
            made.append(one.model_copy(update={"source": cited if cited in sources else ""}))
    return made


def complete_provisions(draft: Draft) -> list[Provision]:
    """Provisions that can stand already, without their sources: enough for a preview."""
    return _provisions(draft, {}, Findings())


def _provision(draft: Draft, provision: ProvisionDraft, taken: list[str], found: Findings) -> Provision | None:
    before = len(found.wrong) + len(found.missing)
    fields = _event_fields(provision, found) if provision.is_of_events else _setting_fields(draft, provision, found)
    if len(found.wrong) + len(found.missing) > before or fields is None:
        return None
    title = provision.title.strip() or str(fields.pop("made_title"))
    fields.pop("made_title", None)
    fields |= {"title": title, "id": provision.id or unique(slug(title), taken), "note": provision.note.strip()}
    one = _made(Provision, fields, provision.uid, found)
    return one if one is not None and _stands(draft, one, provision.uid, found) else None


def _event_fields(provision: ProvisionDraft, found: Findings) -> dict[str, Any] | None:
    for event in provision.events:
        if event.date is None:
            found.missing[(event.uid, "date")] = "the day of a supply event"
        if event.tokens is None:
            found.missing[(event.uid, "tokens")] = "the tokens of a supply event"
        elif not 0 <= event.tokens < 1e18:
            found.wrong[(event.uid, "tokens")] = f"{event.tokens:.6g} tokens cannot be moved; allowed: 0 to 1e18."
    events = tuple(
        DatedEvent(date=event.date, effect=event.effect, tokens=event.tokens)
        for event in provision.events
        if event.date is not None and event.tokens is not None and 0 <= event.tokens < 1e18
    )
    return {"events": events, "made_title": "Supply event"} if len(events) == len(provision.events) else None


def _setting_fields(draft: Draft, provision: ProvisionDraft, found: Findings) -> dict[str, Any] | None:
    together = provision.together or len(provision.moves) > 1
    way, of = ("to", "") if together else (provision.way, provision.of)
    chosen: dict[str, float] = {}
    for move in provision.moves:
        item = _item(draft, move.key)
        if item is None:
            found.missing[(move.uid, "key")] = "the setting of a change"
        elif move.value is None:
            found.missing[(move.uid, "value")] = f"the new value of {item.concrete.label.lower()}"
        elif move.key in chosen:
            found.wrong[(move.uid, "key")] = "This setting stands twice in one change; remove one of them."
        elif problem := _bounds(item, way, of, move.value):
            found.wrong[(move.uid, "value")] = problem
        else:
            chosen[move.key] = float(move.value)
    if not chosen or len(chosen) < len(provision.moves):
        return None
    first = next(iter(chosen))
    item = _item(draft, first)
    assert item is not None
    moved: dict[str, Any] = {"set": chosen} if together else {"key": first, way: chosen[first], "of": of}
    if provision.end and provision.start and provision.end <= provision.start:
        found.wrong[(provision.uid, "end")] = "It would end before it starts; choose a later day."
    return moved | {
        "start": provision.start,
        "phase_in_months": provision.phase_in_months or 0.0,
        "end": provision.end,
        "funded_by": provision.funded_by,
        "expected": item.concrete.declared.kind == "assumption",
        "made_title": provision_title(item, way, of, chosen[first]),
    }


def _item(draft: Draft, key: str) -> Setting | None:
    if not key:
        return None
    offered = settings(draft.home, draft.is_for_any)
    try:
        return offered.get(key) or setting(load_network(draft.home), key)
    except KeyError:
        return None


def _bounds(item: Setting, way: str, of: str, value: float) -> str:
    """Why a number cannot be the new value; empty where it can."""
    if way == "by_factor":
        return "" if value >= 0 else "A factor is 0 or more."
    if of or way == "by":
        return ""
    try:
        check_number(item.concrete, value)
    except BallastError as problem:
        return str(problem)
    return ""


def _stands(draft: Draft, provision: Provision, uid: int, found: Findings) -> bool:
    """Whether the network can take a provision alone."""
    try:
        Scenario(load_network(draft.home), proposals=[placeholder(draft, [provision])])
    except BallastError as problem:
        found.wrong[(uid, "")] = str(problem)
        return False
    return True


def placeholder(draft: Draft, provisions: list[Provision]) -> Proposal:
    """The provisions of a draft under a header that says nothing yet, to be looked at before it is filled in."""
    day = dt.date(2000, 1, 1)
    bare = [provision.model_copy(update={"source": "", "note": ""}) for provision in provisions]
    return Proposal(
        name="draft", title="This proposal", network=draft.network, builds_on=draft.builds_on, status="what-if",
        author="draft", summary="draft", encoded_by="draft", as_of=day, models=("draft",), does_not_model=("draft",),
        sources={"draft": Citation(title="draft", date="2000", grade="assumed")}, provisions=tuple(bare),
    )  # fmt: skip
