"""What the Proposal page computes beside the run itself, once per link and shared by everybody who looks at it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import polars as pl

from model import BallastError
from model.engine.results import Run
from model.gains.who_gains import conservation_words, who_gains
from model.outcomes import measures
from model.scenario import voted
from model.sensitivity.attribution import EXACT_UP_TO, Drivers, attribute_all
from model.sensitivity.flip_points import FlipPoints, flip_points
from model.sensitivity.parts import parts_of
from model.sensitivity.uncertainty import Question, Tornado, tornado
from ui.link import Moment
from ui.runs import projected

COUNTED = 200
"""Futures over which the ledger is summed: it needs every step of every flow, which takes memory."""


@dataclass(frozen=True)
class Gains:
    """Who gains and who pays, without the run it was read from.

    Attributes
    ----------
    summary
        One row per group, as `WhoGains.summary`, with relative: the mean difference over what the group has.
    line
        The conservation line in words.
    futures
        In how many futures; 0 for the single path.
    stopped
        How many of the compared worlds stop before the end.
    """

    summary: pl.DataFrame
    line: str
    futures: int
    stopped: int


def ledger_run(moment: Moment) -> Run:
    """Some of the futures of a moment at every step."""
    return projected(moment, draws=min(moment.futures, COUNTED))


@lru_cache(maxsize=24)
def gains_of(moment: Moment) -> Gains:
    """Ledger of scenario against baseline."""
    found = who_gains(ledger_run(moment))
    base = found.frame.group_by("group", maintain_order=True).agg(pl.col("base").mean())
    summary = found.summary.join(base, on="group", how="left", maintain_order="left").with_columns(
        pl.when(pl.col("base") > 0).then(pl.col("difference") / pl.col("base")).alias("relative")
    )
    return Gains(summary, conservation_words(found), min(moment.futures, COUNTED), found.stopped)


def single(moment: Moment) -> Moment:
    """The same on the single path: attribution and questions are asked there, whatever the seed."""
    return Moment(moment.scenario, moment.years, 0)


@lru_cache(maxsize=24)
def _drivers(moment: Moment) -> dict[str, Drivers] | str:
    columns = list(measures(moment.scenario.system))
    try:
        return attribute_all(moment.scenario, {name: name for name in columns}, years=moment.years)
    except BallastError as problem:
        return str(problem)


def drivers_of(moment: Moment) -> dict[str, Drivers] | str:
    """Shares of every measure's difference by part, or in a sentence why there are none."""
    return _drivers(single(moment))


def quick_drivers(moment: Moment) -> dict[str, Drivers]:
    """The same where it is quick: with few parts every combination is run, with many only below the fold."""
    if not 1 < len(parts_of(moment.scenario)) <= EXACT_UP_TO // 2:
        return {}
    found = drivers_of(moment)
    return {} if isinstance(found, str) else found


@lru_cache(maxsize=48)
def _tornado(moment: Moment, outcome: str) -> Tornado:
    return tornado(Question(moment.scenario, outcome, moment.years))


def tornado_of(moment: Moment, outcome: str) -> Tornado:
    """What each assumption does to the difference in one column."""
    return _tornado(single(moment), outcome)


@lru_cache(maxsize=48)
def _flips(moment: Moment, outcome: str) -> FlipPoints:
    return flip_points(Question(moment.scenario, outcome, moment.years))


def flips_of(moment: Moment, outcome: str) -> FlipPoints:
    """Values that turn the sign of the difference in one column."""
    return _flips(single(moment), outcome)


def voted_alone(moment: Moment) -> Moment | None:
    """The moment without what its proposals count on and no vote decides; None where they count on nothing."""
    alone = voted.voted_alone(moment.scenario)
    return replace(moment, scenario=alone) if alone else None


def as_put(moment: Moment) -> Moment:
    """The proposals of a moment with every provision on and nothing moved by hand."""
    shown = moment.scenario
    bare = replace(
        shown, changes={}, funded_by=None, assumptions={}, initial={}, start=None, phase_in_years=0.0, events=(),
        without=frozenset(),
    )  # fmt: skip
    return replace(moment, scenario=bare)
