"""The voting rule on the Vote page: picked from the real ones, told with its sources, changed in a copy."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

import streamlit as st

from model.errors import LinkError
from model.governance import RULES
from model.governance.outcome_words import rule_rows
from model.governance.rules import Test, VotingRule
from model.governance.votes import exact
from model.presets.network import Network
from ui.page_fields import PageField, choice, put
from ui.text import as_markdown
from ui.vote.fields import RULE

EXAMPLE = "openzeppelin"
"""Rule that stands where a network's own is not known."""

_STATES = {
    "in_force": "",
    "past": "past",
    "proposed": "proposed, not in force",
    "pattern": "a pattern that networks adapt",
}
_GRADES = {"primary": "primary source", "secondary": "secondary source", "derived": "derived", "assumed": "assumed"}

Part = Literal["quorum", "approval", "veto"]


def _read_value(key: str) -> Any:
    def read(text: str) -> Fraction:
        try:
            return exact(text)
        except ValueError:
            raise LinkError(f"{text[:30]!r} cannot be used", where=key, allowed="a number from 0 on") from None

    return read


def _value_field(part: Part) -> PageField[Fraction | None]:
    key = f"vote.changed_{part}"
    return PageField(key, None, _read_value(key))


CHANGED: dict[Part, PageField[Fraction | None]] = {part: _value_field(part) for part in ("quorum", "approval", "veto")}
"""What was changed in a copy of the rule: shares, or votes where a quorum is a number of them."""

COMPARED = choice("vote.changed_compare", ["", ">", ">="], "")
"""Whether approval needs more than its share or at least it, in a copy; "" is as published."""

ROUNDED = Fraction(1, 10**6)
"""Part of a value by which what is shown of it may differ from it."""

FIELDS: tuple[PageField[Any], ...] = (*CHANGED.values(), COMPARED)


# ---- which rule -----------------------------------------------------------------------------------------
def own_rule(network: Network) -> str:
    """Name of the network's own rule, or of the example where none is known."""
    return network.voting_rule or EXAMPLE


def picked_rule(network: Network) -> VotingRule:
    """The rule that is picked, as published."""
    return RULES[RULE.value() or own_rule(network)]


def rule_here(network: Network) -> VotingRule:
    """The rule that is picked, with what was changed in it."""
    rule = picked_rule(network)
    changes: dict[str, Any] = {}
    for part, field in CHANGED.items():
        test: Test | None = getattr(rule, part)
        value = field.value()
        if test is not None and value is not None and (test.of == "absolute" or value <= 1):
            changes[part] = test.model_copy(update={"value": value})
    approval = changes.get("approval", rule.approval)
    if approval is not None and COMPARED.value():
        changes["approval"] = approval.model_copy(update={"compare": COMPARED.value()})
    if not changes:
        return rule
    return rule.model_copy(update={**changes, "title": f"{rule.title}, changed", "verified": False})


# ---- on the page ----------------------------------------------------------------------------------------
def rule_part(network: Network) -> None:
    """The picker, the rule in words with its sources, and a copy to change."""
    names = sorted(RULES, key=lambda name: RULES[name].title.lower())
    own = own_rule(network)
    offered = [own, *(name for name in names if name != own)]
    key = "vote-rule"
    chosen = RULE.value() or own
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    st.selectbox(
        "Voting rule",
        offered,
        format_func=lambda name: _title(name, network),
        key=key,
        on_change=_pick,
        args=(own, key),
    )
    if not network.voting_rule:
        st.markdown(
            as_markdown(f"By which rule {network.title} decides is not known; {RULES[EXAMPLE].title} is an example.")
        )
    rule = rule_here(network)
    st.markdown(as_markdown(rule.summary if rule == picked_rule(network) else f"A changed copy. {rule.summary}"))
    with st.expander("The rule, its sources and a copy to change", key="vote-rule-open", on_change="rerun") as box:
        if box.open:
            _details(rule)
            _editor(network)


def _title(name: str, network: Network) -> str:
    rule = RULES[name]
    told = [_STATES[rule.state], "" if rule.verified else "not all verified"]
    if name == network.voting_rule:
        told.insert(0, f"{network.title}'s own" if network.kind == "real" else f"assumed for {network.title}")
    words = ", ".join(word for word in told if word)
    return f"{rule.title} ({words})" if words else rule.title


def _pick(own: str, key: str) -> None:
    chosen = st.session_state[key]
    # What was changed belongs to the rule in which it was changed.
    put({RULE: "" if chosen == own else chosen, **_unchanged()})


def _unchanged() -> dict[PageField[Any], Any]:
    return {field: field.default for field in FIELDS}


def _details(rule: VotingRule) -> None:
    lines = [f"- **{name}**: {as_markdown(words)}" for name, words in rule_rows(rule)]
    lines.append(f"- **Measured by**: {as_markdown(rule.body)}")
    st.markdown("\n".join(lines))
    for note in rule.notes:
        st.markdown(as_markdown(note))
    for source in rule.sources:
        told = f"{as_markdown(source.title)}, {source.date}, {_GRADES.get(source.grade, source.grade)}"
        st.markdown(f"Source: [{told}]({source.link})" if source.link else f"Source: {told}")


def _editor(network: Network) -> None:
    st.markdown("**Change a copy**: what the same votes would decide with other numbers.")
    picked, current = picked_rule(network), rule_here(network)
    for part, label in (("quorum", "Quorum"), ("approval", "Approval"), ("veto", "Veto")):
        test: Test | None = getattr(current, part)
        if test is None:
            continue
        absolute = test.of == "absolute"
        key = f"vote-changed-{part}"
        shown = float(test.value) if absolute else round(float(test.value) * 100, 6)
        if st.session_state.get(key) != shown:
            st.session_state[key] = shown
        st.number_input(
            f"{label}, {'votes' if absolute else '%'}", 0.0, 1e15 if absolute else 100.0, key=key, format="%.6g",
            step=1000.0 if absolute else 1.0, on_change=_change, args=(part, key, getattr(picked, part)),
        )  # fmt: skip
    if picked.approval is not None and current.approval is not None:
        words = {">": "more than its share: a tie fails", ">=": "at least its share: a tie passes"}
        key = "vote-changed-compare"
        if st.session_state.get(key) != current.approval.compare:
            st.session_state[key] = current.approval.compare
        st.selectbox(
            "Approval needs", list(words), format_func=words.__getitem__, key=key, on_change=_compare,
            args=(key, picked.approval.compare),
        )  # fmt: skip
    if current != picked:
        st.button("As published", key="vote-rule-back", on_click=lambda: put(_unchanged()))


def _compare(key: str, published: str) -> None:
    chosen = st.session_state[key]
    COMPARED.set("" if chosen == published else chosen)


def _change(part: Part, key: str, published: Test) -> None:
    typed = st.session_state[key]
    scale = 1 if published.of == "absolute" else 100
    value = None if typed is None else exact(typed) / scale
    # Two thirds are shown as 66.6667%; typing that again means two thirds.
    published_again = value is not None and abs(value - published.value) <= ROUNDED * published.value
    CHANGED[part].set(None if published_again else value)
