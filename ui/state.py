"""The scenario that all pages share, kept in the session (`ui/history.py`) and in the address (`ui/address.py`).

Pages read `scenario()`, `years()`, `previous()`, `notes()` and `refusal()`, and change things only from widget
callbacks through the functions under "changes" and "proposals". Each change makes a new immutable `Moment`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from model import BallastError, Scenario, load_network, load_proposal
from model.parameters import parameter_keys
from model.proposals.proposal import Proposal
from model.scenario.stacking import unstack
from ui.carry_over import carried
from ui.history import can_redo, can_undo, push, redo, session, undo
from ui.link import Moment

__all__ = [
    "add_proposal",
    "can_redo",
    "can_undo",
    "choose_futures",
    "choose_network",
    "choose_seed",
    "choose_years",
    "has_arrived",
    "has_own_changes",
    "has_state",
    "load",
    "move",
    "move_initial",
    "move_together",
    "name_payer",
    "notes",
    "now",
    "open_proposal",
    "page_fields",
    "previous",
    "proposed",
    "put_page_fields",
    "query",
    "redo",
    "refusal",
    "remove_proposal",
    "reset",
    "reset_to_proposal",
    "restore",
    "scenario",
    "schedule",
    "switch_provision",
    "switch_stress",
    "undo",
    "years",
]


# ---- what pages read ------------------------------------------------------------------------------------
def scenario() -> Scenario:
    """The scenario on screen."""
    return session().now.scenario


def years() -> int:
    """The horizon on screen, in years."""
    return session().now.years


def now() -> Moment:
    """Scenario and horizon together; hashable, equal when their links are."""
    return session().now


def page_fields() -> dict[str, str]:
    """What pages ask beside the scenario, as texts of the link by key; read through `ui/page_fields.py`."""
    return dict(now().page_fields)


def previous() -> Moment | None:
    """What was on screen before the last change, for the faint line; None where there is nothing to compare."""
    return session().before


def notes() -> tuple[str, ...]:
    """Sentences about the link or the last change of network; they stand until the next change."""
    return session().notes


def refusal() -> tuple[str, str] | None:
    """Key and sentence of the last change that was refused; nothing was changed by it."""
    return session().refused


def has_state() -> bool:
    """Whether there is anything to continue: a moved lever, assumption or stock."""
    shown = session().now.scenario
    return bool(shown.changes or shown.assumptions or shown.initial or shown.stacked or shown.stresses)


def has_own_changes() -> bool:
    """Whether there is anything beside the proposals as they were put: moved by hand, or switched off."""
    shown = session().now.scenario
    return bool(shown.changes or shown.assumptions or shown.initial or shown.events or shown.without)


def has_arrived() -> bool:
    """Whether this run is the first one since another page was left."""
    return session().arrived


def query(moment: Moment | None = None) -> dict[str, str]:
    """Query fields of a link to `moment` (by default what is on screen), for `st.page_link` and `st.switch_page`."""
    return dict((moment or session().now).query)


# ---- changes (from callbacks) ---------------------------------------------------------------------------
def _try(key: str, **fields: object) -> None:
    """Replace fields of the scenario; a scenario that cannot stand is refused in a sentence and changes nothing."""
    try:
        made = replace(scenario(), **fields)  # type: ignore[arg-type]
    except BallastError as problem:
        session().refused = (key, problem.told)
    else:
        push(replace(now(), scenario=made))


def move(key: str, value: float) -> None:
    """Set one lever or assumption; what cannot stand changes nothing and leaves a sentence in `refusal`."""
    move_together({key: value})


def move_together(values: Mapping[str, float]) -> None:
    """Set levers and assumptions as one step; they stand together or nothing changes."""
    shown = scenario()
    parts: dict[str, dict[str, float]] = {}
    for key, value in values.items():
        concrete = shown.network.parameters.get(key) or parameter_keys(shown.structure).get(key)
        part = "assumptions" if concrete is not None and concrete.declared.kind != "lever" else "changes"
        others = {k: v for k, v in parts.get(part, getattr(shown, part)).items() if k != key}
        parts[part] = _with(shown, part, others, key, value)
    _try(next(iter(values), ""), **parts)


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
    push(replace(now(), years=count))


def choose_futures(count: int) -> None:
    """Set how many futures are drawn; 0 is the single path."""
    push(replace(now(), futures=count))


def choose_seed(seed: int) -> None:
    """Draw other futures."""
    push(replace(now(), seed=seed))


def put_page_fields(texts: Mapping[str, str | None]) -> None:
    """Write what a page asks beside the scenario; None takes a field out. One step of the history."""
    kept = {**page_fields(), **texts}
    written = tuple(sorted((key, text) for key, text in kept.items() if text is not None))
    push(replace(now(), page_fields=written))


# ---- proposals (from callbacks) ---------------------------------------------------------------------------
def open_proposal(asked: str | Proposal) -> None:
    """Put a proposal on screen as it was put: on its own date, alone, nothing moved by hand."""
    try:
        made = proposed(asked)
    except BallastError as problem:
        session().refused = ("proposals", str(problem))
    else:
        push(replace(now(), scenario=made))


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
    push(replace(now(), scenario=unstack(scenario(), name)))


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
    push(replace(now(), scenario=kept))


def load(moment: Moment) -> None:
    """Put a ready scenario on screen; what was there can be brought back by undo."""
    push(moment)


def choose_network(name: str) -> None:
    """Open another network; what does not exist there, or is measured in this network's size, stays behind."""
    made, left_behind = carried(scenario(), name)
    push(replace(now(), scenario=made))
    if left_behind:
        session().notes = (left_behind,)


def reset() -> None:
    """Today's network, no lever moved, no assumption changed; the horizon stays."""
    push(replace(now(), scenario=Scenario(scenario().network)))
