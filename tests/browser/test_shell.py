"""The frame of the app in a real browser: deep links, phones, both themes, no outside requests."""

from __future__ import annotations

from urllib.parse import urlparse

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import FirstVisit, NewPage
from tests.browser.visits import (
    PAGES,
    PHONE,
    assert_accessible_in_both_themes,
    assert_no_sideways_scroll,
    resized,
    visit,
)

# One worker, so that all browser tests share one server and one browser.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_deep_link_as_the_very_first_visit_arrives_inside_the_shell(first_visit: FirstVisit) -> None:
    page = first_visit.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Sandbox")
    expect(page.get_by_test_id("stTopNavSection").first).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert urlparse(page.url).path == "/sandbox"
    assert urlparse(page.url).query == "burn_share=0.4"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone_is_accessible_in_both_themes_and_asks_nobody_outside(
    server: str, new_page: NewPage, path: str
) -> None:
    page = new_page(**PHONE)
    hosts: set[str] = set()
    errors: list[tuple[str, str]] = []
    page.on("request", lambda request: hosts.add(urlparse(request.url).hostname or ""))
    page.on("console", lambda m: errors.append((m.text, m.location["url"])) if m.type == "error" else None)
    visit(page, f"{server}/{path}")
    expect(page.get_by_role("heading", level=1)).to_have_text(PAGES[path])
    assert_no_sideways_scroll(page)
    resized(page, 1280)
    assert_accessible_in_both_themes(page)
    assert hosts - {""} == {"127.0.0.1"}
    # After a deep link Streamlit looks for its own address under the page's path first; that is its habit.
    assert [error for error in errors if "/_stcore/" not in error[1]] == []


def test_the_bundled_font_is_the_one_that_is_drawn(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, server)
    loaded = page.evaluate(
        "async () => { await document.fonts.ready;"
        " return [...document.fonts].filter(f => f.status == 'loaded').map(f => f.family) }"
    )
    assert "Inter" in {family.strip('"') for family in loaded}


def test_projector_view_enlarges_type_and_hides_the_header(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/sandbox?view=projector")
    assert page.evaluate("() => getComputedStyle(document.documentElement).fontSize") == "24px"
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
