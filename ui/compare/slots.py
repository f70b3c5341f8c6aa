"""Up to three scenarios kept to be compared, in the session and in the address of the Compare page.

`begin_slots` is called once per run by that page, after the page guard. `slots` and `reference` are read;
`keep`, `rename`, `remove`, `duplicate`, `swap`, `lock` and `choose_chart` are called from widget callbacks on
any page. The scenario on screen (`ui/state.py`) is another thing: keeping copies it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from model import BallastError, Scenario
from model.errors import LinkError
from model.scenario.links import MOST_FIELDS, fields_of, read_fields
from model.words.scenario_words import name_of
from ui import address, state
from ui.link import COMPARED, repeated, spelled_out

LETTERS = ("a", "b", "c")
BASELINE = "baseline"
LONGEST_NAME = 60
LONGEST_SLOT = 6_000
"""Characters that one scenario may take in a link."""
LONGEST_LINK = 9_000
"""Characters that all of them may take together; browsers and chats cut longer addresses off."""

_KEY = "_compared"


@dataclass(frozen=True, eq=False)
class Slot:
    """One kept scenario under a name that its reader may change."""

    scenario: Scenario
    name: str

    @property
    def text(self) -> str:
        """The slot as a query string inside the link."""
        fields = [(key, value) for key, value in fields_of(self.scenario) if key != "v"]
        if self.name != name_of(self.scenario):
            fields.append(("name", self.name))
        return urlencode(fields)


@dataclass(frozen=True)
class Kept:
    """Everything that the Compare page shows: slots by letter, what they are held against, the chart."""

    slots: Mapping[str, Slot] = field(default_factory=dict)
    reference: str = BASELINE
    chart: str = ""

    @property
    def query(self) -> dict[str, str]:
        """Its fields of the link; a slot that is too long for a link is left out."""
        fields: dict[str, str] = {}
        for letter, slot in sorted(self.slots.items()):
            if letter not in too_long(self):
                fields[letter] = slot.text
        if self.reference != BASELINE:
            fields["reference"] = self.reference
        if self.chart:
            fields["chart"] = self.chart
        return fields


@dataclass
class _Session:
    now: Kept = field(default_factory=Kept)
    entered: Kept = field(default_factory=Kept)
    seen: dict[str, str] = field(default_factory=dict)
    overwritten: dict[str, str] = field(default_factory=dict)
    written_at: float = 0.0
    unwritten: bool = False
    notes: tuple[str, ...] = ()


def _session() -> _Session:
    found: _Session = st.session_state.setdefault(_KEY, _Session())
    return found


# ---- what pages read ------------------------------------------------------------------------------------
def slots() -> dict[str, Slot]:
    """Kept scenarios by letter, in order."""
    return dict(sorted(_session().now.slots.items()))


def reference() -> str:
    """Letter of what the others are held against, or "baseline"."""
    return _session().now.reference


def chart() -> str:
    """The chart that was picked; empty until somebody picks."""
    return _session().now.chart


def slot_notes() -> tuple[str, ...]:
    """Sentences about the link or the last change; they stand until the next one."""
    return _session().notes


def free_letter() -> str | None:
    """First letter that keeps nothing yet."""
    return next((letter for letter in LETTERS if letter not in _session().now.slots), None)


def comparison_query() -> dict[str, str]:
    """Fields of the link that restores the whole comparison; horizon, futures and seed are those on screen."""
    return {**state.query(), **_session().now.query}


def too_long(kept: Kept | None = None) -> tuple[str, ...]:
    """Letters of slots that a link cannot carry, because it would be cut off on its way."""
    shown = _session().now if kept is None else kept
    left_out, used = [], 0
    for letter, slot in sorted(shown.slots.items()):
        size = len(urlencode({letter: slot.text}))
        if size > LONGEST_SLOT or used + size > LONGEST_LINK:
            left_out.append(letter)
        else:
            used += size
    return tuple(left_out)


# ---- address --------------------------------------------------------------------------------------------
def begin_slots() -> None:
    """Bring kept scenarios and address together; called after the page guard."""
    session = _session()
    asked = {key: text for key, text in st.query_params.to_dict().items() if key in COMPARED}
    late = asked == session.overwritten and time.monotonic() - session.written_at < address.LATEST
    if state.has_arrived():
        session.entered = session.now
    if session.unwritten:
        _write(session)
    elif state.has_arrived() and not asked:
        # The navigation links to bare addresses: what was kept comes along.
        session.seen = asked
        if session.now.query:
            _write(session)
    elif asked != session.seen and not late:
        session.seen = asked
        if asked:
            session.now, told = read_kept(asked)
            told += repeated((key, len(st.query_params.get_all(key))) for key in asked)
            session.notes = tuple(told)
        else:
            session.now, session.notes = session.entered, ()


def _write(session: _Session) -> None:
    session.unwritten = False
    others = {key: text for key, text in st.query_params.to_dict().items() if key not in COMPARED}
    session.overwritten, session.written_at = session.seen, time.monotonic()
    session.seen = session.now.query
    st.query_params.from_dict({**others, **session.seen})


def read_kept(fields: Mapping[str, str]) -> tuple[Kept, list[str]]:
    """What a link keeps, and one sentence for each thing in it that cannot be read; a bad slot stays empty."""
    told: list[str] = []
    found: dict[str, Slot] = {}
    for letter in LETTERS:
        if letter in fields:
            try:
                found[letter], problems = read_slot(fields[letter])
            except BallastError as problem:
                told.append(f"{letter.upper()} stays empty: {problem}")
            else:
                told += [f"{letter.upper()}: {problem}" for problem in problems]
    against = fields.get("reference", BASELINE)
    if against != BASELINE and against not in found:
        told.append(
            f"The link holds everything against {against[:20]!r}, which keeps nothing: the baseline takes its place."
        )
        against = BASELINE
    return Kept(found, against, fields.get("chart", "")[:60]), told


def read_slot(text: str) -> tuple[Slot, list[str]]:
    """One scenario out of a link or its query string, with a sentence for each field that was left out.

    Raises
    ------
    LinkError
        For a text that is too long or names no network that exists: nothing is guessed then.
    """
    if len(text) > LONGEST_LINK:
        raise LinkError(
            f"the link has {len(text)} characters", where="link", allowed=f"up to {LONGEST_LINK}", todo="copy it again"
        )
    try:
        fields = dict(parse_qsl(text.strip().split("?", 1)[-1], keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        raise LinkError("the link has too many fields", where="link", allowed=f"at most {MOST_FIELDS}") from None
    if "network" not in fields:
        raise LinkError(
            f"{text.strip()[:40]!r} names no network", where="link", todo="copy the whole link of a Ballast page"
        )
    scenario, problems = read_fields({key: value for key, value in fields.items() if key not in COMPARED})
    unknown = next((problem for problem in problems if problem.where == "network"), None)
    if unknown is not None:
        raise unknown
    scenario = spelled_out(scenario)
    return Slot(scenario, _clean(fields.get("name", "")) or name_of(scenario)), [str(problem) for problem in problems]


def _clean(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]


# ---- changes (from callbacks) -----------------------------------------------------------------------------
def _put(kept: Kept, *told: str) -> None:
    session = _session()
    session.notes = told
    if kept.reference != BASELINE and kept.reference not in kept.slots:
        kept = replace(kept, reference=BASELINE)
    session.now, session.unwritten = kept, True


def keep(letter: str, scenario: Scenario, name: str = "") -> None:
    """Keep a scenario under a letter; what was there gives way."""
    now = _session().now
    slot = Slot(scenario, _clean(name) or name_of(scenario))
    _put(replace(now, slots={**now.slots, letter: slot}))


def keep_link(letter: str, text: str) -> None:
    """Keep what a pasted link says; a link that cannot be read changes nothing and leaves a sentence."""
    try:
        slot, told = read_slot(text)
    except BallastError as problem:
        _session().notes = (str(problem),)
        return
    now = _session().now
    _put(replace(now, slots={**now.slots, letter: slot}), *told)


def rename(letter: str, name: str) -> None:
    """Name a column; an empty name takes the generated one back."""
    now = _session().now
    if letter in now.slots:
        slot = now.slots[letter]
        fresh = replace(slot, name=_clean(name) or name_of(slot.scenario))
        _put(replace(now, slots={**now.slots, letter: fresh}))


def remove(letter: str) -> None:
    """Keep nothing under a letter any more."""
    now = _session().now
    _put(replace(now, slots={key: slot for key, slot in now.slots.items() if key != letter}))


def duplicate(letter: str) -> None:
    """Put a copy into the first free letter."""
    free, now = free_letter(), _session().now
    if free and letter in now.slots:
        slot = now.slots[letter]
        _put(replace(now, slots={**now.slots, free: replace(slot, name=_clean(f"{slot.name} (copy)"))}))


def swap(one: str, other: str) -> None:
    """Let two letters change places; the reference stays with its scenario."""
    now = _session().now
    turned = {one: other, other: one}
    moved = {turned.get(letter, letter): slot for letter, slot in now.slots.items()}
    _put(replace(now, slots=moved, reference=turned.get(now.reference, now.reference)))


def lock(letter: str) -> None:
    """Hold every column against this one."""
    _put(replace(_session().now, reference=letter))


def choose_chart(name: str) -> None:
    """Pick the chart that all columns show."""
    _put(replace(_session().now, chart=name))
