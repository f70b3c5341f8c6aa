"""Which tests of pages `make check` runs: that a few pages open; the rest takes more than its minute allows."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
OPENED = "test_every_page_runs_and_has_exactly_one_title"
QUICK = frozenset(f"{OPENED}[pages/{page}.py]" for page in ("start", "proposal", "sandbox", "model"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == HERE and item.name not in QUICK:
            item.add_marker(pytest.mark.slow)
