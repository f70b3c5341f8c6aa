"""Who gains and who pays in one step, as equations that nothing else depends on (section 16.7)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import sympy
from sympy import Expr, Max, Piecewise, log

from model.equations.burning import burned_value
from model.equations.capacity import unit_cost_in_use
from model.equations.declaration import Equation
from model.equations.limits import NOTHING, guarded
from model.equations.minting import paid_emission
from model.equations.supply_events import event_terms
from model.equations.treasury import slashed_to_treasury
from model.vocabulary import Vocabulary

_equation = partial(Equation, stage="ledger", source="Ballast economics specification, section 16.7")

_NEAR_ONE = sympy.Float(1e-6)
"""Elasticities this close to one take the logarithmic form of the surplus."""

_NAMES = {"staker": "stakers", "treasury": "treasury", "passive": "passive holders", "locked": "team and investors"}


def gains(m: Vocabulary) -> Iterator[Equation]:
    """Every gain of every group, and the line that they add up to."""
    yield _price_change(m)
    yield from _held_shares(m)
    yield from _value_changes(m)
    yield from _users(m)
    yield from _roles(m)
    yield from _stakers(m)
    yield from _treasury(m)
    yield from _holders(m)
    yield from _conservation(m)


# ---- what is held -------------------------------------------------------------------------------------
def _price_change(m: Vocabulary) -> Equation:
    v = m.variable
    return _equation(
        "E54",
        "Price change",
        "What one token gains over the step.",
        v("price_gain"),
        (m.following("price") - v("price")) / m.step_length,
    )


def _end_of_step(m: Vocabulary) -> dict[str, Expr]:
    """Tokens that each kind of holder has at the end of the step."""
    v, step = m.variable, m.step_length
    locked = (
        m.over_buckets(lambda k: v("locked", bucket=k) - step * v("unlock", bucket=k))
        if m.structure.buckets
        else NOTHING
    )
    held = {"passive": m.following("float_supply"), "treasury": m.following("treasury"), "locked": locked}
    if m.structure.uses("staking"):
        held["staker"] = m.following("staked")
    return held


def _held_shares(m: Vocabulary) -> Iterator[Equation]:
    """Shares of supply at the end of the step."""
    v, held = m.variable, _end_of_step(m)
    yield _equation(
        "E54",
        "Supply at the end of the step",
        "All tokens that are held when the step ends.",
        v("supply_held"),
        sympy.Add(*held.values()),
    )
    for kind, tokens in held.items():
        yield _equation(
            "E54",
            f"Share of supply held ({_NAMES[kind]})",
            "Tokens held at the end of the step over all tokens.",
            v(f"{kind}_held_share"),
            guarded(tokens, v("supply_held")),
        )


def _value_changes(m: Vocabulary) -> Iterator[Equation]:
    """What a change of market value is made of."""
    v, events = m.variable, event_terms(m)
    yield _equation(
        "E55",
        "Change of market value",
        "What supply is worth at the end of the step, less what it was worth.",
        v("market_cap_change"),
        (m.following("price") * v("supply_held") - v("price") * v("supply")) / m.step_length,
    )
    yield _equation(
        "E55",
        "Value of new tokens",
        "Everything minted, at today's price: what holders are diluted by.",
        v("minted_value"),
        v("price") * (v("emission") + events["minted"]),
    )
    yield _equation(
        "E55",
        "Value of burned tokens",
        "Everything burned, at today's price: what holders are concentrated by.",
        v("burned_value"),
        v("price") * (v("burn") + events["burned"]),
    )


def _revaluation(m: Vocabulary, kind: str) -> Expr:
    """What a kind of holder gains by the price change on what it holds at the end of the step."""
    return _end_of_step(m)[kind] * m.variable("price_gain")


# ---- users --------------------------------------------------------------------------------------------
def _surplus_per_dollar(m: Vocabulary, stream: str) -> Expr:
    """Consumer surplus per dollar paid; zero where the service is dearer than the outside option."""
    p = m.parameter
    dearer = m.variable("list_price", stream=stream) * (1 + p("user_surcharge", stream=stream))
    ratio = dearer / (p("reference_service_price", stream=stream) * p("outside_price_ratio"))
    beyond = p("demand_elasticity", stream=stream) - 1
    general = (1 - ratio**beyond) / beyond
    surplus = Piecewise((general, beyond > _NEAR_ONE), (general, beyond < -_NEAR_ONE), (-log(ratio), True))
    return Max(surplus, 0)


def _users(m: Vocabulary) -> Iterator[Equation]:
    """Consumer surplus, rebates and what a burn did not take."""
    v = m.variable
    yield from _consumer_surplus(m)
    yield _equation(
        "E54",
        "Share of the wanted burn that took place",
        "One, unless the float is too small.",
        v("burn_met_share"),
        Piecewise((v("float_burn") / v("burn_wanted"), v("burn_wanted") > 0), (sympy.Integer(1), True)),
    )
    yield _equation(
        "E54",
        "Burn money left over",
        "Money for a burn that finds no tokens stays with users.",
        v("unspent_burn"),
        (1 - v("burn_met_share")) * burned_value(m),
    )
    yield _equation(
        "E54",
        "Gain of users",
        "Consumer surplus, rebates in tokens at market value, and burn money left over.",
        v("user_gain"),
        v("consumer_surplus") + v("price") * v("user_emission") + v("unspent_burn"),
    )


def _consumer_surplus(m: Vocabulary) -> Iterator[Equation]:
    """By stream; what is not served counts for nothing."""
    p, v, shape = m.parameter, m.variable, m.structure
    for stream in shape.streams:
        paid = v("stream_revenue", stream=stream) * (1 + p("user_surcharge", stream=stream))
        yield _equation(
            "E56",
            "Consumer surplus" if shape.one_stream else "Consumer surplus of a stream",
            "What users would have paid, up to the outside option, beyond what they pay for what is served.",
            v("stream_surplus", stream=stream),
            paid * _surplus_per_dollar(m, stream),
            index=stream,
        )
    if not shape.one_stream:
        yield _equation(
            "E56",
            "Consumer surplus",
            "Consumer surplus of all streams.",
            v("consumer_surplus"),
            m.over_streams(lambda j: v("stream_surplus", stream=j)),
        )


# ---- those who are paid -------------------------------------------------------------------------------
def _roles(m: Vocabulary) -> Iterator[Equation]:
    """Income of each role less what its capacity costs."""
    v, shape = m.variable, m.structure
    for role in shape.roles:
        yield _equation(
            "E54",
            "Revenue of a role",
            "Its shares of all streams.",
            v("revenue_income", role=role),
            m.of_revenue("fee_share", role),
            index=role,
        )
        yield _equation(
            "E54",
            "Cost of a role",
            "What its capacity costs; units of high and low quality at their own cost.",
            v("role_cost", role=role),
            unit_cost_in_use(m, role) * v("capacity", role=role),
            index=role,
        )
        yield _equation(
            "E54",
            "Gain of a role",
            "Income less cost.",
            v("role_gain", role=role),
            v("income", role=role) - v("role_cost", role=role),
            index=role,
        )


def _stakers(m: Vocabulary) -> Iterator[Equation]:
    v = m.variable
    yield _equation(
        "E54",
        "Revenue of stakers",
        "Their shares of all streams.",
        v("staker_revenue"),
        m.of_revenue("staker_fee_share"),
    )
    staking = m.structure.uses("staking")
    staked = _revaluation(m, "staker") - v("price") * v("slashed") if staking else NOTHING
    yield _equation(
        "E54",
        "Gain of stakers",
        "Income, less slashed stake, and the price change on their stake.",
        v("staker_gain"),
        v("staker_income") + staked,
    )


def _treasury(m: Vocabulary) -> Iterator[Equation]:
    """Treasury in tokens and currency; what it spends is the grantees' gain."""
    v = m.variable
    yield from _treasury_received(m)
    yield from _treasury_paid_out(m)
    yield _equation(
        "E54",
        "Gain of the treasury",
        "What it receives less what it pays out, and the price change on its tokens.",
        v("treasury_gain"),
        v("treasury_revenue") + v("treasury_tokens_value") - v("treasury_paid_out") + _revaluation(m, "treasury"),
    )


def _treasury_received(m: Vocabulary) -> Iterator[Equation]:
    v = m.variable
    yield _equation(
        "E54",
        "Revenue of the treasury",
        "Its shares of all streams, kept in currency.",
        v("treasury_revenue"),
        m.of_revenue("treasury_fee_share"),
    )
    minted = v("event_mint_treasury") if m.structure.uses("supply-events") else NOTHING
    yield _equation(
        "E54",
        "Tokens received by the treasury",
        "Emission, slashed stake that is not burned, and tokens minted to it by decision, at market value.",
        v("treasury_tokens_value"),
        v("price") * (v("treasury_emission") + minted + slashed_to_treasury(m)),
    )


def _treasury_paid_out(m: Vocabulary) -> Iterator[Equation]:
    v, events = m.variable, m.structure.uses("supply-events")
    spent = v("treasury_spending") + (v("event_released") if events else NOTHING)
    currency = v("budget_from_fiat") if m.structure.uses("treasury-budget") else NOTHING
    yield _equation(
        "E54",
        "Gain of grantees",
        "What the treasury spends in tokens and currency, and what it releases by decision.",
        v("grantee_gain"),
        v("price") * spent + currency,
    )
    burned = v("price") * v("event_treasury_burned") if events else NOTHING
    yield _equation(
        "E54",
        "Treasury paid out",
        "What it spends and what a decision burns of it.",
        v("treasury_paid_out"),
        v("grantee_gain") + burned,
    )


# ---- those who hold -----------------------------------------------------------------------------------
def _holders(m: Vocabulary) -> Iterator[Equation]:
    """Holders of the float, of locked tokens, and of tokens that a decision mints into the float."""
    v = m.variable
    yield from _passive_flows(m)
    yield _equation(
        "E54",
        "Gain of passive holders",
        "The price change on the float, and tokens bought below market, less tokens burned without pay.",
        v("passive_gain"),
        v("passive_income") - v("passive_cost") + _revaluation(m, "passive"),
    )
    yield _equation(
        "E54",
        "Gain of team and investors",
        "The price change on what is still locked; unlocking is a sale at market and gains nothing.",
        v("locked_gain"),
        _revaluation(m, "locked"),
    )
    if m.structure.uses("supply-events"):
        yield _equation(
            "E54",
            "Gain of recipients of a decided mint",
            "Tokens minted into the float belong to those the decision names, at market value.",
            v("recipient_gain"),
            v("price") * v("event_mint_float"),
        )


def _passive_flows(m: Vocabulary) -> Iterator[Equation]:
    """What holders of the float gain and lose as others sell to them and burn from them."""
    p, v, events = m.parameter, m.variable, m.structure.uses("supply-events")
    shares = m.over_roles(lambda r: p("emission_share", role=r))
    emitted = shares * (1 - p("emission_recycled_share")) * paid_emission(m)
    yield _equation(
        "E54",
        "Bought below market",
        "What providers lose when they sell tokens at a haircut, those who buy from them gain.",
        v("passive_income"),
        p("token_sale_haircut") * v("price") * emitted,
    )
    unpaid = p("fee_burn") * v("burn_met_share") + (v("event_float_burned") if events else NOTHING)
    yield _equation(
        "E54",
        "Burned without pay",
        "Fees paid in tokens, and tokens that a decision burns from the float.",
        v("passive_cost"),
        v("price") * unpaid,
    )


def _conservation(m: Vocabulary) -> Iterator[Equation]:
    """The redundant equation: every transfer cancels."""
    v = m.variable
    yield _equation(
        "E55",
        "Real surplus",
        "What the service is worth to users, surcharge included, less what capacity costs.",
        v("real_surplus"),
        v("consumer_surplus") + v("revenue") + v("surcharge") - v("provider_cost"),
    )
    gains = [v(f"{who}_gain") for who in ("staker", "treasury", "grantee", "user", "passive", "locked")]
    if m.structure.uses("supply-events"):
        gains.append(v("recipient_gain"))
    yield _equation(
        "E55",
        "Sum of gains",
        "Gains of all groups.",
        v("gains"),
        m.over_roles(lambda r: v("role_gain", role=r)) + sympy.Add(*gains),
    )
    yield _equation(
        "E55",
        "Ledger residual",
        "Gains less real surplus and change of market value: zero but for rounding.",
        v("ledger_residual"),
        v("gains") - v("real_surplus") - v("market_cap_change"),
    )
