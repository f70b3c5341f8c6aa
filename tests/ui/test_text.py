"""Numbers, shares, dates and changes as a reader sees them."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.words import text as model_text
from ui import text

FACTORS = {"k": 1e3, "M": 1e6, "B": 1e9, "T": 1e12}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (-0.0, "0"),
        (7, "7"),
        (14_200, "14.2k"),
        (1_032_000_000, "1.03B"),
        (999.6, "1k"),
        (999_950, "1M"),
        (999.4, "999"),
        (0.01234, "0.0123"),
        (0.1, "0.1"),
        (-4_100_000, "−4.1M"),
        (2.5e12, "2.5T"),
        (0.00000012, "1.20e−7"),
        (3e15, "3.00e15"),
    ],
)
def test_a_number_has_three_significant_digits_and_a_suffix(value: float, written: str) -> None:
    assert text.number(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "not known"),
        (math.nan, "not known"),
        (math.inf, "without limit"),
        (-math.inf, "−without limit"),
    ],
)
def test_what_is_no_number_is_said_in_words(value: float | None, written: str) -> None:
    assert text.number(value) == text.percent(value) == text.grouped(value) == written
    assert text.quantity(value, "tokens") == written


@given(st.floats(min_value=1e-6, max_value=9.9e14))
def test_a_written_number_is_within_half_a_unit_of_the_third_digit(value: float) -> None:
    written = text.number(value)
    factor = FACTORS.get(written[-1], 1.0)
    read = float(written.rstrip("kMBT")) * factor
    assert read == pytest.approx(value, rel=0.005001)


@given(st.floats(min_value=1e-6, max_value=9.9e14))
def test_a_negative_number_is_the_positive_one_with_a_minus_sign(value: float) -> None:
    assert text.number(-value) == text.MINUS + text.number(value)


def test_thousands_are_kept_apart_by_a_space_that_does_not_break() -> None:
    assert text.grouped(1234567.4) == "1\u202f234\u202f567"
    assert text.grouped(-14200) == "−14\u202f200"
    assert text.grouped(-0.2) == "0"


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (14_200, "tokens", "14.2k tokens"),
        (4.1e6, "$", "$4.1M"),
        (-4.1e6, "$/year", "−$4.1M/year"),
        (0.031, "%", "3.1%"),
        (1.24, "", "1.24"),
    ],
)
def test_a_quantity_carries_its_unit(value: float, unit: str, written: str) -> None:
    assert text.quantity(value, unit) == written


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.0, "0%"),
        (0.0004, "less than 0.1%"),
        (-0.0004, "between −0.1% and 0%"),
        (0.001, "0.1%"),
        (0.00999, "1%"),
        (0.12345, "12.3%"),
        (0.0314159, "3.14%"),
        (-0.5, "−50%"),
        (12.0, "1\u202f200%"),
        (1.0, "100%"),
    ],
)
def test_a_share_is_written_as_a_percentage(share: float, written: str) -> None:
    assert text.percent(share) == written


@pytest.mark.parametrize(
    ("difference", "written"),
    [
        (0.007, "0.7 percentage points"),
        (-0.007, "0.7 percentage points"),
        (0.01, "1 percentage point"),
        (0.0001, "less than 0.1 percentage points"),
        (0.0, "0 percentage points"),
    ],
)
def test_a_difference_of_shares_is_in_percentage_points(difference: float, written: str) -> None:
    assert text.percentage_points(difference) == written


@pytest.mark.parametrize(
    ("new", "old", "written"),
    [
        (1.032, 1.065, "3.1% lower"),
        (110, 100, "10% higher"),
        (100, 100, "unchanged"),
        (100.01, 100, "less than 0.1% higher"),
        (99.99, 100, "less than 0.1% lower"),
        (-5, -10, "50% higher"),
        (5, 0, "up from zero"),
        (-5, 0, "down from zero"),
        (0, 4, "100% lower"),
        (math.inf, 4, "higher"),
        (math.inf, math.inf, "unchanged"),
        (math.nan, 4, "not known"),
        (None, 4, "not known"),
    ],
)
def test_a_change_is_a_percentage_and_a_direction_in_words(new: float | None, old: float | None, written: str) -> None:
    assert text.change(new, old) == written


@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9))
def test_the_direction_of_a_change_is_never_wrong(new: float, old: float) -> None:
    written = text.change(new, old)
    rising = written.endswith("higher") or written == "up from zero"
    falling = written.endswith("lower") or written == "down from zero"
    assert (rising, falling) == (new > old, new < old)


def test_a_change_of_a_share_is_in_points_not_percent() -> None:
    assert text.share_change(0.072, 0.079) == "0.7 percentage points lower"
    assert text.share_change(0.079, 0.072) == "0.7 percentage points higher"
    assert text.share_change(0.079, 0.079) == "unchanged"
    assert text.share_change(math.nan, 0.1) == "not known"


def test_a_date_is_a_month_and_a_year() -> None:
    assert text.month(date(2027, 3, 31)) == "Mar 2027"


@pytest.mark.parametrize(
    ("years", "written"),
    [
        (0.0, "less than a week"),
        (0.02, "1 week"),
        (0.05, "3 weeks"),
        (1 / 12, "1 month"),
        (0.25, "3 months"),
        (1.5, "18 months"),
        (2.4, "2.4 years"),
        (150.0, "150 years"),
        (math.inf, "without limit"),
        (math.nan, "not known"),
    ],
)
def test_a_length_of_time_is_in_the_unit_a_person_would_use(years: float, written: str) -> None:
    assert text.duration(years) == written


@pytest.mark.parametrize(("value", "written"), [(53.25, "53.3"), (0.5325, "0.533"), (12.345, "12.3"), (1.005, "1.01")])
def test_a_half_goes_up_as_it_does_on_a_slider(value: float, written: str) -> None:
    assert text.number(value) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [(11_565_983.0, "11\u202f565\u202f983"), (0.410002, "0.410002"), (-1200.5, "\u22121\u202f200.5")],
)
def test_a_figure_that_can_be_checked_keeps_its_digits(value: float, written: str) -> None:
    assert model_text.exact(value) == written


@pytest.mark.parametrize(
    ("rate", "written"), [(0.03, "grows by 3% a year"), (-0.01, "shrinks by 1% a year"), (0.0, "stays as it is")]
)
def test_growth_of_supply_is_a_verb(rate: float, written: str) -> None:
    assert model_text.grows(rate) == written


def test_thousands_of_years_are_written_in_full() -> None:
    assert text.duration(2319.4) == "2\u202f320 years"


@given(st.text())
def test_what_is_read_aloud_has_no_marks_of_markdown(plain: str) -> None:
    assert text.as_spoken(text.as_markdown(plain)) == plain
