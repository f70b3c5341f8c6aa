"""Bittensor bench: the same subnets under two rules, who gains and who loses, and the published snapshot."""

from __future__ import annotations

from functools import lru_cache

import polars as pl
import streamlit as st

from charts.before_after import before_after, pairs
from model import BallastError, load_network
from model.networks.bittensor.forms import (
    MOVING_BAR,
    MOVING_BAR_MASS,
    SUBNET_FORM,
    SUBNET_NOTE,
    moving_bar,
    moving_bar_rows,
    snapshot_rows,
    subnets_of,
)
from model.networks.bittensor.rules import (
    RULES,
    RuleSettings,
    ShareChange,
    Subnets,
    effect_of_more,
    moved,
    rules_until,
    what_changes,
)
from model.networks.bittensor.snapshot import PUBLISHED, SOURCE, STORED_TOTAL, SUBNETS, daily_tao, reproduced
from model.networks.tables import Cell
from model.words.text import exact, month
from ui.chart import show_chart
from ui.link import Moment
from ui.network.bench import published_figures, sentences, written
from ui.network.bench_fields import ChoiceBox, CountBox, NumberBox, put, show_two, two_rules
from ui.network.bench_table import as_field, bench_table, table_rows
from ui.text import as_markdown, number, percent, percentage_points

TABLE = "shares.subnets"
ROOT_WEIGHTS = (
    "Not offered: the rule before 13 February 2025, when validators on root set weights on subnets and Yuma consensus "
    "made shares of them. It reads those weights and none of the figures below. The Yuma consensus tab computes such "
    "weights, with subnets in the place of miners."
)
MOST_SHOWN = 16
"""Bars of subnets: those that have or move most; the table holds all."""


def shares_part(_: Moment) -> None:
    """What changes for every subnet if one rule gives way to another."""
    answer = st.container()
    before, after = show_two(pair())
    st.markdown(as_markdown(f"From: {RULES[before].words}  To: {RULES[after].words}"))
    st.markdown(BURN_HERE)
    settings = _settings()
    st.markdown(ROOT_WEIGHTS)
    st.subheader("Subnets", anchor=False)
    st.markdown(as_markdown(SUBNET_NOTE))
    rows = bench_table(SUBNET_FORM, snapshot_rows(), name=TABLE, label="Subnets and what the rules read of them")
    with answer:
        _answer(rows, before, after, settings)
    _moving_bar(settings)
    _published()


def subnet_rows() -> list[dict[str, Cell]]:
    """Rows of the table as they stand for other parts of the bench, which do not show it."""
    return table_rows(SUBNET_FORM, snapshot_rows(), name=TABLE)


BURN_HERE = (
    "Burn here is the part of miners' pay that a subnet withholds; the chain recycles it, so that it can be issued "
    "again. What users pay is another matter: none of it has to be burned."
)


@lru_cache(maxsize=1)
def pair() -> dict[str, ChoiceBox]:
    """The rule in force on the network's date, and the one before it."""
    day = load_network("bittensor").as_of
    before, now = rules_until(day)
    titles = {key: f"{rule.titled}{f', in force in {month(day)}' if key == now else ''}" for key, rule in RULES.items()}
    return two_rules(titles, name="shares", first=before, second=now)


_OWN = RuleSettings()
MASS = NumberBox("shares.mass", "Gate: bar by mass, share of all prices", _OWN.mass, 0.01, 1, 0.01)
RANK = CountBox("shares.rank", "Gate: bar by rank", _OWN.rank, 1, 128)
SHARP = NumberBox("shares.sharp", "Gate: exponent, how sharp it is", _OWN.exponent, 0.1, 20, 0.1)
CUTOFF = NumberBox("shares.cutoff", "Flow: cutoff, TAO a day", _OWN.cutoff, -1e6, 1e6, 10)
POWER = NumberBox("shares.power", "Flow: exponent", _OWN.flow_exponent, 1, 2, 0.1)
FIRST = CountBox("shares.first", "Tiers: subnets in the first", _OWN.first, 1, 128)
SECOND = CountBox("shares.second", "Tiers: subnets in the second", _OWN.second, 0, 128)
PART = NumberBox("shares.part", "Tiers: share of the first", _OWN.first_share, 0, 1, 0.05)
FACTOR = NumberBox("shares.factor", "Multiply the second subnet's price by", 1.05, 1, 2, 0.01)
TOTAL = NumberBox(
    "shares.total", "Stored total: price x (1 - burn) over all subnets with emission on, TAO", STORED_TOTAL, 0.001, 100,
    0.0001, "%.5f",
)  # fmt: skip


def _settings() -> RuleSettings:
    """Settings that the rules read, each with what the chain uses."""
    with st.popover("Settings of the rules", icon=":material/tune:", key="rule-settings"):
        return RuleSettings(
            MASS.show(), RANK.show(), SHARP.show(), CUTOFF.show(), POWER.show(), FIRST.show(), SECOND.show(),
            PART.show(),
        )  # fmt: skip


def _answer(rows: list[dict[str, Cell]], before: str, after: str, settings: RuleSettings) -> None:
    if not rows:
        st.warning("The table has no subnet: add a row, or take the table back to its start.")
        return
    try:
        subnets = subnets_of(rows)
        changes = what_changes(before, after, subnets, settings)
    except BallastError as problem:
        st.warning(as_markdown(str(problem)))
        return
    titles = RULES[before].title, RULES[after].title
    cut = " The largest are drawn, the table has all." if len(changes) > MOST_SHOWN else ""
    shown = sorted(changes, key=lambda row: -max(row.before, row.after, abs(row.difference)))[:MOST_SHOWN]
    show_chart(
        before_after("share of emission: hollow before, filled after", rows=len(shown)),
        _bars(shown, titles),
        key="subnet-shares",
        sentence=as_markdown(said(changes, RULES[before].plain, RULES[after].plain)),
        unit="share of emission",
        source=as_markdown(
            f"hollow: {titles[0]}; filled: {titles[1]}. Half a TAO a block; shares among the subnets of the table. "
            f"Prices, burns and alpha: {SOURCE}, 2026-07-08 (primary); users' flows invented; rules: "
            f"subtensor, subnet_emissions.rs (primary).{cut}"
        ),
        table=_table(changes),
    )


def said(changes: tuple[ShareChange, ...], before: str, after: str) -> str:
    """What moves from whom to whom, in words."""
    if not any(row.after for row in changes):
        return f"Under {after} no subnet of the table would receive anything: the chain would leave the TAO unspent."
    if not any(row.before for row in changes):
        return f"Under {before} no subnet of the table receives anything; under {after} all of it would be paid out."
    share = moved(changes)
    if share < 5e-5:
        return f"From {before} to {after} nothing would move between these subnets."
    ordered = sorted(changes, key=lambda row: row.difference)
    gains = [row for row in reversed(ordered) if row.difference > 5e-5][:1]
    losses = [row for row in ordered if row.difference < -5e-5][:1]
    return (
        f"Gaining most: {_listed(gains)}; losing most: {_listed(losses)}. From {before} to {after}, {percent(share)} "
        f"of emission would move, about {number(daily_tao(share))} TAO a day."
    )


def _listed(rows: list[ShareChange]) -> str:
    return ", ".join(f"{row.name} ({percentage_points(row.difference)})" for row in rows) or "none"


def _bars(shown: list[ShareChange], titles: tuple[str, str]) -> pl.DataFrame:
    return pairs(((row.name, row.before, row.after) for row in shown), titles, percent)


def _table(changes: tuple[ShareChange, ...]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "subnet": [row.name for row in changes],
            "share before": [row.before for row in changes],
            "share after": [row.after for row in changes],
            "difference": [row.difference for row in changes],
            "TAO a day before": [daily_tao(row.before) for row in changes],
            "TAO a day after": [daily_tao(row.after) for row in changes],
        }
    )


def _moving_bar(settings: RuleSettings) -> None:
    """The counter-example of the gate by mass, computed on the spot."""
    with st.expander("When a higher price lowers a share: the gate by mass", key="moving-bar"):
        own: Subnets = moving_bar()
        by_mass = RuleSettings(mass=MOVING_BAR_MASS, exponent=settings.exponent)
        factor = FACTOR.show()
        before, after = effect_of_more("gate-mass", own, 1, factor, by_mass)
        plain_before, plain_after = effect_of_more("price", own, 1, factor, by_mass)
        prices = ", ".join(f"{name} {price:g}" for name, price in MOVING_BAR)
        sentences(
            f"Four subnets with prices {prices}, and the bar at a mass of {MOVING_BAR_MASS:g}.",
            f"If the second one's price were {number(factor)} times as high, its share would go from {percent(before)} "
            f"to {percent(after)} under the gate by mass, and from {percent(plain_before)} to {percent(plain_after)} "
            "under price alone.",
            "The bar moves with the input: once the first two subnets alone reach the mass, the second one becomes "
            "the bar itself and is halved. Under price, flow and a fixed bar a higher input never lowers a share.",
            f"Ranked tiers can do it too: a subnet alone in the second tier holds {percent(1 - _OWN.first_share)}, and "
            "would hold less as the last of the first.",
        )
        with st.container(horizontal=True):
            st.button("Load these four subnets", key="moving-bar-load", on_click=_load_moving_bar, args=(1.0,))
            st.button(
                "Load them with the higher price", key="moving-bar-raise", on_click=_load_moving_bar, args=(factor,)
            )
        st.markdown("Either replaces the table above and sets both rules and the mass; Undo takes it back.")


def _load_moving_bar(factor: float) -> None:
    """Put the example on the bench, as one step of the history."""
    rows = as_field(SUBNET_FORM, snapshot_rows(), moving_bar_rows(factor), name=TABLE)
    put({**rows, pair()["from"].field: "price", pair()["to"].field: "gate-mass", MASS.field: MOVING_BAR_MASS})


def _published() -> None:
    """The snapshot, its shares computed again from prices, burns and the stored total."""
    with st.expander("Published snapshot of 8 July 2026, computed again", key="snapshot", on_change="rerun") as box:
        if box.open:
            _reproduced()
    published_figures(PUBLISHED, key="bittensor")


def _reproduced() -> None:
    """Published shares beside those computed from prices, burns and the stored total."""
    shares = reproduced(TOTAL.show())
    far = max(abs(share - own.share) for own, share in zip(SUBNETS, shares, strict=True))
    sentences(
        f"From price, burn and the stored total the twelve published shares come out again to within "
        f"{percentage_points(far)}; together they are {percent(sum(shares))} of all emission."
    )
    written(
        [
            {
                "Subnet": f"{own.name} ({own.number})",
                "Moving price, TAO": exact(own.price),
                "Withheld": percent(own.burn),
                "Share published": exact(own.share),
                "Share computed": exact(round(share, 6)),
                "TAO a day": number(daily_tao(share)),
            }
            for own, share in zip(SUBNETS, shares, strict=True)
        ]
    )
