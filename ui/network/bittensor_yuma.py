"""Bittensor bench: Yuma consensus over many epochs, from stake and weights to incentive and dividends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl
import streamlit as st

from charts.before_after import before_after, pairs
from charts.curves import along, curves
from model import BallastError
from model.networks.bittensor.consensus import KAPPA, LiquidAlpha, YumaEpoch
from model.networks.bittensor.economy import Scoring, scoring
from model.networks.bittensor.forms import (
    MINER_FORM,
    MOST_MINERS,
    miner_rows,
    stake_and_weights,
    weight_rows,
    weights_form,
)
from model.networks.bittensor.yuma_bench import (
    CASES,
    MOST_EPOCHS,
    YumaCase,
    YumaTerms,
    agreement,
    dividends_over_stake,
    quality_at_end,
    run_epochs,
    stake_shares,
    total_dividends,
)
from model.networks.inputs import Floats
from model.networks.tables import Cell
from ui.chart import show_chart
from ui.link import Moment
from ui.network.bench import sentences, written
from ui.network.bench_fields import ChoiceBox, CountBox, NumberBox, Switch
from ui.network.bench_table import bench_table, table_rows
from ui.text import as_markdown, number, percent

_SOURCE = (
    "subtensor, run_epoch.rs and math.rs (2026-06-30, primary); stake, weights and quality as typed in the tables."
)


@dataclass(frozen=True, eq=False)
class YumaRun:
    """What one subnet's validators decided, epoch by epoch."""

    validators: tuple[str, ...]
    miners: tuple[str, ...]
    stake: Floats
    weights: Floats
    epochs: tuple[YumaEpoch, ...]
    scoring: Scoring | None

    @property
    def last(self) -> YumaEpoch:
        """The last epoch."""
        return self.epochs[-1]


def yuma_part(_: Moment) -> None:
    """The consensus bench: an example or one's own tables, and what comes of them."""
    name = EXAMPLE.show()
    case = CASES[name]
    st.markdown(as_markdown(case.sentence))
    answer = st.container()
    terms, miners = _terms(case, name)
    st.subheader("Stake and weights", anchor=False)
    st.markdown("One row per validator; rows of weights are normalised. A validator without stake does not count.")
    rows = bench_table(
        weights_form(miners),
        weight_rows(case, miners),
        name=f"yuma.weights.{name}.{miners}",
        label="Validators' stake and weights on miners",
    )
    st.markdown("Whose work is good: consensus does not know it, the figures of scoring above are held against it.")
    marked = bench_table(
        MINER_FORM, miner_rows(case, miners), name=f"yuma.miners.{name}.{miners}", label="Miners and their quality"
    )
    with answer:
        run = computed(rows, marked, miners, terms)
        if run is not None:
            _answer(run)


def last_run() -> tuple[str, YumaRun | None]:
    """Title and outcome of the consensus bench as it stands, where its own tab is not open."""
    name = EXAMPLE.value()
    case, miners = CASES[name], _miners(CASES[name]).value()
    rows = table_rows(weights_form(miners), weight_rows(case, miners), name=f"yuma.weights.{name}.{miners}")
    marked = table_rows(MINER_FORM, miner_rows(case, miners), name=f"yuma.miners.{name}.{miners}")
    return case.title, computed(rows, marked, miners, _standing(case, name))


# ---- settings -------------------------------------------------------------------------------------------------------
EXAMPLE = ChoiceBox("yuma.case", "Example", {key: case.title for key, case in CASES.items()}, next(iter(CASES)))
VERSION = ChoiceBox("yuma.version", "Version", {"1": "1", "3": "3"}, "3", help="New subnets have 3; 1 is older.")
KAPPA_BOX = NumberBox(
    "yuma.kappa", "Kappa", KAPPA, 0.01, 0.99, 0.01, "%.2f", 130, "Share of stake that must support a weight."
)
PENALTY = NumberBox(
    "yuma.penalty", "Bonds penalty", 1, 0, 1, 0.05, "%.2f", 130,
    "How far bonds follow clipped instead of given weights.",
)  # fmt: skip
LIQUID = Switch("yuma.liquid", "Liquid alpha", "Version 3: how fast bonds follow depends on consensus.")
LOW = NumberBox("yuma.low", "Lowest alpha", LiquidAlpha().low, 0, 1, 0.01, "%.2f", 150)
HIGH = NumberBox("yuma.high", "Highest alpha", LiquidAlpha().high, 0, 1, 0.01, "%.2f", 150)
STEEP = NumberBox("yuma.steep", "Steepness", LiquidAlpha().steepness, -5000, 5000, 100, "%.0f", 150)


def _epochs(case: YumaCase) -> CountBox:
    return CountBox("yuma.epochs", "Epochs", case.terms.epochs, 1, MOST_EPOCHS, 130)


def _turn(case: YumaCase, name: str) -> CountBox:
    help = "0 for never; weights then go to the next miner."
    at = case.terms.turn_at or 0
    return CountBox(f"yuma.turn.{name}", "Quality moves on at epoch", at, 0, MOST_EPOCHS, 200, help)


def _miners(case: YumaCase) -> CountBox:
    return CountBox("yuma.count", "Miners", len(case.miners), 2, MOST_MINERS, 110)


def _terms(case: YumaCase, name: str) -> tuple[YumaTerms, int]:
    """Settings of the subnet, and how many miners the table has."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        VERSION.show(beside=True)
        KAPPA_BOX.show()
        PENALTY.show()
        _epochs(case).show()
        _turn(case, name).show()
        miners = _miners(case).show()
    if LIQUID.show():
        with st.container(horizontal=True, gap="small"):
            for box in (LOW, HIGH, STEEP):
                box.show()
    return _standing(case, name), miners


def _standing(case: YumaCase, name: str) -> YumaTerms:
    """Settings of the subnet as they stand."""
    liquid, bounds = None, (LOW.value(), HIGH.value(), STEEP.value())
    if LIQUID.value():
        try:
            liquid = LiquidAlpha(*bounds)
        except BallastError as problem:
            st.warning(as_markdown(f"{problem} Liquid alpha stays off."))
    version: Literal[1, 3] = 1 if VERSION.value() == "1" else 3
    epochs, turn = _epochs(case).value(), _turn(case, name).value()
    return YumaTerms(version, KAPPA_BOX.value(), PENALTY.value(), liquid, epochs, turn or None)


def computed(
    rows: list[dict[str, Cell]], marked: list[dict[str, Cell]], miners: int, terms: YumaTerms
) -> YumaRun | None:
    """Epochs of the tables, or a sentence where they cannot be computed."""
    try:
        stake, weights, copies = stake_and_weights(rows, miners)
        epochs = run_epochs(stake, weights, copies, terms)
    except BallastError as problem:
        st.warning(as_markdown(str(problem)))
        return None
    names = [str(row["miner"]) for row in marked][:miners]
    names += [f"Miner {place}" for place in range(len(names) + 1, miners + 1)]
    high = [row["quality"] == "high" for row in marked][:miners]
    high += [False] * (miners - len(high))
    found = None
    try:
        found = scoring(epochs[-1].incentive, quality_at_end(high, terms))
    except BallastError as problem:
        st.warning(as_markdown(f"Scoring cannot be judged: {problem}"))
    validators = tuple(str(row["validator"]) for row in rows)
    return YumaRun(validators, tuple(names), stake, weights, epochs, found)


# ---- what comes out -------------------------------------------------------------------------------------------------
def _answer(run: YumaRun) -> None:
    with st.container(key="sentence-yuma"):
        sentences(outcome(run))
    paid, held = total_dividends(run.epochs), stake_shares(run.stake)
    show_chart(
        before_after("hollow: share of stake; filled: share of dividends", rows=len(run.validators)),
        _pairs(run.validators, held.tolist(), paid.tolist(), ("stake", "dividends of all epochs")),
        key="yuma-dividends",
        sentence=as_markdown(_dividend_sentence(run, paid, held)),
        unit="share",
        source=as_markdown(f"hollow: share of stake; filled: share of all dividends. {_SOURCE}"),
    )
    given = run.last.unclipped_ranks
    total = float(given.sum())
    before = (given / total if total else given).tolist()
    show_chart(
        before_after("share of miners' pay: hollow as given, filled after clipping", rows=len(run.miners)),
        _pairs(run.miners, before, run.last.incentive.tolist(), ("as given", "after clipping")),
        key="yuma-incentive",
        sentence=as_markdown("What miners would be paid in the last epoch, before and after consensus cuts weights."),
        unit="share of miners' pay",
        source=as_markdown(f"hollow: weights by stake as given; filled: incentive. {_SOURCE}"),
    )
    _over_epochs(run)
    _tables(run)


def outcome(run: YumaRun) -> str:
    """The answer in one or two sentences."""
    agreed = f"After {len(run.epochs)} epochs consensus leaves {percent(agreement(run.last))} of weight in place"
    if run.scoring is None:
        return f"{agreed}."
    found = run.scoring
    if found.raw_contrast < 0:
        return (
            f"{agreed}; an average miner of low quality would be paid {percent(found.low)} and one of high quality "
            f"{percent(found.high)}: scores favour low quality, contrast is 0."
        )
    return (
        f"{agreed}; an average miner of high quality would be paid {percent(found.high)} and one of low quality "
        f"{percent(found.low)}: a contrast of {percent(found.contrast)}, as from verdicts that are right in "
        f"{percent(found.accuracy)} of cases."
    )


def _dividend_sentence(run: YumaRun, paid: Floats, held: Floats) -> str:
    staked = [place for place in range(len(run.validators)) if held[place] > 0]
    if not staked or not paid.any():
        return "No validator would receive dividends: emission goes by stake."
    least = min(staked, key=lambda place: paid[place] / held[place])
    return (
        f"{run.validators[least]} holds {percent(float(held[least]))} of stake and would receive "
        f"{percent(float(paid[least]))} of all dividends: the least for its stake."
    )


def _pairs(
    names: Sequence[str], before: Sequence[float], after: Sequence[float], words: tuple[str, str]
) -> pl.DataFrame:
    return pairs(zip(names, before, after, strict=True), words, percent)


def _over_epochs(run: YumaRun) -> None:
    """One validator's dividends for its stake over the epochs."""
    if len(run.epochs) < 2:
        return
    titles = {str(place): name for place, name in enumerate(run.validators, start=1)}
    place = int(ChoiceBox("yuma.of", "Validator", titles, str(len(titles))).show()) - 1
    ratios = dividends_over_stake(run.epochs, run.stake, place)
    counts = list(range(1, len(ratios) + 1))
    least = ratios.index(min(ratios)) + 1
    show_chart(
        curves("dividends over stake", (("scenario", "this validator"), ("baseline", "by stake")), across="epoch"),
        along(counts, {"scenario": ratios, "baseline": [1.0] * len(counts)}),
        key="yuma-by-epoch",
        sentence=as_markdown(
            f"{run.validators[place]} would receive {number(ratios[0])} times its share of stake in the first "
            f"epoch, {number(ratios[-1])} times in the last, and least in epoch {least}: "
            f"{number(ratios[least - 1])} times."
        ),
        unit="share of dividends over share of stake",
        source=as_markdown(_SOURCE),
    )


def _tables(run: YumaRun) -> None:
    """Everything that the last epoch decides."""
    with st.expander("Consensus, clipped weights, bonds, incentive and dividends of the last epoch", key="yuma-all"):
        epoch = run.last
        written(
            [
                {"Miner": name, "Consensus": number(c, 6), "Rank": number(r, 6), "Incentive": number(i, 6)}
                for name, c, r, i in zip(
                    run.miners, epoch.consensus.tolist(), epoch.ranks.tolist(), epoch.incentive.tolist(), strict=True
                )
            ]
        )
        written(
            [
                {"Validator": name, "Trust": number(trust, 6), "Dividends": number(paid, 6)}
                for name, trust, paid in zip(
                    run.validators, epoch.validator_trust.tolist(), epoch.dividends.tolist(), strict=True
                )
            ]
        )
        for title, matrix in (("Clipped weights", epoch.clipped_weights), ("Bonds", epoch.bonds)):
            st.markdown(title)
            written(
                [
                    {"Validator": name, **{miner: number(v, 6) for miner, v in zip(run.miners, line, strict=True)}}
                    for name, line in zip(run.validators, matrix.tolist(), strict=True)
                ]
            )
