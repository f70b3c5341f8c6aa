import streamlit as st

from ui import model_tabs, state
from ui.network_figures import network_figures
from ui.reports import report_of
from ui.scenario_bar import scenario_bar
from ui.shell import ensure_shell, header

ensure_shell("pages/model.py")

header("Model", "Every equation, every parameter and every figure, as they are declared once and used everywhere.")
scenario_bar(horizon=False)
report = report_of(state.now())

TABS = {
    "How it works": model_tabs.how_it_works,
    "Equations": model_tabs.equations,
    "Parameters": model_tabs.parameters,
    "Where the figures come from": network_figures,
    "Limits": model_tabs.limits,
    "Glossary": model_tabs.glossary,
}
for tab, part in zip(st.tabs(list(TABS), key="model-tabs", on_change="rerun"), TABS.values(), strict=True):
    if tab.open:
        with tab:
            part(report)
