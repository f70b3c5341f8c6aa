"""The second half of the Vote page: would it pass, whose interest, what votes would cost, and cases."""

from __future__ import annotations

import streamlit as st

from model.governance.rules import VotingRule
from ui.link import Moment
from ui.vote_attack import attack_panel
from ui.vote_capture import capture_panel
from ui.vote_cases import cases_panel
from ui.vote_chance import chance_panel
from ui.vote_holders import holders_panel


def future_part(moment: Moment, rule: VotingRule) -> None:
    """All sections; one that has no answer says why and the rest stands."""
    chance, holders = st.container(), st.container()
    with holders:
        plan = holders_panel(moment, rule)
    question = None
    if plan is not None:
        with chance:
            question = chance_panel(moment, rule, plan)
    interest, cost = st.container(), st.container()
    with cost:
        pays = attack_panel(moment, rule, question)
    with interest:
        capture_panel(moment, rule, question, pays)
    cases_panel()
