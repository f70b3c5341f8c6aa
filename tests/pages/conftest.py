"""Which tests of pages `make check` runs: that every page opens; the rest takes more than its minute allows."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
QUICK = ("test_every_page_runs_and_has_exactly_one_title",)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == HERE and not item.name.startswith(QUICK):
            item.add_marker(pytest.mark.slow)
