"""Steps of a schedule in a real browser: their labels meet neither each other nor the names of the lines."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewPage
from tests.browser.visits import resized, visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

Box = dict[str, float]


def boxes(page: Page, words: str) -> list[list[Box]]:
    """Chart by chart, where words that match a pattern are drawn."""
    found: list[list[Box]] = page.evaluate(
        """pattern => [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg')].map(chart =>
            [...chart.querySelectorAll('text')].filter(text => new RegExp(pattern).test(text.textContent))
            .map(text => text.getBoundingClientRect())
            .map(box => ({left: box.left, right: box.right, top: box.top, bottom: box.bottom})))""",
        words,
    )
    return found


def overlap(a: Box, b: Box) -> bool:
    return min(a["right"], b["right"]) > max(a["left"], b["left"]) and min(a["bottom"], b["bottom"]) > max(
        a["top"], b["top"]
    )


@pytest.mark.parametrize(
    ("link", "label"),
    [
        ("network=bittensor", "Halving"),
        ("network=render@2023-12", "Table step"),
        ("network=bittensor&years=20", "Halving"),
    ],
)
def test_labels_of_steps_meet_nothing(server: str, new_page: NewPage, link: str, label: str) -> None:
    page = new_page(width=390)
    visit(page, f"{server}/sandbox?{link}")
    for width in (390, 1400):
        resized(page, width)
        marks, others = boxes(page, f"^{label}"), boxes(page, "^(Scenario|Baseline|tokens|index|percent)")
        assert sum(map(bool, marks)) >= 4
        for drawn, beside in zip(marks, others, strict=True):
            for place, one in enumerate(drawn):
                assert not any(overlap(one, other) for other in (*drawn[:place], *beside))


def test_a_value_of_several_words_is_read_in_full_on_a_phone(server: str, new_page: NewPage) -> None:
    page = new_page(width=390, height=900)
    visit(page, f"{server}/sandbox?network=fetch&inflation_rate=0.0005")
    value = page.get_by_test_id("stMetricValue").filter(has_text="less than 0.1% a year")
    assert value.evaluate("box => box.scrollWidth <= box.clientWidth + 1")
    text = value.locator("p").bounding_box()
    tile = value.bounding_box()
    assert text is not None
    assert tile is not None
    assert text["x"] + text["width"] <= tile["x"] + tile["width"] + 1
