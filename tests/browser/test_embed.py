"""The card inside a plain HTML page, as a forum or a blog would hold it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from model import Scenario, load_network
from tests.browser.conftest import NewPage
from tests.browser.visits import assert_accessible_in_both_themes, assert_no_sideways_scroll, visit
from ui.embed.links import card_link, frame
from ui.link import Moment

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOMENT = Moment(Scenario(load_network("payment"), {"burn_share": 0.4}, funded_by="providers"))


def test_a_card_stands_in_a_plain_page_on_phones_and_screens_and_leads_to_the_app(
    server: str, new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page(width=800)
    link = card_link(f"{server}/sandbox", MOMENT, "price")
    post = tmp_path / "post.html"
    post.write_text(f"<!doctype html><h1>A post</h1>{frame(link, 'Burn share at 40%')}<p>After.</p>", encoding="utf-8")
    page.goto(post.as_uri())
    inside = page.frame_locator("iframe")
    for width in (390, 800):
        page.set_viewport_size({"width": width, "height": 900})
        expect(inside.get_by_role("heading", name="Burn share at 40%")).to_be_visible()
        expect(inside.locator("[data-testid=stVegaLiteChart] svg")).to_be_visible()
        expect(inside.get_by_text("Not a forecast")).to_be_visible()
        expect(inside.get_by_test_id("stHeader")).to_be_hidden()
        wide = "() => Math.max(...[document.documentElement, document.querySelector('[data-testid=stMain]')]"
        sideways = page.frames[1].evaluate(f"{wide}.map(box => box.scrollWidth - box.clientWidth))")
        assert sideways == 0
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    with page.context.expect_page() as opening:
        inside.get_by_role("link", name="Open in Ballast").click()
    full = opening.value
    expect(full.get_by_role("heading", level=1)).to_have_text("Proposal")
    assert "view=" not in full.url
    full.close()


def test_a_card_is_accessible_in_both_themes_and_fits_the_narrowest_post(server: str, new_page: NewPage) -> None:
    page = new_page(width=360, height=900)
    visit(page, card_link(f"{server}/sandbox", MOMENT, "supply"))
    assert_no_sideways_scroll(page)
    assert_accessible_in_both_themes(page)
