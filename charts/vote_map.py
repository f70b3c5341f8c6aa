"""Turnout against support: where a vote passes under a rule, and where modelled votes fall.

Data: "main" with turnout, yes (shares), passes ("passes" or "fails") and outcome in words, one row per modelled vote;
"frontier" with turnout and yes, the share of yes from which a vote passes, in order of turnout; "words" with turnout,
yes and label, what the two sides are called.
"""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from charts import layers
from charts.layers import Spec
from charts.roles import colour_scale, in_role


@lru_cache(maxsize=8)
def vote_map(*, height: int = 320) -> Spec:
    """Modelled votes as points over the frontier; the side on which a vote passes is shaded and named."""
    x = alt.X(
        "turnout:Q",
        axis=layers.side_axis("turnout, share of the electorate", fmt="percent"),
        scale=alt.Scale(zero=True, nice=False, clamp=True),
    )
    y = alt.Y(
        "yes:Q",
        axis=layers.value_axis("yes, share of yes and no", fmt="percent"),
        scale=alt.Scale(domain=[0, 1], nice=False, clamp=True),
    )
    data = layers.source("frontier")
    area = in_role(
        alt.Chart(data)
        .transform_calculate(top="1")
        .mark_area(opacity=0.12, clip=True, interpolate="linear")
        .encode(x=x, y=y, y2=alt.Y2("top:Q")),
        "scenario",
    )
    line = in_role(alt.Chart(data).mark_line(strokeWidth=2, clip=True).encode(x=x, y=y), "scenario")
    words = in_role(
        alt.Chart(layers.source("words"))
        .mark_text(align="left", baseline="middle", fontSize=layers.LABEL_SIZE)
        .encode(x=x, y=y, text="label:N"),
        "muted",
    )
    return layers.to_spec(area, line, _votes(x, y), words, height=height)


def _votes(x: alt.X, y: alt.Y) -> alt.Chart:
    """Filled where it passes, hollow where it fails."""
    filled = alt.FillOpacity("passes:N", legend=None, scale=alt.Scale(domain=["passes", "fails"], range=[0.8, 0.0]))
    drawn = (
        alt.Chart(layers.source())
        .mark_point(shape="circle", size=26, strokeWidth=1.2, clip=True)
        .transform_calculate(
            turnout_text=layers.number_text("datum.turnout", "percent"),
            yes_text=layers.number_text("datum.yes", "percent"),
        )
    )
    tooltip = [
        alt.Tooltip("turnout_text:N", title="Turnout"),
        alt.Tooltip("yes_text:N", title="Yes"),
        alt.Tooltip("outcome:N", title="Outcome"),
    ]
    fill = alt.Fill("role:N", scale=colour_scale(), legend=None)
    return in_role(drawn.encode(x=x, y=y, fill=fill, fillOpacity=filled, tooltip=tooltip), "scenario")
