"""Counted futures: what the sentence says and what the chart shades are the same nine of ten."""

from __future__ import annotations

import pytest

from model import project
from model.engine.kept import MedianRun
from model.outcomes import band, measures
from model.spread import spread
from model.words.futures_sentences import band_note, spread_sentence


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
