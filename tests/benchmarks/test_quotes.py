"""The documents quote the committed measurements and no older ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.__main__ import kept
from benchmarks.newcomer import edits, missing, visits
from benchmarks.quotes import LOAD, PAGES, ROOT, gates_sentence, load_sentence, newcomer_sentence, quoted
from workshop.kit import filled

HEAD = "2026-11-21. AMD EPYC, 2 cores; Python 3.11.7; streamlit 1.67.0. Load 0.8 when the benchmark began.\n\n"


@pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def test_a_document_quotes_the_last_measurement(page: Path) -> None:
    """If this fails: `make bench`, or `python -m benchmarks PART` for one part of it."""
    text = page.read_text(encoding="utf-8")
    assert filled(text, quoted(kept())) == text


def test_a_quote_says_what_was_measured_when_and_on_what() -> None:
    steps = "| `make app` until the first page has answered | 95.1 s |\n| `git diff` | 3.00 ms |\n\nTogether 140 s."
    told = newcomer_sentence(HEAD + steps)
    assert "2026-11-21, AMD EPYC, 2 cores, load 0.8" in told
    assert "after 95.1 s" in told
    assert "took 140 s" in told
    gates = "| command | time |\n|---|--:|\n| `make check`, again | 50.0 s |\n| `make test`, after it | 600 s |"
    assert "`make check` 50.0 s, `make test` 600 s" in gates_sentence(HEAD + gates)


def test_a_section_that_no_longer_says_what_is_quoted_stops_the_report() -> None:
    with pytest.raises(ValueError, match="does not say"):
        newcomer_sentence(HEAD + "nothing")
    assert "30 people" in load_sentence(kept()[LOAD])


def test_the_newcomer_follows_the_document_and_not_a_copy_of_it() -> None:
    text = "In\n`a/b.toml` change `to = 0.3` to `to = 0.25`, then see <http://localhost:8501/proposal?proposal=b>."
    assert edits(text) == [("a/b.toml", "to = 0.3", "to = 0.25")]
    assert visits(text) == [("proposal", "proposal=b")]
    assert missing("4 passed\nsupply is 10.0", "x\n4 passed, 2 deselected in 3 s\nsupply is 10.001") == []
    assert missing("4 passed", "3 passed, 1 failed") == ["4 passed"]
