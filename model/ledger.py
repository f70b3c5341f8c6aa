"""Who gains and who pays in one step, as equations that nothing else depends on (section 16.7)."""

from __future__ import annotations

from collections.abc import Iterator

import sympy
from sympy import Expr, Max, Piecewise, log

from model.equation import Equation
from model.merit import unit_cost_in_use
from model.supply_events import event_terms
from model.vocabulary import Vocabulary

_SOURCE = "Ballast economics specification, section 16.7"

_NEAR_ONE = sympy.Float(1e-6)
"""Elasticities this close to one take the logarithmic form of the surplus."""


def _statement(number: str, name: str, sentence: str, target: Expr, value: Expr, index: str = "") -> Equation:
    return Equation(number, name, sentence, target, value, "ledger", source=_SOURCE, index=index)


def ledger(m: Vocabulary) -> Iterator[Equation]:
    """Every gain of every group, and the line that they add up to."""
    yield from _holdings(m)
    yield from _users(m)
    yield from _roles(m)
    yield from _stakers(m)
    yield from _treasury(m)
    yield from _holders(m)
    yield from _conservation(m)


# ---- what is held -------------------------------------------------------------------------------------
def _end_of_step(m: Vocabulary) -> dict[str, Expr]:
    """Tokens that each kind of holder has at the end of the step."""
    v, step = m.variable, m.step_length
    locked = (
        m.over_buckets(lambda k: v("locked", bucket=k) - step * v("unlock", bucket=k))
        if m.structure.buckets
        else sympy.Integer(0)
    )
    held = {"passive": m.following("float_supply"), "treasury": m.following("treasury"), "locked": locked}
    if m.structure.uses("staking"):
        held["staker"] = m.following("staked")
    return held


def _holdings(m: Vocabulary) -> Iterator[Equation]:
    """Shares of supply at the end of the step, and what a price change is made of."""
    v, step = m.variable, m.step_length
    held = _end_of_step(m)
    yield _statement(
        "E54",
        "Price change",
        "What one token gains over the step.",
        v("price_gain"),
        (m.following("price") - v("price")) / step,
    )
    yield _statement(
        "E54",
        "Supply at the end of the step",
        "All tokens that are held when the step ends.",
        v("supply_held"),
        sympy.Add(*held.values()),
    )
    for kind, tokens in held.items():
        yield _statement(
            "E54",
            f"Share of supply held ({_NAMES[kind]})",
            "Tokens held at the end of the step over all tokens.",
            v(f"{kind}_held_share"),
            Piecewise((tokens / v("supply_held"), v("supply_held") > 0), (sympy.Integer(0), True)),
        )
    yield _statement(
        "E55",
        "Change of market value",
        "What supply is worth at the end of the step, less what it was worth.",
        v("market_cap_change"),
        (m.following("price") * v("supply_held") - v("price") * v("supply")) / step,
    )
    events = event_terms(m)
    yield _statement(
        "E55",
        "Value of new tokens",
        "Everything minted, at today's price: what holders are diluted by.",
        v("minted_value"),
        v("price") * (v("emission") + events["minted"]),
    )
    yield _statement(
        "E55",
        "Value of burned tokens",
        "Everything burned, at today's price: what holders are concentrated by.",
        v("burned_value"),
        v("price") * (v("burn") + events["burned"]),
    )


_NAMES = {"staker": "stakers", "treasury": "treasury", "passive": "passive holders", "locked": "team and investors"}


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
    """Consumer surplus by stream (what is not served counts for nothing) and rebates."""
    p, v, shape = m.parameter, m.variable, m.structure
    for stream in shape.streams:
        paid = v("stream_revenue", stream=stream) * (1 + p("user_surcharge", stream=stream))
        yield _statement(
            "E56",
            "Consumer surplus" if shape.one_stream else "Consumer surplus of a stream",
            "What users would have paid, up to the outside option, beyond what they pay for what is served.",
            v("stream_surplus", stream=stream),
            paid * _surplus_per_dollar(m, stream),
            stream,
        )
    if not shape.one_stream:
        yield _statement(
            "E56",
            "Consumer surplus",
            "Consumer surplus of all streams.",
            v("consumer_surplus"),
            m.over_streams(lambda j: v("stream_surplus", stream=j)),
        )
    burned = m.over_streams(lambda j: p("burn_share", stream=j) * v("stream_revenue", stream=j)) + v("surcharge")
    yield _statement(
        "E54",
        "Share of the wanted burn that took place",
        "One, unless the float is too small.",
        v("burn_met_share"),
        Piecewise((v("float_burn") / v("burn_wanted"), v("burn_wanted") > 0), (sympy.Integer(1), True)),
    )
    yield _statement(
        "E54",
        "Burn money left over",
        "Money for a burn that finds no tokens stays with users.",
        v("unspent_burn"),
        (1 - v("burn_met_share")) * burned,
    )
    yield _statement(
        "E54",
        "Gain of users",
        "Consumer surplus, rebates in tokens at market value, and burn money left over.",
        v("user_gain"),
        v("consumer_surplus") + v("price") * v("user_emission") + v("unspent_burn"),
    )


# ---- those who are paid -------------------------------------------------------------------------------
def _roles(m: Vocabulary) -> Iterator[Equation]:
    """Income of each role less what its capacity costs."""
    v, shape = m.variable, m.structure
    for role in shape.roles:
        yield _statement(
            "E54",
            "Revenue of a role",
            "Its shares of all streams.",
            v("revenue_income", role=role),
            m.of_revenue("fee_share", role),
            role,
        )
        yield _statement(
            "E54",
            "Cost of a role",
            "What its capacity costs; units of high and low quality at their own cost.",
            v("role_cost", role=role),
            unit_cost_in_use(m, role) * v("capacity", role=role),
            role,
        )
        yield _statement(
            "E54",
            "Gain of a role",
            "Income less cost.",
            v("role_gain", role=role),
            v("income", role=role) - v("role_cost", role=role),
            role,
        )


def _stakers(m: Vocabulary) -> Iterator[Equation]:
    p, v = m.parameter, m.variable
    yield _statement(
        "E54",
        "Revenue of stakers",
        "Their shares of all streams.",
        v("staker_revenue"),
        m.over_streams(lambda j: p("staker_fee_share", stream=j) * v("stream_revenue", stream=j)),
    )
    staking = m.structure.uses("staking")
    yield _statement(
        "E54",
        "Gain of stakers",
        "Income, less slashed stake, and the price change on their stake.",
        v("staker_gain"),
        v("staker_income") + (_revaluation(m, "staker") - v("price") * v("slashed") if staking else sympy.Integer(0)),
    )


def _treasury(m: Vocabulary) -> Iterator[Equation]:
    """Treasury in tokens and currency; what it spends is the grantees' gain."""
    p, v, shape = m.parameter, m.variable, m.structure
    events = shape.uses("supply-events")
    yield _statement(
        "E54",
        "Revenue of the treasury",
        "Its shares of all streams, kept in currency.",
        v("treasury_revenue"),
        m.over_streams(lambda j: p("treasury_fee_share", stream=j) * v("stream_revenue", stream=j)),
    )
    tokens = v("treasury_emission") + (v("event_mint_treasury") if events else sympy.Integer(0))
    if shape.uses("staking"):
        tokens += (1 - p("slashed_burn_share")) * v("slashed")
    yield _statement(
        "E54",
        "Tokens received by the treasury",
        "Emission, slashed stake that is not burned, and tokens minted to it by decision, at market value.",
        v("treasury_tokens_value"),
        v("price") * tokens,
    )
    spent = v("treasury_spending") + (v("event_released") if events else sympy.Integer(0))
    currency = v("budget_from_fiat") if shape.uses("treasury-budget") else sympy.Integer(0)
    yield _statement(
        "E54",
        "Gain of grantees",
        "What the treasury spends in tokens and currency, and what it releases by decision.",
        v("grantee_gain"),
        v("price") * spent + currency,
    )
    burned = v("price") * v("event_treasury_burned") if events else sympy.Integer(0)
    yield _statement(
        "E54",
        "Treasury paid out",
        "What it spends and what a decision burns of it.",
        v("treasury_paid_out"),
        v("grantee_gain") + burned,
    )
    yield _statement(
        "E54",
        "Gain of the treasury",
        "What it receives less what it pays out, and the price change on its tokens.",
        v("treasury_gain"),
        v("treasury_revenue") + v("treasury_tokens_value") - v("treasury_paid_out") + _revaluation(m, "treasury"),
    )


# ---- those who hold -----------------------------------------------------------------------------------
def _holders(m: Vocabulary) -> Iterator[Equation]:
    """Holders of the float, of locked tokens, and of tokens that a decision mints into the float."""
    p, v, events = m.parameter, m.variable, m.structure.uses("supply-events")
    sold = m.over_roles(lambda r: p("emission_share", role=r))
    yield _statement(
        "E54",
        "Bought below market",
        "What providers lose when they sell tokens at a haircut, those who buy from them gain.",
        v("passive_income"),
        p("token_sale_haircut")
        * v("price")
        * sold
        * (1 - p("emission_recycled_share"))
        * p("issuance_realised_share")
        * v("nominal_emission"),
    )
    unpaid = p("fee_burn") * v("burn_met_share") + (v("event_float_burned") if events else sympy.Integer(0))
    yield _statement(
        "E54",
        "Burned without pay",
        "Fees paid in tokens, and tokens that a decision burns from the float.",
        v("passive_cost"),
        v("price") * unpaid,
    )
    yield _statement(
        "E54",
        "Gain of passive holders",
        "The price change on the float, and tokens bought below market, less tokens burned without pay.",
        v("passive_gain"),
        v("passive_income") - v("passive_cost") + _revaluation(m, "passive"),
    )
    yield _statement(
        "E54",
        "Gain of team and investors",
        "The price change on what is still locked; unlocking is a sale at market and gains nothing.",
        v("locked_gain"),
        _revaluation(m, "locked"),
    )
    if events:
        yield _statement(
            "E54",
            "Gain of recipients of a decided mint",
            "Tokens minted into the float belong to those the decision names, at market value.",
            v("recipient_gain"),
            v("price") * v("event_mint_float"),
        )


def _conservation(m: Vocabulary) -> Iterator[Equation]:
    """The redundant equation: every transfer cancels."""
    v = m.variable
    yield _statement(
        "E55",
        "Real surplus",
        "What the service is worth to users, surcharge included, less what capacity costs.",
        v("real_surplus"),
        v("consumer_surplus") + v("revenue") + v("surcharge") - v("provider_cost"),
    )
    gains = [v(f"{who}_gain") for who in ("staker", "treasury", "grantee", "user", "passive", "locked")]
    if m.structure.uses("supply-events"):
        gains.append(v("recipient_gain"))
    yield _statement(
        "E55",
        "Sum of gains",
        "Gains of all groups.",
        v("gains"),
        m.over_roles(lambda r: v("role_gain", role=r)) + sympy.Add(*gains),
    )
    yield _statement(
        "E55",
        "Ledger residual",
        "Gains less real surplus and change of market value: zero but for rounding.",
        v("ledger_residual"),
        v("gains") - v("real_surplus") - v("market_cap_change"),
    )
