"""One picture of the contest: seconds on a logarithmic axis, a panel per number of runs."""

from __future__ import annotations

from pathlib import Path

import altair as alt

from benchmarks.machine import Timing, span
from charts.roles import ROLES

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "images" / "speed.svg"

NAMES = {
    "kernel": "Ballast, compiled kernel",
    "loop": "compiled loop by hand",
    "numpy": "NumPy batch by hand",
    "polars": "Ballast, Polars",
    "radcad": "radCAD 0.14.0",
    "cadcad": "cadCAD 0.5.3",
}
OURS = ("kernel", "polars")


def picture(whole: dict[str, dict[str, Timing]]) -> alt.FacetChart:
    """Chart of the best time of each contestant in each case."""
    rows = [
        {
            "case": case,
            "who": NAMES[name],
            "milliseconds": 1e3 * timing.best,
            "text": span(timing.best),
            "whose": "Ballast" if name in OURS else "others",
        }
        for case, found in whole.items()
        for name, timing in found.items()
    ]
    powers = [10.0**n for n in range(-2, 6)]
    ink, muted = ROLES["ink"].light, ROLES["muted"].light
    whose = ["Ballast", "others"]
    left = alt.Axis(ticks=False, domain=False, labelLimit=200, grid=True, gridDash=[1, 3])
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("milliseconds:Q", title="milliseconds, each grid line ten times the one before")
        .scale(type="log", domain=[powers[0], powers[-1]])
        .axis(values=powers, format="~", domain=False),
        y=alt.Y("who:N", sort=list(NAMES.values()), title=None, axis=left),
    )
    colours = alt.Scale(domain=whose, range=[ROLES["scenario"].light, ROLES["baseline"].light])
    points = base.mark_point(filled=True, size=110, opacity=1).encode(
        color=alt.Color("whose:N", scale=colours).legend(None),
        shape=alt.Shape("whose:N", scale=alt.Scale(domain=whose, range=["diamond", "circle"])).legend(None),
    )
    text = base.mark_text(align="left", dx=9, color=ink).encode(text="text:N")
    panel = alt.layer(points, text).properties(width=470, height={"step": 20})
    title = alt.Title(
        "One burn-mint model of six states, 520 weeks", subtitle="best of several rounds; further left is faster"
    )
    chart: alt.FacetChart = (
        panel.facet(
            row=alt.Row("case:N", sort=list(whole), title=None, header=alt.Header(labelAngle=0, labelAlign="left"))
        )
        .resolve_scale(y="independent")
        .properties(title=title, background="white")
        .configure(font="Inter, DejaVu Sans, sans-serif")
        .configure_axis(labelColor=ink, titleColor=muted, titleFontWeight="normal", gridColor="#E3E7EC")
        .configure_header(labelColor=ink, labelFontSize=12)
        .configure_title(color=ink, subtitleColor=muted, anchor="start")
        .configure_view(stroke=None)
    )
    return chart


def save(whole: dict[str, dict[str, Timing]]) -> Path:
    """Write the picture; its path."""
    PICTURE.parent.mkdir(exist_ok=True)
    picture(whole).save(str(PICTURE))
    return PICTURE
