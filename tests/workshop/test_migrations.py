"""The tables of a store: what the migrations make is what the code declares, on both stores."""

from __future__ import annotations

import ast
import os
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, inspect, text

from tests.workshop.rooms import opened
from workshop import Workshop
from workshop.database import FOLDER, Store, data_folder, store_url
from workshop.errors import StoreError
from workshop.migrations.versions import first_tables
from workshop.tables import Base

STEPS = sorted((FOLDER / "migrations" / "versions").glob("[!_]*.py"))


def test_migrations_from_an_empty_store_make_what_the_code_declares(empty_url: str) -> None:
    store = Store(empty_url)
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Base.metadata) == []
        names = set(inspect(connection).get_table_names())
    assert names == {*Base.metadata.tables, "alembic_version"}
    store.close()
    Store(empty_url).close()


def test_every_declared_foreign_key_deletes_with_its_owner(empty_url: str) -> None:
    store = Store(empty_url)
    keys = [key for name in Base.metadata.tables for key in inspect(store.engine).get_foreign_keys(name)]
    assert len(keys) == sum(len(table.foreign_keys) for table in Base.metadata.sorted_tables) > 0
    assert {key["options"].get("ondelete") for key in keys} == {"CASCADE"}
    store.close()


def test_the_first_migration_can_be_taken_back(empty_url: str) -> None:
    store = Store(empty_url)
    with store.engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        first_tables.downgrade()
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
        first_tables.upgrade()
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    store.close()


def test_steps_form_one_line() -> None:
    found = {}
    for path in STEPS:
        values = {
            node.targets[0].id: ast.literal_eval(node.value)
            for node in ast.parse(path.read_text(encoding="utf-8")).body
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        found[values["down_revision"]] = values["revision"]
    assert len(found) == len(STEPS)
    last = None
    for _ in STEPS:
        last = found.pop(last)
    assert not found


def test_a_store_of_a_later_version_is_left_alone(empty_url: str) -> None:
    Store(empty_url).close()
    store = create_engine(empty_url.replace("postgresql://", "postgresql+psycopg://"))
    with store.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    store.dispose()
    with pytest.raises(StoreError, match="written by a later version"):
        Store(empty_url)


def test_rooms_survive_a_restart(url: str, workshop: Workshop) -> None:
    room, _ = opened(workshop)
    workshop.close()
    again = Workshop(url, workshop._clock)
    assert again.lobby(room.code).title == "Tuesday"
    again.close()


def test_the_store_is_a_file_in_the_data_folder_unless_the_environment_names_another(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("BALLAST_DATA", raising=False)
    assert data_folder() == FOLDER.parent / "data"
    monkeypatch.setenv("BALLAST_DATA", str(tmp_path / "kept"))
    assert store_url() == f"sqlite:///{tmp_path / 'kept' / 'workshop.sqlite'}"
    Workshop().close()
    assert (tmp_path / "kept" / "workshop.sqlite").is_file()
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    assert store_url() == "postgresql://somewhere/else"
    assert os.environ["DATABASE_URL"]


def test_every_acknowledged_write_is_on_the_disk(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'rooms.sqlite'}")
    with store.reading() as session:
        found = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("synchronous", "foreign_keys", "journal_mode", "busy_timeout", "secure_delete")
        }
    store.close()
    full = 2
    assert found == {
        "synchronous": full,
        "foreign_keys": 1,
        "journal_mode": "wal",
        "busy_timeout": 30_000,
        "secure_delete": 1,
    }
