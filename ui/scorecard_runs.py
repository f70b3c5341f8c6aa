"""What was measured for the scorecard of a link: once per scenario, horizon and futures, whatever the thresholds."""

from __future__ import annotations

from functools import lru_cache

from model import Scenario, load_network
from model.scorecard import Measured, Scorecard, Thresholds, measured
from ui.link import Moment
from ui.runs import run_of


@lru_cache(maxsize=48)
def measured_of(moment: Moment) -> tuple[Measured, Measured]:
    """Baseline and scenario of a moment."""
    return measured(moment.scenario, run_of(moment), seed=moment.seed)


def cards(moment: Moment, thresholds: Thresholds) -> tuple[Scorecard, Scorecard]:
    """Both scorecards by some thresholds."""
    before, after = measured_of(moment)
    return before.scored(thresholds), after.scored(thresholds)


def today_of(name: str, like: Moment) -> Moment:
    """A network under today's rules, over the same horizon in the same futures."""
    return Moment(Scenario(load_network(name)), like.years, like.futures, like.seed)
