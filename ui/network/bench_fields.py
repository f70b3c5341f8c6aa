"""What a bench asks, kept in the link: boxes for numbers, words, choices, switches and days, and the open tab.

Each is declared once under its name ("yuma.kappa"), is a field of its page in the link ("network.yuma.kappa"), and a
widget whose key is the name with dashes. The page is the Network page unless a box names another. `show()` draws it,
`value()` reads it where its tab is not open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Any, Literal, TypeAlias, TypeVar

import streamlit as st

from model.errors import LinkError
from ui import page_fields, state
from ui.page_fields import PageField
from ui.text import as_markdown

PAGE = "network"
"""The page of a box or table that names no other."""
GROUPS = frozenset({"bittensor", "shares", "yuma", "pool", "gap", "vote", "merit", "render", "icp", "fetch"})
"""Words that follow the page's name in a link; one of a part that is not open is read when it is opened."""

_ASKED = "_bench-asked"
_TAB = "_bench-tab"
T = TypeVar("T")
Width: TypeAlias = int | Literal["stretch"]


def begin() -> None:
    """Forget what the run before asked; at the start of the page."""
    st.session_state[_ASKED] = {}
    st.session_state.pop(_TAB, None)


def register(field: PageField[Any], *, shown: bool) -> None:
    """Say that this run reads a field, so that its problem is told; where it is shown, its neighbours are known too."""
    asked = st.session_state.setdefault(_ASKED, {})
    _, before = asked.get(field.key, (field, False))
    asked[field.key] = (field, shown or before)


def widget_key(page: str, name: str) -> str:
    """Key of a widget: its name with dashes, behind the page where that is not the Network page."""
    return (name if page == PAGE else f"{page}.{name}").replace(".", "-")


def tell(page: str = PAGE) -> None:
    """One sentence for each field of the link that does not stand or is not known; at the end of the page."""
    asked: dict[str, tuple[PageField[Any], bool]] = st.session_state.get(_ASKED, {})
    told = [problem for field, _ in asked.values() if (problem := field.problem())]
    open_groups = {key.split(".")[1] for key, (_, shown) in asked.items() if shown}
    for key in state.page_fields():
        own, group, *names = key.split(".")
        of_one = len(names) > 1  # of one example, subnet or rule: read when that one is picked
        if own == page and key not in asked and (group in open_groups or group not in GROUPS) and not of_one:
            told.append(f"The link has a field {key[:60]!r} that this page does not know; it is left out.")
    for sentence in told:
        st.warning(as_markdown(sentence))


def put(values: Mapping[PageField[Any], Any]) -> None:
    """Write fields as one step of the history, with the tab on which they stand; from widget callbacks."""
    tab = st.session_state.get(_TAB)
    page_fields.put({**values, tab[0]: st.session_state.get(tab[1], tab[0].default)} if tab else values)


def _held(field: PageField[Any], key: str, factor: float = 1.0) -> str:
    """The key of a widget that shows what the field says, times `factor`."""
    register(field, shown=True)
    value = field.value()
    if factor != 1.0:
        value = float(f"{value * factor:.10g}")
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def _read(field: PageField[T]) -> T:
    register(field, shown=False)
    return field.value()


def _take(field: PageField[Any], key: str, clears: str | None = None, factor: float = 1.0) -> None:
    value = st.session_state[key]
    if factor != 1.0 and value is not None:
        value = float(f"{value / factor:.12g}")
    others = {page_fields.words(clears): ""} if clears else {}
    put({field: field.default if value is None else value, **others})


# ---- boxes ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Box:
    name: str
    label: str
    _: KW_ONLY
    page: str = PAGE

    @property
    def key(self) -> str:
        """Key of the widget."""
        return widget_key(self.page, self.name)

    @property
    def address(self) -> str:
        """Key of the field of the link."""
        return f"{self.page}.{self.name}"


@dataclass(frozen=True)
class NumberBox(_Box):
    """A number from `low` to `high`, shown as `text` has it; a share may be typed as `percent`, not so in the link."""

    default: float
    low: float = 0.0
    high: float = 1e15
    step: float = 1.0
    text: str = "%.6g"
    width: Width = "stretch"
    help: str | None = None
    percent: bool = False

    @property
    def field(self) -> PageField[float]:
        """What it is in the link."""
        return page_fields.number(self.address, float(self.default), self.low, self.high)

    def value(self) -> float:
        """What stands."""
        return _read(self.field)

    def show(self) -> float:
        """Draw the box; what stands."""
        field = self.field
        factor = 100.0 if self.percent else 1.0
        st.number_input(
            f"{self.label}, %" if self.percent else self.label, float(self.low * factor), float(self.high * factor),
            step=float(self.step * factor), format=self.text, key=_held(field, self.key, factor), help=self.help,
            width=self.width, on_change=_take, args=(field, self.key, None, factor),
        )  # fmt: skip
        return field.value()


@dataclass(frozen=True)
class CountBox(_Box):
    """A whole number from `low` to `high`."""

    default: int
    low: int
    high: int
    width: Width = "stretch"
    help: str | None = None

    @property
    def field(self) -> PageField[int]:
        """What it is in the link."""
        return PageField(self.address, self.default, self._read)

    def _read(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 10 and self.low <= int(text) <= self.high):
            raise LinkError(
                f"{text[:30]!r} cannot be used",
                where=self.address,
                allowed=f"a whole number from {self.low} to {self.high}",
                todo=f"{self.default} is used",
            )
        return int(text)

    def value(self) -> int:
        """What stands."""
        return _read(self.field)

    def show(self) -> int:
        """Draw the box; what stands."""
        field = self.field
        st.number_input(
            self.label, self.low, self.high, step=1, key=_held(field, self.key), help=self.help, width=self.width,
            on_change=_take, args=(field, self.key),
        )  # fmt: skip
        return field.value()


@dataclass(frozen=True)
class WordsBox(_Box):
    """Words of at most `longest` characters."""

    default: str
    longest: int = 60
    help: str | None = None

    @property
    def field(self) -> PageField[str]:
        """What it is in the link."""
        return page_fields.words(self.address, self.default, self.longest)

    def show(self) -> str:
        """Draw the box; what stands."""
        field = self.field
        st.text_input(
            self.label, max_chars=self.longest, key=_held(field, self.key), help=self.help, on_change=_take,
            args=(field, self.key),
        )  # fmt: skip
        return field.value()


@dataclass(frozen=True)
class ChoiceBox(_Box):
    """One of `titles`, by key."""

    titles: Mapping[str, str]
    default: str
    width: Width = "stretch"
    help: str | None = None

    @property
    def field(self) -> PageField[str]:
        """What it is in the link."""
        return page_fields.choice(self.address, list(self.titles), self.default)

    def value(self) -> str:
        """What stands."""
        return _read(self.field)

    def show(self, *, beside: bool = False, clears: str | None = None) -> str:
        """Draw it as a list, or as words beside each other; what stands. Another choice clears the field `clears`."""
        field = self.field
        given: dict[str, Any] = {
            "format_func": self.titles.__getitem__,
            "key": _held(field, self.key),
            "help": self.help,
            "width": self.width,
            "on_change": _take,
            "args": (field, self.key, clears),
        }
        if beside:
            st.segmented_control(self.label, list(self.titles), required=True, **given)
        else:
            st.selectbox(self.label, list(self.titles), **given)
        return field.value()


@dataclass(frozen=True)
class Switch(_Box):
    """On or off; off unless said."""

    help: str | None = None

    @property
    def field(self) -> PageField[bool]:
        """What it is in the link."""
        return page_fields.flag(self.address)

    def value(self) -> bool:
        """What stands."""
        return _read(self.field)

    def show(self) -> bool:
        """Draw it; what stands."""
        field = self.field
        st.toggle(self.label, key=_held(field, self.key), help=self.help, on_change=_take, args=(field, self.key))
        return field.value()


@dataclass(frozen=True)
class DayBox(_Box):
    """A day from `low` to `high`."""

    default: date
    low: date
    high: date

    @property
    def field(self) -> PageField[date]:
        """What it is in the link."""
        return PageField(self.address, self.default, self._read, date.isoformat)

    def _read(self, text: str) -> date:
        try:
            found = date.fromisoformat(text)
        except ValueError:
            found = date.min
        if not self.low <= found <= self.high:
            raise LinkError(
                f"{text[:30]!r} cannot be used",
                where=self.address,
                allowed=f"a day from {self.low} to {self.high}",
                todo=f"{self.default} is used",
            )
        return found

    def show(self) -> date:
        """Draw it; what stands."""
        field = self.field
        st.date_input(
            self.label, min_value=self.low, max_value=self.high, key=_held(field, self.key), on_change=_take,
            args=(field, self.key),
        )  # fmt: skip
        return field.value()


# ---- tabs and rules -------------------------------------------------------------------------------------------------
def bench_tabs(name: str, titles: Sequence[str]) -> list[Any]:
    """The tabs of a bench; the one on which something was last changed opens with the link."""
    field = page_fields.choice(f"{PAGE}.{name}.tab", list(titles), titles[0])
    register(field, shown=False)
    key = f"{name}-parts"
    if key not in st.session_state:
        st.session_state[key] = field.value()
    tabs = st.tabs(list(titles), key=key, on_change="rerun")
    st.session_state[_TAB] = (field, key)
    return list(tabs)


def two_rules(rules: Mapping[str, str], *, name: str, first: str, second: str) -> dict[str, ChoiceBox]:
    """Boxes "from" and "to" of two rules to hold against each other: the one in force, and what it would become."""
    return {
        "from": ChoiceBox(f"{name}.from", "From", rules, first),
        "to": ChoiceBox(f"{name}.to", "To", rules, second),
    }


def show_two(boxes: Mapping[str, ChoiceBox]) -> tuple[str, str]:
    """Draw both beside each other; the two rules that stand."""
    left, right = st.columns(2)
    with left:
        one = boxes["from"].show()
    with right:
        other = boxes["to"].show()
    return one, other
