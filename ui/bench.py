"""The parts of a bench: a table to type in with CSV in and out, the way into the economy, and published figures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl
import streamlit as st

from model import BallastError, Scenario, load_network
from model.networks.published import Published
from model.networks.tables import MOST_BYTES, MOST_ROWS, Cell, Row, TableForm
from model.parameters import parameter_keys
from model.text import change, month, number, percent, share_change
from ui import state
from ui.link import Moment
from ui.runs import run_of
from ui.text import as_markdown


# ---- a table to type in ---------------------------------------------------------------------------------------------
@dataclass
class _Typed:
    """What stands in one visitor's table; another `generation` is another widget, with nothing typed in yet."""

    rows: list[dict[str, Any]]
    latest: list[dict[str, Any]]
    generation: int = 0
    refused: str = ""
    done: str = ""

    def put(self, rows: list[dict[str, Any]], done: str) -> None:
        self.rows = self.latest = rows
        self.generation += 1
        self.refused, self.done = "", done


def bench_table(form: TableForm, published: Sequence[Row], *, key: str, label: str) -> list[dict[str, Cell]]:
    """The table named `label`, to be typed in, with CSV in and out; returns the rows that may stand.

    A row that may not stand yet is told in a sentence and not counted; a file that cannot be read changes nothing.
    """
    start = [dict(row) for row in published]
    typed: _Typed = st.session_state.setdefault(f"_bench-{key}", _Typed(start, start))
    widget = f"{key}-{typed.generation}"
    if widget not in st.session_state:
        typed.rows = typed.latest  # another page was open in between, and the browser forgot what was typed
    edited = st.data_editor(
        _frame(form, typed.rows),
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        key=widget,
        alt=label,
        column_config=_columns(form),
    )
    typed.latest = edited.to_dicts()
    rows, told = form.complete(typed.latest)
    _files(form, rows, start, typed, key)
    for sentence in told[:3]:
        st.warning(as_markdown(sentence))
    if typed.done:
        st.markdown(as_markdown(typed.done))
    return rows


def _frame(form: TableForm, rows: Sequence[Row]) -> pl.DataFrame:
    types = {column.key: pl.String() if column.holds_words else pl.Float64() for column in form.columns}
    return pl.DataFrame([{key: row.get(key) for key in form.keys} for row in rows], schema=types)


def _columns(form: TableForm) -> dict[str, Any]:
    config: dict[str, Any] = {}
    for column in form.columns:
        if column.choices:
            config[column.key] = st.column_config.SelectboxColumn(column.label, options=list(column.choices))
        elif column.holds_words:
            config[column.key] = st.column_config.TextColumn(column.label)
        else:
            low, high = column.low, column.high
            config[column.key] = st.column_config.NumberColumn(column.label, min_value=low, max_value=high)
    return config


def _files(form: TableForm, rows: Sequence[Row], start: list[dict[str, Any]], typed: _Typed, key: str) -> None:
    """A closed box with both ways of a CSV file, and the way back to the table as it was."""
    with st.popover("CSV in and out", key=f"{key}-files", icon=":material/table:"):
        st.markdown(
            f"Columns: {as_markdown(', '.join(form.keys))}. Up to {MOST_ROWS} rows and {MOST_BYTES // 1000} kB; a file "
            "that cannot be read changes nothing."
        )
        st.download_button(
            "Download CSV", form.to_csv(rows), f"{form.name}.csv", "text/csv", on_click="ignore", key=f"{key}-out"
        )
        place = f"{key}-in-{typed.generation}"
        st.file_uploader(
            "Read a CSV file",
            type="csv",
            key=place,
            max_upload_size=1,
            on_change=_read,
            args=(form, typed, place),
        )
        if typed.refused:
            st.warning(as_markdown(typed.refused))
        st.button(
            "Take the table back to its start", key=f"{key}-back", on_click=typed.put, args=(start, "As at the start.")
        )


def _read(form: TableForm, typed: _Typed, place: str) -> None:
    """Take an uploaded file over, or say why not."""
    upload = st.session_state.get(place)
    if upload is None:
        return
    try:
        rows = form.read_csv(upload.getvalue())
    except BallastError as problem:
        typed.refused, typed.done = f"{problem} The table stays as it was.", ""
    else:
        typed.put(rows, f"{len(rows)} rows were read from {upload.name[:60]}.")


# ---- between bench and economy --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class MacroPrice:
    """A price that the economy gives: what it is, and USD a token."""

    label: str
    usd: float


def shown_here(moment: Moment, network: str) -> bool:
    """Whether the scenario on screen is one of this network."""
    return moment.scenario.network.name == network


def macro_prices(moment: Moment, network: str) -> tuple[MacroPrice, ...]:
    """Prices that the economy has: the first day, and the end of the horizon where the scenario is of this network."""
    if not shown_here(moment, network):
        own = load_network(network)
        return (MacroPrice(f"of {own.title}, {month(own.as_of)}", own.initial["price"]),)
    own = moment.scenario.network
    run = run_of(moment)
    first = MacroPrice(
        f"of the scenario on its first day, {month(own.as_of)}",
        moment.scenario.initial.get("price", own.initial["price"]),
    )
    last = float(run.values("price")[list(run.worlds).index("scenario")][-1])
    return (first, MacroPrice(f"of the scenario after {moment.years} years", last))


def price_from_economy(moment: Moment, network: str, *, key: str) -> float:
    """USD a token: picked from the economy, or typed over."""
    prices = macro_prices(moment, network)
    picked = st.selectbox(
        "Price from the economy",
        prices,
        format_func=lambda price: f"{price.label}: ${number(price.usd)}",
        key=f"{key}-from",
    )
    usd = picked.usd if picked else prices[0].usd
    return float(
        st.number_input(
            "Price, USD a token", min_value=1e-6, value=usd, format="%.4g", key=f"{key}-price-{usd:.6g}", step=usd / 20
        )
    )


@dataclass(frozen=True)
class ToEconomy:
    """What a bench sets in the economy: values by parameter key, and the sentence that says so."""

    values: Mapping[str, float]
    sentence: str
    network: str
    refused: str = field(default="", compare=False)


def use_in_economy(given: ToEconomy, *, key: str) -> None:
    """The button that sets parameters of the economy from the bench, all at once; Undo takes them back together."""
    if not given.values:
        return
    st.space("small")
    st.button("Use in the economy", key=f"{key}-use", on_click=_use, args=(given, key), icon=":material/input:")
    note = st.session_state.get(f"_used-{key}")
    own = state.scenario().values if shown_here(state.now(), given.network) else {}
    equal = all(key in own and math.isclose(own[key], value, rel_tol=1e-9) for key, value in given.values.items())
    if note and note[0] in (None, state.now()):
        (st.warning if note[0] is None else st.markdown)(as_markdown(note[1]))
    elif equal:
        st.markdown(as_markdown(f"The economy has it already: {given.sentence}"))
    else:
        st.markdown(as_markdown(f"It would set {given.sentence}"))


def _use(given: ToEconomy, key: str) -> None:
    now = state.now()
    try:
        shown = now.scenario
        if not shown_here(now, given.network):
            shown = Scenario(load_network(given.network))
        made = replace(now, scenario=with_values(shown, given.values))
    except BallastError as problem:
        st.session_state[f"_used-{key}"] = (None, f"{problem} Nothing was changed.")
        return
    state.load(made)
    st.session_state[f"_used-{key}"] = (made, f"Set in the economy: {given.sentence} Undo takes it back.")


def with_values(shown: Scenario, values: Mapping[str, float]) -> Scenario:
    """The scenario with parameters set together, so that shares add up; what equals today's is no change."""
    keys = parameter_keys(shown.structure)
    levers = {key: value for key, value in values.items() if key not in keys or keys[key].declared.kind == "lever"}
    assumed = {key: value for key, value in values.items() if key not in levers}

    def kept(part: Mapping[str, float], fresh: Mapping[str, float]) -> dict[str, float]:
        others = {key: value for key, value in part.items() if key not in fresh}
        own = shown.baseline_values
        moved = {key: value for key, value in fresh.items() if key not in own or abs(own[key] - value) > 1e-12}
        return {**others, **(fresh if len(moved) and shown.stacked else moved)}

    return replace(shown, changes=kept(shown.changes, levers), assumptions=kept(shown.assumptions, assumed))


# ---- figures and words ----------------------------------------------------------------------------------------------
def published_figures(found: Iterable[Published], *, key: str) -> None:
    """Figures as published, each with date, source and grade."""
    rows = [
        {
            "Figure": own.what,
            "Value": own.value,
            "Unit": own.unit,
            "Date": own.on,
            "Grade": own.grade,
            "Source": own.source,
            "Link": own.link,
        }
        for own in found
    ]
    with st.expander(f"Published figures ({len(rows)})", key=f"{key}-published"):
        st.markdown(
            "Primary: from the network itself. Secondary: from somebody who reports it. Derived: worked out from such "
            "figures. Assumed: nobody publishes it."
        )
        config: dict[str, Any] = {
            "Link": st.column_config.LinkColumn(display_text="open", width=60),
            "Value": st.column_config.NumberColumn(format="localized"),
            "Source": st.column_config.Column(width=320),
        }
        st.dataframe(pl.DataFrame(rows), hide_index=True, width="stretch", column_config=config)


def two_rules(rules: Mapping[str, str], *, key: str, first: str, second: str) -> tuple[str, str]:
    """Two rules to hold against each other, by key: the one in force and the one it would become."""
    names = list(rules)
    left, right = st.columns(2)
    one = left.selectbox("From", names, index=names.index(first), format_func=rules.__getitem__, key=f"{key}-from-rule")
    other = right.selectbox("To", names, index=names.index(second), format_func=rules.__getitem__, key=f"{key}-to-rule")
    return str(one), str(other)


def written(rows: Sequence[Mapping[str, object]]) -> None:
    """A table of results: numbers with three significant digits, on the right."""
    if not rows:
        return
    numeric = {name for row in rows for name, value in row.items() if isinstance(value, float)}
    shown = [
        {name: number(value) if isinstance(value, float) else value for name, value in row.items()} for row in rows
    ]
    config = {name: st.column_config.Column(alignment="right") for name in numeric}
    st.dataframe(pl.DataFrame(shown), hide_index=True, width="stretch", column_config=config)


def sentences(*said: str) -> None:
    """Sentences with numbers, as plain words."""
    st.markdown(as_markdown(" ".join(part for part in said if part)))


def plain(text: str) -> str:
    """A sentence for a chart, as plain words."""
    return as_markdown(text)


def beside(figures: Mapping[str, tuple[float, float]], first: str, second: str) -> list[dict[str, object]]:
    """Rows of a table with an amount under two rules and what changes."""
    return [
        {
            "Figure": name,
            first: number(own),
            second: number(other),
            "Difference": number(other - own),
            "Change": change(other, own),
        }
        for name, (own, other) in figures.items()
    ]


def shares_beside(figures: Mapping[str, tuple[float, float]], first: str, second: str) -> list[dict[str, object]]:
    """The same for shares: their difference is in percentage points."""
    return [
        {
            "Figure": name,
            first: percent(own),
            second: percent(other),
            "Difference": share_change(other, own),
            "Change": change(other, own),
        }
        for name, (own, other) in figures.items()
    ]
