"""The scenario that all pages share, with its history, kept in the session and in the address.

The page guard calls `begin` once per run; pages read `scenario()`, `years()`, `previous()`, `notes()` and
`refusal()`, and change things only from widget callbacks through `move`, `move_initial`, `restore`,
`name_payer`, `schedule`, `choose_network`, `choose_years`, `choose_futures`, `choose_seed`, `load`,
`open_proposal`, `add_proposal`, `remove_proposal`, `switch_stress`, `switch_provision`, `reset_to_proposal`,
`put_page_fields`, `undo`, `redo` and `reset`. Each change makes a new immutable `Moment`; the address is
rewritten at the start of the next run, as one step of the browser's history, so that its Back button undoes.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import streamlit as st

from model import BallastError, Scenario, load_network, load_proposal
from model.parameters import parameter_keys
from model.proposals.proposal import Proposal
from model.scenario.links import read_fields
from model.scenario.stacking import unstack
from ui.link import KEPT, Moment, opening, read_query, repeated, spelled_out

_KEY = "_scenario"
LONGEST_HISTORY = 200
LATEST = 0.25
"""Seconds in which a browser may still send the address that was just overwritten."""


@dataclass
class _Session:
    """One visitor: what is shown, how it came about, and what there is to tell."""

    now: Moment
    before: Moment | None = None
    past: list[Moment] = field(default_factory=list)
    future: list[Moment] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    refused: tuple[str, str] | None = None
    page: str | None = None
    seen: dict[str, str] = field(default_factory=dict)
    overwritten: dict[str, str] = field(default_factory=dict)
    written_at: float = 0.0
    entered: dict[str, Moment] = field(default_factory=dict)
    unwritten: bool = False
    arrived: bool = False


def _session() -> _Session:
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _Session(opening())
    found: _Session = st.session_state[_KEY]
    return found


# ---- what pages read ------------------------------------------------------------------------------------
def scenario() -> Scenario:
    """The scenario on screen."""
    return _session().now.scenario


def years() -> int:
    """The horizon on screen, in years."""
    return _session().now.years


def now() -> Moment:
    """Scenario and horizon together; hashable, equal when their links are."""
    return _session().now


def page_fields() -> dict[str, str]:
    """What pages ask beside the scenario, as texts of the link by key; read through `ui/page_fields.py`."""
    return dict(now().page_fields)


def previous() -> Moment | None:
    """What was on screen before the last change, for the faint line; None where there is nothing to compare."""
    return _session().before


def notes() -> tuple[str, ...]:
    """Sentences about the link or the last change of network; they stand until the next change."""
    return _session().notes


def refusal() -> tuple[str, str] | None:
    """Key and sentence of the last change that was refused; nothing was changed by it."""
    return _session().refused


def can_undo() -> bool:
    """Whether there is a change to take back."""
    return bool(_session().past)


def can_redo() -> bool:
    """Whether there is a change to bring back."""
    return bool(_session().future)


def has_state() -> bool:
    """Whether there is anything to continue: a moved lever, assumption or stock."""
    shown = _session().now.scenario
    return bool(shown.changes or shown.assumptions or shown.initial or shown.stacked or shown.stresses)


def has_own_changes() -> bool:
    """Whether there is anything beside the proposals as they were put: moved by hand, or switched off."""
    shown = _session().now.scenario
    return bool(shown.changes or shown.assumptions or shown.initial or shown.events or shown.without)


def has_arrived() -> bool:
    """Whether this run is the first one since another page was left."""
    return _session().arrived


def query(moment: Moment | None = None) -> dict[str, str]:
    """Query fields of a link to `moment` (by default what is on screen), for `st.page_link` and `st.switch_page`."""
    return dict((moment or _session().now).query)


# ---- address --------------------------------------------------------------------------------------------
def begin(page: str) -> None:
    """Bring session and address together; called by the page guard of the page named `page`."""
    session = _session()
    asked = {key: text for key, text in st.query_params.to_dict().items() if key not in KEPT}
    arrived, first = page != session.page, session.page is None
    session.page, session.arrived = page, arrived
    if session.unwritten:
        _write(session)
    elif arrived and not asked:
        # The navigation links to bare addresses: the scenario comes along.
        session.entered[page] = session.now
        session.seen = asked
        if not session.now.is_default:
            _write(session)
    elif first or (asked != session.seen and not _is_late(session, asked)):
        _take(session, page, asked, first=first)


def _is_late(session: _Session, asked: dict[str, str]) -> bool:
    """Whether the browser sent this address before it knew of the one just written."""
    return asked == session.overwritten and time.monotonic() - session.written_at < LATEST


def _write(session: _Session) -> None:
    session.unwritten = False
    kept = {key: text for key, text in st.query_params.to_dict().items() if key in KEPT}
    session.overwritten, session.written_at = session.seen, time.monotonic()
    session.seen = dict(session.now.query)
    st.query_params.from_dict({**kept, **session.seen})


def _take(session: _Session, page: str, asked: dict[str, str], *, first: bool) -> None:
    """The address was changed from outside: a link, a reload, or the browser's Back and Forward."""
    session.seen = asked
    moment, told = session.entered.get(page, opening()), list[str]()
    if asked:
        moment, read = read_query(asked)
        told = [*read, *repeated((key, len(st.query_params.get_all(key))) for key in asked)]
    if first:
        session.now = moment
        session.entered.setdefault(page, opening())
    elif _is_among(moment, session.past):
        while session.now.query != moment.query:
            undo()
    elif _is_among(moment, session.future):
        while session.now.query != moment.query:
            redo()
    else:
        _push(session, moment)
    session.notes, session.refused, session.unwritten = tuple(told), None, False


def _is_among(moment: Moment, others: list[Moment]) -> bool:
    return any(other.query == moment.query for other in others)


# ---- changes (from callbacks) -----------------------------------------------------------------------------
def _push(session: _Session, moment: Moment) -> None:
    """Put a new moment on screen; the old one can be brought back."""
    session.notes, session.refused = (), None
    if moment.query == session.now.query:
        return
    session.past = [*session.past, session.now][-LONGEST_HISTORY:]
    session.future = []
    _show(session, moment)


def _show(session: _Session, moment: Moment) -> None:
    last = session.now
    if last.scenario.network is not moment.scenario.network:
        session.before = None
    elif last.scenario.to_link() != moment.scenario.to_link():
        session.before = last
    session.now, session.unwritten = moment, True


def _try(key: str, **fields: object) -> None:
    """Replace fields of the scenario; a scenario that cannot stand is refused in a sentence and changes nothing."""
    session = _session()
    try:
        made = replace(session.now.scenario, **fields)  # type: ignore[arg-type]
    except BallastError as problem:
        session.refused = (key, str(problem))
    else:
        _push(session, replace(session.now, scenario=made))


def move(key: str, value: float) -> None:
    """Set one lever or assumption; what cannot stand changes nothing and leaves a sentence in `refusal`."""
    shown = scenario()
    concrete = shown.network.parameters.get(key) or parameter_keys(shown.structure).get(key)
    part = "assumptions" if concrete is not None and concrete.declared.kind != "lever" else "changes"
    others = {k: v for k, v in getattr(shown, part).items() if k != key}
    _try(key, **{part: _with(shown, part, others, key, value)})


def _with(shown: Scenario, part: str, others: dict[str, float], key: str, value: float) -> dict[str, float]:
    """The changes with one more, unless the value is what it would be without it."""
    try:
        without = replace(shown, **{part: others})  # type: ignore[arg-type]
    except BallastError:
        return {**others, key: value}
    return others if without.values.get(key) == value else {**others, key: value}


def move_initial(name: str, value: float) -> None:
    """Set one initial stock."""
    _try(f"initial.{name}", initial={**scenario().initial, name: value})


def restore(key: str) -> None:
    """Take one lever, assumption or stock (`initial.price`) back to the network's own value."""
    shown = scenario()
    name = key.removeprefix("initial.")
    _try(
        key,
        changes={k: v for k, v in shown.changes.items() if k != key},
        assumptions={k: v for k, v in shown.assumptions.items() if k != key},
        initial={k: v for k, v in shown.initial.items() if not key.startswith("initial.") or k != name},
    )


def name_payer(payer: str | None) -> None:
    """Say who pays when shares of revenue move; None or the network's own balance leaves it unsaid."""
    own = scenario().network.fee_balance
    _try("funded_by", funded_by=None if payer == own else payer)


def schedule(start: dt.date | None, phase_in_years: float = 0.0) -> None:
    """Say from which date the changes hold and over how many years they move in."""
    begins = None if start is None or start <= scenario().network.as_of else start
    _try("start", start=begins, phase_in_years=phase_in_years)


def choose_years(count: int) -> None:
    """Set the horizon."""
    _push(_session(), replace(now(), years=count))


def choose_futures(count: int) -> None:
    """Set how many futures are drawn; 0 is the single path."""
    _push(_session(), replace(now(), futures=count))


def choose_seed(seed: int) -> None:
    """Draw other futures."""
    _push(_session(), replace(now(), seed=seed))


def put_page_fields(texts: Mapping[str, str | None]) -> None:
    """Write what a page asks beside the scenario; None takes a field out. One step of the history."""
    kept = {**page_fields(), **texts}
    written = tuple(sorted((key, text) for key, text in kept.items() if text is not None))
    _push(_session(), replace(now(), page_fields=written))


# ---- proposals (from callbacks) ---------------------------------------------------------------------------
def open_proposal(asked: str | Proposal) -> None:
    """Put a proposal on screen as it was put: on its own date, alone, nothing moved by hand."""
    session = _session()
    try:
        made = proposed(asked)
    except BallastError as problem:
        session.refused = ("proposals", str(problem))
    else:
        _push(session, replace(session.now, scenario=made))


def proposed(asked: str | Proposal) -> Scenario:
    """A proposal alone on the network it was put on.

    One for any network stands on the network on screen, or where it is at home if it cannot stand there.
    """
    part = asked if isinstance(asked, Proposal) else load_proposal(asked)
    if part.is_for_any:
        try:
            return Scenario(scenario().network, proposals=(part,))
        except BallastError:
            pass
    return Scenario(load_network(part.home), proposals=(part,))


def add_proposal(asked: str | Proposal) -> None:
    """Lay a proposal on top of what is on screen."""
    shown = scenario()
    part = asked if isinstance(asked, Proposal) else load_proposal(asked)
    if part.name not in {own.name for own in shown.stacked}:
        _try("proposals", proposals=(*shown.stacked, part))


def remove_proposal(name: str) -> None:
    """Take a proposal or stress off, and with it what was switched off in it."""
    _push(_session(), replace(now(), scenario=unstack(scenario(), name)))


def switch_stress(name: str, on: bool) -> None:
    """Let a stress happen, in the baseline too, or take it off; one that cannot stand here leaves a sentence."""
    shown = scenario()
    if not on:
        remove_proposal(name)
    elif name not in {part.name for part in shown.stresses}:
        _try("stress", stress=(*shown.stresses, name))


def switch_provision(identity: str, on: bool) -> None:
    """Switch one provision ("proposal:provision") off or on again."""
    off = scenario().without
    _try("without", without=off - {identity} if on else off | {identity})


def reset_to_proposal() -> None:
    """Take back everything moved by hand and every switch; the proposals stay."""
    shown = scenario()
    kept = Scenario(shown.network, proposals=shown.stacked, stress=shown.stresses)
    _push(_session(), replace(now(), scenario=kept))


def load(moment: Moment) -> None:
    """Put a ready scenario on screen; what was there can be brought back by undo."""
    _push(_session(), moment)


def choose_network(name: str) -> None:
    """Open another network; what does not exist there, or is measured in this network's size, stays behind."""
    session = _session()
    shown = session.now.scenario
    network = load_network(name)
    there = {key.rpartition(".")[2] for key in network.parameters}
    fields = {"network": name, **_portable(shown, there)}
    made, _ = read_fields(fields)
    made = spelled_out(made)
    made = _with_proposals(made, shown)
    lost = [key for key in (*shown.changes, *shown.assumptions) if key not in (*made.changes, *made.assumptions)]
    lost += [f"initial.{key}" for key in shown.initial]
    lost += [part.title for part in shown.stacked if part not in made.stacked]
    _push(session, replace(session.now, scenario=made))
    if lost:
        session.notes = (_left_behind(network.title, shown, lost),)


def _with_proposals(made: Scenario, shown: Scenario) -> Scenario:
    """Proposals for any network, or for another date of the same one, come along where they can stand."""
    for part in shown.stacked:
        off = {name for name in shown.without if name.partition(":")[0] == part.name}
        try:
            made = replace(made, proposals=(*made.stacked, part), without=made.without | off)
        except BallastError:
            continue
    return made


def _portable(shown: Scenario, there: set[str]) -> dict[str, str]:
    """Fields that mean the same on another network with the words `there`: shares and rates, no amounts."""
    keys = parameter_keys(shown.structure)
    written: Mapping[str, float] = {**shown.changes, **shown.assumptions}
    same = [key for key in written if key in keys and key.rpartition(".")[2] in there]
    fields = {key: repr(written[key]) for key in same if not keys[key].declared.scale}
    if shown.funded_by:
        fields["funded_by"] = shown.funded_by
    if shown.phase_in_years:
        fields["phase_in_years"] = repr(shown.phase_in_years)
    return fields


def _left_behind(title: str, shown: Scenario, lost: list[str]) -> str:
    keys = parameter_keys(shown.structure)
    words = [keys[key].label if key in keys else key.removeprefix("initial.").replace("_", " ") for key in lost]
    return f"Left behind, because {title} has no such setting or another size: {', '.join(words)}. Undo brings it back."


def reset() -> None:
    """Today's network, no lever moved, no assumption changed; the horizon stays."""
    _push(_session(), replace(now(), scenario=Scenario(scenario().network)))


def undo() -> None:
    """Take the last change back."""
    session = _session()
    if session.past:
        session.future = [session.now, *session.future]
        back = session.past[-1]
        session.past = session.past[:-1]
        session.notes, session.refused = (), None
        _show(session, back)


def redo() -> None:
    """Bring back what undo took."""
    session = _session()
    if session.future:
        session.past = [*session.past, session.now]
        again = session.future[0]
        session.future = session.future[1:]
        session.notes, session.refused = (), None
        _show(session, again)
