"""How the economy works, in SymPy, in the order of one period; schedules and pay for merit stand in their own files."""

from __future__ import annotations

from collections.abc import Iterator

import sympy
from sympy import Expr, Max, Min, Piecewise, exp, log

from model.buyback import bought_tokens, bought_value, buyback
from model.equation import Equation
from model.fundamental import fundamental
from model.ledger import ledger
from model.merit import (
    contrast,
    merit_entry,
    merit_pay,
    merit_quality_target,
    required_unit_cost,
    unit_cost_in_use,
)
from model.providers import growth_factor
from model.schedules import goal_bonded, net_emission, schedule
from model.supply_events import event_flows, event_terms
from model.vocabulary import MISSING, Vocabulary

FLOAT_LEFT = sympy.Float(1e-6)
"""Share of the float that a burn, and of the treasury that spending, always leaves, so that a price exists."""

TINY = sympy.Float(1e-300)

_MULTI_ROLE = "Ballast economics specification, section 16"


def _guarded(numerator: Expr, denominator: Expr) -> Expr:
    """A quotient that is zero where nothing stands below the line, so that a run goes on."""
    return Piecewise((numerator / denominator, denominator > 0), (sympy.Integer(0), True))


def _ratio(numerator: Expr, denominator: Expr) -> Expr:
    """A reported quotient that is missing where nothing stands below the line."""
    return Piecewise((numerator / denominator, denominator > 0), (MISSING, True))


def given_by_time(m: Vocabulary) -> Iterator[Equation]:
    """Unit cost, demand, speculative bid and vesting: known before the run starts."""
    t, p, v = m.time, m.parameter, m.variable
    shape = m.structure
    for role in shape.roles:
        yield Equation(
            "E1",
            "Unit cost",
            "Unit cost follows its trend, times the shock of the future at hand.",
            v("cost", role=role),
            p("unit_cost", role=role) * exp(-p("cost_trend", role=role) * t) * v("cost_shock", role=role),
            "given",
            index=role,
        )
    for stream in shape.streams:
        yield Equation(
            "E3",
            "Demand level",
            "Demand grows at its own rate, times the shock of the future at hand.",
            v("demand_level", stream=stream),
            p("demand_scale", stream=stream)
            * exp(p("demand_growth", stream=stream) * t)
            * v("demand_shock", stream=stream),
            "given",
            index=stream,
        )
    yield Equation(
        "E13",
        "Speculative holdings",
        "The speculative bid grows at its own rate, times the shock of the future.",
        v("holdings_level"),
        p("speculative_holdings") * exp(p("holdings_growth") * t) * v("holdings_shock"),
        "given",
    )
    if shape.uses("coverage"):
        price = {j: p("reference_service_price", stream=j) for j in shape.streams}
        value = m.over_streams(lambda j: price[j] * v("demand_level", stream=j))
        reference = m.over_streams(lambda j: price[j] * p("reference_demand", stream=j))
        yield Equation(
            "E10",
            "Demand index",
            "Demand compared with the day on which quality was measured.",
            v("demand_index"),
            value / reference,
            "given",
        )
    for role in shape.roles:
        scale = v("demand_index") ** p("coverage_follows_demand") if shape.uses("coverage") else sympy.Integer(1)
        yield Equation(
            "E10",
            "Half-quality capacity",
            "The capacity at which quality settles at one half; with congestion it grows with demand.",
            v("half_quality_point", role=role),
            p("half_quality_capacity", role=role) * scale,
            "given",
            index=role,
        )


def _locked(m: Vocabulary, bucket: str, t: Expr) -> Expr:
    """Share of a bucket still locked at time t, all of it at the start; the cliff has a relative tolerance."""
    p = m.parameter
    cliff = p("vesting_cliff", bucket=bucket)
    lump = p("vesting_cliff_share", bucket=bucket)
    passed = Min(Max((t - cliff) / p("vesting_years", bucket=bucket), 0), 1)
    after = 1 - lump - (1 - lump) * passed
    begins = Max(cliff * (1 - sympy.Float(1e-12)), TINY)
    return Piecewise((sympy.Integer(1), t < begins), (after, True))


def vesting(m: Vocabulary) -> Iterator[Equation]:
    """Unlocks by differences of what is still locked, so that they add up to the bucket exactly."""
    v = m.variable
    for bucket in m.structure.buckets:
        start = m.initial("locked", bucket=bucket)
        yield Equation(
            "E22",
            "Locked tokens",
            "What has not vested yet: all of it before the cliff, then evenly less.",
            v("locked", bucket=bucket),
            start * _locked(m, bucket, m.time),
            "given",
            index=bucket,
        )
        yield Equation(
            "E22",
            "Unlocks",
            "Unlocks are the fall of locked tokens over the step.",
            v("unlock", bucket=bucket),
            start * (_locked(m, bucket, m.time) - _locked(m, bucket, m.time + m.step_length)) / m.step_length,
            "given",
            index=bucket,
        )


def production(m: Vocabulary) -> Iterator[Equation]:
    """Price of the service, quality, demand, what is served and revenue."""
    p, v, shape = m.parameter, m.variable, m.structure
    capacity = v("capacity", role=shape.capacity_role)
    for stream in shape.streams:
        price = p("service_price", stream=stream) * (
            v("cost", role=shape.capacity_role) / p("reference_unit_cost")
        ) ** p("cost_pass_through")
        if shape.uses("token-pricing"):
            price *= (v("price") / p("pricing_reference")) ** p("token_pricing")
        yield Equation(
            "E2",
            "Price of service",
            "The posted price moves with the cost of compute by the pass-through"
            + (", and with the token price where jobs are priced in tokens." if shape.uses("token-pricing") else "."),
            v("list_price", stream=stream),
            price,
            "production",
            index=stream,
        )
        paid = v("list_price", stream=stream) * (1 + p("user_surcharge", stream=stream))
        yield Equation(
            "E3",
            "Demand at full quality",
            "Dearer service is used less, by the price elasticity.",
            v("full_quality_demand", stream=stream),
            v("demand_level", stream=stream)
            * (paid / p("reference_service_price", stream=stream)) ** -p("demand_elasticity", stream=stream),
            "production",
            index=stream,
        )
    yield from network_quality(m)
    for stream in shape.streams:
        yield Equation(
            "E3",
            "Demand",
            "Users leave when quality falls.",
            v("demand", stream=stream),
            v("full_quality_demand", stream=stream) * v("quality") ** p("quality_elasticity"),
            "production",
            index=stream,
        )
    wanted = m.over_streams(lambda j: v("demand", stream=j))
    yield Equation(
        "E4",
        "Share of demand served",
        "Capacity serves what it can; shortage is shared by all streams.",
        v("served_share"),
        Piecewise((Min(1, p("units_per_capacity") * capacity / wanted), wanted > 0), (sympy.Integer(1), True)),
        "production",
    )
    for stream in shape.streams:
        yield Equation(
            "E4",
            "Units served",
            "Demand, cut to what capacity can serve.",
            v("served", stream=stream),
            v("demand", stream=stream) * v("served_share"),
            "production",
            index=stream,
        )
        yield Equation(
            "E5" if shape.one_stream else "E33",
            "Revenue of a stream" if not shape.one_stream else "Revenue",
            "Price times units served.",
            v("stream_revenue", stream=stream),
            v("list_price", stream=stream) * v("served", stream=stream),
            "production",
            index=stream,
        )
    if not shape.one_stream:
        yield Equation(
            "E33",
            "Revenue",
            "Revenue of all streams together.",
            v("revenue"),
            m.over_streams(lambda j: v("stream_revenue", stream=j)),
            "production",
            source=_MULTI_ROLE,
        )
    yield Equation(
        "E5",
        "Surcharge",
        "What users pay on top of the service price.",
        v("surcharge"),
        m.over_streams(lambda j: p("user_surcharge", stream=j) * v("stream_revenue", stream=j)),
        "production",
    )


def network_quality(m: Vocabulary) -> Iterator[Equation]:
    """Every role is essential: qualities multiply, or the worst decides."""
    if m.structure.one_role:
        return
    p, v = m.parameter, m.variable
    total = m.over_roles(lambda r: p("quality_weight", role=r))
    weight = {r: p("quality_weight", role=r) / total for r in m.structure.roles}
    rho = p("quality_complementarity")
    multiply = exp(m.over_roles(lambda r: weight[r] * log(Max(v("role_quality", role=r), TINY))))
    mean = m.over_roles(lambda r: weight[r] * Max(v("role_quality", role=r), TINY) ** rho) ** (1 / rho)
    yield Equation(
        "E32",
        "Network quality",
        "Role qualities multiply by their weights; with a negative complementarity the worst role counts more.",
        v("quality"),
        Piecewise((mean, rho < -sympy.Float(1e-6)), (multiply, True)),
        "production",
        source=_MULTI_ROLE,
    )


def flows(m: Vocabulary) -> Iterator[Equation]:
    """Mint and burn, in tokens a year."""
    p, v, shape = m.parameter, m.variable, m.structure
    yield from schedule(m)
    yield from net_emission(m)
    yield from goal_bonded(m)
    level = p("emission_scale") * v("scheduled_emission")
    if shape.uses("goal-bonded"):
        level *= 1 + v("emission_swing")
    nominal = Max(level, p("tail_emission"))
    if shape.uses("net-emission"):
        nominal += v("reminted")
    yield Equation(
        "E7",
        "Nominal emission",
        "The schedule times the emission multiplier, not below the tail.",
        v("nominal_emission"),
        nominal,
        "flows",
    )
    paid = p("issuance_realised_share")
    to_providers = m.over_roles(lambda r: p("emission_share", role=r))
    yield Equation(
        "E7",
        "Minted by the schedule",
        "Recycled provider emission is never minted; what is not paid out goes to the treasury or is never minted.",
        v("schedule_mint"),
        v("nominal_emission")
        * (paid * (1 - p("emission_recycled_share") * to_providers) + (1 - paid) * p("unrealised_to_treasury")),
        "flows",
    )
    for role in shape.roles:
        yield Equation(
            "E29",
            "Fiat-indexed pay",
            "A fixed sum and a share of revenue, paid in new tokens at today's price.",
            v("fiat_pay", role=role),
            p("fiat_reward", role=role) + m.of_revenue("fiat_reward_share", role),
            "flows",
            index=role,
            source=_MULTI_ROLE,
        )
    yield Equation(
        "E7",
        "Fiat-indexed mint value",
        "Fiat-indexed pay of all roles.",
        v("fiat_indexed"),
        m.over_roles(lambda r: v("fiat_pay", role=r)),
        "flows",
    )
    yield Equation(
        "E7",
        "Emission",
        "All minting: the schedule and the fiat-indexed pay at today's price.",
        v("emission"),
        v("schedule_mint") + v("fiat_indexed") / v("price"),
        "flows",
    )
    yield from _staking_flow(m)
    burned_value = m.over_streams(lambda j: p("burn_share", stream=j) * v("stream_revenue", stream=j))
    yield Equation(
        "E6",
        "Burn paid for",
        "Burned revenue and surcharges buy tokens at today's price; fees burn tokens.",
        v("burn_wanted"),
        (burned_value + v("surcharge")) / v("price") + p("fee_burn"),
        "flows",
    )
    moved = Max(v("stake_flow"), 0) if shape.uses("staking") else sympy.Integer(0)
    yield Equation(
        "E6",
        "Burn from the float",
        "Burn never exceeds the float; where it would, it is cut and flagged.",
        v("float_burn"),
        Min(v("burn_wanted"), (v("float_supply") - moved) * (1 - FLOAT_LEFT) / m.step_length),
        "flows",
    )
    slashed = p("slashed_burn_share") * v("slashed") if shape.uses("staking") else sympy.Integer(0)
    yield Equation(
        "E6",
        "Burn",
        "Burn from the float and the burned part of slashed stake.",
        v("burn"),
        v("float_burn") + slashed,
        "flows",
    )


def providers(m: Vocabulary) -> Iterator[Equation]:
    """Income, entry and exit, quality."""
    p, v, shape = m.parameter, m.variable, m.structure
    sold = 1 - p("token_sale_haircut")
    for role in shape.roles:
        emitted = (
            p("emission_share", role=role)
            * (1 - p("emission_recycled_share"))
            * p("issuance_realised_share")
            * v("nominal_emission")
        )
        fees = m.of_revenue("fee_share", role)
        yield Equation(
            "E8" if shape.one_role else "E29",
            "Income of a role",
            "Its share of revenue, its emission at market value, and its fiat-indexed pay.",
            v("income", role=role),
            fees + sold * v("price") * emitted + v("fiat_pay", role=role),
            "providers",
            index=role,
            source=_MULTI_ROLE,
        )
    yield from contrast(m)
    for role in shape.roles:
        yield from merit_pay(m, role)
        yield Equation(
            "E30",
            "Margin",
            "Income over the income that providers require.",
            v("margin", role=role),
            _guarded(v("income", role=role), required_unit_cost(m, role) * v("capacity", role=role)),
            "providers",
            index=role,
            source=_MULTI_ROLE,
        )
        if role in shape.merit_roles:
            yield from merit_entry(m, role)
        else:
            yield Equation(
                "E9" if shape.one_role else "E30",
                "Entry and exit",
                "Capacity grows while income exceeds what providers require and shrinks while it falls short.",
                m.following("capacity", role=role),
                v("capacity", role=role) * growth_factor(m, role, v("margin", role=role)),
                "providers",
                index=role,
                source=_MULTI_ROLE,
            )
        yield Equation(
            "E48" if role in shape.merit_roles else ("E10" if shape.one_role else "E31"),
            "Quality target",
            "The quality that capacity supports: one half at the half-quality capacity.",
            v("quality_target", role=role),
            merit_quality_target(m, role),
            "providers",
            index=role,
            source=_MULTI_ROLE,
        )
        yield Equation(
            "E10" if shape.one_role else "E31",
            "Quality",
            "Quality moves to what capacity supports.",
            m.following("role_quality", role=role),
            v("role_quality", role=role)
            + m.closing(p("quality_speed", role=role))
            * (v("quality_target", role=role) - v("role_quality", role=role)),
            "providers",
            index=role,
            source=_MULTI_ROLE,
        )


def _staking_flow(m: Vocabulary) -> Iterator[Equation]:
    """Yield, target and the tokens that move between float and stake."""
    if not m.structure.uses("staking"):
        return
    p, v = m.parameter, m.variable
    paid = m.over_streams(lambda j: p("staker_fee_share", stream=j) * v("stream_revenue", stream=j))
    minted = p("staker_emission_share") * p("issuance_realised_share") * v("nominal_emission")
    yield Equation(
        "E17",
        "Staking yield",
        "Staker emission and staker revenue over stake, net of slashing.",
        v("staking_yield"),
        _guarded(minted + paid / v("price"), v("staked")) - p("slashing_rate"),
        "staking",
    )
    wanted = p("staking_ratio_at_required_yield") * (Max(v("staking_yield"), 0) / p("required_staking_yield")) ** p(
        "staking_yield_elasticity"
    )
    yield Equation(
        "E18",
        "Staking target",
        "A higher yield makes more holders stake.",
        v("staking_target"),
        Min(Max(wanted, p("staking_ratio_floor")), p("staking_ratio_ceiling")),
        "staking",
    )
    yield Equation(
        "E19",
        "Tokens moved into stake",
        "Stake moves to its target.",
        v("stake_flow"),
        m.closing(p("staking_speed")) * (v("staking_target") * (v("float_supply") + v("staked")) - v("staked")),
        "staking",
    )
    yield Equation(
        "E19",
        "Slashed stake",
        "Penalties take a yearly share of the stake.",
        v("slashed"),
        p("slashing_rate") * v("staked"),
        "staking",
    )


def stocks(m: Vocabulary) -> Iterator[Equation]:
    """Where tokens are at the end of the step."""
    p, v, shape, step = m.parameter, m.variable, m.structure, m.step_length
    staking = shape.uses("staking")
    moved = v("stake_flow") if staking else sympy.Integer(0)
    if staking:
        yield Equation(
            "E19",
            "Stake",
            "Stake after inflow and slashing.",
            m.following("staked"),
            v("staked") + moved - step * v("slashed"),
            "stocks",
        )
    paid = p("issuance_realised_share")
    yield Equation(
        "E21",
        "Emission to the treasury",
        "The treasury's share, and what is not paid out where it keeps that.",
        v("treasury_emission"),
        v("nominal_emission") * (p("treasury_emission_share") * paid + (1 - paid) * p("unrealised_to_treasury")),
        "stocks",
    )
    left = (v("float_supply") - Max(moved, 0)) * (1 - FLOAT_LEFT) / step - v("float_burn")
    yield from buyback(m, left)
    yield from _treasury(m)
    yield Equation(
        "E22",
        "Unlocks of all buckets",
        "Vested tokens of all buckets.",
        v("unlocked"),
        m.over_buckets(lambda k: v("unlock", bucket=k)) if shape.buckets else sympy.Integer(0),
        "stocks",
    )
    if shape.uses("supply-events"):
        yield from event_flows(
            m, left - bought_tokens(m), v("treasury") * (1 - FLOAT_LEFT) / step - v("treasury_spending")
        )
    yield Equation(
        "E20",
        "Float",
        "Emission outside the treasury, treasury spending and unlocks come in; burn and new stake go out.",
        m.following("float_supply"),
        v("float_supply")
        + step * (v("emission") - v("treasury_emission") + v("treasury_spending") + v("unlocked") - v("float_burn"))
        + step * (event_terms(m)["float"] - bought_tokens(m))
        - moved,
        "stocks",
    )
    yield from _totals(m)


def _treasury(m: Vocabulary) -> Iterator[Equation]:
    """Tokens and currency of the treasury."""
    p, v, shape, step = m.parameter, m.variable, m.structure, m.step_length
    kept = m.over_streams(lambda j: p("treasury_fee_share", stream=j) * v("stream_revenue", stream=j))
    kept -= bought_value(m)
    spending = p("treasury_spend_rate") * v("treasury")
    from_fiat: Expr = sympy.Integer(0)
    if shape.uses("treasury-budget"):
        from_fiat = v("budget_from_fiat")
        yield Equation(
            "E21",
            "Budget paid from currency",
            "The budget is met from treasury currency while there is any.",
            v("budget_from_fiat"),
            Min(p("treasury_budget"), v("treasury_fiat") / step + kept),
            "stocks",
        )
        spending += (p("treasury_budget") - from_fiat) / v("price")
    yield Equation(
        "E21",
        "Treasury tokens spent",
        "A yearly share of the treasury, and the budget that currency does not cover; never more than there is.",
        v("treasury_spending"),
        Min(spending, v("treasury") * (1 - FLOAT_LEFT) / step),
        "stocks",
    )
    slashed = (1 - p("slashed_burn_share")) * v("slashed") if shape.uses("staking") else sympy.Integer(0)
    yield Equation(
        "E21",
        "Treasury",
        "Emission and slashed stake come in, spending goes out.",
        m.following("treasury"),
        v("treasury")
        + step
        * (v("treasury_emission") - v("treasury_spending") + slashed + bought_tokens(m) + event_terms(m)["treasury"]),
        "stocks",
    )
    yield Equation(
        "E21",
        "Treasury currency",
        "The treasury's share of revenue, less what is spent.",
        m.following("treasury_fiat"),
        Max(v("treasury_fiat") + step * (kept - from_fiat), 0)
        if shape.uses("treasury-budget")
        else v("treasury_fiat") + step * kept,
        "stocks",
    )


def _totals(m: Vocabulary) -> Iterator[Equation]:
    """Running totals of what was minted and burned, and the supply they imply."""
    v, step, events = m.variable, m.step_length, event_terms(m)
    yield Equation(
        "E24",
        "Issued tokens",
        "Everything minted; recycled tokens never were.",
        m.following("issued"),
        v("issued") + step * (v("emission") + events["minted"]),
        "stocks",
    )
    yield Equation(
        "E23",
        "Burned tokens",
        "Everything burned.",
        m.following("burned"),
        v("burned") + step * (v("burn") + events["burned"]),
        "stocks",
    )
    yield Equation(
        "E23",
        "Supply by accounting",
        "Supply changes by what is minted and burned, and by nothing else.",
        m.following("supply_accounted"),
        v("supply_accounted") + step * (v("emission") - v("burn") + events["minted"] - events["burned"]),
        "stocks",
    )


def market(m: Vocabulary) -> Iterator[Equation]:
    """The wish to hold tokens meets the float of the end of the step."""
    p, v, step = m.parameter, m.variable, m.step_length
    bid: Expr = v("holdings_level")
    reflexive = m.structure.uses("reflexive-holdings")
    if reflexive:
        bid = (
            bid
            * exp(v("holdings_swing"))
            * (v("price") / p("holdings_reference_price")) ** p("holdings_price_elasticity")
        )
    yield Equation(
        "E12",
        "Demand to hold",
        "Users hold tokens in proportion to revenue, speculators whatever the revenue.",
        v("holdings"),
        p("revenue_linked_holdings") * v("revenue") + bid,
        "market",
    )
    yield Equation(
        "E15",
        "Clearing price",
        "The price at which the float is just held.",
        v("clearing_price"),
        Max(v("holdings"), TINY) / Max(m.following("float_supply"), TINY),
        "market",
    )
    yield Equation(
        "E16",
        "Price",
        "The price moves toward the clearing price.",
        m.following("price"),
        v("price") * exp(m.closing(p("price_speed")) * log(v("clearing_price") / v("price")) + v("price_shock")),
        "market",
    )
    if reflexive:
        yield Equation(
            "E13",
            "Swing of the speculative bid",
            "Holders chase the last price change, and it fades.",
            m.following("holdings_swing"),
            v("holdings_swing") * exp(-p("holdings_reversion") * step)
            + p("holdings_momentum") * log(v("price") / v("previous_price")),
            "market",
        )
        yield Equation(
            "E13",
            "Price one step ago",
            "Remembered for the next step.",
            m.following("previous_price"),
            v("price"),
            "market",
        )


def _nobody_stakes(m: Vocabulary) -> Iterator[Equation]:
    """What every network reports about stakers, where there are none."""
    none = sympy.Integer(0)
    yield Equation("E19", "Stake", "Nobody stakes on this network.", m.variable("staked"), none, "report")
    yield Equation("E18", "Staking ratio", "Nobody stakes here.", m.variable("staking_ratio"), none, "report")
    yield Equation("E17", "Staking yield", "Staking earns nothing here.", m.variable("staking_yield"), none, "report")


def report(m: Vocabulary) -> Iterator[Equation]:
    """Ratios, dollars and yields, computed after the run where somebody asks."""
    p, v, shape = m.parameter, m.variable, m.structure
    if not shape.one_role:
        yield Equation(
            "E33",
            "Capacity",
            "Capacity of the role that serves users.",
            v("capacity"),
            v("capacity", role=shape.capacity_role),
            "report",
        )
    locked = m.over_buckets(lambda k: v("locked", bucket=k)) if shape.buckets else sympy.Integer(0)
    yield Equation("E22", "Locked tokens of all buckets", "All that is vesting.", v("locked"), locked, "report")
    if not shape.uses("staking"):
        yield from _nobody_stakes(m)
    staked = v("staked") if shape.uses("staking") else sympy.Integer(0)
    yield Equation(
        "E23",
        "Supply",
        "Float, stake, treasury and locked tokens.",
        v("supply"),
        v("float_supply") + staked + v("treasury") + v("locked"),
        "report",
    )
    yield Equation(
        "E23", "Net emission", "Minted minus burned.", v("net_emission"), v("emission") - v("burn"), "report"
    )
    yield Equation(
        "E23",
        "Net emission rate",
        "Net emission over supply.",
        v("net_emission_rate"),
        _ratio(v("net_emission"), v("supply")),
        "report",
    )
    yield Equation(
        "E6",
        "Burned over minted",
        "One is burn-mint equilibrium.",
        v("burn_mint_ratio"),
        _ratio(v("burn"), v("emission")),
        "report",
    )
    if shape.uses("staking"):
        yield Equation(
            "E18",
            "Staking ratio",
            "Stake over float and stake.",
            v("staking_ratio"),
            _ratio(v("staked"), v("float_supply") + v("staked")),
            "report",
        )
        yield Equation(
            "E25",
            "Bonded ratio",
            "Stake over supply.",
            v("bonded_ratio"),
            _ratio(v("staked"), v("supply")),
            "report",
        )
        yield Equation(
            "E17",
            "Real staking yield",
            "Staking yield after dilution.",
            v("real_staking_yield"),
            v("staking_yield") - v("net_emission_rate"),
            "report",
        )
    yield Equation(
        "E29",
        "Income of all roles",
        "Income of all roles.",
        v("provider_income"),
        m.over_roles(lambda r: v("income", role=r)),
        "report",
    )
    minted = p("issuance_realised_share") * v("nominal_emission")
    paid = m.over_streams(lambda j: p("staker_fee_share", stream=j) * v("stream_revenue", stream=j))
    yield Equation(
        "E52",
        "Income of stakers",
        "Their share of revenue and their emission at market value.",
        v("staker_income"),
        paid + v("price") * p("staker_emission_share") * minted,
        "report",
    )
    yield Equation(
        "E52",
        "Emission to users",
        "The share of users and grantees.",
        v("user_emission"),
        p("user_emission_share") * minted,
        "report",
    )
    costs = {r: unit_cost_in_use(m, r) * v("capacity", role=r) for r in shape.roles}
    yield Equation(
        "E30",
        "Cost of all roles",
        "What all capacity costs.",
        v("provider_cost"),
        m.over_roles(lambda r: costs[r]),
        "report",
    )
    yield Equation(
        "E30",
        "Provider margin",
        "Income over cost, minus one.",
        v("provider_margin"),
        _ratio(v("provider_income"), v("provider_cost")) - 1,
        "report",
    )
    for role in shape.roles:
        yield Equation(
            "E30",
            "Margin of a role",
            "Income over cost, minus one.",
            v("role_margin", role=role),
            _ratio(v("income", role=role), costs[role]) - 1,
            "report",
            index=role,
        )
    yield Equation(
        "E8",
        "Revenue gap",
        "Dollars of tokens emitted for each dollar of revenue.",
        v("revenue_gap"),
        _ratio(v("price") * v("emission"), v("revenue")),
        "report",
    )
    yield Equation("E23", "Market value", "Price times supply.", v("market_cap"), v("price") * v("supply"), "report")
    served = m.over_streams(lambda j: v("served", stream=j))
    yield Equation(
        "E4",
        "Utilisation",
        "Units served over what capacity could serve.",
        v("utilisation"),
        _ratio(served, p("units_per_capacity") * v("capacity", role=shape.capacity_role)),
        "report",
    )
    yield Equation(
        "E2",
        "Price to users",
        "Average price, surcharge included.",
        v("user_price"),
        _ratio(v("revenue") + v("surcharge"), served),
        "report",
    )
    burned = m.over_streams(lambda j: p("burn_share", stream=j) * v("stream_revenue", stream=j)) + v("surcharge")
    yield Equation(
        "E7",
        "Burn-mint price",
        "Where today's revenue would burn what today's schedule mints.",
        v("burn_mint_price"),
        _ratio(Max(burned - v("fiat_indexed"), 0), v("schedule_mint")),
        "report",
    )
    yield Equation(
        "E12",
        "Burn rate of the float",
        "Burned value over the demand to hold.",
        v("float_burn_rate"),
        _ratio(burned, v("holdings")),
        "report",
    )
    yield Equation(
        "E12",
        "Half-life",
        "Time in which half of the distance to the burn-mint point closes.",
        v("half_life_years"),
        _ratio(log(2), v("float_burn_rate")),
        "report",
    )
    yield from fundamental(m, burned)
    yield Equation(
        "E6",
        "Burn limited by the float",
        "One where the float was too small to burn more.",
        v("burn_clipped"),
        Piecewise(
            (sympy.Integer(1), v("float_burn") < v("burn_wanted") * (1 - sympy.Float(1e-9))),
            (sympy.Integer(0), True),
        ),
        "report",
    )


def all_equations(m: Vocabulary) -> tuple[Equation, ...]:
    """Every equation of a structure, in the order of one period."""
    return (
        *given_by_time(m),
        *vesting(m),
        *production(m),
        *flows(m),
        *providers(m),
        *stocks(m),
        *market(m),
        *report(m),
        *ledger(m),
    )
