"""Every table of every bench: what a file or a link may do to it, and that nothing is lost by what may not stand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from model import BallastError
from model.networks import fetch_bench, icp_bench, render_ledger
from model.networks.bittensor import forms
from model.networks.bittensor.yuma_bench import CASES
from model.networks.tables import MOST_ROWS, Cell, TableColumn, TableForm
from tests.pages.opening import drawn, opened, query_of, warned, words
from ui.network.bench_table import TOO_LARGE, applied

PAGE = "pages/network.py"
BENCHES = {"bittensor": "bittensor", "render": "render", "internet-computer": "icp", "fetch": "fetch"}


@dataclass(frozen=True)
class Place:
    """A table: where it stands and what it looks like."""

    network: str
    tab: str
    name: str
    form: TableForm

    @property
    def key(self) -> str:
        return self.name.replace(".", "-")

    def open(self, **fields: str) -> AppTest:
        tab = {f"network.{BENCHES[self.network]}.tab": self.tab}
        return opened(PAGE, urlencode({"network": self.network, **tab, **fields}))

    def typed(self, app: AppTest) -> Any:
        return app.session_state[f"_bench-{self.key}"]

    def latest(self, app: AppTest) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.typed(app).latest
        return rows

    def upload(self, app: AppTest, content: bytes) -> AppTest:
        app.file_uploader(key=f"{self.key}-in-{self.typed(app).generation}").upload("own.csv", content, "text/csv")
        return app.run()


FIRST = next(iter(CASES))
SIZE = len(CASES[FIRST].miners)
PLACES = [
    Place("bittensor", "Subnet shares", "shares.subnets", forms.SUBNET_FORM),
    Place("bittensor", "Yuma consensus", f"yuma.weights.{FIRST}.{SIZE}", forms.weights_form(SIZE)),
    Place("bittensor", "Yuma consensus", f"yuma.miners.{FIRST}.{SIZE}", forms.MINER_FORM),
    Place("bittensor", "Alpha and pool", "pool.trades", forms.TRADE_FORM),
    Place("bittensor", "Emission and revenue", "gap.rows", forms.GAP_FORM),
    Place("render", "Epoch ledger", "render.jobs", render_ledger.JOBS),
    Place("render", "Epoch ledger", "render.nodes", render_ledger.NODES),
    Place("internet-computer", "Neurons", "icp.neurons", icp_bench.NEURONS),
    Place("internet-computer", "Node pay", "icp.payroll", icp_bench.PAYROLL),
    Place("internet-computer", "Node pay", "icp.failures", icp_bench.FAILURES),
    Place("fetch", "Inflation", "fetch.bonded", fetch_bench.BONDED),
    Place("fetch", "Supply events", "fetch.events", fetch_bench.EVENTS),
    Place("fetch", "Municipal inflation", "fetch.municipal", fetch_bench.MUNICIPAL),
    Place("fetch", "Validators", "fetch.validators", fetch_bench.VALIDATORS),
]
every_table = pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)


def text(header: list[str], *rows: list[Any]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue().encode()


def broken(form: TableForm, good: dict[str, Any]) -> Iterator[tuple[bytes, str]]:
    """Files that may not stand, and what their sentence must say."""
    keys, row = list(form.keys), [good[key] for key in form.keys]

    def with_cell(column: TableColumn, cell: object) -> bytes:
        return text(keys, row, [cell if key == column.key else good[key] for key in keys])

    last = form.columns[-1]
    yield text(keys, row, row[:-1]), f"row 2 has {len(row) - 1} cells"
    yield text(["x", *keys[1:]], row), "allowed: " + ", ".join(keys)
    yield text([";".join(keys)], row), "separate the cells by commas"
    yield text(keys, row).decode().encode("utf-16"), "save it as csv in utf-8"
    yield "é".encode("latin-1") + text(keys, row), "save it as csv in utf-8"
    yield text(keys) + ",".join(map(str, row)).encode() + b"\n" * 3 + b'"', "no csv text"
    yield with_cell(last, "=1+1"), f"{last.key} is"
    yield with_cell(last, ""), f"{last.key} is empty (row 2)"
    yield b"", "the header is"
    yield text(keys), "no rows"
    yield text(keys) + text(row) * (MOST_ROWS + 1), f"up to {MOST_ROWS}"
    yield text(keys) + text(row) * 1_000_000, "up to 100000"
    for column in [own for own in form.columns if not own.holds_words]:
        yield with_cell(column, column.low - 1), f"{column.key} is {column.low - 1:g} (row 2)"
        yield with_cell(column, "nan"), f"{column.key} is nan (row 2)"
        yield with_cell(column, "inf"), f"{column.key} is inf (row 2)"
    for column in [own for own in form.columns if own.is_word]:
        yield with_cell(column, "=HYPERLINK(1)"), f"{column.key} is the formula"


@pytest.mark.parametrize("place", [PLACES[at] for at in (0, 5, 8, 13)], ids=lambda place: place.name)
def test_every_kind_of_broken_file_gets_one_sentence_on_every_bench_and_the_table_stays(place: Place) -> None:
    app = place.open()
    before, said = place.latest(app), words(app)
    for content, told in broken(place.form, before[0]):
        app = place.upload(app, content)
        assert not app.exception
        (sentence,) = warned(app)
        assert told in sentence.lower()
        assert sentence.endswith("The table stays as it was: correct the file and read it again.")
        assert place.latest(app) == before
        assert words(app) == said
    assert len(app.session_state["_scenario"].past) == 0


@every_table
def test_every_kind_of_broken_file_names_what_is_wrong_and_where(place: Place) -> None:
    good = {
        own.key: own.choices[0] if own.choices else "Mine" if own.is_word else own.low for own in place.form.columns
    }
    for content, told in broken(place.form, good):
        with pytest.raises(BallastError) as refused:
            place.form.read_csv(content)
        assert told in str(refused.value).lower()


@every_table
def test_a_file_stands_in_the_link_survives_a_reload_and_is_undone(place: Place) -> None:
    app = place.open()
    start = place.latest(app)
    app = place.upload(app, b"nonsense")
    assert [
        told.endswith("The table stays as it was: correct the file and read it again.") for told in warned(app)
    ] == [True]
    assert place.latest(app) == start
    file = place.form.complete([*start[1:], start[0]])[0]
    app = place.upload(app, place.form.to_csv(file).encode())
    assert warned(app) == []
    assert f"{len(start)} rows were read from own.csv." in words(app)
    assert place.latest(app) == file
    field = f"network.{place.name}"
    link = {key: text for key, text in query_of(app).items() if key != "network"}
    assert field in link
    again = place.open(**link)
    assert not again.exception
    assert warned(again) == []
    assert place.form.complete(place.latest(again))[0] == file
    app.button(key="undo").click().run()
    assert place.latest(app) == start
    assert field not in query_of(app)


@every_table
def test_an_emptied_table_and_numbers_at_their_bounds_break_nothing(place: Place) -> None:
    app = place.open()
    start = place.latest(app)
    widget = f"{place.key}-{place.typed(app).generation}"
    none: dict[str, Any] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}
    for end in ("low", "high"):
        cells = {own.key: getattr(own, end) for own in place.form.columns if not own.holds_words}
        app.session_state[widget] = {**none, "edited_rows": {0: cells}}
        assert not app.run().exception
    app.session_state[widget] = {**none, "deleted_rows": list(range(len(start)))}
    assert not app.run().exception
    assert place.latest(app) == []
    app.button(key=f"{place.key}-back").click().run()
    assert not app.exception
    assert place.latest(app) == start


# ---- one bench for all ----------------------------------------------------------------------------------------------
GAPS = next(place for place in PLACES if place.name == "gap.rows")
VALIDATORS = next(place for place in PLACES if place.name == "fetch.validators")


def test_a_table_too_large_for_a_link_stands_and_says_so() -> None:
    rows: list[dict[str, Cell]] = [
        {"subnet": f"{place * 7919 % 1000} {place}", "emission": 1e6 / (place + 3), "revenue": place / 7}
        for place in range(500)
    ]
    app = GAPS.upload(GAPS.open(), GAPS.form.to_csv(rows).encode())
    assert warned(app) == [TOO_LARGE]
    assert len(GAPS.latest(app)) == 500
    assert "network.gap.rows" not in query_of(app)


def test_a_table_that_a_link_spoils_is_told_and_the_published_rows_stand() -> None:
    app = GAPS.open(**{"network.gap.rows": "garbage", "network.gap.colour": "red"})
    assert not app.exception
    told = " ".join(warned(app))
    assert "The table in the link cannot be read" in told
    assert "a field 'network.gap.colour' that this page does not know" in told
    assert "$52M/year in emission" in words(app)


def test_what_was_typed_is_still_there_after_another_page_and_another_network() -> None:
    app = VALIDATORS.upload(VALIDATORS.open(), b"validator,own,delegated,commission\nMine,1000,5000,0.25\n")
    app = app.switch_page("pages/model.py").run().switch_page(PAGE).run()
    app.session_state["fetch-parts"] = VALIDATORS.tab
    app = app.run()
    assert [row["validator"] for row in VALIDATORS.latest(app)] == ["Mine"]
    assert "Mine, delegators" in drawn(app)["label"].to_list()


def test_cells_rows_taken_out_and_rows_put_in_are_one_table() -> None:
    rows = [{"a": "x", "b": 1.0}, {"a": "y", "b": 2.0}, {"a": "z", "b": 3.0}]
    edits = {"edited_rows": {0: {"b": 9}, 2: {"a": "w"}}, "deleted_rows": [1], "added_rows": [{"a": "n"}]}
    assert applied(rows, edits) == [{"a": "x", "b": 9}, {"a": "w", "b": 3.0}, {"a": "n"}]
