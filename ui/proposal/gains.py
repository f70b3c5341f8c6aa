"""Who gains and who pays: bands per group, the line that adds up, and a row per group with value and reason."""

from __future__ import annotations

import textwrap
from typing import Any

import polars as pl
import streamlit as st

from charts.gain_bands import KEY_LABEL, KEY_SHORT, gain_bands, key_rows
from model.gains.who_gains import BANDS
from model.spread import DOTS
from model.words.scenario_words import source_line
from model.words.text import TOLERANCE, duration, percent, quantity
from model.words.voted_sentences import turned
from ui.chart import show_chart
from ui.link import Moment
from ui.proposal.runs import Gains, gains_of, voted_alone
from ui.rows import heading_row, row
from ui.text import as_markdown

HEADINGS = ("Group", "Difference", "In tokens", "Part of what it would have without it", "Why")
WEIGHTS = (1.8, 1.5, 1.5, 1.6, 4.4)
ALONE_HEADING, ALONE_WEIGHT = "Difference with what is voted alone", 1.6


NOBODY = "Nobody would gain or pay: no flow and no price differs from the baseline."


def who_gains_panel(moment: Moment) -> None:
    """The whole section; groups that nothing reaches are named in a line."""
    st.subheader("Who gains and who pays", anchor="who-gains")
    with st.container():
        waiting = st.empty()
        waiting.skeleton(height=300)
        found = gains_of(moment)
        waiting.empty()
    groups = reached(found)
    if not groups.height:
        st.markdown(NOBODY)
        return
    show_chart(
        gain_bands(groups.height + 1),
        {"main": segments(groups), "totals": totals(groups, found), "key": key_rows()},
        key="gain-bands",
        sentence=as_markdown(summary_sentence(groups, found)),
        unit="part of all modelled futures, by band",
        source=as_markdown(bands_source(moment, found)),
        table=band_table(groups),
    )
    _rows(groups, moment)
    rest = found.summary.filter(pl.col("difference") == 0)["label"].to_list()
    notes = [found.line]
    if rest:
        notes.append(f"Nothing would reach: {', '.join(label.lower() for label in rest)}.")
    if found.stopped:
        notes.append(f"{found.stopped} runs stop before the end and are counted up to there.")
    notes.append(f"Differences are scenario less baseline, summed over {duration(moment.years)} without discounting.")
    with st.container(key="conservation"):
        st.markdown(as_markdown(" ".join(notes)))


def _rows(reached: pl.DataFrame, moment: Moment) -> None:
    """A row per group; with one more column, and who turns, where a proposal counts on what no vote decides."""
    other = voted_alone(moment)
    alone = gains_of(other).summary if other else None
    headings = HEADINGS if alone is None else (HEADINGS[0], HEADINGS[1], ALONE_HEADING, *HEADINGS[2:])
    weights = WEIGHTS if alone is None else (WEIGHTS[0], WEIGHTS[1], ALONE_WEIGHT, *WEIGHTS[2:])
    if alone is not None and (told := turned(alone, reached)):
        with st.container(key="turned"):
            st.markdown(as_markdown(told))
    heading_row(headings, weights, key="gains")
    for line in reached.iter_rows(named=True):
        cells = [
            f"**{as_markdown(line['label'])}**",
            as_markdown(signed(line["difference"], "$")),
            as_markdown(signed(line["in_tokens"], "tokens")),
            as_markdown(_relative(line["relative"])),
            as_markdown(line["reason"]),
        ]
        if alone is not None:
            voted = alone.filter(pl.col("group") == line["group"])["difference"].sum()
            cells.insert(2, as_markdown(signed(float(voted), "$")))
        row(tuple(cells), headings, weights, key=f"gain-{line['group'].replace('.', '-')}")


def reached(found: Gains) -> pl.DataFrame:
    """Groups whose gains differ from the baseline's at all."""
    return found.summary.filter(pl.col("difference").abs() > 0)


def bands_source(moment: Moment, found: Gains) -> str:
    """Where the bars come from, what the signs of their narrow key are, and what bands compare with."""
    counted = f"{found.futures} of the modelled futures" if found.futures else "the single path"
    signs = "; ".join(f"{sign} {band}" for sign, band in zip(KEY_SHORT, BANDS, strict=True))
    return (
        f"{source_line(moment.scenario)} {signs}. Bands compare with what a group holds on the first day and receives "
        f"in the baseline until {duration(moment.years)} later; means over {counted}."
    )


def segments(groups: pl.DataFrame) -> pl.DataFrame:
    """One row per group and band that has futures: label, group, band, start, end, words."""
    rows = []
    for line in groups.iter_rows(named=True):
        start = 0.0
        for number, band in enumerate(BANDS):
            part = float(line[band])
            if part > 0:
                words = f"{band} in {round(DOTS * part)} of {DOTS} futures"
                rows.append((_wrapped(line["label"]), line["label"], number, start, start + part, words))
            start += part
    names = ["label", "group", "band", "start", "end", "words"]
    return pl.DataFrame(rows, schema=names, orient="row")


def totals(groups: pl.DataFrame, found: Gains) -> pl.DataFrame:
    """What stands at the right end of each bar: the count of futures, or the band on the single path."""
    rows = [(KEY_LABEL, f"of {DOTS}\nfutures" if found.futures else "")]
    for line in groups.iter_rows(named=True):
        gains, loses = counts(line)
        rows.append((_wrapped(line["label"]), f"{gains} gain\n{loses} lose" if found.futures else ""))
    return pl.DataFrame(rows, schema=["label", "text"], orient="row")


def counts(line: dict[str, Any]) -> tuple[int, int]:
    """In how many of fifty futures a group gains and loses by more than 0.1% of what it has."""
    loses, gains = (sum(float(line[band]) for band in part) for part in (BANDS[:2], BANDS[3:]))
    return round(DOTS * gains), round(DOTS * loses)


def summary_sentence(groups: pl.DataFrame, found: Gains) -> str:
    """Who gains most and who pays most, on average."""
    if not groups.height:
        return NOBODY
    parts = []
    ordered = groups.sort("difference", descending=True)
    for line, verb in ((ordered.row(0, named=True), "gain"), (ordered.row(-1, named=True), "lose")):
        if (line["difference"] > 0) != (verb == "gain"):
            continue
        gains, loses = counts(line)
        seen = gains if verb == "gain" else loses
        often = f"all {DOTS}" if seen == DOTS else f"{seen} of {DOTS}"
        count = f", and {verb} in {often} modelled futures" if found.futures else ""
        parts.append(f"{line['label'].lower()} would {verb} most, {quantity(abs(line['difference']), '$')}{count}")
    return f"{'On average' if found.futures else 'On the single path'}, {'; '.join(parts)}."


def band_table(groups: pl.DataFrame) -> pl.DataFrame:
    """The numbers behind the bars."""
    return groups.select("label", *BANDS, "difference", "p05", "p95", "in_tokens")


def signed(value: float, unit: str) -> str:
    """A difference with its sign."""
    return f"+{quantity(value, unit)}" if value > 0 else quantity(value, unit)


def _relative(value: float | None) -> str:
    if value is None:
        return "it has nothing in the baseline"
    if abs(value) < TOLERANCE:
        return "less than 0.1%"
    return f"{'+' if value > 0 else '−'}{percent(abs(value))}"


def _wrapped(label: str) -> str:
    return "\n".join(textwrap.wrap(label, 16))
