"""The Tune page: what holds is told first, settings travel in the link, bad input is told and loses nothing."""

from __future__ import annotations

import time

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import opened, query_of, warned, words

FEW = "network=payment&tune.settings=256&tune.futures=0"


def answered(link: str) -> AppTest:
    """The page once its long work is done."""
    app = opened("pages/tune.py", link)
    for _ in range(120):
        if "settings of" in words(app) or not app.get("progress"):
            break
        time.sleep(0.25)
        app.run()
    assert not app.exception
    return app


@pytest.fixture(scope="module")
def page() -> AppTest:
    return answered(FEW)


def test_the_answer_comes_first_with_its_share_and_the_goal_that_binds(page: AppTest) -> None:
    told = words(page)
    assert "Of 256 settings of burn share, emission multiplier and provider share of emission" in told
    assert "What binds most is" in told
    assert "Not a forecast." in told
    assert [header.value for header in page.header][:2] == ["What should hold", "What may move"]


def test_the_exact_answers_stand_beside_the_sampled_ones(page: AppTest) -> None:
    assert "a burn share of 40% would stop supply from growing" in words(page)


def test_a_chosen_lever_goal_and_axis_travel_in_the_link() -> None:
    link = f"{FEW}&tune.levers=burn_share~0.1~0.6,emission_scale~0.5~1.5&tune.goal.1=price~at_least~90~on~2~0.5"
    app = answered(f"{link}&tune.goal.2=none&tune.goal.3=none")
    told = words(app)
    assert "Of 256 settings of burn share and emission multiplier" in told
    assert "would hold the goal" in told
    assert "Token price index at least 90" in told
    assert query_of(app)["tune.levers"] == "burn_share~0.1~0.6,emission_scale~0.5~1.5"


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("tune.levers=burn_share~0.6", "is not a lever with its ends"),
        ("tune.levers=burn_share~0~9", "allowed: 0% to 100%"),
        ("tune.levers=unicorns~0~1", "is no lever here"),
        ("tune.goal.1=price~maybe~1~on~2~0.5", "is not a goal"),
        ("tune.settings=1000000", "cannot be chosen"),
    ],
)
def test_what_a_broken_link_asks_is_told_in_a_sentence_and_the_usual_stands(field: str, told: str) -> None:
    app = answered(f"{FEW.replace('tune.settings=256&', '') if 'settings' in field else FEW}&{field}")
    assert any(told in sentence for sentence in warned(app))
    assert "settings of burn share" in words(app)


def test_without_a_goal_the_page_says_what_to_do() -> None:
    app = opened("pages/tune.py", "&".join([FEW, *(f"tune.goal.{n}=none" for n in (1, 2, 3))]))
    assert not app.exception
    assert "There is no goal yet" in app.info[0].value


def test_levers_that_are_all_taken_out_stay_and_the_page_says_so(page: AppTest) -> None:
    kept = page.multiselect(key="tune-levers").value
    page.multiselect(key="tune-levers").set_value([]).run()
    assert any("At least one lever has to move" in text for text in warned(page))
    assert page.multiselect(key="tune-levers").value == kept


def test_a_setting_saved_as_a_proposal_stands_in_the_form() -> None:
    page = answered(FEW)
    next(button for button in page.button if (button.key or "").startswith("save-")).click().run()
    assert not page.exception
    assert page.title[0].value == "Encode a proposal"
    assert not any("the setting of a change" in part.value for part in page.markdown)
