"""Equilibrium and Model in a real browser: both themes, a phone, every part."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.visits import settled, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

EQUILIBRIUM = [
    "Rest points",
    "What moves it",
    "How far it can go",
    "Does the simulation agree?",
    "Check and derivation",
]
MODEL = ["How it works", "Equations", "Parameters", "Where the figures come from", "Limits", "Glossary"]
PARTS = [("equilibrium", part) for part in EQUILIBRIUM] + [("model", part) for part in MODEL]


def open_part(page: Page, server: str, path: str, part: str, network: str = "textbook-roles") -> None:
    visit(page, f"{server}/{path}?network={network}")
    page.get_by_role("tab", name=part).click()
    expect(page.get_by_role("tab", name=part)).to_have_attribute("aria-selected", "true")
    page.wait_for_timeout(400)
    settled(page)


@pytest.mark.parametrize(("path", "part"), PARTS)
def test_every_part_fits_a_phone(server: str, new_page: NewPage, path: str, part: str) -> None:
    page = new_page(width=390, height=844)
    open_part(page, server, path, part)
    wide = page.evaluate(
        "() => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".map(box => box.scrollWidth - box.clientWidth)"
    )
    assert wide == [0, 0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("path", "part"), PARTS)
def test_the_accessibility_rules_find_nothing(
    server: str, new_page: NewPage, path: str, part: str, scheme: str
) -> None:
    page = new_page(scheme=scheme)
    open_part(page, server, path, part)
    report = Axe().run(page)
    assert report.violations_count == 0, report.generate_report()


@pytest.mark.parametrize("network", ["render", "staking", "textbook-merit"])
def test_the_pictures_are_drawn_on_every_kind_of_network(server: str, new_page: NewPage, network: str) -> None:
    page = new_page()
    visit(page, f"{server}/equilibrium?network={network}")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(4)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_derivation_opens_with_its_formulas(server: str, new_page: NewPage) -> None:
    page = new_page()
    open_part(page, server, "equilibrium", "Check and derivation", "textbook")
    page.get_by_text("Burn equals mint", exact=False).last.click()
    expect(page.locator(".katex-display").first).to_be_visible()
