"""Modelled votes by how far each is from what the rule asks: quorum across, approval upwards, where they meet a corner.

Data: "main" with across and up (shares), across_text and up_text (as written), passes ("passes" or "fails") and outcome
in words, one row per modelled vote; "words" with corner ("passes", "quorum", "approval", "both") and label, what the
four fields are called.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt

from charts import layers
from charts.layers import Spec
from charts.roles import colour_scale, in_role

TICKS = [-1, -0.5, -0.2, -0.05, -0.01, 0, 0.01, 0.05, 0.2, 0.5, 1]
CLOSE = 0.01
"""Share around nothing that is drawn in proportion; beyond it steps grow, so that close votes stand apart."""
ROOM = 14  # pixels between the outermost marks and the frame
CORNERS: dict[str, tuple[Any, Any, Any, Any]] = {
    "quorum": (6, 6, "left", "top"),
    "approval": ({"expr": "width - 6"}, {"expr": "height - 6"}, "right", "bottom"),
}
"""Corners in which fields are named; the two others are named at the lines, away from where their votes crowd."""


@lru_cache(maxsize=8)
def vote_map(*, quorum: bool = True, height: int = 340) -> Spec:
    """Filled dots pass, hollow ones fail; the corner in which quorum and approval are met is shaded.

    Parameters
    ----------
    quorum
        Whether the rule has one; without, turnout stands across.
    """
    signed = alt.Scale(type="symlog", constant=CLOSE, nice=False, zero=True, padding=ROOM)
    title = "yes beyond the quorum, % of all votes" if quorum else "turnout, % of all votes"
    across = layers.side_axis(title, fmt="percent")
    upwards = layers.value_axis("beyond what approval asks, % of all votes", fmt="percent")
    for axis in (across, upwards) if quorum else (upwards,):
        axis.values, axis.labelOverlap = TICKS, True
    x = alt.X("across:Q", axis=across, scale=signed if quorum else alt.Scale(nice=False, zero=True, padding=ROOM))
    y = alt.Y("up:Q", axis=upwards, scale=signed)
    line = _named("passes")
    field = line.mark_rect(opacity=0.12).encode(y=alt.YDatum(0), y2=alt.value(0))
    parts = [in_role(line.mark_rule(strokeWidth=1.5), "scenario").encode(y=alt.YDatum(0))]
    if quorum:
        field = field.encode(x=alt.XDatum(0), x2=alt.value("width"))
        parts.append(in_role(line.mark_rule(strokeWidth=1.5), "scenario").encode(x=alt.XDatum(0)))
    parts.insert(0, in_role(field, "scenario"))
    return layers.to_spec(*parts, _votes(x, y), *_words(), height=height)


def _named(corner: str) -> alt.Chart:
    """One row of data: the name of a field."""
    return alt.Chart(layers.source("words")).transform_filter(f"datum.corner == '{corner}'")


def _words() -> list[alt.Chart]:
    """The name of each field, away from where its votes lie."""
    style: dict[str, Any] = {"fontSize": layers.LABEL_SIZE, "fontWeight": "bold"}
    inner = _named("passes").mark_text(align="right", baseline="bottom", dy=-5, **style)
    x = alt.value({"expr": "width - 6"})
    found = [in_role(inner, "muted").encode(x=x, y=alt.YDatum(0), text="label:N")]
    crowded = _named("both").mark_text(align="right", baseline="bottom", dx=-6, **style)
    found.append(in_role(crowded, "muted").encode(x=alt.XDatum(0), y=alt.value({"expr": "height - 6"}), text="label:N"))
    for corner, (across, up, align, baseline) in CORNERS.items():
        mark = _named(corner).mark_text(align=align, baseline=baseline, **style)
        found.append(in_role(mark, "muted").encode(x=alt.value(across), y=alt.value(up), text="label:N"))
    return found


def _votes(x: alt.X, y: alt.Y) -> alt.Chart:
    """Filled where it passes, hollow where it fails."""
    filled = alt.FillOpacity("passes:N", legend=None, scale=alt.Scale(domain=["passes", "fails"], range=[0.7, 0.0]))
    drawn = alt.Chart(layers.source()).mark_point(shape="circle", size=26, strokeWidth=1.2, strokeOpacity=0.8)
    tooltip = [
        alt.Tooltip("across_text:N", title="Across"),
        alt.Tooltip("up_text:N", title="Upwards"),
        alt.Tooltip("outcome:N", title="Outcome"),
    ]
    fill = alt.Fill("role:N", scale=colour_scale(), legend=None)
    return in_role(drawn.encode(x=x, y=y, fill=fill, fillOpacity=filled, tooltip=tooltip), "scenario")
