import streamlit as st

from model.engine.kept import MedianRun
from model.outcomes import KEY_FIGURES
from ui import state
from ui.futures import basis_line, futures_switch
from ui.page_fields import tell_problems
from ui.runs import run_of
from ui.scenario_bar import scenario_bar
from ui.shell import ensure_shell, header
from ui.stress.dispute import dispute_part
from ui.stress.fields import FIELDS
from ui.stress.goals import fan, goals_part, stress_switches, top_sentence
from ui.stress.map import map_part
from ui.stress.matters import matters_part
from ui.stress.regret import regret_part
from ui.stress.spiral import spiral_part

ensure_shell("pages/stress.py")

header("Stress", "What could go wrong, and how sure the answer is.")
moment = state.now()
run = run_of(moment)
counts = ("collapsed",) if isinstance(run, MedianRun) else ()
run.compute([*(name for name in KEY_FIGURES if name in run.system.columns), *counts])

with st.container(key="sentence-headline"):
    top_sentence(moment)
basis_line(run, moment)
scenario_bar()
tell_problems("stress", FIELDS)
futures_switch()

stress_switches(moment)
goals_part(moment)
fan(moment)

PARTS = {
    "Demand spiral": spiral_part,
    "What matters most": matters_part,
    "Map": map_part,
    "Proposals against stresses": regret_part,
    "Two views": dispute_part,
}
for tab, part in zip(st.tabs(list(PARTS), key="stress-parts", on_change="rerun"), PARTS.values(), strict=True):
    if tab.open:
        with tab:
            part(moment)
