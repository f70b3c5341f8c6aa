"""Sums the ledger over a run: what every group gains over the horizon, world by world, and whether it adds up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import polars as pl

from model.engine.results import Run
from model.engine.worlds import Floats
from model.errors import OutOfRangeError, UnknownKeyError
from model.system import System

DISCOUNT_RATE = 0.20
"""Yearly rate at which holders discount where sums are discounted and no other rate is given (specification, 2.3)."""

PARTS = ("revenue", "tokens", "cost", "valuation", "dilution", "burn")
"""What a gain is made of; revenue and tokens together are income, the last three the price change on what is held."""

PART_LABELS = {
    "revenue": "Paid in currency, or surplus of users",
    "tokens": "Paid in tokens, at market value",
    "cost": "Costs and payments",
    "valuation": "Change of market value",
    "dilution": "Dilution by new tokens",
    "burn": "Gain by burned tokens",
}


@dataclass(frozen=True)
class Group:
    """One party of the ledger.

    Attributes
    ----------
    key
        "role.compute", "stakers", "treasury", "grantees", "users", "passive", "recipients" or "locked".
    label
        In words.
    what
        What it gains by, in a sentence.
    revenue, tokens, cost
        Columns in USD a year that are added and, the last, subtracted; a leading "-" subtracts.
    gain
        The column that all of it adds up to.
    held
        State whose end-of-step value it holds; "locked_total" for locked tokens, empty for those that hold nothing.
    """

    key: str
    label: str
    what: str
    revenue: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    cost: tuple[str, ...] = ()
    gain: str = ""
    held: str = ""


def groups_of(system: System) -> tuple[Group, ...]:
    """Every party of a network, providers first."""
    shape = system.structure

    def of_role(word: str, role: str) -> str:
        return word if shape.one_role else f"{word}.{role}"

    found = [
        Group(
            f"role.{role}",
            _capital(shape.called(role)),
            "Income less what its capacity costs; free entry takes long-run profit away.",
            revenue=(of_role("revenue_income", role),),
            tokens=(of_role("income", role), "-" + of_role("revenue_income", role)),
            cost=(of_role("role_cost", role),),
            gain=of_role("role_gain", role),
        )
        for role in shape.roles
    ]
    found.append(_stakers(shape.uses("staking")))
    found += [_USERS, _TREASURY, _GRANTEES, _PASSIVE]
    if shape.buckets:
        found.append(_LOCKED)
    if shape.uses("supply-events"):
        found.append(_RECIPIENTS)
    return tuple(found)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _stakers(staking: bool) -> Group:
    return Group(
        "stakers",
        "Stakers",
        "Rewards and revenue, less slashing, and the price change on what is staked.",
        revenue=("staker_revenue",),
        tokens=("staker_income", "-staker_revenue"),
        cost=("slashed_value",) if staking else (),
        gain="staker_gain",
        held="staked" if staking else "",
    )


_USERS = Group(
    "users",
    "Users",
    "What the service is worth to them beyond its price, and rebates.",
    revenue=("consumer_surplus", "unspent_burn"),
    tokens=("rebate_value",),
    gain="user_gain",
)
_TREASURY = Group(
    "treasury",
    "Treasury",
    "What it receives less what it spends, and the price change on its tokens.",
    revenue=("treasury_revenue",),
    tokens=("treasury_tokens_value",),
    cost=("treasury_paid_out",),
    gain="treasury_gain",
    held="treasury",
)
_GRANTEES = Group(
    "grantees",
    "Grantees",
    "What the treasury spends and releases; they sell tokens at once.",
    tokens=("grantee_gain",),
    gain="grantee_gain",
)
_PASSIVE = Group(
    "passive",
    "Passive holders",
    "The price change on the float, and what is burned of it without pay.",
    tokens=("passive_income",),
    cost=("passive_cost",),
    gain="passive_gain",
    held="float_supply",
)
_LOCKED = Group(
    "locked",
    "Team and investors",
    "The price change on what is still locked; unlocking is a sale at market and gains nothing.",
    gain="locked_gain",
    held="locked_total",
)
_RECIPIENTS = Group(
    "recipients",
    "Recipients of decided mints",
    "Tokens that a decision mints into the float, at market value.",
    tokens=("recipient_gain",),
    gain="recipient_gain",
)


_TOKENS_IN_USD = {"slashed_value": "slashed", "rebate_value": "user_emission"}
"""Flows of tokens that are counted at today's price."""


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
    flows = _Flows(run, discount_rate)
    flows.prepare(groups)
    parts = np.zeros((len(groups), len(PARTS), run.paths.worlds.count))
    at_end = np.zeros((len(groups), run.paths.worlds.count))
    for i, group in enumerate(groups):
        for j, names in enumerate((group.revenue, group.tokens, group.cost)):
            yearly = flows.combined(names)
            if yearly is not None:
                sign = -1.0 if j == 2 else 1.0
                parts[i, j] = sign * flows.total(yearly)
                at_end[i] += sign * yearly[:, -1]
        if group.held:
            parts[i, 3:] = flows.revaluation(group.held)
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


class _Flows:
    """Flows of all worlds and their weighted sums over the steps that each world completes."""

    def __init__(self, run: Run, discount_rate: float) -> None:
        self.run = run
        worlds = run.paths.worlds
        steps, stopped = worlds.steps, run.paths.stopped[:, None]
        # The step in which a world stops has no end that could be valued.
        self.counted: npt.NDArray[np.bool_] = (stopped < 0) | (np.arange(steps) < stopped - 1)
        self.stops = np.flatnonzero(run.paths.stopped >= 0)
        self.weight = np.exp(-discount_rate * run.times[:steps])
        self.step_length = worlds.step_length

    def prepare(self, groups: tuple[Group, ...]) -> None:
        """Compute every column that will be read in one pass."""
        names = [n.lstrip("-") for g in groups for n in (*g.revenue, *g.tokens, *g.cost)]
        names = [_TOKENS_IN_USD.get(name, name) for name in names]
        self.run.compute(dict.fromkeys([*names, "real_surplus", "minted_value", "burned_value", "locked_total"]))

    def column(self, name: str) -> Floats:
        """Shape (worlds, steps + 1): one column, USD a year."""
        if name in _TOKENS_IN_USD:
            return self.run.values(_TOKENS_IN_USD[name]) * self.run.values("price")
        return self.run.values(name)

    def combined(self, names: tuple[str, ...]) -> Floats | None:
        """Sum of columns, those with a leading "-" subtracted; None where there are none."""
        result: Floats | None = None
        for name in names:
            values = self.column(name.lstrip("-"))
            signed = -values if name.startswith("-") else values
            result = signed if result is None else result + signed
        return result

    def total(self, yearly: Floats) -> Floats:
        """Shape (worlds,): a flow a year over the horizon."""
        return self._summed(yearly[:, :-1]) * self.step_length

    def _summed(self, *factors: Floats) -> Floats:
        """Shape (worlds,): weighted sum over counted steps of a product of arrays of shape (worlds, steps)."""
        letters = ",".join(["ws"] * len(factors))
        total = np.einsum(f"{letters},s->w", *factors, self.weight)
        if len(self.stops):
            counted = self.counted[self.stops]
            parts = [np.where(counted, factor[self.stops], 0.0) for factor in factors]
            total[self.stops] = np.einsum(f"{letters},s->w", *parts, self.weight)
        return np.asarray(total)

    @cached_property
    def _supply(self) -> Floats:
        """Shape (worlds, steps + 1): all tokens at every step."""
        names = ["float_supply", "treasury", "locked_total"]
        if "staked" in self.run.system.state_names:
            names.append("staked")
        return np.asarray(sum(self.run.values(name) for name in names))

    @cached_property
    def _value_changes(self) -> Floats:
        """Shape (worlds, steps): change of market value over each step, from prices and stocks alone."""
        return np.diff(self.run.values("price") * self._supply, axis=1)

    @cached_property
    def _changes(self) -> tuple[Floats, Floats, Floats]:
        """Per token held at the end of the step: change of market value, dilution, gain by burn."""
        step, held = self.step_length, np.maximum(self._supply[:, 1:], 1e-300)
        minted, burned = self.run.values("minted_value")[:, :-1], self.run.values("burned_value")[:, :-1]
        return self._value_changes / held, -step * minted / held, step * burned / held

    @cached_property
    def market_cap_change(self) -> Floats:
        """Shape (worlds,): change of market value over the horizon."""
        return self._summed(self._value_changes)

    def revaluation(self, held: str) -> Floats:
        """Shape (3, worlds): valuation, dilution and burn gain on what a group holds at the end of each step."""
        tokens = self.run.values(held)[:, 1:]
        return np.stack([self._summed(tokens, change) for change in self._changes])

    def start_wealth(self, groups: tuple[Group, ...]) -> Floats:
        """Shape (groups, worlds): what each group holds on the first day."""
        price = self.run.values("price")[:, 0]
        rows = []
        for group in groups:
            tokens = self.run.values(group.held)[:, 0] * price if group.held else np.zeros(len(price))
            rows.append(tokens + (self.run.values("treasury_fiat")[:, 0] if group.key == "treasury" else 0.0))
        return np.stack(rows)
