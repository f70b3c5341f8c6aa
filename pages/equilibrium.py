import streamlit as st

from model.rest_sentences import clock_note, headline
from ui import rest_panels, state
from ui.reports import baseline_report, report_of
from ui.rest_levers import rest_levers
from ui.scenario_bar import scenario_bar
from ui.shell import ensure_shell, header, split
from ui.text import as_markdown

ensure_shell("pages/equilibrium.py")

header("Equilibrium")
moment = state.now()
report, baseline = report_of(moment), baseline_report(moment)

with st.container(key="sentence-headline"):
    st.markdown(as_markdown(headline(report)))
note = clock_note(report)
if note:
    st.markdown(as_markdown(note))
scenario_bar(horizon=False)
rest_panels.key_figures(report)

sides = split()
with sides.levers:
    rest_levers(moment.scenario)
with sides.charts:
    rest_panels.crossing_panel(report, baseline)
    rest_panels.plane_panel(report)

PARTS = {
    "Rest points": rest_panels.points_part,
    "What moves it": rest_panels.elasticity_part,
    "How far it can go": rest_panels.limits_part,
    "Does the simulation agree?": rest_panels.agreement_part,
    "Check and derivation": rest_panels.residual_part,
}
for tab, part in zip(st.tabs(list(PARTS), key="rest-parts", on_change="rerun"), PARTS.values(), strict=True):
    if tab.open:
        with tab:
            part(report)
