"""Ways to fill the columns of the Compare page: a preset, a proposal, a link, the screen, and two of them in one."""

from __future__ import annotations

import streamlit as st

from model import BallastError, Scenario, load_network, load_proposal, proposal_names
from model.comparison.rows import conflict_sentences
from model.presets.catalogue import catalogue
from model.scenario.changes import conflicts
from model.scenario.stacking import merge, stack
from model.words.scenario_words import name_of
from model.words.text import sentence_case
from ui import state
from ui.compare import slots
from ui.text import as_markdown


def keep_as(scenario: Scenario, name: str = "") -> None:
    """A button row for any page: keep what is on screen under a letter."""
    box = st.popover("Keep to compare", key="keep-as", on_change="rerun")
    if not box.open:
        return
    with box:
        kept = slots.slots()
        for letter in slots.LETTERS:
            instead = f" instead of {kept[letter].name}" if letter in kept else ""
            done = letter in kept and kept[letter].scenario.to_link() == scenario.to_link()
            st.button(
                f"Kept as {letter.upper()}" if done else f"Keep as {letter.upper()}{instead}",
                key=f"keep-{letter}",
                icon=":material/check:" if done else None,
                disabled=done,
                on_click=slots.keep,
                args=(letter, scenario, name),
            )
        if kept:
            st.page_link("pages/compare.py", label="Open Compare", query_params=slots.comparison_query())


def fill() -> None:
    """Choices for the first free column; says so when there is none."""
    free = slots.free_letter()
    with st.container(key="fill", horizontal=True, gap="small", vertical_alignment="bottom"):
        if free is None:
            st.markdown("A, B and C are taken. Remove one to add another.")
            return
        _choice(f"Add a preset as {free.upper()}", "preset", _networks(), lambda name: Scenario(load_network(name)))
        _choice(f"Add a proposal as {free.upper()}", "proposal", _proposals(), _proposed)
        with st.popover(f"Paste a link as {free.upper()}", key="paste-box", on_change="rerun") as box:
            if box.open:
                st.text_input(
                    "Link of any Ballast page, or of one column",
                    key="pasted",
                    on_change=lambda: slots.keep_link(free, st.session_state["pasted"]),
                )
        st.button(
            f"Keep what is in the Sandbox as {free.upper()}",
            key="keep-screen",
            on_click=slots.keep,
            args=(free, state.scenario()),
        )


def _networks() -> dict[str, str]:
    return {found.name: found.title for found in catalogue()}


def _proposals() -> dict[str, str]:
    return {name: load_proposal(name).title for name in proposal_names()}


def _proposed(name: str) -> Scenario:
    part = load_proposal(name)
    return Scenario(load_network(part.home), proposals=(part,))


def _choice(label: str, key: str, offered: dict[str, str], made: object) -> None:
    """A list whose choice goes into the first free column; the list then stands at nothing again."""
    widget = f"add-{key}"
    st.session_state[widget] = None

    def chosen() -> None:
        name, free = st.session_state[widget], slots.free_letter()
        if name and free:
            slots.keep(free, made(name))  # type: ignore[operator]

    st.selectbox(
        label,
        list(offered),
        index=None,
        key=widget,
        format_func=lambda name: offered[name],
        on_change=chosen,
        placeholder="Choose",
        width=260,
    )


# ---- two in one ---------------------------------------------------------------------------------------
def combine() -> None:
    """Stack one column on another or merge columns, with what both set; the result goes to a letter of choice."""
    kept = slots.slots()
    if len(kept) < 2:
        return
    box = st.popover("Stack or merge", key="combine", on_change="rerun")
    if not box.open:
        return
    with box:
        way = st.segmented_control("How", ["Stack", "Merge"], default="Stack", key="combine-way", required=True)
        letters = [letter.upper() for letter in kept]
        if way == "Merge":
            _merged(letters)
        else:
            _stacked(letters)


def _stacked(letters: list[str]) -> None:
    above = st.segmented_control("On top", letters, default=letters[1], key="stack-above", required=True)
    rest = [letter for letter in letters if letter != above]
    below = st.segmented_control("Below", rest, default=rest[0], key=f"stack-below-{above}", required=True)
    kept = slots.slots()
    one, two = kept[str(below).lower()], kept[str(above).lower()]
    try:
        made = stack(one.scenario, two.scenario)
    except BallastError as problem:
        st.warning(as_markdown(str(problem)))
        return
    told = conflict_sentences(one.scenario, two.scenario, (str(below), str(above)))
    told += [conflict.sentence for conflict in conflicts(made)]
    if told:
        st.markdown("Both set the same thing. To let the other one decide, put it on top.")
        for sentence in told:
            st.markdown(as_markdown(f"{sentence}"))
    else:
        st.markdown("They set nothing in common.")
    _into(made, f"{below} + {above}: {name_of(made)}")


def _merged(letters: list[str]) -> None:
    st.markdown(
        "Each change made by hand becomes the average over the columns that make it; proposals stay where all "
        "columns have them."
    )
    count = st.toggle("Columns that leave it alone count with today's value", key="merge-defaults")
    kept = slots.slots()
    try:
        made = merge([slot.scenario for slot in kept.values()], count_defaults=count)
    except BallastError as problem:
        st.warning(as_markdown(str(problem)))
        return
    _into(made, f"Average of {' and '.join(letters)}")


def _into(made: Scenario, name: str) -> None:
    """Buttons that put a scenario under a letter."""
    kept = slots.slots()
    with st.container(horizontal=True, gap="small"):
        for letter in slots.LETTERS:
            told = f"Replace {letter.upper()}" if letter in kept else f"Keep as {letter.upper()}"
            st.button(sentence_case(told), key=f"into-{letter}", on_click=slots.keep, args=(letter, made, name))
