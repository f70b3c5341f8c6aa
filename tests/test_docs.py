"""The documents: links lead somewhere, code runs, commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / ".github").rglob("*.md")])
EACH = pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#([^)]*))?\)")
SAVED = re.compile(r"[Ss]ave it as\s+`([\w.-]+)`")
STARTS_PROCESSES = "__main__"
"""Such a block begins processes of its own; a test of sweeps runs it (tests/model/engine/test_cluster.py)."""


def blocks(page: Path, language: str) -> list[str]:
    return [code for found, code in BLOCK.findall(page.read_text()) if found == language]


@EACH
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    missing = [
        target
        for target, _ in LINK.findall(page.read_text())
        if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists()
    ]
    assert missing == []


@EACH
def test_commands_name_targets_and_files_that_exist(page: Path) -> None:
    targets = set(re.findall(r"^([\w.-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for code in blocks(page, "sh"):
        for target in re.findall(r"^make ([\w-]+)", code, re.MULTILINE):
            assert target in targets
        for path in re.findall(r"\btests/[\w/]+\.py", code):
            assert (ROOT / path).is_file()
        for module in re.findall(r"python -m ((?:model|benchmarks|workshop)[\w.]*)", code):
            there = ROOT / module.replace(".", "/")
            assert there.with_suffix(".py").is_file() or (there / "__main__.py").is_file()


WITH_PYTHON = [page for page in PAGES if any(STARTS_PROCESSES not in code for code in blocks(page, "python"))]


@pytest.mark.parametrize("page", WITH_PYTHON, ids=[str(page.relative_to(ROOT)) for page in WITH_PYTHON])
def test_python_in_the_documents_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of a page run one after the other in one folder; a file that the page says to save is there."""
    monkeypatch.chdir(tmp_path)
    text = page.read_text()
    for name, code in zip(SAVED.findall(text), blocks(page, "toml"), strict=True):
        (tmp_path / name).write_text(code)
    space: dict[str, object] = {"__name__": "a_document"}
    for code in blocks(page, "python"):
        if STARTS_PROCESSES not in code:
            exec(compile(code, str(page), "exec"), space)


def test_the_tutorials_proposal_changes_nothing_before_its_date(tmp_path: Path) -> None:
    from model import load_network, load_proposal, project

    (code,) = blocks(ROOT / "docs" / "tutorial.md", "toml")
    path = tmp_path / "my-burn.toml"
    path.write_text(code)
    run = project(load_network("payment"), proposals=[load_proposal(path)], years=2)
    pairs = run.frame.select("world", "date", "supply").pivot("world", index="date", values="supply").sort("date")
    start = load_proposal(path).provisions[0].start
    before = pairs.filter(pairs["date"] <= start)
    assert before.height > 10
    assert (before["baseline"] - before["scenario"]).abs().max() == 0
    assert pairs["baseline"][-1] != pairs["scenario"][-1]
