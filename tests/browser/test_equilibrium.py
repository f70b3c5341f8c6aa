"""Equilibrium and Model in a real browser: both themes, a phone, every part."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from model import Scenario, load_network
from model.rest.report import RestReport
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


@pytest.mark.parametrize(("network", "pictures"), [("render", 4), ("staking", 4), ("textbook-merit", 2)])
def test_the_pictures_are_drawn_on_every_kind_of_network(
    server: str, new_page: NewPage, network: str, pictures: int
) -> None:
    """A network without chance has neither a fan nor dots."""
    page = new_page()
    visit(page, f"{server}/equilibrium?network={network}")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(pictures)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_derivation_opens_with_its_formulas(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/equilibrium?network=textbook")
    open_part(page, "Check and derivation")
    page.get_by_text("Burn equals mint", exact=False).last.click()
    expect(page.locator(".katex-display").first).to_be_visible()


def met(page: Page, before: float = 0.0) -> float:
    """Price that stands beside the crossing in the picture once it is another than before."""
    crossing = page.locator(".st-key-live svg text", has_text="Burn = mint at")
    expect(crossing).not_to_have_text(f"Burn = mint at ${before:g}")
    return float(crossing.text_content().rpartition("$")[2])  # type: ignore[union-attr]


def of_model(**changes: float) -> object:
    """The same as the model has it, to the three digits that are written."""
    return pytest.approx(RestReport(Scenario(load_network("payment"), changes)).crossing_today, rel=0.005)


def test_a_drag_is_answered_in_the_browser_and_may_be_used(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/equilibrium?network=payment")
    live, sentence = page.locator(".st-key-live"), page.locator(".st-key-sentence-headline")
    burn, emission = (live.get_by_role("slider", name=name) for name in ("Burn share, percent", "Emission multiplier"))
    price = met(page)
    assert price == of_model()
    in_force = sentence.inner_text()

    burn.scroll_into_view_if_needed()
    box = burn.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 0.2 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    for part in (0.3, 0.4, 0.5):
        page.mouse.move(box["x"] + part * box["width"], box["y"] + box["height"] / 2)
        share = float(burn.input_value()) / 100
        price = met(page, price)
        assert price == of_model(burn_share=share)
    page.mouse.up()
    expect(live.locator(".st-key-tried")).to_contain_text(f"burn share at {burn.input_value()}% instead of 20%")

    emission.focus()
    emission.press("ArrowRight")
    expect(live.locator(".st-key-tried")).to_contain_text("emission multiplier at 1.05")
    assert met(page, price) == of_model(burn_share=share, emission_scale=1.05)
    assert_accessible(page, within=".st-key-live")
    page.get_by_role("radio", name="20").click()
    expect(page).to_have_url(re.compile("years=20"))
    settled(page)
    assert (burn.input_value(), emission.input_value()) == (f"{100 * share:g}", "1.05")
    assert sentence.inner_text() == in_force

    live.get_by_role("button", name="Use these settings").click()
    expect(page).to_have_url(re.compile(f"burn_share={share:g}.*emission_scale=1.05|emission_scale=1.05.*burn_share"))
    expect(sentence).not_to_have_text(in_force)
    settled(page)
    assert (burn.input_value(), emission.input_value()) == (f"{100 * share:g}", "1.05")
    expect(live.locator(".st-key-tried")).to_contain_text("Nothing is dragged")
    page.get_by_role("button", name="Undo").click()
    expect(sentence).to_have_text(in_force)
    settled(page)
    assert (burn.input_value(), emission.input_value()) == ("20", "1")
