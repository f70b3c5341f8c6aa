"""The few controls beside a rest point: burn share and who pays for it, emission, demand."""

from __future__ import annotations

import streamlit as st

from model import Scenario
from model.parameters import parameter_keys
from model.scenario.changes import proposed_for
from ui import state
from ui.levers.lever import lever_row
from ui.levers.payer import choose_payer

LEVERS = ("burn_share", "emission_scale")
ASSUMPTIONS = ("demand_scale",)


def rest_levers(shown: Scenario) -> None:
    """Draw the controls for the scenario on screen; with several streams each has its own."""
    keys, proposed = parameter_keys(shown.structure).values(), proposed_for(shown)
    st.header("What to change", anchor="levers")
    st.subheader("Levers", anchor=False)
    choose_payer(shown, key="rest-payer", label="Who pays when the burn share moves", narrow=True)
    for word in LEVERS:
        for concrete in keys:
            if concrete.declared.word == word:
                lever_row(shown, concrete, proposed.get(concrete.key, ()))
    st.subheader("Assumption", anchor=False)
    st.markdown("Demand is no lever: the baseline moves with it.")
    for word in ASSUMPTIONS:
        for concrete in keys:
            if concrete.declared.word == word:
                lever_row(shown, concrete, proposed.get(concrete.key, ()))
    st.page_link("pages/sandbox.py", label="All levers in the Sandbox", query_params=state.query())
