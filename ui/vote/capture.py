"""Whose interest: the vote counted without those who benefit, what they take, what is reported of the process."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from model import BallastError
from model.governance.capture import (
    PROCESS_FLAGS,
    Disinterested,
    Flow,
    Severity,
    Taking,
    Verdict,
    disinterested_majority,
    taking,
    verdict,
)
from model.governance.chance import cases as chances_of
from model.governance.interest import affiliates_of, taking_of
from model.governance.rules import VotingRule
from model.governance.votes import Votes
from model.words.text import number, percent
from ui.link import Moment
from ui.proposal.runs import gains_of
from ui.text import as_markdown
from ui.vote import fields
from ui.vote.runs import Asked, is_moved

SIGNS = {
    Severity.FLAG: ("■", "Flag"),
    Severity.NOTE: ("▲", "To note"),
    Severity.CLEAR: ("○", "No flag"),
    Severity.UNKNOWN: ("?", "Unknown"),
}
"""Shape and word of each severity: colour is never the only sign."""

_COLUMNS = {
    "name": st.column_config.TextColumn("Recipient", required=True),
    "before": st.column_config.NumberColumn("Receives today", min_value=0, required=True),
    "after": st.column_config.NumberColumn("Would receive", min_value=0, required=True),
    "affiliated": st.column_config.CheckboxColumn("Belongs to the proposers", required=True),
}
_START = (
    {"name": "Recipient A", "before": 0.0, "after": 0.0, "affiliated": True},
    {"name": "All others", "before": 0.0, "after": 0.0, "affiliated": False},
)


def capture_panel(moment: Moment, rule: VotingRule, question: Asked | None, attack_pays: bool | None = None) -> Verdict:
    """The whole section; the verdict that it shows."""
    answer = st.container()
    test = _disinterested(rule)
    taken, declared = _taken(moment)
    with st.expander("What is reported about the process", key="vote-process", on_change="rerun") as box:
        process = fields.checks(fields.PROCESS, PROCESS_FLAGS) if box.open else fields.PROCESS.value()
    declared = declared or test is not None
    found = verdict(declared=declared, taken=taken, test=test, attack_pays=attack_pays, process=process)
    with answer:
        _show(found)
    # A case counts the tokens of its own network.
    if question is not None and fields.AFFILIATES.value() and not fields.CASE.value():
        _bloc(question)
    return found


def _show(found: Verdict) -> None:
    sign, word = SIGNS[found.severity]
    with st.container(key=f"vote-severity-{found.severity.value}"):
        st.html(f'<p style="font-size: 1.6rem; margin: 0">{sign} {word}</p>')
        for finding in found.findings:
            st.markdown(f"{SIGNS[finding.severity][0]} {as_markdown(finding.text)}")
        if found.severity is Severity.CLEAR:
            st.markdown("Of what was declared, nothing stands out.")
    st.caption(
        "The worst finding counts, nothing averages out. No model can discover an affiliation that nobody declares."
    )


# ---- without their votes --------------------------------------------------------------------------------
def _disinterested(rule: VotingRule) -> Disinterested | None:
    """The test on the vote of record that is typed in or came with a case."""
    with st.expander(
        "A vote without those who benefit", expanded=bool(fields.COUNTS["yes"].value()), key="vote-record"
    ):
        st.markdown("Type a vote of record, and how many of its yes are attributed to those who benefit.")
        with st.container(horizontal=True):
            for option in (*rule.options, "electorate"):
                with st.container(width=190):
                    fields.number_box(
                        fields.COUNTS[option],
                        option.capitalize() if option != "electorate" else "Electorate",
                        step=1000.0,
                        high=1e18,
                    )
            with st.container(width=190):
                theirs = fields.number_box(fields.AFFILIATES, "Yes of beneficiaries", step=1000.0, high=1e18)
        counts: dict[str, Any] = {option: fields.COUNTS[option].value() for option in rule.options}
        if not counts["yes"]:
            st.markdown("Nothing was typed.")
            return None
        try:
            votes = Votes(**counts, electorate=fields.COUNTS["electorate"].value() or sum(counts.values()))
            test = disinterested_majority(rule, votes, affiliates=theirs)
        except BallastError as problem:
            st.warning(as_markdown(str(problem)))
            return None
        st.markdown(as_markdown(_test_words(test, rule, theirs)))
        return test if theirs else None


def _test_words(test: Disinterested, rule: VotingRule, theirs: float) -> str:
    """The vote as cast and without them, with what is left."""
    cast = "passes" if test.with_them.passed else "fails"
    if not theirs:
        return f"As cast it {cast} under {rule.title}."
    left = "passes" if test.passes else "fails"
    yes, no = float(test.votes.yes), float(test.votes.no)
    reasons = {
        "FAIL_QUORUM": "the quorum is missed",
        "FAIL_THRESHOLD": "too few are in favour",
        "FAIL_VETO": "it is vetoed",
    }
    why = " and ".join(reasons.get(str(reason), str(reason)) for reason in test.without_them.reasons)
    return (
        f"As cast it {cast} under {rule.title}; without those votes it {left}: {number(yes)} yes against {number(no)} "
        f"no{f', {why}' if why else ''}."
    )


# ---- what they take -------------------------------------------------------------------------------------
def _taken(moment: Moment) -> tuple[Taking | None, bool]:
    """Part of the gains that goes to declared affiliates, and whether anybody declared them."""
    declared = affiliates_of(moment.scenario.stacked)
    if declared is not None:
        return _from_proposal(moment, declared), True
    with st.expander(
        "Who receives what, and who of them belongs to the proposers", key="vote-flows", on_change="rerun"
    ) as box:
        if not box.open and not fields.DECLARED.value():
            return None, False
        on = fields.toggle(fields.DECLARED, "Somebody declared who benefits")
        rows = fields.edited_rows(fields.FLOWS, _START, _COLUMNS, label="Recipients")
        if not on:
            st.markdown("The proposal declares no affiliates, so the answer stays unknown.")
            return None, False
        return _typed(rows), True


def _from_proposal(moment: Moment, declared: Any) -> Taking | None:
    if not declared:
        st.markdown("The proposers declared that they have no part in any group that gains.")
        return None
    told = ", ".join(f"{one.who}: {percent(one.share)} of {one.of}" for one in declared)
    st.markdown(as_markdown(f"Declared: {told}."))
    found = taking_of(gains_of(moment).summary, declared) if is_moved(moment) else None
    if found:
        _say(found)
    return found


def _typed(rows: list[dict[str, Any]]) -> Taking | None:
    if not any(row["after"] for row in rows):
        st.markdown("Type what each recipient receives today and would receive.")
        return None
    try:
        flows = [
            Flow(str(row["name"]), float(row["before"]), float(row["after"]), bool(row["affiliated"])) for row in rows
        ]
        found = taking(flows)
    except (BallastError, KeyError, TypeError, ValueError) as problem:
        st.warning(as_markdown(str(problem)))
        return None
    _say(found)
    return found


def _say(found: Taking) -> None:
    lift = (
        f", {number(found.lift)} times their share today"
        if found.lift is not None
        else ", of which they have nothing today"
    )
    st.markdown(
        as_markdown(
            f"{percent(found.capture)} of all gains would go to them{lift} ({percent(found.share_before)}). At one "
            "time their share they only get what everybody gets."
        )
    )


def _bloc(question: Asked) -> None:
    """What their votes do to the chance: all for, against none at all."""
    try:
        vote = question.vote()
        share = min(1.0, fields.AFFILIATES.value() / vote.holders.total)
        units = int(share * vote.linear.electorate)
        with_them, without = chances_of(vote, _two(units), times=2000)
    except BallastError as problem:
        st.warning(as_markdown(str(problem)))
        return
    st.markdown(
        as_markdown(
            f"In the modelled vote a bloc of {number(fields.AFFILIATES.value())} tokens moves the chance of passing "
            f"from {percent(without.passing)} where it stays away to {percent(with_them.passing)} where it votes yes."
        )
    )


def _two(units: int) -> Any:
    return np.array([[units, 0, 0, 0], [0, 0, 0, 0]], dtype=np.int64)
