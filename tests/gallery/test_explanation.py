"""The pictures of the explanation are those that the model draws."""

from __future__ import annotations

import re

import pytest

from charts.pictures import as_svg
from gallery.explanation import FOLDER, PICTURES
from tests.documents import ROOT, alike

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", list(PICTURES))
def test_a_committed_picture_is_what_the_model_draws(name: str) -> None:
    """If this fails after a change of the model: `make docs`."""
    written = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    drawn = as_svg(PICTURES[name]())
    # Paths are lists of numbers without a space before a letter; their digits are compared, not their spelling.
    assert alike(*(re.sub(r"(?<=\d)(?=[A-Za-z,-])|(?<=[A-Za-z,])(?=[\d-])", " ", text) for text in (written, drawn)))


def test_every_picture_stands_in_an_explanation() -> None:
    pages = [page.read_text(encoding="utf-8") for page in (ROOT / "docs" / "explanation").glob("*.md")]
    assert all(sum(f"(../images/{name}.svg)" in page for page in pages) == 1 for name in PICTURES)
