"""What drives it: parts in a waterfall, assumptions in a tornado, values that turn the answer, who leaves first."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import polars as pl
import streamlit as st

from charts.tornado import tornado_chart
from charts.waterfall import waterfall
from model.outcomes import Measure, measures
from model.rest.threshold_sentences import role_sentences
from model.sensitivity.attribution import Attribution
from model.sensitivity.uncertainty import Tornado
from model.words.driver_sentences import is_flat, is_worth_drawing, waterfall_sentence, written
from model.words.scenario_words import source_line
from model.words.text import percent
from ui.chart import show_chart
from ui.link import Moment
from ui.pick import pick
from ui.proposal.runs import drivers_of, flips_of, tornado_of
from ui.reports import baseline_report, report_of
from ui.runs import single_path
from ui.text import as_markdown

T = TypeVar("T")

MOST_BARS = 10
"""Assumptions drawn; the rest stands in the table."""
REACH = 4.0
"""An end of a bar more than this many times beyond the others is cut at the axis and written out."""
BRIEF = 16
"""Longer values are written without their unit beside a bar; the table and the tooltip have it."""
_KEPT = "_drivers_of"
_PATH = (
    "Single path without shocks; its values differ from the medians of futures above, because shocks up and down do "
    "not cancel out."
)
MECHANICAL, BEHAVIOUR = "Mechanical", "With behaviour"


def drivers_panel(moment: Moment) -> None:
    """Four tabs; each is computed when it is opened."""
    st.subheader("What drives it", anchor="drivers")
    measure = _asked(moment)
    parts: dict[str, Callable[[Moment, Measure], None]] = {
        "Part by part": _parts_tab,
        "Assumption by assumption": _tornado_tab,
        "What would turn it": _flips_tab,
        "Who would leave first": _leaving_tab,
    }
    for tab, draw in zip(st.tabs(list(parts), key="driver-tabs", on_change="rerun"), parts.values(), strict=True):
        if tab.open:
            with tab:
                draw(moment, measure)


def _asked(moment: Moment) -> Measure:
    """Which measure the tabs are about; kept while pages change."""
    offered = measures(moment.scenario.system)
    titles = {key: measure.title for key, measure in offered.items()}
    kept: str = st.session_state.get(_KEPT, "")
    asked = kept if kept in offered else "supply"
    return offered[pick("Measure at the end of the horizon", titles, asked, _keep, key="pick-driver", width=420)]


def _keep(measure: str) -> None:
    st.session_state[_KEPT] = measure


def _waiting(work: Callable[[], T]) -> T:
    """A skeleton until something slow is there."""
    place = st.empty()
    place.skeleton(height=260)
    found = work()
    place.empty()
    return found


# ---- part by part -------------------------------------------------------------------------------------
def _parts_tab(moment: Moment, measure: Measure) -> None:
    how = st.segmented_control(
        "How", [BEHAVIOUR, MECHANICAL], default=BEHAVIOUR, key="driver-how", required=True, label_visibility="collapsed"
    )
    found = _waiting(lambda: drivers_of(moment))
    if isinstance(found, str):
        st.info(as_markdown(found), icon=":material/info:")
        return
    shares = found[measure.column].full if how == BEHAVIOUR else found[measure.column].mechanical
    first = float(single_path(moment).values(measure.column)[0, 0])
    sentence = waterfall_sentence(shares, measure, first)
    if moment.futures and not is_flat(shares, measure):
        sentence += " Medians of futures, as in the sentences above, differ from it."
    note = (
        "Behaviour is held on the baseline's path: prices, use and capacity do not answer."
        if how == MECHANICAL
        else "Each part counts with the average of what it adds over all orders (Shapley), so that parts add up."
    )
    if shares.undefined or not shares.parts or not is_worth_drawing(shares, measure):
        st.markdown(as_markdown(sentence))
        return
    show_chart(
        waterfall(measure.unit, rows=len(shares.parts) + 2, fmt="percent" if measure.percent else "number"),
        steps(shares, measure, first),
        key="waterfall",
        sentence=as_markdown(sentence),
        unit=measure.unit,
        source=as_markdown(f"{source_line(moment.scenario)} {_PATH} {note}"),
        table=shares.frame,
    )


def steps(found: Attribution, measure: Measure, first: float) -> pl.DataFrame:
    """Rows of the waterfall: baseline, the parts with the largest first, scenario."""
    factor = 100 / first if measure.indexed else 1.0
    at = found.baseline
    rows = [("Baseline", at * factor, at * factor, "baseline", measure.write(at * factor))]
    for label, share in found.frame.select("label", "share").iter_rows():
        role = "gain" if share >= 0 else "loss"  # up and down; the text says it with a sign
        rows.append((wrapped(label), at * factor, (at + share) * factor, role, written(measure, share, first)))
        at += share
    rows.append(("Scenario", found.scenario * factor, found.scenario * factor, "baseline",
                 measure.write(found.scenario * factor)))  # fmt: skip
    return pl.DataFrame(rows, schema=["label", "start", "end", "role", "text"], orient="row")


def wrapped(label: str, width: int = 26) -> str:
    """A label in at most two lines, parted by a line feed."""
    return "\n".join(textwrap.wrap(label, width)[:2] if len(label) < 2 * width else
                     textwrap.wrap(textwrap.shorten(label, 2 * width - 4, placeholder=" …"), width))  # fmt: skip


# ---- assumption by assumption -------------------------------------------------------------------------
def _tornado_tab(moment: Moment, measure: Measure) -> None:
    found = _waiting(lambda: tornado_of(moment, measure.column))
    if not found.bars:
        st.markdown(as_markdown(found.sentence))
        return
    shown = found.bars[:MOST_BARS]
    relative = found.question.compared == "relative"
    unit = f"difference from the baseline of {measure.label.lower()}"
    fmt = "percent" if relative or measure.percent else "number"
    unit += " (percent)" if relative else " (percentage points)" if measure.percent else f" ({measure.unit})"
    frame, rules = arms(found)
    counted = len(found.bars) - len(shown)
    more = f" {counted} more move it less and stand in the table." if counted else ""
    show_chart(
        tornado_chart(unit, rows=len(shown), fmt=fmt),
        {"main": frame, "rules": rules},
        key="tornado",
        sentence=as_markdown(found.sentence),
        unit=unit,
        source=as_markdown(
            f"{source_line(moment.scenario)} {_PATH} Each assumption alone at the ends of its usual range (faint: "
            f"low end, full: high end).{more} {_calls(found)}"
        ),
        table=found.frame.select("label", "low_words", "high_words", "effect_low", "effect_now", "effect_high"),
    )


def _calls(found: Tornado) -> str:
    calls = found.judgement_calls[:2]
    return f"Judgement calls the network names: {'; '.join(calls)}." if calls else ""


def arms(found: Tornado) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both ends of every bar, cut where they would leave the rest unreadable, and the rules at zero and now."""
    shown, words = found.bars[:MOST_BARS], found.question.effect_words
    ends = np.array([end for bar in shown for end in (bar.effect_low, bar.effect_high)])
    sizes = np.sort(np.abs(ends[np.isfinite(ends)]))[::-1]
    reach = REACH * max(float(sizes[min(4, len(sizes) - 1)]), abs(found.effect), 1e-12) if len(sizes) else 1.0
    rows = []
    for bar in shown:
        sides = {"low": (bar.effect_low, bar.low_words), "high": (bar.effect_high, bar.high_words)}
        same = (bar.effect_low - found.effect) * (bar.effect_high - found.effect) > 0
        outer = max(sides, key=lambda side: abs(sides[side][0] - found.effect))
        for side, (end, value) in sides.items():
            if not np.isfinite(end):
                continue
            cut = float(np.clip(end, -reach, reach))
            brief = value if len(value) <= BRIEF else value.partition(" ")[0]
            text = brief if cut == end else f"{brief}: {words(end)}"
            told = f"{bar.label} at {value}: {words(end)}"
            rows.append((wrapped(bar.label, 20), side, found.effect, cut, "" if same and side != outer else text, told))
    frame = pl.DataFrame(rows, schema=["label", "side", "now", "end", "text", "told"], orient="row")
    rules = pl.DataFrame({"value": [0.0, found.effect], "label": ["", "now"]})
    return frame, rules


# ---- what would turn it -------------------------------------------------------------------------------
def _flips_tab(moment: Moment, measure: Measure) -> None:
    found = _waiting(lambda: flips_of(moment, measure.column))
    if not found.points:
        st.markdown(as_markdown(found.sentence))
        return
    st.markdown("Each value is solved for alone, on the single path, with everything else as it is; nearest first.")
    st.markdown("\n".join(f"- {as_markdown(point.sentence)}" for point in found.points))


# ---- who would leave first ----------------------------------------------------------------------------
def _leaving_tab(moment: Moment, measure: Measure) -> None:  # noqa: ARG001
    reports = _waiting(lambda: (baseline_report(moment), report_of(moment)))
    for title, report in zip(("Baseline", "Scenario, in full force"), reports, strict=True):
        sentences = role_sentences(report)
        told = " ".join(sentences) or f"There is no rest point to ask this at. {report.rest.reason}"
        st.markdown(f"**{title}.** {as_markdown(told)}")
    point = reports[1].point
    if point is None:
        return
    speeds = sorted(((role.exit_index, name) for name, role in point.by_role.items()), reverse=True)
    shape = moment.scenario.structure
    lines = [f"{shape.called(name).capitalize()}: {percent(0.1 * speed)} a year" for speed, name in speeds if speed > 0]
    if lines:
        st.markdown(
            as_markdown(
                "At first, after a fall of the price by 10%, capacity would shrink by: " + "; ".join(lines) + "."
            )
        )
    else:
        st.markdown("No role is paid in tokens, so a fall of the price alone makes none leave.")
