"""The glossary: complete cards, and equation numbers that exist."""

from __future__ import annotations

import pytest

from model.reports.reference import shapes
from model.words.glossary import TERMS, Term, term, terms_by_name

# The scalar equation, its fold, its criterion and what follows from them are derived, not stepped (section 16).
DERIVED = {"E34", "E35", "E36", "E37", "E39", "E40", "E47"}


@pytest.mark.parametrize("entry", TERMS, ids=lambda entry: entry.key)
def test_a_term_answers_its_three_questions_in_sentences(entry: Term) -> None:
    for sentence in (entry.what, entry.how_computed, entry.why_shown):
        assert sentence[0].isupper()
        assert sentence.endswith(".")


def test_every_equation_a_term_names_exists() -> None:
    numbers = {equation.number for system in shapes().values() for equation in system.documented} | DERIVED
    assert {entry.equation for entry in TERMS} - {""} <= numbers


def test_no_term_is_explained_twice() -> None:
    assert len(terms_by_name()) == len(TERMS)
    assert len({entry.key for entry in TERMS}) == len(TERMS)


def test_a_term_is_found_by_its_name() -> None:
    assert term("float").equation == "E20"
    with pytest.raises(KeyError):
        term("no such word")
