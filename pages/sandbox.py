import streamlit as st

from model.engine.kept import MedianRun
from model.outcomes import key_figures
from model.words.apart_sentences import apart_sentence
from model.words.headline import headline
from model.words.rest_sentences import rest_sentence, stability_sentence
from model.words.warning_sentences import futures_warning, rest_warning, warnings
from ui import state
from ui.baseline import baseline_button
from ui.chart_places import draw_places, fields, layout_buttons, placed
from ui.compare.add import keep_as
from ui.futures import basis_line, futures_switch, spread_panel
from ui.kpi import Kpi, kpi_strip
from ui.levers.board import lever_board
from ui.page_fields import tell_problems
from ui.panels import columns_on_screen
from ui.replay import framed, replay_button, replay_caption
from ui.runs import rest_at, rest_of_baseline, run_of
from ui.scenario_bar import scenario_bar
from ui.shell import ensure_shell, header, split
from ui.take_away import take_away
from ui.text import as_markdown

# Key figures that stay in sight on a phone while levers move; a larger screen keeps all of them.
IN_SIGHT = 3

ensure_shell("pages/sandbox.py")

header("Sandbox")
moment = state.now()
run = run_of(moment)
charts = placed(run.system)
run.compute(columns_on_screen(run.system, charts))

with st.container(key="sentence-headline"):
    st.markdown(as_markdown(headline(run, moment.scenario)))
basis_line(run, moment)
scenario_bar()
tell_problems("sandbox", fields(run.system))
with st.container(key="take", horizontal=True, vertical_alignment="center", gap="small"):
    futures_switch()
    replay_button()
    keep_as(state.scenario())
    take_away(state.now(), tuple(charts))
replay_caption()

outcomes = key_figures(run)
kpi_strip(
    [Kpi(o.measure.title, o.measure.brief(o.scenario), o.change, o.measure.help) for o in outcomes], key="sandbox"
)
with st.container(key="in-sight"):
    st.markdown(" · ".join(f"{o.measure.title} **{o.change}**" for o in outcomes[:IN_SIGHT]))

with st.container(key="jump"):
    st.markdown("[Go to the levers](#levers)")

sides = split()
with sides.levers:
    lever_board(state.scenario())
with sides.charts:
    rest, rest_today = rest_at(moment), rest_of_baseline(moment)
    told_of = [*warnings(run), rest_warning(rest, rest_today)]
    if isinstance(run, MedianRun):
        told_of.append(futures_warning(run))
    for warning in filter(None, told_of):
        st.warning(as_markdown(warning), icon=":material/info:")
    with st.container(key="chart-bar", horizontal=True, gap="small"):
        layout_buttons()
        baseline_button()
    draw_places(*framed())
    if isinstance(run, MedianRun):
        spread_panel(run, moment)
    with st.container(key="rest", border=True):
        st.markdown("**Where it would come to rest**")
        told = [rest_sentence(rest, rest_today), stability_sentence(rest)]
        told.insert(1, apart_sentence(rest, run, moment.scenario))
        st.markdown(as_markdown(" ".join(filter(None, told))))
        st.page_link("pages/equilibrium.py", label="Open in Equilibrium", query_params=state.query())
