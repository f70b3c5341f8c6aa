"""What pages outside the app share: their style in light and dark, tables that fit a phone, and what draws charts.

A page taken away (`charts/pictures.py`) and the gallery's pages (`gallery/template.py`) look and draw alike.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import get_args

import polars as pl
import polars.selectors as cs

from charts.layers import Spec
from charts.pictures import Picture, config_of, font_face, rows_of
from charts.roles import ROLES, Mode

DIGITS = 7
"""Significant digits that a drawing needs at most."""

_WIDE = '<div class="wide" role="group" aria-label="Table" tabindex="0">'
"""Around a table: it scrolls by itself, with the keyboard too."""

_DRAW = """
const dark = matchMedia("(prefers-color-scheme: dark)");
const specs = JSON.parse(document.getElementById("specs").textContent);
async function draw() {
  const mode = dark.matches ? "dark" : "light";
  for (const [place, spec] of specs.entries()) {
    await vegaEmbed("#chart-" + place, spec, {
      config: CONFIG[mode], renderer: "svg", tooltip: {theme: mode},
      actions: false});
  }
}
dark.addEventListener("change", draw);
draw();
"""

_STYLE = """
*{box-sizing:border-box}
body{font:16px/1.5 Inter,system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:860px}
body{margin:32px auto;padding:0 16px}
h1{font-size:1.75rem;line-height:1.2}h2{font-size:1.25rem;margin-top:2rem}h3{font-size:1rem;margin:0}
a{color:var(--link)}a:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:2px}
figcaption{font-size:.875rem;color:var(--muted)}
figure{margin:1.5rem 0}figure .chart{width:100%;min-height:120px}
figure>p{font-weight:600;margin:0 0 .5rem}
table{border-collapse:collapse;width:100%;font-size:.9375rem;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid var(--line)}
th,td{overflow-wrap:break-word;min-width:5em}
pre{background:var(--panel);padding:12px;overflow-x:auto;font-size:.875rem}
.wide{overflow-x:auto}.wide:focus-visible{outline:2px solid var(--link)}
p,li,figcaption{overflow-wrap:anywhere}.day{white-space:nowrap}
@media (max-width:640px){
thead{display:none}table,tbody{display:block}
tr{display:block;padding:8px 0;border-bottom:1px solid var(--line)}
th,td{display:block;border:0;padding:2px 0;min-width:0;overflow-wrap:anywhere}
td::before{content:attr(data-label) ": ";color:var(--muted)}
td:not([data-label])::before,td[data-label=""]::before{content:none}
}
"""


def style() -> str:
    """The style sheet with the font inside; a row of a table is a card on a phone."""
    ink, muted, accent = (ROLES[name] for name in ("ink", "muted", "scenario"))
    return (
        font_face()
        + (
            ":root{color-scheme:light dark;"
            f"--ink:light-dark({ink.light},{ink.dark});--muted:light-dark({muted.light},{muted.dark});"
            f"--link:light-dark(#0B5FA5,{accent.dark});--line:light-dark(#D5DBE3,#2A3543);"
            "--paper:light-dark(#FFFFFF,#10161D);--panel:light-dark(#F3F5F8,#18202A)}"
        )
        + _STYLE
    )


def drawing() -> str:
    """Draws every specification of a page in the reader's own theme, anew when that changes; no menu beside a chart."""
    config = json.dumps({mode: config_of(mode) for mode in get_args(Mode)}, sort_keys=True)
    return f"const CONFIG = {config};{_DRAW}"


def specs_of(pictures: Sequence[Picture]) -> str:
    """Specifications with their data as JSON that can stand inside a page."""
    return json.dumps([_specified(picture) for picture in pictures], allow_nan=False).replace("<", "\\u003c")


def framed(html: str) -> str:
    """Words with each table in a frame that scrolls by itself where it is wider than the page."""
    return html.replace("<table>", f"{_WIDE}<table>").replace("</table>", "</table></div>")


def _specified(picture: Picture) -> Spec:
    """The chart as wide as the page, without colours: the reader's own theme gives them."""
    datasets = {name: rows_of(_short(frame)) for name, frame in picture.frames.items()}
    fitted = {"type": "fit", "contains": "padding", "resize": True}
    return {**picture.spec, "datasets": datasets, "width": "container", "autosize": fitted}


def _short(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(cs.float().round_sig_figs(DIGITS))
