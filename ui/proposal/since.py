"""What happened since: for a past proposal, its projection beside what was published later."""

from __future__ import annotations

import textwrap

import streamlit as st

from model.proposals.proposal import Proposal
from model.reports.since import Since, happened_since
from model.words.text import TOLERANCE, month, percent, quantity
from ui.link import Moment
from ui.rows import heading_row, row
from ui.text import as_markdown

HEADINGS = ("Published", "When", "Figure", "Baseline", "With it", "Closer", "Was the figure known?")
WEIGHTS = (1.6, 1.8, 1.4, 1.7, 1.7, 1.1, 2.0)
PAST = ("passed", "in-force", "defeated")


def since_panel(moment: Moment) -> None:
    """A table per past proposal; a sentence where nothing later is on file."""
    for part in moment.scenario.stacked:
        found = happened_since(part, moment.scenario.network)
        if not found and part.status not in PAST:
            continue
        st.subheader("What happened since", anchor="since")
        if not found:
            st.markdown(as_markdown(_nothing(part, moment)))
            continue
        st.markdown(
            as_markdown(
                f"“{part.title}” alone with all its provisions, stepped from {moment.scenario.network.title} of "
                f"{month(moment.scenario.network.as_of)} on the single path, beside figures published later. "
                f"{_closer(found)} Other decisions taken since are in neither column."
            )
        )
        heading_row(HEADINGS, WEIGHTS, key=f"since-{part.name}")
        for number, line in enumerate(found):
            row(_cells(line), HEADINGS, WEIGHTS, key=f"since-{part.name}-{number}")


def _closer(found: tuple[Since, ...]) -> str:
    """How many figures lie closer to the projection with the proposal."""
    near = sum(line.closer == "with it" for line in found)
    alike = sum(line.closer == "both alike" for line in found)
    told = f"{near or 'None'} of {len(found)} lie closer to the projection with it than without it"
    return f"{told}; {alike} cannot tell the two apart." if alike else f"{told}."


def _nothing(part: Proposal, moment: Moment) -> str:
    if part.is_for_any or part.network == moment.scenario.network.identity:
        return "No published figure of a day after this date is on file, so there is nothing to compare with yet."
    return f"Open it on {part.network.replace('@', ' of ')}, where it was put, to compare with figures published since."


def _cells(line: Since) -> tuple[str, ...]:
    figure = line.figure
    when = month(figure.until) if figure.since == figure.until else f"{month(figure.since)} to {month(figure.until)}"
    told = {"in-sample": "Yes, in-sample", "partly in-sample": "In part", "out-of-sample": "No, out-of-sample"}
    return (
        as_markdown(f"{figure.what}, {figure.unit}".capitalize().replace(figure.unit.lower(), figure.unit)),
        as_markdown(when),
        as_markdown(quantity(figure.published, "", 4)),
        as_markdown(f"{quantity(line.baseline, '', 4)} ({_error(line.error(line.baseline))})"),
        as_markdown(f"{quantity(line.scenario, '', 4)} ({_error(line.error(line.scenario))})"),
        line.closer.capitalize(),
        as_markdown(f"{told[figure.sample]}. {textwrap.shorten(figure.source, 60, placeholder=' …')} ({figure.grade})"),
    )


def _error(share: float) -> str:
    """Modelled over published, minus one."""
    if abs(share) < TOLERANCE:
        return "within 0.1%"
    return f"{'+' if share > 0 else '−'}{percent(abs(share), 2)}"
