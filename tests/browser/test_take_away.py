"""Compare and Take it away in a real browser: a shared link, an offline page, files that arrive."""

from __future__ import annotations

from pathlib import Path
from typing import get_args
from urllib.parse import parse_qsl, urlencode, urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from charts.roles import Mode, palette
from tests.browser.conftest import NewPage
from tests.browser.visits import PHONE, assert_accessible_in_both_themes, resized, settled, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LESS = urlencode({"network": "payment", "burn_share": "0.3", "funded_by": "providers"})
MORE = urlencode({"network": "payment", "burn_share": "0.4", "funded_by": "providers"})
TWO = urlencode({"a": LESS, "b": MORE})
SENTENCES = ".st-key-sentence-compare"


def open_box(page: Page, label: str, kind: str = "") -> None:
    page.get_by_role("button", name=label).click()
    if kind:
        page.get_by_test_id("stPopoverBody").get_by_text(kind, exact=True).click()


def downloaded(page: Page, label: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_the_link_of_a_comparison_shows_the_same_numbers_to_somebody_else(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/compare?{TWO}")
    open_box(page, "Change A")
    page.get_by_role("button", name="Hold others against it").click()
    expect(page.locator(SENTENCES)).to_contain_text("than in A")
    settled(page)
    told = page.locator(SENTENCES).inner_text()
    page.keyboard.press("Escape")
    open_box(page, "Take it away")
    link = page.get_by_test_id("stPopoverBody").get_by_test_id("stCode").inner_text().replace("\n", "").strip()
    assert dict(parse_qsl(urlparse(link).query))["reference"] == "a"
    other = new_page()
    visit(other, link)
    expect(other.locator(SENTENCES)).to_have_text(told, use_inner_text=True)


def test_what_is_kept_in_the_sandbox_is_compared_and_survives_a_reload(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/sandbox?burn_share=0.3&funded_by=providers")
    open_box(page, "Keep to compare")
    page.get_by_role("button", name="Keep as A").click()
    page.get_by_role("link", name="Open Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare")
    expect(page.locator(SENTENCES)).to_contain_text("than in the baseline")
    settled(page)
    told = page.locator(SENTENCES).inner_text()
    assert dict(parse_qsl(urlparse(page.url).query))["a"] == LESS
    page.reload()
    settled(page)
    expect(page.locator(SENTENCES)).to_have_text(told, use_inner_text=True)


def test_the_page_taken_away_draws_its_charts_from_disk_without_a_network(
    server: str, new_page: NewPage, browser: Browser, tmp_path: Path
) -> None:
    page = new_page()
    visit(page, f"{server}/sandbox?burn_share=0.3&funded_by=providers")
    headline = page.locator(".st-key-panel-0 .st-key-sentence-slot-chart-0").inner_text()
    open_box(page, "Take it away", "Page")
    saved = downloaded(page, "Download page", tmp_path)
    offline = browser.new_context(offline=True)
    asked: list[str] = []
    try:
        reader = offline.new_page()
        reader.on("request", lambda request: asked.append(request.url))
        reader.goto(saved.as_uri())
        expect(reader.locator("figure svg.marks")).to_have_count(5)
        expect(reader.locator("figure p").first).to_have_text(headline)
        assert reader.evaluate("document.fonts.check('16px Inter')")
        lines = reader.locator("figure").first.locator(".mark-line path")
        assert lines.count() >= 2
        for width in (1400, 390):
            reader.set_viewport_size({"width": width, "height": 800})
            assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for theme in get_args(Mode):
            reader.emulate_media(color_scheme=theme)
            expect(lines.last).to_have_attribute("stroke", palette(theme)[0], ignore_case=True)
            assert [found["id"] for found in Axe().run(reader).response["violations"]] == []
        assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    finally:
        offline.close()


FILES = [
    ("Statement", "Download Markdown", b"# Burn share at 30%"),
    ("Data", "Download CSV", b"# made_with: "),
    ("Data", "Download Parquet", b"PAR1"),
    ("Data", "Download JSON", b'{"metadata": '),
    ("Picture", "Download PNG", b"\x89PNG"),
    ("Picture", "Download SVG", b"<svg"),
    ("Python", "Download Python", b"# Ballast, model "),
]


def test_every_file_arrives(server: str, new_page: NewPage, tmp_path: Path) -> None:
    page = new_page()
    visit(page, f"{server}/sandbox?burn_share=0.3&funded_by=providers")
    open_box(page, "Take it away")
    for kind, label, begins in FILES:
        page.get_by_test_id("stPopoverBody").get_by_text(kind, exact=True).click()
        assert downloaded(page, label, tmp_path).read_bytes().startswith(begins), label


def test_compare_stays_within_the_screen_and_is_accessible_in_both_themes(server: str, new_page: NewPage) -> None:
    page = new_page(**PHONE)
    visit(page, f"{server}/compare?{TWO}")
    for width in (390, 1400):
        resized(page, width)
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth <= innerWidth")
        boxes = page.locator("table.words").evaluate_all("all => all.map(t => t.getBoundingClientRect().right)")
        assert boxes
        assert max(boxes) <= width
    assert_accessible_in_both_themes(page)
