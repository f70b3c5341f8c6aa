"""Pages and index as HTML, with the two files they share: the style with its font, and Vega with what draws.

One copy of Vega for all pages, named by a relative address, keeps a page at some tens of kilobytes instead of one
megabyte each and is loaded once; a plain script and a style sheet also open from disk, where modules and fonts of
their own would be refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape

import polars as pl
import polars.selectors as cs

from charts.pictures import Picture, config_of, font_face, rows_of, script_of
from charts.roles import ROLES
from charts.sparkline import sparkline
from charts.tables import twin
from gallery.cards import KINDS, Card, lead
from gallery.page import Page
from model.exports.document import Section, html_of
from model.exports.impact import NOT_A_FORECAST
from model.version import VERSION
from model.words.text import number

SCRIPT, STYLE = "assets/charts.js", "assets/style.css"
TABLE_ROWS = 11
TABLE_UNITS = "In the unit of the axis; a share of 1 is 100%."
DIGITS = 7
"""Significant digits that a drawing needs at most."""

_POLICY = (
    "default-src 'none'; script-src 'self' file: 'unsafe-eval'; style-src 'self' file: 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"
)
"""What a page may do: draw with the files beside it. It can load nothing from anywhere else."""

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


def script() -> str:
    """Vega and what draws, as a plain script; asked for by every page with a chart."""
    config = json.dumps({mode: config_of(mode) for mode in ("light", "dark")}, sort_keys=True)
    return '(() => {"use strict";' + script_of(f"const CONFIG = {config};{_DRAW}") + "})();\n"


def style() -> str:
    """The style sheet with the font inside."""
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


_STYLE = """
*{box-sizing:border-box}
body{font:16px/1.5 Inter,system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:860px}
body{margin:32px auto;padding:0 16px}
body.index{max-width:1160px}
h1{font-size:1.75rem;line-height:1.2}h2{font-size:1.25rem;margin-top:2rem}h3{font-size:1rem;margin:0}
a{color:var(--link)}a:focus-visible,summary:focus-visible{outline:2px solid var(--link);outline-offset:2px}
nav,footer,figcaption,.told{font-size:.875rem;color:var(--muted)}
nav{display:flex;flex-wrap:wrap;gap:4px 16px}
footer{margin-top:3rem;border-top:1px solid var(--line);padding:8px 0 24px}
figure{margin:1.5rem 0}figure .chart{width:100%;min-height:320px}
figure>p{font-weight:600;margin:0 0 .5rem}
table{border-collapse:collapse;width:100%;font-size:.9375rem;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:6px 12px 6px 0;border-bottom:1px solid var(--line)}
pre{background:var(--panel);padding:12px;overflow-x:auto;font-size:.875rem}
.wide{overflow-x:auto}.wide:focus-visible{outline:2px solid var(--link)}
p,li,figcaption{overflow-wrap:anywhere}td,th{overflow-wrap:break-word;min-width:5em}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(300px,100%),1fr));gap:16px;padding:0}
.cards{list-style:none}
.cards li{border:1px solid var(--line);border-radius:8px;padding:16px}.cards p{margin:8px 0}
.spark{display:flex;gap:12px;align-items:center;font-size:.875rem}.spark>div{flex:none}
"""


# ---- pages ------------------------------------------------------------------------------------------------
def page_html(page: Page, date: str) -> str:
    """One page of the gallery."""
    nav = ['<a href="../index.html">All pages</a>']
    if page.link.startswith("http"):
        nav.append(f'<a href="{escape(page.link)}" rel="noreferrer">Open in the app</a>')
    specs = json.dumps([_specified(picture) for picture in page.pictures], allow_nan=False).replace("<", "\\u003c")
    body = [
        f"<nav>{''.join(nav)}</nav><main>",
        f"<h1>{escape(page.title)}</h1>",
        _words(page.above),
        "<h2>Charts</h2>",
        *(_figure(place, picture) for place, picture in enumerate(page.pictures)),
        _words(page.below),
        f"</main>{_footer(date)}",
        f'<script type="application/json" id="specs">{specs}</script><script src="../{SCRIPT}"></script>',
    ]
    return _document(page.title, "../", "page", "\n".join(body))


def index_html(cards: Sequence[Card], date: str) -> str:
    """The index: a card for every page."""
    body = [
        "<main><h1>Ballast: networks, proposals and stresses</h1>",
        f"<p>What follows from the rules of AI-network tokens under stated assumptions. {escape(NOT_A_FORECAST)}</p>",
    ]
    for kind, heading in KINDS.items():
        listed = [card for card in cards if card.kind == kind]
        if listed:
            body += [f"<h2>{heading} ({len(listed)})</h2><p>{escape(lead(kind))}</p>"]
            body += ['<ul class="cards">', *map(_card, listed), "</ul>"]
    return _document("Ballast gallery", "", "index", "\n".join([*body, f"</main>{_footer(date)}"]))


def _card(card: Card) -> str:
    picture = sparkline(card.years, card.ratios, card.outcome)
    return (
        f'<li><h3><a href="{escape(card.path)}">{escape(card.title)}</a></h3>'
        f'<p class="told">{escape(card.told)}</p><p>{escape(card.abstract)}</p>'
        f'<div class="spark">{picture}<span>{escape(card.outcome)}</span></div></li>'
    )


def _document(title: str, root: str, kind: str, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="{root}{STYLE}"></head>'
        f'<body class="{kind}">{body}</body></html>\n'
    )


def _footer(date: str) -> str:
    return f"<footer>Ballast model {VERSION}, written on {escape(date)}. {escape(NOT_A_FORECAST)}</footer>"


def _words(sections: Sequence[Section]) -> str:
    return html_of(sections).replace("<table>", f"{_WIDE}<table>").replace("</table>", "</table></div>")


# ---- charts -----------------------------------------------------------------------------------------------
def _figure(place: int, picture: Picture) -> str:
    told = escape(picture.sentence)
    return (
        f'<figure><p>{told}</p><div class="chart" id="chart-{place}" role="img" aria-label="{told}"></div>'
        f'<details><summary>Show as table</summary><p class="told">{TABLE_UNITS}</p>{_table(picture)}</details>'
        f"<figcaption>Source and assumptions: {escape(picture.source)} Not a forecast.</figcaption></figure>"
    )


def _table(picture: Picture) -> str:
    """About one row a year of what the chart draws."""
    rows = twin(picture.frames["main"])
    every = max(1, round((rows.height - 1) / (TABLE_ROWS - 1)))
    found = rows.gather_every(every).with_columns(cs.date().dt.to_string("%Y-%m-%d"))
    head = "".join(f'<th scope="col">{escape(name.replace("_", " ").capitalize())}</th>' for name in found.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_cell(value))}</td>" for value in row) + "</tr>" for row in found.rows()
    )
    return f"{_WIDE}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def _cell(value: object) -> str:
    return "–" if value is None else number(value) if isinstance(value, float) else str(value)


def _specified(picture: Picture) -> Mapping[str, object]:
    """The chart as wide as the page, without colours: the reader's own theme gives them."""
    datasets = {name: rows_of(_short(frame)) for name, frame in picture.frames.items()}
    fitted = {"type": "fit", "contains": "padding", "resize": True}
    return {**picture.spec, "datasets": datasets, "width": "container", "autosize": fitted}


def _short(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(cs.float().round_sig_figs(DIGITS))
