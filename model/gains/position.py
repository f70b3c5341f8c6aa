"""What one holder would have: tokens, staked or not, through both worlds of a run; nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from model.engine.results import Run
from model.engine.worlds import Floats, Integers
from model.errors import OutOfRangeError
from model.gains.ledger import with_every_step
from model.gains.who_gains import pairs
from model.networks.internet_computer import YEAR_SECONDS, age_bonus, dissolve_delay_bonus, neuron_rule
from model.validation import is_number


@dataclass(frozen=True)
class Neuron:
    """A stake on Internet Computer: its delay and age weigh its rewards against the network's average.

    Attributes
    ----------
    dissolve_delay_years, age_years
        As they are on the first day; a neuron that is not dissolving keeps its delay and grows older.
    rule
        "before" or "after" Mission 70.
    average_bonus
        Voting power per staked ICP of the network, which no source states; None assumes the longest delay and half of
        the bonus for age.
    """

    dissolve_delay_years: float
    age_years: float = 0.0
    rule: str = "after"
    average_bonus: float | None = None

    def __post_init__(self) -> None:
        for name, value in (("dissolve_delay_years", self.dissolve_delay_years), ("age_years", self.age_years)):
            if not is_number(value) or not 0 <= value <= 100:
                raise OutOfRangeError(f"{name} is {str(value)[:20]}", where=name, allowed="0 to 100 years")
        average = self.average_bonus
        if average is not None and (not is_number(average) or not 0.1 <= average <= 10):
            raise OutOfRangeError(f"average_bonus is {str(average)[:20]}", where="average_bonus", allowed="0.1 to 10")

    def weight(self, years: Floats) -> Floats:
        """Rewards per staked ICP over the network's average, at each time; zero where the delay is too short to vote.

        Parameters
        ----------
        years
            Years since the first day.
        """
        terms = neuron_rule(self.rule)
        delay = self.dissolve_delay_years * YEAR_SECONDS
        if delay < terms.to_vote:
            return np.zeros_like(years)
        bonus = dissolve_delay_bonus(delay, self.rule) * np.asarray(
            age_bonus((self.age_years + years) * YEAR_SECONDS), dtype=float
        )
        return np.asarray(bonus / (self.average_bonus or assumed_average(self.rule)))


def assumed_average(rule: str) -> float:
    """Voting power per staked ICP if everybody had the longest delay and half of the bonus for age."""
    oldest = float(age_bonus(100 * YEAR_SECONDS))
    return float(dissolve_delay_bonus(neuron_rule(rule).longest_delay, rule)) * (1 + oldest) / 2


@dataclass(frozen=True, eq=False)
class Position:
    """One holder in every world of a run.

    Attributes
    ----------
    times
        Shape (steps + 1,): years.
    tokens, staked, income, share, value
        Shape (worlds, steps + 1): tokens held, those staked among them, tokens earned a year, share of supply, USD.
    earned
        Shape (worlds,): tokens earned over the horizon.
    rows, base_rows, draws
        Shape (draws,): worlds that are compared.
    last
        Shape (worlds,): last step before a world stops, else the last of all.
    """

    times: Floats
    tokens: Floats
    staked: Floats
    income: Floats
    share: Floats
    value: Floats
    earned: Floats
    rows: Integers
    base_rows: Integers
    draws: Integers
    last: Integers

    @cached_property
    def frame(self) -> pl.DataFrame:
        """One row per draw: draw, then each of income (tokens a year at the end), earned (tokens over the horizon),
        tokens, share, value (USD) at the end as *_baseline, *_scenario and *_difference.
        """
        ends = {
            "income": self._end(self.income),
            "earned": self.earned,
            "tokens": self._end(self.tokens),
            "share": self._end(self.share),
            "value": self._end(self.value),
        }
        data: dict[str, Floats | Integers] = {"draw": self.draws}
        for name, values in ends.items():
            data[f"{name}_baseline"] = values[self.base_rows]
            data[f"{name}_scenario"] = values[self.rows]
            data[f"{name}_difference"] = values[self.rows] - values[self.base_rows]
        return pl.DataFrame(data)

    def _end(self, values: Floats) -> Floats:
        return np.asarray(np.take_along_axis(values, self.last[:, None], axis=1)[:, 0])


def my_position(
    run: Run,
    tokens: float = 1.0,
    staked_share: float = 0.0,
    *,
    restake: bool = False,
    neuron: Neuron | None = None,
    world: str = "scenario",
    against: str = "baseline",
) -> Position:
    """Follow one holder, too small to move anything, through both worlds.

    Parameters
    ----------
    tokens
        Held on the first day.
    staked_share
        Part of them that is staked, 0 to 1.
    restake
        Whether rewards are staked too; otherwise they are kept beside the stake. Neither sells.
    neuron
        Delay and age where the stake is a neuron of Internet Computer.

    Raises
    ------
    OutOfRangeError
        For numbers out of range, or a stake on a network without staking.
    """
    run = with_every_step(run)
    staking = run.system.structure.uses("staking")
    _refuse_impossible(tokens, staked_share, staking)
    run.compute(["price", "supply", *(["staking_yield", "staked", "slashed"] if staking else [])])
    price, supply, times = run.values("price"), run.values("supply"), run.times
    rewards, losses = _rates(run, neuron) if staking else (np.zeros_like(price), np.zeros_like(price))
    step = run.step_length
    growth = np.maximum(1 + step * ((rewards if restake else 0.0) - losses), 0.0)
    stake = tokens * staked_share * _running(np.cumprod, growth, 1.0)
    income = stake * rewards
    beside = tokens * (1 - staked_share) + (0.0 if restake else _running(np.cumsum, income * step, 0.0))
    stopped = run.paths.stopped
    last = np.where(stopped < 0, price.shape[1] - 1, stopped - 1)
    earned = np.nansum(np.where(np.arange(price.shape[1] - 1) < last[:, None], income[:, :-1], 0.0), axis=1) * step
    held = stake + beside
    with np.errstate(all="ignore"):
        share = held / supply
    return Position(
        times, held, stake, income, share, held * price, earned, *pairs(run, world, against), last.astype(np.int64)
    )


def _refuse_impossible(tokens: float, staked_share: float, staking: bool) -> None:
    if not is_number(tokens) or not 0 < tokens <= 1e18:
        raise OutOfRangeError(f"{str(tokens)[:20]} tokens", where="tokens", allowed="more than 0, up to 1e18")
    if not is_number(staked_share) or not 0 <= staked_share <= 1:
        raise OutOfRangeError(f"the staked share is {str(staked_share)[:20]}", where="staked_share", allowed="0 to 1")
    if staked_share > 0 and not staking:
        raise OutOfRangeError("this network has no staking", where="staked_share", allowed="0")


def _rates(run: Run, neuron: Neuron | None) -> tuple[Floats, Floats]:
    """Shape (worlds, steps + 1) each: rewards and slashing per staked token, a year."""
    staked = run.values("staked")
    with np.errstate(all="ignore"):
        slashing = np.where(staked > 0, run.values("slashed") / staked, 0.0)
    rewards = np.where(staked > 0, run.values("staking_yield") + slashing, 0.0)
    if neuron is not None:
        rewards = rewards * neuron.weight(run.times)
    stopped = np.isnan(run.values("price"))
    return np.where(stopped, np.nan, rewards), np.where(stopped, np.nan, slashing)


def _running(add_up: Callable[..., Floats], values: Floats, first: float) -> Floats:
    """What a stock is at each step when a step changes it by the value of the step before."""
    before = np.concatenate([np.full((len(values), 1), first), values[:, :-1]], axis=1)
    return np.asarray(add_up(before, axis=1))
