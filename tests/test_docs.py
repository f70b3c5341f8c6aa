"""The documents: links lead somewhere, code runs and prints what they show, commands and paths exist."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from tests.documents import PAGES, ROOT, alike, blocks

EACH = pytest.mark.parametrize("page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])

LINK = re.compile(r"\]\(([^)#\s]+)?(?:#([^)]*))?\)")
INLINE = re.compile(r"`([\w.-]+(?:/[\w.-]+)+/?)`")
STARTS_PROCESSES = "__main__"
"""Such a block begins processes of its own; a test of sweeps runs it (tests/model/engine/test_cluster.py)."""
TUTORIAL = ROOT / "docs" / "tutorial.md"
"""Its commands are run in a fresh clone (`make newcomer`), and only there."""


def anchors(page: Path) -> set[str]:
    """Names by which headings of a page are linked."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@EACH
def test_every_link_to_a_file_or_heading_leads_to_one(page: Path) -> None:
    missing = []
    for target, heading in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path = page.parent / target if target else page
        if not path.exists() or (heading and path.suffix == ".md" and heading not in anchors(path)):
            missing.append(f"{target}#{heading}")
    assert missing == []


@EACH
def test_every_path_of_the_repository_that_is_named_exists(page: Path) -> None:
    tops = {path.name for path in ROOT.iterdir()}
    named = [path for path in INLINE.findall(page.read_text(encoding="utf-8")) if path.split("/")[0] in tops]
    missing = [path for path in named if not (ROOT / path).exists() and not re.search("NAME|YYYY|my-burn", path)]
    assert missing == []


def test_the_reading_guide_names_every_folder() -> None:
    guide = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Reading guide")[2]
    folders = [folder for name in ("model", "presets") for folder in (ROOT / name).iterdir() if any(folder.glob("*.*"))]
    tops = [path for path in ROOT.iterdir() if (path / "__init__.py").is_file()]
    named = [str(folder.relative_to(ROOT)) for folder in (*folders, *tops) if folder.name != "__pycache__"]
    assert [name for name in named if name != "model" and f"`{name}`" not in guide] == []


def test_the_index_lists_every_document() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    apart = ("workshop", "README.md")  # the kit has an index of its own
    listed = [page for page in PAGES if page.is_relative_to(ROOT / "docs") and not set(apart) & set(page.parts)]
    assert [str(page) for page in listed if f"]({page.relative_to(ROOT / 'docs')})" not in index] == []


@EACH
def test_commands_name_targets_and_files_that_exist(page: Path) -> None:
    targets = set(re.findall(r"^([\w.-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"`make ([\w-]+)[^`]*`", text):
        assert target in targets
    for block in blocks(text):
        if block.language != "sh":
            continue
        for target in re.findall(r"^make ([\w-]+)", block.code, re.MULTILINE):
            assert target in targets
        for path in re.findall(r"\btests/[\w/]+\.py", block.code):
            assert (ROOT / path).is_file()
        for module in re.findall(r"python -m ((?:model|benchmarks|workshop|gallery|tests)[\w.]*)", block.code):
            there = ROOT / module.replace(".", "/")
            assert there.with_suffix(".py").is_file() or (there / "__main__.py").is_file()


def runs(page: Path) -> bool:
    """Whether a page has code that a test runs."""
    found = blocks(page.read_text(encoding="utf-8"))
    return any(block.language == "python" and STARTS_PROCESSES not in block.code for block in found)


WITH_PYTHON = [page for page in PAGES if runs(page)]


@pytest.mark.parametrize("page", WITH_PYTHON, ids=[str(page.relative_to(ROOT)) for page in WITH_PYTHON])
def test_python_in_the_documents_runs_and_prints_what_they_show(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks of a page run one after the other in one folder; a file that the page says to save is there."""
    monkeypatch.chdir(tmp_path)
    space: dict[str, object] = {"__name__": "a_document"}
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.language == "toml" and block.saved_as:
            (tmp_path / block.saved_as).write_text(block.code, encoding="utf-8")
        if block.language != "python" or STARTS_PROCESSES in block.code:
            continue
        with redirect_stdout(StringIO()) as printed:
            exec(compile(block.code, str(page), "exec"), space)
        if block.shows:
            assert alike(block.shows, printed.getvalue()), f"the block prints\n{printed.getvalue()}"


@EACH
def test_what_a_document_shows_as_printed_stands_under_code_that_is_run(page: Path) -> None:
    languages = [block.language for block in blocks(page.read_text(encoding="utf-8"))]
    run = {"python", "sh"} if page == TUTORIAL else {"python"}
    for before, language in zip(["", *languages], languages, strict=False):
        assert language != "text" or before in run


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("supply  10.0 tokens\n", "supply 10.004 tokens", True),
        ("supply 10.0 tokens", "supply 10.2 tokens", False),
        ("supply 10.0 tokens", "price 10.0 tokens", False),
        ("104,889,348", "104,889,349", True),
        ("0.05", "0.0549", True),
        ("1 of 3", "2 of 3", False),
    ],
)
def test_figures_agree_as_far_as_they_are_shown(shown: str, printed: str, same: bool) -> None:
    assert alike(shown, printed) is same


# ---- the tutorial ---------------------------------------------------------------------------------------------------
@pytest.fixture
def my_burn(tmp_path: Path) -> Path:
    """The file that the tutorial lets its reader save."""
    (block,) = [block for block in blocks(TUTORIAL.read_text(encoding="utf-8")) if block.language == "toml"]
    path = tmp_path / block.saved_as
    path.write_text(block.code, encoding="utf-8")
    return path


def test_the_tutorials_proposal_changes_nothing_before_its_date(my_burn: Path) -> None:
    from model import load_network, load_proposal, project

    run = project(load_network("payment"), proposals=[load_proposal(my_burn)], years=2)
    pairs = run.frame.select("world", "date", "supply").pivot("world", index="date", values="supply").sort("date")
    start = load_proposal(my_burn).provisions[0].start
    before = pairs.filter(pairs["date"] <= start)
    assert before.height > 10
    assert (before["baseline"] - before["scenario"]).abs().max() == 0
    assert pairs["baseline"][-1] != pairs["scenario"][-1]


def test_the_tutorials_change_is_told_in_the_words_that_it_shows(
    my_burn: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from benchmarks.newcomer import edits
    from model import load_proposal
    from model.proposals.expected import differences, outcomes_of

    text = TUTORIAL.read_text(encoding="utf-8")
    before = outcomes_of(load_proposal(my_burn))
    ((_, old, new),) = edits(text)
    assert my_burn.read_text(encoding="utf-8").count(old) == 1
    my_burn.write_text(my_burn.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    monkeypatch.setattr("model.proposals.expected.expected_of", lambda _: before)
    monkeypatch.setattr("model.proposals.expected.path_of", lambda _: my_burn)
    (shown,) = [block.shows for block in blocks(text) if "instead of" in block.shows and block.language == "sh"]
    told = differences(load_proposal(my_burn))
    assert all(any(alike(line, other) for other in told) for line in shown.splitlines())
