"""The Vote page from top to bottom: what is on record, how a vote might go, and votes to try out by hand."""

from __future__ import annotations

import streamlit as st

from model import BallastError
from model.governance import VotingRule
from model.governance.record import how_decided
from model.governance.usual import usual_turnout
from ui import rows, state
from ui.link import Moment
from ui.page_fields import tell_problems
from ui.scenario_bar import scenario_bar
from ui.text import as_markdown
from ui.vote import fields
from ui.vote import hand as vote_hand
from ui.vote import rule as vote_rule
from ui.vote.clock import clock_part
from ui.vote.future import future_part
from ui.vote.hand import Hand, hand_of, hand_part
from ui.vote.outcome import eight_rules, on_record, outcome_part, subject, tried_out
from ui.vote.power import power_part
from ui.vote.rule import rule_here, rule_part
from ui.vote.runs import is_moved

FIELDS = (*fields.FIELDS, *vote_rule.FIELDS, *vote_hand.FIELDS)
"""Everything that the page asks beside the scenario."""


def title() -> str:
    """What the page is headed with: the proposal that would be voted on, by its name."""
    proposals = state.scenario().stacked
    if not proposals:
        return "Vote"
    more = f" and {len(proposals) - 1} more" if len(proposals) > 1 else ""
    return as_markdown(f"Vote: {proposals[0].title}{more}")


def vote_page() -> None:
    """All parts; a vote that cannot be counted is told and the rest stands."""
    st.html(rows.STYLE)
    moment = state.now()
    network = moment.scenario.network
    tell_problems("vote", FIELDS)
    rule = rule_here(network)
    with st.container(key="sentence-headline"):
        st.markdown(as_markdown(_recorded(moment)))
    chance = st.empty()
    hand, told = _hand(moment, rule)
    scenario_bar()
    rule_part(network)
    future = st.container()
    st.header("Votes to try out by hand", anchor="by-hand")
    if hand is not None:
        outcome_part(rule, hand, network.token, fields.TURNOUT.value() or usual_turnout(rule)[0])
        hand_part(network, rule, hand, told)
        eight_rules(network, rule, hand)
        power_part(network, rule, hand)
    clock_part(rule, moment.scenario)
    with future:  # drawn last, because it takes seconds and the rest should not wait for it
        future_part(moment, rule, chance)


def _recorded(moment: Moment) -> str:
    """The first sentence: what is on record, of the case that is loaded and of what is proposed."""
    proposals = moment.scenario.stacked
    found = " ".join(filter(None, (on_record(), how_decided(proposals))))
    if found:
        return found
    if proposals:
        return f"No vote on {subject(moment)} is on record here."
    if is_moved(moment):
        return "No vote is on record for what was changed by hand."
    return "Nothing is proposed on this screen; what follows tries out the rule."


def _hand(moment: Moment, rule: VotingRule) -> tuple[Hand | None, list[str]]:
    """Stakes and votes with what they decide; None where they cannot be counted, which is told instead."""
    try:
        hand, told = hand_of(moment, rule)
        sentence = tried_out(rule, hand, subject(moment))
    except BallastError as problem:
        st.warning(as_markdown(str(problem)))
        return None, []
    st.markdown(f"**Tried out by hand:** {as_markdown(sentence)}")
    return hand, told
