"""Reads a list of holders that somebody uploads, in bounded memory, and names rows that may be nobody's stake."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from model.errors import BallastError
from model.governance.holders import GROUPS, Holders, holders_from
from model.governance.stake_shapes import MOST_HOLDERS

MOST_BYTES = 16_000_000
MOST_ROWS = MOST_HOLDERS
LONGEST_LINE = 4_000
LONGEST_NAME = 80

WHERE = "holder list"

_COLUMNS = {
    "name": ("holder", "name", "address", "wallet", "account", "owner", "hotkey", "coldkey", "voter", "delegate"),
    "stake": ("tokens", "balance", "amount", "stake", "quantity", "power", "votingpower", "votes", "value"),
    "label": ("label", "tag", "nametag", "description", "type"),
    "group": ("group", "kind", "role"),
}
"""Words by which the first line may name a column; the first that fits counts."""

_FORMULA = re.compile(r"^\s*(=|@|[+-](?![\d.\s]))")
_ADDRESS = re.compile(r"^0x[0-9a-f]{40}$")
_BURN = re.compile(r"^0x0{30,}[0-9a-f]{0,10}$|^0x0*dead[0-9a-f]*$|^0x[0-9a-f]*dead$|^1nc1nerator", re.IGNORECASE)
_HINTS = {
    "exchange": r"binance|coinbase|kraken|okx|okex|bybit|kucoin|gate\.?io|huobi|htx|bitfinex|bitget|upbit|bithumb|"
    r"crypto\.?com|mexc|exchange|\bcex\b",
    "burn address": r"\bburn|\bnull\b|\bdead\b|black ?hole",
    "contract": r"contract|pool|vault|gauge|escrow|bridge|router|staking|vesting|\bamm\b|uniswap|sushi|balancer|curve",
    "treasury": r"treasury|\bdao\b|foundation|timelock|multisig|ecosystem|reserve|community fund",
}
REASONS = ("exchange", "burn address", "contract", "treasury")
"""Why a row may not be the stake of one voter, by what its name and label look like."""


class HolderFileError(BallastError):
    """An uploaded list that cannot be used; nothing of it is."""


@dataclass(frozen=True, eq=False)
class HolderRows:
    """Rows of an uploaded list, largest first; held in memory only.

    Attributes
    ----------
    suspects
        Row to one of `REASONS`: a guess by name and label, which the reader decides on.
    notes
        What was done with the rows, in sentences.
    """

    names: tuple[str, ...]
    stakes: tuple[float, ...]
    groups: tuple[str, ...]
    suspects: dict[int, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def holders(self, excluded: Collection[int] = (), cannot_vote: Collection[str] = ("treasury",)) -> Holders:
        """The list without excluded rows.

        Raises
        ------
        OutOfRangeError
            When no row is left.
        """
        kept = [row for row in range(len(self.names)) if row not in set(excluded)]
        groups = [self.groups[row] for row in kept]
        return holders_from(
            [self.stakes[row] for row in kept],
            groups,
            [group not in cannot_vote for group in groups],
            [self.names[row] for row in kept],
        )


def read_holders(file: BinaryIO) -> HolderRows:
    """Read a list of holders from CSV: a line of column names, then a row per holder.

    Commas, semicolons and tabs separate; thousands may be set apart. Rows of one holder are added up. Nothing is
    written anywhere, and no more is read than `MOST_BYTES` and `MOST_ROWS`.

    Raises
    ------
    HolderFileError
        One sentence: what is wrong, in which row, what is allowed and what to do.
    """
    lines = _lines(file)
    first = next(lines, "")
    if not first.strip():
        raise HolderFileError("the file is empty", where=WHERE, allowed="a line of column names and a row per holder")
    separator = max(",;\t", key=first.count)
    columns = _columns(next(csv.reader([first], delimiter=separator)))
    sums: dict[str, float] = {}
    kinds: dict[str, str] = {}
    labels: dict[str, str] = {}
    repeated = empty = 0
    for number, cells in enumerate(_cells(lines, separator), start=2):
        if not any(cell.strip() for cell in cells):
            continue
        name, stake = _row(cells, columns, number, separator)
        if stake == 0:
            empty += 1
            continue
        repeated += name in sums
        sums[name] = sums.get(name, 0.0) + stake
        kinds[name] = _kind(cells, columns, number) or kinds.get(name, "")
        labels[name] = _cell(cells, columns.get("label"))[:LONGEST_NAME]
    return _collected(sums, kinds, labels, repeated, empty)


# ---- bytes to lines -------------------------------------------------------------------------------------
def _lines(file: BinaryIO) -> Iterator[str]:
    """Lines of text, one at a time; stops with a sentence before memory or patience run out."""
    if file.read(2) in (b"\xff\xfe", b"\xfe\xff"):
        raise HolderFileError("the file is UTF-16", where=WHERE, allowed="UTF-8", todo="save it as CSV in UTF-8")
    file.seek(0)
    seen = 0
    for number in range(1, MOST_ROWS + 3):
        raw = file.readline(LONGEST_LINE + 1)
        if not raw:
            return
        seen += len(raw)
        if len(raw) > LONGEST_LINE:
            raise HolderFileError(f"line {number} is too long", where=WHERE, allowed=f"{LONGEST_LINE} characters")
        if seen > MOST_BYTES:
            raise HolderFileError(
                "the file is too large",
                where=WHERE,
                allowed=f"{MOST_BYTES // 10**6} MB",
                todo="keep the largest holders",
            )
        if b"\x00" in raw:
            raise HolderFileError(f"line {number} is no text", where=WHERE, allowed="CSV in UTF-8")
        try:
            yield raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise HolderFileError(
                f"line {number} is not written in UTF-8", where=WHERE, allowed="UTF-8", todo="save it as CSV in UTF-8"
            ) from None
    raise HolderFileError(
        f"the file has more than {MOST_ROWS:,} rows".replace(",", " "),
        where=WHERE,
        todo="keep the largest holders and give the rest as one row",
    )


def _cells(lines: Iterator[str], separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=separator, strict=True)
    except csv.Error as problem:
        raise HolderFileError(f"a row cannot be read: {problem}", where=WHERE, todo="check its quotes") from None


# ---- columns and cells ----------------------------------------------------------------------------------
def _columns(header: list[str]) -> dict[str, int]:
    """Place of each known column."""
    words = [re.sub(r"[^a-z]", "", cell.lower()) for cell in header]
    found: dict[str, int] = {}
    for column, known in _COLUMNS.items():
        for word in known:
            fitting = [place for place, cell in enumerate(words) if cell == word and place not in found.values()]
            fitting += [place for place, cell in enumerate(words) if word in cell and place not in found.values()]
            if fitting:
                found[column] = fitting[0]
                break
    for column, example in (("name", "holder"), ("stake", "tokens")):
        if column not in found:
            raise HolderFileError(
                f"the first line names no column {example!r}",
                where=WHERE,
                allowed=", ".join(_COLUMNS[column]),
                todo="write column names such as holder,tokens in the first line",
            )
    return found


def _cell(cells: list[str], place: int | None) -> str:
    text = cells[place] if place is not None and place < len(cells) else ""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())


def _row(cells: list[str], columns: dict[str, int], number: int, separator: str) -> tuple[str, float]:
    """Name and stake of one row."""
    for cell in cells:
        if _FORMULA.match(cell):
            raise HolderFileError(
                f"row {number} has a formula", where=WHERE, allowed="plain text and numbers", todo="paste values only"
            )
    name = _cell(cells, columns["name"])[:LONGEST_NAME]
    if not name:
        raise HolderFileError(f"row {number} has no holder", where=WHERE, todo="name every row")
    written = _cell(cells, columns["stake"])
    stake = number_in(written, comma_is_decimal=separator == ";")
    if stake is None:
        raise HolderFileError(
            f"row {number} has {written[:30]!r} as its tokens", where=WHERE, allowed="a number such as 1234.5"
        )
    if stake < 0 or not math.isfinite(stake) or stake > 1e30:
        raise HolderFileError(f"row {number} has {written[:30]} tokens", where=WHERE, allowed="0 to 1e30")
    return name, stake


def number_in(text: str, *, comma_is_decimal: bool = False) -> float | None:
    """A number as people and spreadsheets write it, thousands set apart or not; None for anything else.

    Where only commas stand, groups of three are thousands; in a file separated by semicolons a single one is decimal.
    """
    plain = re.sub(r"[\s\u00a0\u202f'’_]", "", text).removesuffix("%")
    if "," in plain and "." in plain:
        decimal = max(",.", key=plain.rfind)
        plain = plain.replace("," if decimal == "." else ".", "").replace(decimal, ".")
    elif plain.count(",") == 1 and (comma_is_decimal or not re.fullmatch(r"-?\d{1,3},\d{3}", plain)):
        plain = plain.replace(",", ".")
    elif plain.count(".") > 1:
        plain = plain.replace(".", "")
    else:
        plain = plain.replace(",", "")
    if not re.fullmatch(r"-?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?|-?(nan|inf|infinity)", plain, re.IGNORECASE):
        return None
    return float(plain)


def _kind(cells: list[str], columns: dict[str, int], number: int) -> str:
    written = _cell(cells, columns.get("group")).lower()
    if not written:
        return ""
    known = {key: key for key in GROUPS} | {label.lower(): key for key, label in GROUPS.items()}
    if written not in known:
        raise HolderFileError(f"row {number} has the group {written[:30]!r}", where=WHERE, allowed=", ".join(GROUPS))
    return known[written]


# ---- all rows together ----------------------------------------------------------------------------------
def _collected(
    sums: dict[str, float], kinds: dict[str, str], labels: dict[str, str], repeated: int, empty: int
) -> HolderRows:
    if not sums:
        raise HolderFileError("no row has any tokens", where=WHERE, allowed="at least one holder with tokens")
    names = sorted(sums, key=lambda name: -sums[name])
    suspects = {row: why for row, name in enumerate(names) if (why := looks_like(name, labels[name]))}
    groups = tuple(
        kinds[name] or ("treasury" if suspects.get(row) == "treasury" else "passive") for row, name in enumerate(names)
    )
    notes = [f"{len(names)} holders were read."]
    if repeated:
        notes.append(f"{repeated} further rows name a holder again; their tokens were added up.")
    if empty:
        notes.append(f"{empty} rows without tokens were left out.")
    return HolderRows(tuple(names), tuple(sums[name] for name in names), groups, suspects, tuple(notes))


def looks_like(name: str, label: str = "") -> str:
    """Which of `REASONS` a row looks like; empty where it looks like anybody's stake.

    An address tells nothing about what stands behind it: a contract without a label is not found.
    """
    if _BURN.match(name):
        return "burn address"
    told = f"{'' if _ADDRESS.match(name.lower()) else name} {label}".lower()
    return next((why for why, hints in _HINTS.items() if re.search(hints, told)), "")
