"""The committed figures are those of the declared claims, their tests exist, and a figure that moves is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from model.reports.claims import FILE, Claim, claims, document, name_of
from tests.claims import CLAIMS
from tests.validation import complaint

ROOT = Path(__file__).resolve().parents[3]


def test_every_declared_claim_was_measured_with_its_present_words_and_limit() -> None:
    assert list(claims()) == list(CLAIMS)
    for key, declared in CLAIMS.items():
        measured = claims()[key]
        assert measured.measured
        assert measured.model_copy(update={"measured": {}, "date": ""}) == declared


def test_every_committed_figure_keeps_its_limit() -> None:
    assert [claim.key for claim in claims().values() if not claim.holds] == []


def test_the_committed_document_is_that_of_the_committed_figures() -> None:
    assert FILE.read_text(encoding="utf-8") == document(list(claims().values()))


def test_every_figure_names_a_test_that_records_it() -> None:
    for claim in claims().values():
        for name in claim.tests:
            path, _, function = name.partition("::")
            assert f"def {function}(" in (ROOT / path).read_text(encoding="utf-8"), name


TEST, REACHED = next(iter(claims()["past-fetch"].measured.items()))


@pytest.mark.parametrize(
    ("key", "test", "value", "told"),
    [
        ("past-fetch", TEST, REACHED, ""),
        ("past-fetch", TEST, REACHED * 1.004, ""),
        ("past-fetch", TEST, REACHED * 1.02, "run `make validation`"),
        ("past-fetch", "tests/elsewhere.py::test_new", REACHED, "is not in docs/validation.json"),
        ("past-icp", TEST, 0.02, "beyond the limit (at most 1%)"),
        ("past-icp", TEST, float("nan"), "beyond the limit"),
        ("closed-form", next(iter(claims()["closed-form"].measured)), 7e-10, ""),
    ],
)
def test_a_figure_that_moved_or_left_its_limit_is_refused(key: str, test: str, value: float, told: str) -> None:
    found = complaint(key, test, value)
    assert told in found
    assert bool(found) is bool(told)


def test_the_worst_case_stands_for_a_claim() -> None:
    claim = Claim(
        key="k", group="g", claim="c", unit="%", against="a", at_most=0.1, measured={"t[1]": 0.02, "t[2]": -0.05}
    )
    assert (claim.reached_words, claim.limit_words, claim.verdict) == ("−5%", "at most 10%", "within limit")
    assert claim.model_copy(update={"measured": {"t": 0.11}}).verdict == "beyond the limit"
    assert claim.tests == ("t",) == (name_of("t[1]"),)
    low = Claim(key="k", group="g", claim="c", unit="", against="a", at_least=2, measured={"t[1]": 3, "t[2]": 5})
    assert (low.reached_words, low.limit_words) == ("3", "at least 2")
