"""The parts of a bench beside its tables: the economy's price, the way into the economy, and published figures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
import streamlit as st

from model import BallastError, Scenario, load_network
from model.networks.published import Published
from model.parameters import parameter_keys
from model.words.text import change, month, number, percent, share_change
from ui import state
from ui.link import Moment
from ui.network.bench_fields import ChoiceBox, NumberBox
from ui.runs import run_of
from ui.text import as_markdown, quantity

TODAYS = "today's price"
MOST_USD = 1e6
"""Highest price of a token that can be typed."""


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


def price_from_economy(moment: Moment, network: str, *, name: str) -> float:
    """USD a token: picked from the economy, or typed over; picking another price forgets what was typed."""
    prices = macro_prices(moment, network)
    titles = {str(place): f"{price.label}: ${number(price.usd)}" for place, price in enumerate(prices)}
    origin = ChoiceBox(f"{name}.price_from", "Price from the economy", titles, "0")
    usd = prices[int(origin.show(clears=f"network.{name}.price"))].usd
    return NumberBox(f"{name}.price", "Price, USD a token", usd, 1e-6, MOST_USD, max(usd / 20, 1e-6), "%.4g").show()


def price_words(moment: Moment, network: str, usd: float) -> str:
    """One price held over all years, in words: today's where it is that of the first day."""
    today = math.isclose(usd, macro_prices(moment, network)[0].usd, rel_tol=1e-3)
    return f"{TODAYS if today else 'the price above'} of {quantity(usd, '$')}, on every day,"


@dataclass(frozen=True)
class ToEconomy:
    """What a bench sets in the economy: values by parameter key, the sentence that says so, and what is chosen in it.

    `choice` says where the economy simplifies what the chain does; empty where it computes the chain's own rule.
    """

    values: Mapping[str, float]
    sentence: str
    network: str
    choice: str = ""


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
    if given.choice:
        st.markdown(as_markdown(f"A modelling choice: {given.choice}"))


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
