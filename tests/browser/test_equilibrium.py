"""Equilibrium and Model in a real browser: both themes, a phone, every part."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.visits import (
    PHONE,
    SCHEMES,
    assert_accessible,
    assert_no_sideways_scroll,
    in_scheme,
    resized,
    settled,
    visit,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

EQUILIBRIUM = [
    "Rest points",
    "What moves it",
    "How far it can go",
    "Does the simulation agree?",
    "Check and derivation",
]
MODEL = [
    "How it works",
    "Trust and doubt",
    "Validation",
    "Back-casts",
    "Equations",
    "Parameters",
    "Figures",
    "Limits",
    "Glossary",
]


def open_part(page: Page, part: str) -> None:
    page.get_by_role("tab", name=part).click()
    expect(page.get_by_role("tab", name=part)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tabpanel", name=part).get_by_test_id("stElementContainer").first).to_be_visible()
    settled(page)


@pytest.mark.parametrize(("path", "parts"), [("equilibrium", EQUILIBRIUM), ("model", MODEL)])
def test_every_part_fits_a_phone_and_is_accessible_in_both_themes(
    server: str, new_page: NewPage, path: str, parts: list[str]
) -> None:
    page = new_page(**PHONE)
    visit(page, f"{server}/{path}?network=textbook-roles")
    for part in parts:
        open_part(page, part)
        assert_no_sideways_scroll(page)
    resized(page, 1280)
    for scheme in SCHEMES:
        in_scheme(page, scheme)
        for part in parts:
            open_part(page, part)
            # What stands around the parts is the same for all: once is enough.
            assert_accessible(page, within=None if part == parts[0] else "[role=tabpanel]")


@pytest.mark.parametrize("network", ["render", "staking", "textbook-merit"])
def test_the_pictures_are_drawn_on_every_kind_of_network(server: str, new_page: NewPage, network: str) -> None:
    page = new_page()
    visit(page, f"{server}/equilibrium?network={network}")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(4)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_derivation_opens_with_its_formulas(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/equilibrium?network=textbook")
    open_part(page, "Check and derivation")
    page.get_by_text("Burn equals mint", exact=False).last.click()
    expect(page.locator(".katex-display").first).to_be_visible()
