import streamlit as st

from model.comparison.rows import YEARS, figure_rows, input_rows
from ui import state
from ui.baseline import baseline_button
from ui.compare import slots
from ui.compare.add import combine, fill
from ui.compare.charts import (
    basis_lines,
    chart_picker,
    compute,
    difference_words,
    differences,
    overlaid,
    shown_measure,
    side_by_side,
)
from ui.compare.columns import columns, headers, notices, reference_of
from ui.compare.tables import word_table
from ui.compare.take_away import take_comparison_away
from ui.futures import futures_switch
from ui.scenario_bar import horizon_picker, tell_notes, undo_buttons, window_buttons
from ui.shell import ensure_shell, header
from ui.text import as_markdown

ensure_shell("pages/compare.py")
slots.begin_slots()

header("Compare", "Up to three scenarios beside today's rules, in the same modelled futures.")
tell_notes()

shown = columns()
if not shown:
    for note in slots.slot_notes():
        st.warning(as_markdown(note))
    st.markdown("Nothing to compare yet. Add a preset, paste a link, or open **Keep to compare** in the Sandbox.")
    fill()
    st.page_link("pages/sandbox.py", label="Open the Sandbox", query_params=state.query())
    with st.container(key="compare-bar", horizontal=True, gap="small"):
        undo_buttons()
        window_buttons(slots.comparison_query())
    st.stop()

measure = shown_measure(shown)
compute(shown, measure)
with st.container(key="sentence-compare"):
    for sentence in difference_words(shown, measure):
        st.markdown(as_markdown(sentence))
for line in basis_lines(shown, state.now().seed):
    st.markdown(as_markdown(line))
for notice in notices(shown):
    st.warning(as_markdown(notice), icon=":material/info:")
headers(shown)
fill()
with st.container(key="compare-bar", horizontal=True, vertical_alignment="bottom", gap="small"):
    horizon_picker()
    chart_picker(shown)
    baseline_button()
    combine()
    take_comparison_away(shown, measure)
with st.container(key="take", horizontal=True, vertical_alignment="center", gap="small"):
    futures_switch()
    undo_buttons()
    window_buttons(slots.comparison_query())

side_by_side(shown, measure)
overlaid(shown, measure)
differences(shown, measure)

st.header("Key figures", anchor=False)
against = [reference_of(column, shown) for column in shown]
figures = [
    (f"{row.measure.title}, {row.years} {'year' if row.years == 1 else 'years'}", *(f.text for f in row.figures))
    for row in figure_rows(shown, against)
]
letters = [column.letter for column in shown]
word_table(["Key figure", *letters], figures, caption=f"Key figures after {', '.join(map(str, YEARS))} years")

st.header("Inputs", anchor=False)
whole = st.toggle("Show all inputs, not only those that differ", key="all-inputs")
rows = input_rows([column.scenario for column in shown], only_differing=not whole)
if rows:
    word_table(["Input", *letters], [(row.label, *row.cells) for row in rows], caption="Inputs in full force")
else:
    st.markdown("All columns have the same inputs.")
