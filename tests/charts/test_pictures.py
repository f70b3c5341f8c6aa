"""Pictures and the offline page: sentence and sources inside, the bundled type, nothing loaded from anywhere."""

from __future__ import annotations

import datetime as dt
import json
import re
import struct

import polars as pl
import pytest

from charts.offline import html_page
from charts.overlay import SERIES, overlay
from charts.pictures import FONTS, Picture, as_png, as_svg, complete, illustrated
from charts.roles import ROLES

SENTENCE = "Supply in Nov 2036 would be 14.8% lower than in the baseline, which is a sentence of more than one line."


def picture(sentence: str = SENTENCE) -> Picture:
    days = [dt.date(2026, 11, 1), dt.date(2027, 11, 1)]
    frame = pl.DataFrame(
        {
            "date": days * len(SERIES),
            "series": [role for role in SERIES for _ in days],
            "value": [float(place) for place in range(2 * len(SERIES))],
        }
    )
    return Picture("Supply", overlay("tokens"), {"main": frame}, sentence, "Payment network, model 0.2.")


def words_of(svg: str) -> str:
    return " ".join(re.findall(r"<(?:text|tspan)[^>]*>([^<]+)<", svg))


def test_an_svg_has_its_sentence_its_sources_and_every_label() -> None:
    words = words_of(as_svg(picture()))
    assert SENTENCE in words
    assert "Source and assumptions: Payment network, model 0.2. Not a forecast." in words
    assert "tokens" in words
    assert {"Baseline", "A", "B", "C"} <= set(words.split())


def test_an_svg_names_the_bundled_type_and_loads_nothing() -> None:
    svg = as_svg(picture())
    assert "Inter" in svg
    addresses = set(re.findall(r"https?://[^\"' >]+", svg))
    assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert (FONTS / "inter-latin-400.ttf").read_bytes()[:4] == b"\x00\x01\x00\x00"


def test_a_png_is_twice_as_wide_as_a_screen_shows_it_and_changes_with_its_sentence() -> None:
    drawn = as_png(picture())
    assert drawn[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", drawn[16:24])
    assert width > 1400
    assert height > 500
    assert drawn != as_png(picture("Another sentence."))


def test_lines_of_a_picture_have_the_colours_of_their_roles() -> None:
    svg = as_svg(picture())
    for role in SERIES:
        assert ROLES[role].light in svg


def test_every_column_of_a_comparison_differs_in_more_than_colour() -> None:
    assert len({ROLES[role].dash for role in SERIES}) == len(SERIES)
    assert len({ROLES[role].light for role in SERIES}) == len(SERIES)


def test_a_picture_leaves_the_shared_specification_as_it_is() -> None:
    shown = picture()
    before = json.dumps(shown.spec, sort_keys=True)
    illustrated(shown)
    complete(shown)
    assert json.dumps(shown.spec, sort_keys=True) == before


def test_missing_values_and_dates_are_written_so_that_every_browser_reads_them() -> None:
    frame = pl.DataFrame({"date": [dt.date(2026, 11, 1)], "series": ["scenario"], "value": [float("nan")]})
    rows = complete(Picture("t", overlay("tokens"), {"main": frame}, "s", "q"))["datasets"]["main"]
    assert rows == [{"date": "2026-11-01T00:00:00", "series": "scenario", "value": None}]


# ---- page ---------------------------------------------------------------------------------------------
PAGE = html_page(
    "A & <b>", "<h1>Title</h1>", [picture("</script><script>alert(1)")], "<table><tr><td>1</td></tr></table>"
)


def test_the_page_loads_nothing() -> None:
    head = re.sub(r"<script.*?</script>", "", PAGE, flags=re.DOTALL)
    assert not re.search(r"""(src|href)\s*=\s*["']?(https?:)?//""", head)
    assert "@import" not in head
    assert re.findall(r"url\(([^)]{5})", head) == ["data:"]
    assert not re.search(r"<script[^>]+src=", PAGE)
    assert "default-src 'none'" in PAGE


def test_the_page_has_its_charts_with_their_data_and_no_text_becomes_a_script() -> None:
    specs = re.search(r'<script type="application/json" id="specs">(.*?)</script>', PAGE, flags=re.DOTALL)
    assert specs
    (spec,) = json.loads(specs[1])
    assert len(spec["datasets"]["main"]) == 2 * len(SERIES)
    assert "alert(1)" not in re.sub(r"&lt;script&gt;alert\(1\)", "", PAGE)
    assert "<title>A &amp; &lt;b&gt;</title>" in PAGE


def test_charts_stand_before_what_can_wait_and_have_the_colours_of_both_themes_but_no_menu() -> None:
    assert PAGE.index("<h1>") < PAGE.index("<figure>") < PAGE.index("<table>")
    for role in SERIES:
        assert ROLES[role].light in PAGE
        assert ROLES[role].dark in PAGE
    assert "prefers-color-scheme: dark" in PAGE
    assert re.search(r"actions: ?false", PAGE)


@pytest.mark.parametrize("name", ["vega-embed", "font/woff2"])
def test_scripts_and_type_are_inside_the_page(name: str) -> None:
    assert name in PAGE
