"""Every test of the store runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete

from tests.workshop.postgres import MISSING, REQUIRED, Cluster, is_installed, throw_away
from tests.workshop.rooms import Clock
from workshop import Workshop, secret_keys
from workshop.tables import Base

BACKENDS = (
    pytest.param("sqlite", id="sqlite"),
    pytest.param("postgres", id="postgres", marks=[pytest.mark.xdist_group("postgres"), pytest.mark.slow]),
)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One PostgreSQL for all tests of this process; skipped, or failed where it is required, when there is none."""
    if not is_installed():
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with throw_away() as running:
        running.fresh("rooms")
        yield running


@pytest.fixture(params=BACKENDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Address of a store without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite'}"
    running: Cluster = request.getfixturevalue("cluster")
    return running.fresh("empty")


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One SQLite file for all tests of this process."""
    return tmp_path_factory.mktemp("store") / "rooms.sqlite"


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest) -> str:
    """Address of a store that tests of this process share; `workshop` empties it."""
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('file')}"
    running: Cluster = request.getfixturevalue("cluster")
    return running.url("rooms")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes of keys that cost nothing; what they cost otherwise is no concern of most tests."""
    monkeypatch.setitem(secret_keys.COST, "n", 2)


@pytest.fixture
def workshop(url: str, clock: Clock, quick_keys: None) -> Iterator[Workshop]:
    """A workshop whose time only moves when a test says so."""
    made = Workshop(url, clock)
    with made._store.writing() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(delete(table))
    yield made
    made.close()
