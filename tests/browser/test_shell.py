"""The frame of the app in a real browser: deep links, phones, both themes, no outside requests."""

from __future__ import annotations

from urllib.parse import urlparse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import NewPage
from tests.browser.visits import PAGES, visit

# One worker, so that all browser tests share one server and one browser.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_a_deep_link_as_the_very_first_visit_arrives_inside_the_shell(fresh_server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{fresh_server}/sandbox?burn_share=0.4")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sandbox")
    expect(page.get_by_test_id("stTopNavSection").first).to_be_visible()
    expect(page.get_by_test_id("stSidebar")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert urlparse(page.url).path == "/sandbox"
    assert urlparse(page.url).query == "burn_share=0.4"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_on_a_phone(server: str, new_page: NewPage, path: str) -> None:
    page = new_page(width=390, height=844)
    visit(page, f"{server}/{path}")
    expect(page.get_by_role("heading", level=1)).to_have_text(PAGES[path])
    wide = page.evaluate(
        "() => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".map(box => box.scrollWidth - box.clientWidth)"
    )
    assert wide == [0, 0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_the_accessibility_rules_find_nothing(server: str, new_page: NewPage, path: str, scheme: str) -> None:
    page = new_page(scheme=scheme)
    visit(page, f"{server}/{path}")
    background = page.get_by_test_id("stApp").evaluate("box => getComputedStyle(box).colorScheme")
    assert background == scheme
    report = Axe().run(page)
    assert report.violations_count == 0, report.generate_report()


def test_no_request_leaves_the_machine_and_the_console_stays_clean(server: str, new_page: NewPage) -> None:
    page = new_page()
    hosts: set[str] = set()
    errors: list[tuple[str, str]] = []
    page.on("request", lambda request: hosts.add(urlparse(request.url).hostname or ""))
    page.on("console", lambda m: errors.append((m.text, m.location["url"])) if m.type == "error" else None)
    for path in PAGES:
        visit(page, f"{server}/{path}")
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
