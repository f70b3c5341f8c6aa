"""Pages and index as HTML, with the two files they share: the style with its font, and Vega with what draws.

One copy of Vega for all pages, named by a relative address, keeps a page at some tens of kilobytes instead of one
megabyte each and is loaded once; a plain script and a style sheet also open from disk, where modules and fonts of
their own would be refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import polars.selectors as cs

from charts import paper
from charts.paper import drawing, framed, specs_of
from charts.pictures import Picture, script_of
from charts.sparkline import sparkline
from charts.tables import twin
from gallery.cards import KINDS, Card, lead
from gallery.page import Page
from model.exports.document import Section, html_of, html_table
from model.exports.impact import NOT_A_FORECAST
from model.version import VERSION
from model.words.text import number

SCRIPT, STYLE = "assets/charts.js", "assets/style.css"
TABLE_ROWS = 11
TABLE_UNITS = "In the unit of the axis; a share of 1 is 100%."

_POLICY = (
    "default-src 'none'; script-src 'self' file: 'unsafe-eval'; style-src 'self' file: 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; base-uri 'none'; form-action 'none'"
)
"""What a page may do: draw with the files beside it. It can load nothing from anywhere else."""


def script() -> str:
    """Vega and what draws, as a plain script; asked for by every page with a chart."""
    return '(() => {"use strict";' + script_of(drawing()) + "})();\n"


def style() -> str:
    """The style sheet with the font inside."""
    return paper.style() + _STYLE


_STYLE = """
body.index{max-width:1160px}
nav,footer,.told{font-size:.875rem;color:var(--muted)}
nav{display:flex;flex-wrap:wrap;gap:4px 16px}
footer{margin-top:3rem;border-top:1px solid var(--line);padding:8px 0 24px}
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
    body = [
        f"<nav>{''.join(nav)}</nav><main>",
        f"<h1>{escape(page.title)}</h1>",
        _words(page.above),
        "<h2>Charts</h2>",
        *(_figure(place, picture) for place, picture in enumerate(page.pictures)),
        _words(page.below),
        f"</main>{_footer(date)}",
        f'<script type="application/json" id="specs">{specs_of(page.pictures)}</script>',
        f'<script src="../{SCRIPT}"></script>',
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
    return framed(html_of(sections))


# ---- charts -----------------------------------------------------------------------------------------------
def _figure(place: int, picture: Picture) -> str:
    told = escape(picture.sentence)
    return (
        f'<figure><p>{told}</p><div class="chart" id="chart-{place}" role="img" aria-label="{told}"></div>'
        f'<details><summary>Show as table</summary><p class="told">{TABLE_UNITS}</p>{_table(picture)}</details>'
        f"<figcaption>Source and assumptions: {escape(picture.source)} Not a forecast.</figcaption></figure>"
    )


def _table(picture: Picture) -> str:
    """What the chart draws; about one row a year of what goes over time."""
    rows = twin(picture.frames["main"])
    every = max(1, round((rows.height - 1) / (TABLE_ROWS - 1))) if "date" in rows.columns else 1
    found = rows.gather_every(every).with_columns(cs.date().dt.to_string("%Y-%m-%d"))
    names = [name.replace("_", " ").capitalize() for name in found.columns]
    return framed(html_table(names, [[_cell(value) for value in row] for row in found.rows()]))


def _cell(value: object) -> str:
    return "–" if value is None else number(value) if isinstance(value, float) else str(value)
