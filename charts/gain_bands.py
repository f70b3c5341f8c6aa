"""Who gains and who pays: one bar per group, divided into the five bands in which modelled futures fall.

Data: "main" with label (lines parted by a line feed), band (0 to 4, loss to gain), start and end (parts of all
futures) and words (the band in words); "totals" with label and text; "key" with band, start, end and text.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt
import polars as pl

from charts import layers
from charts.layers import Spec
from charts.roles import colour_scale, in_role

ROLES = ("loss", "loss", "unknown", "gain", "gain")
STRENGTH = (0.95, 0.45, 0.3, 0.45, 0.95)
"""Opacity by band: the outer ones are the fuller."""
KEY_LABEL = "How to read"
KEY_SHORT = ("−−", "−", "0", "+", "++")
"""Written instead where a phone has no room for words; the line under the chart says what they are."""
KEY_TEXT = ("loses\nover 5%", "loses\nup to 5%", "no\nchange", "gains\nup to 5%", "gains\nover 5%")
ROOM = 330
"""Pixels of width from which the words of the key fit."""
ROW = 40
AROUND = 44


def key_rows() -> pl.DataFrame:
    """The first row: every band once, with its words."""
    return pl.DataFrame(
        {
            "label": [KEY_LABEL] * 5,
            "band": list(range(5)),
            "start": [i / 5 for i in range(5)],
            "end": [(i + 1) / 5 for i in range(5)],
            "text": list(KEY_TEXT),
            "short": list(KEY_SHORT),
        }
    )


@lru_cache(maxsize=16)
def gain_bands(rows: int) -> Spec:
    """Stacked bars over parts of all modelled futures; `rows` counts the groups and the row that says how to read."""
    axis = alt.Axis(
        title=None, ticks=False, domain=False, labelLimit=150, labelExpr="split(datum.label, '\\n')",
        labelColor=layers.AXIS_COLOUR, labelFontSize=layers.LABEL_SIZE, labelLineHeight=14,
    )  # fmt: skip
    y = alt.Y("label:N", sort=None, axis=axis, scale=alt.Scale(paddingInner=0.2))
    side = alt.Axis(
        title=None, values=[0, 0.5, 1], labelExpr="datum.value == 0 ? 'no future' : datum.value == 1 ? 'all' : 'half'",
        labelColor=layers.AXIS_COLOUR, labelFontSize=layers.LABEL_SIZE, grid=False, ticks=False, domain=False,
    )  # fmt: skip
    x = alt.X("start:Q", axis=side, scale=alt.Scale(domain=[0, 1]))
    tooltip = [alt.Tooltip("group:N", title="Group"), alt.Tooltip("words:N", title="Futures")]
    bars = _bars("main", x, y).encode(tooltip=tooltip)
    key = _bars("key", x, y)
    words = (
        in_role(alt.Chart(layers.source("key")).transform_calculate(middle="(datum.start + datum.end) / 2"), "ink")
        .mark_text(
            fontSize=alt.ExprRef("type - 1"),
            lineBreak="\n",
            baseline="middle",
            dy=-6,
            lineHeight=13,
            align="center",
            text=alt.ExprRef(f"width < {ROOM} ? datum.short : datum.text"),
        )
        .encode(x="middle:Q", y=y)
    )
    total = (
        in_role(alt.Chart(layers.source("totals")), "ink")
        .mark_text(align="left", dx=6, fontSize=layers.LABEL_SIZE, lineBreak="\n", baseline="middle", dy=-6)
        .encode(x=alt.value("width"), y=y, text="text:N")
    )
    return layers.to_spec(key, words, bars, total, height=ROW * rows + AROUND)


def _bars(data: str, x: alt.X, y: alt.Y) -> alt.Chart:
    """Segments coloured by band; on the key they stand back behind their words."""
    roles = "['" + "', '".join(ROLES) + "'][datum.band]"
    shown = [round(value * (0.35 if data == "key" else 1.0), 3) for value in STRENGTH]
    drawn = alt.Chart(layers.source(data)).transform_calculate(role=roles, strength=f"{shown}[datum.band]")
    opacity = alt.Opacity("strength:Q", legend=None, scale=None)
    colour = alt.Color("role:N", scale=colour_scale(), legend=None)
    height = {"band": 1.0 if data == "key" else 0.65}
    bars: alt.Chart = drawn.mark_bar(height=height, stroke=None).encode(x=x, x2="end:Q", y=y)
    return bars.encode(color=colour, opacity=opacity)
