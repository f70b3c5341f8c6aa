"""Baselines of the present version are the committed ones, and one that moves is told with what to do."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from model import VERSION
from model.reports import baselines
from model.reports.baseline_figures import YEARS, Figures, identities, measure
from model.reports.baselines import FILE, JSON_FILE, REMEDY, Measured, columns, differences, document, effect, moves
from model.version import CHANGES

ROOT = Path(__file__).resolve().parents[3]
CHANGELOG = (ROOT / "docs" / "changelog.md").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("name", list(identities()))
def test_a_baseline_is_that_of_the_present_version(name: str) -> None:
    told = differences({name: measure(name)}, columns())
    assert told == [], told[0]


def test_the_committed_document_is_that_of_the_committed_figures() -> None:
    assert FILE.read_text(encoding="utf-8") == document(columns())


def test_every_network_of_the_present_version_has_its_figures() -> None:
    assert list(columns())[-1] == VERSION
    assert set(columns()[VERSION].networks) == set(identities())


def test_every_version_has_its_entry_in_the_changelog_and_every_later_one_tells_older_links() -> None:
    for version in columns():
        assert f"\n## {version} (" in CHANGELOG
    assert set(list(columns())[1:]) <= set(CHANGES)


def test_what_the_changelog_says_of_baselines_is_what_was_measured() -> None:
    """0.2 says that none moved; its entry cannot say so otherwise."""
    entry = CHANGELOG.partition("\n## 0.2 (")[2].partition("\n## ")[0]
    before, after = columns()["0.1"].networks, columns()["0.2"].networks
    still = not any(moves(before[name], after[name]) for name in before)
    assert ("Baselines on the single path did not move" in entry) is still


# ---- one that moved -------------------------------------------------------------------------------------------------
def moved(figure: str, factor: float) -> Figures:
    """The committed figures of the payment network with one of them changed in its last year."""
    found = copy.deepcopy(columns()[VERSION].networks["payment"])
    last = found[figure][-1]
    assert last is not None
    found[figure][-1] = last * factor
    return found


def test_a_baseline_that_moved_is_told_with_its_size_and_what_to_do() -> None:
    (told,) = differences({"payment": moved("supply", 1.03)}, columns())
    assert f"supply after {YEARS[-1]} years 3% higher" in told
    assert REMEDY in told
    assert not differences({"payment": moved("supply", 1 + 1e-8)}, columns())


def test_a_network_without_a_row_is_told_and_can_be_added() -> None:
    (told,) = differences({"new": moved("supply", 1)}, columns())
    assert "new is not in docs/baselines.json" in told
    assert REMEDY not in told


def test_the_effect_of_a_version_is_one_sentence_a_network_with_the_largest_move_of_each_figure() -> None:
    now = {"payment": columns()[VERSION].networks["payment"]}
    assert effect("payment", now, now, VERSION) == "Payment network did not move."
    assert effect("payment", {}, now, VERSION) == f"Payment network begins with {VERSION}."
    assert effect("gone", {"gone": {}}, now, VERSION) == f"gone is not among the networks of {VERSION}."
    after = moved("staking_ratio", 0.5) | {"price_index": moved("price_index", 1.1)["price_index"]}
    told = effect("payment", now, {"payment": after}, VERSION)
    assert told.startswith("Payment network moved: staking ratio, of float and stake after 10 years 20.8 percentage")
    assert "10% higher" in told


def test_a_version_is_never_written_over_unless_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(columns())
    monkeypatch.setattr(baselines, "JSON_FILE", tmp_path / "baselines.json")
    monkeypatch.setattr(baselines, "FILE", tmp_path / "baselines.md")
    monkeypatch.setattr(baselines, "columns", lambda: known)
    monkeypatch.setattr(baselines.columns, "cache_clear", lambda: None, raising=False)
    found = known[VERSION].networks | {"payment": moved("supply", 1.03)}
    monkeypatch.setattr(baselines, "measure_all", lambda: found)
    with pytest.raises(SystemExit, match="supply after 10 years 3% higher"):
        baselines.main([])
    assert not (tmp_path / "baselines.json").exists()
    baselines.main(["--again"])
    written = json.loads((tmp_path / "baselines.json").read_text(encoding="utf-8"))["versions"]
    assert written[VERSION]["networks"]["payment"] == found["payment"]
    assert written["0.1"]["networks"] == known["0.1"].networks


def test_the_file_keeps_every_digit_that_was_measured() -> None:
    text = JSON_FILE.read_text(encoding="utf-8")
    assert json.loads(text)["years"] == list(YEARS)
    assert Measured(**json.loads(text)["versions"][VERSION]) == columns()[VERSION]
