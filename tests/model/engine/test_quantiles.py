"""Summaries over futures: quantiles as NumPy has them, stopped futures counted out, collapse counted by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from model import project
from model.engine.kept import MedianRun
from model.engine.quantiles import LEVELS, column_of_level, contiguous, quantiles, rows_of, summary_frame
from model.engine.results import COLLAPSE, Run

HALF_STOPS = {"fiat_indexed_mint": 25.0, "burn_share": 0.1}
SPREADS = {"demand_volatility": 0.35, "price_volatility": 0.5}
"""Above the burn, fiat-indexed pay ends in hyper-inflation in most futures of the textbook, but not in all."""


@pytest.fixture(scope="module")
def stopping() -> Run:
    return project("textbook", changes=HALF_STOPS, assumptions=SPREADS, years=10, draws=40, seed=1)


# ---- quantiles ------------------------------------------------------------------------------------------
@given(
    arrays(
        np.float64,
        st.tuples(st.integers(1, 12), st.integers(1, 5)),
        elements=st.one_of(st.floats(-1e6, 1e6), st.just(float("nan"))),
    )
)
def test_quantiles_are_those_of_numpy_over_the_futures_that_have_a_value(values: np.ndarray) -> None:
    found = quantiles(values)
    for date in range(values.shape[1]):
        alive = values[~np.isnan(values[:, date]), date]
        if len(alive):
            np.testing.assert_allclose(found[:, date], np.quantile(alive, LEVELS), rtol=1e-12, atol=1e-9)
        else:
            assert np.isnan(found[:, date]).all()


def test_quantiles_leave_the_values_where_they_are() -> None:
    values = np.array([[3.0, 1.0], [1.0, 2.0], [2.0, np.nan]])
    before = values.copy()
    quantiles(values)
    np.testing.assert_array_equal(values, before)


def test_columns_are_called_by_their_percentage() -> None:
    assert [column_of_level(level) for level in LEVELS] == ["p05", "p25", "p50", "p75", "p95"]


def test_rows_of_a_world_are_found_also_where_worlds_are_mixed() -> None:
    rows = rows_of(["b", "a", "b", "a", "a"])
    assert {label: found.tolist() for label, found in rows.items()} == {"b": [0, 2], "a": [1, 3, 4]}
    values = np.arange(10.0).reshape(5, 2)
    for found in (rows["b"], rows["a"], np.array([1, 2, 3])):
        np.testing.assert_array_equal(contiguous(values, found), values[found])


def test_a_summary_counts_the_futures_that_have_a_value() -> None:
    """Three futures of one world on two dates, by hand."""
    table = np.array([[1.0, 4.0], [2.0, np.nan], [6.0, np.nan]])
    dates = [dt.date(2026, 1, 1), dt.date(2027, 1, 1)]
    found = summary_frame(lambda name: table, ["a"] * 3, dates, ["price"])
    assert found["futures"].to_list() == [3, 1]
    assert found["mean"].to_list() == [3.0, 4.0]
    assert found["p50"].to_list() == [2.0, 4.0]
    assert found["p95"].to_list() == pytest.approx([5.6, 4.0])


def test_a_date_on_which_no_future_has_a_value_has_none() -> None:
    table = np.full((3, 1), np.nan)
    found = summary_frame(lambda name: table, ["a"] * 3, [dt.date(2026, 1, 1)], ["price"])
    assert found.select("futures", "mean", "p05", "p50").row(0) == (0, None, None, None)


# ---- of a run -----------------------------------------------------------------------------------------
def test_the_summary_of_a_run_has_the_quantiles_of_its_futures(stopping: Run) -> None:
    found = stopping.summary(["price", "capacity"])
    assert found.height == 2 * 2 * len(stopping.dates)
    for world, rows in (("baseline", slice(0, 40)), ("scenario", slice(40, 80))):
        for name in ("price", "capacity"):
            values = stopping.values(name)[rows]
            part = found.filter(pl.col("world") == world, pl.col("variable") == name)
            assert part["date"].to_list() == stopping.dates
            for level in LEVELS:
                column = part[column_of_level(level)].to_numpy()
                np.testing.assert_allclose(column, np.nanquantile(values, level, axis=0), rtol=1e-12)
            np.testing.assert_allclose(part["mean"].to_numpy(), np.nanmean(values, axis=0), rtol=1e-12)


def test_futures_that_have_stopped_are_counted_out_and_told(stopping: Run) -> None:
    told = stopping.stopped
    assert 20 < told.height < 40
    assert set(told["world"]) == {"scenario"}
    found = stopping.summary(["price"]).filter(pl.col("world") == "scenario")
    for date, futures in zip(found["date"], found["futures"], strict=True):
        assert futures == 40 - told.filter(pl.col("date") <= date).height
    assert found["p05"].null_count() == 0


def test_each_stop_is_told_with_its_future(stopping: Run) -> None:
    price = stopping.values("price")[40:]
    for row in stopping.stopped.to_dicts():
        alive = [date for date, value in zip(stopping.dates, price[row["draw"]], strict=True) if np.isfinite(value)]
        assert alive[-1] < row["date"] <= alive[-1] + dt.timedelta(days=8)


def test_collapse_is_counted_by_hand(stopping: Run) -> None:
    capacity = stopping.values("capacity")
    for world, first in (("baseline", 0), ("scenario", 40)):
        fallen = 0
        for future in range(first, first + 40):
            last = capacity[future, -1]
            fallen += int(np.isnan(last) or last < COLLAPSE * capacity[future, 0])
        assert 0 < fallen < 40
        assert stopping.collapse_probability(world) == fallen / 40
        row = stopping.summary(["collapsed"]).filter(pl.col("world") == world).tail(1)
        assert row["mean"].item() == pytest.approx(fallen / 40, rel=1e-12)
        assert row["futures"].item() == 40


def test_the_median_run_stops_where_half_of_the_futures_have(stopping: Run) -> None:
    """And its values are the medians of those that are left."""
    median = MedianRun(lambda: stopping)
    (row,) = median.stopped.to_dicts()
    days = sorted(stopping.stopped["date"].to_list())
    assert row["world"] == "scenario"
    assert row["date"] == days[20]
    np.testing.assert_allclose(median.values("price")[1], np.nanquantile(stopping.values("price")[40:], 0.5, axis=0))
