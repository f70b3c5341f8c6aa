"""What the Vote page asks, kept in the link: rule, holders, behaviour, a vote of record, affiliates, attack."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import streamlit as st

from model.governance import RULES
from model.governance.attack_cost import MITIGATIONS
from model.governance.capture import PROCESS_FLAGS
from model.governance.cases import cases
from model.governance.holders import GROUPS
from model.governance.support import SELF_INTEREST
from model.governance.turnout import WHALE_EFFECT
from ui.page_fields import PageField, choice, choices, flag, number, put, table

T = TypeVar("T")

RULE = choice("vote.rule", ["", *RULES], "")
"""\"\" is the network's own; `ui.vote.rule.rule_here` reads it with what was changed in it."""
CASE = choice("vote.case", ["", *cases()], "")
PARTS = ("Would it pass?", "Whose interest?", "Cost of votes", "Cases")
PART = choice("vote.part", PARTS, PARTS[0])
"""Which part of how a vote might go is open."""

# ---- holders and behaviour ------------------------------------------------------------------------------
BUCKETS = table("vote.buckets")
"""Rows that replace the network's own: group, tokens, holders, largest, votes, sigma."""
TURNOUT = number("vote.turnout", 0.0, 0.0, 1.0)
"""0 is what is usual under the rule."""
WHALES = number("vote.whales", WHALE_EFFECT, 0.0, 2.0)
SELF = number("vote.self_interest", SELF_INTEREST, 0.0, 5.0)
SHOCK = number("vote.shock", 0.5, 0.0, 2.0)
ABSTAIN = number("vote.abstain_share", 0.0, 0.0, 1.0)
VETO = number("vote.veto_share", 0.0, 0.0, 1.0)
OWN = number("vote.own", 0.0, 0.0, 1e15)
LEAN = {group: number(f"vote.lean.{group}", 0.5, 0.0, 1.0) for group in GROUPS}

# ---- a vote of record and who benefits ------------------------------------------------------------------
COUNTS = {option: number(f"vote.{option}", 0.0, 0.0, 1e18) for option in ("yes", "no", "abstain", "veto", "electorate")}
AFFILIATES = number("vote.affiliates", 0.0, 0.0, 1e18)
"""Yes of the vote of record that are attributed to the beneficiaries."""
DECLARED = flag("vote.declared")
FLOWS = table("vote.flows")
PROCESS = choices("vote.process", list(PROCESS_FLAGS))

# ---- attack ---------------------------------------------------------------------------------------------
PRIZE = number("vote.prize", 0.0, 0.0, 1e15)
"""USD that one proposal could move; 0 is the network's treasury."""
EMISSION_PART = number("vote.emission_part", 0.0, 0.0, 1.0)
REVERSAL = number("vote.reversal_days", 30.0, 0.0, 3650.0)
POOL = number("vote.pool", 0.02, 0.0, 1.0)
"""Tokens in the deepest pool, as a share of the supply."""
VOLUME = number("vote.volume", 0.01, 0.0, 10.0)
"""Tokens traded a day, as a share of the supply."""
BORROW = number("vote.borrow_rate", 0.10, 0.0, 5.0)
FRIENDLY = number("vote.friendly", 0.0, 0.0, 1.0)
"""Share of yes among everybody else's votes on a proposal that serves its buyers."""
BRIBE = number("vote.bribe", 0.0, 0.0, 1e6)
AT_EXECUTION = flag("vote.at_execution")
MITIGATED = choices("vote.mitigations", list(MITIGATIONS))

FIELDS: tuple[PageField[Any], ...] = (
    RULE, CASE, PART, BUCKETS, TURNOUT, WHALES, SELF, SHOCK, ABSTAIN, VETO, OWN, *LEAN.values(), *COUNTS.values(),
    AFFILIATES, DECLARED, FLOWS, PROCESS, PRIZE, EMISSION_PART, REVERSAL, POOL, VOLUME, BORROW, FRIENDLY, BRIBE,
    AT_EXECUTION, MITIGATED,
)  # fmt: skip
"""All of them; the page tells what the link says wrong about any."""


# ---- widgets --------------------------------------------------------------------------------------------
def _held(field: PageField[Any], shown: Any) -> str:
    """Key of a widget that stands where the field stands, whatever moved it."""
    key = field.key.replace(".", "-")
    if key not in st.session_state or st.session_state[key] != shown:
        st.session_state[key] = shown
    return key


def _take(field: PageField[Any], key: str, read: Callable[[Any], Any]) -> None:
    value = st.session_state[key]
    field.set(field.default if value is None else read(value))


def percent_slider(
    field: PageField[float],
    label: str,
    *,
    high: float = 100.0,
    step: float | None = None,
    shown: float | None = None,
    help: str | None = None,
) -> float:
    """A share, shown in percent; `shown` stands where the field is at its default. What stands, as a share."""
    value = field.value() if shown is None or field.value() != field.default else shown
    key = _held(field, round(min(value * 100, high), 2))
    st.slider(
        label, 0.0, high, step=step or high / 200, format="%.3g%%", key=key, help=help, on_change=_take,
        args=(field, key, lambda percent: round(percent / 100, 6)),
    )  # fmt: skip
    return value


def number_box(
    field: PageField[float], label: str, *, step: float, high: float, text: str = "%.6g", help: str | None = None
) -> float:
    """A number, typed; what stands."""
    key = _held(field, float(field.value()))
    st.number_input(
        label, 0.0, high, step=step, format=text, key=key, help=help, on_change=_take, args=(field, key, float)
    )
    return field.value()


def select(field: PageField[str], label: str, titles: Mapping[str, str], *, help: str | None = None) -> str:
    """One of several, by title; what stands."""
    key = _held(field, field.value())
    st.selectbox(
        label, list(titles), format_func=titles.__getitem__, key=key, help=help, on_change=_take, args=(field, key, str)
    )
    return field.value()


def toggle(field: PageField[bool], label: str, *, help: str | None = None) -> bool:
    """On or off; what stands."""
    key = _held(field, field.value())
    st.toggle(label, key=key, help=help, on_change=_take, args=(field, key, bool))
    return field.value()


def checks(field: PageField[tuple[str, ...]], titles: Mapping[str, str]) -> tuple[str, ...]:
    """A box for each; what stands."""
    chosen = field.value()
    for name, title in titles.items():
        key = f"{field.key.replace('.', '-')}-{name}"
        if st.session_state.get(key) != (name in chosen):
            st.session_state[key] = name in chosen
        st.checkbox(title, key=key, on_change=_tick, args=(field, key, name))
    return chosen


def _tick(field: PageField[tuple[str, ...]], key: str, name: str) -> None:
    others = [one for one in field.value() if one != name]
    field.set(tuple([*others, name] if st.session_state[key] else others))


def edited_rows(
    field: PageField[Any],
    start: Sequence[Mapping[str, Any]],
    columns: Mapping[str, Any],
    *,
    label: str,
    order: Sequence[str] | None = None,
) -> list[dict[str, Any]]:
    """A small table that travels in the link where it differs from `start`; its rows as they stand.

    `order` puts first what a narrow screen should not cut off.
    """
    rows = [dict(row) for row in (field.value() or start)]
    key = f"{field.key.replace('.', '-')}-{hash(str(rows))}"
    st.data_editor(
        rows, num_rows="dynamic", hide_index=True, width="stretch", key=key, alt=label, column_config=dict(columns),
        column_order=order, on_change=_typed, args=(field, rows, key),
    )  # fmt: skip
    return rows


def _typed(field: PageField[Any], rows: list[dict[str, Any]], key: str) -> None:
    edits = st.session_state[key]
    changed = [{**row, **edits["edited_rows"].get(place, {})} for place, row in enumerate(rows)]
    kept = [row for place, row in enumerate(changed) if place not in set(edits["deleted_rows"])]
    whole = {name for row in rows for name in row}
    added = [row for row in edits["added_rows"] if whole <= set(row)]
    field.set((*kept, *added))


def load_case(name: str) -> None:
    """Take a case over: its rule, its vote of record, what is attributed; one step of the history."""
    values: dict[PageField[Any], Any] = {CASE: name}
    if name:
        case = cases()[name]
        counts = {**case.counts, "electorate": case.votes.electorate if case.votes else 0.0}
        values |= {COUNTS[option]: float(counts.get(option, 0.0)) for option in COUNTS}
        values |= {
            RULE: case.rule,
            AFFILIATES: float(case.affiliates),
            DECLARED: bool(case.affiliates or case.flows),
            FLOWS: tuple(flow.model_dump() for flow in case.flows),
            PROCESS: case.process,
            PRIZE: float(case.prize),
            AT_EXECUTION: case.read_at_execution,
        }
    put(values)
