"""What a member does in a minute: read Mission 70, switch a provision off, compare, undo twice, share."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.visits import settled, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

VERDICT = ".st-key-verdict"


def read(page: Page) -> str:
    settled(page)
    return page.locator(VERDICT).inner_text()


def go_to(page: Page, section: int, title: str) -> None:
    page.get_by_test_id("stTopNavSection").nth(section).click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text=title).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    settled(page)


def switched(page: Page, provision: str, before: str) -> str:
    """Switch a provision and wait for another verdict."""
    page.get_by_text(provision, exact=True).first.click()
    expect(page.locator(VERDICT)).not_to_have_text(before, use_inner_text=True)
    return read(page)


def test_mission_70_is_read_changed_compared_undone_and_shared(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/proposal")
    page.get_by_role("combobox", name="Proposal").first.click()
    page.keyboard.type("Mission 70")
    page.keyboard.press("Enter")
    expect(page.locator(VERDICT)).to_contain_text("would be")
    whole = read(page)
    assert "modelled futures" in whole
    first = switched(page, "Node pay halved", whole)
    second = switched(page, "Voting rewards times 0.6329", first)

    page.get_by_role("button", name="Keep to compare").click()
    page.get_by_role("button", name="Keep as A").click()
    page.keyboard.press("Escape")
    go_to(page, 1, "Compare")
    expect(page.locator(".st-key-sentence-compare")).to_contain_text("than in the baseline")

    go_to(page, 0, "Proposal")
    assert read(page) == second
    page.keyboard.press("u")
    expect(page.locator(VERDICT)).to_have_text(first, use_inner_text=True)
    settled(page)
    page.keyboard.press("u")
    expect(page.locator(VERDICT)).to_have_text(whole, use_inner_text=True)
    settled(page)

    page.keyboard.press("s")
    link = page.get_by_role("dialog").get_by_test_id("stCode").inner_text().replace("\n", "").strip()
    other = new_page()
    visit(other, link.replace("/?", "/proposal?") if "/proposal" not in link else link)
    assert read(other) == whole
