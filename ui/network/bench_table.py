"""A table of a bench: typed in or read from a CSV file, kept in the link as what differs from its start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
import streamlit as st

from model import BallastError
from model.networks.tables import MOST_BYTES, MOST_ROWS, Cell, Row, TableForm
from ui import page_fields, state
from ui.link import LONGEST_PAGE_FIELDS
from ui.network import bench_fields
from ui.network.bench_fields import PAGE
from ui.page_fields import PageField
from ui.text import as_markdown

Rows = list[dict[str, Any]]
MOST_IN_FULL = 14
"""Rows up to which a table is shown without scrolling in itself."""

TOO_LARGE = "The table is too large for a link: a reload or a shared link would not have it. Download it as CSV."


@dataclass
class _Typed:
    """What stands in one visitor's table; another `generation` is another widget, with nothing typed in yet.

    Attributes
    ----------
    rows, latest
        With what the widget began, and what stands now.
    text
        What the link says of `latest`; None where it is the start, or too large for a link.
    refused, done, large
        What there is to tell of the last file, and whether the table is too large for a link.
    """

    rows: Rows
    latest: Rows
    text: str | None = None
    generation: int = 0
    refused: str = ""
    done: str = ""
    large: bool = False

    def put(self, rows: Rows, done: str = "") -> None:
        self.rows = self.latest = rows
        self.generation += 1
        self.refused, self.done = "", done


@dataclass(frozen=True, eq=False)
class _Table:
    """One table of a bench: its columns, its start, its field of the link and what stands."""

    form: TableForm
    start: Rows
    key: str
    field: PageField[Any]
    typed: _Typed

    @property
    def widget(self) -> str:
        """Key of the widget in which it is typed."""
        return f"{self.key}-{self.typed.generation}"

    def keep(self) -> None:
        """Write what differs from the start into the link, if it fits; from widget callbacks."""
        differs = self.form.differences(self.typed.latest, self.start)
        others = sum(len(key) + len(text) for key, text in state.page_fields().items() if key != self.field.key)
        room = LONGEST_PAGE_FIELDS - others - len(self.field.key)
        fits = not differs or (page_fields.fits(differs) and len(self.field.write(differs)) <= room)
        self.typed.large = not fits
        bench_fields.put({self.field: differs if fits else ()})
        self.typed.text = state.page_fields().get(self.field.key)


def _table(form: TableForm, published: Sequence[Row], name: str, *, shown: bool, page: str = PAGE) -> _Table:
    """The table as it stands: from the link where it says something else than what was typed here."""
    start = [dict(row) for row in published]
    key = bench_fields.widget_key(page, name)
    typed: _Typed = st.session_state.setdefault(f"_bench-{key}", _Typed(start, start))
    table = _Table(form, start, key, page_fields.table(f"{page}.{name}"), typed)
    bench_fields.register(table.field, shown=shown)
    text = state.page_fields().get(table.field.key)
    if text != typed.text:  # undo, Back, a link
        typed.put(form.restored(table.field.value(), start))
        typed.text, typed.large = text, False
    return table


def table_rows(form: TableForm, published: Sequence[Row], *, name: str) -> list[dict[str, Cell]]:
    """Rows that may stand of a table that another part of the bench shows."""
    return form.complete(_table(form, published, name, shown=False).typed.latest)[0]


def as_field(
    form: TableForm, published: Sequence[Row], rows: Sequence[Row], *, name: str, page: str = PAGE
) -> dict[PageField[Any], Any]:
    """The table's field with `rows` instead of what stands, to be put into the link with other fields."""
    return {page_fields.table(f"{page}.{name}"): form.differences(rows, published)}


def bench_table(
    form: TableForm, published: Sequence[Row], *, name: str, label: str, page: str = PAGE
) -> list[dict[str, Cell]]:
    """The table read out as `label`, to be typed in, with CSV in and out; returns the rows that may stand.

    A row that may not stand yet is told in a sentence and not counted; a file that cannot be read changes nothing.
    """
    table = _table(form, published, name, shown=True, page=page)
    typed = table.typed
    if table.widget not in st.session_state:
        typed.rows = typed.latest  # another page was open in between, and the browser forgot what was typed
    edited = st.data_editor(
        _frame(form, typed.rows),
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        height="content" if len(typed.rows) <= MOST_IN_FULL else "auto",
        key=table.widget,
        alt=label,
        column_config=_columns(form),
        on_change=_edited,
        args=(table,),
    )
    typed.latest = edited.to_dicts()
    rows, told = form.complete(typed.latest)
    _files(table, rows)
    for sentence in [*told[:3], *([TOO_LARGE] if typed.large else [])]:
        st.warning(as_markdown(sentence))
    if typed.done:
        st.markdown(as_markdown(typed.done))
    return rows


def _edited(table: _Table) -> None:
    """Cells were typed: the link says so."""
    table.typed.latest = applied(table.typed.rows, st.session_state[table.widget])
    table.keep()


def applied(rows: Rows, edits: Mapping[str, Any]) -> Rows:
    """Rows with a data editor's edits: cells, then rows taken out, then rows put in."""
    changed: Mapping[int, Mapping[str, Any]] = edits.get("edited_rows", {})
    gone: Iterable[int] = edits.get("deleted_rows", [])
    kept = [{**row, **changed.get(place, {})} for place, row in enumerate(rows) if place not in set(gone)]
    return [*kept, *({**row} for row in edits.get("added_rows", []))]


def _frame(form: TableForm, rows: Sequence[Row]) -> pl.DataFrame:
    types = {column.key: pl.String() if column.holds_words else pl.Float64() for column in form.columns}
    return pl.DataFrame([{key: row.get(key) for key in form.keys} for row in rows], schema=types)


def _columns(form: TableForm) -> dict[str, Any]:
    config: dict[str, Any] = {}
    for column in form.columns:
        if column.choices:
            config[column.key] = st.column_config.SelectboxColumn(
                column.label, options=list(column.choices), default=column.fresh
            )
        elif column.holds_words:
            config[column.key] = st.column_config.TextColumn(column.label)
        else:
            config[column.key] = st.column_config.NumberColumn(
                column.label,
                min_value=column.low,
                max_value=column.high,
                format="localized" if column.is_amount else None,
                default=None if column.fresh is None else float(column.fresh),
            )
    return config


# ---- files ----------------------------------------------------------------------------------------------------------
def _files(table: _Table, rows: Sequence[Row]) -> None:
    """A closed box with both ways of a CSV file, and the way back to the table as it was."""
    form, typed, key = table.form, table.typed, table.key
    with st.popover("CSV in and out", key=f"{key}-files", icon=":material/table:"):
        st.markdown(
            f"Columns: {as_markdown(', '.join(form.keys))}. Up to {MOST_ROWS} rows and {MOST_BYTES // 1000} kB; rows "
            "are counted below the header. A file that cannot be read changes nothing."
        )
        st.download_button(
            "Download CSV", form.to_csv(rows), f"{form.name}.csv", "text/csv", on_click="ignore", key=f"{key}-out"
        )
        place = f"{key}-in-{typed.generation}"
        st.file_uploader(
            "Read a CSV file", type="csv", key=place, max_upload_size=1, on_change=_read, args=(table, place)
        )
        if typed.refused:
            st.warning(as_markdown(typed.refused))
        st.button("Take the table back to its start", key=f"{key}-back", on_click=_back, args=(table,))


def _read(table: _Table, place: str) -> None:
    """Take an uploaded file over, or say why not."""
    upload = st.session_state.get(place)
    if upload is None:
        return
    try:
        rows = table.form.read_csv(upload.getvalue())
    except BallastError as problem:
        told = f"{problem} The table stays as it was: correct the file and read it again."
        table.typed.refused, table.typed.done = told, ""
    else:
        table.typed.put([dict(row) for row in rows], f"{len(rows)} rows were read from {upload.name[:60]}.")
        table.keep()


def _back(table: _Table) -> None:
    table.typed.put(table.start, "As at the start.")
    table.keep()
