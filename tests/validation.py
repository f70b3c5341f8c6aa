"""A test records the figure it reached: `figure("engines", worst)` for a claim of tests/claims.py.

`pytest --write-validation` (`make validation`) runs the tests that record figures and writes docs/validation.json and
docs/validation.md; any other run fails where a figure leaves its limit or no longer agrees with the committed one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any, cast

import pytest

from model.reports.claims import agree, claims, write
from tests.claims import CLAIMS

Record = Callable[[str, float], None]

PROPERTY = "figure"
"""Under which a figure travels with the report of its test, also from another process."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-validation", action="store_true", help="write the figures that tests reach to docs/")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--write-validation"):
        config.pluginmanager.register(Writer(), "validation-writer")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only the tests that record a figure run when figures are written."""
    if config.getoption("--write-validation"):
        items[:] = [item for item in items if "figure" in getattr(item, "fixturenames", ())]


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Record:
    """Record the figure that a claim reached in this test, and hold it against its limit and the committed figure."""
    writing = request.config.getoption("--write-validation")
    test = re.sub(r"@[\w-]+$", "", request.node.nodeid)  # the group of a test, which xdist appends

    def record(key: str, value: float) -> None:
        value = float(value)
        request.node.user_properties.append((PROPERTY, (key, test, value)))
        if not writing:
            assert complaint(key, test, value) == ""

    return record


def complaint(key: str, test: str, value: float) -> str:
    """What is wrong with a figure; empty where nothing is."""
    declared, known = CLAIMS[key], claims().get(key)
    if not declared.keeps(value):
        return f"{declared.claim}: {value:.6g} is beyond the limit ({declared.limit_words})"
    if known is None or test not in known.measured:
        return f"{key} of {test} is not in docs/validation.json; run `make validation`"
    committed = known.measured[test]
    if not agree(value, committed):
        return f"{key} of {test} is {value:.6g}, docs/validation.json says {committed:.6g}; run `make validation`"
    return ""


class Writer:
    """Collects the figures of passed tests, of every process, and writes them at the end."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, float]] = {}
        self.failed = 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed += report.failed
        if report.when == "call" and report.passed:
            for name, value in report.user_properties:
                if name == PROPERTY:
                    self.take(*cast(tuple[str, str, float], tuple(value)))  # type: ignore[arg-type]

    def take(self, key: str, test: str, reached: float) -> None:
        """Keep one figure."""
        self.found.setdefault(key, {})[test] = reached

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if hasattr(session.config, "workerinput") or self.failed or not self.found:
            return
        write(measured(self.found))


def measured(found: Mapping[str, Mapping[str, float]]) -> list[Any]:
    """Every declared claim with the figures found today; a claim that did not run keeps what it had."""
    today, known = dt.date.today().isoformat(), claims()
    told = []
    for key, declared in CLAIMS.items():
        if key in found:
            told.append(declared.model_copy(update={"measured": dict(sorted(found[key].items())), "date": today}))
        elif key in known:
            told.append(declared.model_copy(update={"measured": known[key].measured, "date": known[key].date}))
    return told
