"""Two bars for each of a few names: what it has under one rule and under another, written beside each bar.

Data: "main" with label (name), series ("baseline" or "scenario"), value (in `unit`), text (the value as written) and
word (the rule in words); drawn in the given order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

import altair as alt
import polars as pl

from charts import layers
from charts.layers import Format, Spec
from charts.roles import colour_scale, in_role, role_field

ROW = 40
AROUND = 64  # pixels for padding, axis and its title
TEXT = 48  # pixels for the value beside the longest bar
SERIES = ("baseline", "scenario")


@lru_cache(maxsize=64)
def before_after(unit: str, *, rows: int, fmt: Format = "percent") -> Spec:
    """Pairs of horizontal bars; the first of a pair is hollow, so that no pair is told apart by colour alone."""
    data = layers.source()
    axis = alt.Axis(
        title=None, ticks=False, domain=False, labelLimit=140,
        labelColor=layers.AXIS_COLOUR, labelFontSize=layers.LABEL_SIZE,
    )  # fmt: skip
    y = alt.Y("label:N", sort=None, axis=axis, scale=alt.Scale(paddingInner=0.25))
    offset = alt.YOffset("series:N", sort=list(SERIES), scale=alt.Scale(domain=list(SERIES), paddingInner=0.15))
    room = alt.Scale(zero=True, nice=False, range=[0, alt.ExprRef(f"width - {TEXT}")])
    x = alt.X("value:Q", scale=room, axis=layers.side_axis(unit, fmt=fmt))
    tooltip = [
        alt.Tooltip("label:N", title="Name"),
        alt.Tooltip("word:N", title="Rule"),
        alt.Tooltip("text:N", title=unit),
    ]
    base = alt.Chart(data).encode(x=x, y=y, yOffset=offset)
    drawn = alt.Chart(data).transform_calculate(filled=f"datum.series == '{SERIES[0]}' ? 0.15 : 1")
    bar = drawn.mark_bar(strokeWidth=1.5).encode(
        x=x,
        y=y,
        yOffset=offset,
        color=role_field("series"),
        stroke=alt.Stroke("series:N", scale=colour_scale(), legend=None),
        fillOpacity=alt.FillOpacity("filled:Q", legend=None, scale=None),
        tooltip=tooltip,
    )
    text = (
        in_role(base, "ink")
        .mark_text(align="left", baseline="middle", dx=5, fontSize=layers.LABEL_SIZE)
        .encode(text="text:N")
    )
    return layers.to_spec(bar, text, height=ROW * rows + AROUND)


def pairs(
    rows: Iterable[tuple[str, float, float]], words: tuple[str, str], write: Callable[[float], str]
) -> pl.DataFrame:
    """Data of `before_after`: name, value before and value after; `words` names the two, `write` writes a value."""
    made = [
        (name, series, value, write(value), word)
        for name, *values in rows
        for series, value, word in zip(SERIES, values, words, strict=True)
    ]
    return pl.DataFrame(made, schema=["label", "series", "value", "text", "word"], orient="row")
