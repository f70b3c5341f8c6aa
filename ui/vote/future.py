"""The second half of the Vote page: would it pass, whose interest, what votes would cost, and cases."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from model import BallastError
from model.governance.rules import VotingRule
from ui.link import Moment
from ui.text import as_markdown
from ui.vote.attack import attack_panel, attack_pays
from ui.vote.capture import capture_panel
from ui.vote.cases import cases_panel
from ui.vote.chance import chance_panel
from ui.vote.fields import PART, PARTS
from ui.vote.hand import typed_holders
from ui.vote.holders import holders_panel, plan_here
from ui.vote.runs import Asked, asked, with_named

_TABS = "vote-parts"


def future_part(moment: Moment, rule: VotingRule, place: DeltaGenerator) -> None:
    """How a vote might go, in four parts of which the open one is computed; `place` takes the chance in a sentence."""
    st.header("How a vote might go", anchor="future")
    question = _question(moment, rule)
    if st.session_state.get(_TABS) != PART.value():
        st.session_state[_TABS] = PART.value()
    passing, interest, cost, library = st.tabs(list(PARTS), key=_TABS, on_change=_opened)
    if passing.open:
        with passing:
            chance_panel(moment, rule, question, place)
            holders_panel(moment, rule)
    else:
        place.markdown(f"**Modelled chance:** open “{PARTS[0]}” below to count it.")
    if interest.open:
        with interest:
            capture_panel(moment, rule, question, attack_pays(moment, rule, question))
    if cost.open:
        with cost:
            attack_panel(moment, rule, question)
    if library.open:
        with library:
            cases_panel()


def _opened() -> None:
    """The open part travels in the link."""
    PART.set(st.session_state[_TABS])


def _question(moment: Moment, rule: VotingRule) -> Asked | None:
    """What is asked as the page stands; None after saying why it cannot be."""
    try:
        plan = plan_here(moment, rule)
        if rule.members is None and plan.buckets:
            plan = with_named(plan, typed_holders())
        return asked(moment, rule, plan)
    except (BallastError, KeyError, TypeError, ValueError) as problem:
        st.warning(as_markdown(str(problem)))
        return None
