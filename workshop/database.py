"""Where rooms are kept: a SQLite file, or PostgreSQL where `DATABASE_URL` names one; tables brought up to date."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import ArgumentError, InterfaceError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session

from workshop.errors import StoreError

FOLDER = Path(__file__).resolve().parent
_MIGRATION_LOCK = 0x62616C6C617374
"""Two servers that start at once bring PostgreSQL's tables up one after the other."""
_WAIT_SECONDS = 30
"""How long a write waits for the write before it."""


def data_folder() -> Path:
    """Folder of everything that the app keeps: `BALLAST_DATA`, or `data` beside the app."""
    return Path(os.environ.get("BALLAST_DATA") or FOLDER.parent / "data")


def store_url() -> str:
    """Address of the store: `DATABASE_URL`, or a SQLite file in the data folder."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{data_folder() / 'workshop.sqlite'}"


class Store:
    """A store whose tables are those of this version.

    Raises
    ------
    StoreError
        For an address that cannot be read, a store that does not answer, and one of a later version.
    """

    def __init__(self, url: str | None = None) -> None:
        self.engine = _engine(url or store_url())
        self._writes = self.engine.execution_options(writes=True)
        self._turn: AbstractContextManager[object] = Lock() if self.is_sqlite else nullcontext()
        try:
            with _plain_errors():
                self._bring_up()
        except BaseException:
            self.close()
            raise

    def __repr__(self) -> str:
        return f"Store({self.engine.url.render_as_string(hide_password=True)!r})"

    @property
    def is_sqlite(self) -> bool:
        """Whether rooms are kept in a file."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that changes nothing."""
        with _plain_errors(), Session(self.engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is kept as a whole when the block ends, on disk before it returns, or not at all."""
        # SQLite lets one write at a time and makes the others look again and again; waiting in line is faster.
        with _plain_errors(), self._turn, Session(self._writes) as session, session.begin():
            yield session

    def forget(self) -> None:
        """After a deletion: SQLite's log is folded into the file, so that nothing of the deleted rows stays in it."""
        if self.is_sqlite:
            with _plain_errors(), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    def _bring_up(self) -> None:
        from alembic import command
        from alembic.config import Config
        from alembic.runtime.migration import MigrationContext
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(FOLDER / "migrations").replace("%", "%%"))
        with self._writes.begin() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
            script = ScriptDirectory.from_config(config)
            here = MigrationContext.configure(connection).get_current_revision()
            if here == script.get_current_head():
                return
            if here is not None and here not in {revision.revision for revision in script.walk_revisions()}:
                raise StoreError(
                    f"the store was written by a later version ({here[:20]})",
                    where="DATABASE_URL" if os.environ.get("DATABASE_URL") else "BALLAST_DATA",
                    todo="start that version, or name another store",
                )
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _engine(url: str) -> Engine:
    """An engine for an address; what people typed never stands in its errors, and so in no log."""
    for name in ("postgres://", "postgresql://"):
        if url.startswith(name):
            url = "postgresql+psycopg://" + url.removeprefix(name)
    try:
        if url.startswith("postgresql+psycopg://"):
            bounds = "-c lock_timeout=30000 -c statement_timeout=30000 -c synchronous_commit=on"
            return create_engine(
                url,
                pool_pre_ping=True,
                pool_size=10,
                max_overflow=20,
                connect_args={"options": bounds},
                hide_parameters=True,
            )
        if url.startswith("sqlite:///"):
            return _sqlite(url)
    except (ArgumentError, NoSuchModuleError, ValueError, OSError):
        pass
    raise StoreError(
        "the store's address cannot be used",
        where="DATABASE_URL",
        allowed="postgresql://user:password@host/name, or sqlite:///path/to/file",
        todo="correct it, or leave it out to keep rooms in a file",
    )


def _sqlite(url: str) -> Engine:
    """Write-ahead log, foreign keys, every commit on the disk before it is acknowledged, deleted rows overwritten."""
    Path(url.removeprefix("sqlite:///")).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(
        url, pool_size=10, max_overflow=60, connect_args={"timeout": _WAIT_SECONDS}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def settings(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # transactions are begun below, not guessed from statements
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A write takes its turn at the start: one that began as a read could not wait for another.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def _plain_errors() -> Iterator[None]:
    """What the driver says, in one sentence without addresses or statements."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeoutError) as problem:
        raise StoreError("the workshop's store does not answer", todo="try again in a moment") from problem
