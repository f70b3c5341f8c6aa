import streamlit as st

from model.engine.kept import MedianRun
from model.rest.headline import clock_note, headline
from model.words.apart_sentences import apart_sentence
from ui import state
from ui.equilibrium import panels as rest_panels
from ui.equilibrium.futures import OFFERED, futures_panel
from ui.equilibrium.levers import rest_levers
from ui.futures import basis_line, futures_switch
from ui.reports import baseline_report, report_of
from ui.runs import run_of
from ui.scenario_bar import scenario_bar
from ui.shell import ensure_shell, header, split
from ui.text import as_markdown

ensure_shell("pages/equilibrium.py")

header("Equilibrium")
moment = state.now()
report, baseline = report_of(moment), baseline_report(moment)

with st.container(key="sentence-headline"):
    st.markdown(as_markdown(headline(report)))
apart = st.container(key="apart")
note = clock_note(report)
if note:
    st.markdown(as_markdown(note))
scenario_bar()
futures_switch()
rest_panels.key_figures(report)

sides = split()
with sides.levers:
    rest_levers(moment.scenario)
with sides.charts:
    rest_panels.crossing_panel(report, baseline)
    rest_panels.plane_panel(report)
    run = run_of(moment)
    with apart:
        told = apart_sentence(report.rest, run, moment.scenario)
        if told:
            st.markdown(as_markdown(told))
    basis_line(run, moment)
    if isinstance(run, MedianRun):
        run.compute([name for name in (*OFFERED, "collapsed") if name in (*run.system.columns, "collapsed")])
        futures_panel(run, report, moment)

PARTS = {
    "Rest points": rest_panels.points_part,
    "What moves it": rest_panels.elasticity_part,
    "How far it can go": rest_panels.limits_part,
    rest_panels.agreement_title(report): rest_panels.agreement_part,
    "Check and derivation": rest_panels.residual_part,
}
for tab, part in zip(st.tabs(list(PARTS), key=rest_panels.PARTS, on_change="rerun"), PARTS.values(), strict=True):
    if tab.open:
        with tab:
            part(report)
