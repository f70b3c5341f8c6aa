"""Keys pressed faster than the page answers."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage
from tests.browser.visits import settled, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_ten_quick_presses_all_count_and_the_payer_takes_each_without_an_error(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/sandbox")
    burn = page.get_by_role("slider", name="Burn share")
    payer = page.get_by_role("slider", name="Provider share of revenue")
    before = float(burn.input_value()) + float(payer.input_value())
    burn.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(80)
    expect(page.locator(".st-key-sentence-headline")).to_contain_text("burn share at 30% instead of 20%")
    settled(page)
    expect(burn).to_have_value("30")
    assert float(burn.input_value()) + float(payer.input_value()) == before
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
