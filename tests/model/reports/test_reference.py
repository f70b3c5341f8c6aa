"""The reference documents: up to date, and complete."""

from __future__ import annotations

import pytest

from model.parameters import PARAMETERS
from model.reports.reference import FOLDER, documents, entering, shapes
from model.words.glossary import TERMS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", ["parameters.md", "equations.md", "glossary.md", "scorecard.md"])
def test_a_committed_document_is_what_the_declarations_say(name: str) -> None:
    """If this fails after a change of a declaration: `make docs`."""
    assert (FOLDER / name).read_text(encoding="utf-8") == documents()[name]


def test_every_parameter_stands_in_the_reference_with_its_source() -> None:
    text = documents()["parameters.md"]
    for parameter in PARAMETERS:
        assert f"`{parameter.word}`" in text
        assert parameter.source.title in text


def test_every_parameter_stands_in_an_equation() -> None:
    assert [parameter.word for parameter in PARAMETERS if not entering(parameter)] == []


def test_every_equation_of_every_shape_stands_in_the_reference() -> None:
    text = documents()["equations.md"]
    for system in shapes().values():
        for equation in system.documented:
            assert f"**({equation.number}) {equation.name}" in text


def test_every_term_stands_in_the_glossary() -> None:
    text = documents()["glossary.md"]
    assert all(term.what in text for term in TERMS)
