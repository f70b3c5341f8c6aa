"""Tables that a person types or uploads: read whole or refused in one sentence."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import BallastError
from model.networks.tables import FORMULA, MOST_BYTES, MOST_ROWS, TableColumn, TableForm

FORM = TableForm(
    "jobs.csv",
    (
        TableColumn("name", "Name", is_word=True),
        TableColumn("kind", "Kind", choices=("jobs", "sce")),
        TableColumn("value", "Value, EUR"),
        TableColumn("share", "Share", high=1.0),
    ),
)

words = st.text(st.characters(categories=["L", "N", "P"], exclude_characters="#\0"), min_size=1, max_size=20).filter(
    lambda word: not word.startswith(FORMULA)
)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "name": words,
            "kind": st.sampled_from(["jobs", "sce"]),
            "value": st.floats(0, 1e9),
            "share": st.floats(0, 1),
        }
    ),
    min_size=1,
    max_size=20,
)


@given(rows)
def test_what_is_written_is_read_back(written: list[dict[str, str | float]]) -> None:
    assert FORM.read_csv(FORM.to_csv(written).encode()) == written


def test_notes_a_byte_order_mark_and_another_order_of_columns_are_read() -> None:
    text = "\ufeff# a note\nshare,value,kind,name\n0.5,10,jobs,one\n\n"
    assert FORM.read_csv(text.encode()) == [{"name": "one", "kind": "jobs", "value": 10.0, "share": 0.5}]


HEAD = "name,kind,value,share\n"

BROKEN = {
    "ragged": (HEAD + "one,jobs,10\n", "row 1 has 3 cells"),
    "negative": (HEAD + "one,jobs,-1,0.5\n", "value is -1"),
    "not a number": (HEAD + "one,jobs,nan,0.5\n", "value is nan"),
    "infinite": (HEAD + "one,jobs,inf,0.5\n", "value is inf"),
    "a word for a number": (HEAD + "one,jobs,ten,0.5\n", "value is 'ten'"),
    "above its bound": (HEAD + "one,jobs,10,1.5\n", "allowed: 0 to 1"),
    "a formula for a word": (HEAD + "=1+1,jobs,10,0.5\n", "name is the formula '=1+1' (row 1)"),
    "a formula for a number": (HEAD + "one,jobs,=1+1,0.5\n", "value is '=1+1' (row 1)"),
    "semicolons": (HEAD.replace(",", ";") + "one;jobs;10;0.5\n", "separate the cells by commas"),
    "unknown choice": (HEAD + "one,painting,10,0.5\n", "allowed: jobs, sce"),
    "empty cell": (HEAD + "one,jobs,,0.5\n", "value is empty"),
    "wrong header": ("name,kind,price,share\none,jobs,1,1\n", "allowed: name, kind, value, share"),
    "header only": (HEAD, "no rows"),
    "empty": ("", "the header is"),
    "an open quote": (HEAD + '"one,jobs,10,0.5\n', "no CSV text"),
    "too many rows": (HEAD + "a,jobs,1,1\n" * (MOST_ROWS + 1), f"up to {MOST_ROWS}"),
    "a million rows": (HEAD + "a,jobs,1,1\n" * 1_000_000, f"up to {MOST_BYTES}"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_in_one_sentence_that_names_what_is_wrong(name: str) -> None:
    text, said = BROKEN[name]
    with pytest.raises(BallastError) as refused:
        FORM.read_csv(text.encode())
    sentence = str(refused.value)
    assert said.lower() in sentence.lower()
    assert "\n" not in sentence
    assert sentence.endswith(".")


@given(rows, rows, st.randoms())
def test_what_differs_from_a_start_makes_the_table_again(
    start: list[dict[str, str | float]], others: list[dict[str, str | float]], random: Random
) -> None:
    mixed = [random.choice([row, {**row, "value": 7.0}]) for row in start if random.random() < 0.8]
    for own in (mixed, others, [*mixed, *others], start[::-1], start):
        differs = FORM.differences(own, start)
        assert FORM.complete(FORM.restored(differs, start))[0] == own
        assert (differs == ()) == (own == start)


def test_a_changed_cell_and_a_row_taken_out_write_no_other_cell() -> None:
    start: list[dict[str, str | float]] = [
        {"name": name, "kind": "jobs", "value": 1.0, "share": 0.5} for name in "abcd"
    ]
    own = [start[0], start[2], {**start[3], "value": 2.0}]
    assert FORM.differences(own, start) == ({"@": 0}, {"@": 2}, {"@": 3, "value": 2.0})


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["@", "name", "kind", "value", "else"]),
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats()
            | st.text(max_size=99)
            | st.lists(st.integers(), max_size=2),
        ),
        max_size=5,
    )
)
def test_whatever_a_link_says_makes_cells_of_the_right_kind(entries: list[dict[str, object]]) -> None:
    for row in FORM.restored(entries, [{"name": "a", "kind": "jobs", "value": 1.0, "share": 0.5}]):
        assert list(row) == ["name", "kind", "value", "share"]
        assert all(isinstance(row[key], str | None) for key in ("name", "kind"))
        assert all(row[key] is None or isinstance(row[key], float) for key in ("value", "share"))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(BallastError):
        assert FORM.read_csv(content)


def test_a_row_still_being_typed_is_named_and_the_others_count() -> None:
    typed: list[dict[str, str | float | None]] = [
        {"name": "one", "kind": "jobs", "value": 1.0, "share": 1.0},
        {"name": "two", "kind": "jobs", "value": None, "share": 1.0},
        {"name": None, "kind": None, "value": None, "share": None},
    ]
    complete, told = FORM.complete(typed)
    assert [row["name"] for row in complete] == ["one"]
    assert told == ["Value is empty (row 2); allowed: 0 or more. This row is not counted."]
