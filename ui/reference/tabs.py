"""Parts of the Model page: how it works, equations with their residual, parameters, limits, glossary."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

import polars as pl
import streamlit as st
from sympy import Symbol

from model import Scenario
from model.equations import Equation
from model.lowering.latex import (
    equations_reading,
    plain_symbol,
    says_nothing_new,
    symbols_table,
    system_latex,
)
from model.parameters import parameter_keys
from model.reports.residuals_now import away, residuals_now
from model.rest.report import RestReport
from model.rest.residuals import TOLERANCE, Residual
from model.stages import stages_of
from model.system import System
from model.words.glossary import TERMS
from model.words.limits import LIMITS
from model.words.text import number
from model.words.value_words import value_words
from ui.glossary import card_text
from ui.network.figures import listed
from ui.symbols import formula, symbol_lines
from ui.text import as_markdown

_ALL = "All"
MOST_ALIKE = 4
"""Equations of one form (one per role or stream) whose sides are shown; the others are in the count."""

Held = Mapping[Symbol, Residual]
_KINDS = {"Levers": "lever", "Assumptions": "assumption"}


# ---- how it works -------------------------------------------------------------------------------------
def how_it_works(report: RestReport) -> None:
    """The order of events in one week, in plain words."""
    st.markdown("One simulated week runs through these parts, in this order; then the next week begins.")
    for count, (stage, groups) in enumerate(stages_of(report.scenario.system), start=1):
        st.markdown(f"**{count}. {stage.title}.** {stage.sentence}")
        names = dict.fromkeys(f"{group[0].sentence}" for group in groups)
        box = st.expander(f"What happens, step by step ({len(names)})", key=f"stage-{stage.key}", on_change="rerun")
        if box.open:
            box.markdown("\n".join(f"- {as_markdown(name)}" for name in names))


# ---- equations ----------------------------------------------------------------------------------------
def equations(report: RestReport) -> None:
    """Equations of the current network, one part of the week at a time or by words."""
    system = report.scenario.system
    stages = list(stages_of(system))
    titles = [stage.title for stage, _ in stages]
    wanted = st.text_input("Search equations", key="equation-search", placeholder="burn, E9, staking yield …").strip()
    picked = st.selectbox("Part of the week", titles, key="equation-stage", disabled=bool(wanted))
    if wanted:
        found = [group for _, groups in stages for group in groups if _matches(wanted, group)]
        st.markdown(f"{len(found)} of {sum(len(groups) for _, groups in stages)} equations match.")
        shown = found[:20]
        if len(found) > len(shown):
            st.markdown("The first 20 are shown; more words narrow it down.")
    else:
        stage, groups = stages[titles.index(picked)]
        st.markdown(stage.sentence)
        shown = list(groups)
    with st.spinner("Evaluating both sides …", show_time=True):
        held = _held(report)
    st.markdown(as_markdown(residual_sentence(held)))
    for group in shown:
        _equation(group, system, held)
    if shown:
        box = st.expander("Symbols, with their values", key="equation-symbols", on_change="rerun")
        if box.open:
            rows = symbols_table((group[0] for group in shown), system)
            box.markdown(symbol_lines(rows, report))


def _matches(wanted: str, group: tuple[Equation, ...]) -> bool:
    text = f"{group[0].number} {group[0].name} {group[0].sentence}".lower()
    return all(word in text for word in wanted.lower().split())


def _equation(group: tuple[Equation, ...], system: System, held: Held) -> None:
    """One equation; of several alike the first, with the names it is written for."""
    first, names = group[0], ", ".join(system.structure.called(equation.index) for equation in group)
    each = f" Written for each of: {names}." if len(group) > 1 else ""
    unit = _unit(first, system)
    st.markdown(f"**({first.number}) {as_markdown(first.name)}.** {as_markdown(first.sentence + each)}")
    if not says_nothing_new(first, system.vocabulary):
        formula(system_latex(system)[first.target], key=str(first.target.name))
    with st.container(key=f"source-{first.target.name}"):
        told = dict.fromkeys(residual_words(equation, system, held) for equation in group[:MOST_ALIKE])
        st.markdown(as_markdown(f"Unit: {unit}. {' '.join(told)} Source: {first.source}."))


def _held(report: RestReport) -> Held:
    """Both sides of every equation on the first week of the scenario; none where it cannot be stepped."""
    return _residuals(report.scenario)


@lru_cache(maxsize=32)
def _residuals(scenario: Scenario) -> Held:
    return residuals_now(scenario)


def residual_sentence(held: Held) -> str:
    """How many equations hold on the first week, and the largest difference of two sides."""
    worst = max(held.values(), key=away)
    lead = (
        "Both sides of each equation now: the left as the engine steps the first week of this scenario without shocks, "
        "the right evaluated once more from what is written here."
    )
    gap = "no two sides differ" if not away(worst) else f"the largest difference is {number(away(worst))} of its size"
    return (
        f"{lead} Of {len(held)} equations {sum(away(residual) <= TOLERANCE for residual in held.values())} hold; {gap}."
    )


def residual_words(equation: Equation, system: System, held: Held) -> str:
    """Both sides of one equation and their difference: "Now 4.93 = 4.93, difference 0."; empty for a drawn shock."""
    residual = held.get(equation.target)
    if residual is None:
        return "Drawn at random in each future, so it has no residual."
    of = f" ({system.structure.called(equation.index)})" if equation.index else ""
    if math.isnan(residual.left) and math.isnan(residual.right):
        return f"Now{of}: no value on either side."
    left, right = (number(side, 6) for side in (residual.left, residual.right))
    return f"Now{of}: {left} = {right}, difference {number(away(residual))}."


def _unit(equation: Equation, system: System) -> str:
    m = system.vocabulary
    now = {following: state for state, following in m.next_of.items()}.get(equation.target, equation.target)
    return m.variables[m.columns[now]].unit


# ---- parameters ---------------------------------------------------------------------------------------
def parameters(report: RestReport) -> None:
    """Every parameter of the network in one table that can be sorted and searched."""
    kind = st.segmented_control("Show", [_ALL, *_KINDS], default=_ALL, key="parameter-kind", required=True)
    wanted = (
        st.text_input("Search parameters", key="parameter-search", placeholder="burn, speed, E17 …").strip().lower()
    )
    rows = [row for row in parameter_rows(report.scenario) if kind == _ALL or row["Kind"] == _KINDS[str(kind)]]
    if wanted:
        rows = [row for row in rows if all(word in " ".join(row.values()).lower() for word in wanted.split())]
    st.markdown(f"{len(rows)} parameters. The whole list with reasons stands in `docs/reference/parameters.md`.")
    if rows:
        columns = {
            "Label": st.column_config.Column(pinned=True),
            "Link": st.column_config.LinkColumn(display_text="open"),
            **{name: st.column_config.Column(width=150) for name in ("Here", "Unit", "Default", "Usual range")},
            **{name: st.column_config.Column(width=300) for name in ("Zones", "What it is", "Source")},
        }
        st.dataframe(pl.DataFrame(rows), hide_index=True, width="stretch", height=560, column_config=columns)


def parameter_rows(scenario: Scenario) -> list[dict[str, str]]:
    """One row per parameter, everything in words."""
    reading = equations_reading(scenario.system)
    rows = []
    for key, concrete in parameter_keys(scenario.structure).items():
        declared = concrete.declared
        per = f" × {declared.scale}" if declared.scale else ""
        rows.append(
            {
                "Label": concrete.label,
                "Symbol": plain_symbol(concrete.latex),
                "Here": value_words(concrete, scenario.values[key]),
                "Unit": declared.unit,
                "Kind": declared.kind,
                "Default": value_words(concrete, declared.default),
                "Usual range": f"{number(declared.usual_minimum)} to {number(declared.usual_maximum)}{per}",
                "Zones": ", ".join(f"{zone.word} from {number(zone.start)}" for zone in declared.zones),
                "Equations": ", ".join(reading[key]),
                "What it is": declared.what,
                "Source": declared.source.title + (f" ({declared.source.date})" if declared.source.date else ""),
                "Link": declared.source.link,
                "Key": key,
            }
        )
    return rows


# ---- limits and glossary ------------------------------------------------------------------------------
def limits(report: RestReport) -> None:
    """What the model cannot say, and what is left out of this network."""
    st.header("What the model cannot say", anchor=False)
    st.markdown("\n".join(f"- **{limit.title}.** {as_markdown(limit.sentence)}" for limit in LIMITS))
    listed(f"Not modelled in {report.scenario.network.title}", report.scenario.network.not_modelled)


def glossary(report: RestReport) -> None:  # noqa: ARG001
    """Every term of the app, each in its card."""
    wanted = st.text_input("Search the glossary", key="glossary-search", placeholder="float, tipping …").strip().lower()
    found = [term for term in TERMS if all(word in f"{term.name} {term.what}".lower() for word in wanted.split())]
    st.header(f"{len(found)} of {len(TERMS)} terms", anchor=False)
    for term in sorted(found, key=lambda entry: entry.name.lower()):
        st.subheader(term.name[:1].upper() + term.name[1:], anchor=False)
        st.markdown(as_markdown_card(card_text(term)))


def as_markdown_card(text: str) -> str:
    """A card's text is Markdown already; only dollars would be taken for formulas."""
    return text.replace("$", "\\$")
