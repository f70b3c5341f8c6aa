"""The few controls beside a rest point: burn share and who pays for it, emission, demand."""

from __future__ import annotations

import streamlit as st

from model import Scenario
from model.parameters import parameter_keys
from model.sentences import payer_sentence
from model.shares import PAYERS
from ui import state
from ui.lever import lever_row
from ui.text import as_markdown

LEVERS = ("burn_share", "emission_scale")
ASSUMPTIONS = ("demand_scale",)


def rest_levers(shown: Scenario) -> None:
    """Draw the controls for the scenario on screen; with several streams each has its own."""
    keys = parameter_keys(shown.structure).values()
    st.header("What to change", anchor="levers")
    st.subheader("Levers", anchor=False)
    _payer(shown)
    for word in LEVERS:
        for concrete in keys:
            if concrete.declared.word == word:
                lever_row(shown, concrete)
    st.subheader("Assumption", anchor=False)
    st.markdown("Demand is no lever: the baseline moves with it.")
    for word in ASSUMPTIONS:
        for concrete in keys:
            if concrete.declared.word == word:
                lever_row(shown, concrete)
    st.page_link("pages/sandbox.py", label="All levers in the Sandbox", query_params=state.query())


def _payer(shown: Scenario) -> None:
    """Who pays when the burn share moves."""
    st.session_state["rest-payer"] = shown.funded_by or shown.network.fee_balance
    st.selectbox(
        "Who pays when the burn share moves",
        list(PAYERS),
        key="rest-payer",
        format_func=lambda payer: payer.capitalize(),
        on_change=lambda: state.name_payer(st.session_state["rest-payer"]),
    )
    with st.container(key="payer-line"):
        st.markdown(as_markdown(payer_sentence(shown)))
    refused = state.refusal()
    if refused and refused[0] == "funded_by":
        st.error(as_markdown(refused[1]), icon=":material/block:")
