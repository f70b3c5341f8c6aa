"""Rules about the files themselves: pins, settings, documented dependencies, no machine in the text."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit import config as streamlit_config

ROOT = Path(__file__).resolve().parent.parent
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def names(path: str) -> list[str]:
    """Packages that a requirements file names, without versions, options and comments."""
    lines = (line.split("#")[0].strip() for line in (ROOT / path).read_text(encoding="utf-8").splitlines())
    return [re.split(r"[=<>!~\[ ;]", line)[0] for line in lines if line and not line.startswith("-")]


def tracked() -> list[Path]:
    """Files under version control, or all plausible ones in a copy without history."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True)
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    return [p for p in ROOT.rglob("*") if p.is_file() and not {".venv", ".venv-bench"} & set(p.parts)]


def test_the_forced_garbage_collection_option_still_exists_and_is_off() -> None:
    assert "runner.postScriptGC" in streamlit_config.get_config_options(force_reparse=True)
    assert streamlit_config.get_option("runner.postScriptGC") is False


def test_every_setting_of_the_config_file_is_known_to_streamlit() -> None:
    known = set(streamlit_config.get_config_options())
    given = {f"{section}.{key}" for section in CONFIG for key in CONFIG[section] if section != "theme"}
    theme = CONFIG["theme"]
    given |= {f"theme.{key}" for key in theme if not isinstance(theme[key], dict)}
    given |= {f"theme.{mode}.{key}" for mode in ("light", "dark") for key in theme[mode]}
    assert given - known == set()


def test_every_font_file_named_by_the_theme_is_in_the_repository_with_its_licence() -> None:
    for face in CONFIG["theme"]["fontFaces"]:
        assert (ROOT / face["url"].removeprefix("app/")).is_file()
    assert "SIL Open Font License" in (ROOT / "static/fonts/Inter-LICENSE.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", ["requirements.txt", "requirements-dev.txt"])
def test_every_pin_is_exact(path: str) -> None:
    lines = [line for line in (ROOT / path).read_text(encoding="utf-8").splitlines() if line.strip()]
    loose = [line for line in lines if not re.fullmatch(r"[a-z0-9][a-z0-9.\-]*==[0-9][\w.]*", line)]
    assert loose == []


def test_the_development_pins_contain_the_pins_of_the_app() -> None:
    app, development = (
        (ROOT / name).read_text(encoding="utf-8").split() for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert set(app) <= set(development)


def test_every_direct_dependency_says_what_it_is_for() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    listed = re.findall(r"^- `([^`]+)`: .{20,}", text, flags=re.MULTILINE)
    assert sorted(listed) == sorted({*names("requirements.in"), *names("requirements-dev.in")})


def test_no_tracked_file_contains_a_path_of_one_machine() -> None:
    machine = re.compile(rb"(?<![\w.])/(?:home|Users|root|work|tmp|opt)/[A-Za-z0-9_.]")
    found = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix not in {".woff2", ".png"} and machine.search(path.read_bytes())
    ]
    assert found == []


def test_every_page_starts_with_the_guard_that_names_its_own_file() -> None:
    for path in sorted((ROOT / "pages").glob("*.py")):
        calls = re.findall(r'^ensure_shell\("([^"]+)"\)$', path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert calls == [f"pages/{path.name}"]


def test_every_page_is_in_the_navigation_and_every_entry_has_a_file() -> None:
    entries = re.findall(r'st\.Page\("(pages/\w+\.py)"', (ROOT / "app.py").read_text(encoding="utf-8"))
    assert sorted(entries) == sorted(f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py"))


# ---- what a reader has to hold in mind ----------------------------------------------------------------
LONGEST_FILE = 400
"""Lines: one concept, read in one go."""

SCREEN = 45
"""Lines of code of a function that fit one screen. Its docstring is not counted: shapes, units and errors are told in
full, and a reader who knows them folds it away."""

READ = ("model", "ui", "charts", "pages", "workshop", "gallery")
STATEMENTS_OF_A_DATABASE = "workshop/migrations/versions"
"""Written once by the migration tool, table by table; nobody reads or changes them afterwards."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def parsed(part: str) -> dict[str, ast.Module]:
    """Every source file of a part of the project, by its path."""
    files = sorted((ROOT / part).rglob("*.py"))
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def lines_of_code(function: Function) -> int:
    """Lines from `def` to the end, without the docstring."""
    described = function.body[0] if ast.get_docstring(function, clean=False) is not None else None
    told = 0 if described is None else (described.end_lineno or 0) - described.lineno + 1
    return (function.end_lineno or 0) - function.lineno + 1 - told


@pytest.mark.parametrize("part", READ)
def test_no_file_is_longer_than_one_concept_takes(part: str) -> None:
    long = {}
    for path in parsed(part):
        count = (ROOT / path).read_text(encoding="utf-8").count("\n")
        if count > LONGEST_FILE:
            long[path] = count
    assert long == {}


@pytest.mark.parametrize("part", READ)
def test_every_function_fits_one_screen(part: str) -> None:
    long = {
        f"{path}: {node.name}": lines_of_code(node)
        for path, module in parsed(part).items()
        if not path.startswith(STATEMENTS_OF_A_DATABASE)
        for node in ast.walk(module)
        if isinstance(node, Function) and lines_of_code(node) > SCREEN
    }
    assert long == {}


def one_sentence(text: str) -> bool:
    """Whether a summary is one sentence; a point inside a name or a number ends none."""
    return text.endswith((".", "`.")) and not re.search(r"[.?!]\s+[A-Z0-9`]", text)


def test_every_file_of_the_model_opens_with_one_sentence_on_what_belongs_in_it() -> None:
    openings = {path: (ast.get_docstring(module) or "").split("\n\n")[0] for path, module in parsed("model").items()}
    assert {path: text for path, text in openings.items() if not one_sentence(text)} == {}


def public(body: list[ast.stmt]) -> Iterator[tuple[str, ast.ClassDef | Function]]:
    """Functions and classes that others may use, and the methods of such classes; an overload only says types."""
    for node in body:
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            if not any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in node.decorator_list):
                yield node.name, node
            if isinstance(node, ast.ClassDef):
                yield from ((f"{node.name}.{name}", method) for name, method in public(node.body))


def untyped(function: Function) -> list[str]:
    """Arguments without a type, and "return" where the result has none."""
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs, *filter(None, (given.vararg, given.kwarg))]
    missing = [one.arg for one in named if one.annotation is None and one.arg not in ("self", "cls")]
    return missing + ([] if function.returns is not None else ["return"])


def test_everything_public_in_the_model_says_what_it_is_and_of_which_types() -> None:
    known = [(path, name, node) for path, module in parsed("model").items() for name, node in public(module.body)]
    assert len(known) > 1000
    assert [f"{path}: {name}" for path, name, node in known if not ast.get_docstring(node)] == []
    assert [f"{path}: {name}" for path, name, node in known if isinstance(node, Function) and untyped(node)] == []
