"""The newcomer's path, timed: a fresh clone, `make app`, then docs/tutorial.md with its commands as they stand there.

`make newcomer`. Nothing is retyped: commands, files, the change and what has to be printed are read from the document.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.machine import span
from benchmarks.visitor import Visitor
from tests.documents import ROOT, Block, alike, blocks

TUTORIAL = Path("docs") / "tutorial.md"
ADDRESS = "http://localhost:8501"
"""As the document writes it; the app of the clone stands on a free port."""
LONGEST = 1800.0
"""Seconds after which a command counts as hanging."""

_EDIT = re.compile(r"In\s+`([^`]+)`\s+change\s+`([^`]+)`\s+to\s+`([^`]+)`")
_VISIT = re.compile(rf"<{ADDRESS}/(\w+)\?([^>]*)>")


def edits(text: str) -> list[tuple[str, str, str]]:
    """Changes that the prose asks for: file, what stands there, what is to stand there."""
    return _EDIT.findall(text)


def visits(text: str) -> list[tuple[str, str]]:
    """Pages that the prose lets the reader open: name and query."""
    return _VISIT.findall(text)


def missing(shown: str, printed: str) -> list[str]:
    """Lines that a document shows and a command did not print."""
    lines = printed.splitlines()
    return [line for line in shown.splitlines() if not any(line in other or alike(line, other) for other in lines)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(folder: Path, port: int) -> dict[str, str]:
    """What a newcomer has: nothing installed, downloaded or compiled before."""
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV", "MAKEFLAGS")}
    own = {"PORT": str(port), "BALLAST_CACHE_DIR": str(folder / "kernels"), "PIP_NO_CACHE_DIR": "1"}
    return kept | own | {"STREAMLIT_SERVER_HEADLESS": "true"}


@dataclass
class Clone:
    """A fresh clone in a folder of its own, and the seconds that each step in it took."""

    folder: Path
    environment: dict[str, str]
    port: int
    steps: list[tuple[str, float]] = field(default_factory=list)

    @property
    def path(self) -> Path:
        """Where the clone stands."""
        return self.folder / "ballast"

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        """Write down what the work inside took."""
        begin = time.perf_counter()
        yield
        self.steps.append((what, time.perf_counter() - begin))
        print(f"  {what}: {span(self.steps[-1][1])}", flush=True)

    def run(self, command: str, given: str = "") -> tuple[int, str]:
        """Exit code and everything printed by one command of the shell, in the clone."""
        done = subprocess.run(
            command,
            shell=True,
            cwd=self.path,
            env=self.environment,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LONGEST,
        )
        return done.returncode, done.stdout

    def visit(self, page: str, query: str = "") -> None:
        """Open a page as a browser does and wait until its script has finished.

        Raises
        ------
        RuntimeError
            If the page shows an error.
        """

        async def opened() -> list[str]:
            async with Visitor(f"http://127.0.0.1:{self.port}", page) as visitor:
                visitor.page.query = query
                await visitor.run()
                return visitor.page.faults

        if faults := asyncio.run(opened()):
            raise RuntimeError(f"{page}?{query}: {faults[0]}")


@contextmanager
def fresh_clone() -> Iterator[Clone]:
    """What is committed, in a temporary folder."""
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        clone = Clone(Path(folder), _environment(Path(folder), port), port)
        with clone.timed("`git clone`"):
            subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone.path)], check=True)
        yield clone


@contextmanager
def _app(clone: Clone, command: str) -> Iterator[None]:
    """The app of the clone, from the command until its first page; ended with everything it started."""
    log = clone.folder / "app.log"
    with log.open("wb") as out, clone.timed(f"`{command}` until the first page has answered"):
        process = subprocess.Popen(
            command, shell=True, cwd=clone.path, env=clone.environment, stdout=out, stderr=out, start_new_session=True
        )
        try:
            _answers(clone.port, process, log)
            clone.visit("")
        except BaseException:
            os.killpg(process.pid, signal.SIGTERM)
            raise
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def _answers(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + LONGEST
    while time.monotonic() < until and process.poll() is None:
        try:
            urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"the app did not start: {log.read_text(errors='replace')[-2000:]}")


# ---- the tutorial ---------------------------------------------------------------------------------------------------
def walk(clone: Clone) -> None:
    """Do the tutorial of the clone from its first command to its last.

    Raises
    ------
    RuntimeError
        At the first command that does not do what the document says.
    """
    text = (clone.path / TUTORIAL).read_text(encoding="utf-8")
    first, *others = [block for block in blocks(text) if block.language != "text"]
    with _app(clone, first.code.strip()):
        for block in others:
            follow(clone, block)


def follow(clone: Clone, block: Block) -> None:
    """One block of the tutorial, after what the prose above it asks for."""
    for file, old, new in edits(block.before):
        path = clone.path / file
        if path.read_text(encoding="utf-8").count(old) != 1:
            raise RuntimeError(f"{file} does not hold `{old}` once")
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    for page, query in visits(block.before):
        with clone.timed(f"the page `{page}?{query}`"):
            clone.visit(page, query)
    if block.language == "toml":
        (clone.path / block.saved_as).write_text(block.code, encoding="utf-8")
    elif block.language == "python":
        with clone.timed("the Python of the page, in a fresh interpreter"):
            code, printed = clone.run(".venv/bin/python -", block.code)
        _check(code == 0, "python", block.shows, printed)
    elif block.language == "sh":
        _commands(clone, block)


def _commands(clone: Clone, block: Block) -> None:
    """Commands of one block; the last one fails where the document shows why it does."""
    *_, last = lines = block.code.strip().splitlines()
    for command in lines:
        fails = command == last and "instead of" in block.shows
        with clone.timed(f"`{command}`" + (", which fails as it should" if fails else "")):
            code, printed = clone.run(command)
        _check((code != 0) is fails, command, block.shows if command == last else "", printed)


def _check(done: bool, command: str, shows: str, printed: str) -> None:
    if not done:
        raise RuntimeError(f"`{command}` did not end as the tutorial says:\n{printed[-3000:]}")
    if lost := missing(shows, printed):
        raise RuntimeError(f"`{command}` did not print {lost[0]!r}, as the tutorial says:\n{printed[-3000:]}")


# ---- the report -----------------------------------------------------------------------------------------------------
def newcomer_lines() -> list[str]:
    """Seconds of every step of the tutorial in a fresh clone."""
    with fresh_clone() as clone:
        walk(clone)
    return [
        "A fresh clone, nothing downloaded or compiled before; every command of `docs/tutorial.md` as it stands there, "
        "each checked for what the page says it prints.", "",
        "| step | time |", "|---|--:|", *(f"| {what} | {span(seconds)} |" for what, seconds in clone.steps), "",
        f"Together {span(sum(seconds for _, seconds in clone.steps))}.",
    ]  # fmt: skip


def gate_lines() -> list[str]:
    """Seconds of `make check`, the first time and again, and of `make test`, in a fresh clone."""
    with fresh_clone() as clone:
        for command, what in (("make check", "first"), ("make check", "again"), ("make test", "after it")):
            with clone.timed(f"`{command}`, {what}"):
                code, printed = clone.run(command)
            if code:
                raise RuntimeError(f"{command} failed:\n{printed[-3000:]}")
    return [
        "In a fresh clone; the first run installs what the tests need.", "",
        "| command | time |", "|---|--:|", *(f"| {what} | {span(seconds)} |" for what, seconds in clone.steps[1:]),
    ]  # fmt: skip
