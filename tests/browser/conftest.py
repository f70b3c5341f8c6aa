"""A fresh server and a real Chromium for the browser tests."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.visits import PATIENCE, visit

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
START_SECONDS = 60

NewPage = Callable[..., Page]


def chromium_path() -> str:
    """Installed Chromium; a missing browser is a failure, because a skipped check checks nothing."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.fail("no Chromium found; `make test` installs it, or: apt-get install chromium")
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_healthy(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Poll the health address without opening a session, so that the first visit stays the test's own."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server ended with {process.returncode}:\n{log.read_text()}")
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail(f"the server did not answer within {START_SECONDS} s:\n{log.read_text()}")


@contextmanager
def serving(log: Path) -> Iterator[str]:
    """Address of the app, served as `make app` serves it, on a free port."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    command += ["--server.address", "127.0.0.1"]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(process, url, log)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(5)  # open sockets can hold a shutdown up for longer than anybody wants to wait
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path(), headless=True, args=FLAGS)
        yield launched
        launched.close()


class FirstVisit(NamedTuple):
    """A server and what its very first visitor sees: a page that nobody has touched since."""

    server: str
    page: Page


@pytest.fixture(scope="session")
def first_visit(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[FirstVisit]:
    """A deep link followed before anything else."""
    with serving(tmp_path_factory.mktemp("server") / "log.txt") as url:
        page = browser.new_page()
        visit(page, f"{url}/sandbox?burn_share=0.4")
        yield FirstVisit(url, page)


@pytest.fixture(scope="session")
def server(first_visit: FirstVisit) -> str:
    """One server for all tests, as its first visitor left it."""
    return first_visit.server


@pytest.fixture(scope="session")
def tabs() -> list[Page]:
    """Tabs that stay open from test to test, because a warm one loads a page in half the time."""
    return []


@pytest.fixture
def new_page(browser: Browser, tabs: list[Page]) -> Iterator[NewPage]:
    """Open pages of a fresh visitor each: a warm tab forgets everything before the next test has it."""
    taken: list[Page] = []

    def make(*, width: int = 1280, height: int = 900, scheme: str = "light") -> Page:
        if len(taken) == len(tabs):
            tabs.append(browser.new_page())
        page = tabs[len(taken)]
        page.set_viewport_size({"width": width, "height": height})
        # Reduced motion: a page caught in the middle of a fade has no contrast to measure.
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        page.set_default_timeout(PATIENCE)
        taken.append(page)
        return page

    yield make
    for page in taken:
        if page.url.startswith("http"):
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
        page.context.clear_cookies()
        page.goto("about:blank")
