"""Tokens are counted: float, stake and running totals at the end of the step."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from model.equations.buyback import bought_tokens, buyback
from model.equations.declaration import Equation
from model.equations.limits import NOTHING, float_to_take, moved_into_stake, treasury_to_take
from model.equations.supply_events import event_flows, event_terms
from model.equations.treasury import treasury, treasury_emission
from model.vocabulary import Vocabulary

_equation = partial(Equation, stage="stocks")


def stocks(m: Vocabulary) -> Iterator[Equation]:
    """What was there, plus what came in, less what went out; who takes from the float first is served first."""
    if m.structure.uses("staking"):
        yield _stake(m)
    yield treasury_emission(m)
    after_burn = float_to_take(m) - m.variable("float_burn")
    yield from buyback(m, after_burn)
    yield from treasury(m)
    yield _unlocked(m)
    if m.structure.uses("supply-events"):
        after_spending = treasury_to_take(m) - m.variable("treasury_spending")
        yield from event_flows(m, after_burn - bought_tokens(m), after_spending)
    yield _float(m)
    yield from _totals(m)


def _stake(m: Vocabulary) -> Equation:
    v = m.variable
    return _equation(
        "E19",
        "Stake",
        "Stake after inflow and slashing.",
        m.following("staked"),
        v("staked") + v("stake_flow") - m.step_length * v("slashed"),
    )


def _unlocked(m: Vocabulary) -> Equation:
    buckets = m.structure.buckets
    return _equation(
        "E22",
        "Unlocks of all buckets",
        "Vested tokens of all buckets.",
        m.variable("unlocked"),
        m.over_buckets(lambda k: m.variable("unlock", bucket=k)) if buckets else NOTHING,
    )


def _float(m: Vocabulary) -> Equation:
    v, step = m.variable, m.step_length
    minted = v("emission") - v("treasury_emission")
    return _equation(
        "E20",
        "Float",
        "Emission outside the treasury, treasury spending and unlocks come in; burn and new stake go out.",
        m.following("float_supply"),
        v("float_supply")
        + step * (minted + v("treasury_spending") + v("unlocked") - v("float_burn"))
        + step * (event_terms(m)["float"] - bought_tokens(m))
        - moved_into_stake(m),
    )


def _totals(m: Vocabulary) -> Iterator[Equation]:
    """Running totals of what was minted and burned, and the supply they imply."""
    v, step, events = m.variable, m.step_length, event_terms(m)
    yield _equation(
        "E24",
        "Issued tokens",
        "Everything minted; recycled tokens never were.",
        m.following("issued"),
        v("issued") + step * (v("emission") + events["minted"]),
    )
    yield _equation(
        "E23",
        "Burned tokens",
        "Everything burned.",
        m.following("burned"),
        v("burned") + step * (v("burn") + events["burned"]),
    )
    yield _equation(
        "E23",
        "Supply by accounting",
        "Supply changes by what is minted and burned, and by nothing else.",
        m.following("supply_accounted"),
        v("supply_accounted") + step * (v("emission") - v("burn") + events["minted"] - events["burned"]),
    )
