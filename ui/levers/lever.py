"""The lever row: slider, exact value, the word for where it stands, today's value, reset and the reasons."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from model import Scenario
from model.parameters import ParameterKey
from model.presets.usual_range import UsualRange, usual_range
from model.scenario.changes import Change
from model.scenario.shares import most_payable
from model.system import System
from model.words.by_hand import by_hand, payer_words
from model.words.text import month, sentence_case
from model.words.value_words import value_words
from ui import state
from ui.levers.held import hold, is_late
from ui.text import as_markdown

_DIGITS = 12
_CLOSE = 1e-9


@dataclass(frozen=True)
class Scale:
    """How a parameter's values are shown on its slider: shown = value * factor."""

    factor: float
    format: str
    unit: str

    def show(self, value: float) -> float:
        """A value as the slider shows it."""
        return float(f"{value * self.factor:.{_DIGITS}g}")

    def read(self, shown: float) -> float:
        """A shown number as the parameter's value."""
        return float(f"{shown / self.factor:.{_DIGITS}g}")


def scale_of(concrete: ParameterKey, usual: UsualRange) -> Scale:
    """Percent for shares and rates, multiples for what is measured by the network's size, else the unit itself."""
    declared = concrete.declared
    if usual.per:
        return Scale(1 / usual.base, "%.3g×", f"times {usual.per}")
    if declared.format == "percent":
        return Scale(100.0, "%.3g%%", "percent")
    if declared.format == "usd":
        return Scale(1.0, "$%.3g", declared.unit)
    if declared.format == "years":
        return Scale(1.0, "%.3g years", "years")
    return Scale(1.0, "%.3g", declared.unit)


def zone_word(concrete: ParameterKey, value: float) -> str:
    """The word under the slider; empty where none is declared."""
    words = [zone.word for zone in concrete.declared.zones if value >= zone.start - 1e-12]
    return words[-1] if words else ""


@lru_cache(maxsize=2048)
def equations_reading(system: System, key: str) -> tuple[str, ...]:
    """Numbers of the equations that a parameter stands in."""
    symbols = {symbol for symbol, name in system.vocabulary.parameters.items() if name == key}
    numbers = [equation.number for equation in system.documented if equation.expression.free_symbols & symbols]
    return tuple(dict.fromkeys(numbers))


def lever_row(shown: Scenario, concrete: ParameterKey, proposed: Sequence[Change] = ()) -> None:
    """One parameter of the scenario on screen, with everything that can be done to it.

    `proposed` is what proposals say about it, from `model.scenario.changes.proposed_for`.
    """
    key = concrete.key
    value, today = shown.values[key], _today(shown, key)
    usual = usual_range(shown.network, concrete)
    scale = scale_of(concrete, usual)
    most = _most(shown, key)
    with st.container(key=f"lever-{key.replace('.', '-')}", gap=None):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _slider(concrete, scale, usual, value, most)
            _details(shown, concrete, scale, value, today)
        _under(concrete, shown, value, today, usual, proposed)
        if value >= most - _CLOSE:
            payer = payer_words(shown.funded_by or shown.network.fee_balance)
            verb = "has" if payer == "the treasury" else "have"
            with st.container(key=f"unusual-most-{key.replace('.', '-')}"):
                st.markdown(f"{sentence_case(payer)} {verb} nothing left to give: name another payer to go further.")
        refused = state.refusal()
        if refused and refused[0] == key:
            st.error(as_markdown(refused[1]), icon=":material/block:")


def _today(shown: Scenario, key: str) -> float:
    """What the network itself has: for an assumption the preset's value, for a lever the baseline's."""
    if key in shown.assumptions:
        return shown.network.values_for(shown.structure)[key]
    return shown.baseline_values[key]


def _most(shown: Scenario, key: str) -> float:
    """Where a slider ends because nobody is left to pay; infinite where nothing of the kind bounds it."""
    payer = shown.funded_by or shown.network.fee_balance
    most = most_payable(shown.structure, shown.values, key, set(by_hand(shown)), payer)
    return most if most < 1 - _CLOSE else math.inf


def _slider(concrete: ParameterKey, scale: Scale, usual: UsualRange, value: float, most: float) -> None:
    """The slider over the usual range, stretched where the value lies beyond it, and no further than can be paid."""
    widget = f"slide:{concrete.key}"
    end = min(usual.high, most) if most > usual.low else usual.high  # a slider without length is none
    low, high = scale.show(min(usual.low, value)), scale.show(max(end, value))
    hold(widget, scale.show(value), (low, high))
    st.slider(
        as_markdown(concrete.label),
        low,
        high,
        step=scale.show(usual.step),
        format=scale.format,
        key=widget,
        help=as_markdown(concrete.declared.what),
        on_change=_moved,
        args=(concrete.key, widget, scale),
    )


def _details(shown: Scenario, concrete: ParameterKey, scale: Scale, value: float, today: float) -> None:
    """Popover beside the slider: type a value exactly, and read what it is; filled only when open."""
    # The label stays the same while the value moves: another label would be another popover, and closed.
    box = st.popover("Exact", key=f"exact:{concrete.key}", on_change="rerun", help="Type a value, read what it is")
    if not box.open:
        return
    with box:
        widget = f"type:{concrete.key}"
        hold(widget, scale.show(value))
        st.number_input(
            as_markdown(f"{concrete.label}, {scale.unit}"),
            key=widget,
            format="%.6g",
            step=None,
            on_change=_moved,
            args=(concrete.key, widget, scale),
        )
        st.markdown(details_text(concrete, value, today, equations_reading(shown.system, concrete.key)))


def details_text(concrete: ParameterKey, value: float, today: float, equations: tuple[str, ...]) -> str:
    """What it is, how it enters, why this range and where from, as Markdown."""
    declared = concrete.declared
    source = declared.source
    title = as_markdown(source.title + (f" ({source.date})" if source.date else ""))
    entering = f" Read by {', '.join(equations)}." if equations else ""
    lines = [
        f"Now **{as_markdown(value_words(concrete, value))}**, today {as_markdown(value_words(concrete, today))}.",
        f"**What it is.** {as_markdown(declared.what)}",
        f"**How it enters.** {as_markdown(declared.enters)}{entering}",
        f"**Why this range.** {as_markdown(declared.why_range)}",
        f"Source: [{title}]({source.link})." if source.link else f"Source: {title}.",
        f"Key in links: `{concrete.key}`",
    ]
    return "\n\n".join(lines)


def _under(
    concrete: ParameterKey, shown: Scenario, value: float, today: float, usual: UsualRange, proposed: Sequence[Change]
) -> None:
    """Zone word, today's value, what proposals make of it and, where it was moved, the ways back."""
    key = concrete.key
    moved = key in shown.changes or key in shown.assumptions
    parts = [zone_word(concrete, value), f"today {value_words(concrete, today)}"]
    parts += [proposal_words(change) for change in proposed]
    if not moved and not proposed and value != today:
        parts.append("follows, because it pays")
    name = key.replace(".", "-")
    with st.container(key=f"zone-{name}", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(as_markdown(" · ".join(part for part in parts if part)))
        _ways_back(shown, key, moved=moved, proposed=bool(proposed))
    if not usual.contains(value):
        with st.container(key=f"unusual-{name}"):
            bounds = f"{value_words(concrete, usual.low)} to {value_words(concrete, usual.high)}"
            st.markdown(f":material/warning: {as_markdown(f'Outside the usual range, {bounds}.')}")


def proposal_words(change: Change) -> str:
    """What a proposal makes of a lever: "proposal 40% from Mar 2026"."""
    words = f"proposal {value_words(change.concrete, change.after)}"
    if change.begins:
        words += f" from {month(change.begins)}"
    return words + (f" until {month(change.ends)}" if change.ends else "")


def _ways_back(shown: Scenario, key: str, *, moved: bool, proposed: bool) -> None:
    """To the loaded proposal's value and to today's; one of them where both are the same."""
    label = "Reset to proposal" if proposed else "Reset to today"
    if moved:
        st.button(label, key=f"back:{key}", type="tertiary", on_click=state.restore, args=(key,))
    if proposed and shown.values[key] != shown.baseline_values[key]:
        today = shown.baseline_values[key]
        st.button("Reset to today", key=f"today:{key}", type="tertiary", on_click=state.move, args=(key, today))


def _moved(key: str, widget: str, scale: Scale) -> None:
    if is_late(widget):
        return
    shown = st.session_state.get(widget)
    if shown is None:
        state.restore(key)
    else:
        state.move(key, scale.read(float(shown)))
