"""How a test visits a page and knows that it has settled."""

from __future__ import annotations

from playwright.sync_api import Page, expect

# address -> heading; the first is the default page
PAGES = {
    "": "Start",
    "proposal": "Proposal",
    "encode": "Encode a proposal",
    "sandbox": "Sandbox",
    "compare": "Compare",
    "equilibrium": "Equilibrium",
    "network": "Network",
    "model": "Model",
}

PATIENCE = 30_000
"""Milliseconds: the first visit to a network compiles it, and a test machine may be busy."""

expect.set_options(timeout=PATIENCE)


def visit(page: Page, url: str) -> None:
    """Open the address and wait until the script has run and charts are drawn."""
    page.goto(url)
    settled(page)


def settled(page: Page) -> None:
    """Wait for the heading, the end of the script run and the drawing of every chart."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-testid=stVegaLiteChart]')]"
        ".every(chart => chart.querySelector('svg, canvas'))"
    )
