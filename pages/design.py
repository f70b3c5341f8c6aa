import streamlit as st

from ui.design import answer as design_answer
from ui.design.fields import PAGE, design_on_screen, has_typed, start_again
from ui.design.form import STYLE, design_form
from ui.network import bench_fields
from ui.scenario_bar import tell_notes, undo_buttons, window_buttons
from ui.shell import ensure_shell, header, split
from ui.text import as_markdown

ensure_shell("pages/design.py")
st.html(STYLE)

header(
    "New network",
    "Say what you plan to launch: the page works out what it comes to, flags what stands out and projects it.",
)
with st.container(key="scenario-bar", horizontal=True, vertical_alignment="bottom", gap="small"):
    undo_buttons()
    st.button("Start again", key="design-again", on_click=start_again, disabled=not has_typed())
    window_buttons()
tell_notes()

with st.container(key="jump"):
    st.markdown("[Go to the form](#form)")

bench_fields.begin()
sides = split()
with sides.levers:
    tables = design_form()
    shown = design_on_screen(tables)
    if shown.problem:
        st.warning(as_markdown(f"{shown.problem} Nothing typed is lost."))
    bench_fields.tell(PAGE)
with sides.charts:
    design_answer.answer(shown)
