"""Stakers look at their yield: the ratio they want, what moves between float and stake, and what is slashed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sympy import Max, Min

from model.equations.declaration import Equation
from model.equations.limits import guarded
from model.equations.minting import paid_emission
from model.vocabulary import Vocabulary

_equation = partial(Equation, stage="staking")


def staking(m: Vocabulary) -> Iterator[Equation]:
    """Yield, target and flow; nothing where a network has no staking."""
    if m.structure.uses("staking"):
        yield _staking_yield(m)
        yield _staking_target(m)
        yield from _leaving_and_coming(m)


def _staking_yield(m: Vocabulary) -> Equation:
    p, v = m.parameter, m.variable
    paid = m.of_revenue("staker_fee_share")
    minted = p("staker_emission_share") * paid_emission(m)
    return _equation(
        "E17",
        "Staking yield",
        "Staker emission and staker revenue over stake, net of slashing.",
        v("staking_yield"),
        guarded(minted + paid / v("price"), v("staked")) - p("slashing_rate"),
    )


def _staking_target(m: Vocabulary) -> Equation:
    p, v = m.parameter, m.variable
    attraction = Max(v("staking_yield"), 0) / p("required_staking_yield")
    wanted = p("staking_ratio_at_required_yield") * attraction ** p("staking_yield_elasticity")
    return _equation(
        "E18",
        "Staking target",
        "A higher yield makes more holders stake.",
        v("staking_target"),
        Min(Max(wanted, p("staking_ratio_floor")), p("staking_ratio_ceiling")),
    )


def _leaving_and_coming(m: Vocabulary) -> Iterator[Equation]:
    p, v = m.parameter, m.variable
    missing = v("staking_target") * (v("float_supply") + v("staked")) - v("staked")
    yield _equation(
        "E19",
        "Tokens moved into stake",
        "Stake moves to its target.",
        v("stake_flow"),
        m.closing(p("staking_speed")) * missing,
    )
    yield _equation(
        "E19",
        "Slashed stake",
        "Penalties take a yearly share of the stake.",
        v("slashed"),
        p("slashing_rate") * v("staked"),
    )
