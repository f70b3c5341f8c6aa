"""Wrong tries: counted per address and for the whole server, draining with time; past the brim nothing is looked at."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
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
        own, all_of_them = BUCKETS[kind]
        hashed = hashlib.sha256(address.encode(errors="replace")[:200]).hexdigest()[:32]
        rows = _rows(session, kind, (EVERYBODY, hashed), now)
        self._rows = [(rows[EVERYBODY], all_of_them), (rows[hashed], own)]
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


def _rows(session: Session, kind: str, addresses: Sequence[str], now: float) -> dict[str, TriesRow]:
    """Rows of addresses, made where there are none, locked until the transaction ends.

    They are locked in one order, so that two transactions never wait for each other.
    """
    chosen = select(TriesRow).where(TriesRow.kind == kind, TriesRow.address.in_(addresses)).order_by(TriesRow.address)
    found = {row.address: row for row in session.scalars(chosen.with_for_update())}
    missing = [address for address in addresses if address not in found]
    if not missing:
        return found
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgres_insert
    new = [{"kind": kind, "address": address, "level": 0.0, "at": now} for address in sorted(missing)]
    session.execute(insert(TriesRow).values(new).on_conflict_do_nothing())
    return {row.address: row for row in session.scalars(chosen.with_for_update())}


def forget_drained(session: Session, now: float) -> None:
    """Rows that have drained say nothing any more."""
    for kind, buckets in BUCKETS.items():
        longest = max(bucket.tries * bucket.seconds_each for bucket in buckets)
        session.execute(delete(TriesRow).where(TriesRow.kind == kind, TriesRow.at < now - longest))
