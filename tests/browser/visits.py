"""How a test visits a page and knows that it has settled."""

from __future__ import annotations

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

# address -> heading; the first is the default page
PAGES = {
    "": "Try a token proposal before you vote on it",
    "proposal": "Proposal",
    "encode": "Encode a proposal",
    "vote": "Vote",
    "scorecard": "Scorecard",
    "sandbox": "Sandbox",
    "compare": "Compare",
    "equilibrium": "Equilibrium",
    "stress": "Stress",
    "tune": "Tune",
    "design": "New network",
    "network": "Network",
    "workshop": "Workshop",
    "model": "Model",
}

PHONE = {"width": 390, "height": 844}

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")

PATIENCE = 60_000
"""Milliseconds: the first visit to a network compiles it, and a test machine may be busy."""

expect.set_options(timeout=PATIENCE)


def visit(page: Page, url: str) -> None:
    """Open the address and wait until the script has run and charts are drawn."""
    page.goto(url)
    settled(page)


def settled(page: Page) -> None:
    """Wait for the heading, the end of the script run and the drawing of every chart in the width it has now."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')].every(chart => {"
        " const picture = chart.querySelector('svg, canvas'), width = box => box.getBoundingClientRect().width;"
        " return picture && Math.abs(width(picture) - width(chart)) < 2 })"
    )


def resized(page: Page, width: int, height: int = 900) -> None:
    """Change the size of the window and wait until charts have followed."""
    page.set_viewport_size({"width": width, "height": height})
    settled(page)


def assert_no_sideways_scroll(page: Page) -> None:
    wide = page.evaluate(
        "() => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".map(box => box.scrollWidth - box.clientWidth)"
    )
    assert wide == [0, 0]


def in_scheme(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Wait for a theme, as after a change of the system's."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", scheme)
    settled(page)


def assert_accessible(page: Page, within: str | None = None) -> None:
    """The accessibility rules find nothing in the theme on screen, on the page or in a part of it."""
    report = Axe().run(page, context=within)
    assert report.violations_count == 0, report.generate_report()


def assert_accessible_in_both_themes(page: Page) -> None:
    for scheme in SCHEMES:
        in_scheme(page, scheme)
        assert_accessible(page)
