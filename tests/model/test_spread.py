"""Counted futures: what the sentence says and what the chart shades are the same nine of ten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model import Scenario, load_network, project
from model.engine.kept import MedianRun
from model.outcomes import band, measures
from model.spread import spread
from model.words.futures_sentences import (
    NO_CHANCE,
    band_note,
    basis_sentence,
    draws_chance,
    rest_spread_sentence,
    spread_sentence,
)


@pytest.fixture(scope="module")
def untouched() -> MedianRun:
    drawn = project("payment", years=3, draws=60, seed=3)
    return MedianRun(lambda: drawn)


def test_nine_of_ten_end_where_the_shaded_band_of_the_chart_ends(untouched: MedianRun) -> None:
    price = measures(untouched.system)["price"]
    found = spread(untouched, price)
    assert found.ends == pytest.approx(band(untouched, price).select("low", "high").row(-1))
    told = spread_sentence(found).partition("lie ")[2].rstrip(".")
    assert told.startswith("between ")
    assert told in band_note(untouched, price)


def test_far_ends_are_told_in_times_and_not_in_thousands_of_percent(untouched: MedianRun) -> None:
    price = measures(untouched.system)["price"]
    wide = replace(spread(untouched, price), ends=(-0.35, 20.0), reference="rest point")
    assert "between −35% and 21 times the rest point" in rest_spread_sentence(wide, "token price")
    apart = replace(wide, ends=(40.0, 1_100.0), reference="")
    assert "between 0.4 and 11 times today's" in spread_sentence(apart)


def test_a_network_without_shocks_says_that_no_chance_is_drawn(untouched: MedianRun) -> None:
    textbook, payment = (Scenario(load_network(name)) for name in ("textbook", "payment"))
    assert not draws_chance(textbook)
    assert draws_chance(payment)
    assert draws_chance(Scenario(load_network("textbook"), assumptions={"price_volatility": 0.2}))
    assert basis_sentence(untouched, textbook, 7) == NO_CHANCE
