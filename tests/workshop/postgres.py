"""A PostgreSQL cluster to throw away: in a temporary folder, on a socket of its own, stopped and deleted at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

REQUIRED = "BALLAST_REQUIRE_POSTGRES"
"""Set to 1 by `.ci/run`: there a missing PostgreSQL is a failure, elsewhere a skip that is told."""
MISSING = "PostgreSQL is not installed here, so the workshop is tested on SQLite only (apt-get install postgresql)"


def program(name: str) -> str | None:
    """Path of one of PostgreSQL's programs; Debian keeps them out of the path."""
    found = shutil.which(name)
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return found or (str(places[-1]) if places else None)


def is_installed() -> bool:
    """Whether a cluster can be made: PostgreSQL refuses to run as root, so root needs the user `postgres`."""
    return program("initdb") is not None and program("postgres") is not None and _owner() is not None


def _owner() -> int | None:
    """User that the cluster runs as."""
    if os.getuid():
        return os.getuid()
    try:
        return pwd.getpwnam("postgres").pw_uid
    except KeyError:
        return None


class Cluster:
    """A running cluster; `kill` and `start` let a test pull its plug."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._server = folder, None
        self._as: dict[str, Any] = {}
        owner = _owner()
        if owner is not None and not os.getuid():
            entry = pwd.getpwuid(owner)
            os.chown(folder, entry.pw_uid, entry.pw_gid)
            self._as = {"user": entry.pw_uid, "group": entry.pw_gid}
        command = [program("initdb") or "", "-D", str(folder / "data"), "-U", "ballast", "-A", "trust", "-E", "UTF8"]
        subprocess.run(
            [*command, "--locale=C", "--no-sync"],
            check=True,
            capture_output=True,
            cwd=folder,
            **self._as,
        )
        self.start()

    _server: subprocess.Popen[bytes] | None

    def start(self, tries: int = 30) -> None:
        """Start the server and wait until it answers."""
        command = [program("postgres") or "", "-D", str(self.folder / "data"), "-k", str(self.folder), "-h", ""]
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self.folder, start_new_session=True, **self._as
            )
        for _ in range(300):
            try:
                self._admin().close()
                return
            except psycopg.OperationalError:
                time.sleep(0.1)
            if self._server.poll() is not None and tries:
                # Children of a killed server take a moment to notice; until then the next one refuses to start.
                self.start(tries - 1)
                return
        raise RuntimeError((self.folder / "log").read_text(errors="replace")[-2000:])

    def kill(self) -> None:
        """End the server at once and uncleanly, as a power cut of its process would."""
        if self._server is not None:
            self._server.kill()
            self._server.wait()

    def stop(self) -> None:
        """End the server."""
        if self._server is not None:
            self._server.send_signal(signal.SIGINT)  # does not wait for clients to leave
            try:
                self._server.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    def url(self, database: str = "postgres") -> str:
        """Address of a database."""
        return f"postgresql://ballast@/{database}?host={self.folder}"

    def fresh(self, database: str) -> str:
        """Address of a new, empty database of this name."""
        with self._admin() as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
        return self.url(database)

    def _admin(self) -> psycopg.Connection:
        return psycopg.connect(f"host={self.folder} user=ballast dbname=postgres", autocommit=True, connect_timeout=5)


@contextmanager
def throw_away() -> Iterator[Cluster]:
    """A cluster for as long as the block runs."""
    folder = Path(tempfile.mkdtemp(prefix="ballast-pg-"))
    cluster = None
    try:
        cluster = Cluster(folder)
        yield cluster
    finally:
        if cluster is not None:
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
