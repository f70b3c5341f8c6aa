"""Small tables that a person types or uploads: which columns they have, what each may hold, and CSV in and out."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from model.errors import BallastError
from model.words.text import number

Cell: TypeAlias = str | float
Row: TypeAlias = Mapping[str, Cell]

MOST_ROWS = 500
MOST_BYTES = 100_000
LONGEST_WORD = 60
MOST_NUMBER = 1e300
FORMULA = ("=", "+", "-", "@")
"""With one of these a spreadsheet would begin to compute; a word that begins so is refused, so no file carries one."""

_ORIGIN = "@"
"""In what differs from a start: the place of the row from which a row comes."""


@dataclass(frozen=True)
class TableColumn:
    """One column of a typed table.

    Attributes
    ----------
    key, label
        Name in the CSV header, and the heading on screen with the unit.
    choices
        Words that it may hold; none for free words or numbers.
    low, high
        Bounds of a number, both included.
    is_word, may_be_empty
        Whether it holds words, and whether a word may be missing.
    is_amount
        Whether it holds large numbers, shown with their thousands set apart.
    fresh
        What a row that is added begins with; None for nothing.
    """

    key: str
    label: str
    choices: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 1e15
    is_word: bool = False
    may_be_empty: bool = False
    is_amount: bool = False
    fresh: Cell | None = None

    @property
    def holds_words(self) -> bool:
        """Whether its cells are words."""
        return self.is_word or bool(self.choices)

    @property
    def allowed(self) -> str:
        """What a cell may hold, in words."""
        if self.choices:
            return ", ".join(self.choices)
        if self.holds_words:
            return f"up to {LONGEST_WORD} characters"
        low = number(self.low)
        return f"{low} or more" if self.high >= 1e15 else f"{low} to {number(self.high)}"

    def plain(self, value: object) -> Cell | None:
        """A cell as it may be written down, allowed or not: a word, a finite number, or None."""
        if self.holds_words:
            return value[: LONGEST_WORD + 1] if isinstance(value, str) else None
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        return float(value) if abs(value) <= MOST_NUMBER else None

    def read(self, value: object, where: str) -> Cell:
        """The cell as it may stand; BallastError says what is wrong in which row."""
        empty = value is None or value == "" or (isinstance(value, float) and math.isnan(value))
        if empty and self.may_be_empty:
            return ""
        if empty:
            raise BallastError(f"{self.key} is empty", where=where, allowed=self.allowed)
        if self.holds_words:
            word = str(value).strip()
            if word.startswith(FORMULA):
                raise BallastError(
                    f"{self.key} is the formula {word[:40]!r}", where=where, allowed="words", todo="type its result"
                )
            if len(word) > LONGEST_WORD or (self.choices and word not in self.choices):
                raise BallastError(f"{self.key} is {word[:LONGEST_WORD]!r}", where=where, allowed=self.allowed)
            return word
        try:
            found = float(str(value))
        except ValueError:
            raise BallastError(f"{self.key} is {str(value)[:40]!r}", where=where, allowed=self.allowed) from None
        if not (math.isfinite(found) and self.low <= found <= self.high):
            raise BallastError(f"{self.key} is {found:g}", where=where, allowed=self.allowed)
        return found


@dataclass(frozen=True)
class TableForm:
    """What a typed table looks like; `name` is also the name of its file."""

    name: str
    columns: tuple[TableColumn, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the columns in their order."""
        return tuple(column.key for column in self.columns)

    def row(self, row: Mapping[str, object], count: int) -> dict[str, Cell]:
        """One row with every cell checked; `count` is its place from 1."""
        return {column.key: column.read(row.get(column.key), f"row {count}") for column in self.columns}

    def complete(self, rows: Iterable[Mapping[str, object]]) -> tuple[list[dict[str, Cell]], list[str]]:
        """Rows that may stand, and one sentence for each that may not; a row that is wholly empty is passed over."""
        found: list[dict[str, Cell]] = []
        told: list[str] = []
        for count, row in enumerate(rows, start=1):
            if all(row.get(key) in (None, "") for key in self.keys):
                continue
            try:
                found.append(self.row(row, count))
            except BallastError as problem:
                told.append(f"{problem} This row is not counted.")
        return found[:MOST_ROWS], told

    @property
    def told(self) -> str:
        """What the table is called in a message."""
        return f"table of {self.name.replace('-', ' ')}"

    def read_csv(self, content: bytes) -> list[dict[str, Cell]]:
        """Rows of an uploaded file, all or none.

        Lines that begin with # are notes. Columns may stand in any order; none may be missing or unknown.

        Raises
        ------
        BallastError
            Where the file is too long, no text, has another header, a ragged row, or a cell that may not stand there.
        """
        if len(content) > MOST_BYTES:
            raise BallastError(
                f"the file has {len(content)} bytes", where=self.told, allowed=f"up to {MOST_BYTES}", todo="shorten it"
            )
        try:
            text = content.decode("utf-8-sig")
            lines = [line for line in io.StringIO(text) if line.strip() and not line.startswith("#")]
            cells = list(csv.reader(lines, strict=True))
        except (UnicodeDecodeError, csv.Error):
            raise BallastError("the file is no CSV text", where=self.told, todo="save it as CSV in UTF-8") from None
        return self._rows(cells)

    def _rows(self, cells: list[list[str]]) -> list[dict[str, Cell]]:
        header = [cell.strip() for cell in cells[0]] if cells else []
        if sorted(header) != sorted(self.keys):
            commas = "separate the cells by commas" if any(";" in cell or "\t" in cell for cell in header) else ""
            raise BallastError(
                f"the header is {', '.join(header)[:80]!r}",
                where=self.told,
                allowed=", ".join(self.keys),
                todo=commas,
            )
        if len(cells) - 1 > MOST_ROWS:
            raise BallastError(f"the file has {len(cells) - 1} rows", where=self.told, allowed=f"up to {MOST_ROWS}")
        rows = []
        for count, line in enumerate(cells[1:], start=1):
            if len(line) != len(header):
                raise BallastError(
                    f"row {count} has {len(line)} cells", where=self.told, allowed=f"{len(header)}, as in the header"
                )
            rows.append(self.row(dict(zip(header, line, strict=True)), count))
        if not rows:
            raise BallastError("the file has no rows", where=self.told, allowed="at least one")
        return rows

    # ---- in a link --------------------------------------------------------------------------------------------------
    def differences(self, rows: Sequence[Mapping[str, object]], start: Sequence[Row]) -> tuple[dict[str, object], ...]:
        """What makes `rows` out of `start`, one entry a row: where it comes from, and cells that differ; () if none do.

        A table without rows is one empty row, which counts as none.
        """
        own = [self._plain(row) for row in rows] or [self._plain({})]
        origin = [self._plain(row) for row in start]
        if own == origin:
            return ()
        found: list[dict[str, object]] = []
        ahead = 0
        for row in own:
            place = next((at for at in range(ahead, len(origin)) if origin[at] == row), ahead)
            before = origin[place] if place < len(origin) else None
            if before is None:
                found.append({key: value for key, value in row.items() if value is not None})
            else:
                found.append({_ORIGIN: place} | {key: row[key] for key in self.keys if row[key] != before[key]})
            ahead = place + 1
        return tuple(found)

    def restored(self, differences: Sequence[Mapping[str, object]], start: Sequence[Row]) -> list[dict[str, object]]:
        """Rows that `differences` makes out of `start`; cells of another kind than their column's are left empty."""
        if not differences:
            return [dict(row) for row in start]
        rows = []
        for entry in differences[:MOST_ROWS]:
            place = entry.get(_ORIGIN)
            before = start[place] if isinstance(place, int) and 0 <= place < len(start) else {}
            rows.append(self._plain({**before, **entry}))
        return rows

    def _plain(self, row: Mapping[str, object]) -> dict[str, object]:
        """Cells by column, as words, finite numbers or None."""
        return {column.key: column.plain(row.get(column.key)) for column in self.columns}

    def to_csv(self, rows: Iterable[Row]) -> str:
        """The rows as CSV text that `read_csv` takes back."""
        text = io.StringIO()
        writer = csv.DictWriter(text, self.keys, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue()
