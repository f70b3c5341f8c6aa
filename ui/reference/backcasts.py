"""The Back-casts tab: past vintages stepped forward, against what was published since, with their errors."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from charts.backcasts import backcast_chart
from model.reports.backcast import Backcast, backcasts, backcasts_of
from model.rest.report import RestReport
from model.words.text import MINUS, exact, sentence_case
from ui.chart import show_chart
from ui.text import as_markdown

_SEEN = {"in-sample": "seen before", "partly in-sample": "seen in part", "out-of-sample": "not seen"}
_ALL, _THIS = "Every network", "This network"


def back_casts(report: RestReport) -> None:
    """Errors as a chart, figures as a table; of this network where it has a past, else of every network."""
    network = report.scenario.network
    st.header("What came of the past", anchor=False)
    scope = _ALL
    if network.kind == "real":
        scope = st.segmented_control("Back-casts of", [_THIS, _ALL], default=_THIS, key="backcast-scope", required=True)
    else:
        st.markdown(as_markdown(f"{network.title} is invented and has no past; these are the real networks."))
    with st.spinner("Stepping past figures to today …", show_time=True):
        rows = backcasts() if scope == _ALL else backcasts_of(network.name)
    lead, _, count = backcast_sentence(rows).rpartition(" Of ")
    st.markdown(as_markdown(lead))
    frame = backcast_frame(rows)
    show_chart(
        backcast_chart(len(rows), widest=max(abs(row.error) for row in rows)),
        frame,
        key="backcasts",
        sentence=as_markdown(f"Of {count}" if count else "Each dot is one figure."),
        unit="share; zero is what was published",
        source="full dots were not seen by the vintage, pale ones in part, hollow ones were; every figure with its "
        "source below.",
        table=False,
    )
    widths = {"Remark": st.column_config.Column(width=300), "Source": st.column_config.Column(width=240)}
    table = pl.DataFrame([backcast_row(row) for row in rows])
    st.dataframe(table, hide_index=True, width="stretch", column_config=widths)


def backcast_frame(rows: Sequence[Backcast]) -> pl.DataFrame:
    """Rows of the chart: label, error and side."""
    labels: list[str] = []
    for row in rows:
        label = f"{sentence_case(row.what)}, {row.unit}\n{row.error_words}, {row.until:%b %Y}"
        label += f"\n{_short(row.run)}" if row.run else ""
        while label in labels:
            label += "\u200b"  # two figures of one name would share a line
        labels.append(label)
    return pl.DataFrame(
        {"label": labels, "error": [row.error for row in rows], "side": [_SEEN[row.sample] for row in rows]}
    )


def _short(run: str) -> str:
    return run if len(run) <= 28 else f"{run[:27]}…"


def backcast_sentence(rows: Sequence[Backcast]) -> str:
    """How many figures the vintage had not seen, and between which errors the model came out."""
    unseen = [row.error for row in rows if row.sample == "out-of-sample"]
    lead = (
        "A past vintage is stepped to days for which figures were published; the error is modelled over published, "
        "minus one. In-sample: the figure, or one that contains it, went into the vintage, so agreement says little. "
        "Prices are not compared: the model does not forecast them."
    )
    if not unseen:
        return lead
    low, high = (f"{100 * end:+.1f}%".replace("-", MINUS) for end in (min(unseen), max(unseen)))
    return (
        f"{lead} Of {len(list(rows))} figures {len(unseen)} are out-of-sample; their errors run from {low} to {high}."
    )


def backcast_row(row: Backcast) -> dict[str, str]:
    """One figure in words."""
    return {
        "From": row.vintage,
        "What": f"{sentence_case(row.what)}, {row.unit}",
        "When": row.when,
        "Run": row.run or "baseline",
        "Published": exact(row.published),
        "Modelled": exact(round(row.modelled)),
        "Error": row.error_words,
        "Seen before": row.sample,
        "Remark": row.remark,
        "Source": f"{row.source} ({row.grade})",
    }
