"""Where the figures of the network on screen come from: evidence, calibration, what is left out, rules and audits."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

import polars as pl
import streamlit as st

from model import Scenario
from model.outcomes import measure_of
from model.presets.network import Figure, Network
from model.reports.calibration_report import (
    YEARS,
    Influence,
    assumed_figures,
    context_figures,
    drift,
    drift_sentence,
    evidence_sentence,
    influence,
    judgements,
    observed_figures,
    ranked,
    set_figures,
)
from model.rest.headline import headline
from model.rest.report import RestReport
from model.variables import variables_by_word
from model.words.text import exact, month, number, sentence_case
from ui import state
from ui.link import Moment
from ui.reports import report_of
from ui.text import as_markdown

GRADES = (
    "Primary: from the network itself. Secondary: from somebody who reports it. Derived: worked out from such figures. "
    "Assumed: nobody publishes it. Invented: made up for a network that does not exist."
)
_LINK = {"Link": st.column_config.LinkColumn(display_text="open", width=60)}
_WIDTHS = {
    "Figure": st.column_config.Column(pinned=True),
    "Used": st.column_config.Column(width=150),
    "Definition": st.column_config.Column(width=300),
    "Source": st.column_config.Column(width=300),
}


# ---- the tab --------------------------------------------------------------------------------------------------------
def network_figures(report: RestReport) -> None:
    """Every figure of the preset with its evidence, and what calibration made of them."""
    network = report.scenario.network
    _lead(network)
    _what_matters(network)
    st.header("Every figure with its source", anchor=False)
    st.markdown(GRADES)
    _figures("Observed", "What calibration starts from.", network, observed_figures(network))
    _figures("Published settings", "Rules and rates; they enter as they are.", network, set_figures(network))
    _derived(network)
    _figures("Assumed", "They enter, and nobody publishes them.", network, assumed_figures(network))
    _figures("Shown beside", "The model does not read them.", network, context_figures(network))
    listed("Not modelled", network.not_modelled)


def _lead(network: Network) -> None:
    """What it is, how it rests and whether it starts there."""
    own = report_of(Moment(Scenario(network)))
    st.header(as_markdown(f"{network.title}, {month(network.as_of)}"), anchor=False)
    said = [evidence_sentence(network), f"Kind of rest: {headline(own)}"]
    if _comes_with_the_app(network):
        said.append(drift_sentence(drift(network)))
    elif network.starts_at_rest:
        said.append("Nothing was calibrated: the network starts at its rest point.")
    st.markdown("\n\n".join(as_markdown(sentence) for sentence in said))


def _comes_with_the_app(network: Network) -> bool:
    """Whether it is a real network whose preset is on file; of one written out in a link nobody knows the past."""
    return network.kind == "real" and not network.written


# ---- what matters most ----------------------------------------------------------------------------------------------
def _what_matters(network: Network) -> None:
    """The judgement calls in words, and on request how far each assumed figure moves the outcome."""
    listed("The judgement calls that matter most", network.judgement_calls)
    if not _comes_with_the_app(network):
        return
    box = st.expander("How far each assumed figure moves the outcome", key="influences", on_change="rerun")
    if not box.open:
        return
    with box:
        found = _measured(network)
        if not found:
            return
        price, capacity = found[0].base
        st.markdown(
            "Each assumed figure is set to both ends of its usual range, the network is calibrated anew, and price and "
            f"capacity after {YEARS} years are compared with the first day (first day = 1). With the figures as they "
            f"are: price {number(price)}, capacity {number(capacity)}. The largest first."
        )
        st.dataframe(pl.DataFrame([_influence_row(i) for i in found]), hide_index=True, width="stretch")


def _measured(network: Network) -> tuple[Influence, ...]:
    """Influences one by one, with a bar that says how long it will still take; kept once they are known."""
    arms = judgements(network.identity)
    bar, begun = st.empty(), time.monotonic()
    found = []
    for count, arm in enumerate(arms, start=1):
        found.append(influence(network.identity, arm))
        spent = time.monotonic() - begun
        if spent > 0.3:
            left = spent / count * (len(arms) - count)
            bar.progress(count / len(arms), f"{count} of {len(arms)} figures, about {max(left, 1):.0f} seconds left")
    bar.empty()
    return ranked(found)


def _influence_row(found: Influence) -> dict[str, str]:
    return {
        "Figure": sentence_case(found.label),
        "Value": exact(found.value),
        "Varied between": f"{exact(found.low)} and {exact(found.high)}",
        "Price": f"{number(found.price[0])} and {number(found.price[1])}",
        "Capacity": f"{number(found.capacity[0])} and {number(found.capacity[1])}",
    }


# ---- figures --------------------------------------------------------------------------------------------------------
def _figures(title: str, sentence: str, network: Network, found: tuple[Figure, ...]) -> None:
    if not found:
        return
    st.subheader(f"{title} ({len(found)})", anchor=False)
    st.markdown(sentence)
    rows = list(figure_rows(found, network))
    st.dataframe(pl.DataFrame(rows), hide_index=True, width="stretch", column_config={**_WIDTHS, **_LINK})


def figure_rows(found: Iterable[Figure], network: Network, alternative: bool = False) -> Iterator[dict[str, str]]:
    """Figures and, under each, what other sources say."""
    for figure in found:
        yield {
            "Figure": figure_label(figure, network),
            "Value": exact(figure.value),
            "Unit": _unit(figure, network),
            "Used": "no, another source" if alternative else ("no" if figure.part == "context" else "yes"),
            "Grade": figure.grade,
            "Definition": ". ".join(part.rstrip(".") for part in (figure.definition, figure.note) if part),
            "Date": figure.date,
            "Source": figure.source.title,
            "Link": figure.source.link,
            "Key": figure.key,
        }
        yield from figure_rows(figure.alternatives, network, alternative=True)


def figure_label(figure: Figure, network: Network) -> str:
    """A figure in words: the label of the parameter or variable it gives, else its key."""
    word = figure.key.partition(".")[0]
    if figure.part == "parameter" and figure.key in network.parameters:
        return network.parameters[figure.key].label
    if figure.part == "observed" and word in variables_by_word:
        return measure_of(variables_by_word[word], figure.key, network.structure).label
    return sentence_case(figure.key.replace("_", " ").replace(".", ", "))


def _unit(figure: Figure, network: Network) -> str:
    word = figure.key.partition(".")[0]
    if figure.part == "parameter" and figure.key in network.parameters:
        return network.parameters[figure.key].declared.unit
    if figure.part == "observed" and word in variables_by_word:
        return variables_by_word[word].unit.replace("tokens", network.token).replace("token", network.token)
    return "in the definition"


def _derived(network: Network) -> None:
    if not network.derived:
        return
    st.subheader(f"Derived by calibration ({len(network.derived)})", anchor=False)
    st.markdown("Nobody publishes these settings; each is worked out so that the network starts where it was observed.")
    keys = network.parameters
    rows = [
        {
            "Setting": keys[key].label if key in keys else key,
            "Value": number(network.values.get(key), 6),
            "Unit": keys[key].declared.unit if key in keys else "",
            "Rule": sentence_case(rule),
            "Key": key,
        }
        for key, rule in network.derived.items()
    ]
    st.dataframe(pl.DataFrame(rows), hide_index=True, width="stretch", column_config={"Rule": {"width": 400}})


# ---- words ----------------------------------------------------------------------------------------------------------
def listed(title: str, sentences: Iterable[str]) -> None:
    """A heading and a list under it; nothing where there are no sentences."""
    lines = [f"- {as_markdown(sentence_case(sentence))}" for sentence in sentences]
    if lines:
        st.subheader(title, anchor=False)
        st.markdown("\n".join(lines))


def rules_and_audits(report: RestReport) -> None:
    """Who decides, who checked the code and the like, each with its source, and what is not modelled."""
    network = report.scenario.network
    st.header(as_markdown(f"Who decides and who checked {network.title}"), anchor=False)
    if not network.notes:
        st.markdown("The network is invented: nobody governs it and nothing was audited.")
    for note in network.notes:
        st.subheader(sentence_case(note.key.replace("_", " ")), anchor=False)
        title = as_markdown(note.source.title)
        source = f"[{title}]({note.source.link})" if note.source.link else title
        st.markdown(f"{as_markdown(note.text)} Source: {source}, {as_markdown(note.date)} ({note.grade}).")
    if network.notes:
        st.page_link("pages/vote.py", label="Vote under this rule", query_params=state.query())
        st.page_link("pages/scorecard.py", label="Governance and audits in the scorecard", query_params=state.query())
