"""A page of the gallery in a real browser, opened from disk without a network."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from charts.roles import Mode, palette
from gallery.cards import proposal_card
from gallery.site import write_site
from model import load_stress

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_page_opens_from_disk_draws_in_both_themes_fits_a_phone_and_asks_nobody(
    browser: Browser, tmp_path: Path
) -> None:
    card = proposal_card(load_stress("demand-halves"))
    list(write_site(tmp_path, [card], date="2026-11-21"))
    reader = browser.new_context(offline=True, color_scheme="light", viewport={"width": 390, "height": 800})
    asked: list[str] = []
    try:
        page = reader.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto((tmp_path / "index.html").as_uri())
        page.get_by_role("link", name=card.title).click()
        drawn = page.locator("figure svg.marks")
        expect(drawn).to_have_count(page.locator("figure").count())
        assert page.evaluate("document.fonts.check('16px Inter')")
        drawing = page.locator(".chart").first.locator(".mark-line path")
        for theme in get_args(Mode):
            page.emulate_media(color_scheme=theme)
            expect(drawing.last).to_have_attribute("stroke", palette(theme)[0], ignore_case=True)
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert [found["id"] for found in Axe().run(page).response["violations"]] == []
        assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    finally:
        reader.close()
