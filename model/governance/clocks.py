"""How long rules take: the vote, what prolongs it, and the wait before it takes effect."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from model.errors import OutOfRangeError
from model.governance.rules import Clock
from model.networks.bittensor.governance import DAY, LONGEST, review_delay


def _days(name: str, value: float) -> float:
    if not 0 <= value < 1e6:
        raise OutOfRangeError(f"{name} is {value}", where="clock", allowed="days, 0 or more")
    return float(value)


def wait_for_quiet(period: float, margin: float, flips: Iterable[float] = ()) -> float:
    """Day on which a vote closes that is prolonged whenever the lead changes.

    A change at day e moves the deadline to at least e + W + P/2 - e/2, so that it ends by P + 2 W.
    Source: dfinity/ic, rs/nns/governance/src/proposals (evaluate_wait_for_quiet).

    Parameters
    ----------
    period, margin
        P and W, days.
    flips
        Days on which yes > no turned to yes <= no or back; what comes after the deadline then standing is not counted.
    """
    whole, longer = _days("period", period), _days("margin", margin)
    deadline = whole
    for elapsed in sorted(_days("change of lead", flip) for flip in flips):
        if elapsed > deadline:
            break
        deadline = max(deadline, elapsed + max(0.0, longer + whole / 2 - elapsed / 2))
    return deadline


def late_quorum(period: float, extension: float, reached: float | None) -> float:
    """Day on which a vote closes that stays open some days after its quorum was first reached.

    Source: OpenZeppelin GovernorPreventLateQuorum.
    """
    whole = _days("period", period)
    if reached is None or reached > whole:
        return whole
    return max(whole, _days("reached", reached) + _days("extension", extension))


def review_days(approval: float, rejection: float) -> float | None:
    """Days of Bittensor's proposed review, None where it is cancelled; shares of seats."""
    seconds = review_delay(approval, rejection)
    return None if seconds is None else seconds / DAY


@dataclass(frozen=True)
class Duration:
    """Days from proposal to effect.

    Attributes
    ----------
    usual
        Where nothing prolongs the vote.
    longest
        With every extension that the rule allows.
    """

    usual: float
    longest: float


def duration(clock: Clock) -> Duration:
    """Days that a rule takes from proposal to effect."""
    usual = clock.delay + clock.period + clock.timelock
    added = {
        "none": 0.0,
        "late_quorum": clock.extension_days,
        "wait_for_quiet": 2 * clock.extension_days,
        "review": LONGEST / DAY - 1,
    }[clock.extension]
    return Duration(usual, usual + added)
