"""Stacking, keys, replay and the encoding form in a real browser."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlparse

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.visits import assert_accessible, settled, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HEADLINE = ".st-key-sentence-headline"
MISSION = "sandbox?proposal=icp-mission-70"


def fields(page: Page) -> dict[str, str]:
    return dict(parse_qsl(urlparse(page.url).query))


def test_keys_undo_redo_replay_and_share(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/sandbox")
    page.get_by_role("slider", name="Burn share").press("ArrowRight")
    expect(page.locator(HEADLINE)).to_contain_text("burn share at 21%")
    page.get_by_role("heading", name="Sandbox").click()
    page.keyboard.press("u")
    expect(page.locator(HEADLINE)).to_contain_text("No lever is moved")
    page.keyboard.press("Shift+U")
    expect(page.locator(HEADLINE)).to_contain_text("burn share at 21%")
    page.keyboard.press("p")
    expect(page.get_by_text("1 of 2. Before the last change (Burn share 20% → 21%).")).to_be_visible()
    expect(page.locator(HEADLINE)).to_contain_text("burn share at 21%")
    expect(page.get_by_text("2 of 2. After the last change (Burn share 20% → 21%).")).to_be_visible()
    expect(page.locator(".st-key-replay-caption")).to_have_count(0)
    page.keyboard.press("s")
    expect(page.get_by_role("dialog")).to_contain_text("burn_share=0.21")


def test_the_list_of_changes_stays_open_while_somebody_works_in_it(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/{MISSION}")
    page.locator(".st-key-changes button").first.click()
    drawer = page.locator(".st-key-drawer")
    drawer.get_by_text("Node pay halved").click()
    expect(page.locator(HEADLINE)).to_contain_text("without “Node pay halved”")
    drawer.get_by_label("Add a proposal on top").click()
    page.keyboard.type("paid by users")
    page.keyboard.press("Enter")
    expect(page.locator(HEADLINE)).to_contain_text("“A fifth of revenue burned, paid by users”")
    expect(drawer).to_be_visible()
    settled(page)
    assert_accessible(page)


def test_back_takes_a_change_back_even_after_a_reload(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/{MISSION}&seed=7")
    page.locator(".st-key-changes button").first.click()
    page.locator(".st-key-drawer").get_by_text("Node pay halved").click()
    expect(page.locator(HEADLINE)).to_contain_text("without “Node pay halved”")
    settled(page)
    page.reload()
    settled(page)
    expect(page.locator(HEADLINE)).to_contain_text("without “Node pay halved”")
    page.go_back()
    expect(page.locator(HEADLINE)).not_to_contain_text("without")
    assert "without" not in fields(page)


def test_a_proposal_encoded_here_is_whole_in_its_link(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/encode")
    page.get_by_label("What changes").first.click()
    page.keyboard.type("burn share")
    page.keyboard.press("Enter")
    share = page.get_by_role("spinbutton", name="New value, percent")
    share.fill("40")
    share.press("Tab")
    expect(page.locator(".st-key-sentence-encode")).to_contain_text("With “This proposal”, supply in Nov 2036")
    for label, text in (
        ("Title", "Burn two fifths"),
        ("Summary", "More is burned."),
        ("Proposed by", "A voter"),
        ("Title of the source", "Own idea"),
        ("Date", "2026-11"),
        ("What it does not model, one line each", "what the announcement does"),
    ):
        box = page.get_by_label(label, exact=True)
        box.fill(text)
        box.press("Tab")
        settled(page)
    page.get_by_role("button", name="Try it in the Sandbox").click()
    expect(page.locator(HEADLINE)).to_contain_text("With “Burn two fifths”")
    settled(page)
    told = page.locator(HEADLINE).inner_text()
    other = new_page()
    visit(other, page.url)
    expect(other.locator(HEADLINE)).to_have_text(told)
