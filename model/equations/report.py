"""The week is reported: ratios, dollars and yields, computed after the run where somebody asks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import sympy
from sympy import Max, Piecewise, log

from model.equations.burning import burned_value
from model.equations.capacity import unit_cost_in_use
from model.equations.declaration import Equation
from model.equations.fundamental import fundamental
from model.equations.limits import NOTHING, ratio
from model.equations.minting import paid_emission
from model.vocabulary import Vocabulary

_equation = partial(Equation, stage="report")


def report(m: Vocabulary) -> Iterator[Equation]:
    """What nothing else depends on, but for supply, which schedules read."""
    if not m.structure.one_role:
        yield _capacity(m)
    yield from _supply(m)
    yield from _net_emission(m)
    if m.structure.uses("staking"):
        yield from _staking(m)
    yield from _income(m)
    yield from _cost(m)
    yield from _service_and_market(m)
    yield from _burn_mint_clock(m)
    yield from fundamental(m)
    yield _burn_clipped(m)


def _capacity(m: Vocabulary) -> Equation:
    serving = m.variable("capacity", role=m.structure.capacity_role)
    return _equation("E33", "Capacity", "Capacity of the role that serves users.", m.variable("capacity"), serving)


def _supply(m: Vocabulary) -> Iterator[Equation]:
    v, shape = m.variable, m.structure
    locked = m.over_buckets(lambda k: v("locked", bucket=k)) if shape.buckets else NOTHING
    yield _equation("E22", "Locked tokens of all buckets", "All that is vesting.", v("locked"), locked)
    if not shape.uses("staking"):
        yield from _nobody_stakes(m)
    staked = v("staked") if shape.uses("staking") else NOTHING
    yield _equation(
        "E23",
        "Supply",
        "Float, stake, treasury and locked tokens.",
        v("supply"),
        v("float_supply") + staked + v("treasury") + v("locked"),
    )


def _nobody_stakes(m: Vocabulary) -> Iterator[Equation]:
    """What every network reports about stakers, where there are none."""
    v = m.variable
    yield _equation("E19", "Stake", "Nobody stakes on this network.", v("staked"), NOTHING)
    yield _equation("E18", "Staking ratio", "Nobody stakes here.", v("staking_ratio"), NOTHING)
    yield _equation("E17", "Staking yield", "Staking earns nothing here.", v("staking_yield"), NOTHING)


def _net_emission(m: Vocabulary) -> Iterator[Equation]:
    v = m.variable
    yield _equation("E23", "Net emission", "Minted minus burned.", v("net_emission"), v("emission") - v("burn"))
    yield _equation(
        "E23",
        "Net emission rate",
        "Net emission over supply.",
        v("net_emission_rate"),
        ratio(v("net_emission"), v("supply")),
    )
    yield _equation(
        "E6",
        "Burned over minted",
        "One is burn-mint equilibrium.",
        v("burn_mint_ratio"),
        ratio(v("burn"), v("emission")),
    )


def _staking(m: Vocabulary) -> Iterator[Equation]:
    v = m.variable
    yield _equation(
        "E18",
        "Staking ratio",
        "Stake over float and stake.",
        v("staking_ratio"),
        ratio(v("staked"), v("float_supply") + v("staked")),
    )
    yield _equation("E25", "Bonded ratio", "Stake over supply.", v("bonded_ratio"), ratio(v("staked"), v("supply")))
    yield _equation(
        "E17",
        "Real staking yield",
        "Staking yield after dilution.",
        v("real_staking_yield"),
        v("staking_yield") - v("net_emission_rate"),
    )


def _income(m: Vocabulary) -> Iterator[Equation]:
    """What roles, stakers and users receive."""
    p, v = m.parameter, m.variable
    yield _equation(
        "E29",
        "Income of all roles",
        "Income of all roles.",
        v("provider_income"),
        m.over_roles(lambda r: v("income", role=r)),
    )
    yield _equation(
        "E52",
        "Income of stakers",
        "Their share of revenue and their emission at market value.",
        v("staker_income"),
        m.of_revenue("staker_fee_share") + v("price") * p("staker_emission_share") * paid_emission(m),
    )
    yield _equation(
        "E52",
        "Emission to users",
        "The share of users and grantees.",
        v("user_emission"),
        p("user_emission_share") * paid_emission(m),
    )


def _cost(m: Vocabulary) -> Iterator[Equation]:
    """What capacity costs, and what income leaves over."""
    v = m.variable
    costs = {r: unit_cost_in_use(m, r) * v("capacity", role=r) for r in m.structure.roles}
    yield _equation(
        "E30",
        "Cost of all roles",
        "What all capacity costs.",
        v("provider_cost"),
        m.over_roles(lambda r: costs[r]),
    )
    yield _equation(
        "E30",
        "Provider margin",
        "Income over cost, minus one.",
        v("provider_margin"),
        ratio(v("provider_income"), v("provider_cost")) - 1,
    )
    for role in m.structure.roles:
        yield _equation(
            "E30",
            "Margin of a role",
            "Income over cost, minus one.",
            v("role_margin", role=role),
            ratio(v("income", role=role), costs[role]) - 1,
            index=role,
        )


def _service_and_market(m: Vocabulary) -> Iterator[Equation]:
    v = m.variable
    yield _equation(
        "E8",
        "Revenue gap",
        "Dollars of tokens emitted for each dollar of revenue.",
        v("revenue_gap"),
        ratio(v("price") * v("emission"), v("revenue")),
    )
    yield _equation("E23", "Market value", "Price times supply.", v("market_cap"), v("price") * v("supply"))
    served = m.over_streams(lambda j: v("served", stream=j))
    possible = m.parameter("units_per_capacity") * v("capacity", role=m.structure.capacity_role)
    yield _equation(
        "E4",
        "Utilisation",
        "Units served over what capacity could serve.",
        v("utilisation"),
        ratio(served, possible),
    )
    yield _equation(
        "E2",
        "Price to users",
        "Average price, surcharge included.",
        v("user_price"),
        ratio(v("revenue") + v("surcharge"), served),
    )


def _burn_mint_clock(m: Vocabulary) -> Iterator[Equation]:
    """Where burn would meet minting, and how fast the network gets there."""
    v, burned = m.variable, burned_value(m)
    yield _equation(
        "E7",
        "Burn-mint price",
        "Where today's revenue would burn what today's schedule mints.",
        v("burn_mint_price"),
        ratio(Max(burned - v("fiat_indexed"), 0), v("schedule_mint")),
    )
    yield _equation(
        "E12",
        "Burn rate of the float",
        "Burned value over the demand to hold.",
        v("float_burn_rate"),
        ratio(burned, v("holdings")),
    )
    yield _equation(
        "E12",
        "Half-life",
        "Time in which half of the distance to the burn-mint point closes.",
        v("half_life_years"),
        ratio(log(2), v("float_burn_rate")),
    )


def _burn_clipped(m: Vocabulary) -> Equation:
    v = m.variable
    cut = v("float_burn") < v("burn_wanted") * (1 - sympy.Float(1e-9))
    return _equation(
        "E6",
        "Burn limited by the float",
        "One where the float was too small to burn more.",
        v("burn_clipped"),
        Piecewise((sympy.Integer(1), cut), (NOTHING, True)),
    )
