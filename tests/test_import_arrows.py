"""The direction of imports: pages -> ui, charts -> model; nothing points back."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = {"app", "pages", "gallery", "ui", "charts", "model", "workshop", "benchmarks", "tests"}

MAY_IMPORT = {
    "model": {"model"},
    "charts": {"charts", "model"},
    "workshop": {"workshop", "model"},
    "ui": {"ui", "charts", "model", "workshop"},
    "pages": {"ui", "charts", "model", "workshop"},
    "gallery": {"gallery", "ui", "charts", "model"},
    "app": {"ui", "charts", "model"},
}
THIRD_PARTY = {
    "model": {"numba", "numpy", "polars", "pydantic", "scipy", "sympy", "tomlkit"},
    "charts": {"altair", "polars", "numpy", "vl_convert"},
    "workshop": {"alembic", "pydantic", "segno", "sqlalchemy"},
    "ui": {"streamlit", "polars", "numpy", "sympy"},
    "pages": {"streamlit", "polars", "numpy", "sympy"},
    "gallery": {"numpy", "polars"},
    "app": {"streamlit"},
}


def files_of(part: str) -> list[Path]:
    folder = ROOT / part
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [ROOT / f"{part}.py"]


def imported(source: str, package: str) -> Iterator[str]:
    """Top names of everything the source imports, also inside functions and as strings."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield package if node.level else (node.module or "").split(".")[0]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "import_module":
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant):
                yield str(first.value).split(".")[0]


def wrong_arrows(part: str, source: str) -> set[str]:
    names = set(imported(source, part))
    outside = names - OURS - set(sys.stdlib_module_names)
    return (names & OURS - MAY_IMPORT[part]) | (outside - THIRD_PARTY[part])


@pytest.mark.parametrize("part", [part for part in MAY_IMPORT if files_of(part)[0:1] and files_of(part)[0].exists()])
def test_no_file_imports_against_the_arrows(part: str) -> None:
    wrong = {
        str(path.relative_to(ROOT)): names
        for path in files_of(part)
        if (names := wrong_arrows(part, path.read_text(encoding="utf-8")))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("model", "import streamlit as st"),
        ("model", "def late():\n    from altair import Chart"),
        ("model", "from ui.text import number"),
        ("charts", "import streamlit"),
        ("charts", "import pandas"),
        ("ui", "from pages import start"),
        ("pages", "from pages.start import x"),
        ("model", "import importlib\nimportlib.import_module('streamlit')"),
    ],
)
def test_an_arrow_the_wrong_way_is_found(part: str, source: str) -> None:
    assert wrong_arrows(part, source)


def test_text_formatting_needs_no_screen() -> None:
    source = (ROOT / "model" / "words" / "text.py").read_text(encoding="utf-8")
    assert set(imported(source, "model")) <= set(sys.stdlib_module_names)
