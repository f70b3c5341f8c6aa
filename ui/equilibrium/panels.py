"""The parts of the Equilibrium page: curves, plane, rest points, elasticities, limits, simulation, derivation."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from charts.agreement import agreement
from charts.bars import bars
from charts.burn_curve import burn_curve
from charts.crossing import crossing
from charts.domain import nice_domain
from charts.plane import plane
from model.lowering.latex import expression_latex, symbols_in
from model.rest.agreement_sentences import agreement_sentence, closing_sentence, residual_sentence
from model.rest.curve_sentences import crossing_sentence, plane_sentence, verdicts
from model.rest.derivation import derivation
from model.rest.elasticity_sentences import elasticity_sentences
from model.rest.long_run import COMPARED
from model.rest.point import OUTCOMES, RestPoint
from model.rest.reach_sentences import falls_sentence, reached_words, way_sentence
from model.rest.report import RestReport
from model.rest.rest_words import signed_percent, usd
from model.rest.threshold_sentences import (
    break_even_sentences,
    burn_peak_sentence,
    emission_sentences,
    merit_sentences,
    role_sentences,
)
from model.variables import variables_by_word
from model.words.glossary import term
from model.words.text import month, quantity
from model.words.value_words import lowered
from ui.chart import show_chart
from ui.equilibrium import frames
from ui.equilibrium.live import live_panel
from ui.glossary import glossary_card
from ui.kpi import Kpi, kpi_strip
from ui.symbols import formula, symbol_lines
from ui.text import as_markdown, duration, percent

PARTS = "rest-parts"
"""Key of the row of tabs."""

_TODAY, _REST = "Today's revenue", "Revenue at rest"
_LONG, _MEDIUM = "Long run", "While the float has not moved"


def source(report: RestReport) -> str:
    """What every chart of the page assumes."""
    network = report.scenario.network
    held = "emission, demand, costs and the speculative bid held as on that day, no shocks"
    return as_markdown(f"{network.title}, {month(network.as_of)}; {held}. Not a forecast.")


def key_figures(report: RestReport) -> None:
    """Price, clock and margins in one strip."""
    rest, point, today = report.rest, report.point, report.rest.today
    found = [Kpi("Price today", usd(today["price"]))]
    if point is not None:
        found += [
            Kpi("Price at rest", usd(point.price), help=term("rest point").what),
            _clock(report, point),
            Kpi("Distance to tipping", percent(rest.distance_to_tipping), help=term("distance to tipping").what),
        ]
    else:
        found.append(Kpi("Net emission a year", signed_percent(rest.net_rate), help=term("net emission").what))
    gap = quantity(today["revenue_gap"], "$ per $ of revenue")
    found.append(Kpi("Revenue gap", gap, help=term("revenue gap").what))
    kpi_strip(found, key="rest")


def _clock(report: RestReport, point: RestPoint) -> Kpi:
    """How long the way takes, or that today's network does not get there."""
    found = report.reached
    if found is not None and found.fails:
        return Kpi("Reached from today", reached_words(found), help=term("reachable rest point").what)
    return Kpi("Half-life", duration(point.half_life_years), help=term("half-life").what)


def terms(*names: str) -> None:
    """Cards of the words that a part uses."""
    with st.container(horizontal=True, gap="small", key=f"terms-{term(names[0]).key}"):
        for name in names:
            glossary_card(term(name), key=f"rest-{term(name).key}")


# ---- pictures -----------------------------------------------------------------------------------------
def crossing_panel(report: RestReport, baseline: RestReport) -> None:
    """Burn and mint against the price."""
    at_rest = False
    if report.point is not None:
        picked = st.segmented_control(
            "Burn and mint at", [_TODAY, _REST], default=_TODAY, key="flows-at", required=True
        )
        at_rest = picked == _REST
    if not at_rest:
        live_panel(report, baseline, source(report))
        return
    data = frames.crossing_frames(report, baseline, at_rest=True)
    sentence = crossing_sentence(report, at_rest=at_rest)
    show_chart(
        crossing(domain=frames.flow_domain(data["main"])),
        data,
        key="crossing",
        sentence=as_markdown(sentence),
        alt=f"Tokens minted and burned a year against the token price. {sentence}",
        unit="tokens a year at a price in dollars",
        source=source(report),
    )


def plane_panel(report: RestReport, way: pl.DataFrame | None = None, told: str = "") -> None:
    """Capacity against quality: where the curves meet, the tipping line and the simulated way.

    `way` (capacity, quality) takes the place of the long run, and `told` of what is said about it.
    """
    sentence = plane_sentence(report)
    data = frames.plane_frames(report, way)
    role = report.scenario.structure
    unit = "units of capacity" if role.one_role else f"units of capacity ({role.called(role.capacity_role)})"
    held = " The float is held at today's." if report.float_is_held else ""
    show_chart(
        plane(f"capacity, {unit}"),
        data,
        key="plane",
        sentence=as_markdown(sentence),
        alt=f"Quality that capacity supports and quality that pays for it. {sentence}",
        unit="units of capacity and share of full quality",
        source=source(report)
        + held
        + (f" {told}" if told else f" The way is simulated for {report.long_run.years} years")
        + ("; the tipping line holds once price and float have settled." if report.point is not None else "."),
    )


# ---- tabs ---------------------------------------------------------------------------------------------
def points_part(report: RestReport) -> None:
    """Table of rest points with both tests of stability."""
    st.table(frames.rest_table(report), hide_index=True, border="horizontal")
    for point in report.rest.points:
        name = "Stable point" if point.stable_by_criterion else "Tipping point"
        st.markdown(f"**{name}.** {as_markdown(verdicts(point))}")
    if not report.rest.points:
        st.markdown(as_markdown(report.rest.reason))
    terms("rest point", "reachable rest point", "tipping point", "quality feedback", "spectral radius", "half-life")


def elasticity_part(report: RestReport) -> None:
    """What moves the rest point, in words, bars and a table."""
    if not report.elasticities:
        st.markdown("Without a point of rest there is nothing to move.")
        return
    for sentence in elasticity_sentences(report):
        st.markdown(f"- {as_markdown(sentence)}")
    with st.container(horizontal=True, gap="medium"):
        outcome = _variable("What moves", OUTCOMES, key="moved-outcome")
        run = st.segmented_control("When", [_LONG, _MEDIUM], default=_LONG, key="moved-when", required=True)
    medium = run == _MEDIUM
    data = frames.elasticity_bars(report, outcome, medium=medium)
    label = variables_by_word[outcome].label
    top = data.sort(pl.col("value").abs(), descending=True).row(0, named=True)
    when = "While the float has not moved" if medium else "In the long run"
    sentence = f"{when}, {label.lower()} moves most with {lowered(top['label'])}: {top['text']} for 1% more of it."
    show_chart(
        bars("percent for 1% more", rows=len(data)),
        data,
        key="elasticities",
        sentence=as_markdown(sentence),
        unit="percent for 1% more",
        source=source(report),
        table=frames.elasticity_table(report, medium=medium),
    )
    terms("elasticity", "long run and medium run", "who pays", "Jevons effect")


def limits_part(report: RestReport) -> None:
    """How far settings may go before something breaks."""
    _bullets("Break-even today", break_even_sentences(report))
    with st.spinner("Solving how far each setting may go …", show_time=False):
        peak = burn_peak_sentence(report)
        roles = tuple(filter(None, (*role_sentences(report), falls_sentence(report))))
        curve = frames.burn_curve_frames(report)
    if peak and curve is None:
        _bullets("Burn share", (peak,))
    if curve is not None:
        st.subheader("Burn share", anchor=False)
        show_chart(
            burn_curve(),
            curve,
            key="burn-curve",
            sentence=as_markdown(peak),
            unit="dollars at a burn share",
            source=source(report) + f" A higher burn share is {frames.payer_words(report)}.",
        )
    _bullets("Emission", emission_sentences(report))
    _bullets("Providers", roles)
    if report.point is not None and not report.scenario.structure.one_role:
        st.dataframe(frames.roles_table(report), hide_index=True, width="stretch")
    _bullets("Pay for merit", tuple(merit_sentences(report)))
    terms("break-even burn share", "reachable rest point", "bottleneck role", "who leaves first", "race to the bottom")


def _bullets(title: str, sentences: tuple[str, ...]) -> None:
    if not sentences:
        return
    st.subheader(title, anchor=False)
    st.markdown("\n".join(f"- {as_markdown(sentence)}" for sentence in sentences))


def _variable(label: str, options: Sequence[str], *, key: str) -> str:
    """A choice of one variable, the price at first."""
    names = {word: variables_by_word[word].label for word in options}
    return str(
        st.segmented_control(label, names, default="price", format_func=names.__getitem__, key=key, required=True)
    )


AGREES, DISAGREES = "Does the simulation agree?", "Does the simulation agree? No"


def agreement_title(report: RestReport) -> str:
    """Name of the tab, which says so where the way does not end at the rest point; the tab in front stays there."""
    fails = report.reached is not None and report.reached.fails
    shown, other = (DISAGREES, AGREES) if fails else (AGREES, DISAGREES)
    if st.session_state.get(PARTS) == other:
        st.session_state[PARTS] = shown
    return shown


def agreement_part(report: RestReport) -> None:
    """The simulated way against the rest level."""
    options = [name for name in COMPARED if name in report.long_run.values]
    name = _variable("Compare", options, key="compared")
    told = way_sentence(report)
    if report.reached is not None and report.reached.fails:
        st.warning(as_markdown(told), icon=":material/call_split:")
    elif told:
        st.markdown(as_markdown(told))
    data = frames.agreement_frames(report, name)
    variable = variables_by_word[name]
    values = pl.concat([data["main"]["value"], data["rest"]["value"]])
    domain = nice_domain(float(values.min() or 0.0), float(values.max() or 1.0))  # type: ignore[arg-type]
    show_chart(
        agreement(variable.unit, domain=domain, fmt="percent" if variable.format == "percent" else "number"),
        data,
        key="agreement",
        sentence=as_markdown(agreement_sentence(report, name)),
        unit=variable.unit,
        source=source(report),
    )


def residual_part(report: RestReport) -> None:
    """Both sides of every condition, and the derivation from the declared equations."""
    if report.residuals:
        st.markdown(as_markdown(residual_sentence(report)))
        st.dataframe(frames.residual_table(report), hide_index=True, width="stretch")
    else:
        st.markdown("Without a point of rest there is nothing to check; the steps below say what would have to hold.")
    st.subheader("How the rest point is derived", anchor=False)
    st.markdown("Each step takes one assumption, the equation that it makes of the model, and what follows from it.")
    for count, step in enumerate(derivation(report.scenario.system), start=1):
        box = st.expander(f"{count}. {as_markdown(step.title)}", key=f"step-{count}", on_change="rerun")
        if not box.open:
            continue
        system = report.scenario.system
        box.markdown(f"**Assume.** {as_markdown(step.sentence)}")
        box.markdown("**So**")
        with box:
            formula(expression_latex(step.condition, system), key=f"assumed-{count}")
        box.markdown("**and, solved,**")
        with box:
            solved = f"{expression_latex(step.unknown, system)} = {expression_latex(step.solution, system)}"
            formula(solved, key=f"solved-{count}")
        box.markdown("**where**")
        used = (step.unknown, step.condition, step.solution)
        box.markdown(symbol_lines(symbols_in(used, system), report))
    st.markdown(as_markdown(closing_sentence(report)))
