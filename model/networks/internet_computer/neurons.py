"""Internet Computer's neurons: bonuses, voting power and yield."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np

from model.errors import OutOfRangeError, UnknownKeyError
from model.networks.inputs import Floats, Numbers, day, numbers, positive, shaped
from model.networks.internet_computer.voting_rewards import MISSION_70

YEAR_SECONDS = 31_557_600
MONTH_SECONDS = YEAR_SECONDS // 12


@dataclass(frozen=True)
class NeuronRule:
    """Bonus for the dissolve delay: `1 + scale t^exponent`, t the delay over the longest one.

    Attributes
    ----------
    longest_delay, to_vote, to_submit
        Seconds: where the delay stops counting, and the least to vote and to submit proposals.
    scale, exponent
        Shape of the bonus.
    """

    longest_delay: int
    to_vote: int
    to_submit: int
    scale: float
    exponent: int


NEURON_RULES: Mapping[str, NeuronRule] = MappingProxyType(
    {
        "before": NeuronRule(8 * YEAR_SECONDS, YEAR_SECONDS // 2, YEAR_SECONDS // 2, 1.0, 1),
        "after": NeuronRule(2 * YEAR_SECONDS, 14 * 86_400, YEAR_SECONDS // 2, 2.0, 2),
    }
)
"""Rules before and from 2026-04-23 (Mission 70)."""

_OTHER_NAMES = {
    "before_mission70": "before",
    "before_mission_70": "before",
    "mission70": "after",
    "mission_70": "after",
    "after_mission70": "after",
    "after_mission_70": "after",
}


def neuron_rule(rule: str | date) -> NeuronRule:
    """The rule by name ("before" or "after" Mission 70, "mission-70"), or the one in force on a date."""
    if isinstance(rule, date):
        return NEURON_RULES["after" if rule >= MISSION_70 else "before"]
    key = str(rule).lower().replace("-", "_").replace(" ", "_")
    name = _OTHER_NAMES.get(key, key)
    if name not in NEURON_RULES:
        try:
            return neuron_rule(day("rule", str(rule).removeprefix("after_").replace("_", "-")))
        except OutOfRangeError as error:
            raise UnknownKeyError(
                f"{rule!r} is no rule of neurons", allowed="before, after (of Mission 70), or a date"
            ) from error
    return NEURON_RULES[name]


def dissolve_delay_bonus(seconds: Numbers, rule: str | date = "after") -> float | Floats:
    """Factor on voting power for a neuron's dissolve delay.

    Parameters
    ----------
    seconds
        Dissolve delay, 0 or more; a year has 31,557,600 seconds. Above the longest delay it counts as that.
    rule
        "before": 1 + t up to 8 years; "after" (from 2026-04-23): 1 + 2 t^2 up to 2 years; or a date.

    Returns
    -------
    float or array
        1 without delay, 2 (before) or 3 (after) at the longest.
    """
    terms = neuron_rule(rule)
    t = np.minimum(numbers("dissolve delay", seconds, low=0), terms.longest_delay) / terms.longest_delay
    return shaped(np.asarray(1 + terms.scale * t**terms.exponent))


def age_bonus(seconds: Numbers) -> float | Floats:
    """Factor on voting power for a neuron's age: 1 + 0.25 t, t the age over four years; a dissolving neuron has none.

    Parameters
    ----------
    seconds
        Age, 0 or more; above four years it counts as four.
    """
    oldest = 4 * YEAR_SECONDS
    return shaped(np.asarray(1 + 0.25 * np.minimum(numbers("age", seconds, low=0), oldest) / oldest))


def gang_bonus(stake: Numbers, snapshot: Numbers, *, dissolving: bool = False) -> float | Floats:
    """Stake that the 8-year gang's bonus adds, in ICP: 10 % of the snapshot stake, at most of the stake.

    Parameters
    ----------
    stake, snapshot
        ICP now, and when the 8-year delay was abolished (0 for everybody else).
    dissolving
        A dissolving neuron gets none. The bonus ends after 2030-12-31.
    """
    base = np.minimum(numbers("stake", stake, low=0), numbers("snapshot stake", snapshot, low=0))
    return shaped(np.asarray(base * (0.0 if dissolving else 0.10)))


def deciding_factor(seconds_since_refresh: Numbers) -> float | Floats:
    """Factor for activity: 1 for six months since a neuron last voted or refreshed, then linear to 0 in the seventh."""
    late = numbers("time since refresh", seconds_since_refresh, low=0) - 6 * MONTH_SECONDS
    return shaped(np.clip(1 - late / MONTH_SECONDS, 0.0, 1.0))


def voting_power(
    stake: Numbers,
    dissolve_delay: Numbers,
    age: Numbers = 0,
    *,
    rule: str | date = "after",
    gang_snapshot: Numbers = 0,
    dissolving: bool = False,
    seconds_since_refresh: Numbers = 0,
) -> float | Floats:
    """A neuron's voting power in ICP: (stake + gang bonus) x delay bonus x age bonus x activity.

    Parameters
    ----------
    stake, gang_snapshot
        ICP; the second as in `gang_bonus`.
    dissolve_delay, age, seconds_since_refresh
        Seconds.
    rule
        As in `dissolve_delay_bonus`.
    dissolving
        A dissolving neuron has no age and no gang bonus.

    Returns
    -------
    float or array
        0 where the delay is too short to vote.
    """
    terms = neuron_rule(rule)
    delay = numbers("dissolve delay", dissolve_delay, low=0)
    effective = numbers("stake", stake, low=0) + gang_bonus(stake, gang_snapshot, dissolving=dissolving)
    aged = np.asarray(age_bonus(age)) if not dissolving else 1.0
    power = effective * dissolve_delay_bonus(delay, rule) * aged * deciding_factor(seconds_since_refresh)
    return shaped(np.asarray(np.where(delay >= terms.to_vote, power, 0.0)))


def neuron_yield(
    stake: Numbers, power: Numbers, *, total_voting_power: Numbers, supply: Numbers, rate: Numbers
) -> float | Floats:
    """Simple yearly yield of a neuron that votes always: rate x supply x its share of voting power / its stake.

    Parameters
    ----------
    stake, power, total_voting_power, supply
        ICP; the power as from `voting_power`.
    rate
        Voting rewards as a share of supply a year (`voting_reward_rate`).
    """
    pool = numbers("rate", rate, low=0) * numbers("supply", supply, low=0)
    share = numbers("voting power", power, low=0) / positive("total voting power", total_voting_power)
    return shaped(np.asarray(pool * share / positive("stake", stake)))
