"""What was measured for the scorecard of a link: once per scenario, horizon and futures, whatever the thresholds."""

from __future__ import annotations

from functools import lru_cache

from model import BallastError, Scenario, load_network
from model.governance.capture import Flow, taking
from model.governance.interest import affiliates_of
from model.scorecard import Measured, Scorecard, Thresholds, measured
from model.scorecard.affiliates import capture_ratio
from ui.link import Moment
from ui.proposal.runs import gains_of
from ui.runs import run_of
from ui.vote.fields import DECLARED, FLOWS


@lru_cache(maxsize=48)
def measured_of(moment: Moment) -> tuple[Measured, Measured]:
    """Baseline and scenario of a moment."""
    return measured(moment.scenario, run_of(moment), seed=moment.seed)


def cards(moment: Moment, thresholds: Thresholds) -> tuple[Scorecard, Scorecard]:
    """Both scorecards by some thresholds."""
    before, after = measured_of(moment)
    return before.scored(thresholds), after.scored(thresholds, capture_of(moment))


def capture_of(moment: Moment) -> float | None:
    """What affiliates would take of all gains: as the proposals declare them, else as typed on the Vote page.

    None where nobody declared anything.
    """
    declared = affiliates_of(moment.scenario.stacked)
    if declared is not None:
        return capture_ratio(gains_of(moment).summary if declared else None, declared)
    asked = dict(moment.page_fields)
    try:
        if not DECLARED.read(asked.get(DECLARED.key, "0")) or FLOWS.key not in asked:
            return None
        flows = [
            Flow(str(row["name"]), float(row["before"]), float(row["after"]), bool(row["affiliated"]))
            for row in FLOWS.read(asked[FLOWS.key])
        ]
        return taking(flows).capture
    except (BallastError, KeyError, TypeError, ValueError):
        return None  # the Vote page tells what is wrong with them


def today_of(name: str, like: Moment) -> Moment:
    """A network under today's rules, over the same horizon in the same futures."""
    return Moment(Scenario(load_network(name)), like.years, like.futures, like.seed)
