"""Sandbox and Start in a real browser: link, keyboard, history, phone, both themes."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlparse

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.visits import (
    PAGES,
    PHONE,
    assert_accessible,
    assert_accessible_in_both_themes,
    assert_no_sideways_scroll,
    resized,
    settled,
    visit,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HEADLINE = ".st-key-sentence-headline"


def lever(page: Page, name: str = "Burn share") -> Locator:
    return page.get_by_role("slider", name=name)


def query(page: Page) -> dict[str, str]:
    fields = dict(parse_qsl(urlparse(page.url).query))
    return {key: text for key, text in fields.items() if key not in ("v", "network", "seed")}


def scenario_line(page: Page) -> str:
    """Shape of the solid line of the first chart."""
    page.wait_for_function("() => document.querySelector('.st-key-panel-0 svg .mark-line path')")
    paths = page.locator(".st-key-panel-0 svg .mark-line path").evaluate_all("all => all.map(p => p.getAttribute('d'))")
    return "|".join(paths)


def choose_page(page: Page, section: int, title: str) -> None:
    page.get_by_test_id("stTopNavSection").nth(section).click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text=title).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(PAGES[""] if title == "Start" else title)
    settled(page)


def test_one_key_press_changes_sentence_chart_and_address_and_a_reload_restores_them(
    server: str, new_page: NewPage
) -> None:
    page = new_page()
    visit(page, f"{server}/sandbox?burn_share=0.3")
    expect(page.locator(HEADLINE)).to_contain_text("burn share at 30% instead of 20%")
    before = scenario_line(page)
    lever(page).press("ArrowRight")
    expect(page.locator(HEADLINE)).to_contain_text("burn share at 31% instead of 20%")
    settled(page)
    expect(page).to_have_url(f"{server}/sandbox?v=0.2&network=payment&burn_share=0.31&seed=7")
    assert scenario_line(page) != before
    page.reload()
    settled(page)
    expect(page.locator(HEADLINE)).to_contain_text("burn share at 31% instead of 20%")
    expect(lever(page)).to_have_value("31")


def test_back_and_forward_walk_through_the_changes(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/sandbox")
    for share in (21, 22):
        lever(page).press("ArrowRight")
        expect(page.locator(HEADLINE)).to_contain_text(f"burn share at {share}%")
        expect(page).to_have_url(re.compile(f"burn_share=0.{share}"))
        settled(page)
    page.go_back()
    expect(page.locator(HEADLINE)).to_contain_text("burn share at 21%")
    assert query(page) == {"burn_share": "0.21"}
    page.go_forward()
    expect(page.locator(HEADLINE)).to_contain_text("burn share at 22%")
    page.go_back()
    expect(page.locator(HEADLINE)).to_contain_text("burn share at 21%")
    page.go_back()
    expect(page.locator(HEADLINE)).to_contain_text("No lever is moved")
    assert query(page) == {}


def test_the_scenario_comes_along_to_another_page_and_back(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/sandbox?burn_share=0.3")
    choose_page(page, 1, "Equilibrium")
    assert query(page) == {"burn_share": "0.3"}
    choose_page(page, 1, "Sandbox")
    assert query(page) == {"burn_share": "0.3"}
    expect(page.locator(HEADLINE)).to_contain_text("burn share at 30%")
    choose_page(page, 0, "Start")
    expect(page.get_by_text("Payment network: 1 change.")).to_be_visible()


def test_render_is_one_click_from_the_first_page(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, server)
    page.get_by_role("link", name="Render, on published figures").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sandbox")
    settled(page)
    expect(lever(page, "Burn share (Render jobs)")).to_be_visible()
    assert dict(parse_qsl(urlparse(page.url).query))["network"] == "render"


def test_the_first_page_rewrites_its_sentence_by_keyboard(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, server)
    expect(page.locator(HEADLINE)).to_contain_text("At 20% burn")
    page.get_by_role("slider").first.press("ArrowRight")
    expect(page.locator(HEADLINE)).to_contain_text("At 21% burn")


def test_keys_work_on_a_slider_and_rest_while_somebody_types(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/sandbox?burn_share=0.3")
    lever(page).press("ArrowRight")
    expect(page.locator(HEADLINE)).to_contain_text("burn share at 31%")
    lever(page).press("u")
    expect(page.locator(HEADLINE)).to_contain_text("burn share at 30%")
    lever(page).press("1")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(2)  # the chart, and the dots beneath
    lever(page).press("b")
    expect(page.get_by_role("button", name="Show baseline")).to_be_visible()
    page.keyboard.press("g")
    box = page.get_by_role("textbox", name="Search the glossary")
    box.press_sequentially("subs?")
    box.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("No term contains “subs?”")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog").get_by_role("row", name="Shift+U")).to_be_visible()
    assert_accessible(page)
    assert query(page) == {"burn_share": "0.3", "sandbox.layout": "1", "show.baseline": "0"}


def test_an_exact_value_can_be_typed(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/sandbox")
    page.locator(".st-key-lever-burn_share").get_by_role("button", name="Exact").click()
    settled(page)
    box = page.get_by_role("spinbutton", name="Burn share, percent")
    box.fill("33.3")
    box.press("Enter")
    expect(page.locator(HEADLINE)).to_contain_text("burn share at 33.3% instead of 20%")
    expect(page.get_by_text("How it enters.")).to_be_visible()


def test_a_lever_ends_where_its_payer_has_nothing_left_and_says_so_beside_it(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/sandbox?burn_share=0.3")
    lever(page).press("End")
    expect(page.get_by_text("Providers have nothing left to give").first).to_be_visible()
    expect(page.locator(HEADLINE)).to_contain_text("burn share at 80%")
    expect(lever(page)).to_have_value("80")


@pytest.mark.parametrize(
    "path",
    [
        "sandbox?burn_share=0.7&staker_fee_share=0.2&network=payment",
        "sandbox?burn_share=1.7",
        "?burn_share=0.3",
        "sandbox?network=render&emission_scale=0.5",
        "sandbox?proposal=icp-mission-70&burn_share=0.1",
    ],
)
def test_a_change_fits_a_phone_its_lever_works_there_and_both_themes_are_accessible(
    server: str, new_page: NewPage, path: str
) -> None:
    page = new_page(**PHONE)
    visit(page, f"{server}/{path}")
    assert_no_sideways_scroll(page)
    slider = page.get_by_role("slider").first
    slider.scroll_into_view_if_needed()
    before = slider.input_value()
    slider.press("ArrowLeft")
    expect(slider).not_to_have_value(before)
    resized(page, 1280)
    assert_accessible_in_both_themes(page)


def test_charts_come_before_levers_on_a_phone_and_a_link_leads_to_them(server: str, new_page: NewPage) -> None:
    page = new_page(**PHONE)
    visit(page, f"{server}/sandbox")
    tops = [page.locator(name).bounding_box() for name in (".st-key-charts", ".st-key-levers")]
    assert tops[0] is not None
    assert tops[1] is not None
    assert tops[0]["y"] < tops[1]["y"]
    page.get_by_role("link", name="Go to the levers").click()
    expect(page.get_by_role("heading", name="What to change")).to_be_in_viewport()


def test_the_list_of_assumptions_is_accessible_too(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/sandbox?demand_growth=0.9")
    page.get_by_role("radio", name="Assumptions").click()
    expect(page.get_by_text("not the proposal")).to_be_visible()
    settled(page)
    assert_accessible_in_both_themes(page)


def test_the_focus_of_the_keyboard_can_be_seen_on_a_lever(server: str, new_page: NewPage) -> None:
    page = new_page()
    visit(page, f"{server}/sandbox")
    slider = lever(page)
    # The native input is visually hidden; its thumb carries the ring.
    look = (
        "node => [...node.closest('[data-rac]').querySelectorAll('*'), node.closest('[data-rac]')]"
        ".map(part => { const s = getComputedStyle(part); return [s.boxShadow, s.outline, s.backgroundColor].join() })"
    )
    at_rest = slider.evaluate(look)
    page.get_by_role("radio", name="Providers").focus()
    for _ in range(6):
        page.keyboard.press("Tab")
        if slider.evaluate("node => node === document.activeElement"):
            break
    expect(slider).to_be_focused()
    assert slider.evaluate(look) != at_rest
