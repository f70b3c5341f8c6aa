"""The table twin says the same numbers as the chart."""

from __future__ import annotations

from datetime import date

import polars as pl

from charts.tables import twin


def lines(scenario: list[float], baseline: list[float]) -> pl.DataFrame:
    dates = [date(2027, 1, 1), date(2028, 1, 1)]
    series = ["scenario"] * 2 + ["baseline"] * 2
    kinds = pl.Enum(["baseline", "scenario", "previous"])
    return pl.DataFrame({"date": dates * 2, "series": pl.Series(series, dtype=kinds), "value": scenario + baseline})


def test_long_series_become_one_row_for_each_date_with_the_difference() -> None:
    table = twin(lines([90.0, 110.0], [100.0, 100.0]))
    assert table.columns == ["date", "baseline", "scenario", "difference", "difference, %"]
    assert table["difference"].to_list() == [-10.0, 10.0]
    assert table["difference, %"].to_list() == [-10.0, 10.0]


def test_a_percentage_of_zero_is_left_empty() -> None:
    assert twin(lines([1.0, 1.0], [0.0, 2.0]))["difference, %"].to_list() == [None, -50.0]


def test_one_series_alone_has_no_difference() -> None:
    table = twin(lines([1.0, 2.0], [0.0, 2.0]).filter(pl.col("series") == "scenario"))
    assert table.columns == ["date", "scenario"]


def test_any_other_frame_is_shown_as_it_is() -> None:
    frame = pl.DataFrame({"label": ["a"], "value": [1.0]})
    assert twin(frame).equals(frame)
