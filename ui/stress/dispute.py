"""Two people and their assumptions on the Stress page: what each expects, and which one explains the difference."""

from __future__ import annotations

from functools import lru_cache, partial
from urllib.parse import parse_qsl

import polars as pl
import streamlit as st

from charts.bars import bars
from model import BallastError, Scenario
from model.parameters import ParameterKey
from model.presets.usual_range import usual_range
from model.sensitivity.dispute import Dispute, dispute
from model.words.scenario_words import source_line
from model.words.text import number
from ui import state
from ui.chart import show_chart
from ui.compare.tables import word_table
from ui.link import Moment, read_query
from ui.page_fields import put
from ui.pick import pick
from ui.stress.fields import DISPUTED, MOST_VIEWS, SECOND, Views, asked_for
from ui.stress.matters import PATH, axis_of, outcome_picker
from ui.stress.runs import question_of
from ui.text import as_markdown

_REFUSED = "_second_refused"
LONGEST_LINK = 20_000


def dispute_part(moment: Moment) -> None:
    """Two columns of assumptions under one scenario; the first person's are those on screen."""
    st.markdown(
        "The first person holds the assumptions on screen. The second holds the same, except where set otherwise here "
        "or taken from their link. Levers, proposals and stresses are those on screen for both."
    )
    outcome_picker(moment, "dispute")
    question = question_of(moment.scenario, asked_for(moment.scenario), moment.years)
    _columns(moment, question.asked)
    _link(question.asked)
    second = {key: value for key, value in SECOND.value() if key in question.asked}
    try:
        found = _found(moment, asked_for(moment.scenario), tuple(second.items()))
    except BallastError as problem:
        st.warning(as_markdown(str(problem)), icon=":material/info:")
        return
    st.markdown(f"**{as_markdown(found.sentence)}**")
    if found.keys:
        _show(found, moment)


@lru_cache(maxsize=48)
def _found(moment: Moment, what: object, second: Views) -> Dispute:
    return dispute(question_of(moment.scenario, what, moment.years), {}, dict(second))  # type: ignore[arg-type]


# ---- setting --------------------------------------------------------------------------------------------
def _columns(moment: Moment, asked: dict[str, ParameterKey]) -> None:
    """One assumption, both values beside each other."""
    titles = {key: concrete.label for key, concrete in asked.items()}
    current = pick("Assumption", titles, DISPUTED.value(), DISPUTED.set, key="pick-disputed", width=420)
    concrete = asked[current]
    first = moment.scenario.today[current]
    second = dict(SECOND.value()).get(current, first)
    with st.container(horizontal=True, gap="small"):
        _number("First person", "dispute-first", moment.scenario, concrete, first, partial(state.move, current))
        _number("Second person", "dispute-second", moment.scenario, concrete, second, partial(_hold, current, first))


def _number(
    label: str, key: str, scenario: Scenario, concrete: ParameterKey, value: float, keep: partial[None]
) -> None:
    declared, ends = concrete.declared, usual_range(scenario.network, concrete)
    factor = 100.0 if declared.format == "percent" else 1.0
    unit = "%" if factor > 1 else declared.unit
    name = f"{key}-{concrete.key}"
    st.session_state[name] = float(f"{value * factor:.10g}")
    st.number_input(
        f"{label} ({as_markdown(unit)})", declared.minimum * factor, declared.maximum * factor, key=name,
        step=float(f"{ends.step * factor:.6g}"), format="%g",
        on_change=lambda: keep(float(f"{st.session_state[name] / factor:.12g}")), width=260,
    )  # fmt: skip


def _hold(key: str, first: float, value: float) -> None:
    """The second person's value; one that is the first person's is not written down."""
    kept = {k: v for k, v in SECOND.value() if k != key}
    SECOND.set(tuple(kept.items()) if value == first else (*kept.items(), (key, value))[:MOST_VIEWS])


def _link(asked: dict[str, ParameterKey]) -> None:
    """Take the second person's assumptions out of their link."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            "Link of the second person", key="dispute-link", max_chars=LONGEST_LINK,
            on_change=_take, args=(tuple(asked),), placeholder="Paste a link of this app", width=420,
        )  # fmt: skip
        if SECOND.value():
            st.button("Let both agree", key="dispute-clear", on_click=SECOND.set, args=((),), icon=":material/close:")
    if refused := st.session_state.pop(_REFUSED, ""):
        st.warning(as_markdown(refused), icon=":material/info:")


def _take(asked: tuple[str, ...]) -> None:
    text = st.session_state["dispute-link"].strip()
    if not text:
        return
    fields = dict(parse_qsl(text.partition("?")[2] or text, keep_blank_values=True))
    other, told = read_query(fields)
    here = state.scenario()
    if not fields or other.scenario.network.name != here.network.name:
        st.session_state[_REFUSED] = (
            f"The link is not one of {here.network.title}: both people look at one network. Nothing was taken from it."
        )
        return
    views = {key: other.scenario.today[key] for key in asked if key in other.scenario.today}
    held = tuple((key, value) for key, value in views.items() if value != here.today.get(key))[:MOST_VIEWS]
    if told:
        st.session_state[_REFUSED] = told[0]
    put({SECOND: held})


# ---- answer ---------------------------------------------------------------------------------------------
def _show(found: Dispute, moment: Moment) -> None:
    unit, is_share = axis_of(found.question)
    frame = found.frame.with_columns(
        found.frame["share"].alias("value"),
        pl.Series("text", [_part(share, found.total) for share in found.shares], dtype=pl.String),
    )
    show_chart(
        bars(f"part of the difference: {unit}", rows=len(found.keys), fmt="percent" if is_share else "number"),
        frame.select("label", "value", "text"),
        key="dispute",
        sentence="",
        alt=found.sentence,
        unit=unit,
        source=as_markdown(
            f"{source_line(moment.scenario)} {PATH} Each disputed assumption counts with the average of what it adds "
            "over all orders (Shapley), so that the parts add up to the difference."
        ),
        table=False,
    )
    words = found.question.effect_words
    rows = [
        (row["label"], row["first"], row["second"], words(row["share"])) for row in found.frame.iter_rows(named=True)
    ]
    word_table(["Assumption", "First", "Second", "Part of the difference"], rows, caption="Disputed assumptions")


def _part(share: float, total: float) -> str:
    """A part of the difference as a share of it."""
    return f"{number(100 * share / total, 2)}%" if total else ""
