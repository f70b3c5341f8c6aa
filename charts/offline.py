"""One HTML page that needs no network: a document with its interactive charts, its font and what draws them inside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from charts.paper import drawing, framed, specs_of, style
from charts.pictures import Picture, script_of

_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:"
)
"""What the page may do: run what is in it and draw; it can load nothing from anywhere."""


@lru_cache(maxsize=1)
def _scripts() -> str:
    """What draws a page of its own; a second to put together, once per process."""
    return script_of(drawing()).replace("</script", "<\\/script")


def html_page(title: str, above: str, pictures: Sequence[Picture], below: str = "") -> str:
    """One page: `above` (HTML), interactive charts, `below` (HTML).

    Charts and font are inside the file, and its own policy keeps it from loading anything.
    """
    figures = "".join(
        f'<figure><p>{escape(p.sentence)}</p><div class="chart" id="chart-{place}" role="img" '
        f'aria-label="{escape(p.sentence)}"></div>'
        f"<figcaption>Source and assumptions: {escape(p.source)} Not a forecast.</figcaption></figure>"
        for place, p in enumerate(pictures)
    )
    charts = f"<h2>Charts</h2>{figures}" if figures else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title><style>{style()}</style></head><body>"
        f"<main>{framed(above)}{charts}{framed(below)}</main>"
        f'<script type="application/json" id="specs">{specs_of(pictures)}</script>'
        f'<script type="module">{_scripts()}</script></body></html>'
    )
