"""The changes of a proposal in the encoding form: settings with their new values, and supply events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from model.presets.files import load_network
from model.proposals.draft import Draft, EventDraft, MoveDraft, ProvisionDraft
from model.proposals.draft_check import Findings
from model.proposals.draft_words import (
    OF_WORDS,
    SIZED,
    WAY_WORDS,
    Setting,
    setting,
    settings,
    shown_factor,
    value_label,
)
from model.scenario.shares import PAYERS
from model.supply_events import EFFECTS
from model.words.text import sentence_case
from model.words.value_words import value_words
from ui.encode.fields import choice, day, number, text, told
from ui.text import as_markdown

BESIDE = frozenset({"way", "of", "start", "phase_in_months", "funded_by"})
"""Fields of a change that stand in its card."""
BEHIND = frozenset({"title", "note", "source", "end"})
"""Fields of a change that stand behind "more"; while that is closed, what is wrong with them stands below it."""


def changes(draft: Draft, found: Findings) -> None:
    """Every change in its card, and buttons for one more."""
    st.header("What changes", anchor=False)
    for place, provision in enumerate(draft.provisions, 1):
        with st.container(key=f"change-{provision.uid}", border=True):
            with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
                st.markdown(f"**{'Supply event' if provision.is_of_events else 'Change'} {place}**")
                st.button(
                    "Remove", key=f"drop-{provision.uid}", type="tertiary", icon=":material/delete:",
                    on_click=draft.provisions.remove, args=(provision,),
                )  # fmt: skip
            if provision.is_of_events:
                _events(provision, found)
            else:
                _moves(draft, provision, found)
                _when(provision, found)
            opened = _more(draft, provision, found)
            shown = BESIDE | (BEHIND if opened else frozenset())
            for uid, name in found.wrong:
                if uid == provision.uid and name not in shown:
                    told(found, uid, name)
    told(found, 0, "provisions")
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Add a change", key="add-change", icon=":material/add:",
            on_click=lambda: draft.provisions.append(ProvisionDraft()),
        )  # fmt: skip
        st.button(
            "Add a supply event", key="add-event", icon=":material/add:",
            on_click=lambda: draft.provisions.append(ProvisionDraft(moves=[], events=[EventDraft()])),
            help="Tokens minted, burned or moved on a day by the decision itself",
        )  # fmt: skip


# ---- settings ---------------------------------------------------------------------------------------------
def _moves(draft: Draft, provision: ProvisionDraft, found: Findings) -> None:
    """What moves, how, and to what."""
    offered = settings(draft.home, draft.is_for_any)
    single = len(provision.moves) == 1 and not provision.together
    for move in provision.moves:
        item = _item(draft, offered, move.key)
        choice(
            found, move, "key", "What changes", list(offered), lambda key: _label(draft, offered, key),
            hint=f"Search {len(offered)} settings by name", empty=True,
            after=_renumber(draft, provision, move, "key"),
        )  # fmt: skip
        if item is None:
            continue
        st.markdown(as_markdown(_about(item)))
        way, of = (provision.way, provision.of) if single else ("to", "")
        if single:
            left, right = st.columns(2)
            with left:
                choice(
                    found, provision, "way", "How it moves", list(WAY_WORDS), lambda way: WAY_WORDS[way],
                    after=_renumber(draft, provision, move, "way"),
                )  # fmt: skip
            with right:
                _value(move, item, way, of, found)
            _sized(draft, provision, move, item, found)
        else:
            _value(move, item, way, of, found)
            st.button(
                "Remove this setting", key=f"drop-{move.uid}", type="tertiary",
                on_click=provision.moves.remove, args=(move,),
            )  # fmt: skip


def _value(move: MoveDraft, item: Setting, way: str, of: str, found: Findings) -> None:
    """The number, in the unit in which it is typed."""
    factor = shown_factor(item, way, of)
    small = way == "by_factor" or bool(of)
    step = 0.1 if small else float(f"{item.concrete.declared.step * factor:.12g}") or 1.0
    number(found, move, "value", value_label(item, way, of), factor=factor, step=step)


def _sized(draft: Draft, provision: ProvisionDraft, move: MoveDraft, item: Setting, found: Findings) -> None:
    """For amounts: in their own unit, or in multiples of the network's size."""
    if provision.way == "by_factor" or (item.concrete.declared.unit not in SIZED and not provision.of):
        return
    choice(
        found, provision, "of", "The number is", list(OF_WORDS), lambda of: OF_WORDS[of],
        after=_renumber(draft, provision, move, "of"),
    )  # fmt: skip


def _item(draft: Draft, offered: dict[str, Setting], key: str) -> Setting | None:
    if not key:
        return None
    try:
        return offered.get(key) or setting(load_network(draft.home), key)
    except KeyError:
        return None


def _label(draft: Draft, offered: dict[str, Setting], key: str) -> str:
    item = _item(draft, offered, key)
    return item.label if item else key


def _about(item: Setting) -> str:
    declared, concrete = item.concrete.declared, item.concrete
    bounds = f"{value_words(concrete, declared.minimum)} to {value_words(concrete, declared.maximum)}"
    return f"Today {item.today}; allowed {bounds}. {declared.what}"


def _renumber(draft: Draft, provision: ProvisionDraft, move: MoveDraft, field: str) -> Callable[[Any], None]:
    """Keeps the number as it was typed when its unit becomes another: 20 stays 20."""

    def after(before: Any) -> None:
        was = {"key": move.key, "way": provision.way, "of": provision.of} | {field: before}
        if provision.way == "by_factor":
            provision.of = ""
        offered = settings(draft.home, draft.is_for_any)
        old, new = (_item(draft, offered, key or "") for key in (was["key"], move.key))
        if move.value is not None and old is not None and new is not None:
            typed = move.value * shown_factor(old, was["way"], was["of"])
            move.value = float(f"{typed / shown_factor(new, provision.way, provision.of):.12g}")

    return after


def _when(provision: ProvisionDraft, found: Findings) -> None:
    """From which day, how fast, and who pays."""
    start, months, payer = st.columns(3)
    with start:
        day(found, provision, "start", "From", tip="Empty: from the first day of the projection.")
    with months:
        number(found, provision, "phase_in_months", "Moves in over, months", tip="0: at once.")
    with payer:
        choice(
            found, provision, "funded_by", "Who pays", list(PAYERS),
            lambda who: sentence_case(who), hint="The network's usual payer", empty=True,
            tip="When a share of revenue moves, somebody receives less.",
        )  # fmt: skip


# ---- events -----------------------------------------------------------------------------------------------
def _events(provision: ProvisionDraft, found: Findings) -> None:
    for event in provision.events:
        when, what, much = st.columns(3)
        with when:
            day(found, event, "date", "Day")
        with what:
            choice(found, event, "effect", "Tokens are", list(EFFECTS), lambda effect: EFFECTS[effect])
        with much:
            number(found, event, "tokens", "How many tokens")
        if len(provision.events) > 1:
            st.button(
                "Remove this day", key=f"drop-{event.uid}", type="tertiary",
                on_click=provision.events.remove, args=(event,),
            )  # fmt: skip


# ---- the rest ---------------------------------------------------------------------------------------------
def _more(draft: Draft, provision: ProvisionDraft, found: Findings) -> bool:
    """Title, source, note and end: good to have, not needed to see the answer; returns whether they are shown."""
    box = st.expander("Title, source, note and more", key=f"more-{provision.uid}", on_change="rerun")
    if not box.open:
        return False
    with box:
        text(found, provision, "title", "Title", hint="Made of the change where left empty")
        choice(
            found, provision, "source", "Source", [0, *(source.uid for source in draft.sources)],
            lambda uid: _source_words(draft, uid), hint="The first source of the list", empty=True,
        )  # fmt: skip
        text(found, provision, "note", "Note", tall=80, hint="How the number was read off the source")
        if provision.is_of_events:
            st.button(
                "Add another day", key=f"add-day-{provision.uid}",
                on_click=lambda: provision.events.append(EventDraft()),
            )  # fmt: skip
        else:
            day(found, provision, "end", "Ends on", tip="Empty: it lasts.")
            st.button(
                "Add a setting that changes with it", key=f"add-move-{provision.uid}", on_click=_together,
                args=(provision,), help="For a whole split of revenue or emission: all parts change together.",
            )  # fmt: skip
    return True


def _together(provision: ProvisionDraft) -> None:
    provision.way, provision.of = "to", ""
    provision.moves.append(MoveDraft())


def _source_words(draft: Draft, uid: int) -> str:
    return next((source.title or "A source without a title" for source in draft.sources if source.uid == uid), "None")
