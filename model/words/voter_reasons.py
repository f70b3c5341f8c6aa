"""Facts of a run that voters may name for or against a proposal; facts, never advice."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import polars as pl

from model.engine.results import Run
from model.outcomes import measures, outcome
from model.words.measure_sentences import is_tiny, measure_sentence
from model.words.text import quantity

Side = Literal["for", "against"]

WELCOME: dict[str, int] = {
    "supply": -1,
    "price": 1,
    "staking_yield": 1,
    "capacity": 1,
    "quality": 1,
    "revenue": 1,
    "provider_margin": 1,
    "treasury": 1,
    "user_price": -1,
}
"""Measures, and the direction that most of those who name them want: 1 higher, -1 lower."""

MOST = 5
ALWAYS = 3
"""So many of the largest gains and losses are named, on whichever side they stand."""


@dataclass(frozen=True)
class Fact:
    """One fact.

    Attributes
    ----------
    side
        Who usually names it.
    sentence
        The fact, with both values.
    chart
        Column of the chart that shows it; empty for gains of a group, which the ledger shows.
    """

    side: Side
    sentence: str
    chart: str = ""


def facts(run: Run, gains: pl.DataFrame | None = None) -> list[Fact]:
    """At most five on either side: what moves by more than the tolerance, then the groups that gain or pay most.

    Parameters
    ----------
    gains
        Summary of the ledger: label, difference and gains_in.
    """
    found = []
    offered = measures(run.system)
    for name, wanted in WELCOME.items():
        if name not in offered:
            continue
        result = outcome(run, offered[name])
        gap = result.scenario - result.baseline
        if math.isfinite(gap) and not is_tiny(result):
            side: Side = "for" if gap * wanted > 0 else "against"
            found.append(Fact(side, measure_sentence(run, offered[name]), name))
    groups = _groups(gains) if gains is not None else []
    largest = groups[:ALWAYS]
    sides: tuple[Side, Side] = ("for", "against")
    return [fact for side in sides for fact in _few(side, found, groups, largest)]


def _few(side: Side, moved: list[Fact], groups: list[Fact], largest: list[Fact]) -> list[Fact]:
    """Two groups or as many as are among the largest of all, after the measures."""
    own = [fact for fact in groups if fact.side == side]
    last = own[: max(2, sum(fact in largest for fact in own))]
    return [fact for fact in moved if fact.side == side][: MOST - len(last)] + last


def _groups(gains: pl.DataFrame) -> list[Fact]:
    """Groups by the size of what they gain or pay."""
    rows = gains.filter(pl.col("difference") != 0).sort(pl.col("difference").abs(), descending=True)
    return [
        Fact(
            "for" if line["difference"] > 0 else "against",
            f"{line['label']} would {'gain' if line['difference'] > 0 else 'lose'} "
            f"{quantity(abs(line['difference']), '$')} over the horizon, on average.",
        )
        for line in rows.iter_rows(named=True)
    ]
