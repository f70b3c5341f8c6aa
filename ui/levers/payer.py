"""Who pays when a share of revenue moves, and what that makes of the payer's share."""

from __future__ import annotations

import streamlit as st

from model import Scenario
from model.scenario.shares import PAYERS
from model.words.by_hand import payer_sentence
from ui import state
from ui.text import as_markdown


def choose_payer(shown: Scenario, *, key: str, label: str, narrow: bool = False) -> None:
    """Draw the choice, the sentence on what it makes of the payer's share, and a refusal if there is one.

    `narrow` folds the four payers into a list, for places that have one line for them.
    """
    st.session_state[key] = shown.funded_by or shown.network.fee_balance

    def name() -> None:
        state.name_payer(st.session_state[key])

    if narrow:
        st.selectbox(label, list(PAYERS), key=key, format_func=str.capitalize, on_change=name)
    else:
        st.radio(label, list(PAYERS), key=key, horizontal=True, format_func=str.capitalize, on_change=name)
    with st.container(key="payer-line"):
        st.markdown(as_markdown(payer_sentence(shown)))
    refused = state.refusal()
    if refused and refused[0] == "funded_by":
        st.error(as_markdown(refused[1]), icon=":material/block:")
