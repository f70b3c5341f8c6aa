"""Charts outside the app: complete specifications, PNG and SVG with their sentence and sources.

Words are set in Inter from `static/fonts`; an SVG names it and falls back to the reader's own sans-serif.
"""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
import polars.selectors as cs
import vl_convert

from charts.layers import Spec
from charts.roles import ROLES, Mode, with_colours

FONTS = Path(__file__).resolve().parent.parent / "static" / "fonts"
FAMILY = "Inter, system-ui, sans-serif"
WIDTH = 760
_FRAME = {"light": ("#E3E8EE", "#8793A3", "#FFFFFF"), "dark": ("#2A3543", "#6F7C8D", "#10161D")}
"""Grid, axis lines and paper."""
SENTENCE_SIZE = 16
SOURCE_SIZE = 11


@dataclass(frozen=True, eq=False)
class Picture:
    """One chart with everything that has to go along with it.

    Attributes
    ----------
    title
        What it is called in a list.
    spec, frames
        From a builder of `charts/`, and its datasets.
    sentence, source
        What it says, and what that rests on.
    """

    title: str
    spec: Spec
    frames: Mapping[str, pl.DataFrame]
    sentence: str
    source: str


def rows_of(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values; a date is local midnight, so that no time zone moves it."""
    return frame.with_columns(
        cs.date().dt.to_string("%Y-%m-%dT00:00:00"), cs.categorical().cast(pl.String), cs.float().fill_nan(None)
    ).to_dicts()


def complete(picture: Picture) -> Spec:
    """The specification with its data, colours and fonts inside, for any Vega-Lite viewer."""
    datasets = {name: rows_of(frame) for name, frame in picture.frames.items()}
    config = {**picture.spec.get("config", {}), **config_of("light")}
    return {**picture.spec, "datasets": datasets, "config": config}


def config_of(mode: Mode) -> dict[str, Any]:
    """Fonts, colours of all roles, grid and paper of a drawing outside the app."""
    text = {"labelFont": FAMILY, "titleFont": FAMILY}
    grid, line, paper = _FRAME[mode]
    return {
        **with_colours({}, mode)["config"],
        "font": FAMILY,
        "axis": {**text, "titleFontWeight": 400, "gridColor": grid, "domainColor": line, "tickColor": line},
        "text": {"font": FAMILY},
        "view": {"stroke": None},
        "background": paper,
    }


def illustrated(picture: Picture) -> Spec:
    """The same with the sentence above and the sources under it, in the picture itself."""
    spec = complete(picture)
    spec["width"] = WIDTH
    spec["title"] = {
        "text": textwrap.wrap(picture.sentence, 92) or [picture.title],
        "subtitle": textwrap.wrap(f"Source and assumptions: {picture.source} Not a forecast.", 132),
        "anchor": "start",
        "frame": "bounds",
        "font": FAMILY,
        "fontSize": SENTENCE_SIZE,
        "fontWeight": 600,
        "color": ROLES["ink"].light,
        "subtitleFont": FAMILY,
        "subtitleFontSize": SOURCE_SIZE,
        "subtitleColor": ROLES["muted"].light,
        "subtitlePadding": 6,
        "offset": 28,
    }
    return spec


@lru_cache(maxsize=1)
def _fonts() -> None:
    """Make the bundled font known to the converter, once."""
    vl_convert.register_font_directory(str(FONTS))


def as_svg(picture: Picture) -> str:
    """The picture as text that scales; nothing is loaded from anywhere."""
    _fonts()
    return str(vl_convert.vegalite_to_svg(illustrated(picture), allowed_base_urls=[]))


def as_png(picture: Picture) -> bytes:
    """The picture at twice the size of a screen."""
    _fonts()
    return bytes(vl_convert.vegalite_to_png(illustrated(picture), scale=2, allowed_base_urls=[]))


# ---- for pages -----------------------------------------------------------------------------------------
def script_of(drawing: str) -> str:
    """Vega, Vega-Lite and Vega-Embed as one script that ends with `drawing`."""
    return str(vl_convert.javascript_bundle(drawing))


@lru_cache(maxsize=1)
def font_face() -> str:
    """The bundled font as a rule that holds the font itself."""
    inside = base64.b64encode((FONTS / "inter-latin-wght-normal.woff2").read_bytes()).decode()
    return (
        f"@font-face{{font-family:Inter;font-weight:400 700;src:url(data:font/woff2;base64,{inside}) format('woff2')}}"
    )
