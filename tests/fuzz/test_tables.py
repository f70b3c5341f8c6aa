"""Tables with mistakes: bench tables and lists of holders as CSV, and designs of new networks from any cells."""

from __future__ import annotations

import csv
import importlib
import io
import pkgutil
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import model
from model.design.design import Design, network_of
from model.design.tables import BUCKETS, ROLES, STREAMS, boxes_of, design_from, rows_of
from model.errors import BallastError
from model.governance.holder_files import read_holders
from model.networks.tables import TableForm
from tests.fuzz.mutations import JUNK, damaged
from tests.model.scenario.test_scenarios import one_sentence

HOLDERS = "holder,tokens\n" + "".join(f"account {place},{1000 / (place + 1):.2f}\n" for place in range(12))
CELLS = st.one_of(
    st.none(), st.sampled_from(JUNK), st.text(max_size=20), st.floats(), st.integers(-1000, 1000),
    st.sampled_from([0.0, 1.0, 50.0, 100.0, 1e-320, 1e15, 1e308]),
)  # fmt: skip


@cache
def forms() -> dict[str, TableForm]:
    """Every table that a page offers for typing or for a file."""
    found: dict[str, TableForm] = {}
    for info in pkgutil.walk_packages(model.__path__, "model."):
        for name, value in vars(importlib.import_module(info.name)).items():
            if isinstance(value, TableForm):
                found.setdefault(f"{info.name}.{name}", value)
    return found


def test_the_tables_of_all_benches_are_found() -> None:
    places = " ".join(forms())
    for bench in ("render_ledger", "fetch_bench", "icp_bench", "bittensor", "design.tables"):
        assert bench in places


def _filled(data: st.DataObject, form: TableForm) -> list[dict[str, Any]]:
    """Rows of the right columns, each cell usual or anything at all."""
    usual = {
        column.key: st.sampled_from(column.choices) if column.choices else st.floats(0, 1).map(lambda x: round(x, 3))
        for column in form.columns
    }
    drawn = {key: st.one_of(values, values, values, CELLS) for key, values in usual.items()}
    return data.draw(st.lists(st.fixed_dictionaries(drawn), min_size=1, max_size=5))


@given(data=st.data())
def test_a_table_with_mistakes_is_read_or_refused_in_one_sentence(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(list(forms().values())))
    text = io.StringIO()
    writer = csv.DictWriter(text, form.keys, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_filled(data, form))
    content = data.draw(st.one_of(st.just(text.getvalue()), damaged(text.getvalue())))
    try:
        rows = form.read_csv(content.encode("utf-8", "surrogatepass"))
    except BallastError as problem:
        one_sentence(problem)
    else:
        assert form.read_csv(form.to_csv(rows).encode()) == rows


@given(text=damaged(HOLDERS), encoding=st.sampled_from(["utf-8", "utf-16", "latin-1"]))
def test_a_list_of_holders_with_mistakes_is_read_or_refused_in_one_sentence(text: str, encoding: str) -> None:
    try:
        rows = read_holders(io.BytesIO(text.encode(encoding, "replace")))
    except BallastError as problem:
        one_sentence(problem)
    else:
        assert all(stake > 0 for stake in rows.stakes)


@given(data=st.data())
def test_a_design_of_any_cells_makes_a_network_or_is_refused_in_one_sentence(data: st.DataObject) -> None:
    start = Design()
    boxes = boxes_of(start)
    for name in data.draw(st.lists(st.sampled_from(sorted(boxes)), max_size=3, unique=True)):
        number = isinstance(boxes[name], float | int)
        boxes[name] = data.draw(st.floats() if number else CELLS)
    tables = {}
    for form in (ROLES, STREAMS, BUCKETS):
        rows = rows_of(form, start)
        for row in rows:
            row.update({key: data.draw(CELLS) for key in data.draw(st.lists(st.sampled_from(form.keys), max_size=1))})
        tables[form.name] = form.complete(rows * data.draw(st.sampled_from([1, 1, 1, 2])))[0]
    try:
        network = network_of(design_from(boxes, tables))
    except BallastError as problem:
        one_sentence(problem)
    else:
        assert network.written
