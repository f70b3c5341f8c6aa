"""The right side of the Tune page: the answer in sentences, settings as points, the front, what to do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

import numpy as np
import polars as pl
import streamlit as st

from charts.layers import Format
from charts.settings import EVERY, NONE, SOME, settings_chart
from model import Scenario
from model.engine.worlds import Floats, Integers
from model.parameters import ParameterKey
from model.presets.usual_range import usual_range
from model.proposals.draft import draft_by_hand
from model.rest.threshold_sentences import break_even_sentences, burn_peak_sentence, merit_sentences, role_sentences
from model.tuning import sentences as say
from model.tuning.answer import TuneAnswer
from model.tuning.lever_box import LeverBox, LeverRange, movable
from model.tuning.sample import Sampled, TuneQuestion, as_scenario
from model.tuning.trade_off import front
from model.words.scenario_words import source_line
from model.words.text import percent
from model.words.value_words import value_words
from ui import state
from ui.chart import show_chart
from ui.encode.fields import replace_draft
from ui.link import Moment
from ui.page_fields import PageField
from ui.pick import pick
from ui.reports import report_of
from ui.text import as_markdown
from ui.tune.fields import ACROSS, FIRST, SECOND, UP

MOST_DRAWN = 1_000
"""Points drawn; of larger samples the first ones, which fill the box as evenly."""


def told(answer: TuneAnswer) -> None:
    """The answer first: how much holds, where, what binds, what is nearest."""
    with st.container(key="tune-headline"):
        st.markdown(as_markdown(say.headline(answer)))
    sentences = [say.zone_sentence(answer), say.binding_sentence(answer.sample), say.unpaid_sentence(answer.sample)]
    for sentence in filter(None, sentences):
        st.markdown(as_markdown(sentence))
    st.markdown(
        f"Counted over {max(1, answer.sample.question.draws)} "
        f"{'modelled futures' if answer.sample.question.draws else 'path without shocks'} of each setting, under the "
        "assumptions on screen. Not a forecast."
    )


# ---- settings -----------------------------------------------------------------------------------------
def settings_part(answer: TuneAnswer, source: str) -> None:
    """Any two levers, each setting by how many goals it holds."""
    sample = answer.sample
    keys, offered = list(sample.question.box.keys), movable(sample.question.scenario)
    st.subheader("Which settings hold", anchor="settings")
    if len(keys) == 1:
        across = up = keys[0]
        st.markdown("One lever moves: it is drawn against the number of goals that hold.")
    else:
        with st.container(horizontal=True, gap="small", key="tune-axes"):
            across = _picked(ACROSS, "Across", keys, keys[0], lambda key: offered[key].label)
            others = [key for key in keys if key != across]
            up = _picked(UP, "Up", others, others[0], lambda key: offered[key].label)
    data = _points(answer, across, up)
    x, y = offered[across], offered[up]
    show_chart(
        settings_chart(
            _title(x), "goals that hold" if across == up else _title(y), x_format=_format(x),
            y_format="number" if across == up else _format(y),
        ),
        data,
        key="tune-settings",
        sentence=as_markdown(say.picture_sentence(answer, across, up)),
        unit="the levers' own units",
        source=as_markdown(f"{source} {_drawn_note(sample)}Dotted: the robust zone, as far as it limits these levers."),
        table=data["main"].select("x_text", "y_text", "holds", "told"),
    )  # fmt: skip


def _picked(field: PageField[str], label: str, options: list[str], default: str, words: Callable[[str], str]) -> str:
    asked = field.value() if field.value() in options else default
    titles = {key: words(key) for key in options}
    return pick(label, titles, asked, field.set, key=f"pick-{field.key}", width=260)


def _title(concrete: ParameterKey) -> str:
    unit = "percent" if _format(concrete) == "percent" else concrete.declared.unit
    return f"{concrete.label} ({unit})"


def _format(concrete: ParameterKey) -> Format:
    return "percent" if concrete.declared.format == "percent" else "number"


def _drawn_note(sample: Sampled) -> str:
    count = len(sample.settings)
    return f"{MOST_DRAWN:,} of {count:,} settings are drawn. " if count > MOST_DRAWN else ""


def _points(answer: TuneAnswer, across: str, up: str) -> dict[str, pl.DataFrame]:
    sample, offered = answer.sample, movable(answer.sample.question.scenario)
    keys = list(sample.question.box.keys)
    x, y = sample.settings[:, keys.index(across)], sample.settings[:, keys.index(up)]
    held = sample.count().astype(float)
    one = across == up
    frame = _frame(
        sample,
        (x, lambda value: value_words(offered[across], value)),
        (
            held if one else y,
            (lambda value: f"{value:.0f} goals") if one else lambda value: value_words(offered[up], value),
        ),
    )
    marks, zone = [], pl.DataFrame(schema=dict.fromkeys(("x", "x2", "y", "y2"), pl.Float64))
    now = sample.question.scenario.values
    if not one:
        marks.append((now[across], now[up], "in force"))
        if answer.nearest is not None and answer.nearest.moved:
            setting = answer.nearest.setting
            marks.append((setting[keys.index(across)], setting[keys.index(up)], "nearest"))
        if answer.zone is not None:
            ends = {own.key: own for own in answer.zone.box.ranges}
            row = (ends[across].low, ends[across].high, ends[up].low, ends[up].high)
            zone = pl.DataFrame([row], schema=["x", "x2", "y", "y2"], orient="row")
    return {
        "main": frame,
        "zone": zone,
        "line": pl.DataFrame(schema={"x": pl.Float64, "y": pl.Float64, "order": pl.Int64}),
        "marks": pl.DataFrame(marks, schema={"x": pl.Float64, "y": pl.Float64, "label": pl.String}, orient="row"),
    }


def _frame(
    sample: Sampled, x: tuple[Floats, Callable[[float], str]], y: tuple[Floats, Callable[[float], str]]
) -> pl.DataFrame:
    """Points by how many goals they hold; no more than can be drawn."""
    goals = len(sample.question.goals)
    rows = np.flatnonzero(np.isfinite(x[0]) & np.isfinite(y[0]))[:MOST_DRAWN]
    held = sample.count()[rows]
    return pl.DataFrame(
        {
            "x": x[0][rows],
            "y": y[0][rows],
            "holds": [EVERY if count == goals else SOME if count else NONE for count in held],
            "x_text": [x[1](float(value)) for value in x[0][rows]],
            "y_text": [y[1](float(value)) for value in y[0][rows]],
            "told": [f"{count} of {goals} goals" for count in held],
        }
    )


# ---- trade-off ----------------------------------------------------------------------------------------
def trade_off_part(answer: TuneAnswer, source: str) -> None:
    """Two goals against each other: the settings that nothing beats in both."""
    sample = answer.sample
    goals, system = sample.question.goals, sample.question.scenario.system
    if len(goals) < 2:
        return
    st.subheader("What has to be traded", anchor="trade-off")
    numbers = [str(number + 1) for number in range(len(goals))]
    label = lambda number: goals[int(number) - 1].measure(system).title  # noqa: E731
    with st.container(horizontal=True, gap="small", key="tune-pair"):
        first = int(_picked(FIRST, "Goal across", numbers, "1", label)) - 1
        others = [number for number in numbers if number != str(first + 1)]
        second = int(_picked(SECOND, "Goal up", others, others[0], label)) - 1
    measures = [goals[number].measure(system) for number in (first, second)]
    rows = front(sample, first, second)
    data = {
        "main": _frame(
            sample,
            (sample.middles[:, first], measures[0].write),
            (sample.middles[:, second], measures[1].write),
        ),
        "zone": pl.DataFrame(schema=dict.fromkeys(("x", "x2", "y", "y2"), pl.Float64)),
        "line": _line(sample, rows, first, second),
        "marks": pl.DataFrame(schema={"x": pl.Float64, "y": pl.Float64, "label": pl.String}),
    }
    show_chart(
        settings_chart(
            f"{measures[0].title} ({measures[0].unit})",
            f"{measures[1].title} ({measures[1].unit})",
            x_format="percent" if measures[0].percent else "number",
            y_format="percent" if measures[1].percent else "number",
        ),
        data,
        key="tune-front",
        sentence=as_markdown(say.trade_off_sentence(sample, first, second)),
        unit=f"{measures[0].unit}; {measures[1].unit}",
        source=as_markdown(f"{source} {_drawn_note(sample)}Line: settings that no other beats in both goals."),
        table=data["main"].select("x_text", "y_text", "holds"),
    )


def _line(sample: Sampled, rows: Integers, first: int, second: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "x": sample.middles[rows, first],
            "y": sample.middles[rows, second],
            "order": np.arange(len(rows)),
        }
    )


# ---- what to do with it ---------------------------------------------------------------------------------
def results_part(answer: TuneAnswer, moment: Moment) -> None:
    """The nearest setting and the middle of the zone, each to be opened, saved as a proposal or shared."""
    st.subheader("Take a setting further", anchor="results")
    st.markdown(as_markdown(say.nearest_sentence(answer)))
    if outside := say.outside_sentence(answer):
        st.markdown(as_markdown(outside))
    question = answer.sample.question
    if answer.nearest is not None and answer.nearest.moved:
        _ways(moment, as_scenario(question, answer.nearest.setting), "nearest")
    if answer.zone is not None:
        middle, words = _middle(answer, answer.zone.box)
        st.markdown(as_markdown(f"Middle of the robust zone: {words}. {say.coverage_sentence(answer.zone)}"))
        _ways(moment, as_scenario(question, middle), "zone")


def _middle(answer: TuneAnswer, box: LeverBox) -> tuple[Floats, str]:
    """The middle of a zone on whole steps: levers that it does not limit stay as they are, where that lies inside."""
    question, limited = answer.sample.question, answer.zone.limited if answer.zone else ()
    offered, now = movable(question.scenario), question.scenario.values
    chosen = [
        now[own.key] if own.key not in limited and own.low <= now[own.key] <= own.high else _on_a_step(question, own)
        for own in box.ranges
    ]
    told = [
        f"{offered[own.key].label} {value_words(offered[own.key], value)}"
        for own, value in zip(box.ranges, chosen, strict=True)
    ]
    return np.array(chosen), ", ".join(told)


def _on_a_step(question: TuneQuestion, own: LeverRange) -> float:
    """The whole step nearest to the middle of a range; the middle itself where no step lies inside."""
    middle = (own.low + own.high) / 2
    step = usual_range(question.scenario.network, movable(question.scenario)[own.key]).step
    rounded = round(round(middle / step) * step, 12)
    return rounded if own.low <= rounded <= own.high else middle


def _ways(moment: Moment, scenario: Scenario, name: str) -> None:
    made = replace(moment, scenario=scenario)
    if follows := say.follows_sentence(scenario):
        st.markdown(as_markdown(follows))
    with st.container(horizontal=True, gap="small", key=f"tune-ways-{name}"):
        if st.button("Load in Sandbox", key=f"load-{name}", icon=":material/tune:"):
            state.load(made)
            st.switch_page("pages/sandbox.py", query_params=state.query(made))
        if st.button("Save as proposal", key=f"save-{name}", icon=":material/edit_note:"):
            state.load(made)
            if not scenario.network.written:
                replace_draft(draft_by_hand(scenario))
            st.switch_page("pages/encode.py", query_params=state.query(made))
        with st.popover("Copy link", key=f"link-{name}", icon=":material/link:", type="tertiary"):
            st.code(f"sandbox?{urlencode(made.query)}", language=None, wrap_lines=True)


# ---- exact ----------------------------------------------------------------------------------------------
def exact_part(moment: Moment) -> None:
    """Questions about one lever that the equilibrium answers without trying settings."""
    st.subheader("What is known exactly", anchor="exact")
    report = report_of(moment)
    sentences = [*break_even_sentences(report), burn_peak_sentence(report), *role_sentences(report)]
    sentences += list(merit_sentences(report))
    st.markdown("One lever at a time, with emission, demand and costs held as they are on the first day:")
    st.markdown("\n".join(f"- {as_markdown(sentence)}" for sentence in dict.fromkeys(filter(None, sentences))))
    st.page_link("pages/equilibrium.py", label="How these are derived", query_params=state.query())


def source_of(moment: Moment, answer: TuneAnswer) -> str:
    """Network, date, assumptions; how many settings and futures."""
    question = answer.sample.question
    futures = f"{question.draws} futures" if question.draws else "the single path"
    share = percent(answer.sample.share)
    return f"{source_line(moment.scenario)} {len(answer.sample.settings):,} settings in {futures}; {share} hold."
