"""Wrong tries: counted per address and for the whole server, draining with time; past the brim nothing is looked at."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from workshop.errors import TooManyTriesError
from workshop.tables import TriesRow


@dataclass(frozen=True)
class Bucket:
    """Tries that are free at once, and the seconds after which one more is."""

    tries: int
    seconds_each: float


EVERYBODY = "everybody"
BUCKETS: dict[str, tuple[Bucket, Bucket]] = {
    "code": (Bucket(10, 30), Bucket(120, 10)),
    "key": (Bucket(5, 60), Bucket(60, 10)),
    "open": (Bucket(20, 60), Bucket(100, 10)),
}
"""Of one address, of all addresses: wrong join codes, wrong keys, rooms opened.

With 34 million codes and 8,640 guesses a day at most, hitting one of fifty open rooms takes 78 days on average, and
gives a seat, not a key.
"""


class Gate:
    """Tries of one kind by one address, within one transaction that lets others of that address wait."""

    def __init__(self, session: Session, kind: str, address: str, now: float, *, giving_back: bool = False) -> None:
        self._now = now
        own, all_of_them = BUCKETS[kind]
        hashed = hashlib.sha256(address.encode(errors="replace")[:200]).hexdigest()[:32]
        # Always in the same order, so that two transactions never wait for each other.
        self._rows = [(_row(session, kind, EVERYBODY, now), all_of_them), (_row(session, kind, hashed, now), own)]
        for row, bucket in self._rows:
            row.level = max(0.0, row.level - max(0.0, now - row.at) / bucket.seconds_each)
            row.at = now
        wait = max((row.level - bucket.tries + 1) * bucket.seconds_each for row, bucket in self._rows)
        if wait > 1e-6 and not giving_back:
            raise TooManyTriesError(math.ceil(wait))

    def count(self, tries: int = 1) -> None:
        """One more try that counts; a negative number gives some back."""
        for row, _ in self._rows:
            row.level = max(0.0, row.level + tries)


def _row(session: Session, kind: str, address: str, now: float) -> TriesRow:
    """The row of an address, made where there is none, locked until the transaction ends."""
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    values = {"kind": kind, "address": address, "level": 0.0, "at": now}
    session.execute(insert(TriesRow).values(**values).on_conflict_do_nothing())
    found = select(TriesRow).where(TriesRow.kind == kind, TriesRow.address == address)
    return session.scalars(found.with_for_update()).one()


def forget_drained(session: Session, now: float) -> None:
    """Rows that have drained say nothing any more."""
    for kind, buckets in BUCKETS.items():
        longest = max(bucket.tries * bucket.seconds_each for bucket in buckets)
        session.execute(delete(TriesRow).where(TriesRow.kind == kind, TriesRow.at < now - longest))
