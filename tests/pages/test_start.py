"""Start: one lever that rewrites one sentence, and links that open what they say."""

from __future__ import annotations

import pytest

from tests.pages.opening import drawn, line, opened, warned, words
from ui.examples import NETWORKS, PROPOSALS, Example
from ui.link import read_query

PAGE = "pages/start.py"


def test_the_slider_rewrites_the_sentence_and_redraws_the_chart() -> None:
    app = opened(PAGE)
    first, before = words(app), line(drawn(app), "scenario")
    assert "At 20% burn" in first
    app.slider(key="explore").set_value(60.0).run()
    assert "At 60% burn" in words(app)
    assert "supply shrinks" in words(app)
    assert line(drawn(app), "scenario")[-1] < before[-1]
    assert line(drawn(app), "baseline") == before


def test_the_slider_ends_where_the_payer_has_nothing_left_and_every_position_draws() -> None:
    app = opened(PAGE)
    for value in (0.0, app.slider(key="explore").max):
        app.slider(key="explore").set_value(value).run()
        assert not app.exception
        assert not app.error


@pytest.mark.parametrize("example", [*PROPOSALS, *NETWORKS], ids=lambda example: example.title)
def test_every_offer_opens_exactly_what_it_says(example: Example) -> None:
    moment, told = read_query(example.query)
    assert told == ()
    assert moment.query == example.query
    assert bool(moment.scenario.moved) == bool(example.changes)


def test_continue_is_offered_only_when_there_is_something_to_continue() -> None:
    assert "Continue" not in [heading.value for heading in opened(PAGE).header]
    app = opened(PAGE, "network=render&emission_scale=0.5")
    assert "Continue" in [heading.value for heading in app.header]
    assert "Render: 1 change." in words(app)


@pytest.mark.parametrize("link", ["burn_share=1.7", "nonsense=1", "network=atlantis", "years=x"])
def test_a_broken_link_is_told_in_one_sentence(link: str) -> None:
    app = opened(PAGE, link)
    assert not app.exception
    assert len(warned(app)) == 1


def test_it_says_what_it_is_not() -> None:
    assert "Not a price forecast." in words(opened(PAGE))
