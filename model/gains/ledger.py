"""The ledger of a run: what every group gains over the horizon, world by world, and whether it adds up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from model.engine.results import Run
from model.engine.worlds import Floats
from model.errors import OutOfRangeError, UnknownKeyError
from model.gains.flows import Flows
from model.gains.groups import Group, groups_of

DISCOUNT_RATE = 0.20
"""Yearly rate at which holders discount where sums are discounted and no other rate is given (specification, 2.3)."""

PARTS = ("revenue", "tokens", "cost", "valuation", "dilution", "burn")
"""What a gain is made of; revenue and tokens together are income, the last three the price change on what is held."""


@dataclass(frozen=True, eq=False)
class Ledger:
    """Gains of all groups over the horizon.

    A world that stops is counted up to the last step that it completes.

    Attributes
    ----------
    run
        What was counted.
    groups
        Rows of every array.
    discount_rate
        One rate for all groups, a year; present values add up only at a common rate.
    parts
        Shape (groups, parts, worlds): USD over the horizon, costs and dilution negative; parts as in `PARTS`.
    start_wealth
        Shape (groups, worlds): what a group holds on the first day, USD; the treasury's currency counts.
    real_surplus, market_cap_change
        Shape (worlds,): USD over the horizon, discounted like the gains.
    flow_at_end
        Shape (groups, worlds): income less cost in the last step, USD a year; revaluation left out.
    """

    run: Run
    groups: tuple[Group, ...]
    discount_rate: float
    parts: Floats
    start_wealth: Floats
    real_surplus: Floats
    market_cap_change: Floats
    flow_at_end: Floats

    @cached_property
    def gains(self) -> Floats:
        """Shape (groups, worlds): USD over the horizon."""
        return np.asarray(self.parts.sum(axis=1))

    @cached_property
    def income(self) -> Floats:
        """Shape (groups, worlds): what is received before any cost, USD over the horizon."""
        return np.asarray(self.parts[:, :2].sum(axis=1))

    @cached_property
    def residual(self) -> Floats:
        """Shape (worlds,): gains less real surplus and change of market value; zero but for rounding."""
        return np.asarray(self.gains.sum(axis=0) - self.real_surplus - self.market_cap_change)

    def index(self, key: str) -> int:
        """Row of a group."""
        return [group.key for group in self.groups].index(key)

    def gain(self, key: str) -> Floats:
        """Shape (worlds,): what one group gains, USD over the horizon."""
        return np.asarray(self.gains[self.index(key)])

    @cached_property
    def conservation(self) -> pl.DataFrame:
        """One line per world: world, draw, gains, real_surplus, market_cap_change, residual, in USD."""
        return pl.DataFrame(
            {
                "world": self.run.labels,
                "draw": self.run.draws,
                "gains": self.gains.sum(axis=0),
                "real_surplus": self.real_surplus,
                "market_cap_change": self.market_cap_change,
                "residual": self.residual,
            }
        )


def with_every_step(run: Run) -> Run:
    """The run with values at every step, which sums over time need.

    Raises
    ------
    UnknownKeyError
        When its paths were not kept.
    """
    whole = getattr(run, "sampled", run)
    if not hasattr(whole, "paths"):
        raise UnknownKeyError("paths were not kept", where="keep", allowed="paths", todo='project with keep="paths"')
    steps = whole.paths.worlds.steps
    return whole if len(whole.at) == steps + 1 else whole.thinned(np.arange(steps + 1))


def ledger_of(run: Run, *, discount_rate: float = 0.0) -> Ledger:
    """Sum the ledger of every world of a run.

    Parameters
    ----------
    run
        Any projection; worlds and draws as they are.
    discount_rate
        A year, 0 for plain sums; `DISCOUNT_RATE` is the usual one.

    Raises
    ------
    OutOfRangeError
        For a rate outside -0.5 to 5.
    """
    if isinstance(discount_rate, bool) or not -0.5 <= discount_rate <= 5:
        raise OutOfRangeError(
            f"the discount rate is {discount_rate}", where="discount_rate", allowed="-0.5 to 5 a year"
        )
    run = with_every_step(run)
    groups = groups_of(run.system)
    flows = Flows(run, discount_rate)
    flows.prepare(groups)
    parts, at_end = _summed_up(flows, groups)
    real = flows.combined(("real_surplus",))
    assert real is not None
    return Ledger(
        run,
        groups,
        discount_rate,
        parts,
        flows.start_wealth(groups),
        flows.total(real),
        flows.market_cap_change,
        at_end,
    )


def _summed_up(flows: Flows, groups: tuple[Group, ...]) -> tuple[Floats, Floats]:
    """Parts of every gain over the horizon, and income less cost a year in the last step, by group and world."""
    worlds = flows.run.paths.worlds.count
    parts = np.zeros((len(groups), len(PARTS), worlds))
    at_end = np.zeros((len(groups), worlds))
    for i, group in enumerate(groups):
        for j, names in enumerate((group.revenue, group.tokens, group.cost)):
            yearly = flows.combined(names)
            if yearly is not None:
                sign = -1.0 if j == 2 else 1.0
                parts[i, j] = sign * flows.total(yearly)
                at_end[i] += sign * yearly[:, -1]
        if group.held:
            parts[i, 3:] = flows.revaluation(group.held)
    return parts, at_end
