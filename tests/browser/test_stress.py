"""The Stress page in a browser: a click on the map chooses a cell, and the cell opens in the Sandbox."""

from __future__ import annotations

from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewPage
from tests.browser.visits import PATIENCE, settled, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_click_on_the_map_chooses_a_cell_that_opens_in_the_sandbox(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/stress?network=payment&years=2&stress=price-falls&stress.outcome=price")
    page.get_by_role("tab", name="Map").click()
    expect(page.get_by_text("Load this cell in the Sandbox")).to_be_visible(timeout=PATIENCE)
    settled(page)
    drawn = page.get_by_test_id("stVegaLiteChart").last
    drawn.scroll_into_view_if_needed()
    box = drawn.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 0.4 * box["height"])
    expect(page.get_by_text("Chosen")).to_be_visible()
    chosen = parse_qs(urlparse(page.url).query)["stress.map.at"][0]
    share = chosen.partition("~")[0].partition(":")[2]
    page.get_by_text("Load this cell in the Sandbox").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sandbox")
    assert parse_qs(urlparse(page.url).query)["burn_share"] == [share]
