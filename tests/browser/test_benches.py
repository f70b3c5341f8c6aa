"""The chains' benches in a real browser: a rule or a cell changed, files in and out, and the way into the Sandbox."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlparse

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.visits import settled, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def bench(page: Page, server: str, **fields: str) -> None:
    visit(page, f"{server}/network?{urlencode(fields)}")


def asked(page: Page) -> dict[str, str]:
    """What the address says of the page, beside the scenario."""
    return {key: text for key, text in parse_qsl(urlparse(page.url).query) if key.startswith("network.")}


def pick(page: Page, key: str, words: str) -> None:
    page.locator(f".st-key-{key}").get_by_role("combobox").click()
    page.get_by_role("option", name=words).click()


def read(page: Page, name: str, content: str) -> Locator:
    """Read a CSV file into the first table; the box that says what came of it."""
    box = page.get_by_test_id("stPopoverBody")
    if not box.is_visible():
        page.get_by_role("button", name="CSV in and out").first.click()
    file: Any = {"name": name, "mimeType": "text/csv", "buffer": content.encode()}
    box.locator("input[type=file]").set_input_files(file)
    return box


def type_price(page: Page, typed: str, *, row: int) -> None:
    """Type into the second column of the first table, in a row counted from 1."""
    grid = page.get_by_test_id("stDataFrame").first.locator(".dvn-scroller")
    editor = page.locator("#portal input")
    for _ in range(5):  # a table just drawn anew takes the first clicks to select the cell
        grid.dblclick(position={"x": 200, "y": 35 * row + 17})
        page.wait_for_timeout(500)
        if editor.is_visible():
            break
    editor.fill(typed)
    page.keyboard.press("Enter")


def test_a_rule_and_a_cell_move_the_chart_of_bittensor_and_come_back(server: str, new_page: NewPage) -> None:
    page = new_page(height=2400)
    bench(page, server, network="bittensor", **{"network.shares.from": "price", "network.shares.to": "price-burn"})
    said = page.locator(".st-key-sentence-subnet-shares")
    expect(said).to_contain_text("From price alone to price less what is withheld, 21.9% of emission would move")
    pick(page, "shares-to", "Hill gate, bar by mass")
    expect(said).to_contain_text("From price alone to the gate with its bar by mass")
    settled(page)
    by_gate = said.inner_text()
    type_price(page, "0.5", row=2)
    expect(said).to_contain_text("Gaining most: Affine")
    settled(page)
    told = said.inner_text()
    assert asked(page)["network.shares.to"] == "gate-mass"
    assert "network.shares.subnets" in asked(page)
    page.reload()
    expect(said).to_have_text(told, use_inner_text=True)
    settled(page)
    pick(page, "shares-from", "Users' flow (Taoflow)")
    expect(said).to_contain_text("From users' flow to")
    page.get_by_role("button", name="Undo").click()
    expect(said).to_have_text(told, use_inner_text=True)
    page.locator(".st-key-shares-subnets-files").get_by_role("button").click()
    page.get_by_role("button", name="Take the table back to its start").click()
    expect(said).to_have_text(by_gate, use_inner_text=True)


def test_broken_files_leave_renders_ledger_as_it_was_and_a_good_one_reaches_the_sandbox(
    server: str, new_page: NewPage, tmp_path: Path
) -> None:
    page = new_page()
    bench(page, server, network="render")
    said = page.locator(".st-key-sentence-render-ledger")
    expect(said).to_contain_text("RENDER would be burned")
    before = said.inner_text()
    box = read(page, "bad.csv", "job,kind,payment,node,approved\nOne,render,-5,A,1\n")
    expect(box).to_contain_text("Payment is -5 (row 1); allowed: 0 or more. The table stays as it was")
    read(page, "long.csv", "job,kind,payment,node,approved\n" + "One,render,5,A,1\n" * 100_000)
    expect(box).to_contain_text("1.0MB or smaller")
    expect(said).to_have_text(before, use_inner_text=True)
    with page.expect_download() as waiting:
        box.get_by_role("button", name="Download CSV").click()
    waiting.value.save_as(tmp_path / "jobs.csv")
    lines = (tmp_path / "jobs.csv").read_text().splitlines()
    read(page, "good.csv", "\n".join([lines[0], *lines[-2:]]))
    expect(page.get_by_text("2 rows were read from good.csv.")).to_be_visible()
    expect(said).not_to_have_text(before, use_inner_text=True)
    page.keyboard.press("Escape")
    page.locator(".st-key-render-use").get_by_role("button").click()
    expect(page.get_by_text("Set in the economy: the terms of Salad's jobs")).to_be_visible()
    settled(page)
    share = dict(parse_qsl(urlparse(page.url).query))["salad.burn_share"]
    page.get_by_test_id("stTopNavSection").filter(has_text="Explore").click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has_text="Sandbox").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sandbox")
    settled(page)
    assert dict(parse_qsl(urlparse(page.url).query))["salad.burn_share"] == share


@pytest.mark.parametrize(
    ("network", "tab", "box", "sentence"),
    [
        (
            "internet-computer",
            "icp.tab=Burn and the 70% goal",
            "Cycles burned as planned, XDR a second",
            "icp-goal-chart",
        ),
        ("fetch", "fetch.tab=Inflation", "Fixed inflation a year", "fetch-inflation"),
    ],
)
def test_a_number_moves_the_sentence_and_stands_in_the_link(
    server: str, new_page: NewPage, network: str, tab: str, box: str, sentence: str
) -> None:
    page = new_page()
    bench(page, server, network=network, **{f"network.{tab.partition('=')[0]}": tab.partition("=")[2]})
    said = page.locator(f".st-key-sentence-{sentence}")
    expect(said).to_be_visible()
    before = said.inner_text()
    page.get_by_label(box).fill("0.5")
    page.keyboard.press("Enter")
    expect(said).not_to_have_text(before, use_inner_text=True)
    settled(page)
    told = said.inner_text()
    # A box in percent is a share in the link.
    assert ("0.005" if network == "fetch" else "0.5") in asked(page).values()
    other = new_page()
    visit(other, page.url)
    expect(other.locator(f".st-key-sentence-{sentence}")).to_have_text(told, use_inner_text=True)
