"""Which room this visitor is in and on which side: handles that hold no secret, kept while the page stands.

The join code travels in the link (`workshop.room`); keys and tokens never do. What a room refuses is kept as one
sentence with the place on the page that shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from threading import Lock
from typing import Any

import streamlit as st

from model import BallastError, Scenario, load_network
from model.errors import LinkError
from ui import state
from ui.page_fields import PageField
from ui.text import as_markdown
from ui.workshop.browser import Kind, forget, keep
from workshop import Facilitator, Lobby, Opened, Screen, Seat, Workshop
from workshop.database import store_url
from workshop.joining import CODE_FIELD
from workshop.secret_keys import Secret, plain_code

_KEY = "_workshop"
_FORGET = "_workshop_forget"
_one_at_a_time = Lock()


@dataclass
class Place:
    """Where one visitor stands.

    Attributes
    ----------
    code
        Room that the handles belong to.
    opened
        Key and recovery code, until the facilitator says that they are kept.
    kept
        What the browser is to keep: the token of the seat, or the facilitator's key.
    stale
        What the browser kept and is worth nothing any more, as kind and room.
    offered, back
        Rooms whose key this browser keeps from another tab, and the one to which the facilitator wants to go back.
    looked
        What each code of a link gave: the room, or why not.
    told
        Place on the page and sentence of the last refusal.
    """

    code: str = ""
    host: Facilitator | None = None
    seat: Seat | None = None
    screen: Screen | None = None
    screen_code: str = ""
    opened: Opened | None = None
    kept: Secret | None = None
    stale: set[tuple[Kind, str]] = field(default_factory=set)
    offered: set[str] = field(default_factory=set)
    back: str = ""
    looked: dict[str, Lobby | str] = field(default_factory=dict)
    told: tuple[str, str] | None = None
    said: str = ""


def _read_code(text: str) -> str:
    code = plain_code(text)
    if not code:
        raise LinkError(
            f"{text[:20]!r} is no join code", where=CODE_FIELD, allowed="six letters", todo="scan the code again"
        )
    return code


ROOM: PageField[str] = PageField(CODE_FIELD, "", _read_code)


def place() -> Place:
    """Where this visitor stands."""
    found: Place = st.session_state.setdefault(_KEY, Place())
    return found


def rooms() -> Workshop:
    """The one workshop of this process."""
    with _one_at_a_time:
        return _workshop_at(store_url())


@lru_cache(maxsize=4)
def _workshop_at(url: str) -> Workshop:
    return Workshop(url)


def address() -> str:
    """Whose tries are counted together."""
    found = st.context.ip_address
    return found if isinstance(found, str) else ""


# ---- refusals -------------------------------------------------------------------------------------------
def attempt(where: str, action: Callable[..., Any], *args: Any) -> None:
    """Do something from a widget's callback; a refusal changes nothing and is told at `where`."""
    here = place()
    here.told, here.said = None, ""
    try:
        action(*args)
    except BallastError as problem:
        here.told = (where, str(problem))


def tell(where: str) -> None:
    """The sentence of a refusal at this place of the page."""
    told = place().told
    if told and told[0] == where:
        st.error(as_markdown(told[1]), icon=":material/block:")


def value_of(key: str) -> Any:
    """What a widget holds, from a callback."""
    return st.session_state.get(key)


# ---- entering and leaving -------------------------------------------------------------------------------
def lobby(code: str) -> Lobby | str:
    """The room of a code in the link, or why there is none; asked once, so that a wrong link counts as one try."""
    looked = place().looked
    if code not in looked:
        try:
            looked[code] = rooms().lobby(code, address())
        except BallastError as problem:
            looked[code] = str(problem)
    return looked[code]


def enter(code: str, network: str, *, host: Facilitator | None = None, seat: Seat | None = None) -> None:
    """Take a side of a room: the link names the room, and the scenario on screen is one of its network."""
    here = place()
    here.code, here.host, here.seat, here.back = code, host, seat, ""
    here.kept = None
    here.looked.clear()
    for name in [name for name in st.session_state if isinstance(name, str) and name.startswith("ws-")]:
        del st.session_state[name]
    now = state.now()
    fields = {**state.page_fields(), CODE_FIELD: code}
    scenario = now.scenario
    if scenario.network.identity != network:
        scenario = Scenario(load_network(network))
    state.load(replace(now, scenario=scenario, page_fields=tuple(sorted(fields.items()))))


def leave(sentence: str = "", *, forgotten: bool = False) -> None:
    """Give the handles back; the start page says why. With `forgotten` the browser forgets what it kept."""
    here = place()
    if forgotten and here.code:
        st.session_state[_FORGET] = ("host" if here.host is not None else "seat", here.code)
    st.session_state[_KEY] = Place(told=("start", sentence) if sentence else None)
    if here.code:
        fields = {key: text for key, text in state.page_fields().items() if key != CODE_FIELD}
        state.load(replace(state.now(), page_fields=tuple(sorted(fields.items()))))


def keep_what_is_new(kind: Kind, code: str) -> None:
    """Hand what was just given out to the browser; once the browser has it, it is nowhere else."""
    here = place()

    def stored() -> None:
        here.kept = None

    # The place stays when the browser has it: nothing below moves up under somebody's finger.
    with st.container(key="seat-keep-place"):
        if here.kept is not None:
            keep(kind, code, here.kept.reveal(), stored)


def forget_if_left() -> None:
    """After leaving for good, let the browser forget its seat or key."""
    left = st.session_state.pop(_FORGET, None)
    if left:
        forget(*left)


def is_here() -> bool:
    """Whether the handles are those of the room that the link names."""
    here = place()
    return bool(here.code) and ROOM.value() in ("", here.code)
