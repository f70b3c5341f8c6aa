"""Uploaded lists: what people's files look like is read, what cannot be used is refused in one sentence."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import BallastError
from model.governance.holder_files import MOST_ROWS, HolderFileError, HolderRows, number_in, read_holders


def holders_from_text(text: str) -> HolderRows:
    return read_holders(io.BytesIO(text.encode()))


@pytest.mark.parametrize(
    "text",
    [
        "holder,tokens\na,1000\nb,250.5\n",
        "\ufeffAddress;Balance\na;1000\nb;250,5\n",
        "Wallet\tAmount\r\na\t1 000\r\nb\t250.5\r\n",
        'name,voting power,note\n"a","1,000",x\nb,250.5,\n',
        "rank,holder,token balance\n1,a,1'000\n2,b,250.5",
    ],
)
def test_the_usual_ways_of_writing_a_list_give_the_same_list(text: str) -> None:
    rows = holders_from_text(text)
    assert rows.names == ("a", "b")
    assert rows.stakes == (1000.0, 250.5)


@pytest.mark.parametrize(
    ("written", "value"),
    [("1,234,567.89", 1234567.89), ("1.234.567,89", 1234567.89), ("1,234", 1234.0), ("12,5", 12.5), ("3e6", 3e6)],
)
def test_thousands_and_decimals_are_told_apart(written: str, value: float) -> None:
    assert number_in(written) == value


def test_a_single_comma_is_decimal_in_a_file_of_semicolons() -> None:
    assert number_in("1,234", comma_is_decimal=True) == 1.234
    for text in ("abc", "", "1.2.3.x", "--4", "1e9999"):
        assert number_in(text) is None


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"holder,tokens\n", "no row has any tokens"),
        (b"a,1000\nb,5\n", "first line names no column"),
        (b"holder,tokens\na,-5\n", "row 2 has -5 tokens"),
        (b"holder,tokens\na,nan\n", "row 2 has nan tokens"),
        (b"holder,tokens\na,inf\n", "row 2 has inf tokens"),
        (b"holder,tokens\na,many\n", "row 2 has 'many'"),
        (b"holder,tokens\n=cmd|' /C calc'!A0,5\n", "row 2 has a formula"),
        (b"holder,tokens\na,=1+1\n", "row 2 has a formula"),
        (b"holder,tokens\n@SUM(A1),5\n", "row 2 has a formula"),
        (b"holder,tokens\n,5\n", "row 2 has no holder"),
        (b"holder,tokens\na\xff\xfe,5\n", "line 2 is not written in UTF-8"),
        ("holder,tokens\na,5\n".encode("utf-16"), "UTF-16"),
        (b"holder,tokens\na\x00b,5\n", "line 2 is no text"),
        (b"holder,tokens\n" + b"a" * 5000 + b",5\n", "line 2 is too long"),
        (b'holder,tokens\n"a,5\n', "cannot be read"),
        (b"holder,tokens,group\na,5,wizards\n", "the group 'wizards'"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(data: bytes, told: str) -> None:
    with pytest.raises(HolderFileError) as problem:
        read_holders(io.BytesIO(data))
    sentence = str(problem.value)
    assert told.lower() in sentence.lower()
    assert sentence.endswith(".")
    assert "\n" not in sentence


class _TenMillionRows:
    """A file that would be ten million rows long and is never in memory."""

    def __init__(self) -> None:
        self.row = -1

    def seek(self, offset: int) -> int:
        self.row = -1
        return offset

    def read(self, size: int) -> bytes:
        return b"ho"[:size]

    def readline(self, size: int) -> bytes:
        self.row += 1
        if self.row > 10_000_000:
            return b""
        return (b"0x%040x,5\n" % self.row if self.row else b"holder,tokens\n")[:size]


@pytest.mark.slow
def test_ten_million_rows_are_refused_before_they_are_read() -> None:
    file = _TenMillionRows()
    tracemalloc.start()
    with pytest.raises(HolderFileError, match="more than 100 000 rows"):
        read_holders(file)  # type: ignore[arg-type]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert file.row <= MOST_ROWS + 2
    assert peak < 60e6


def test_rows_of_one_holder_are_added_up_and_told() -> None:
    rows = holders_from_text("holder,tokens\na,5\nb,7\na,5\nc,0\n")
    assert rows.names == ("a", "b")
    assert rows.stakes == (10.0, 7.0)
    assert any("added up" in note for note in rows.notes)
    assert any("without tokens" in note for note in rows.notes)


def test_the_checklist_finds_what_is_no_single_voter_and_leaving_it_out_changes_the_list() -> None:
    text = (
        "address,balance,label\n"
        "0x1111111111111111111111111111111111111111,500,Binance 14\n"
        "0x000000000000000000000000000000000000dEaD,300,\n"
        "0x2222222222222222222222222222222222222222,200,Staking contract\n"
        "0x3333333333333333333333333333333333333333,100,DAO treasury\n"
        "0x4444444444444444444444444444444444444444,50,\n"
    )
    rows = holders_from_text(text)
    assert list(rows.suspects.values()) == ["exchange", "burn address", "contract", "treasury"]
    assert rows.holders().total == 1150.0
    assert rows.holders().eligible == 1050.0
    rest = rows.holders(excluded=rows.suspects)
    assert rest.total == 50.0
    assert rest.count == 1
    with pytest.raises(BallastError):
        rows.holders(excluded=range(5))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_lead_to_anything_but_a_list_or_a_sentence(data: bytes) -> None:
    try:
        rows = read_holders(io.BytesIO(b"holder,tokens\n" + data))
    except HolderFileError as problem:
        told = str(problem)
        assert told.endswith("."), told
    else:
        assert all(stake > 0 for stake in rows.stakes)
