"""The Vote page from top to bottom: rule, votes by hand, other rules, power, clock, and how a vote might go."""

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
from ui.vote.outcome import beside_the_chance, eight_rules, headline, on_record, outcome_part
from ui.vote.power import power_part
from ui.vote.rule import rule_here, rule_part
from ui.vote.runs import is_moved

FIELDS = (*fields.FIELDS, *vote_rule.FIELDS, *vote_hand.FIELDS)
"""Everything that the page asks beside the scenario."""


def vote_page() -> None:
    """All parts; a vote that cannot be counted is told and the rest stands."""
    st.html(rows.STYLE)
    moment = state.now()
    network = moment.scenario.network
    tell_problems("vote", FIELDS)
    rule = rule_here(network)
    hand, told = _hand(moment, rule)
    if hand is not None:
        outcome_part(rule, hand, network.token)
    scenario_bar()
    rule_part(network)
    if hand is not None:
        hand_part(network, rule, hand, told)
        eight_rules(network, rule, hand)
        power_part(network, rule, hand)
    clock_part(rule, moment.scenario)
    future_part(moment, rule)


def _hand(moment: Moment, rule: VotingRule) -> tuple[Hand | None, list[str]]:
    """Stakes and votes with the page's first sentence; None where they cannot be counted, which is told instead."""
    try:
        hand, told = hand_of(moment, rule)
        sentence = headline(rule, hand, proposed=is_moved(moment))
        expected = fields.TURNOUT.value() or usual_turnout(rule)[0]
        beside = beside_the_chance(rule, hand, expected)
    except BallastError as problem:
        st.warning(as_markdown(str(problem)))
        return None, []
    first, *others = filter(None, (on_record(), how_decided(moment.scenario.stacked), sentence, beside))
    with st.container(key="sentence-headline"):  # what is on record comes before what is only tried out
        st.markdown(as_markdown(first))
    st.markdown(as_markdown(" ".join(others)))
    return hand, told
